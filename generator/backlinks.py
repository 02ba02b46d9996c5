"""Backlinks: all that can be linked to lists what does so, with the sentence around the link."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace

from generator.model import Prose, Reference
from generator.site import Backlink, Link, Linked, Site
from generator.words import spell_controls

Places = dict[str, list[tuple[str, Backlink]]]


def add_backlinks(site: Site) -> Site:
    """Return *site* with what links to its sources, notes and pages, in the order of the linking.

    A link to a place of a source stands under the place's label. What links to itself is left out.
    """
    to_notes: dict[str, list[Backlink]] = defaultdict(list)
    to_sources: Places = defaultdict(list)
    to_pages: dict[str, list[Backlink]] = defaultdict(list)
    for backlink, link in _links(site):
        if link.note:
            to_notes[link.note].append(backlink)
        elif link.passage:
            label = next(iter(link.passage.labels), "")
            to_sources[link.passage.source].append((label, backlink))
        else:
            to_pages[link.url.partition("#")[0]].append(backlink)
    return replace(
        site,
        sources=tuple(
            replace(
                source,
                backlinks=(
                    *to_sources[source.source.id],
                    *(("", backlink) for backlink in to_pages[source.url]),
                ),
            )
            for source in site.sources
        ),
        notes=tuple(replace(note, backlinks=tuple(to_notes[note.id])) for note in site.notes),
        pages=tuple(replace(page, backlinks=tuple(to_pages[page.url])) for page in site.pages),
    )


def _links(site: Site) -> Iterator[tuple[Backlink, Link]]:
    """Yield every link between our own words and something of the site, as seen from there."""
    for url, title, linked in _linkers(site):
        for reference, link in zip(linked.prose.references, linked.links, strict=True):
            inside = link.url and not link.external
            if inside and link.url.partition("#")[0] != url and link.url != url:
                yield _look_back(url, title, linked.prose, reference, link), link


def _linkers(site: Site) -> Iterator[tuple[str, str, Linked]]:
    for note in site.notes:
        yield note.url, note.title, note.gist
        yield note.url, note.title, note.body
    for page in site.pages:
        yield page.url, page.page.title, page.body


def _look_back(url: str, title: str, prose: Prose, reference: Reference, link: Link) -> Backlink:
    span, sentence = prose.elements[reference.element].span, reference.sentence
    words = prose.text[span.start : span.end] if reference.words else link.title
    before = prose.text[sentence.start : span.start].replace("\n", " ").lstrip()
    after = prose.text[span.end : sentence.end].replace("\n", " ").rstrip()
    shown = (spell_controls(part) for part in (before, words.replace("\n", " "), after))
    return Backlink(url, title, reference.kind, *shown)
