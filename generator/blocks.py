"""Places in a text: the numbers of its blocks, the slugs of its headings, and their anchors."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from generator.markup import CONTAINERS, HEADINGS, ROWS
from generator.model import Element, Locator
from generator.spans import Span
from generator.words import slug

_KINDS = {"pre": "code", "table": "table"}
_UNNUMBERED = HEADINGS | ROWS | {"caption"}
_NESTING = CONTAINERS | {"table"}


def number_blocks(
    text: str, elements: Sequence[Element]
) -> tuple[tuple[Element, ...], tuple[Locator, ...]]:
    """Return *elements* with their final ids, and the locators of *text*, in page order.

    What an ``id`` of *elements* says is the author's own name for a block: it becomes a locator
    ``#id``, and no two are the same. A footnote of one block is cited as ``f1`` alone; the blocks
    of a longer one, like those of every comment, have numbers of their own (``f1.2``).
    """
    numbering = _Numbering(text, elements)
    for index, element in enumerate(elements):
        numbering.leave(element.depth)
        if element.tag in HEADINGS:
            numbering.enter_section(index)
        elif element.tag in CONTAINERS:
            numbering.enter_container(index)
        elif element.tag in _KINDS or element.tag == "p" or element.tag in _PARAGRAPHS:
            numbering.number(index)
    numbering.leave(0)
    return numbering.elements(), numbering.locators()
