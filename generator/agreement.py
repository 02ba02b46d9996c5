"""Agreement: how near actors are to each other, and how divided issues are.

Two measures stand side by side. *Agreement* compares the cells of the tables; *congruence* and
*conflict* weigh the statements behind them, as Discourse Network Analyzer's manual does on a scale,
without what its code does otherwise: silence adds to neither, the range is the codebook's, and
statements are counted once a source (Leifeld, *Discourse Network Analyzer Manual*, chapter 2).
For both, only cells with a value count: one that is contested, or that an editor ruled out, says
nothing of nearness, and neither do the statements in it.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import combinations
from math import sqrt
from typing import NamedTuple

from generator.positions import Position, count_once
from generator.stances import RANGE, VALUES, Reading

Values = Mapping[str, int]
Counts = Mapping[str, Counter[int]]


class Agreement(NamedTuple):
    """How far two actors agree on the issues on which both have a value.

    *value* is 1 − mean |difference| / range, from 0 to 1; None where they share fewer issues than
    are needed to say anything.
    """

    a: str
    b: str
    shared: int
    value: float | None


class Weights(NamedTuple):
    """How much two actors' statements go together, and how much against each other."""

    congruence: float
    conflict: float

    @property
    def difference(self) -> float:
        """Congruence less conflict."""
        return self.congruence - self.conflict


@dataclass(frozen=True, slots=True)
class Affinity:
    """The weights of two actors: *plain*, and normalised in three ways.

    *activity* divides by the mean number of statements of the two. *jaccard* does by those that
    have a value on an issue which the other does not state there, and the pairs of those that are
    the same, as Discourse Network Analyzer has it. *cosine* does by the root of the product of each
    actor's congruence with itself: so who states the same is at 1, and no weight is above 1; where
    nobody states two values on an issue that is the textbook's cosine. The other two grow with
    the number of sources and values. A divisor of zero gives zero.
    """

    a: str
    b: str
    plain: Weights
    activity: Weights
    jaccard: Weights
    cosine: Weights


@dataclass(frozen=True, slots=True)
class Spread:
    """How an issue divides those who hold something on it.

    *pro* and *contra* count the cells on either side. *value* is the mean difference of two cells
    with a value, as a part of the range, over *pairs* pairs; None without any. *words* counts the
    cells by what they say.
    """

    issue: str
    pro: int
    contra: int
    value: float | None
    pairs: int
    words: tuple[tuple[Reading, int], ...]


def compare_actors(positions: Iterable[Position], minimum: int) -> tuple[Agreement, ...]:
    """Return the agreement of every two actors that share an issue, by their ids."""
    rows = _list_values(positions)
    return tuple(
        agreement
        for a, b in combinations(sorted(rows), 2)
        if (agreement := _compare(a, b, rows, minimum)).shared
    )


def _list_values(positions: Iterable[Position]) -> Mapping[str, Values]:
    rows: dict[str, dict[str, int]] = defaultdict(dict)
    for position in positions:
        if position.value is not None:
            rows[position.actor][position.issue] = position.value
    return rows


def _compare(a: str, b: str, rows: Mapping[str, Values], minimum: int) -> Agreement:
    one, other = rows[a], rows[b]
    shared = one.keys() & other.keys()
    if len(shared) < minimum:
        return Agreement(a, b, len(shared), None)
    apart = sum(abs(one[issue] - other[issue]) for issue in shared)
    return Agreement(a, b, len(shared), 1 - apart / (len(shared) * RANGE))


def weigh_actors(positions: Iterable[Position]) -> tuple[Affinity, ...]:
    """Return the weights of every two actors with statements of a value on one issue at least."""
    rows = _count_values(positions)
    totals = {actor: sum(n.total() for n in row.values()) for actor, row in rows.items()}
    norms = {actor: sqrt(_weigh(row, row, row).congruence) for actor, row in rows.items()}
    found = []
    for a, b in combinations(sorted(rows), 2):
        shared = rows[a].keys() & rows[b].keys()
        if not shared:
            continue
        plain = _weigh(rows[a], rows[b], shared)
        stated = totals[a] + totals[b]
        found.append(
            Affinity(
                a,
                b,
                plain,
                _divide(plain, stated / 2),
                _divide(plain, stated + _join(rows[a], rows[b], shared)),
                _divide(plain, norms[a] * norms[b]),
            )
        )
    return tuple(found)


def _count_values(positions: Iterable[Position]) -> Mapping[str, Counts]:
    """Return how often each actor states each value on each issue, once a source."""
    rows: dict[str, dict[str, Counter[int]]] = defaultdict(dict)
    for position in positions:
        if position.value is not None:
            once = count_once(position.evidence)
            values = [VALUES[each.stance] for each in once if each.stance in VALUES]
            if values:
                rows[position.actor][position.issue] = Counter(values)
    return rows


def _weigh(one: Counts, other: Counts, shared: Iterable[str]) -> Weights:
    pairs = apart = 0
    for issue in shared:
        for value, count in one[issue].items():
            for another, times in other[issue].items():
                pairs += count * times
                apart += count * times * abs(value - another)
    return Weights(pairs - apart / RANGE, apart / RANGE)


def _join(one: Counts, other: Counts, shared: Iterable[str]) -> int:
    """Return how many more are the pairs of the same value than the statements that make them."""
    more = 0
    for issue in shared:
        for value in one[issue].keys() & other[issue].keys():
            count, times = one[issue][value], other[issue][value]
            more += count * times - count - times
    return more


def _divide(weights: Weights, divisor: float) -> Weights:
    if not divisor:
        return Weights(0.0, 0.0)
    return Weights(weights.congruence / divisor, weights.conflict / divisor)


def spread_issues(issues: Iterable[str], positions: Iterable[Position]) -> tuple[Spread, ...]:
    """Return how each of *issues* divides the actors: the most divided first, then by id.

    An issue divides as much as its smaller side is large, then as far as its values lie apart;
    one on which fewer than two hold a value comes after those that unite.
    """
    columns: dict[str, list[Position]] = defaultdict(list)
    for position in positions:
        columns[position.issue].append(position)
    spreads = [_spread(issue, columns[issue]) for issue in issues]

    def divided(spread: Spread) -> tuple[int, float, str]:
        apart = -1.0 if spread.value is None else spread.value
        return -min(spread.pro, spread.contra), -apart, spread.issue

    return tuple(sorted(spreads, key=divided))


def _spread(issue: str, column: Iterable[Position]) -> Spread:
    words = Counter(position.reading for position in column)
    values = {VALUES[word]: count for word, count in words.items() if word in VALUES}
    count = sum(values.values())
    pairs = count * (count - 1) // 2
    apart = sum(
        abs(one - other) * values[one] * values[other] for one, other in combinations(values, 2)
    )
    return Spread(
        issue,
        sum(count for value, count in values.items() if value > 0),
        sum(count for value, count in values.items() if value < 0),
        apart / (pairs * RANGE) if pairs else None,
        pairs,
        tuple((word, words[word]) for word in Reading if words[word]),
    )
