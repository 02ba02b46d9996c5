"""Serving: what would be published, to this computer alone, as often as it is built."""

import json
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
from contextlib import suppress
from urllib.parse import quote

import pytest

from generator.catalogue import CODES
from generator.cli import main
from generator.diagnostics import Severity
from generator.output import MANIFEST, MemoryTree
from generator.pipeline import Plan, build, open_store
from generator.serving import news
from generator.serving.answers import HOSTS, POLICY, SCRIPT, STYLE, kind_of
from generator.serving.loop import Workshop
from generator.serving.ports import listen, port_of
from generator.serving.scenes import Scene, show
from generator.serving.telling import Problem
from generator.surveys import survey
from tests.serving import COMMAND, Listener, Running, ask, ask_raw, served, wait_for
from tests.sites import ROOT, Site

GOLDEN = ROOT / "tests/sites/golden"
NOTES = "content/annotations/letter.md"
TEMPLATE = "themes/mine/note.html"
# Where the search page, and no other, adds to the policy.
BLOCK = "{% block evaluates %}{% endblock %}"
SCRIPT_TAG = re.compile(rb'<script src="/\.postil/live\.js\?[0-9a-f]+\.[0-9a-f]+"></script>')


def make_scene(files, base="", **more):
    tree = MemoryTree()
    for path, content in files.items():
        tree.write(path, content)
    return Scene(1, shown=show(tree, base, 1), **more)


FILES = {
    "index.html": b"<html><head><title>Home</title></head><body>home</body></html>",
    "404.html": b"<html><head></head><body>lost</body></html>",
    "sources/index.html": b"<html><head></head><body>sources</body></html>",
    "tags/%C3%A9t%C3%A9.html": b"<html><head></head><body>summer</body></html>",
    "bare.html": b"<p>no head",
    "assets/style.css": b"p { color: red }",
    "assets/picture.svg": b"<svg/>",
    "data/site.json": b"{}",
    ".nojekyll": b"",
}


@pytest.fixture(scope="module")
def server():
    with served(make_scene(FILES)) as server:
        yield server


@pytest.fixture(scope="module")
def below():
    """A server of a site that will stand below a path of its host."""
    with served(make_scene(FILES, "https://example.org/a%20b/c/")) as server:
        yield server


# What is served is what would be published.


@pytest.fixture(scope="module")
def golden(tmp_path_factory):
    """The golden site, written to a folder, and a server of the same one from memory."""
    folder = tmp_path_factory.mktemp("golden")
    shutil.copytree(GOLDEN, folder / "root", ignore=shutil.ignore_patterns("expected"))
    build(Plan(folder / "root", folder / "site"), lambda *_: None)
    plan = Plan(folder / "root", folder / "nowhere")
    with open_store(plan) as store:
        workshop = Workshop(plan, store)
        workshop.make(lambda *_: None)
        workshop.complete(lambda: False)
    with served(workshop.scene) as server:
        yield folder / "site", server, workshop.scene.shown.base


def test_what_is_served_is_what_would_be_published(golden):
    """Byte for byte, but for one script in each page; and nothing else is served."""
    folder, server, base = golden
    published = {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file() and path.name != MANIFEST
    }
    served = {path: ask(server.port, base + quote(path)) for path in published}

    assert {200} == {reply.status for reply in served.values()}
    for path, content in published.items():
        body, found = SCRIPT_TAG.subn(b"", served[path].body)
        assert (path.endswith(".html"), content) == (found == 1, body), path
    assert server._scene.shown.files.keys() == published.keys()
    assert len(published) > 30


def test_the_script_keeps_to_the_policy_of_the_page(golden):
    """A page's own policy lets the one script in, which comes after it, and nothing inline."""
    folder, server, base = golden
    for path in folder.rglob("*.html"):
        name = quote(path.relative_to(folder).as_posix())
        page = ask(server.port, base + name).body.decode()
        policy = re.search(r'Content-Security-Policy" content="([^"]+)"', page)
        assert policy and POLICY == policy[1].replace(" 'wasm-unsafe-eval'", "")
        assert policy.end() < page.index(SCRIPT) < page.index("</head>")
        assert path.read_text("utf-8").count("<script") + 1 == page.count("<script")
        assert page.count("<script") == len(re.findall(r"<script [^>]*\bsrc=[^>]*></script>", page))


def test_our_own_pages_have_the_policy_of_the_theme():
    """The page that is there before a site is has the same policy as all others."""
    for name in ("base.html", "404.html"):
        assert POLICY in (ROOT / "themes/default" / name).read_text("utf-8").replace(BLOCK, "")


def test_the_server_leaves_no_trace_in_what_is_published(golden):
    """Nothing of the server is in a site that was written."""
    folder, _, _ = golden

    assert [] == [path for path in folder.rglob("*.*") if b".postil/" in path.read_bytes()]


def test_the_script_is_small_and_keeps_to_text():
    """Less than 5 kB, and no word of it makes markup of a string but of the site's own pages."""
    with served(make_scene(FILES)) as server:
        script = ask(server.port, SCRIPT).body.decode()

    assert len(script) < 5000
    assert [] == re.findall(
        r"innerHTML|outerHTML|insertAdjacent|document\.write|eval|Function", script
    )
    assert 1 == script.count("parseFromString(await page.text()")


# Answers.


@pytest.mark.parametrize(
    ("path", "status", "words"),
    [
        ("/", 200, b"home"),
        ("/index.html", 200, b"home"),
        ("/index.html?x=1", 200, b"home"),
        ("/sources/", 200, b"sources"),
        ("/tags/%C3%A9t%C3%A9.html", 200, b"summer"),
        ("/tags/%c3%a9t%c3%a9.html", 200, b"summer"),
        ("/assets/style.css", 200, b"red"),
        ("/.nojekyll", 200, b""),
        ("/nowhere", 404, b"lost"),
        ("/nowhere/", 404, b"lost"),
        ("/sources/index.html/", 404, b"lost"),
        ("/INDEX.html", 404, b"lost"),
        ("/tags/%25C3%25A9t%25C3%25A9.html", 404, b"lost"),
        ("/%FF", 404, b"nothing here"),
        ("//index.html", 404, b"lost"),
        ("//sources", 404, b"lost"),
    ],
)
def test_addresses(server, path, status, words):
    """A folder is its index, an address is decoded once, and all else is the page for lost ways."""
    reply = ask(server.port, path)

    assert (status, True) == (reply.status, words in reply.body)


def test_a_folder_without_its_slash(server, below):
    """Links of a page would lead elsewhere, so the browser is sent to the right address."""
    assert "/sources/" == ask(server.port, "/sources").headers["location"]
    assert "/a%20b/c/sources/" == ask(below.port, "/a%20b/c/sources").headers["location"]


def test_below_a_path(below):
    """A site with a path of its own is served at that path, and the root leads there."""
    assert 302 == ask(below.port, "/").status
    assert "/a%20b/c/" == ask(below.port, "/").headers["location"]
    assert "/a%20b/c/" == ask(below.port, "/a%20b/c").headers["location"]
    assert b"home" in ask(below.port, "/a%20b/c/").body
    for path in ("/index.html", "/a%20b/", "/a%20b/d/", "/a%20b/c/c/", "/a%20b/cc/"):
        assert 404 == ask(below.port, path).status


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("/", "text/html; charset=utf-8"),
        ("/assets/style.css", "text/css; charset=utf-8"),
        ("/assets/picture.svg", "image/svg+xml"),
        ("/data/site.json", "application/json; charset=utf-8"),
        ("/.nojekyll", "application/octet-stream"),
        (SCRIPT, "text/javascript; charset=utf-8"),
        (STYLE, "text/css; charset=utf-8"),
        ("/nowhere", "text/html; charset=utf-8"),
    ],
)
def test_headers(server, path, kind):
    """Everything has its type, is kept by nobody, and can be neither framed nor guessed at."""
    reply = ask(server.port, path)

    assert kind == reply.headers["content-type"]
    assert "no-store" == reply.headers["cache-control"]
    assert "nosniff" == reply.headers["x-content-type-options"]
    assert "no-referrer" == reply.headers["referrer-policy"]
    assert "same-origin" == reply.headers["cross-origin-resource-policy"]
    assert "frame-ancestors 'none'" == reply.headers["content-security-policy"]
    assert str(len(reply.body)) == reply.headers["content-length"]
    assert not {name for name in reply.headers if name.startswith("access-control")}
    assert "server" not in reply.headers


@pytest.mark.parametrize("path", ["text.pdf", "a.PNG", "a.b.webp", "a.woff2"])
def test_types_do_not_depend_on_the_machine(path):
    """Whatever a site may hold has a type of its own."""
    assert "application/octet-stream" != kind_of(path)


@pytest.mark.parametrize("path", ["/", "/nowhere", "/assets/style.css", SCRIPT, "/sources"])
def test_head_is_get_without_its_body(server, path):
    """A program that asks for the head only learns what it would get."""
    head, get = ask(server.port, path, method="HEAD"), ask(server.port, path)

    assert (get.status, b"") == (head.status, head.body)
    assert {**get.headers, "date": ""} == {**head.headers, "date": ""}


def test_a_tag_for_what_stands(server):
    """Who has a page already is told so; what it loads is a part of it."""
    tag = ask(server.port, "/").headers["etag"]

    assert (304, b"") == (
        ask(server.port, "/", If_None_Match=tag).status,
        ask(server.port, "/", If_None_Match=tag).body,
    )
    assert 200 == ask(server.port, "/", If_None_Match='"other"').status
    with served(make_scene({**FILES, "assets/style.css": b"p {}"})) as other:
        assert tag != ask(other.port, "/").headers["etag"]
    with served(make_scene({**FILES, "data/site.json": b"[]"})) as other:
        assert tag == ask(other.port, "/").headers["etag"]


def test_a_page_without_a_head_gets_the_script_at_its_end(server):
    """A theme may be unfinished; it is followed all the same."""
    assert SCRIPT_TAG.sub(b"", ask(server.port, "/bare.html").body) == FILES["bare.html"]


# To this computer alone.


@pytest.mark.parametrize("method", "POST PUT DELETE PATCH OPTIONS TRACE CONNECT PROPFIND".split())
@pytest.mark.parametrize("path", ["/", "/.postil/events?/"])
def test_nothing_can_be_done(server, method, path):
    """The server reads, whatever it is asked to do."""
    reply = ask(server.port, path, method=method)

    assert (405, "GET, HEAD") == (reply.status, reply.headers["allow"])


@pytest.mark.parametrize("host", [*HOSTS, "LOCALHOST"])
@pytest.mark.parametrize("path", ["/", "/assets/style.css"])
def test_names_of_this_computer(server, host, path):
    """The names that mean this computer, with our port, are answered."""
    address = f"{host}:{server.port}"

    assert 200 == ask(server.port, path, Host=address).status
    assert (
        200
        == ask(
            server.port, path, Host=address, Origin=f"http://{host.lower()}:{server.port}"
        ).status
    )


HOSTILE = (
    "evil.example",
    "evil.example:{port}",
    "localhost",
    "localhost:1",
    "localhost:{port}0",
    "localhost.evil.example:{port}",
    "evil.localhost:{port}",
    "127.0.0.1.evil.example:{port}",
    "127.0.0.2:{port}",
    "0.0.0.0:{port}",
    "[::]:{port}",
    "::1:{port}",
    "user@localhost:{port}",
    "localhost:{port}@evil.example",
    "localhost:{port}, evil.example",
    "localhost.:{port}",
    "local\u0131host:{port}".encode().decode("latin-1"),
    "http://localhost:{port}",
)


@pytest.mark.parametrize(
    "path", ["/", "/assets/style.css", SCRIPT, "/.postil/events?/", "/nowhere"]
)
@pytest.mark.parametrize("host", HOSTILE)
def test_other_names_are_refused(server, host, path):
    """A name that somebody points at this computer (DNS rebinding) gets no byte of the site."""
    reply = ask(server.port, path, Host=host.format(port=server.port))

    assert (True, b"home") == (reply.status in (400, 403), b"home") and b"home" not in reply.body
    assert len(reply.body) < 100


def test_no_name_or_two_are_refused(server):
    """A request without a host, or with two, is not one of a browser."""
    first = f"Host: localhost:{server.port}\r\n"
    for head in ("", first + "Host: evil.example\r\n", "Host: evil.example\r\n" + first):
        for version in ("1.0", "1.1"):
            words = f"GET / HTTP/{version}\r\n{head}Connection: close\r\n\r\n"
            assert ask_raw(server.port, words.encode()).status in (400, 403)


@pytest.mark.parametrize(
    "origin",
    [
        "null",
        "http://evil.example",
        "http://localhost",
        "http://localhost:1",
        "https://localhost:{port}",
        "http://localhost:{port}.evil.example",
        "http://evil.localhost:{port}",
        "http://127.0.0.1:{port}/",
        "file://",
    ],
)
@pytest.mark.parametrize("path", ["/", "/.postil/events?/"])
def test_other_origins_are_refused(server, origin, path):
    """A page of another site, or of another port, gets nothing."""
    assert 403 == ask(server.port, path, Origin=origin.format(port=server.port)).status


@pytest.mark.parametrize("site", ["cross-site", "same-site", "none"])
def test_other_sites_cannot_listen(server, site):
    """The channel is for our own pages, as a browser says who asks."""
    assert 403 == ask(server.port, "/.postil/events?/", Sec_Fetch_Site=site).status


@pytest.mark.parametrize(
    "path",
    [
        "/../../etc/passwd",
        "/..%2f..%2fetc%2fpasswd",
        "/%2e%2e/%2e%2e/etc/passwd",
        "/%252e%252e/etc/passwd",
        "/..\\..\\etc\\passwd",
        "/..%5c..%5cetc%5cpasswd",
        "/....//....//etc/passwd",
        "//etc/passwd",
        "/%2fetc%2fpasswd",
        "/etc/passwd%00.html",
        "/index.html%00",
        "/c:/windows/win.ini",
        "/%c0%ae%c0%ae/etc/passwd",
        "/..;/etc/passwd",
        "/sources/../../site.toml",
        "/.postil/../site.toml",
        "/.postil/store/index",
        "/.git/config",
        "http://evil.example/index.html",
        "file:///etc/passwd",
        "*",
    ],
)
def test_no_path_escapes(server, path):
    """A path is a name among the files of the site; there is no way from it to a disk."""
    reply = ask(server.port, path)

    assert reply.status in (400, 404)
    assert not {b"root:", b"home"} & set(re.findall(rb"root:|home", reply.body))


def test_the_server_reads_no_file(golden, tmp_path):
    """What is asked for is in memory: the folder of the site may be gone."""
    program = (
        "import sys; from tests.serving import ask, served; from tests.test_serving import *\n"
        "scene = make_scene(FILES)\n"
        "opened = []\n"
        "with served(scene) as server:\n"
        "    ask(server.port, '/'), ask(server.port, '/nowhere')\n"
        "    hook = lambda name, facts: opened.append(facts) if name == 'open' else None\n"
        "    sys.addaudithook(hook)\n"
        "    for path in ('/', '/nowhere', '/assets/style.css', '/../x', '/.postil/live.js'):\n"
        "        ask(server.port, path)\n"
        "    print(opened)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, cwd=ROOT, check=True
    )

    assert "[]\n" == done.stdout


def test_requests_that_are_none(server):
    """Noise gets a short refusal, and the next one who asks is answered."""
    long = b"/" + b"a" * 100_000
    for words in (
        b"\r\n\r\n",
        b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03",
        b"GET\r\n\r\n",
        b"GET / HTTP/9.9\r\n\r\n",
        b"GET " + long + b" HTTP/1.1\r\nHost: localhost\r\n\r\n",
    ):
        with socket.create_connection(("127.0.0.1", server.port), timeout=60) as wire:
            wire.sendall(words + b"\r\n\r\n")
            got = b""
            while piece := wire.recv(65536):
                got += piece
        assert b"home" not in got
    assert 200 == ask(server.port, "/").status


def test_idle_connections_keep_nobody_out(server):
    """Two hundred who say nothing do not keep the next one waiting."""
    idle = [socket.create_connection(("127.0.0.1", server.port)) for _ in range(200)]
    for wire in idle[:100]:
        wire.sendall(b"GET / HTTP/1.1\r\nHost: ")
    try:
        assert 200 == ask(server.port, "/").status
    finally:
        for wire in idle:
            wire.close()


# Ports.


def test_both_loopbacks_and_nothing_else():
    """A browser may take either address for localhost; no other one is bound."""
    sockets = listen(0)
    names = [each.getsockname()[0] for each in sockets]
    ports = {each.getsockname()[1] for each in sockets}
    for each in sockets:
        each.close()

    assert names in (["127.0.0.1", "::1"], ["127.0.0.1"])
    assert 1 == len(ports)


def test_over_either_loopback(server):
    """The site is the same over IPv4 and, where it is, IPv6."""
    for each in server._sockets:
        host = each.getsockname()[0]
        assert b"home" in ask(server.port, "/", host=host).body


def test_a_port_that_is_taken(server):
    """The next free one is taken, where all of this computer's addresses are free; whoever has the
    first, at any of them, keeps it."""
    for each in server._sockets:
        with socket.create_server((each.getsockname()[0], 0), family=each.family) as taken:
            port = taken.getsockname()[1]
            sockets = listen(port)
            found = port_of(sockets)
            for other in sockets:
                other.close()

        assert port < found < port + 100


# News.


def test_a_listener_hears_of_every_build():
    """On joining and at each build: which version of its page there is, and what is wrong."""
    problem = Problem(Severity.ERROR, "link-dead", "a.md:1:2", "<b>no</b>", "try", ("x", "<i>", ""))
    with served(make_scene(FILES)) as server:
        home, css = Listener(server.port, "/"), Listener(server.port, "/nowhere")
        first = home.wait_for(bool)
        assert "" == first["said"]
        page = SCRIPT_TAG.search(ask(server.port, "/").body)
        assert page and first["version"].encode() in page[0]
        changed = make_scene({**FILES, "index.html": b"<p>new"}, problems=(problem,))
        server.show(changed)
        second = home.wait_for(lambda told: told["said"])
        assert second["version"] != first["version"]
        assert css.wait_for(lambda told: told["said"])["version"] == css.told[0]["version"]
        assert "<b>no</b>" in json.dumps(second["panel"])
        home.close()
        css.close()


def test_nobody_is_told_before_there_is_something():
    """A page that is open from before keeps what it shows until a build has been."""
    with served(Scene()) as server:
        listener = Listener(server.port, "/")
        assert 503 == ask(server.port, "/").status
        assert [] == listener.told
        server.show(Scene(1))
        assert "" == listener.wait_for(bool)["version"]
        server.show(make_scene(FILES))
        assert listener.wait_for(lambda told: told["version"])
        listener.close()


def test_before_there_is_a_site():
    """The page says so, follows the builds, and has the policy of all others."""
    with served(Scene()) as server:
        reply = ask(server.port, "/any/page.html")

    assert 503 == reply.status
    assert b"Nothing is built yet" in reply.body
    assert f'<script src="{SCRIPT}?">'.encode() in reply.body
    assert POLICY.encode() in reply.body


def test_the_server_ends_while_somebody_listens(caplog):
    """Open channels are closed without force, and the port is free at once."""
    with served(make_scene(FILES)) as server:
        listener = Listener(server.port, "/")
        listener.wait_for(bool)
    wait_for(lambda: listener.has_ended)
    listener.close()
    assert not server.is_running
    assert [] == caplog.records

    sockets = listen(server.port)
    assert server.port == port_of(sockets)
    for each in sockets:
        each.close()


def test_listeners_that_have_gone_are_forgotten():
    """A tab that was closed takes its connection with it."""
    with served(make_scene(FILES)) as server:
        listeners = [Listener(server.port, "/") for _ in range(20)]
        for each in listeners:
            each.wait_for(bool)
        state = server._uvicorn.server_state
        assert len(state.tasks) == 20
        for each in listeners:
            each.close()
        wait_for(lambda: not state.tasks)


def texts_of(tree):
    """Return all strings of a tree of elements that are shown, and all names in it."""
    name, _, *inside = tree
    words, names = [], {name}
    for each in inside:
        if isinstance(each, str):
            words.append(each)
        else:
            more, others = texts_of(each)
            words, names = words + more, names | others
    return words, names


def test_the_panel_says_all_that_the_terminal_says():
    """File, line, column, the words in their line, and the help; hostile ones are words too."""
    script = "<script>alert(1)</script>"
    problem = Problem(
        Severity.ERROR, "link-dead", f"{script}.md:3:5", script, script, ("a ", script, " b")
    )
    words, names = texts_of(news.draw_panel(Scene(7, (problem,))))

    assert "Build 7: 1 error. Nothing could be built yet" in words
    assert 4 == "".join(words).count(script)
    assert {"section", "link", "header", "div", "h2", "button", "ol", "li", "b", "code", "p"} | {
        "pre",
        "mark",
    } == names


@pytest.mark.parametrize(
    ("build", "shown", "errors", "warnings", "expected"),
    [
        (3, 3, 2, 0, "Build 3: 2 errors"),
        (3, 3, 1, 1, "Build 3: 1 error and 1 warning"),
        (9, 9, 0, 2, "Build 9: 2 warnings"),
        (9, 4, 1, 0, "Build 9: 1 error. The pages are still those of build 4"),
    ],
)
def test_the_panel_says_which_build(build, shown, errors, warnings, expected):
    """How much is wrong in which build, and of which one the pages are."""
    made = [Problem(Severity.ERROR, "", "", "", "")] * errors
    made += [Problem(Severity.WARNING, "", "", "", "")] * warnings

    assert expected == news.summarise(Scene(build, tuple(made), show(MemoryTree(), "", shown)))


def test_thousands_of_problems_are_cut():
    """A page shows as many as anybody mends at a time."""
    problem = Problem(Severity.ERROR, "", "", "x", "")
    panel = news.draw_panel(Scene(1, (problem,) * 1000))

    assert news.MOST + 1 == len(panel[-1]) - 2
    assert "and 950 more: see the terminal" in texts_of(panel)[0]


# One scene after another.


@pytest.fixture
def site(tmp_path, monkeypatch):
    """A site with a theme of its own, and a user of this test's own."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "home"))
    made = Site(tmp_path / "root").edit("site.toml", '"Site"\n', '"Site"\ntheme = "mine"\n')
    return made.write("themes/mine/theme.toml", 'inherit = "default"\n')


@pytest.fixture
def workshop(site):
    plan = Plan(site.root, site.root / "site", cache=site.root / ".postil/store")
    with open_store(plan) as store:
        yield Workshop(plan, store)


VIEW = """\
from generator.views.framing import make_frame
from generator.views.listings import MissingView
from generator.views.pages import Page


def view(index):
    frame = make_frame(index.site, "{url}", "T")
    yield Page("{url}", "404.html", MissingView(frame, ""))


VIEWS = (view,)
"""


def extend(site, module):
    text = (site.root / "site.toml").read_text("utf-8")
    site.write("site.toml", f'{text}\n[extend]\nmodules = ["{module}"]\n')


def make(workshop):
    report = workshop.make(lambda *_: None)
    return sorted({problem.code for problem in report.diagnostics})


def shown_gist(workshop):
    return workshop.scene.shown.files["notes/timing.html"].count(b"The date, not the fee")


def test_an_error_in_a_text_is_shown_with_the_page(site, workshop):
    """The site is what would be published, errors and all."""
    make(workshop)
    site.edit(NOTES, "The date, not", "The day, not").edit(NOTES, "too soon", "too late")

    assert ["quote-not-found"] == make(workshop)
    assert 0 == shown_gist(workshop)
    assert (2, 2) == (workshop.scene.build, workshop.scene.shown.build)
    assert [f"{NOTES}:8:13"] == [problem.place for problem in workshop.scene.problems]


@pytest.mark.parametrize(
    ("path", "text", "code"),
    [
        ("site.toml", "title = \n", "settings-invalid"),
        ("site.toml", 'title = "Site"\ntheme = "nowhere"\n', "theme-unknown"),
        (TEMPLATE, "{% for %}", "template-invalid"),
        (TEMPLATE, "{{ view.nothing }}", "template-invalid"),
        ("themes/mine/base.html", "{{ nothing }}", "template-invalid"),
    ],
)
def test_the_last_good_site_stays(site, workshop, path, text, code):
    """With broken settings or a broken theme the pages are those of before, until it is mended."""
    make(workshop)
    before = workshop.scene.shown
    was = (site.root / path).read_text("utf-8") if (site.root / path).exists() else ""
    site.write(path, text)

    assert code in make(workshop)
    assert before is workshop.scene.shown
    assert 2 == workshop.scene.build
    site.write(path, was) if was else site.remove(path)
    assert [] == make(workshop)
    assert (3, before.files) == (workshop.scene.shown.build, workshop.scene.shown.files)


def test_a_broken_theme_at_the_start(site, workshop):
    """Where nothing was better before, what could be made is shown."""
    site.write(TEMPLATE, "{% for %}")
    make(workshop)

    assert "index.html" in workshop.scene.shown.files
    assert "notes/timing.html" not in workshop.scene.shown.files
    site.edit("site.toml", "Site", "Other")
    make(workshop)
    assert b"Other" in workshop.scene.shown.files["index.html"]


def test_a_site_that_publishes_too_much_is_not_shown(site, workshop):
    """What would be withheld from readers is withheld here: the site of before stays."""
    text = "The council finds it was decided too soon and without a word to any of us at all.\n"
    site.write("seeds/letter/text.md", f"# The fee\n\n{text}\nThe sea obeys none of us.\n")
    site.edit("seeds/letter/source.toml", '"full"', '"quote"')
    make(workshop)
    before = workshop.scene.shown
    assert before.build == 1
    site.write("content/pages/leak.md", f"---\ntitle: Leak\n---\n\n{text}")
    report = workshop.make(lambda *_: None)

    assert report.withheld
    assert before is workshop.scene.shown
    assert workshop.scene.problems


def test_what_is_withheld_is_never_shown(site, workshop):
    """Not even where nothing was there before."""
    text = "The council finds it was decided too soon and without a word to any of us at all.\n"
    site.write("seeds/letter/text.md", f"# The fee\n\n{text}")
    site.edit("seeds/letter/source.toml", '"full"', '"quote"')
    site.write("content/pages/leak.md", f"---\ntitle: Leak\n---\n\n{text}")

    assert workshop.make(lambda *_: None).withheld
    assert {} == workshop.scene.shown.files


def test_outlines_are_written_as_a_build_writes_them(site, workshop):
    """A server is no check: the outline of a text that is kept back follows the notes."""
    site.edit("seeds/letter/source.toml", '"full"', '"quote"')
    make(workshop)
    outline = site.root / "seeds/letter/outline.json"
    first = outline.read_bytes()
    site.note("More {#more}", "The sea obeys")
    make(workshop)

    assert first != outline.read_bytes()
    assert [] == make(workshop)


def test_settings_that_are_gone(site, workshop):
    """A file that was taken away is missed in so many words."""
    make(workshop)
    site.remove("site.toml")
    make(workshop)

    assert ["there is no such file"] == [problem.message for problem in workshop.scene.problems]


def test_a_fault_of_ours_ends_nothing(workshop):
    """When a build breaks off, the site stays and the panel says why."""
    make(workshop)
    before = workshop.scene.shown
    workshop.fail(RuntimeError("something\x1b[31m odd"))

    assert before is workshop.scene.shown
    (problem,) = workshop.scene.problems
    assert "the build broke off: RuntimeError: something\\u001b[31m odd" == problem.message


def test_the_base_may_change(site, workshop):
    """The path of the site follows its settings."""
    make(workshop)
    assert "/" == workshop.scene.shown.base
    site.edit("site.toml", '"Site"\n', '"Site"\nbase_url = "https://example.org/x%20y/"\n')
    make(workshop)

    assert "/x y/" == workshop.scene.shown.base


def test_modules_of_the_site_are_read_again(site, workshop):
    """A view of the site's own is the one that stands in its file now, saved in the same second."""
    extend(site, "served_extra")
    site.write("served_extra.py", VIEW.format(url="one.html"))
    os.utime(site.root / "served_extra.py", (1, 1))
    assert [] == make(workshop)
    assert ("served_extra",) == workshop.modules
    site.write("served_extra.py", VIEW.format(url="two.html"))
    os.utime(site.root / "served_extra.py", (1, 1))
    make(workshop)

    assert {"two.html"} == {"one.html", "two.html"} & workshop.scene.shown.files.keys()
    sys.modules.pop("served_extra")


def test_pages_that_stand_are_kept_once(site, workshop):
    """What did not change is the same object in both sites, and was not printed again."""
    make(workshop)
    before = workshop.scene.shown
    site.edit(NOTES, "The date, not", "The day, not")
    report = workshop.make(lambda *_: None)

    assert "notes/timing.html" in report.made
    assert "tags/index.html" not in report.made
    now = workshop.scene.shown
    kept = {path for path in now.files if now.files[path] is before.files.get(path)}
    assert {"assets/style.css", "404.html", ".nojekyll"} <= kept
    assert before.assets == now.assets


def test_the_site_on_the_disk_is_not_touched(site, workshop):
    """A server reads what another build has written and leaves it as it is."""
    plan = Plan(site.root, site.root / "site", cache=site.root / ".postil/store")
    build(plan, lambda *_: None)
    looks = survey([site.root / "site"]).looks
    with open_store(plan) as store:
        warm = Workshop(plan, store)
        report = warm.make(lambda *_: None)

    assert () == report.made
    assert looks == survey([site.root / "site"]).looks


# The index of the search.


@pytest.fixture
def searching(site, workshop):
    """A workshop of a site that has its search."""
    site.edit("site.toml", "search = false\n", "")
    return workshop


def index_of(workshop):
    files = workshop.scene.shown.files
    return {path: content for path, content in files.items() if path.startswith("data/search/")}


def take_away(monkeypatch):
    monkeypatch.setattr("generator.finding._PACKAGE", "a_package_that_nobody_has")


def test_no_page_waits_for_the_index(site, searching, monkeypatch):
    """A build does not run Pagefind; the old index stays until the new one is made."""
    assert [] == make(searching)
    assert {} == index_of(searching)
    assert "search.html" in searching.scene.shown.files
    assert searching.complete(lambda: False)
    first = index_of(searching)
    site.edit(NOTES, "The date, not", "The day, not")
    with monkeypatch.context() as away:
        take_away(away)
        assert [] == make(searching)
    assert 0 == shown_gist(searching)
    assert first == index_of(searching)
    assert searching.complete(lambda: False)

    assert first != index_of(searching)
    expected = site.build().files
    del expected[MANIFEST]
    assert expected == searching.scene.shown.files


def test_an_index_is_broken_off_for_a_change(site, searching):
    """What changes meanwhile is built first; then the index is made of the newest words."""
    make(searching)
    assert searching.complete(lambda: True) is None
    assert {} == index_of(searching)
    assert searching.complete(lambda: False) is None
    site.edit(NOTES, "The date, not", "The day, not")
    make(searching)
    before = searching.scene
    assert searching.complete(lambda: False)

    expected = site.build().files
    del expected[MANIFEST]
    assert expected == searching.scene.shown.files
    assert (before.build, before.shown.assets) == (
        searching.scene.build,
        searching.scene.shown.assets,
    )


def test_an_index_that_stands_is_not_made_again(site, searching, monkeypatch):
    """Where no word changed that is found there is nothing to complete."""
    make(searching)
    searching.complete(lambda: False)
    first = index_of(searching)
    site.edit("site.toml", '"Site"\n', '"Site"\ndescription = "Of a letter"\n')
    take_away(monkeypatch)

    assert [] == make(searching)
    assert searching.complete(lambda: False) is None
    assert first and first == index_of(searching)


def test_an_index_that_cannot_be_made_is_said(site, searching, monkeypatch):
    """The panel and the terminal say so, and no index of older words is left."""
    make(searching)
    searching.complete(lambda: False)
    site.edit(NOTES, "The date, not", "The day, not").edit(NOTES, "too soon", "too late")
    take_away(monkeypatch)
    assert ["quote-not-found"] == make(searching)
    report = searching.complete(lambda: False)

    assert report and ["search-missing"] == [each.code for each in report.diagnostics]
    codes = [problem.code for problem in searching.scene.problems]
    assert ["quote-not-found", "search-missing"] == codes
    assert {} == index_of(searching)


def test_a_site_that_is_not_shown_gets_no_index(site, searching):
    """While the site of before stays, so does its index."""
    make(searching)
    searching.complete(lambda: False)
    before = searching.scene.shown
    site.edit(NOTES, "The date, not", "The day, not").write(TEMPLATE, "{% for %}")
    make(searching)

    assert searching.complete(lambda: False) is None
    assert before is searching.scene.shown


# The command.


@pytest.fixture
def serve(site):
    """Run `serve` on the site as a process; all are ended at last."""
    running = []

    def serve(*words, **environment):
        running.append(Running(site.root, "--port", "0", *words, **environment))
        return running[-1]

    yield serve
    for each in running:
        each.stop(signal.SIGTERM)


def test_the_command(site, serve):
    """It says where it serves, serves it, and an interrupt ends it with 130 at once."""
    running = serve()
    assert f"http://localhost:{running.port}/" == running.address
    assert b"The date" in ask(running.port, "/sources/letter.html").body
    listener = Listener(running.port, "/")
    listener.wait_for(bool)

    assert 130 == running.stop()
    assert "postil: interrupted" == running.lines[-1]
    wait_for(lambda: listener.has_ended)
    listener.close()
    assert [] == [line for line in running.lines if "Traceback" in line or "Error" in line]


def test_it_ends_when_it_is_asked_to(serve):
    """A program that ends it gets the code of the signal, and everything is put away."""
    running = serve()
    assert running.port

    assert 143 == running.stop(signal.SIGTERM)


def test_an_interrupt_during_the_first_build(site, serve):
    """Whatever is going on, it ends."""
    for number in range(300):
        site.write(f"seeds/s{number}/source.toml", f'title = "S {number}"\nrights = "full"\n')
        site.write(f"seeds/s{number}/text.md", "Words of it.\n\n" * 50)
    sockets = listen(0)
    port = port_of(sockets)
    for each in sockets:
        each.close()
    running = serve("--jobs", "2", "--port", str(port))

    def starts():
        with suppress(ConnectionRefusedError):
            return ask(port, "/").status in (200, 503)

    wait_for(starts)

    assert 130 == running.stop()


def test_a_save_is_a_new_page(site, serve):
    """A page follows its text; what is said on the terminal is what `build` would say."""
    running = serve()
    listener = Listener(running.port, "/notes/timing.html")
    first = listener.wait_for(bool)["version"]
    site.edit(NOTES, "The date, not", "The day, not")
    listener.wait_for(lambda told: told["version"] != first)
    assert b"The day, not the fee" in ask(running.port, "/notes/timing.html").body
    after = len(running.lines)
    site.edit(NOTES, "too soon", "too late")
    told = listener.wait_for(lambda told: told["said"])
    assert "quote-not-found" in json.dumps(told["panel"])
    running.wait_for_line(f"{NOTES}:8:13: error[quote-not-found]", after)
    running.wait_for_line("into memory in", after)
    site.edit(NOTES, "too late", "too soon")
    listener.wait_for(lambda told: not told["said"])
    listener.close()


def test_broken_settings_at_the_start(site, serve):
    """There is a page that waits with the author for the repair."""
    text = (site.root / "site.toml").read_text("utf-8")
    site.write("site.toml", "title = \n")
    running = serve()
    listener = Listener(running.port, "/")
    assert "settings-invalid" in json.dumps(listener.wait_for(bool)["panel"])
    assert 503 == ask(running.port, "/").status
    site.write("site.toml", text)
    listener.wait_for(lambda told: told["version"])
    listener.close()

    assert 200 == ask(running.port, "/").status


def test_a_page_survives_the_server(site, serve):
    """A page that comes back to a new server is told the same version, or the one that is new."""
    running = serve()
    listener = Listener(running.port, "/")
    version = listener.wait_for(bool)["version"]
    listener.close()
    running.stop()
    again = serve("--port", str(running.port))
    listener = Listener(again.port, "/")

    assert version == listener.wait_for(bool)["version"]
    listener.close()


def test_a_taken_port_is_said(site, serve):
    """Two servers stand side by side, and the second says where."""
    first = serve()
    second = serve("--port", str(first.port))

    assert first.port < second.port
    assert f"(port {first.port} is taken)" in second.wait_for_line("serving at ")


def test_below_the_path_of_the_settings(site, serve):
    """The address that is said is the one that the site will have."""
    running = serve("--base-url", "https://example.org/project")

    assert running.address.endswith("/project/")
    assert b'href="/project/assets/style.css"' in ask(running.port, "/project/nowhere").body


def test_drafts_are_shown_when_asked_for(site, serve):
    """The options of a build are those of the server."""
    site.note("Draft {#later draft}", "obeys none")

    assert 404 == ask(serve().port, "/notes/later.html").status
    assert 200 == ask(serve("--drafts").port, "/notes/later.html").status


def test_nothing_is_written_but_the_cache(site, serve):
    """The folder of the site is the author's."""
    site.write("served_more.py", "VIEWS = ()\n")
    extend(site, "served_more")
    before = set(site.root.rglob("*"))
    running = serve(PYTHONDONTWRITEBYTECODE="")
    assert 200 == ask(running.port, "/").status
    running.stop()

    new = {path.relative_to(site.root).parts[0] for path in site.root.rglob("*")} - {
        path.relative_to(site.root).parts[0] for path in before
    }
    assert {".postil"} == new


def test_a_module_of_the_site_is_followed(site, serve):
    """A view of the site's own that is saved is a page that changes."""
    extend(site, "served_view")
    site.write("served_view.py", VIEW.format(url="one.html"))
    running = serve()
    assert 200 == ask(running.port, "/one.html").status
    site.write("served_view.py", VIEW.format(url="two.html"))

    wait_for(lambda: ask(running.port, "/two.html").status == 200)
    assert 404 == ask(running.port, "/one.html").status


def test_a_flood_ends_at_the_site_of_its_files(site, serve, tmp_path):
    """After edits of every kind, at once and during builds, the site is that of the last state."""
    site.edit("site.toml", "search = false\n", "")
    running = serve()
    assert running.port
    for number in range(200):
        site.write(
            f"content/annotations/more/n{number}.md",
            f"---\nsource: letter\nby: editor\n---\n\n## N {number} {{#n{number}}}\n\n> The sea\n",
        )
        if number % 20 == 0:
            site.edit("site.toml", "title", "title")
    for number in range(0, 200, 2):
        site.remove(f"content/annotations/more/n{number}.md")
    os.rename(site.root / "content/annotations/more", site.root / "content/annotations/moved")
    site.edit("site.toml", '"Site"', '"The end"')
    expected = site.build().files
    del expected[MANIFEST]
    for path, content in expected.items():
        wait_for(
            lambda path=path, content=content: (
                content == SCRIPT_TAG.sub(b"", ask(running.port, f"/{path}").body)
            )
        )

    assert 404 == ask(running.port, "/notes/n0.html").status


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (["--port", "nine"], 2),
        (["--port", "65536"], 2),
        (["--output", "x"], 2),
        (["--root", "/nowhere"], 2),
    ],
)
def test_wrong_words(words, code):
    """A wrong command line gets one sentence."""
    done = subprocess.run(
        [*COMMAND, "serve", *words], capture_output=True, text=True, cwd=ROOT, timeout=60
    )

    assert (code, 1) == (done.returncode, len(done.stderr.splitlines()))


def test_a_machine_that_gives_no_port(site, monkeypatch, capsys):
    """What the machine refuses is its own exit code."""

    def refuse(port):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("generator.serving.loop.listen", refuse)

    assert 3 == main(["serve", "--root", str(site.root), "--port", "80"])
    assert "postil: cannot serve at port 80: Permission denied\n" == capsys.readouterr().err


def test_other_commands_know_nothing_of_it():
    """Neither the server's packages nor its modules are loaded by anything else."""
    program = (
        "import sys; from generator.cli import main; main(['check', '--root', sys.argv[1]]);"
        "print(sorted(n for n in sys.modules if n.split('.')[0] in ('uvicorn', 'watchdog', 'h11')"
        " or n.startswith('generator.serving')))"
    )
    done = subprocess.run(
        [sys.executable, "-c", program, str(GOLDEN)], capture_output=True, text=True, cwd=ROOT
    )

    assert "[]" == done.stdout.strip()


def test_codes_that_keep_the_last_site_are_codes():
    """What is looked for by name has that name."""
    from generator.serving import telling

    assert telling._BREAKING <= CODES.keys()
