"""Answers: what a request gets, as a pure function of the request and the scene.

There is no way from here to a disk: a path is looked up among the files of a site that lies in
memory, and what is not there is not found. A page of somebody else's, open in the same browser,
gets nothing: the host that it believes to talk to must be this computer (a name of its own that it
points here, "rebinding", is refused), and so must the page that asks.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote, unquote

from generator.serving.scenes import Scene

SCRIPT, STYLE, EVENTS = "/.postil/live.js", "/.postil/live.css", "/.postil/events"
HOSTS = ("localhost", "127.0.0.1", "[::1]")
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; "
    "connect-src 'self'; base-uri 'none'; form-action 'none'; object-src 'none'"
)
_HERE = Path(__file__).parent
_HEADERS = (
    ("Cache-Control", "no-store"),
    ("Content-Security-Policy", "frame-ancestors 'none'"),
    ("Cross-Origin-Resource-Policy", "same-origin"),
    ("Referrer-Policy", "no-referrer"),
    ("X-Content-Type-Options", "nosniff"),
)
_PLAIN = "text/plain; charset=utf-8"
_HTML = "text/html; charset=utf-8"
# What a site may hold, by suffix: the machine's own table differs from one to the next.
_TYPES = {
    "html": _HTML,
    "css": "text/css; charset=utf-8",
    "js": "text/javascript; charset=utf-8",
    "json": "application/json; charset=utf-8",
    "jsonld": "application/ld+json; charset=utf-8",
    "csv": "text/csv; charset=utf-8",
    "txt": _PLAIN,
    "xml": "application/xml; charset=utf-8",
    "svg": "image/svg+xml",
    "png": "image/png",
    "jpg": "image/jpeg",
    "jpeg": "image/jpeg",
    "gif": "image/gif",
    "webp": "image/webp",
    "avif": "image/avif",
    "ico": "image/x-icon",
    "pdf": "application/pdf",
    "woff": "font/woff",
    "woff2": "font/woff2",
    "ttf": "font/ttf",
}


def _read_script(name: str) -> bytes:
    """Return a script of ours without its comments and the space that lines begin with."""
    lines = map(str.strip, (_HERE / name).read_text("utf-8").splitlines())
    return "\n".join(line for line in lines if line and not line.startswith("//")).encode()


_OWN = {SCRIPT: _read_script("live.js"), STYLE: (_HERE / "live.css").read_bytes()}
_START = f"""<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="{POLICY}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>Nothing is built yet</title>
</head>
<body>
<main>
<h1>Nothing is built yet</h1>
<p>This page becomes the site as soon as there is one.</p>
</main>
</body>
</html>
""".encode()


@dataclass(frozen=True, slots=True)
class Request:
    """A request as it came: *path* and *query* are not decoded; names of headers are small."""

    method: str
    path: str
    query: str = ""
    headers: Sequence[tuple[str, str]] = ()

    def all(self, name: str) -> list[str]:
        """Return the values of every header of this *name*."""
        return [value for each, value in self.headers if each == name]


@dataclass(frozen=True, slots=True)
class Answer:
    """What a request gets. To a *channel* the news of the page at that path are sent for ever."""

    status: int
    kind: str
    body: bytes = b""
    more: tuple[tuple[str, str], ...] = ()
    channel: str | None = None

    @property
    def headers(self) -> list[tuple[str, str]]:
        """All headers of the answer."""
        return [("Content-Type", self.kind), *_HEADERS, *self.more]


@dataclass(frozen=True, slots=True)
class Found:
    """What is at a path of a site: a file by its own path, or the path that stands for it."""

    status: int
    file: str = ""
    elsewhere: str = ""


def answer(request: Request, scene: Scene, port: int) -> Answer:
    """Return what *request* gets from the server at *port*."""
    refusal = refuse(request, port)
    if refusal is not None:
        return refusal
    if request.path in _OWN:
        return Answer(200, kind_of(request.path), _OWN[request.path])
    if request.path == EVENTS:
        return _open_channel(request)
    found = find(request.path, scene)
    if found.elsewhere:
        return Answer(302, _PLAIN, b"", (("Location", quote(found.elsewhere)),))
    if not found.file:
        if not scene.shown.files:
            return Answer(503, _HTML, add_script(_START, scene.version("")))
        return Answer(found.status, _PLAIN, b"there is nothing here\n")
    return _answer_file(request, scene, found)


def refuse(request: Request, port: int) -> Answer | None:
    """Return the refusal of a request that does not come from this computer, or asks too much."""
    hosts = {f"{host}:{port}" for host in HOSTS} | (set(HOSTS) if port == 80 else set())
    asked = request.all("host")
    if len(asked) != 1 or asked[0].lower() not in hosts:
        return Answer(403, _PLAIN, b"this server answers to localhost only\n")
    if any(origin not in {f"http://{host}" for host in hosts} for origin in request.all("origin")):
        return Answer(403, _PLAIN, b"another site must not ask this server\n")
    if request.method not in ("GET", "HEAD"):
        return Answer(405, _PLAIN, b"this server only reads\n", (("Allow", "GET, HEAD"),))
    return None


def find(path: str, scene: Scene) -> Found:
    """Return what is at *path*, which is decoded once: what it then names is there or is not."""
    try:
        name = unquote(path, errors="strict")
    except UnicodeDecodeError:
        return Found(404)
    files, base = scene.shown.files, scene.shown.base
    if base != "/" and name in ("/", base[:-1]):
        return Found(302, elsewhere=base)
    if name.startswith(base):
        inside = name.removeprefix(base)
        if not inside or inside.endswith("/"):
            inside += "index.html"
        if inside in files:
            return Found(200, inside)
        if f"{inside}/index.html" in files:
            return Found(302, elsewhere=f"{name}/")
    return Found(404, "404.html" if "404.html" in files else "")


def digest_at(path: str, scene: Scene) -> str:
    """Return the digest of the page that is shown at *path*; "" if there is none."""
    return scene.shown.digests.get(find(path, scene).file, "")


def add_script(page: bytes, version: str) -> bytes:
    """Return *page* with the one script that it does not have when it is published."""
    script = f'<script src="{SCRIPT}?{version}"></script>'.encode()
    at = page.find(b"</head>")
    return page[:at] + script + page[at:] if at >= 0 else page + script


def _answer_file(request: Request, scene: Scene, found: Found) -> Answer:
    kind = kind_of(found.file)
    version = scene.version(scene.shown.digests[found.file])
    tag = f'"{version}"'
    if found.status == 200 and tag in " ".join(request.all("if-none-match")):
        return Answer(304, kind, b"", (("ETag", tag),))
    body = scene.shown.files[found.file]
    if kind == _HTML:
        body = add_script(body, version)
    return Answer(found.status, kind, body, (("ETag", tag),))


def kind_of(path: str) -> str:
    """Return the type of the file at *path* for the header ``Content-Type``."""
    suffix = path.rpartition(".")[2].lower() if "." in path else ""
    return _TYPES.get(suffix, "application/octet-stream")


def _open_channel(request: Request) -> Answer:
    """Return the channel for the page at the path that the query is."""
    if request.all("sec-fetch-site") not in ([], ["same-origin"]):
        return Answer(403, _PLAIN, b"another site must not listen here\n")
    return Answer(200, "text/event-stream; charset=utf-8", channel=request.query)
