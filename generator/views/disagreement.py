"""Disagreement: where voices, actors and annotators stand against each other, side by side."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from generator.agreement import Spread, spread_issues
from generator.disagreement import (
    Difference,
    Opposition,
    choose_witness,
    find_contested,
    find_differences,
    find_oppositions,
    thread_answers,
)
from generator.positions import Position
from generator.views.cells import cell_url, show_position, show_reading, show_stated
from generator.views.evidence import (
    CellSection,
    ShownEvidence,
    show_evidence,
    show_section,
)
from generator.views.framing import Index, list_note, make_frame
from generator.views.pages import Page
from generator.views.shown import Cell, Frame, NoteLink, Stated, Way
from generator.views.wayfinding import name_actor, name_issue

# Beyond so many cells, issues and holders a page leads to the others instead of showing them.
MOST_CELLS = 60
MOST_ISSUES = 40
MOST_HOLDERS = 5
# Links by which one note answers another, besides being a reply to it.
_ANSWERS = ("answers", "contradicts")


@dataclass(frozen=True, slots=True)
class Divided:
    """An issue with the cells on either side; *spread* is in words, "" where it means nothing."""

    issue: Way
    pro: int
    contra: int
    spread: str
    counts: tuple[tuple[Cell, int], ...]


@dataclass(frozen=True, slots=True)
class Clash:
    """A cell with evidence on both sides, or read differently, with all its evidence."""

    issue: Way
    url: str
    section: CellSection


@dataclass(frozen=True, slots=True)
class Holder:
    """An actor on one side of an issue, and the passage that shows it best, if any does."""

    actor: Way
    cell: Cell
    witness: ShownEvidence | None


@dataclass(frozen=True, slots=True)
class Opposed:
    """An issue with its sides: the word for each, who is on it, and how many more are."""

    issue: Way
    sides: tuple[tuple[str, tuple[Holder, ...], int], ...]


@dataclass(frozen=True, slots=True)
class Answer:
    """A note in a thread of answers, *depth* steps below the one that began it."""

    note: NoteLink
    depth: int
    stated: tuple[Stated, ...]


@dataclass(frozen=True, slots=True)
class ReadTwice:
    """A passage that annotators read differently: what each says that it shows."""

    actor: Way
    issue: Way
    readings: tuple[ShownEvidence, ...]


@dataclass(frozen=True, slots=True)
class Ruled:
    """A cell that an editor ruled on: what it says, and what it would say."""

    actor: Way
    issue: Way
    cell: Cell
    computed: Cell
    reason: str


@dataclass(frozen=True, slots=True)
class DisagreementView:
    """Everything on which somebody stands against somebody.

    *more* are the clashing cells, and *more_opposed* the issues, beyond those shown.
    """

    frame: Frame
    ways: tuple[Way, ...]
    issues: tuple[Divided, ...]
    clashes: tuple[Clash, ...]
    more: tuple[tuple[Way, Way], ...]
    opposed: tuple[Opposed, ...]
    more_opposed: tuple[Way, ...]
    threads: tuple[tuple[Answer, ...], ...]
    differences: tuple[ReadTwice, ...]
    rulings: tuple[Ruled, ...]


def view_disagreement(index: Index) -> Iterator[Page]:
    """Yield the page of disagreement, if anything is stated."""
    site = index.site
    if not site.evidence:
        return
    spreads = spread_issues([issue.issue.id for issue in site.issues], site.positions)
    opposed = find_oppositions([each.issue for each in spreads], site.positions)
    clashing = find_contested(site.positions)
    url = "positions/disagreement.html"
    view = DisagreementView(
        frame=make_frame(site, url, index.say("way_disagreement"), "positions"),
        ways=index.ways,
        issues=tuple(_divide(each, index) for each in spreads),
        clashes=tuple(_clash(each, index) for each in clashing[:MOST_CELLS]),
        more=tuple(_name_cell(each, index) for each in clashing[MOST_CELLS:]),
        opposed=tuple(_oppose(each, index) for each in opposed[:MOST_ISSUES]),
        more_opposed=tuple(name_issue(index.issues[each.issue]) for each in opposed[MOST_ISSUES:]),
        threads=tuple(_list_threads(index)),
        differences=tuple(
            _differ(each, index) for each in find_differences(site.evidence)[:MOST_CELLS]
        ),
        rulings=tuple(_rule(each, index) for each in site.positions if each.ruling),
    )
    yield Page(url, "disagreement.html", view)


def _divide(spread: Spread, index: Index) -> Divided:
    say = index.say
    words = ""
    if spread.value is not None:
        words = say(
            "spread_on",
            value=say.spell(f"{spread.value:.2f}"),
            pairs=say("n_pairs", n=spread.pairs),
        )
    counts = tuple((show_reading(reading, say), count) for reading, count in spread.words)
    return Divided(name_issue(index.issues[spread.issue]), spread.pro, spread.contra, words, counts)


def _clash(position: Position, index: Index) -> Clash:
    issue = name_issue(index.issues[position.issue])
    url = cell_url(position.actor, position.issue, index)
    return Clash(issue, url, show_section(position, index))


def _name_cell(position: Position, index: Index) -> tuple[Way, Way]:
    issue = index.issues[position.issue].issue.proposition
    url = cell_url(position.actor, position.issue, index)
    return name_actor(index.actors[position.actor]), Way("", url, issue)


def _oppose(found: Opposition, index: Index) -> Opposed:
    sides = (("for", found.pro), ("against", found.contra))
    return Opposed(
        name_issue(index.issues[found.issue]),
        tuple((kind, _hold(side, index), max(0, len(side) - MOST_HOLDERS)) for kind, side in sides),
    )


def _hold(positions: Sequence[Position], index: Index) -> tuple[Holder, ...]:
    """Return those who stand furthest to their side, with their passages."""
    furthest = sorted(positions, key=lambda each: (-abs(each.value or 0), each.actor))
    holders = []
    for position in furthest[:MOST_HOLDERS]:
        witness = choose_witness(position)
        shown = show_evidence(witness, index) if witness else None
        cell = show_position(position, index)
        holders.append(Holder(name_actor(index.actors[position.actor]), cell, shown))
    return tuple(holders)


def _list_threads(index: Index) -> Iterator[tuple[Answer, ...]]:
    """Yield the threads of notes that answer each other, where something is stated in them."""
    pairs = []
    for note in index.site.notes:
        if note.parent:
            pairs.append((note.id, note.parent))
        for reference, link in zip(note.body.prose.references, note.body.links, strict=True):
            if reference.kind in _ANSWERS and link.note:
                pairs.append((note.id, link.note))
    for thread in thread_answers(pairs):
        if any(id in index.stated for id, _ in thread):
            yield tuple(
                Answer(list_note(index.notes[id], index), depth, show_stated(id, index))
                for id, depth in thread
                if id in index.notes
            )


def _differ(difference: Difference, index: Index) -> ReadTwice:
    first = difference.readings[0]
    return ReadTwice(
        name_actor(index.actors[first.actor]),
        Way(
            "",
            cell_url(first.actor, first.issue, index),
            index.issues[first.issue].issue.proposition,
        ),
        tuple(show_evidence(each, index) for each in difference.readings),
    )


def _rule(position: Position, index: Index) -> Ruled:
    actor, issue = _name_cell(position, index)
    computed = show_reading(position.computed, index.say)
    reason = position.ruling.reason if position.ruling else ""
    return Ruled(actor, issue, show_reading(position.reading, index.say), computed, reason)
