"""Reading pages: a text with its notes in the margin."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from generator.model import Document, Element, Locator, Passage, Source
from generator.site import Backlink, CommentedSource, Link, Note
from generator.spans import Span
from generator.views.framing import (
    Index,
    cite,
    colour_of,
    list_note,
    make_frame,
    show_places,
    tag_ways,
)
from generator.views.pages import Page
from generator.views.shown import Frame, Mark, NoteLink, RefMark, ShownNote

_RELATIONS = frozenset({"supports", "contradicts", "refines", "answers", "explains"})


@dataclass(frozen=True, slots=True)
class Annotating:
    """Who wrote notes here, and how many."""

    name: str
    initials: str
    colour: str
    count: int


@dataclass(frozen=True, slots=True)
class ReadingView:
    """A text, the passages marked in it, its notes in text order.

    *whole* are the notes on the source as such, *lost* those whose words were not found. *cited*
    pairs a locator's label with a link to it.
    """

    frame: Frame
    source: Source
    document: Document
    links: tuple[Link, ...] = field(repr=False)
    words: int
    announced: int
    present: int
    annotators: tuple[Annotating, ...]
    marks: tuple[Mark, ...]
    refs: tuple[RefMark, ...]
    notes: tuple[ShownNote, ...]
    whole: tuple[ShownNote, ...]
    lost: tuple[ShownNote, ...]
    from_elsewhere: tuple[NoteLink, ...]
    cited: tuple[tuple[str, Backlink], ...]
    note_pages: bool
    edit_url: str


def view_readings(index: Index) -> Iterator[Page]:
    """Yield the reading page of every source."""
    by_source: dict[str, list[Note]] = {source.source.id: [] for source in index.site.sources}
    for note in index.site.notes:
        for id in dict.fromkeys([note.source, *(t.source for t in note.targets if t.passages)]):
            if id in by_source:
                by_source[id].append(note)
    for source in index.site.sources:
        yield Page(source.url, "source.html", _read(source, by_source[source.source.id], index))


def _read(source: CommentedSource, notes: Sequence[Note], index: Index) -> ReadingView:
    id, document = source.source.id, source.document
    placed = sorted(
        ((_ref_offsets(note, source, index), note) for note in notes if _stands_alone(note, id, index)),
        key=lambda pair: (pair[0][:1], not _is_whole(pair[1], id), pair[1].annotation.path, pair[1].annotation.place),
    )
    numbered = [note for offsets, note in placed if offsets or _is_whole(note, id)]
    numbered.sort(key=lambda note: not _is_whole(note, id))
    numbers = {note.id: number for number, note in enumerate(numbered, start=1)}
    offsets = {note.id: offsets for offsets, note in placed}
    shown = [_show(note, source, numbers, offsets[note.id], index) for note in numbered]
    lost = [note for _, note in placed if note.id not in numbers]
    marks = [
        Mark(passage.span, numbers[note.id], colour_of(note, index))
        for note in numbered
        for target in note.targets
        for passage in target.passages
        if passage.source == id and not passage.whole
    ]
    refs = [
        RefMark(
            offset, note.number, note.colour, ref, f"#n-{note.id}",
            index.say("note_label", number=note.number, title=note.title),
        )
        for note in shown
        for offset, ref in zip(offsets[note.id], note.refs, strict=True)
    ]
    at_home = [note for note in notes if note.source == id]
    return ReadingView(
        frame=make_frame(index.site, source.url, source.source.title, "read"),
        source=source.source,
        document=_number_lines(document, refs),
        links=source.links,
        words=source.words,
        announced=source.comments[0],
        present=source.comments[1],
        annotators=_count(notes, index),
        marks=tuple(sorted(marks, key=lambda mark: (mark.span.start, -mark.span.end, mark.number))),
        refs=tuple(sorted(refs, key=lambda ref: (ref.offset, ref.number))),
        notes=tuple(note for note in shown if note.refs),
        whole=tuple(note for note in shown if not note.refs),
        lost=tuple(_show(note, source, {}, (), index) for note in lost if note.source == id),
        from_elsewhere=tuple(list_note(n, index) for n in notes if n.source != id and n.id not in numbers),
        cited=source.backlinks,
        note_pages=index.site.config.note_pages,
        edit_url=edit_url(source.source.text_path, index),
    )


def edit_url(path: str, index: Index) -> str:
    """Return where the file at *path* is edited, empty when no repository is known."""
    config = index.site.config
    return f"{config.repository.rstrip('/')}/edit/{config.branch}/{path}" if config.repository else ""


def _stands_alone(note: Note, id: str, index: Index) -> bool:
    """Tell whether the note has a place of its own here: a bare reply stands below its parent."""
    parent = index.notes.get(note.parent)
    return parent is None or bool(note.annotation.targets) or parent.source != note.source


def _is_whole(note: Note, id: str) -> bool:
    spans = [p for t in note.targets for p in t.passages if p.source == id]
    return bool(spans) and all(not passage.labels for passage in spans)


def _ref_offsets(note: Note, source: CommentedSource, index: Index) -> tuple[int, ...]:
    """Return after which characters the note's number stands, once for each of its passages."""
    return tuple(
        sorted(
            {
                _ref_offset(passage, index)
                for target in note.targets
                for passage in target.passages
                if passage.source == source.source.id and passage.labels
            }
        )
    )


def _ref_offset(passage: Passage, index: Index) -> int:
    """Return where a passage's number stands: after its last word.

    A place that was meant as such bears it after its first block, where the reader comes to it.
    """
    if not passage.whole:
        return passage.span.end
    first = index.locators[passage.source][passage.labels[0]]
    if first.kind in ("section", "comment", "footnote"):
        document = index.sources[passage.source].document
        return _first_block(document, first).end
    return first.span.end


def _first_block(document: Document, place: Locator) -> Span:
    leaves = ("p", "pre", "table", "h1", "h2", "h3", "h4", "h5", "h6", "figure")
    for element in document.elements:
        if element.tag in leaves and place.span.covers(element.span):
            return element.span
    return place.span


def _show(
    note: Note,
    source: CommentedSource,
    numbers: dict[str, int],
    offsets: tuple[int, ...],
    index: Index,
) -> ShownNote:
    refs = tuple(f"r-{note.id}" if n == 0 else f"r-{note.id}.{n + 1}" for n in range(len(offsets)))
    own = [p for t in note.targets for p in t.passages if p.source == source.source.id]
    elsewhere = tuple(
        place
        for target in note.targets
        if target.source != source.source.id or not target.passages
        for place in show_places(target, index, colour_of(note, index), in_context=False)
    )
    # A note stands, and is called, where the first of its passages is.
    first = min(own, key=lambda passage: _ref_offset(passage, index) if passage.labels else -1, default=None)
    shown = show_note(note, index, cite(first.labels) if first else "")
    parent = index.notes.get(note.parent)
    return replace(
        shown,
        number=numbers.get(note.id, 0),
        refs=refs,
        elsewhere=elsewhere,
        relations=_relate(note, source.url, numbers),
        parent=parent.title if parent else "",
        parent_url=f"#n-{note.parent}" if note.parent in numbers else parent.url if parent else "",
        parent_number=numbers.get(note.parent, 0),
        replies=tuple(
            _show(index.notes[id], source, {}, (), index)
            for id in note.replies
            if not _stands_alone(index.notes[id], source.source.id, index)
        ),
        offset=offsets[0] if offsets else -1,
    )


def show_note(note: Note, index: Index, label: str) -> ShownNote:
    """Return *note* as shown, without what depends on the page it stands on."""
    return ShownNote(
        id=note.id,
        number=0,
        gist=note.gist,
        title=note.title,
        body=note.body,
        kind=str(note.annotation.motivation),
        who=note.by.name,
        initials=note.by.initials,
        by=note.by.id,
        colour=colour_of(note, index),
        date=note.annotation.date,
        lang=note.annotation.lang or index.site.config.language,
        draft=note.annotation.draft,
        url=note.url,
        tags=tag_ways(note),
        refs=(),
        label=label,
        lost=not note.anchored,
        elsewhere=(),
        relations=_relate(note, "", {}),
        backlinks=note.backlinks,
        replies=(),
    )


def _relate(note: Note, url: str, numbers: Mapping[str, int]) -> tuple[tuple[str, str, str], ...]:
    """Return what the note's links say of other things; a note of the same page by its number."""
    return tuple(
        (reference.kind, str(numbers[link.note]), f"{url}#n-{link.note}")
        if link.note in numbers
        else (reference.kind, link.title, link.url)
        for reference, link in zip(note.body.prose.references, note.body.links, strict=True)
        if reference.kind in _RELATIONS and link.url
    )


def _count(notes: Sequence[Note], index: Index) -> tuple[Annotating, ...]:
    rows = []
    for annotator in index.site.config.annotators:
        own = [note for note in notes if note.by.id == annotator.id]
        if own:
            colour = colour_of(own[0], index)
            rows.append(Annotating(annotator.name, annotator.initials, colour, len(own)))
    return tuple(rows)


def _number_lines(document: Document, refs: Sequence[RefMark]) -> Document:
    """Give the lines of a code source their places, and cut it after every line with a note."""
    lines = [locator for locator in document.locators if locator.kind == "line"]
    if not lines:
        return document
    root = document.elements[0]
    offsets = sorted(ref.offset for ref in refs)
    elements: list[Element] = []
    chunk: list[Element] = []
    next_ref = 0
    for number, line in enumerate(lines):
        chunk.append(Element(line.span, 1, "span", (("id", line.anchor), ("class", "line"))))
        noted = False
        while next_ref < len(offsets) and offsets[next_ref] <= line.span.end:
            noted, next_ref = True, next_ref + 1
        if noted or number == len(lines) - 1:
            span = Span(chunk[0].span.start, line.span.end)
            elements.append(replace(root, span=span, attrs=tuple(a for a in root.attrs if a[0] != "id")))
            elements += chunk
            chunk = []
    return replace(document, elements=tuple(elements))
