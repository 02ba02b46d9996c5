"""A scraped page in HTML as blocks of lines, with what its markup says of each."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import groupby

from selectolax.lexbor import LexborHTMLParser, LexborNode

from generator.importing.elements import (
    BLOCKS,
    HEADINGS,
    SILENT,
    holds_replies,
    is_around_comments,
    is_date,
    is_name,
    is_thread_title,
    reason_to_cut,
)
from generator.importing.lines import Block, Comment, Kind, Line, Markup, Scrape
from generator.importing.metadata import read_facts
from generator.importing.regions import Regions, find_regions
from generator.importing.threads import read_date

_SPACES = re.compile(r"[ \t\r\n\f]+")
_EMPTY_LINES = re.compile(r"\n(?:[^\S\n]*\n)+")
_DEEPEST = 10
_CARRIERS = {
    "img": "pictures",
    "a": "addresses of links",
    "iframe": "frames",
    "video": "videos",
    "audio": "sounds",
    "table": "tables (their rows are kept)",
    "em": "emphases",
    "strong": "emphases",
    "i": "emphases",
    "b": "emphases",
}


@dataclass(frozen=True, slots=True)
class _Place:
    """Where in a page a text stands: what its ancestors make of it."""

    markup: Markup
    is_cut: bool = False
    may_reply: bool = False


@dataclass(frozen=True, slots=True)
class _Run:
    """Text in one place; *block* counts the blocks before it. A line feed is a break."""

    block: int
    text: str
    markup: Markup


def scrape_html(source: str) -> Scrape:
    """Take a page in HTML apart, in the order of its words.

    Its lines are those of the words that the page holds, from top to bottom, not of the file.
    """
    page = LexborHTMLParser(source)
    walk = _Walk(find_regions(page))
    runs = list(walk.runs(page.root)) if page.root is not None else []
    blocks = tuple(_number(_split(runs)))
    size = sum(len(block.lines) for block in blocks)
    left_out = tuple((name, walk.left_out[name]) for name in sorted(walk.left_out))
    return Scrape(blocks, size, read_facts(page), tuple(walk.comments), left_out)


def _text(node: LexborNode, markup: Markup) -> str:
    text = node.text_content or ""
    if markup.kind is Kind.CODE:
        return text.replace("\r\n", "\n").replace("\r", "\n")
    return _SPACES.sub(" ", text)


class _Walk:
    """One walk through a page: it counts blocks, comments and what words cannot carry."""

    def __init__(self, regions: Regions) -> None:
        self.regions = regions
        self.block = 0
        self.holder = 0
        self.entries: dict[int, int] = {}
        self.comments: list[Comment] = []
        self.left_out: dict[str, int] = {}

    def runs(self, root: LexborNode) -> Iterator[_Run]:
        """Yield the text below *root*, in order."""
        outside = _Place(Markup(Kind.OUTSIDE, note="outside the article"))
        pending: list[tuple[LexborNode, _Place, bool]] = [(root, outside, True)]
        while pending:
            node, place, enters = pending.pop()
            if not enters:
                self.block += 1
            elif node.is_text_node:
                yield _Run(self.block, _text(node, place.markup), place.markup)
            elif node.is_element_node and node.tag not in SILENT:
                inner = self.enter(node, place)
                parts = node.tag in BLOCKS or inner.markup != place.markup
                self.block += parts
                if node.tag == "br":
                    yield _Run(self.block, "\n", place.markup)
                elif node.tag in ("td", "th"):
                    yield _Run(self.block, " ", place.markup)
                if parts:
                    pending.append((node, place, False))
                below = list(node.iter(include_text=True))
                pending.extend((child, inner, True) for child in reversed(below))
            else:
                self.count(node, place)

    def enter(self, node: LexborNode, place: _Place) -> _Place:
        """Return the place inside *node*, which stands in *place*."""
        self.count(node, place)
        if place.is_cut:
            return place
        markup, here = place.markup, node.mem_id
        in_comment = markup.comment >= 0
        reason = reason_to_cut(node, in_comment=in_comment)
        if here == self.regions.title:
            return _Place(Markup(Kind.TITLE), is_cut=True)
        if here in self.regions.comments and (not in_comment or place.may_reply):
            self.comments.append(Comment(len(self.comments) + 1, parent=markup.comment))
            return _Place(Markup(comment=len(self.comments) - 1))
        if here == self.regions.thread or (not in_comment and is_thread_title(node)):
            return _Place(Markup(Kind.THREAD), is_cut=True)
        if reason:
            return replace(place, markup=Markup(Kind.OUTSIDE, note=reason), is_cut=True)
        if in_comment:
            return self.enter_comment(node, place)
        if here == self.regions.article:
            return _Place(Markup())
        if is_around_comments(node) and markup.kind is Kind.PLAIN and self.regions.comments:
            return _Place(Markup(Kind.OUTSIDE, note="around the comments"))
        return replace(place, markup=self.shape(node, markup))

    def enter_comment(self, node: LexborNode, place: _Place) -> _Place:
        """Return the place inside *node*, which is part of a comment."""
        kind, comment = place.markup.kind, place.markup.comment
        may_reply = place.may_reply or holds_replies(node)
        if kind is Kind.PLAIN and is_name(node):
            return _Place(Markup(Kind.NAME, comment=comment))
        if kind in (Kind.PLAIN, Kind.NAME, Kind.DATE) and is_date(node):
            stamp = node.attributes.get("datetime") or node.text(separator="")
            day = read_date(" ".join(stamp.split()))
            return _Place(Markup(Kind.DATE, comment=comment, note=day), is_cut=bool(day))
        return _Place(self.shape(node, place.markup), may_reply=may_reply)

    def shape(self, node: LexborNode, markup: Markup) -> Markup:
        """Return *markup* with what the element *node* adds to the shape of its words."""
        if markup.kind is not Kind.PLAIN:
            return markup
        if node.tag in HEADINGS:
            return replace(markup, kind=Kind.HEADING, level=int((node.tag or "h2")[1]))
        if node.tag == "pre":
            return replace(markup, kind=Kind.CODE)
        if node.tag in ("li", "blockquote") and len(markup.holders) < _DEEPEST:
            self.holder += 1
            return replace(markup, holders=(*markup.holders, (self.sign(node), self.holder)))
        return markup

    def sign(self, node: LexborNode) -> str:
        """Return the Markdown sign of a list's entry or of a quotation."""
        parent = node.parent
        if node.tag == "blockquote":
            return ">"
        if parent is None or parent.tag != "ol":
            return "-"
        start = parent.attributes.get("start") or "1"
        first = int(start) if start.isascii() and start.isdecimal() and len(start) < 9 else 1
        self.entries[parent.mem_id] = self.entries.get(parent.mem_id, first - 1) + 1
        return f"{self.entries[parent.mem_id]}."

    def count(self, node: LexborNode, place: _Place) -> None:
        """Count what words cannot carry, where words are kept."""
        name = _CARRIERS.get(node.tag or "")
        is_link_or_other = node.tag != "a" or node.attributes.get("href")
        if name and is_link_or_other and place.markup.kind is not Kind.OUTSIDE:
            self.left_out[name] = self.left_out.get(name, 0) + 1


def _split(runs: list[_Run]) -> Iterator[tuple[list[str], Markup]]:
    """Yield the lines of every block; an empty line between two parts them, but not in code."""
    for _, group in groupby(runs, key=lambda run: run.block):
        block = list(group)
        markup, text = block[0].markup, "".join(run.text for run in block)
        if markup.kind is Kind.CODE:
            yield text.strip("\n").split("\n"), markup
        else:
            for part in _EMPTY_LINES.split(text):
                yield [line for line in part.split("\n") if line.strip()], markup


def _number(parts: Iterable[tuple[list[str], Markup]]) -> Iterator[Block]:
    number = 1
    for lines, markup in parts:
        if any(line.strip() for line in lines):
            numbered = tuple(Line(at, line) for at, line in enumerate(lines, number))
            number += len(lines)
            yield Block(numbered, markup, breaks=len(lines) > 1)
