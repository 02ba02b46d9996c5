"""Leafing: lists too long for one page, laid out over several."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from generator.views.entries import NoteGroup
from generator.views.framing import Index, make_frame
from generator.views.shown import Frame

# So many notes are a page of some 500 KB; of more, nobody reads the list from its top to its end.
MOST_NOTES = 1000


@dataclass(frozen=True, slots=True)
class Leaves:
    """The pages of a list, by address; *here* is the number of this one, from 1."""

    urls: tuple[str, ...]
    here: int

    @property
    def url(self) -> str:
        """The address of this page."""
        return self.urls[self.here - 1]

    @property
    def is_first(self) -> bool:
        """Tell whether this page is what leads to the list."""
        return self.here == 1


def frame_leaf(leaves: Leaves, title: str, here: str, index: Index) -> Frame:
    """Return the frame of a page of the list called *title*; *here* as in ``make_frame``."""
    name = title if leaves.is_first else index.say("page_of", title=title, n=str(leaves.here))
    return make_frame(index.site, leaves.url, name, here)


def leaf_through(
    groups: Sequence[NoteGroup], url: str
) -> Iterator[tuple[Leaves, tuple[NoteGroup, ...]]]:
    """Yield what stands on each page of a list of *groups*, of which the first page is at *url*.

    A page has no more notes than ``MOST_NOTES``. A group is cut where it has more by itself; else
    it stands on one page, so that a note more seldom moves others.
    """
    pages: list[list[NoteGroup]] = [[]]
    room = MOST_NOTES
    for group in groups:
        for part in _cut(group):
            if len(part.notes) > room and pages[-1]:
                pages.append([])
                room = MOST_NOTES
            pages[-1].append(part)
            room -= len(part.notes)
    folder = url.removesuffix(".html")
    urls = (url, *(f"{folder}/{number}.html" for number in range(2, len(pages) + 1)))
    for here, page in enumerate(pages, 1):
        yield Leaves(urls, here), tuple(page)


def _cut(group: NoteGroup) -> Iterator[NoteGroup]:
    for start in range(0, max(len(group.notes), 1), MOST_NOTES):
        notes = group.notes[start : start + MOST_NOTES]
        yield NoteGroup(group.key, group.title, group.url, notes, group.count)
