"""Provenance: how we know what a cell says: from whose mouth, through how many, by inference."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from generator.positions import Evidence, Position
from generator.stances import Basis


class Hand(StrEnum):
    """From whom a statement comes, the nearest first."""

    FIRST = "first hand"
    NAMED = "reported, named"
    UNNAMED = "reported, unnamed"
    IMPLIED = "implied"


@dataclass(frozen=True, slots=True)
class Provenance:
    """How a cell, or all of them, are known.

    *nearest* is the best there is, *depth* the fewest who pass it on after the one who speaks in
    the passage; *hands* counts the statements of each kind, and *implied* is the part inferred.
    """

    nearest: Hand
    depth: int
    hands: tuple[tuple[Hand, int], ...]
    implied: float


def hand_of(evidence: Evidence, named: Mapping[str, bool]) -> Hand:
    """Return from whom *evidence* comes; *named* tells of each actor whether the text names it.

    First hand is only what somebody says of himself in a passage of his own. A report is as weak
    as its weakest voice: one whom nobody names, anywhere in the chain, leaves it unnamed.
    """
    if evidence.basis is Basis.IMPLIED:
        return Hand.IMPLIED
    if evidence.voices == (evidence.actor,):
        return Hand.FIRST
    return Hand.NAMED if all(named.get(voice, True) for voice in evidence.voices) else Hand.UNNAMED


def depth_of(evidence: Evidence) -> int:
    """Return how many pass a statement on after the one who speaks in the passage."""
    return len(evidence.voices) - 1


def trace(position: Position, named: Mapping[str, bool]) -> Provenance | None:
    """Return how the cell is known; None if nothing was stated."""
    return _sum_up(position.evidence, named)


def trace_all(positions: Iterable[Position], named: Mapping[str, bool]) -> Provenance | None:
    """Return how all cells together are known."""
    return _sum_up(tuple(each for p in positions for each in p.evidence), named)


def _sum_up(evidence: tuple[Evidence, ...], named: Mapping[str, bool]) -> Provenance | None:
    if not evidence:
        return None
    counts = Counter(hand_of(each, named) for each in evidence)
    return Provenance(
        next(hand for hand in Hand if counts[hand]),
        min(map(depth_of, evidence)),
        tuple((hand, counts[hand]) for hand in Hand if counts[hand]),
        counts[Hand.IMPLIED] / len(evidence),
    )
