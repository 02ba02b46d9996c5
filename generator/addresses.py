"""Addresses: where in the site each thing has its page, and which schemes a link may have."""

import re
from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import quote, unquote

SAFE_SCHEMES = ("http", "https", "mailto")
RESERVED_PAGES = frozenset(
    "index 404 search sources notes actors issues tags positions assets data feed sitemap "
    "robots".split()
)
_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.\-]*):")
# These mean themselves in every address.
_PLAIN = re.compile(r"[A-Za-z0-9_.~/-]*")
# Browsers drop these inside an address, so that "java\tscript:" would still run.
_DROPPED = re.compile(r"[\x00-\x20\x7f-\xa0\u00ad\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]")


@dataclass(frozen=True, slots=True)
class Address:
    """An address as typed, taken apart: *scheme* is lower case, empty for a place in the project.

    *path* and *fragment* of a place in the project are decoded and what follows a ``?`` is left
    out; of an address elsewhere *path* is the whole of it, fit for an attribute.
    """

    scheme: str
    path: str
    fragment: str = ""

    @property
    def is_safe(self) -> bool:
        """Tell whether a page may link there: an allow-list, checked after decoding."""
        return not self.scheme or self.scheme in SAFE_SCHEMES


def read_address(href: str) -> Address:
    """Take *href* apart, as a browser would: ``//host`` and ``\\\\host`` lead elsewhere."""
    bare = _DROPPED.sub("", href)
    twice = _DROPPED.sub("", unquote(unquote(bare)))
    scheme = _SCHEME.match(bare) or _SCHEME.match(twice)
    if scheme:
        return Address(scheme[1].lower(), _encode(bare))
    if bare[:2].replace("\\", "/") == "//" or twice[:2].replace("\\", "/") == "//":
        return Address("https", "https:" + _encode(bare.replace("\\", "/")))
    path, _, fragment = href.strip().partition("#")
    return Address("", unquote(path.partition("?")[0]), unquote(fragment))


def _encode(address: str) -> str:
    return quote(address, safe="%/:=&?~#+!$,;'@()*[]-._")


def _quote(text: str) -> str:
    return text if _PLAIN.fullmatch(text) else quote(text)


def source_url(id: str) -> str:
    """Return the address of a source's reading page."""
    return f"sources/{_quote(id)}.html"


def note_url(id: str, source: str, *, own_page: bool) -> str:
    """Return where a note is read in full: its own page, or the margin of its source."""
    if own_page:
        return f"notes/{_quote(id)}.html"
    return f"{source_url(source)}#n-{_quote(id)}" if source else f"notes/index.html#n-{_quote(id)}"


def page_url(slug: str) -> str:
    """Return the address of a free page."""
    return f"{_quote(slug)}.html"


def actor_url(id: str) -> str:
    """Return the address of an actor's page."""
    return f"actors/{_quote(id)}.html"


def issue_url(id: str) -> str:
    """Return the address of an issue's page."""
    return f"issues/{_quote(id)}.html"


def cell_url(issue: str, actor: str) -> str:
    """Return where the evidence of a position is: the actor's section of the issue's page."""
    return place_url(issue_url(issue), actor)


def tag_url(tag_slug: str) -> str:
    """Return the address of a tag's page."""
    return f"tags/{_quote(tag_slug)}.html"


def place_url(url: str, anchor: str) -> str:
    """Return the address of a place in the page at *url*."""
    return f"{url}#{_quote(anchor)}"


def encode_fragment(fragment: str) -> str:
    """Return what follows the ``#`` of an address of a file: ``page=3`` has a meaning there."""
    return quote(fragment, safe="=&,")


def file_url(path: str) -> str:
    """Return the address under which a picture or file of the project is published."""
    kept = path.removeprefix("content/files/")
    if kept != path:
        return f"assets/files/{quote(kept)}"
    return f"assets/sources/{quote(path.removeprefix('seeds/'))}"


def relative(url: str, page: str) -> str:
    """Return *url* as a link from the page at the address *page* of the same site.

    A place in the page itself becomes a bare fragment.
    """
    if url.startswith(page) and url.startswith("#", len(page)):
        return url[len(page) :]
    return _lead(url, page[: page.rfind("/") + 1])


# The pages of a folder lead to the same places: to the tags, to the home page, to the style sheet.
@lru_cache(4096)
def _lead(url: str, folder: str) -> str:
    target, mark, fragment = url.partition("#")
    here, there = folder.split("/")[:-1], target.split("/")
    while here and len(there) > 1 and here[0] == there[0]:
        here.pop(0)
        there.pop(0)
    return "../" * len(here) + "/".join(there) + mark + fragment
