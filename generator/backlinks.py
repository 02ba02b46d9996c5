"""Backlinks: every note and place lists what links to it, with the sentence around the link."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from generator.model import Prose, Reference
from generator.site import Backlink, CommentedSource, Link, Linked, Note, PublishedPage


def collect_backlinks(
    sources: Sequence[CommentedSource], notes: Sequence[Note], pages: Iterable[PublishedPage]
) -> tuple[tuple[CommentedSource, ...], tuple[Note, ...]]:
    """Return *sources* and *notes* with what links to each; a place's label leads its backlink."""
    to_notes: dict[str, list[Backlink]] = defaultdict(list)
    to_places: dict[str, list[tuple[str, Backlink]]] = defaultdict(list)
    for url, title, linked in _linkers(notes, pages):
        for reference, link in zip(linked.prose.references, linked.links, strict=True):
            if not link.url or link.external or link.url == url:
                continue
            backlink = _backlink(url, title, linked.prose, reference, link)
            if link.note:
                to_notes[link.note].append(backlink)
            elif link.passage:
                label = link.passage.labels[0] if link.passage.labels else ""
                to_places[link.passage.source].append((label, backlink))
            else:
                to_places[link.url].append(("", backlink))
    return (
        tuple(
            replace(s, backlinks=(*to_places[s.source.id], *to_places[s.url])) for s in sources
        ),
        tuple(replace(note, backlinks=tuple(to_notes[note.id])) for note in notes),
    )


def _linkers(
    notes: Iterable[Note], pages: Iterable[PublishedPage]
) -> Iterator[tuple[str, str, Linked]]:
    for note in notes:
        yield note.url, note.title, note.gist
        yield note.url, note.title, note.body
    for page in pages:
        yield page.url, page.page.title, page.body


def _backlink(url: str, title: str, prose: Prose, reference: Reference, link: Link) -> Backlink:
    span, sentence = prose.elements[reference.element].span, reference.sentence
    words = prose.text[span.start : span.end] if reference.words else link.title
    return Backlink(
        url,
        title,
        reference.kind,
        " ".join(prose.text[sentence.start : span.start].split("\n")).lstrip(),
        words,
        " ".join(prose.text[span.end : sentence.end].split("\n")).rstrip(),
    )
