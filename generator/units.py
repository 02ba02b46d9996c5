"""Units of reading: the blocks of the outermost level, each of which carries its own notes."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from operator import attrgetter
from typing import NamedTuple

from generator.model import Element
from generator.spans import Span

# These hold units; every other element of the outermost level is one.
SECTIONS = frozenset({"thread", "comment", "footnotes", "footnote"})


class Unit(NamedTuple):
    """A run of elements, ``elements[low:high]``, the first of which is around the others.

    *kind* is ``unit`` or, for a section's edges, ``open`` and ``close`` (an empty run).
    """

    kind: str
    element: Element
    low: int
    high: int


def group_units(elements: Sequence[Element]) -> Iterator[Unit]:
    """Yield the units of *elements* (in pre-order) and the edges of the sections around them."""
    sections: list[Element] = []
    low, count = 0, len(elements)
    while low < count:
        element = elements[low]
        while sections and sections[-1].depth >= element.depth:
            yield Unit("close", sections.pop(), low, low)
        high = low + 1
        if element.tag in SECTIONS:
            sections.append(element)
            yield Unit("open", element, low, low)
        else:
            while high < count and elements[high].depth > element.depth:
                high += 1
            yield Unit("unit", element, low, high)
        low = high
    while sections:
        yield Unit("close", sections.pop(), count, count)


@dataclass(frozen=True, slots=True)
class Layout:
    """The elements of a document by place, so that to find a few never means to read all.

    *parents* has, for each element, the index of the one around it (-1: none), *ordinals* how many
    elements come before it in there. *unit_starts* and *unit_ends* are the edges of the *units*.
    """

    elements: tuple[Element, ...] = field(repr=False)
    starts: tuple[int, ...] = field(repr=False)
    parents: tuple[int, ...] = field(repr=False)
    ordinals: tuple[int, ...] = field(repr=False)
    units: tuple[Unit, ...] = field(repr=False)
    unit_starts: tuple[int, ...] = field(repr=False)
    unit_ends: tuple[int, ...] = field(repr=False)


def lay_out(elements: tuple[Element, ...]) -> Layout:
    """Return the layout of *elements*, which are in pre-order."""
    parents: list[int] = []
    ordinals: list[int] = []
    counts: list[int] = [0]
    around: list[int] = [-1]
    for index, element in enumerate(elements):
        depth = element.depth
        while len(around) > 1 and elements[around[-1]].depth >= depth:
            around.pop()
            counts.pop()
        parents.append(around[-1])
        ordinals.append(counts[-1])
        counts[-1] += 1
        around.append(index)
        counts.append(0)
    units = tuple([unit for unit in group_units(elements) if unit.kind == "unit"])
    return Layout(
        elements,
        tuple(element.span.start for element in elements),
        tuple(parents),
        tuple(ordinals),
        units,
        tuple(unit.element.span.start for unit in units),
        tuple(unit.element.span.end for unit in units),
    )


def units_in(layout: Layout, span: Span) -> range:
    """Return the indices of the units that *span* meets, and of the empty ones inside it.

    An empty span, that of a picture, is in the unit that has something at that place.
    """
    if span.start == span.end:
        at = [unit for index in elements_in(layout, span) for unit in _unit_of(layout, index)]
        return range(at[0], at[-1] + 1) if at else range(0)
    low = bisect_left(layout.unit_ends, span.start)
    high = bisect_right(layout.unit_starts, span.end)
    while low < high and not _has_part_in(layout, layout.units[low], span):
        low += 1
    while low < high and not _has_part_in(layout, layout.units[high - 1], span):
        high -= 1
    return range(low, high)


def elements_around(layout: Layout, offset: int) -> list[int]:
    """Return the indices of the elements around the character at *offset*, outermost first."""
    found: list[int] = []
    index = bisect_right(layout.starts, offset) - 1
    # What holds the character is around whatever begins last before it.
    while index >= 0:
        if layout.elements[index].span.end > offset:
            found.append(index)
        index = layout.parents[index]
    return found[::-1]


def elements_in(layout: Layout, span: Span) -> list[int]:
    """Return the indices of the elements that *span* meets, and of the empty ones inside it.

    What is around one of them is among them.
    """
    low = bisect_left(layout.starts, span.start)
    high = bisect_right(layout.starts, span.end)
    around = (index for index in elements_around(layout, span.start) if index < low)
    found = {*around, *(i for i in range(low, high) if _is_in(layout.elements[i], span))}
    # An empty element at an edge is in the span, and what is around it need not meet the span.
    for index in tuple(found):
        while (index := layout.parents[index]) >= 0 and index not in found:
            found.add(index)
    return sorted(found)


def _unit_of(layout: Layout, index: int) -> range:
    """Return the index of the unit that the element of that *index* is in; sections are in none."""
    unit = bisect_right(layout.units, index, key=attrgetter("low")) - 1
    return range(unit, unit + 1) if unit >= 0 and index < layout.units[unit].high else range(0)


def _has_part_in(layout: Layout, unit: Unit, span: Span) -> bool:
    if _is_in(unit.element, span):
        return True
    # At an edge of the span there may be no more of a unit in it than a picture.
    return any(_is_in(layout.elements[index], span) for index in range(unit.low, unit.high))


def _is_in(element: Element, span: Span) -> bool:
    own = element.span
    if element.tag == "hr" and span != own:
        # A rule has no words and no place of its own: it stands where the next block begins.
        return span.start < own.start < span.end
    return own.meets(span) or (own.start == own.end and span.covers(own))
