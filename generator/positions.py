"""Positions: what each cell of the tables says, computed from all that was stated."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from statistics import median_high, median_low
from typing import NamedTuple

from generator.model import Passage
from generator.stances import VALUES, Basis, Certainty, Reading, Stance

Cell = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Evidence:
    """A statement about one actor, resolved: where it rests, and who says so.

    *voices* is the whole chain, from the passage's own speaker to the last who passes it on; it is
    never empty. *by* is the annotator and *note* the note. *dated* is when the position was held:
    the statement's own date, else its comment's, else its source's, "" if none is known.
    *aside* tells that a commenter speaks of somebody else, so that it counts only in the view that
    says so.
    """

    actor: str
    issue: str
    stance: Stance
    voices: tuple[str, ...]
    basis: Basis
    sure: Certainty
    condition: str
    reason: str
    dated: str
    source: str
    passage: Passage
    note: str
    by: str
    aside: bool = False
    others: tuple[Passage, ...] = ()


@dataclass(frozen=True, slots=True)
class RuledCell:
    """The editor's reading of a cell: *because* are the ids of the notes on which it rests."""

    actor: str
    issue: str
    reading: Reading
    because: tuple[str, ...]
    reason: str


@dataclass(frozen=True, slots=True)
class Position:
    """A cell about which something was written: an actor, an issue, and what the table says.

    *evidence* is what counts for it and *aside* what commenters say of others, both in the order
    of the site's notes. *was* and *now* are the stances before and after a change. *differs* tells
    that annotators read one passage differently. *computed* is the reading without *ruling*.
    """

    actor: str
    issue: str
    reading: Reading
    evidence: tuple[Evidence, ...]
    aside: tuple[Evidence, ...] = ()
    ruling: RuledCell | None = None
    was: Stance | None = None
    now: Stance | None = None
    differs: bool = False
    computed: Reading = Reading.NOT_CODED

    @property
    def value(self) -> int | None:
        """What enters agreement and its kin: -2 to 2, None for a cell without a value."""
        return VALUES.get(self.reading)

    @property
    def implied(self) -> bool:
        """Tell whether nothing but an annotator's inference stands behind the cell."""
        return bool(self.evidence) and all(e.basis is Basis.IMPLIED for e in self.evidence)


class Unit(NamedTuple):
    """What annotators code alike or differently: one passage, actor and issue.

    A passage is known by the source and the first locator of its place, so that two who quote other
    words of one paragraph still speak of the same.
    """

    source: str
    place: str
    actor: str
    issue: str


def compute_positions(
    evidence: Iterable[Evidence], rulings: Iterable[RuledCell], *, with_asides: bool = False
) -> tuple[Position, ...]:
    """Return a position for each cell that has evidence or a ruling, by actor and issue.

    With *with_asides* what commenters say of others counts like the rest. Nothing depends on the
    order of *evidence* but that in which a position lists its own.
    """
    stated: dict[Cell, list[Evidence]] = defaultdict(list)
    for each in evidence:
        stated[each.actor, each.issue].append(each)
    ruled = {(ruling.actor, ruling.issue): ruling for ruling in rulings}
    return tuple(
        _compute(cell, stated.get(cell, []), ruled.get(cell), with_asides=with_asides)
        for cell in sorted({*stated, *ruled})
    )


def _compute(
    cell: Cell, stated: Sequence[Evidence], ruling: RuledCell | None, *, with_asides: bool
) -> Position:
    counted = tuple(each for each in stated if with_asides or not each.aside)
    aside = tuple(each for each in stated if each.aside and not with_asides)
    differs = _read_differently(counted)
    change = None if differs else _find_change(counted)
    computed = Reading.CONTESTED if differs else _read(counted, changed=change is not None)
    reading = ruling.reading if ruling else computed
    was, now = change or (None, None)
    return Position(
        *cell, reading, counted, aside, ruling, was, now, differs=differs, computed=computed
    )


def count_once(evidence: Iterable[Evidence]) -> tuple[Evidence, ...]:
    """Return *evidence* without repetitions: one for each source, actor, issue and stance.

    How often a text repeats a position says something of the text, not of the position.
    """
    kept: dict[tuple[str, str, str, Stance], Evidence] = {}
    for each in evidence:
        kept.setdefault((each.source, each.actor, each.issue, each.stance), each)
    return tuple(kept.values())


def _read(evidence: Sequence[Evidence], *, changed: bool) -> Reading:
    once = count_once(evidence)
    values = sorted(VALUES[each.stance] for each in once if each.stance in VALUES)
    if values:
        if values[0] < 0 < values[-1]:
            return Reading.CHANGED if changed else Reading.CONTESTED
        return reading_of(find_median(values))
    words = {each.stance for each in once}
    if not words:
        return Reading.NOT_CODED
    return Reading(words.pop()) if len(words) == 1 else Reading.UNCLEAR


def reading_of(value: int) -> Reading:
    """Return the reading that has this *value*, -2 to 2."""
    return next(Reading(word) for word, own in VALUES.items() if own == value)


def find_median(values: Sequence[int]) -> int:
    """Return the median; of an even count the middle value nearer to zero.

    Where both are as near, which one side alone never is, it is zero.
    """
    low, high = median_low(values), median_high(values)
    if low == -high:
        return 0
    return min(low, high, key=abs)


def _find_change(evidence: Iterable[Evidence]) -> tuple[Stance, Stance] | None:
    """Return the stances before and after, if one side is dated wholly before the other."""
    sides: dict[bool, list[Evidence]] = {True: [], False: []}
    for each in evidence:
        if VALUES.get(each.stance):
            sides[VALUES[each.stance] > 0].append(each)
    if not sides[True] or not sides[False]:
        return None
    for earlier, later in ((sides[True], sides[False]), (sides[False], sides[True])):
        ends = [last_day(each.dated) for each in earlier]
        starts = [first_day(each.dated) for each in later]
        if all(ends) and all(starts) and max(ends) < min(starts):
            was, now = (
                find_median(sorted(VALUES[e.stance] for e in count_once(side)))
                for side in (earlier, later)
            )
            return Stance(reading_of(was)), Stance(reading_of(now))
    return None


def first_day(date: str) -> str:
    """Return the first day that a date as exact as it is known may mean; "" for none."""
    return f"{date}{'-01-01'[len(date) - 4 :]}" if date else ""


def last_day(date: str) -> str:
    """Return the last day that a date as exact as it is known may mean; "" for none.

    It is compared only, so a month may have 31 days.
    """
    return f"{date}{'-12-31'[len(date) - 4 :]}" if date else ""


def unit_of(evidence: Evidence) -> Unit:
    """Return the unit that *evidence* codes."""
    place = next(iter(evidence.passage.labels), "")
    return Unit(evidence.source, place, evidence.actor, evidence.issue)


def code_units(evidence: Iterable[Evidence]) -> Mapping[Unit, Mapping[str, Stance]]:
    """Return what each annotator codes each unit as, by the annotator's id.

    Several statements of one on a unit count as their median; words beside values do not count,
    and words alone as the word they share, else as ``unclear``.
    """
    units: dict[Unit, dict[str, list[Evidence]]] = defaultdict(lambda: defaultdict(list))
    for each in evidence:
        units[unit_of(each)][each.by].append(each)
    return {
        unit: {by: _code(own) for by, own in sorted(coders.items())}
        for unit, coders in sorted(units.items())
    }


def _code(evidence: Sequence[Evidence]) -> Stance:
    values = sorted(VALUES[each.stance] for each in evidence if each.stance in VALUES)
    if values:
        return Stance(reading_of(find_median(values)))
    words = {each.stance for each in evidence}
    return words.pop() if len(words) == 1 else Stance.UNCLEAR


def _read_differently(evidence: Sequence[Evidence]) -> bool:
    """Tell whether two annotators code one passage differently: they are readers, not voices."""
    if len({each.by for each in evidence}) < 2:
        return False
    return any(len(set(coders.values())) > 1 for coders in code_units(evidence).values())


def split_sides(position: Position) -> Iterator[tuple[Reading, tuple[Evidence, ...]]]:
    """Yield the evidence for, then that against, then what is on neither side, as far as any."""
    sides: dict[int, list[Evidence]] = {1: [], -1: [], 0: []}
    for each in position.evidence:
        value = VALUES.get(each.stance, 0)
        sides[(value > 0) - (value < 0)].append(each)
    for sign, reading in ((1, Reading.FOR), (-1, Reading.AGAINST), (0, Reading.EITHER)):
        if sides[sign]:
            yield reading, tuple(sides[sign])
