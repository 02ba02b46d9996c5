"""Advancing: closed commentaries of a large site are made before the rest, some at a time.

So no more of their texts and notes is held at once than a portion. The rest is joined without them,
as after an earlier build; what in it says otherwise lets them fall, and they are made once more.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from itertools import chain
from typing import NamedTuple
from urllib.parse import unquote

from generator.closing import Commentary, find_closed
from generator.config import Config
from generator.corpus import Corpus, gather
from generator.interface import read_strings
from generator.joining import is_restricted
from generator.output import MemoryTree, OutputTree
from generator.plans import Plan
from generator.portioning import list_portions
from generator.publishing import Published
from generator.reading import Desk, Reader, may_be_restricted, read_portion
from generator.render.sheets import Press
from generator.resolving import resolve
from generator.scan import Inputs
from generator.settling import find_around, settle
from generator.site import Extent, Site
from generator.standing import Stand, digest_frame
from generator.timing import Clock
from generator.versioning import read_version
from generator.views.framing import Index, index_site
from generator.views.notes import view_notes
from generator.views.pages import Page, Stood
from generator.views.reading import view_readings


class Means(NamedTuple):
    """What pages are made with, and where they go: *tree* is None where nothing is written."""

    plan: Plan
    desk: Desk
    config: Config
    readers: Mapping[str, Reader]
    press: Press
    tree: OutputTree | MemoryTree | None


class Ahead(NamedTuple):
    """What stands by now, and the addresses of the pages that were printed for it."""

    stand: Stand
    printed: frozenset[str] = frozenset()


class Early:
    """A *tree* in which pages stand that were written ahead.

    Whoever makes one of them again leaves it, or writes it anew.
    """

    def __init__(self, tree: OutputTree | MemoryTree) -> None:
        self._tree = tree
        self._ahead = dict(tree.digests)

    def write(self, url: str, content: bytes) -> None:
        """Write the file at the address *url*, once."""
        self._give_up(url)
        self._tree.write(url, content)

    def take_over(self, url: str, digest: str) -> bool:
        """Let the file at *url* be that of *digest*, if it is here or in the old tree."""
        if self._ahead.get(unquote(url)) == digest:
            del self._ahead[unquote(url)]
            return True
        self._give_up(url)
        return self._tree.take_over(url, digest)

    def finish(self) -> None:
        """Take back what nobody made again."""
        for path in self._ahead:
            self._tree.take_back(path)
        self._ahead.clear()

    def _give_up(self, url: str) -> None:
        if self._ahead.pop(unquote(url), None) is not None:
            self._tree.take_back(unquote(url))


class _Portion(NamedTuple):
    """Some commentaries, read and joined by themselves."""

    desk: Desk
    corpus: Corpus
    site: Site


class _Silence:
    """Counts nothing: how far it is, is told by the files that were read."""

    def expect(self, total: int) -> None:
        """Take no notice."""

    def count_one(self, name: str) -> None:
        """Take no notice."""


def advance(means: Means, inputs: Inputs, stand: Stand, clock: Clock) -> Ahead:
    """Make the closed commentaries of a large site with *inputs*, beside those that *stand*.

    Nothing is made where it does not pay, nor where every page has to be looked into.
    """
    narrow = stand.narrow(inputs)
    portions = list_portions(means.plan.root, narrow)
    if not portions or any(may_be_restricted(means.desk, each.id) for each in narrow.sources):
        return Ahead(stand)
    clock.start("going through")
    clock.expect(sum(len(each.to_read) for each in portions))
    way = _Way(means, stand)
    for portion in portions:
        # Where so much leads elsewhere, the rest will have to be held at once.
        if 2 * way.make(portion) < len(portion.sources):
            break
    return Ahead(way.stand, frozenset(way.printed))


class _Way:
    """How far it is gone: what stands by now (*stand*), and the pages that were *printed*."""

    def __init__(self, means: Means, stand: Stand) -> None:
        self.stand, self.printed = stand, set[str]()
        self._means, self._version = means, read_version(means.plan.root)
        self._taken = {name for _, kept in stand.rows for name in kept.names}
        self._extent: Extent | None = None

    def make(self, inputs: Inputs) -> int:
        """Make what is closed among *inputs*; return how many sources stand by that."""
        means, portion = self._means, self._join(inputs)
        if self._extent is None:
            self._extent = _foresee(self.stand.extend(portion.site))
        site = replace(portion.site, extent=self._extent)
        frame = digest_frame(site)
        if is_restricted(portion.corpus) or (self.stand.rows and self.stand.frame != frame):
            return 0
        index = index_site(site, read_strings(means.config.language))
        closed = list(self._choose(portion, index))
        published = Published(means.desk.studies.store, means.press, means.tree, _Silence())
        published.print_pages(_list_pages(closed, index))
        self.printed.update(published.printed)
        means.desk.digests.update(portion.desk.digests)
        rows = tuple(settle(closed, index, published, portion.desk))
        self.stand = Stand(frame, (*self.stand.rows, *rows))
        return sum(len(row.sources) for row, _ in rows)

    def _join(self, inputs: Inputs) -> _Portion:
        """Read and join *inputs* as if there were nothing else, on a desk of their own."""
        means, before = self._means, self._means.desk
        desk = Desk(before.root, before.studies, [*before.problems], known=before.known)
        corpus = desk.take(gather(read_portion(desk, inputs, means.config, means.readers)))
        site = desk.take(resolve(corpus, self._version, drafts=means.plan.drafts))
        return _Portion(desk, corpus, site)

    def _choose(self, portion: _Portion, index: Index) -> Iterator[Commentary]:
        """Yield the closed commentaries whose ids nobody else has and whose neighbours are here."""
        around = find_around(index)
        for each in find_closed(portion.site, portion.corpus, portion.desk.problems):
            ids = {*each.sources, *each.notes}
            beside = (neighbour for id in each.sources for neighbour in around.get(id, ()))
            if self._taken.isdisjoint(ids) and all(neighbour.url for neighbour in beside):
                self._taken |= ids
                yield each


def _foresee(site: Site) -> Extent:
    """Return how much there will be on a site of which a portion is here, as far as pages show."""
    return replace(site.extent, sources=max(2, site.extent.sources), only="")


def _list_pages(closed: Iterable[Commentary], index: Index) -> Iterator[Page | Stood]:
    """Yield the pages of the commentaries that are *closed*."""
    sources = {id for each in closed for id in each.sources}
    urls = {index.sources[id].url for id in sources}
    urls.update(note.url for id in sources for note in index.notes_at[id])
    pages = chain(view_readings(index), view_notes(index))
    return (page for page in pages if page.url in urls)
