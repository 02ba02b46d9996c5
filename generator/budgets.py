"""Budgets: how many words of a source the annotation files type out, and how many they may.

These files are public, whatever the site shows of them. So the context of a quotation counts like
its exact words, and so does what a note's own text copies.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from generator.diagnostics import Diagnostic
from generator.model import Source, TextQuoteSelector
from generator.quoting import Ground, occurrences
from generator.searching import Search
from generator.spans import Span, TextFile, covers_all, meets_any, merge
from generator.words import word_spans


class Typed(NamedTuple):
    """Words of a source in an annotation file: where they stand there, and in the source."""

    path: str
    place: Span
    own: Span


def with_context(ground: Ground, selector: TextQuoteSelector, span: Span) -> Span:
    """Return *span*, at which *selector* was found, with the context that was typed around it."""
    if not selector.prefix and not selector.suffix:
        return span
    far = 2 * len(selector.prefix + selector.suffix) + 100
    whole = TextQuoteSelector(selector.prefix + selector.exact + selector.suffix)
    near = (Span(max(span.start - far, 0), span.end + far),)
    return next((hit for hit in occurrences(ground, whole, near) if hit.covers(span)), span)


def find_copied(
    source: str, files: Iterable[TextFile], search: Search, counted: Mapping[str, Sequence[Span]]
) -> Iterator[Typed]:
    """Yield what *files* copy of *source* outside of the quotations that are *counted* by path."""
    for file in files:
        quotations = counted.get(file.path, ())
        for copied in search.search_file(file):
            if copied.source == source and not covers_all(quotations, copied.place):
                own = search.wordings.span_of(source, copied.own)
                yield Typed(file.path, copied.place, own)


def judge_budget(
    source: Source, text: str, typed: Iterable[Typed], limit: int
) -> Iterator[Diagnostic]:
    """Yield a problem where the annotation files, read in order, type out more than *limit*."""
    if not limit:
        return
    in_order = sorted(typed)
    words = [Span(*word) for word in word_spans(text)]
    total = _count(words, [each.own for each in in_order])
    if total <= limit:
        return
    low, high = 0, len(in_order)
    while low + 1 < high:
        middle = (low + high) // 2
        if _count(words, [each.own for each in in_order[:middle]]) > limit:
            high = middle
        else:
            low = middle
    first = in_order[high - 1]
    message = (
        f"with these words the annotation files type out more than {limit:,} of the "
        f"{len(words):,} words of {source.id}, in all {total:,}, and its rights allow no more"
    )
    key = "max_words" if limit == source.max_words else "max_share"
    help = f"quote less, context too, or raise `{key}` in {source.path} if you may"
    yield Diagnostic("rights-exceeded", message, first.path, first.place, help)


def _count(words: Iterable[Span], typed: Iterable[Span]) -> int:
    merged = merge(typed)
    return sum(1 for word in words if meets_any(merged, word))
