"""Excerpts: a passage with the blocks it stands in, cut out of its document."""

from collections.abc import Sequence
from dataclasses import replace

from generator.model import Document, Element, Excerpt
from generator.spans import Span
from generator.units import Unit, group_units

# A note's page shows its passage in context, not the source again.
MOST_UNITS = 4
_LINES_AROUND = 2
_LONG = 1500


def cut_excerpts(document: Document, span: Span, *, whole: bool = False) -> tuple[Excerpt, ...]:
    """Return the blocks of *document* that *span* meets; of a long run the first and the last.

    With *whole* the span is a place meant as such (a section, a comment): of more than a few
    blocks only the first ones are shown.
    """
    units = [u for u in group_units(document.elements) if u.kind == "unit" and _meets(u, span)]
    if not units:
        return ()
    if len(units) <= MOST_UNITS:
        return (_cut(document, units, span, cut=False),)
    if whole:
        return (_cut(document, units[: MOST_UNITS - 1], span, cut=True),)
    head, tail = units[: MOST_UNITS // 2], units[-1:]
    return _cut(document, head, span, cut=True), _cut(document, tail, span, cut=False)


def _meets(unit: Unit, span: Span) -> bool:
    own = unit.element.span
    return own.meets(span) or (own.start == own.end and span.covers(own))


def _cut(document: Document, units: Sequence[Unit], span: Span, *, cut: bool) -> Excerpt:
    start, end = units[0].element.span.start, units[-1].element.span.end
    if len(units) == 1 and end - start > _LONG:
        start, end = _narrow(document, units[0], span)
    window = Span(start, end)
    kept = []
    for element in document.elements[units[0].low : units[-1].high]:
        own = element.span
        if own.meets(window) or (own.start == own.end and window.covers(own)):
            kept.append(_move(element, window, units[0].element.depth))
    return Excerpt(start, document.text[start:end], tuple(kept), cut)


def _narrow(document: Document, unit: Unit, span: Span) -> Span:
    """Return the part of a long listing, list or quotation that is around *span*."""
    own = unit.element.span
    if unit.element.tag == "pre":
        start, end = max(span.start, own.start), min(span.end, own.end)
        for _ in range(_LINES_AROUND + 1):
            start = max(document.text.rfind("\n", own.start, start), own.start)
            found = document.text.find("\n", end + 1, own.end)
            end = own.end if found == -1 else found
        return Span(start + (document.text[start : start + 1] == "\n"), end)
    inner = document.elements[unit.low + 1 : unit.high]
    parts = [e.span for e in inner if e.depth == unit.element.depth + 1 and e.span.meets(span)]
    if unit.element.tag == "table" or not parts:
        return own
    return Span(parts[0].start, parts[-1].end)


def _move(element: Element, window: Span, depth: int) -> Element:
    start = max(element.span.start, window.start) - window.start
    end = min(element.span.end, window.end) - window.start
    attrs = tuple((name, value) for name, value in element.attrs if name != "id")
    return replace(element, span=Span(start, end), depth=element.depth - depth, attrs=attrs)
