"""Reliability: how far annotators who coded the same passages agree, by Krippendorff's alpha.

Krippendorff, *Computing Krippendorff's Alpha-Reliability* (2011). A unit is one passage, actor and
issue, a coder is the note's annotator; units that only one coded say nothing and leave.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from generator.positions import Evidence, Unit, code_units
from generator.stances import VALUES, Stance

# Squared distances of two values, given how often each value occurs.
Distance = Callable[[int, int, Mapping[int, int]], Fraction]


class Metric(StrEnum):
    """How far apart two codings are: all alike, by rank, or by the scale's own steps."""

    NOMINAL = "nominal"
    ORDINAL = "ordinal"
    INTERVAL = "interval"


@dataclass(frozen=True, slots=True)
class Alpha:
    """Krippendorff's alpha: 1 is agreement, 0 chance, less than 0 is possible.

    *value* is None where it is not computable: no unit has two codings, or all codings are alike,
    so that chance cannot be told. *units* and *codings* are those that took part, *alike* the part
    of pairs within units that are equal (None without pairs).
    """

    metric: Metric
    value: float | None
    units: int
    codings: int
    alike: float | None


@dataclass(frozen=True, slots=True)
class Reliability:
    """The codings of a site's annotators: the table behind the figures, and the figures.

    *coders* are the annotators; each row of *table* is a unit that two at least coded, with what
    each of them coded it as (None: did not). *alone* is how many units one annotator alone coded:
    they leave, and the more they are, the less the figures say. *coincidences* has how often two
    words stand in one unit, by the two words, each unit weighing as many as it has codings.
    """

    coders: tuple[str, ...]
    table: tuple[tuple[Unit, tuple[Stance | None, ...]], ...]
    alone: int
    coincidences: tuple[tuple[Stance, Stance, float], ...]
    alphas: tuple[Alpha, ...]


def judge_reliability(evidence: Iterable[Evidence]) -> Reliability:
    """Return how far annotators agree; words without a value take part in the nominal alpha only.

    What a commenter says of others is coded like the rest, so it is judged like the rest.
    """
    units = code_units(evidence)
    shared = {unit: coders for unit, coders in units.items() if len(coders) > 1}
    coders = tuple(sorted({by for each in shared.values() for by in each}))
    table = tuple(
        (unit, tuple(each.get(coder) for coder in coders)) for unit, each in shared.items()
    )
    order = {stance: number for number, stance in enumerate(Stance)}
    words = [[order[stance] for stance in each.values()] for each in shared.values()]
    values = [
        [VALUES[stance] for stance in each.values() if stance in VALUES] for each in shared.values()
    ]
    stances = tuple(Stance)
    return Reliability(
        coders,
        table,
        len(units) - len(shared),
        tuple(
            (stances[one], stances[other], float(weight))
            for (one, other), weight in sorted(_coincide(words).items())
        ),
        (
            compute_alpha(words, Metric.NOMINAL),
            compute_alpha(values, Metric.ORDINAL),
            compute_alpha(values, Metric.INTERVAL),
        ),
    )


def compute_alpha(units: Iterable[Sequence[int]], metric: Metric) -> Alpha:
    """Return alpha over the codings of *units*, numbers whose order is that of the scale."""
    pairable = [unit for unit in units if len(unit) > 1]
    together = _coincide(pairable)
    counts = Counter(value for unit in pairable for value in unit)
    codings = counts.total()
    distance = _DISTANCES[metric]
    observed = sum(weight * distance(*pair, counts) for pair, weight in together.items())
    expected = sum(
        counts[one] * counts[other] * distance(one, other, counts)
        for one in counts
        for other in counts
    )
    alike = sum(weight for (one, other), weight in together.items() if one == other)
    alpha = float(1 - (codings - 1) * observed / expected) if expected else None
    raw = float(alike / codings) if codings else None
    return Alpha(metric, alpha, len(pairable), codings, raw)


def _coincide(units: Iterable[Sequence[int]]) -> Mapping[tuple[int, int], Fraction]:
    """Return the coincidences of values: the pairs within each unit, weighing its size less one.

    They are fractions, because how floating numbers add up depends on their order and on Python.
    """
    together: dict[tuple[int, int], Fraction] = defaultdict(Fraction)
    for unit in units:
        counts = Counter(unit)
        for one in counts:
            for other in counts:
                pairs = counts[one] * (counts[other] - (one == other))
                if pairs:
                    together[one, other] += Fraction(pairs, len(unit) - 1)
    return together


def _nominal(one: int, other: int, counts: Mapping[int, int]) -> Fraction:
    return Fraction(one != other)


def _ordinal(one: int, other: int, counts: Mapping[int, int]) -> Fraction:
    low, high = min(one, other), max(one, other)
    between = sum(count for value, count in counts.items() if low <= value <= high)
    return (between - Fraction(counts[low] + counts[high], 2)) ** 2


def _interval(one: int, other: int, counts: Mapping[int, int]) -> Fraction:
    return Fraction((one - other) ** 2)


_DISTANCES: Mapping[Metric, Distance] = {
    Metric.NOMINAL: _nominal,
    Metric.ORDINAL: _ordinal,
    Metric.INTERVAL: _interval,
}
