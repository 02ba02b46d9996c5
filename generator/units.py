"""Units of reading: the blocks of the outermost level, each of which carries its own notes."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from generator.model import Element

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
