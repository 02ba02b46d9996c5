"""Excerpts: a passage with the blocks it stands in, cut out of its document."""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import replace
from operator import attrgetter

from generator.markup import BLOCKS
from generator.model import Element, Reference
from generator.site import CommentedSource, Excerpt, Link
from generator.spans import Span
from generator.units import Layout, elements_around, elements_in, units_in

# A note's page shows its passage in context, not the source again: of a longer block it shows a
# part, of more blocks or letters the beginning and the end.
LONG = 1500
MOST_UNITS = 4
MOST_LETTERS = 6000
# A longer listing has no colours anywhere (``highlight.LARGEST_BLOCK``).
LONGEST_LISTING = 65_536
_LINES_AROUND = 2
_LETTERS_AROUND = 300


def cut_excerpts(
    source: CommentedSource, span: Span, *, whole: bool = False
) -> tuple[Excerpt, ...]:
    """Return the blocks that *span* meets; of a long run the first and the last.

    With *whole* the span is a place meant as such (a section, a comment): of a long one only the
    beginning is shown.
    """
    found = units_in(source.layout, span)
    if not found:
        return ()
    units = [source.layout.units[at].element.span for at in (*found[:MOST_UNITS], found[-1])]
    start = _narrow(source, max(span.start, units[0].start), units[0]).start
    ending = _narrow(source, max(min(span.end, units[-1].end) - 1, units[-1].start), units[-1])
    if len(found) <= MOST_UNITS and ending.end - start <= MOST_LETTERS:
        return (_cut(source, Span(start, ending.end)),)
    end = _end_of_head(source, start, units[: MOST_UNITS - 1 if whole else MOST_UNITS // 2])
    if ending.start <= end and not whole:
        return (_cut(source, Span(start, ending.end)),)
    head = replace(_cut(source, Span(start, end)), goes_on=True)
    return (head,) if whole else (head, replace(_cut(source, ending), goes_before=False))


def cut_passage(source: CommentedSource, span: Span) -> Excerpt:
    """Return the passage *span* and nothing around it, however long it is."""
    return replace(_cut(source, span), goes_before=False, goes_on=False)


def _end_of_head(source: CommentedSource, start: int, units: Sequence[Span]) -> int:
    """Return where the beginning of a long passage ends: after some units, or in the first."""
    ends = [unit.end for unit in units if unit.end - start <= 2 * LONG]
    return ends[-1] if ends else _narrow(source, start + LONG, units[0]).end


def _narrow(source: CommentedSource, at: int, unit: Span) -> Span:
    """Return what is shown of *unit* around the character *at*: all of it, if it is not long."""
    if unit.end - unit.start <= LONG:
        return unit
    around = (source.layout.elements[index] for index in elements_around(source.layout, at))
    blocks = [each for each in around if each.tag in BLOCKS and unit.covers(each.span)]
    for block in blocks:
        if block.span.end - block.span.start <= LONG:
            return block.span
        if block.tag == "pre":
            return _lines_around(source.document.text, at, block.span)
    return _words_around(source.document.text, at, blocks[-1].span if blocks else unit)


def _lines_around(text: str, at: int, block: Span) -> Span:
    before = text[max(block.start, at - LONG) : at].split("\n")[-_LINES_AROUND - 1 :]
    after = text[at : min(block.end, at + LONG)].split("\n")[: _LINES_AROUND + 1]
    return Span(at - len("\n".join(before)), at + len("\n".join(after)))


def _words_around(text: str, at: int, block: Span) -> Span:
    start, end = max(block.start, at - _LETTERS_AROUND), min(block.end, at + _LETTERS_AROUND)
    if start > block.start:
        start = max(start, text.find(" ", start, at) + 1)
    if end < block.end:
        end = max(at + 1, text.rfind(" ", at, end)) if " " in text[at + 1 : end] else end
    return Span(start, end)


def _cut(source: CommentedSource, window: Span) -> Excerpt:
    layout, text = source.layout, source.document.text
    units = [layout.units[at] for at in units_in(layout, window)]
    inside = elements_in(layout, window)
    kept: list[int] = []
    elements: list[Element] = []
    for unit in units:
        own = inside[bisect_left(inside, unit.low) : bisect_left(inside, unit.high)]
        kept += own
        elements += (_move(layout.elements[index], window, unit.element.depth) for index in own)
    linked = list(_pick_links(source, kept))
    return Excerpt(
        window.start,
        text[window.start : window.end],
        tuple(_renumber(layout, kept, elements)),
        tuple(reference for reference, _ in linked),
        tuple(link for _, link in linked),
        tuple(_find_listings(source, kept, window)),
        goes_before=bool(units) and units[0].element.span.start < window.start,
        goes_on=bool(units) and units[-1].element.span.end > window.end,
    )


def _move(element: Element, window: Span, depth: int) -> Element:
    start = max(element.span.start, window.start) - window.start
    end = min(element.span.end, window.end) - window.start
    dropped = {"id"} if _is_listed(element) else {"id", "language"}
    attrs = tuple((name, value) for name, value in element.attrs if name not in dropped)
    return replace(element, span=Span(start, end), depth=element.depth - depth, attrs=attrs)


def _is_listed(element: Element) -> bool:
    return element.span.end - element.span.start <= LONGEST_LISTING


def _renumber(
    layout: Layout, kept: Sequence[int], elements: Sequence[Element]
) -> Iterator[Element]:
    """Yield *elements*; a numbered list that lost its first entries begins with a later number."""
    firsts: dict[int, int] = {}
    for index in kept:
        firsts.setdefault(layout.parents[index], layout.ordinals[index])
    for index, element in zip(kept, elements, strict=True):
        lost = firsts.get(index, 0) if element.tag == "ol" else 0
        if lost:
            first = element.get("start", "1")
            number = int(first) if first.removeprefix("-").isdecimal() else 1
            others = (pair for pair in element.attrs if pair[0] != "start")
            element = replace(element, attrs=(*others, ("start", str(number + lost))))
        yield element


def _pick_links(source: CommentedSource, kept: Sequence[int]) -> Iterator[tuple[Reference, Link]]:
    """Yield the references of the elements *kept*, at their new places, and their links."""
    if not kept:
        return
    references = source.document.references
    position = {index: number for number, index in enumerate(kept)}
    low = bisect_left(references, kept[0], key=attrgetter("element"))
    for at in range(low, len(references)):
        if references[at].element > kept[-1]:
            break
        if references[at].element in position:
            place = position[references[at].element]
            yield replace(references[at], element=place), source.links[at]


def _find_listings(
    source: CommentedSource, kept: Sequence[int], window: Span
) -> Iterator[tuple[int, str]]:
    """Yield the whole code of the listings that *window* cuts, if it has colours at all."""
    for index in kept:
        element = source.layout.elements[index]
        if element.tag == "pre" and _is_listed(element) and not window.covers(element.span):
            yield element.span.start, source.document.text[slice(*element.span)]
