"""Backlinks: all that can be linked to lists what does so, with the sentence around the link."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace

from generator.site import Backlink, Link, Linked, Site
from generator.spans import Span
from generator.words import spell_controls

Places = dict[str, list[tuple[str, Backlink]]]


def add_backlinks(site: Site) -> Site:
    """Return *site* with what links to its sources, notes, pages and codebook, in that order.

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
        notes=tuple(
            replace(note, backlinks=tuple(to_notes[note.id])) if note.id in to_notes else note
            for note in site.notes
        ),
        pages=tuple(replace(page, backlinks=tuple(to_pages[page.url])) for page in site.pages),
        actors=tuple(replace(each, backlinks=tuple(to_pages[each.url])) for each in site.actors),
        issues=tuple(replace(each, backlinks=tuple(to_pages[each.url])) for each in site.issues),
    )


def _links(site: Site) -> Iterator[tuple[Backlink, Link]]:
    """Yield every link between our own words and something of the site, as seen from there."""
    for url, title, linked in _linkers(site):
        for number, link in enumerate(linked.links):
            elsewhere = url not in (link.url, link.url.partition("#")[0])
            if link.url and not link.external and elsewhere:
                yield _look_back(url, title, linked, number), link


def _linkers(site: Site) -> Iterator[tuple[str, str, Linked]]:
    for note in site.notes:
        yield note.url, note.title, note.gist
        yield note.url, note.title, note.body
    for page in site.pages:
        yield page.url, page.page.title, page.body
    for actor in site.actors:
        yield actor.url, actor.actor.name, actor.prose
    for issue in site.issues:
        yield issue.url, issue.issue.proposition, issue.prose


def _look_back(url: str, title: str, linked: Linked, number: int) -> Backlink:
    """Return the link of that *number* as it is seen from what it leads to."""
    prose, reference = linked.prose, linked.prose.references[number]
    span, sentence = prose.elements[reference.element].span, reference.sentence
    words = prose.text[slice(*span)] if reference.words else linked.links[number].title
    before = _read(linked, Span(sentence.start, span.start), number, -1).lstrip()
    after = _read(linked, Span(span.end, sentence.end), number, +1).rstrip()
    return Backlink(url, title, reference.kind, before, _show(words), after)


def _read(linked: Linked, span: Span, number: int, step: int) -> str:
    """Return the words of *span*, which holds only links that come before or after that *number*.

    A link without words of its own is read as what it leads to.
    """
    words = linked.prose.text[slice(*span)]
    number += step
    while 0 <= number < len(linked.links):
        reference, link = linked.prose.references[number], linked.links[number]
        own = linked.prose.elements[reference.element].span
        if not span.covers(own):
            break
        if own.start < own.end and link.title and not reference.words:
            # Going backwards, what was replaced stands behind, and its length tells where to cut.
            start = own.start - span.start if step < 0 else len(words) - (span.end - own.start)
            words = words[:start] + link.title + words[start + own.end - own.start :]
        number += step
    return _show(words)


def _show(words: str) -> str:
    return spell_controls(words.replace("\n", " "))
