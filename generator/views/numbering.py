"""Numbering: which notes have a number on a page, and after which words it stands."""

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from generator.markup import LEAVES
from generator.model import Document, Element, Locator, Passage
from generator.site import CommentedSource, Note
from generator.spans import Span
from generator.views.framing import Index


@dataclass(frozen=True, slots=True)
class Numbered:
    """A note on a reading page; *number* is 0 for one that has lost its place.

    *offsets* say after which characters the number stands, once for each place; none: the note is
    about the source as a whole. *first* is the passage at the first of them.
    """

    note: Note
    number: int = 0
    offsets: tuple[int, ...] = ()
    first: Passage | None = None


def number_notes(notes: Iterable[Note], source: CommentedSource) -> tuple[Numbered, ...]:
    """Return those of *notes* that have a place in *source*, as the reader meets their numbers.

    Notes on the source as a whole come first.
    """
    found = [_offset(note, source) for note in notes if note.passages_in(source.source.id)]
    found.sort(
        key=lambda each: (each.offsets[:1], each.note.annotation.path, each.note.annotation.place)
    )
    return tuple(
        Numbered(each.note, number, each.offsets, each.first)
        for number, each in enumerate(found, 1)
    )


def _offset(note: Note, source: CommentedSource) -> Numbered:
    passages = [each for each in note.passages_in(source.source.id) if each.labels]
    offsets = {_ref_offset(passage, source): passage for passage in reversed(passages)}
    return Numbered(note, 0, tuple(sorted(offsets)), offsets[min(offsets)] if offsets else None)


def _ref_offset(passage: Passage, source: CommentedSource) -> int:
    """Return where a passage's number stands: after its last word.

    A place that was meant as such bears it after its first block, where the reader comes to it.
    """
    if not passage.whole:
        return passage.span.end
    first = source.gazetteer.locators[passage.labels[0]]
    if first.kind in ("section", "comment", "footnote"):
        return _first_block(first, source).end
    return first.span.end


def _first_block(place: Locator, source: CommentedSource) -> Span:
    layout = source.layout
    for index in range(bisect_left(layout.starts, place.span.start), len(layout.elements)):
        element = layout.elements[index]
        if element.span.start > place.span.end:
            break
        if element.tag in LEAVES:
            return element.span
    return place.span


def has_own_place(note: Note, index: Index) -> bool:
    """Tell whether the note has a place of its own: a reply without targets is below its parent."""
    parent = index.notes.get(note.parent)
    return parent is None or bool(note.annotation.targets) or parent.source != note.source


def replies_below(note: Note, index: Index) -> Iterator[Note]:
    """Yield the replies that stand below *note*, each followed by those to itself."""
    waiting = [*reversed(note.replies)]
    while waiting:
        reply = index.notes[waiting.pop()]
        if not has_own_place(reply, index):
            yield reply
            waiting += reversed(reply.replies)


def number_lines(document: Document, offsets: Sequence[int]) -> Document:
    """Give the lines of a code source their places, and cut it after every line with a note.

    *offsets* are those of the notes' numbers, in order. Any other document is returned as it is.
    """
    lines = [locator for locator in document.locators if locator.kind == "line"]
    if not lines or len(document.elements) != 1:
        return document
    root = document.elements[0]
    elements: list[Element] = []
    chunk: list[Element] = []
    next_ref = 0
    for line in lines:
        chunk.append(Element(line.span, 1, "span", (("id", line.anchor), ("class", "line"))))
        first = next_ref
        while next_ref < len(offsets) and offsets[next_ref] <= line.span.end:
            next_ref += 1
        if next_ref > first or line is lines[-1]:
            elements += (replace(root, span=Span(chunk[0].span.start, line.span.end)), *chunk)
            chunk = []
    return replace(document, elements=tuple(elements))
