"""Anchoring: from a target as written to the passages of a document that it is about."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from generator.citing import quote
from generator.diagnostics import Diagnostic, Outcome
from generator.locating import (
    Gazetteer,
    Place,
    explain_unknown,
    labels_of,
    locate,
    make_gazetteer,
    name_places,
)
from generator.model import (
    Document,
    Passage,
    RangeSelector,
    Selector,
    Target,
    TextQuoteSelector,
)
from generator.quoting import MOST_HITS, Ground, next_occurrence, prepare_ground, select
from generator.spans import Span
from generator.suggesting import Sketch, most_like, sketch

_MOST_NAMED = 5
_LONGEST_ADVICE = 120


@dataclass(frozen=True, slots=True)
class _Found:
    spans: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class _Ambiguous:
    selector: TextQuoteSelector
    hits: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class _Missing:
    """Words that are not there; *begun* is where a range begins whose end is missing."""

    selector: TextQuoteSelector
    begun: Span | None = None


_Verdict = _Found | _Ambiguous | _Missing


@dataclass(frozen=True, slots=True)
class _Field:
    """A document ready for anchoring: its id, its text and its places."""

    id: str
    ground: Ground = field(repr=False)
    gazetteer: Gazetteer = field(repr=False)


def anchor(
    document: Document, targets: Sequence[Target]
) -> Outcome[tuple[tuple[Passage, ...], ...]]:
    """Return for each of *targets* the passages that it is about; none if it is not anchored.

    All of them name this document. A target that quotes gives one passage for each selector of the
    first of its readings that is found; one that does not gives the places it names, or the whole
    document. Every target that is not anchored has a problem at its place in its file. Which
    targets stand together, and in which order, makes no difference to any of them.
    """
    ground = prepare_ground(document.text, searches=len(targets))
    ground_field = _Field(document.id, ground, make_gazetteer(document))
    verdicts = [_judge(ground_field, target) for target in targets]
    return Outcome(tuple(verdicts))
