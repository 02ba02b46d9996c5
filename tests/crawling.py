"""Walking through a built site as a browser would: every link, every place, every nesting."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from html.parser import HTMLParser
from posixpath import dirname, join, normpath
from urllib.parse import unquote

VOID = frozenset("area base br col embed hr img input link meta source track wbr".split())
# What a parser moves or closes when it stands where it may not, so that a page falls apart.
MAY_HOLD = {
    "table": {"caption", "thead", "tbody", "tfoot", "tr", "colgroup"},
    "thead": {"tr"},
    "tbody": {"tr"},
    "tfoot": {"tr"},
    "tr": {"th", "td"},
    "ul": {"li"},
    "ol": {"li"},
    "dl": {"dt", "dd", "div"},
}
BLOCKS = frozenset(
    "address article aside blockquote details div dl fieldset figcaption figure footer form h1 h2 "
    "h3 h4 h5 h6 header hr main nav ol p pre section table ul".split()
)
PHRASING = frozenset("p h1 h2 h3 h4 h5 h6 pre summary span em strong b i".split())


@dataclass
class Seen(HTMLParser):
    """One page: its ids, its links and what is wrong with its nesting."""

    page: str
    ids: list[str] = field(default_factory=list)
    links: list[str] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)
    text: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.open: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        names = dict(attrs)
        if len(names) != len(attrs):
            self.faults.append(f"<{tag}> has an attribute twice")
        around = self.open[-1] if self.open else ""
        if tag not in MAY_HOLD.get(around, {tag}):
            self.faults.append(f"<{tag}> in <{around}>")
        if tag in BLOCKS and any(each in PHRASING for each in self.open):
            self.faults.append(f"<{tag}> in <{'><'.join(self.open[-3:])}>")
        if tag == "a" and "a" in self.open:
            self.faults.append("<a> in <a>")
        self.ids += [names["id"] or ""] if "id" in names else []
        self.links += [value for name in ("href", "src") if (value := names.get(name)) is not None]
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if not self.open or tag != self.open.pop():
            self.faults.append(f"</{tag}> closes another element")

    def handle_data(self, data: str) -> None:
        self.text.append(data)


def read_page(url: str, content: bytes) -> Seen:
    """Return what is on the page at *url*."""
    seen = Seen(url)
    seen.feed(content.decode())
    seen.close()
    seen.faults += [f"<{tag}> is not closed" for tag in seen.open]
    return seen


def find_faults(files: Mapping[str, bytes]) -> list[str]:
    """Return everything that is wrong with the pages among *files*, which are a whole site.

    The page for lost ways alone may name paths from the root: nobody knows where it is shown.
    """
    pages = {url: read_page(url, files[url]) for url in files if url.endswith(".html")}
    return [
        f"{url}: {fault}" for url, page in pages.items() for fault in _judge(page, pages, files)
    ]


def _judge(page: Seen, pages: Mapping[str, Seen], files: Mapping[str, bytes]) -> Iterator[str]:
    yield from page.faults
    yield from (f"the id {id!r} is there twice" for id in set(page.ids) if page.ids.count(id) > 1)
    yield from (f"the id {id!r}" for id in page.ids if not id or any(map(str.isspace, id)))
    for link in page.links:
        scheme = link.partition(":")[0]
        if scheme in ("http", "https", "mailto") and ":" in link:
            continue
        address, mark, fragment = link.partition("#")
        url = normpath(join(dirname(page.page), unquote(address))) if address else page.page
        if address.startswith("/") and page.page == "404.html":
            continue
        if address.startswith("/") or "?" in address or address == ".":
            yield f"the link {link!r} is not relative"
        elif address != "./" and url not in files:
            yield f"the link {link!r} leads to no file"
        elif mark and url in pages and unquote(fragment) not in pages[url].ids:
            yield f"the link {link!r} leads to no place"
