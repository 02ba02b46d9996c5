"""Entries: what lists and data files say of a source and of the notes beside it.

They are small, so that a source whose pages stand need not be read for the pages that list it.
"""

from dataclasses import dataclass

from generator.finding import Record
from generator.json_text import Drawn
from generator.model import Source
from generator.views.pages import Stood
from generator.views.shown import NoteLink


@dataclass(frozen=True, slots=True)
class SourceEntry:
    """A source in a list: its facts, how long it is, how much is said about it and by whom.

    *sample* is its first note with a quotation: what a reader finds there.
    """

    source: Source
    url: str
    words: int
    notes: int
    announced: int
    present: int
    annotators: tuple[str, ...]
    sample: NoteLink | None


@dataclass(frozen=True, slots=True)
class NoteEntry:
    """A note in lists: its link, the id of who wrote it, its tags, and what ``site.json`` says."""

    link: NoteLink
    by: str
    tags: tuple[str, ...]
    row: Drawn


@dataclass(frozen=True, slots=True)
class NoteGroup:
    """Notes that share something: a source (with its address), an annotator, a motivation, a tag.

    *count* is how many they are in all, on other pages too.
    """

    key: str
    title: str
    url: str
    notes: tuple[NoteLink, ...]
    count: int


@dataclass(frozen=True, slots=True)
class Summary:
    """A source as lists and data files have it, with the notes that stand on its page.

    The last of a site, with neither *entry* nor *row*, has the notes that stand nowhere. *records*
    are what the search finds of all that, if there is one.
    """

    id: str
    entry: SourceEntry | None
    row: Drawn | None
    notes: tuple[NoteEntry, ...]
    records: tuple[Record, ...]


@dataclass(frozen=True, slots=True)
class Standing:
    """A source whose pages are those of an earlier build: nothing that they show has changed.

    *notes* are the pages of its notes, in text order, if notes have such.
    """

    summary: Summary
    reading: Stood
    notes: tuple[Stood, ...]
