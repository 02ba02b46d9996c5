"""HTML as it arrives: parsed, and walked as a stream of openings, words and closings."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from selectolax.lexbor import LexborHTMLParser, LexborNode

# Browsers stop at a depth of 512; the parser's time grows with the square of the depth. Formats
# that are never closed are opened again in every paragraph, which multiplies the page.
DEEPEST = 500
_MOST_FORMATS = 30

_UNSEEN = frozenset(
    "head title script style template noscript noframes noembed iframe object embed applet audio "
    "video canvas svg select datalist meter progress annotation annotation-xml rp colgroup input "
    "area param source track wbr frame".split()
)
_HIDDEN = re.compile(r"(?:^|;)\s*display\s*:\s*none\s*(?:;|!|$)", re.IGNORECASE)
_TAG = re.compile(r"<(/?)([a-zA-Z][^\s/<>]*+)[^<>]*+>")
_FORMATS = frozenset(
    "b big code em font i nobr s small strike strong tt u span sub sup abbr cite q var kbd samp "
    "ins del mark label bdi bdo dfn time".split()
)
# Their ends may be left out, or they have none: they do not add to the depth.
_SHALLOW = frozenset(
    "a p li dt dd tr td th tbody thead tfoot option optgroup rt rp colgroup caption html head body "
    "area base br col embed hr img input link meta param source track wbr".split()
)
_STRUCTURE = "table, h1, h2, h3, h4, h5, h6, blockquote, article, section, main"


class Step(StrEnum):
    """What comes next in a page."""

    OPEN = "open"
    WORDS = "words"
    CLOSE = "close"


@dataclass(frozen=True, slots=True)
class Event:
    """One step: *name* is a tag in lower case, or the words themselves.

    A table that only lays out its page comes as ``layout``.
    """

    step: Step
    name: str
    attrs: dict[str, str]


def walk_page(html: str) -> Iterator[Event]:
    """Yield what a reader of *html* can see, in order; every opening has its closing.

    Words are decoded and their space is as it stands. What browsers do not show is left out:
    scripts, frames, hidden elements. ``flatten_depth`` must have had *html* first.
    """
    page = LexborHTMLParser(html)
    node = page.body.child if page.body else None
    layout = _find_layouts(page)
    around: list[tuple[LexborNode, str]] = []
    while node is not None:
        tag = node.tag or ""
        child = None
        if node.is_text_node:
            yield Event(Step.WORDS, node.text_content or "", {})
        elif node.is_element_node and tag not in _UNSEEN:
            attrs = {name: value or "" for name, value in node.attributes.items()}
            if not _is_hidden(tag, attrs):
                name = "layout" if tag == "table" and node.mem_id in layout else tag
                yield Event(Step.OPEN, name, attrs)
                child = node.child
                if child is None:
                    yield Event(Step.CLOSE, name, {})
                else:
                    around.append((node, name))
        following = child or node.next
        while following is None and around:
            node, name = around.pop()
            yield Event(Step.CLOSE, name, {})
            following = node.next
        node = following


def flatten_depth(html: str) -> tuple[str, int]:
    """Return *html* without the tags that nest too deep, and where the first of these stood.

    Words are kept. -1: there is none but such as only format words, which is no loss.
    """
    if html.count("<") <= DEEPEST:
        return html, -1
    depth, formats, first = 0, 0, -1

    def keep(tag: re.Match[str]) -> str:
        nonlocal depth, formats, first
        name, closes = tag[2].lower(), tag[1] == "/"
        if name in _SHALLOW:
            return tag[0]
        if name in _FORMATS:
            formats = max(formats + (-1 if closes else 1), 0)
            return tag[0] if formats <= _MOST_FORMATS - closes else ""
        depth = max(depth + (-1 if closes else 1), 0)
        if depth <= DEEPEST - closes:
            return tag[0]
        first = tag.start() if first == -1 else first
        return "<p>"

    return _TAG.sub(keep, html), first


def _is_hidden(tag: str, attrs: dict[str, str]) -> bool:
    if "hidden" in attrs or (tag == "dialog" and "open" not in attrs):
        return True
    return "style" in attrs and _HIDDEN.search(attrs["style"]) is not None


def _find_layouts(page: LexborHTMLParser) -> set[int]:
    """Return the tables (by ``mem_id``) that lay out a page: those with structure in their cells.

    So do those of one cell, and those that say it.
    """
    tables = page.css("table")
    if not tables:
        return set()
    inner = page.css(", ".join(f"table {tag}" for tag in _STRUCTURE.split(", ")))
    layout = {_table_around(node) for node in inner}
    cells = Counter(_table_around(cell) for cell in page.css("td, th"))
    layout |= {table.mem_id for table in tables if cells[table.mem_id] < 2}
    said = page.css('table[role="presentation"], table[role="none"]')
    return layout | {table.mem_id for table in said}


def _table_around(node: LexborNode) -> int:
    outer = node.parent
    while outer is not None and outer.tag != "table":
        outer = outer.parent
    return outer.mem_id if outer is not None else 0
