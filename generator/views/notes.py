"""Pages of notes: one for each, and the index of all."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from generator.addresses import place_url
from generator.site import Note
from generator.views.citations import ShownCitation, cite_note, cite_passages
from generator.views.entries import NoteGroup, Summary
from generator.views.framing import Index, colour_of, list_note, make_frame, show_places
from generator.views.leafing import Leaves, frame_leaf, leaf_through
from generator.views.pages import Page, Stood
from generator.views.showing import edit_url, show_note
from generator.views.shown import Frame, NoteLink, ShownNote, ShownPlace, Way
from generator.views.summaries import list_summaries, list_tags


@dataclass(frozen=True, slots=True)
class NoteView:
    """One note with its passages in context, its answers, and its neighbours in text order."""

    frame: Frame
    note: ShownNote
    places: tuple[ShownPlace, ...]
    parent: NoteLink | None
    replies: tuple[ShownNote, ...]
    before: Way | None
    after: Way | None
    edit_url: str
    citations: tuple[ShownCitation, ...]


@dataclass(frozen=True, slots=True)
class NotesIndexView:
    """All notes in text order, then by annotator, by tag and by motivation.

    Where all are by one annotator, or of one motivation, they are not listed by it once more; and
    where there is more than one page, they are only counted. *ways* lead to the sources' notes.
    """

    frame: Frame
    leaves: Leaves
    count: int
    ways: tuple[Way, ...]
    by_source: tuple[NoteGroup, ...]
    by_annotator: tuple[NoteGroup, ...]
    by_motivation: tuple[NoteGroup, ...]
    tags: tuple[tuple[Way, int], ...]
    full: tuple[ShownNote, ...]


def view_notes(index: Index) -> Iterator[Page | Stood]:
    """Yield a page for every note, unless ``note_pages`` is off."""
    if not index.site.config.note_pages:
        return
    summaries = list_summaries(index)
    links = [entry.link for summary in summaries for entry in summary.notes]
    around = [None, *links, None]
    start = 0
    for summary in summaries:
        if summary.id in index.standing:
            yield from index.standing[summary.id].notes
        else:
            for at, note in enumerate(index.notes_at[summary.id], start):
                yield Page(note.url, "note.html", _view(note, around[at], around[at + 2], index))
        start += len(summary.notes)


def _view(note: Note, before: NoteLink | None, after: NoteLink | None, index: Index) -> NoteView:
    parent = index.notes.get(note.parent)
    colour = colour_of(note, index)
    places = tuple(
        place
        for target in note.targets
        for place in show_places(target, index, colour, in_context=True)
    )
    first = places[0] if places and not places[0].lost else None
    facts = (first.source_title, first.label) if first else ()
    about = index.say("comma").join(filter(None, facts))
    return NoteView(
        frame=make_frame(index.site, note.url, note.title, "notes"),
        note=show_note(note, index, places[0].label if places else ""),
        places=places,
        parent=list_note(parent, index) if parent else None,
        replies=tuple(show_note(index.notes[id], index, "") for id in note.replies),
        before=_lead("before", before) if before else None,
        after=_lead("after", after) if after else None,
        edit_url=edit_url(note.annotation.path, index),
        citations=(cite_note(note, about, index), *cite_passages(note, index)),
    )


def _lead(key: str, note: NoteLink) -> Way:
    return Way(key, note.url, note.title, note.lang)


def view_notes_index(index: Index) -> Iterator[Page]:
    """Yield the index of all notes, if there are any: as many pages as they need."""
    summaries = list_summaries(index)
    entries = [entry for summary in summaries for entry in summary.notes]
    if not entries:
        return
    groups = [_group_source(summary) for summary in summaries if summary.notes]
    pages = list(leaf_through(groups, "notes/index.html"))
    by_annotator = _group([(each.by, each.link.who, each.link) for each in entries if each.by])
    by_motivation = _group([(each.link.kind, "", each.link) for each in entries])
    for leaves, parts in pages:
        first = leaves.is_first
        show = tuple if len(pages) == 1 else _count_only
        yield Page(
            leaves.url,
            "notes.html",
            NotesIndexView(
                frame=frame_leaf(leaves, index.say("notes"), "notes", index),
                leaves=leaves,
                count=len(entries),
                ways=tuple(_list_ways(pages)) if first else (),
                by_source=parts,
                by_annotator=show(by_annotator) if first else (),
                by_motivation=show(by_motivation) if first else (),
                tags=tuple((way, len(notes)) for way, notes in list_tags(index)) if first else (),
                # Without a page of its own and without a source, a note is read here or nowhere.
                full=tuple(_show_homeless(index)) if first else (),
            ),
        )


def _list_ways(pages: Iterable[tuple[Leaves, Sequence[NoteGroup]]]) -> Iterator[Way]:
    """Yield the ways to the notes of each source, on whichever page they begin."""
    seen: set[str] = set()
    for leaves, groups in pages:
        for group in groups:
            if group.key not in seen:
                url = place_url(leaves.url, f"in-{group.key}")
                yield Way("", url, group.title)
            seen.add(group.key)


def _count_only(groups: Iterable[NoteGroup]) -> tuple[NoteGroup, ...]:
    return tuple(replace(group, notes=()) for group in groups)


def _group_source(summary: Summary) -> NoteGroup:
    notes = tuple(each.link for each in summary.notes)
    entry = summary.entry
    if entry is None:
        return NoteGroup("", "", "", notes, len(notes))
    return NoteGroup(summary.id, entry.source.title, entry.url, notes, len(notes))


def _show_homeless(index: Index) -> Iterator[ShownNote]:
    """Yield the notes that stand beside no source, with the words that they quote.

    There are none where each note has a page of its own.
    """
    if index.site.config.note_pages:
        return
    for note in index.notes_at.get("", ()):
        places = (show_places(target, index, "", in_context=False) for target in note.targets)
        shown = show_note(note, index, "")
        yield replace(shown, elsewhere=tuple(place for found in places for place in found))


def _group(rows: list[tuple[str, str, NoteLink]]) -> tuple[NoteGroup, ...]:
    groups: dict[str, tuple[str, list[NoteLink]]] = {}
    for key, title, note in rows:
        groups.setdefault(key, (title, []))[1].append(note)
    if len(groups) < 2:
        return ()
    return tuple(
        NoteGroup(key, title, "", tuple(notes), len(notes))
        for key, (title, notes) in sorted(groups.items())
    )
