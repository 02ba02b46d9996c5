"""Closing: which sources, with the notes on them, need nothing of the rest of their site.

Sources and annotation files that lead to each other belong together: a *commentary*. It is closed
when nothing else leads into it and nothing in it leads out, so that its pages show nothing but
what its own files say. Whatever is doubtful is taken for open: that costs time, nothing else.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from generator.addresses import file_url, read_address
from generator.corpus import Corpus
from generator.diagnostics import Diagnostic
from generator.model import Annotation
from generator.site import CommentedSource, Link, Note, Site

# What everything open belongs to; no source and no file is called so.
_OUTSIDE = "/"


class Commentary(NamedTuple):
    """Sources and annotation files that belong together.

    *sources* and *notes* are ids, *files* the paths of all that it is made from, *tags* as typed.
    *attachments* pairs the address of each picture or file that it uses with its path.
    """

    sources: tuple[str, ...]
    files: tuple[str, ...]
    notes: tuple[str, ...]
    tags: tuple[str, ...]
    attachments: tuple[tuple[str, str], ...]


def find_closed(site: Site, corpus: Corpus, problems: Iterable[Diagnostic]) -> Iterator[Commentary]:
    """Yield the closed commentaries of *site*, which was made of *corpus* with *problems*."""
    chart = _Chart(site)
    for source in site.sources:
        chart.follow_source(source)
    for note in site.notes:
        chart.follow_note(note)
    for annotation in corpus.annotations:
        chart.follow_annotation(annotation)
    for page in site.pages:
        for link in page.body.links:
            chart.follow(_OUTSIDE, link)
    homes = {path: id for id, source in chart.sources.items() for path in _texts_of(source)}
    for problem in problems:
        chart.join(homes.get(problem.path, problem.path), _OUTSIDE)
    yield from _gather(chart, corpus)


class _Chart:
    """What leads where: circles of sources (by id) and annotation files (by path).

    *files* are the addresses of the pictures and files that each of them uses.
    """

    def __init__(self, site: Site) -> None:
        self.sources = {source.source.id: source for source in site.sources}
        self.paths = {note.id: note.annotation.path for note in site.notes}
        self.files: dict[str, set[str]] = defaultdict(set)
        self._pages = {source.url: source.source.id for source in site.sources}
        self._above: dict[str, str] = {}

    def find(self, name: str) -> str:
        """Return the name under which the circle of *name* is known."""
        above = self._above
        while above.get(name, name) != name:
            # Whoever asks next has half as far to go.
            above[name] = above.get(above[name], above[name])
            name = above[name]
        return name

    def join(self, one: str, other: str) -> None:
        """Make one circle of two."""
        self._above[self.find(one)] = self.find(other)

    def follow(self, name: str, link: Link) -> None:
        """Join *name*, in which *link* stands, with what it leads to."""
        page = link.url.partition("#")[0]
        if link.external:
            return
        if _is_file(link):
            self.files[name].add(page)
        elif link.note:
            self.join(name, self.paths.get(link.note, _OUTSIDE))
        elif link.passage:
            self.join(name, link.passage.source)
        else:
            self.join(name, self._pages.get(page, _OUTSIDE))

    def follow_source(self, source: CommentedSource) -> None:
        """Join a source with what its own words lead to."""
        id = source.source.id
        # Beside a text whose words are kept back every page is looked into.
        if source.source.rights != "full":
            self.join(id, _OUTSIDE)
        for reference, link in zip(source.document.references, source.links, strict=True):
            address = read_address(reference.href)
            # Where a relative address leads depends on what else there is on the site.
            if not address.scheme and address.path and not _is_file(link):
                self.join(id, _OUTSIDE)
            self.follow(id, link)

    def follow_note(self, note: Note) -> None:
        """Join a note's file with what it answers or links to.

        One that bears a tag in another spelling than its own shares the tag with others.
        """
        path = note.annotation.path
        if set(note.tags) != set(note.annotation.tags):
            self.join(path, _OUTSIDE)
        if note.parent:
            self.join(path, self.paths.get(note.parent, _OUTSIDE))
        for linked in (note.gist, note.body):
            for link in linked.links:
                self.follow(path, link)

    def follow_annotation(self, annotation: Annotation) -> None:
        """Join a file with all that it is about; one with something unpublished is open."""
        if annotation.id not in self.paths:
            self.join(annotation.path, _OUTSIDE)
        names = {annotation.source, *(target.source for target in annotation.targets)}
        for name in names - {""}:
            self.join(annotation.path, name if name in self.sources else _OUTSIDE)


def _is_file(link: Link) -> bool:
    return link.url.startswith("assets/")


def _texts_of(source: CommentedSource) -> tuple[str, str]:
    return source.source.path, source.source.text_path


def _gather(chart: _Chart, corpus: Corpus) -> Iterator[Commentary]:
    """Yield the circles that do not belong to the outside."""
    outside = chart.find(_OUTSIDE)
    sources: dict[str, list[str]] = defaultdict(list)
    for id in chart.sources:
        sources[chart.find(id)].append(id)
    notes: dict[str, list[Annotation]] = defaultdict(list)
    for annotation in corpus.annotations:
        notes[chart.find(annotation.path)].append(annotation)
    known = {file_url(path): path for path in corpus.files}
    for circle, ids in sources.items():
        if circle == outside:
            continue
        mine = notes[circle]
        texts = [path for id in ids for path in _texts_of(chart.sources[id])]
        paths = dict.fromkeys(note.path for note in mine)
        used = sorted({url for name in (*ids, *paths) for url in chart.files.get(name, ())})
        yield Commentary(
            tuple(ids),
            (*texts, *paths),
            tuple(note.id for note in mine),
            tuple(dict.fromkeys(tag for note in mine for tag in note.tags)),
            tuple((url, known[url]) for url in used),
        )
