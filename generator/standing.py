"""Standing: a closed commentary stands as long as its own files, and what all pages share, do.

What is kept of it is small: how lists and data files speak of it, and the keys of its pages. The
rest of a site is joined without it. Wherever that might show, it is read and joined like the rest.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain
from typing import NamedTuple, TypeVar
from urllib.parse import unquote

from generator.beside import ALONE, Around, list_ends, list_ends_of, look_around
from generator.codec import Unreadable, decode, fingerprint
from generator.corpus import Corpus
from generator.model import Reference
from generator.scan import Inputs
from generator.site import Extent, Site
from generator.store import Store
from generator.tagging import order_tags
from generator.views.entries import Standing
from generator.views.framing import make_frame

TABLE = "commentaries"
# A name as it may stand in an address: that of a source, a note or a file.
_NAME = re.compile(r"[^/#?]+")
T = TypeVar("T")


class Row(NamedTuple):
    """A closed commentary: its sources, its files and a digest of them, and where the rest is."""

    sources: tuple[str, ...]
    files: tuple[str, ...]
    digest: str
    key: str


class Table(NamedTuple):
    """All closed commentaries of a site; *ground* and *frame* are digests of what pages share."""

    ground: str
    frame: str
    rows: tuple[Row, ...]


class Kept(NamedTuple):
    """What a commentary came to: its sources, and beside each the notes before and after its own.

    *names* are those by which others can lead to it, *tags* as typed, *studies* the keys of what
    its files were read as.
    """

    names: tuple[str, ...]
    tags: tuple[str, ...]
    attachments: tuple[tuple[str, str], ...]
    studies: tuple[str, ...]
    standing: tuple[Standing, ...]
    around: tuple[Around, ...]


@dataclass(frozen=True, slots=True)
class Stand:
    """The commentaries that stand, as rows with what is kept of them; *frame* as in the table."""

    frame: str = ""
    rows: tuple[tuple[Row, Kept], ...] = ()

    @property
    def sources(self) -> Mapping[str, Standing]:
        """The sources that stand, by id."""
        return {each.summary.id: each for _, kept in self.rows for each in kept.standing}

    @property
    def all(self) -> frozenset[int]:
        """The numbers of all rows."""
        return frozenset(range(len(self.rows)))

    @property
    def files(self) -> frozenset[str]:
        """The files that need not be read."""
        return frozenset(path for row, _ in self.rows for path in row.files)

    @property
    def attachments(self) -> tuple[tuple[str, str], ...]:
        """The addresses and paths of the pictures and files that are used there."""
        return tuple(pair for _, kept in self.rows for pair in kept.attachments)

    def narrow(self, inputs: Inputs) -> Inputs:
        """Return *inputs* without the files of what stands."""
        files = self.files
        return replace(
            inputs,
            sources=tuple(each for each in inputs.sources if each.settings not in files),
            annotations=tuple(path for path in inputs.annotations if path not in files),
        )

    def without(self, fallen: frozenset[int]) -> "Stand":
        """Return what stands but for the rows with the numbers *fallen*."""
        rows = tuple(row for at, row in enumerate(self.rows) if at not in fallen)
        return replace(self, rows=rows)

    def extend(self, site: Site) -> Site:
        """Return *site* with the extent and the files that it has with what stands."""
        summaries = [each.summary for each in self.sources.values()]
        pages = [source.url for source in site.sources]
        pages += [each.entry.url for each in summaries if each.entry]
        tags = {tag.name for tag in site.tags}
        tags.update(tag for each in summaries for note in each.notes for tag in note.tags)
        notes = len(site.notes) + sum(len(each.notes) for each in summaries)
        only = pages[0] if len(pages) == 1 else ""
        files = sorted({*site.files, *self.attachments}, key=lambda file: file[1])
        extent = Extent(len(pages), only, notes, len(tags))
        return replace(site, extent=extent, files=tuple(files))

    def find_named(self, corpus: Corpus) -> frozenset[int]:
        """Return the numbers of the rows that *corpus* names, or has a name of."""
        named = set(_list_names(corpus))
        return frozenset(
            at for at, (_, kept) in enumerate(self.rows) if not named.isdisjoint(kept.names)
        )

    def find_changed(self, site: Site, corpus: Corpus) -> frozenset[int]:
        """Return the numbers of the rows whose pages are others beside what *site* has by now.

        *corpus* is what that was made of.
        """
        if self.frame != digest_frame(site) or self._tags_clash(corpus):
            return self.all
        if not site.config.note_pages:
            return frozenset()
        standing = (each.summary for each in self.sources.values())
        around = look_around([*list_ends_of(site), *list_ends(standing)])
        return frozenset(
            at
            for at, (row, kept) in enumerate(self.rows)
            if kept.around != tuple(around.get(id, ALONE) for id in row.sources)
        )

    def _tags_clash(self, corpus: Corpus) -> bool:
        """Tell whether a tag is spelt in two ways, drafts included: all notes tell its name."""
        typed = {tag for _, kept in self.rows for tag in kept.tags}
        typed.update(chain.from_iterable(note.tags for note in corpus.annotations))
        return len({url for _, url in order_tags(typed)}) < len(typed)


def recall_stand(
    store: Store, ground: str, inputs: Inputs, digest_of: Callable[[str], str]
) -> Stand:
    """Return what of the last build on the same *ground* stands, by the files as they are now.

    *digest_of* tells the digest of a file, "" of one that cannot be read.
    """
    table = _load(store, TABLE, Table)
    if table is None or table.ground != ground:
        return Stand()
    texts = {each.id: {each.settings, each.text} for each in inputs.sources}
    notes, attachments = set(inputs.annotations), set(inputs.files)
    rows = []
    for row in table.rows:
        own = set[str]().union(*(texts.get(id, {""}) for id in row.sources))
        files = set(row.files)
        if not (own <= files and files - own <= notes):
            continue
        if row.digest != digest_files(row.files, digest_of):
            continue
        kept = _load(store, row.key, Kept)
        if kept is not None and all(path in attachments for _, path in kept.attachments):
            rows.append((row, kept))
    return Stand(table.frame, tuple(rows))


def digest_files(paths: Sequence[str], digest_of: Callable[[str], str]) -> str:
    """Return one digest for the files at *paths* and what is in them."""
    return fingerprint(tuple((path, digest_of(path)) for path in paths))


def digest_frame(site: Site) -> str:
    """Return a digest of what stands around every page of *site*."""
    return fingerprint(make_frame(site, "", ""))


def _list_names(corpus: Corpus) -> Iterator[str]:
    """Yield every name that *corpus* gives to something, or by which it leads to something.

    A way to lead somewhere that is missed here is a dead link there, and a problem opens all.
    """
    yield from corpus.broken
    yield from (source.id for source, _ in corpus.sources)
    for note in corpus.annotations:
        yield from (note.id, note.source, note.re)
        yield from (target.source for target in note.targets)
    for reference in _list_references(corpus):
        yield from _NAME.findall(unquote(reference.href))


def _list_references(corpus: Corpus) -> Iterator[Reference]:
    yield from chain.from_iterable(document.references for _, document in corpus.sources)
    for note in corpus.annotations:
        yield from (*note.gist.references, *note.body.references)
    yield from chain.from_iterable(page.body.references for page in corpus.pages)


def _load(store: Store, key: str, kind: type[T]) -> T | None:
    content = store.get(key)
    try:
        return decode(kind, content) if content is not None else None
    except Unreadable:
        return None
