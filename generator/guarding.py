"""Guarding: nothing is published that holds words which are kept back.

By construction nothing does that is made of an edition. But authors type words of a source into
the text of a note or a page, and those who write readers, views and themes make mistakes; so what
is about to be published is searched, all of it, by something that knows none of this.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from itertools import pairwise
from typing import NamedTuple, Protocol

from generator.digests import digest_bytes
from generator.leaks import spell_out
from generator.model import Source
from generator.restricting import Kept
from generator.searching import Copied, Search
from generator.spans import Span, merge
from generator.wording import RUN, spell

# A shorter title is made of words that a text has anywhere.
_FEWEST = 5


class Tree(Protocol):
    """Where a site is written."""

    def write(self, url: str, content: bytes) -> None:
        """Write the file at the address *url*, once."""

    def take_over(self, url: str, digest: str) -> bool:
        """Put the old site's file at *url* into this one, if it is what *digest* says it was."""


class Leak(NamedTuple):
    """Words of a source that are kept back, and the files that would publish them.

    Of a text that is not here the words are not known, only the *label* of the passage.
    """

    source: str
    words: Span
    urls: tuple[str, ...]
    label: str = ""


class Guard:
    """Knows which runs of words may be published; looks into every file that is to be.

    *kept* are the texts, *whole* those of sources that are published whole.
    """

    def __init__(self, kept: Sequence[Kept], whole: Iterable[str], search: Search) -> None:
        self.kept = {each.source.id: each for each in kept}
        self._whole, self._search = whole, search
        self._met: dict[Copied, list[str]] = defaultdict(list)
        self._known_facts: dict[str, tuple[Span, ...]] = {}

    def watch(self, tree: Tree | None) -> Tree:
        """Return *tree* with a guard before it; without one, nothing is written."""
        return _Watched(self, tree)

    def look_into(self, url: str, content: bytes) -> None:
        """Note what the file at *url* holds of the texts."""
        self._note(url, self._search.search_output(url, content, digest_bytes(content)))

    def recall(self, url: str, digest: str) -> bool:
        """Note what the file at *url* was found to hold when it was written; tell if that is known.

        *digest* is that of its bytes.
        """
        known = self._search.recall(url, digest)
        if known is not None:
            self._note(url, known)
        return known is not None

    def _note(self, url: str, found: Iterable[Copied]) -> None:
        for copied in (*found, *self._search.search_address(url)):
            self._met[copied].append(url)

    def find_leaks(self) -> list[Leak]:
        """Return what would be published and must not, in the order of the texts."""
        leaks = [
            Leak(copied.source, copied.own, tuple(sorted(set(urls))), copied.label)
            for copied, urls in self._met.items()
            if copied.label
        ]
        for id in sorted({copied.source for copied in self._met}):
            met = [each for each in self._met if each.source == id and not each.label]
            wrong = [copied for copied in met if not self._is_free(copied)]
            for run in merge(copied.own for copied in wrong):
                inside = (self._met[each] for each in wrong if run.covers(each.own))
                urls = sorted({url for some in inside for url in some})
                words = self._search.wordings.span_of(id, run)
                leaks.append(Leak(id, words, tuple(urls)))
        return leaks

    def _is_free(self, copied: Copied) -> bool:
        """Tell whether what may not be published of a run is less than a run.

        Where a page shows one block after another, their words stand next to each other as in the
        source, and some of them may be published. Words that a text has around its own title stand
        around it on our pages too.
        """
        wording = self._search.wordings.of(copied.source)
        weight = 0
        for start, end in self._split(copied):
            words = spell_out(wording.parts[start:end])
            if words not in self._published and words not in self._published_whole:
                weight += sum(wording.weights[start:end])
        return weight < RUN

    def _split(self, copied: Copied) -> Iterator[tuple[int, int]]:
        """Yield the pieces of a run, without what is said about the source in the same words."""
        facts = [each for each in self._facts(copied.source) if each.meets(copied.own)]
        edges = {*copied.own, *copied.cuts, *(edge for each in facts for edge in each)}
        inside = sorted(edge for edge in edges if copied.own.start <= edge <= copied.own.end)
        for start, end in pairwise(inside):
            if not any(each.covers(Span(start, end)) for each in facts):
                yield start, end

    def _facts(self, id: str) -> tuple[Span, ...]:
        """Return the parts of a text that say what its title does, or another of its facts."""
        if id not in self._known_facts:
            facts = [spell(words) for words in _list_facts(self.kept[id].source)]
            known = [tuple(parts) for parts in facts if len(parts) >= _FEWEST]
            parts = self._search.wordings.of(id).parts
            found = (
                Span(at, at + len(fact))
                for fact in known
                for at, part in enumerate(parts)
                if part == fact[0] and parts[at : at + len(fact)] == fact
            )
            self._known_facts[id] = tuple(found)
        return self._known_facts[id]

    @cached_property
    def _published(self) -> str:
        """All that may be published of the texts, and of what is said about them."""
        return "\n".join(self._list_published())

    def _list_published(self) -> Iterator[str]:
        wordings = self._search.wordings
        for id, kept in self.kept.items():
            yield from (spell_out(spell(words)) for words in _list_facts(kept.source))
            yield from map(spell_out, wordings.list_parts(id, kept.published))

    @cached_property
    def _published_whole(self) -> str:
        return "\n".join(spell_out(spell(text)) for text in self._whole)


def _list_facts(source: Source) -> Iterator[str]:
    """Yield what is said about a source, which is free in every mode."""
    yield from (source.title, *source.authors, source.speaker, source.date, source.url)
    yield from (source.holder, source.licence, source.retrieved)


class _Watched:
    """A tree into which nothing is written that the guard has not seen."""

    def __init__(self, guard: Guard, tree: Tree | None) -> None:
        self._guard, self._tree = guard, tree

    def write(self, url: str, content: bytes) -> None:
        """Write the file at the address *url*, once."""
        self._guard.look_into(url, content)
        if self._tree is not None:
            self._tree.write(url, content)

    def take_over(self, url: str, digest: str) -> bool:
        """Put the old site's file at *url* into this one, if it is what *digest* says it was."""
        if not self._guard.recall(url, digest):
            return False
        return self._tree is None or self._tree.take_over(url, digest)
