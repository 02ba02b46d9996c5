"""Quoting: from a selector to the words of a text that it selects."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from generator.characters import fold_words
from generator.concordance import Concordance, make_concordance
from generator.folding import Folded, fold
from generator.model import TextQuoteSelector
from generator.spans import Span
from generator.words import UNSPACED

# Words that stand in so many places are ambiguous, and nobody wants to read of each.
MOST_HITS = 100
# To so many searches it does not pay to list where everything stands.
_FEW_SEARCHES = 300
_UNSPACED = re.compile(f"[{UNSPACED}]")


@dataclass(frozen=True, slots=True)
class Ground:
    """A text made ready for searching; spans that go in or come out are those of the raw text."""

    folded: Folded
    concordance: Concordance

    @property
    def text(self) -> str:
        """The raw text."""
        return self.folded.raw


def prepare_ground(text: str, searches: int = 1) -> Ground:
    """Return *text* ready for about so many *searches*."""
    folded = fold(text)
    if searches <= _FEW_SEARCHES:
        return Ground(folded, Concordance(folded.text))
    return Ground(folded, make_concordance(folded.text))


@dataclass(frozen=True, slots=True)
class _Pattern:
    """A selector folded: prefix, exact and suffix in one, and where the exact words are in it."""

    words: str
    start: int
    end: int


def occurrences(
    ground: Ground, selector: TextQuoteSelector, places: tuple[Span, ...] = ()
) -> Iterator[Span]:
    """Yield every span that *selector* selects, in order; spans may overlap.

    Prefix and suffix must stand around the exact words and are not part of the span (Web
    Annotation Data Model, section 4.2.4). The exact words begin in one of *places* and end in one,
    if there are any. No span cuts a character. Without words nothing is selected.
    """
    return (span for span, _ in _match(ground, selector, places))


def select(
    ground: Ground, selector: TextQuoteSelector, places: tuple[Span, ...] = ()
) -> tuple[Span, ...]:
    """Return what *selector* selects: of its occurrences those at word edges, else all.

    One span is an answer, several are an ambiguity; there are never more than ``MOST_HITS``.
    """
    matches = list(islice(_match(ground, selector, places), 2))
    if len(matches) < 2:
        return tuple(span for span, _ in matches)
    at_edges: list[Span] = []
    inside: list[Span] = []
    for span, is_inside in islice(_match(ground, selector, places), 10 * MOST_HITS):
        (inside if is_inside else at_edges).append(span)
        if len(at_edges) == MOST_HITS:
            break
    return tuple(at_edges or inside[:MOST_HITS])


def next_occurrence(ground: Ground, selector: TextQuoteSelector, start: int) -> Span | None:
    """Return the nearest occurrence of *selector* after *start*, at word edges if there is one."""
    nearest = None
    rest = (Span(start, len(ground.text)),)
    for span, is_inside in islice(_match(ground, selector, rest), 10 * MOST_HITS):
        if not is_inside:
            return span
        nearest = nearest or span
    return nearest


def is_inside_word(text: str, position: int) -> bool:
    """Tell whether letters of one word stand on both sides of *position*.

    Where a script has no spaces between words, every letter is taken for a word.
    """
    return (
        0 < position < len(text) and _is_letter(text[position - 1]) and _is_letter(text[position])
    )


def _is_letter(char: str) -> bool:
    if char.isascii():
        return char.isalnum() or char == "_"
    if not char.isalnum() and unicodedata.category(char)[0] != "M":
        return False
    return not _UNSPACED.match(char)


def _fold_selector(selector: TextQuoteSelector) -> _Pattern | None:
    """Return the pattern of *selector*; None if it has no words or its seams cut a character."""
    words = fold_words(selector.prefix + selector.exact + selector.suffix)
    start, end = 0, len(words)
    if selector.prefix or selector.suffix:
        before, after = fold_words(selector.prefix), fold_words(selector.suffix)
        if not words.startswith(before) or not words.endswith(after):
            return None
        start, end = len(before), len(words) - len(after)
    while start < end and words[start] == " ":
        start += 1
    while start < end and words[end - 1] == " ":
        end -= 1
    if start >= end:
        return None
    blank = len(words) - len(words.lstrip(" "))
    return _Pattern(words.strip(" "), start - blank, end - blank)


def _match(
    ground: Ground, selector: TextQuoteSelector, places: tuple[Span, ...]
) -> Iterator[tuple[Span, bool]]:
    """Yield the spans that *selector* selects; with each, whether its context cuts a word."""
    pattern = _fold_selector(selector)
    if pattern is None:
        return
    folded = ground.folded
    low, high = 0, len(folded.text)
    if places:
        hull = Span(min(place.start for place in places), max(place.end for place in places))
        low, high = folded.refold(hull)
        low = max(low - pattern.start, 0)
        high = min(high + len(pattern.words) - pattern.end, len(folded.text))
    has_context = pattern.end - pattern.start < len(pattern.words)
    for at in ground.concordance.find_all(pattern.words, low, high):
        end = at + len(pattern.words)
        span = folded.unfold(Span(at + pattern.start, at + pattern.end))
        if span is None or (places and not _is_in(span, places)):
            continue
        if has_context and (folded.cuts(at) or folded.cuts(end)):
            continue
        yield span, is_inside_word(folded.text, at) or is_inside_word(folded.text, end)


def _is_in(span: Span, places: tuple[Span, ...]) -> bool:
    """Tell whether *span* begins in one of *places* and ends in one, perhaps another."""
    return any(place.start <= span.start < place.end for place in places) and any(
        place.start < span.end <= place.end for place in places
    )
