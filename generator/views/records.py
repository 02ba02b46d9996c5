"""Records: what the search finds, one for each note and one for each place of a text.

They are made of what pages show, never of pages: of a text under restricted rights that is its
edition, so that words which are kept back are in no index.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from generator import addresses
from generator.editions import GAP
from generator.finding import Record
from generator.model import Passage
from generator.site import CommentedSource, Note, name_place
from generator.spans import Span
from generator.units import elements_in
from generator.views.framing import Index

# The names of the filters, in the order of the search page.
FILTERS = ("kind", "source", "annotator", "motivation", "tag", "actor", "issue")
NOTE, PASSAGE = "note", "passage"

Pairs = tuple[tuple[str, str], ...]


def record_notes(notes: Iterable[Note], index: Index) -> Iterator[Record]:
    """Yield a record for each of *notes*."""
    for note in notes:
        yield _record_note(note, index)


def record_places(source: CommentedSource, index: Index) -> Iterator[Record]:
    """Yield a record for every place of *source* that has words."""
    filed = _file_by_place(source, index.notes_on.get(source.source.id, ()), index)
    for span, label in source.gazetteer.blocks:
        content = _cut(source, span)
        if not content:
            continue
        place = name_place(source, Passage(source.source.id, span, (label,)))
        anchor = source.gazetteer.locators[label].anchor
        yield Record(
            addresses.place_url(source.url, anchor),
            content,
            _language(source.source.language, index),
            (("kind", PASSAGE), ("title", source.source.title), ("by", place)),
            (("kind", PASSAGE), *filed[label]),
        )


def filters_of(note: Note, index: Index) -> Pairs:
    """Return what *note* is filed under, as pairs of a filter and the id or name of a thing."""
    sources = {note.source, *(t.source for t in note.targets if t.passages)}
    stated = index.stated.get(note.id, ())
    pairs = {
        *(("source", id) for id in sources if id in index.sources),
        *((("annotator", note.by.id),) if note.by.id else ()),
        ("motivation", str(note.annotation.motivation)),
        *(("tag", tag) for tag in note.tags),
        *(("actor", each.actor) for each in stated),
        *(("issue", each.issue) for each in stated),
    }
    return tuple(sorted(pairs))


def _record_note(note: Note, index: Index) -> Record:
    """Return the record of *note*: its gist, what it is about, what it says."""
    words = [note.gist.prose.text]
    for target in note.targets:
        source = index.sources.get(target.source)
        if source is not None:
            words += (_cut(source, passage.span) for passage in target.passages if _quoted(passage))
    words.append(note.body.prose.text)
    return Record(
        note.url,
        "\n".join(filter(None, words)),
        _language(note.annotation.lang, index),
        (("kind", NOTE), ("title", note.title), ("by", note.by.name)),
        (("kind", NOTE), *filters_of(note, index)),
    )


def _quoted(passage: Passage) -> bool:
    """Tell whether words were quoted; of a place that was meant as such there may be very many."""
    return not passage.whole


def _file_by_place(
    source: CommentedSource, notes: Iterable[Note], index: Index
) -> Mapping[str, Pairs]:
    """Return, by label, what a place is filed under: what the notes on its words are."""
    own = ("source", source.source.id)
    found: dict[str, set[tuple[str, str]]] = defaultdict(lambda: {own})
    for note in notes:
        filters = [pair for pair in filters_of(note, index) if pair[0] != "source"]
        for passage in note.passages_in(source.source.id):
            for label in passage.labels:
                found[label].update(filters)
    labels: Sequence[str] = [label for _, label in source.gazetteer.blocks]
    return {label: tuple(sorted(found[label])) for label in labels}


def _cut(source: CommentedSource, span: Span) -> str:
    """Return the words of *span* that are published, without what stands for those that are not."""
    text = source.document.text
    if not source.is_restricted:
        return text[slice(*span)].strip()
    elements = source.layout.elements
    words, at = [], span.start
    for number in elements_in(source.layout, span):
        element = elements[number]
        if element.get("class") == GAP:
            words.append(text[at : max(at, element.span.start)])
            at = max(at, element.span.end)
    words.append(text[at : span.end])
    return " … ".join(filter(None, map(str.strip, words)))


def _language(own: str, index: Index) -> str:
    return (own or index.site.config.language).lower()
