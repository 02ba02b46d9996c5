"""Reading pages: a text with its notes in the margin."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from generator.model import Document, Motivation, Passage, Source
from generator.site import Backlink, CommentedSource, Link, Note, name_place
from generator.views.citations import ShownCitation, cite_commentary
from generator.views.framing import (
    Index,
    colour_of,
    make_frame,
    quote_passages,
    show_places,
)
from generator.views.layers import Layer, Tick, count_kinds, list_layers, list_ticks
from generator.views.numbering import (
    Numbered,
    has_own_place,
    number_lines,
    number_notes,
    replies_below,
)
from generator.views.pages import Page, Stood
from generator.views.showing import edit_url, relate, show_note
from generator.views.shown import Frame, Mark, RefMark, ShownNote

# So many letters of the words that it is about stand before a note.
_LONGEST_LEMMA = 60


@dataclass(frozen=True, slots=True)
class ReadingView:
    """A text, the passages marked in it, its notes in text order.

    *whole* are the notes on the source as such, *lost* those whose words were not found. *cited*
    pairs a locator's label with a link to it. *kinds* pairs the motivations of notes with how many
    there are. *typed* and *limit* are those of the source; *typed*
    is -1 where all of the words are shown.
    """

    frame: Frame
    source: Source
    document: Document
    links: tuple[Link, ...] = field(repr=False)
    words: int
    announced: int
    present: int
    layers: tuple[Layer, ...]
    kinds: tuple[tuple[str, int], ...]
    ticks: tuple[Tick, ...]
    marks: tuple[Mark, ...]
    refs: tuple[RefMark, ...]
    notes: tuple[ShownNote, ...]
    whole: tuple[ShownNote, ...]
    lost: tuple[ShownNote, ...]
    cited: tuple[tuple[str, Backlink], ...]
    note_pages: bool
    edit_url: str
    typed: int
    limit: int
    citations: tuple[ShownCitation, ...] = ()

    @property
    def restricted(self) -> bool:
        """Tell whether only some of the words are shown, or none."""
        return self.typed >= 0

    @property
    def told_initials(self) -> list[str]:
        """Return the initials of which the list over the text says whose they are, one's only."""
        counts = Counter(each for layer in self.layers for each in layer.initials)
        return [each for each, count in counts.items() if count == 1]


def view_readings(index: Index) -> Iterator[Page | Stood]:
    """Yield the reading page of every source."""
    for id in sorted({*index.sources, *index.standing}):
        if id in index.standing:
            yield index.standing[id].reading
        else:
            source = index.sources[id]
            yield Page(source.url, "source.html", _read(source, index.notes_on[id], index))


@dataclass(frozen=True, slots=True)
class _Margin:
    """Where notes are shown: beside a source, in which they have these *numbers* by id."""

    source: CommentedSource
    numbers: Mapping[str, int]
    index: Index


def _read(source: CommentedSource, notes: Sequence[Note], index: Index) -> ReadingView:
    id = source.source.id
    alone = [note for note in notes if has_own_place(note, index)]
    numbered = number_notes(alone, source)
    margin = _Margin(source, {each.note.id: each.number for each in numbered}, index)
    shown = [_show(each, margin) for each in numbered]
    lost = (note for note in alone if note.source == id and note.id not in margin.numbers)
    refs = [
        ref for note, each in zip(shown, numbered, strict=True) for ref in _refer(note, each, index)
    ]
    refs.sort(key=lambda ref: (ref.offset, ref.number))
    return ReadingView(
        frame=make_frame(index.site, source.url, source.source.title, "read"),
        source=source.source,
        document=number_lines(source.document, [ref.offset for ref in refs]),
        links=source.links,
        words=source.words,
        announced=source.comments[0],
        present=source.comments[1],
        layers=list_layers(notes, index),
        kinds=count_kinds(notes),
        ticks=tuple(list_ticks((note for note in shown if note.refs), len(source.document.text))),
        marks=_mark(numbered, id, index),
        refs=tuple(refs),
        notes=tuple(note for note in shown if note.refs),
        whole=tuple(note for note in shown if not note.refs),
        lost=tuple(_show(Numbered(note), margin) for note in lost),
        cited=source.backlinks,
        note_pages=index.site.config.note_pages,
        # What may not be published is in nobody's repository.
        edit_url="" if source.source.rights != "full" else edit_url(source.source.text_path, index),
        typed=source.typed,
        limit=source.limit,
        citations=(cite_commentary(source, notes, index),),
    )


def _mark(numbered: Iterable[Numbered], id: str, index: Index) -> tuple[Mark, ...]:
    """Return the passages to be marked: those of which words were quoted."""
    marks = [
        Mark(
            passage.span,
            each.number,
            colour_of(each.note, index),
            str(each.note.annotation.motivation),
        )
        for each in numbered
        for passage in each.note.passages_in(id)
        if not passage.whole
    ]
    return tuple(sorted(marks, key=lambda mark: (mark.span.start, -mark.span.end, mark.number)))


def _refer(note: ShownNote, numbered: Numbered, index: Index) -> Iterator[RefMark]:
    label = index.say("note_label", number=note.number, title=note.title)
    for offset, ref in zip(numbered.offsets, note.refs, strict=True):
        yield RefMark(offset, note.number, note.colour, ref, f"#n-{note.id}", label, note.kind)


def _show(numbered: Numbered, margin: _Margin) -> ShownNote:
    """Return a note as it stands in the margin, with all its replies in a row."""
    note, numbers, index = numbered.note, margin.numbers, margin.index
    parent = index.notes.get(note.parent)
    count = len(numbered.offsets)
    return replace(
        _place(note, numbered.first, margin),
        number=numbered.number,
        refs=tuple(f"r-{note.id}.{n}" if n > 1 else f"r-{note.id}" for n in range(1, count + 1)),
        parent=parent.title if parent else "",
        parent_url=f"#n-{note.parent}" if note.parent in numbers else parent.url if parent else "",
        parent_number=numbers.get(note.parent, 0),
        replies=tuple(_show_reply(reply, note, margin) for reply in replies_below(note, index)),
        offset=numbered.offsets[0] if numbered.offsets else -1,
        covers=_find_covered(numbered, margin),
        words=_say_words(numbered.first, margin.source),
        words_language=margin.source.source.language,
    )


def _say_words(passage: Passage | None, source: CommentedSource) -> str:
    """Return the words of *passage* in *source*, or none where a place was meant as such."""
    return quote_passages((passage,), source, _LONGEST_LEMMA) if passage else ""


def _find_covered(numbered: Numbered, margin: _Margin) -> int:
    """Return where the place ends in which a note stands in for words that are not shown."""
    note, first = numbered.note, numbered.first
    describes = note.annotation.motivation is Motivation.DESCRIBING
    if first is None or not (describes and margin.source.is_restricted and first.whole):
        return -1
    if any(
        first in each.passages and each.target and each.target.readings for each in note.targets
    ):
        return -1
    return first.span.end


def _show_reply(reply: Note, above: Note, margin: _Margin) -> ShownNote:
    """Return a reply as it stands below the note *above*, to which another reply may have led.

    What both are about is said there.
    """
    first = next(iter(reply.passages_in(margin.source.source.id)), None)
    shown = replace(_place(reply, first, margin), elsewhere=())
    if reply.parent == above.id:
        number = margin.numbers.get(above.id, 0)
        return replace(shown, parent_url=f"#n-{above.id}" if number else "", parent_number=number)
    parent = margin.index.notes[reply.parent]
    return replace(shown, parent=parent.title, parent_url=f"{margin.source.url}#n-{parent.id}")


def _place(note: Note, first: Passage | None, margin: _Margin) -> ShownNote:
    """Return *note* as shown beside the source of *margin*, where *first* is its first passage."""
    id, url = margin.source.source.id, margin.source.url
    elsewhere = tuple(
        place
        for target in note.targets
        if target.source != id or not target.passages
        for place in show_places(target, margin.index, "", in_context=False)
    )
    shown = show_note(note, margin.index, name_place(margin.source, first) if first else "")
    if not elsewhere and not shown.relations:
        return shown
    return replace(shown, elsewhere=elsewhere, relations=relate(note, url, margin.numbers))
