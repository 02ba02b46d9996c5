"""Judging: which of the ways to read a quotation is found in a document, and where."""

from dataclasses import dataclass, field

from generator.locating import Gazetteer, make_gazetteer
from generator.model import Document, RangeSelector, Selector, TextQuoteSelector
from generator.quoting import Ground, next_occurrence, prepare_ground, select
from generator.spans import Span

Reading = tuple[Selector, ...]


@dataclass(frozen=True, slots=True)
class Survey:
    """A document made ready: its text to be searched, its places to be asked for."""

    id: str
    ground: Ground = field(repr=False)
    gazetteer: Gazetteer = field(repr=False)


def survey(document: Document, searches: int = 1) -> Survey:
    """Return *document* made ready for about so many *searches*."""
    ground = prepare_ground(document.text, searches)
    return Survey(document.id, ground, make_gazetteer(document))


@dataclass(frozen=True, slots=True)
class Found:
    """Every selector was found once; the spans are in their order, ranges in a row as one.

    *typed* pairs each quotation that was typed out with its span: of a range it is both ends.
    """

    spans: tuple[Span, ...]
    typed: tuple[tuple[TextQuoteSelector, Span], ...] = field(repr=False, default=())


@dataclass(frozen=True, slots=True)
class Ambiguous:
    """Every selector was found, this one in more than one place."""

    selector: TextQuoteSelector
    hits: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Missing:
    """A selector was not found; of a range whose end is missing *begun* is the beginning."""

    selector: TextQuoteSelector
    begun: Span | None = None


Verdict = Found | Ambiguous | Missing


def judge(ground: Ground, readings: tuple[Reading, ...], places: tuple[Span, ...]) -> Verdict:
    """Return the verdict on the first of *readings* that is found in *places*, or on none.

    A reading that is found more than once is found: to try the next one then would be to guess
    which words were meant. If none is found the verdict is on the one that tells most of what the
    author meant. *readings* must not be empty; without *places* all of the text is searched.
    """
    missing: list[tuple[Reading, Missing]] = []
    for reading in readings:
        verdict = _judge_reading(ground, reading, places)
        if not isinstance(verdict, Missing):
            return verdict
        missing.append((reading, verdict))
    return max(enumerate(missing), key=lambda each: (*_telling(*each[1]), each[0]))[1][1]


def _telling(reading: Reading, verdict: Missing) -> tuple[bool, bool]:
    """Tell how much a missing reading knows of what was meant: a range begun, then any marks."""
    marked = any(
        isinstance(selector, RangeSelector) or bool(selector.prefix or selector.suffix)
        for selector in reading
    )
    return verdict.begun is not None, marked


def _judge_reading(ground: Ground, reading: Reading, places: tuple[Span, ...]) -> Verdict:
    spans: list[Span] = []
    typed: list[tuple[TextQuoteSelector, Span]] = []
    ambiguous: Ambiguous | None = None
    for before, selector in zip((None, *reading), reading, strict=False):
        # A range that starts with the words at which the last one ended goes on from there.
        if _goes_on(before, selector):
            begun = spans.pop()
        else:
            first = selector.start if isinstance(selector, RangeSelector) else selector
            hits = select(ground, first, places)
            if not hits:
                return Missing(first)
            if len(hits) > 1:
                ambiguous = ambiguous or Ambiguous(first, hits)
            begun = hits[0]
            typed.append((first, begun))
        end = begun.end
        if isinstance(selector, RangeSelector):
            last = next_occurrence(ground, selector.end, begun.end)
            if last is None:
                return Missing(selector.end, begun)
            typed.append((selector.end, last))
            end = last.end
        spans.append(Span(begun.start, end))
    return ambiguous or Found(tuple(spans), tuple(typed))


def _goes_on(before: Selector | None, selector: Selector) -> bool:
    return (
        isinstance(before, RangeSelector)
        and isinstance(selector, RangeSelector)
        and before.end == selector.start
    )
