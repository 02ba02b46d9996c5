"""The data files of positions: the tables as rows, the cells with all that stands behind them."""

from collections.abc import Iterator, Mapping
from typing import Any

from generator.addresses import cell_url, place_url
from generator.agreement import compare_actors, weigh_actors
from generator.model import Passage
from generator.positions import Evidence, Position
from generator.site import CommentedSource
from generator.stances import VALUES, Reading
from generator.views.framing import Index

Json = Mapping[str, Any]
Row = tuple[str | int | float | None, ...]
STATEMENTS = tuple(
    "note actor issue stance value said_by basis sure if why date source locator quote".split()
)
AGREEMENT = ("actor_a", "actor_b", "issues_shared", "agreement", "congruence", "conflict")


def list_positions(index: Index) -> tuple[tuple[str, ...], Iterator[Row]]:
    """Return the head and the rows of the wide table: an actor a row, an issue a column."""
    issues = tuple(each.issue.id for each in index.site.issues)
    cells = {(each.actor, each.issue): each.reading for each in index.site.positions}
    rows = (
        (id, *(str(cells.get((id, issue), Reading.NOT_CODED)) for issue in issues))
        for id in (each.actor.id for each in index.site.actors)
    )
    return ("actor", *issues), rows


def list_statements(index: Index) -> Iterator[Row]:
    """Yield a row for each actor of each statement, in the order of the notes."""
    for each in index.site.evidence:
        yield (
            each.note,
            each.actor,
            each.issue,
            str(each.stance),
            VALUES.get(each.stance),
            " > ".join(each.voices),
            str(each.basis),
            str(each.sure),
            each.condition,
            each.reason,
            each.dated,
            each.source,
            next(iter(each.passage.labels), ""),
            _quote(each, index),
        )


def list_agreement(index: Index) -> Iterator[Row]:
    """Yield a row for each two actors that share an issue."""
    weights = {(each.a, each.b): each.plain for each in weigh_actors(index.site.positions)}
    minimum = index.site.config.minimum_shared_issues
    for pair in compare_actors(index.site.positions, minimum):
        weighed = weights.get((pair.a, pair.b))
        yield (
            pair.a,
            pair.b,
            pair.shared,
            pair.value,
            weighed.congruence if weighed else 0.0,
            weighed.conflict if weighed else 0.0,
        )


def _quote(evidence: Evidence, index: Index) -> str:
    """Return the words on which a statement rests; a place meant as such has none of its own."""
    if evidence.passage.whole:
        return ""
    text = index.sources[evidence.source].document.text
    passages = (evidence.passage, *evidence.others)
    return " … ".join(" ".join(text[slice(*each.span)].split()) for each in passages)


def describe_positions(index: Index) -> Json:
    """Return ``data/positions.json``: the ids of the codebook, and every cell that is coded."""
    site = index.site
    return {
        "actors": [each.actor.id for each in site.actors],
        "issues": [each.issue.id for each in site.issues],
        "minimum_shared_issues": site.config.minimum_shared_issues,
        "positions": [_describe(each, index) for each in site.positions],
    }


def _describe(position: Position, index: Index) -> Json:
    row: dict[str, Any] = {
        "actor": position.actor,
        "issue": position.issue,
        "reading": str(position.reading),
        "value": position.value,
        "url": cell_url(position.issue, position.actor),
        "implied": position.implied,
    }
    if position.was and position.now:
        row |= {"was": str(position.was), "now": str(position.now)}
    if position.differs:
        row["annotators_differ"] = True
    if position.ruling:
        row["ruling"] = {
            "because": list(position.ruling.because),
            "why": position.ruling.reason,
            "instead_of": str(position.computed),
        }
    row["evidence"] = [_describe_evidence(each, index) for each in position.evidence]
    if position.aside:
        row["by_commenters"] = [_describe_evidence(each, index) for each in position.aside]
    return row


def _describe_evidence(evidence: Evidence, index: Index) -> Json:
    source = index.sources[evidence.source]
    row: dict[str, Any] = {
        "note": evidence.note,
        "by": evidence.by,
        "stance": str(evidence.stance),
        "value": VALUES.get(evidence.stance),
        "said_by": list(evidence.voices),
        "basis": str(evidence.basis),
        "sure": str(evidence.sure),
        "date": evidence.dated,
        "source": evidence.source,
        "locators": list(evidence.passage.labels),
        "url": _passage_url(evidence.passage, source),
    }
    if evidence.condition:
        row["if"] = evidence.condition
    if evidence.reason:
        row["why"] = evidence.reason
    if not evidence.passage.whole:
        row["quote"] = _quote(evidence, index)
    return row


def _passage_url(passage: Passage, source: CommentedSource) -> str:
    if not passage.labels:
        return source.url
    return place_url(source.url, source.gazetteer.locators[passage.labels[0]].anchor)
