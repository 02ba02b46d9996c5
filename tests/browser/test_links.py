"""Links: none is broken below a path, from the disk, or from an unzipped folder; none leads out."""

import shutil
import zipfile
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urlsplit

from playwright.sync_api import Request

from tests.browser.conftest import Open
from tests.browser.shelf import Shelf

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; "
    "connect-src 'self'; base-uri 'none'; form-action 'none'; object-src 'none'"
)
# The search page alone runs a program of its index.
SEARCHING = POLICY.replace("script-src 'self'", "script-src 'self' 'wasm-unsafe-eval'")
FETCHED = {"src", "srcset", "poster", "data", "action", "formaction", "background", "ping"}


class Read(HTMLParser):
    """What a page says of itself: ids, links, and everything the policy forbids."""

    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=True)
        self.ids: list[str] = []
        self.links: list[str] = []
        self.fetched: list[str] = []
        self.inline: list[str] = []
        self.head: list[tuple[str, dict[str, str | None]]] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note what the tag is for."""
        named = dict(attrs)
        if self.head or tag == "head":
            self.head.append((tag, named))
        if named.get("id"):
            self.ids.append(named["id"] or "")
        href = named.get("href")
        if href is not None:
            (
                self.fetched if tag == "link" and named.get("rel") == "stylesheet" else self.links
            ).append(href)
        self.fetched += [value or "" for key, value in attrs if key in FETCHED]
        forbidden = tag == "style" or (tag == "script" and "src" not in named)
        inline = [key for key, _ in attrs if key == "style" or key.startswith("on")]
        if forbidden or inline:
            self.inline.append(f"<{tag} {' '.join(inline)}>")


def read_pages(shelf: Shelf) -> dict[str, Read]:
    """Read every page of every site, by its name."""
    return {
        page.name: Read((shelf.folder / page.name).read_text("utf-8")) for page in shelf.pages()
    }


def test_every_link_leads_somewhere(shelf: Shelf) -> None:
    """Every link is relative, its file exists and its fragment is an id there, once."""
    pages = read_pages(shelf)
    broken = []
    for name, page in pages.items():
        site = name.partition("/")[0]
        for href in page.links + page.fetched:
            parts = urlsplit(href)
            if parts.scheme in ("http", "https", "mailto"):
                continue
            if name == "own/404.html" and href.startswith("/"):
                target = unquote(parts.path).removeprefix("/project/")
                target = f"{target}index.html" if target.endswith("/") else target
            elif name.endswith("404.html") and href == "./":
                continue
            else:
                folder = (shelf.folder / name).parent
                file = (
                    (folder / unquote(parts.path)).resolve() if parts.path else shelf.folder / name
                )
                target = file.relative_to(shelf.folder.resolve()).as_posix() if parts.path else name
            found = pages.get(target)
            exists = (shelf.folder / target).is_file() and target.startswith(f"{site}/")
            named = not parts.fragment or (found and unquote(parts.fragment) in found.ids)
            if parts.netloc or not exists or not named:
                broken.append((name, href))
    twice = [name for name, page in pages.items() if len(page.ids) != len(set(page.ids))]

    assert [] == broken[:20]
    assert [] == twice
    assert len(pages) > 250


def test_the_policy_stands_first_and_nothing_is_inline(shelf: Shelf) -> None:
    """In every page the policy follows the charset, word for word; no script or style is inline."""
    wrong = {}
    for name, page in read_pages(shelf).items():
        charset, policy = page.head[1][1], page.head[2][1]
        first = (charset.get("charset"), policy.get("http-equiv"), policy.get("content"))
        own = SEARCHING if name.endswith("/search.html") else POLICY
        if first != ("utf-8", "Content-Security-Policy", own) or page.inline:
            wrong[name] = (first, page.inline)

    assert {} == wrong


def _name_failed(request: Request) -> list[str]:
    """Return what could not be had; a browser that is led on gives up what it still waits for."""
    return [] if request.failure == "net::ERR_ABORTED" else [request.url]


def test_pages_fetch_only_from_the_site(shelf: Shelf, open_tab: Open) -> None:
    """Opened below a path, every page loads all it names and asks no other host for anything."""
    tab = open_tab()
    asked, failed, said = [], [], []
    tab.context.on("request", lambda request: asked.append(request.url))
    tab.context.on(
        "response", lambda answer: failed.append(answer.url) if answer.status > 399 else None
    )
    tab.context.on("requestfailed", lambda request: failed.extend(_name_failed(request)))
    tab.context.on("console", lambda message: said.append(message.text))
    for page in shelf.sample():
        tab.goto(shelf.address + page.name)
        tab.evaluate("probes.openAll(), scrollTo(0, document.body.scrollHeight)")
    elsewhere = [url for url in asked if not url.startswith(shelf.address)]

    assert [] == elsewhere
    assert [] == failed
    assert [] == said
    assert any(url.endswith(".svg") for url in asked)


def test_an_unknown_address_gets_a_page_that_leads_back(shelf: Shelf, open_tab: Open) -> None:
    """At any depth the page for lost ways has its looks and a link home, if it can."""
    tab = open_tab()
    answer = tab.goto(shelf.address + "own/no/such/page.html")
    paper = tab.evaluate("getComputedStyle(document.documentElement).backgroundColor")
    tab.click("main a")

    assert answer is not None
    assert 404 == answer.status
    assert "rgb(255, 253, 248)" == paper
    assert shelf.address + "own/" == tab.url


def test_a_folder_on_the_disk_is_a_site(shelf: Shelf, open_tab: Open, tmp_path: Path) -> None:
    """From `file://`, in a folder with an odd name, pages have looks and pictures."""
    archive = tmp_path / "site.zip"
    with zipfile.ZipFile(archive, "w") as packed:
        for file in sorted(shelf.folder.rglob("*")):
            packed.write(file, file.relative_to(shelf.folder))
    unzipped = tmp_path / "a folder, ünzipped #1"
    shutil.unpack_archive(archive, unzipped)
    tab = open_tab()
    failed: list[str] = []
    tab.context.on("requestfailed", lambda request: failed.extend(_name_failed(request)))
    looks = """async () => {
        for (const picture of document.images) {
            picture.loading = "eager";
            await picture.decode();
        }
        const paper = getComputedStyle(document.documentElement).backgroundColor;
        return [paper, [...document.images].every((picture) => picture.naturalWidth > 0)];
    }"""
    # The page for lost ways is for hosts: it may be shown at any depth, so its paths are rooted.
    pages = [page for page in shelf.sample("own", "torture") if page.kind != "missing"]
    seen = {}
    for folder in (shelf.folder, unzipped):
        for page in pages:
            tab.goto((folder / page.name).as_uri())
            seen[folder.name, page.name] = tuple(tab.evaluate(looks))
    wrong = {place: look for place, look in seen.items() if look != ("rgb(255, 253, 248)", True)}

    assert {} == wrong
    assert [] == failed
