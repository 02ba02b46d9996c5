"""Searching: what files say of the words of sources, found once and remembered.

What a file holds of the sources depends on it and on their texts alone. So after a change only
files that changed are searched, whatever is quoted, published or kept back by then.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import NamedTuple
from urllib.parse import unquote

from generator.codec import Unreadable, decode, encode
from generator.decoding import flatten, is_coded, read_tag
from generator.digests import digest_bytes
from generator.folding import Folded, fold
from generator.leaks import FEWEST, Hit, Trap, find_leaks, set_trap
from generator.skimming import Skimmer
from generator.spans import NOWHERE, Span, TextFile
from generator.store import Store
from generator.wording import LINE_END, Wording, spell, spell_lines, take_apart

_BLANK = re.compile(r"\n[ \t>]*\n")
# Passages that are known by a fingerprint have at least sixteen words or signs.
_SHORT = 15


class Copied(NamedTuple):
    """A run of words of a source: *own* are the numbers of its parts there.

    *place* is where it stands in a file of the authors; for what was written it is not kept, and
    *cuts* are the parts before which a new block begins there. What was known by its fingerprint
    alone has no *own* parts, and *label* says which passage it is.
    """

    source: str
    own: Span = NOWHERE
    place: Span = NOWHERE
    label: str = ""
    cuts: tuple[int, ...] = ()


def print_words(text: str) -> str:
    """Return the fingerprint of a passage: of its words, however they are set."""
    parts = spell(text)
    return _digest(" ".join(parts)) if parts else ""


class Wordings:
    """The texts of sources by id, taken apart when somebody asks."""

    def __init__(self, texts: Mapping[str, str]) -> None:
        self.texts = texts
        self._known: dict[str, Wording] = {}
        self._folded: dict[str, Folded] = {}

    def of(self, id: str) -> Wording:
        """Return the wording of the source *id*."""
        if id not in self._known:
            self._known[id] = take_apart(self._fold(id).text)
        return self._known[id]

    def _fold(self, id: str) -> Folded:
        if id not in self._folded:
            self._folded[id] = fold(self.texts[id])
        return self._folded[id]

    def span_of(self, id: str, parts: Span) -> Span:
        """Return where *parts*, by their numbers, stand in the text of the source *id*."""
        return _unfold(self._fold(id), self.of(id), parts)

    def list_parts(self, id: str, spans: Iterable[Span]) -> Iterator[tuple[str, ...]]:
        """Yield the parts that lie in *spans* of a text, in order; no part lies between two runs.

        Words of two spans with nothing but signs between them are one run.
        """
        wording, first, last = self.of(id), 0, 0
        for span in spans:
            start, end = self._fold(id).refold(span)
            low, high = bisect_left(wording.starts, start), bisect_right(wording.ends, end)
            if low != last:
                yield wording.parts[first:last]
                first = low
            last = max(high, low)
        yield wording.parts[first:last]


class Search:
    """A search for what other files have of the texts in *wordings*; *store* remembers it.

    Of texts that are not here *prints* has the fingerprints of passages, each with its source and
    its label: of those only a whole passage is found.
    """

    def __init__(
        self, wordings: Wordings, store: Store, prints: Mapping[str, tuple[str, str]] | None = None
    ) -> None:
        self.wordings, self._store, self._prints = wordings, store, prints or {}
        named = [f"{id} {_digest(text)}" for id, text in sorted(wordings.texts.items())]
        known = sorted(f"{print} {id} {label}" for print, (id, label) in self._prints.items())
        self._texts = _digest("\n".join([*named, *known]))
        self._skimmer = Skimmer()

    @cached_property
    def _trap(self) -> Trap:
        return set_trap({id: self.wordings.of(id) for id in sorted(self.wordings.texts)})

    def recall(self, url: str, digest: str) -> tuple[Copied, ...] | None:
        """Return what the file at *url*, whose bytes have that *digest*, was found to hold."""
        return self._recall(self._key(url, digest))

    def search_output(self, url: str, content: bytes, digest: str) -> tuple[Copied, ...]:
        """Return what the written file at *url* holds."""
        key = self._key(url, digest)
        known = self._recall(key)
        if known is not None:
            return known
        found: dict[Copied, None] = {}
        said = self._skimmer.read(url, content)
        for text in said.texts:
            found |= dict.fromkeys(self._search_text(text))
        found |= dict.fromkeys(self._search_tags(said.tags))
        return self._keep(key, tuple(found))

    def _search_text(self, text: str) -> Iterator[Copied]:
        hits = tuple(find_leaks(self._trap, spell(text)))
        if hits:
            yield from _cut(hits, spell_lines(text))
        if self._prints:
            yield from (copied for copied, _ in self._know(text.split("\n")))

    def _search_tags(self, tags: Sequence[str]) -> list[Copied]:
        """Return what each of *tags* holds, which no page before has had in vain."""
        coded = [tag for tag in tags if self._prints or is_coded(tag)]
        found = [
            copied for tag in coded for text in read_tag(tag) for copied in self._search_text(text)
        ]
        plain = "\n".join(tag for tag in tags if not is_coded(tag))
        # No run has the end of a line in it.
        found += (Copied(hit.source, hit.own) for hit in find_leaks(self._trap, spell_lines(plain)))
        if found:
            self._skimmer.forget()
        return found

    def search_address(self, url: str) -> tuple[Copied, ...]:
        """Return what an address holds."""
        parts = spell(unquote(url))
        hits = find_leaks(self._trap, parts) if len(parts) >= FEWEST else ()
        return tuple(Copied(hit.source, hit.own) for hit in hits)

    def _know(self, blocks: Iterable[str]) -> Iterator[tuple[Copied, str]]:
        """Yield those of *blocks* that are a passage of a text that is not here."""
        for block in blocks:
            known = self._prints.get(print_words(block)) if len(block) > _SHORT else None
            if known:
                yield Copied(known[0], label=known[1]), block

    def search_file(self, file: TextFile) -> tuple[Copied, ...]:
        """Return what a file of the authors holds, with the places there."""
        key = self._key(f"{file.path} typed", _digest(file.text))
        known = self._recall(key)
        if known is not None:
            return known
        text, offsets = flatten(file.text, file.path)
        folded = fold(text)
        wording = take_apart(folded.text)
        found = tuple(
            Copied(hit.source, hit.own, _place(_unfold(folded, wording, hit.found), file, offsets))
            for hit in find_leaks(self._trap, wording.parts)
        )
        if self._prints:
            blocks = self._know(_BLANK.split(file.text))
            found += tuple(
                copied._replace(place=Span(at, at + len(block)))
                for copied, block in blocks
                if (at := file.text.find(block)) != -1
            )
        return self._keep(key, found)

    def _key(self, url: str, digest: str) -> str:
        # The kind of a file tells how it is read.
        return f"copied {self._texts} {digest} {url[url.rfind('.') + 1 :]}"

    def _recall(self, key: str) -> tuple[Copied, ...] | None:
        content = self._store.get(key)
        if content is None:
            return None
        try:
            return decode(tuple[Copied, ...], content)
        except Unreadable:
            return None

    def _keep(self, key: str, found: tuple[Copied, ...]) -> tuple[Copied, ...]:
        self._store.put(key, encode(found))
        return found


def _cut(hits: Iterable[Hit], spelt: Sequence[str]) -> Iterator[Copied]:
    """Yield *hits* in *spelt*, cut where lines end: each is a block of what a file says."""
    marks = [at for at, part in enumerate(spelt) if part == LINE_END]
    ends = [at - number for number, at in enumerate(marks)]
    for found, source, own in hits:
        inside = ends[bisect_right(ends, found.start) : bisect_left(ends, found.end)]
        cuts = dict.fromkeys(own.start + end - found.start for end in inside)
        yield Copied(source, own, cuts=tuple(cuts))


def _digest(text: str) -> str:
    return digest_bytes(text.encode("utf-8", "surrogatepass"))


def _place(span: Span, file: TextFile, offsets: Sequence[int]) -> Span:
    """Return where *span* of a flattened text stands in *file*; an escape is one sign of it."""
    last = offsets[span.end - 1]
    return Span(offsets[span.start], offsets[span.end] if file.text[last] in "&\\" else last + 1)


def _unfold(folded: Folded, wording: Wording, parts: Span) -> Span:
    start, end = wording.starts[parts.start], wording.ends[parts.end - 1]
    span = Span(start, end)
    return folded.unfold(span) or folded.unfold(folded.widen(span)) or Span(0, 0)
