"""The outline of a source: what may be said of a text by those who may not publish it.

``seeds/<id>/outline.json`` holds it: how the text is built, how long each passage is, and the
words that quotations publish, but no other. The public site of a source under restricted rights
is made from its outline, whether or not the text is there.
"""

from dataclasses import dataclass, field
from typing import NamedTuple

from generator.spans import Span


class Stretch(NamedTuple):
    """From the segment *first* of the row *start* to before the segment *last* of the row *end*."""

    start: int
    first: int
    end: int
    last: int


@dataclass(frozen=True, slots=True)
class Row:
    """A block of the text, or the edge of a section; rows are in page order.

    *text* are a block's segments in order: words that quotations publish, or how many words are
    kept back. *once* has for each of the former how many of its last and of its first words (with
    those beside them) occur once in the text; 0: no number of them does. *print* is the
    fingerprint of the whole block, "" where it could tell what is kept back. *edge* is ``open``
    or ``close``, "" for a block.
    """

    tag: str
    id: str = ""
    words: int = 0
    text: tuple[int | str, ...] = ()
    once: tuple[tuple[int, int], ...] = ()
    print: str = ""
    attrs: tuple[tuple[str, str], ...] = ()
    edge: str = ""


@dataclass(frozen=True, slots=True)
class OutlinedPlace:
    """A locator: its *label*, kind and anchor, its words, and its first and its last row."""

    label: str
    kind: str
    anchor: str
    words: int
    rows: Span


@dataclass(frozen=True, slots=True)
class Record:
    """A quotation that was found in the text; *sign* stands for it, word for word.

    *passages* are the places at which it was found, each with its locators, and *shown* the
    stretches of words that it publishes.
    """

    sign: str
    passages: tuple[tuple[tuple[str, ...], Stretch], ...]
    shown: tuple[Stretch, ...] = ()


@dataclass(frozen=True, slots=True)
class Outline:
    """What is known of a text without having it.

    *text_path* is the name of its file, *words* how many it has, *typed* how many of these the
    annotation files type out. *announced* and *language* are those of the document.
    """

    text_path: str
    words: int
    typed: int
    rows: tuple[Row, ...] = field(repr=False)
    places: tuple[OutlinedPlace, ...] = field(repr=False)
    records: tuple[Record, ...] = field(repr=False)
    announced: int = -1
    language: str = ""
