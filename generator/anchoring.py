"""Anchoring: from a target as written to the passages of a document that it is about."""

from collections.abc import Sequence
from dataclasses import dataclass

from generator.advising import explain_ambiguous, explain_missing, explain_places
from generator.diagnostics import Diagnostic, Outcome
from generator.judging import Ambiguous, Found, Missing, Survey, Verdict, judge, survey
from generator.locating import Place, explain_unknown, labels_of, locate
from generator.model import Document, Passage, Selector, Target
from generator.spans import Span
from generator.sparing import sparing
from generator.suggesting import Sketch, sketch

Passages = tuple[Passage, ...]
Readings = tuple[tuple[Selector, ...], ...]


@dataclass(frozen=True, slots=True)
class Finding:
    """What a target is about, and where each quotation stands that was typed out in it.

    There is no *verdict* on a target without words, or one that names an unknown place.
    """

    passages: Passages = ()
    verdict: Verdict | None = None


def anchor(document: Document, targets: Sequence[Target]) -> Outcome[tuple[Passages, ...]]:
    """Return for each of *targets* the passages that it is about; none if it is not anchored.

    All of them name this document. A target with a quotation has a passage for each selector of
    the first of its readings that is found (one for ranges in a row); one without has the places
    that it names, or the whole document. Every target that is not anchored has a problem with its
    place in its file. Which targets come together, and in which order, makes no difference.
    """
    traced = trace(survey(document, searches=len(targets)), targets)
    return Outcome(tuple(finding.passages for finding in traced.value), traced.diagnostics)


def trace(surveyed: Survey, targets: Sequence[Target]) -> Outcome[tuple[Finding, ...]]:
    """Return what ``anchor`` does, and with it what was found on the way."""
    explain = sparing(
        lambda label: explain_unknown(surveyed.gazetteer, label, surveyed.id),
        (f"{surveyed.id} has no such place", ""),
    )
    found: list[Finding] = []
    problems: list[Diagnostic] = []
    drawn: Sketch | None = None
    for target in targets:
        finding = _find(surveyed, target)
        found.append(finding or Finding())
        if finding is None:
            problems += explain_places(surveyed, target, explain)
        elif isinstance(finding.verdict, Ambiguous):
            problems.append(explain_ambiguous(surveyed, target, finding.verdict))
        elif isinstance(finding.verdict, Missing):
            # It is drawn for words that are missing only: mostly none are.
            drawn = drawn or sketch(surveyed.ground.folded)
            problems.append(explain_missing(surveyed, target, finding.verdict, drawn))
    return Outcome(tuple(found), tuple(problems))


def narrow(
    document: Document, quotes: Sequence[tuple[Readings, Sequence[Span]]]
) -> tuple[Verdict, ...]:
    """Return for each quotation the verdict on its readings inside the spans beside it."""
    surveyed = survey(document, searches=len(quotes))
    return tuple(judge(surveyed.ground, readings, tuple(spans)) for readings, spans in quotes)


def _find(surveyed: Survey, target: Target) -> Finding | None:
    """Return what is found of *target*; None if it names an unknown place."""
    places = [locate(surveyed.gazetteer, label) for label in target.locators]
    known = [place for place in places if place is not None]
    if len(known) < len(places):
        return None
    if not target.readings:
        return Finding(_whole(surveyed, known))
    spans = tuple(place.span for place in known)
    verdict = judge(surveyed.ground, target.readings, spans)
    if not isinstance(verdict, Found):
        return Finding((), verdict)
    passages = (
        Passage(surveyed.id, span, labels_of(surveyed.gazetteer, span)) for span in verdict.spans
    )
    return Finding(tuple(passages), verdict)


def _whole(surveyed: Survey, places: Sequence[Place]) -> Passages:
    """Return the passages of a target that quotes nothing: the *places*, or all of the source."""
    if not places:
        return (Passage(surveyed.id, Span(0, len(surveyed.ground.text)), (), whole=True),)
    return tuple(Passage(surveyed.id, place.span, place.labels, whole=True) for place in places)
