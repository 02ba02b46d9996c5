"""Records: what the search finds, one for each note and one for each place of a text.

They are made of what pages show, never of pages: of a text under restricted rights that is its
edition, so that words which are kept back are in no index.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise

from generator import addresses
from generator.editions import GAP
from generator.finding import Record
from generator.markup import INLINES
from generator.model import Passage, Prose
from generator.site import CommentedSource, Note, name_place
from generator.spans import Span
from generator.units import elements_in
from generator.views.framing import Index

# The names of the filters, in the order of the search page.
FILTERS = ("kind", "source", "annotator", "motivation", "tag", "actor", "issue")
NOTE, PASSAGE = "note", "passage"
# Pagefind keeps no line feeds: these signs, which are no words, stand where a part of a record
# ends, or a block of it, so that a result sets them apart.
PART, BLOCK = "\n\u241e\n", "\n\u241f\n"
# Where somebody typed them they would set apart what is one.
_NO_SIGNS = str.maketrans(dict.fromkeys((PART + BLOCK).split(), ""))
# What a part is, by one letter each, in the order of the parts.
_GIST, _QUOTED, _SAID = "g", "q", "s"

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
            (("kind", PASSAGE), ("title", source.source.title)),
            (("kind", PASSAGE), *_show("", place, _QUOTED), *filed[label]),
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
    parts = [(_GIST, _drop_signs(note.gist.prose.text))]
    places: list[str] = []
    for target in note.targets:
        source = index.sources.get(target.source)
        if source is not None:
            quoted = [passage for passage in target.passages if _quoted(passage)]
            parts += ((_QUOTED, _cut(source, passage.span)) for passage in quoted)
            places += (name_place(source, passage) for passage in target.passages[:1])
    parts.append((_SAID, _part_blocks(note.body.prose)))
    told = [(kind, words) for kind, words in parts if words]
    source = index.sources.get(note.source)
    return Record(
        note.url,
        PART.join(words for _, words in told),
        _language(note.annotation.lang, index),
        (("kind", NOTE), ("title", note.title), ("by", note.by.name)),
        (
            ("kind", NOTE),
            *_show(
                source.source.title if source else "",
                places[0] if places else "",
                "".join(kind for kind, _ in told),
            ),
            *filters_of(note, index),
        ),
    )


def _show(title: str, place: str, parts: str) -> Pairs:
    """Return what a result shows besides; Pagefind finds facts by their words, but no filters."""
    shown = (("from", title), ("place", place), ("parts", parts))
    return tuple(pair for pair in shown if pair[1])


def _part_blocks(prose: Prose) -> str:
    """Return the words of *prose* with a sign between its blocks."""
    starts = sorted({each.span.start for each in prose.elements if each.tag not in INLINES})
    cuts = pairwise([0, *starts, len(prose.text)])
    blocks = (_drop_signs(prose.text[low:high]).strip() for low, high in cuts)
    return BLOCK.join(filter(None, blocks))


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
        return _drop_signs(text[slice(*span)]).strip()
    elements = source.layout.elements
    words, at = [], span.start
    for number in elements_in(source.layout, span):
        element = elements[number]
        if element.get("class") == GAP:
            words.append(text[at : max(at, element.span.start)])
            at = max(at, element.span.end)
    words.append(text[at : span.end])
    return " … ".join(filter(None, (_drop_signs(each).strip() for each in words)))


def _drop_signs(words: str) -> str:
    return words.translate(_NO_SIGNS)


def _language(own: str, index: Index) -> str:
    return (own or index.site.config.language).lower()
