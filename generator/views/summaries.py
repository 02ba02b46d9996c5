"""Summaries: every source of a site with its notes, as lists and data files have them."""

from collections import defaultdict
from collections.abc import Iterator, Sequence

from generator.finding import Record
from generator.json_text import draw_row
from generator.site import CommentedSource, Note
from generator.tagging import order_tags
from generator.views.entries import NoteEntry, SourceEntry, Summary
from generator.views.framing import Index, list_note
from generator.views.records import record_notes, record_places
from generator.views.rows import describe_note, describe_source
from generator.views.shown import NoteLink, Way


def list_summaries(index: Index) -> Sequence[Summary]:
    """Return the summary of every source by id, last the notes without one, if there are any."""
    if not index.summaries:
        index.summaries.extend(_summarise(index))
    return index.summaries


def list_records(index: Index) -> Iterator[Record]:
    """Yield what the search finds: a record for every note, and every place that has words."""
    for summary in list_summaries(index):
        yield from summary.records


def list_tags(index: Index) -> list[tuple[Way, tuple[NoteLink, ...]]]:
    """Return every tag with its page and the notes that bear it, in text order."""
    members: dict[str, list[NoteLink]] = defaultdict(list)
    for summary in list_summaries(index):
        for note in summary.notes:
            for tag in note.tags:
                members[tag].append(note.link)
    return [(Way("", url, name), tuple(members[name])) for name, url in order_tags(members)]


def _summarise(index: Index) -> Iterator[Summary]:
    for id in sorted({*index.sources, *index.standing}):
        standing = index.standing.get(id)
        yield standing.summary if standing else _summarise_source(index.sources[id], index)
    if homeless := index.notes_at.get("", ()):
        records = record_notes(homeless, index) if index.site.config.search else ()
        yield Summary("", None, None, _enter_all(homeless, index), tuple(records))


def _summarise_source(source: CommentedSource, index: Index) -> Summary:
    notes = index.notes_at[source.source.id]
    row = draw_row(describe_source(source))
    records = _record(source, notes, index) if index.site.config.search else ()
    entry, entries = _enter(source, index), _enter_all(notes, index)
    return Summary(source.source.id, entry, row, entries, tuple(records))


def _record(source: CommentedSource, notes: Sequence[Note], index: Index) -> Iterator[Record]:
    yield from record_notes(notes, index)
    yield from record_places(source, index)


def _enter(source: CommentedSource, index: Index) -> SourceEntry:
    notes = index.notes_at[source.source.id]
    listed = (list_note(note, index) for note in notes if note.anchored and note.gist.prose.text)
    return SourceEntry(
        source.source,
        source.url,
        source.words,
        len(index.notes_on[source.source.id]),
        *source.comments,
        tuple(dict.fromkeys(note.by.name for note in notes)),
        next((note for note in listed if note.words), None),
    )


def _enter_all(notes: Sequence[Note], index: Index) -> tuple[NoteEntry, ...]:
    return tuple(
        NoteEntry(
            list_note(note, index), note.by.id, note.tags, draw_row(describe_note(note, index))
        )
        for note in notes
    )
