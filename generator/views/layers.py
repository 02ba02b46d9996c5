"""Layers: what a reader can leave out of a reading page, and where its notes stand in the text."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from generator.model import Motivation
from generator.site import Note
from generator.views.framing import Index, colour_of
from generator.views.shown import ShownNote

# So many places a strip has from the first word of a text to the last.
STRIP_ROWS = 160


@dataclass(frozen=True, slots=True)
class Layer:
    """The notes of one colour: who wrote them, and how many they are.

    All annotators after the fifth share a colour, and so a layer: a style sheet cannot know them.
    """

    colour: str
    ids: tuple[str, ...]
    names: tuple[str, ...]
    initials: tuple[str, ...]
    count: int


@dataclass(frozen=True, slots=True)
class Tick:
    """A note in the strip beside a text: 0 <= *row* < ``STRIP_ROWS``, the *column* in that row."""

    row: int
    column: int
    id: str
    colour: str
    kind: str


def list_layers(notes: Sequence[Note], index: Index) -> tuple[Layer, ...]:
    """Return the layers of *notes*, in the order in which the settings name their annotators."""
    counts = Counter(note.by.id for note in notes)
    colours = {note.by.id: colour_of(note, index) for note in notes}
    present = [each for each in index.site.config.annotators if each.id in counts]
    layers = []
    for colour in dict.fromkeys(colours[each.id] for each in present):
        mine = [each for each in present if colours[each.id] == colour]
        layers.append(
            Layer(
                colour,
                tuple(each.id for each in mine),
                tuple(each.name for each in mine),
                tuple(each.initials for each in mine),
                sum(counts[each.id] for each in mine),
            )
        )
    return tuple(layers)


def count_kinds(notes: Iterable[Note]) -> tuple[tuple[str, int], ...]:
    """Return how many of *notes* are of which kind, in the order of the kinds."""
    counts = Counter(note.annotation.motivation for note in notes)
    return tuple((str(kind), counts[kind]) for kind in Motivation if counts[kind])


def list_ticks(notes: Iterable[ShownNote], length: int) -> Iterator[Tick]:
    """Yield a tick for each of *notes* that has a place in a text of *length* characters.

    Those of one row stand side by side, so that where notes are dense the strip is wide.
    """
    taken: Counter[int] = Counter()
    for note in notes:
        row = min(note.offset * STRIP_ROWS // max(length, 1), STRIP_ROWS - 1)
        yield Tick(row, taken[row], note.id, note.colour, note.kind)
        taken[row] += 1
