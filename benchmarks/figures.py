"""From what each run cost to medians, ratios and tables."""

import statistics
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from benchmarks.measuring import Cost


class Spread(NamedTuple):
    """The least, the median and the most of some figures."""

    least: float
    median: float
    most: float


class Row(NamedTuple):
    """What a contender's runs cost: a spread for each, and ratios to the reference, if it ran."""

    name: str
    wall: Spread
    ratio: Spread | None
    cpu: float
    cpu_ratio: float | None
    memory: float


def spread(figures: Sequence[float]) -> Spread:
    """Return the least, the median and the most of *figures*."""
    return Spread(min(figures), statistics.median(figures), max(figures))


def take_turns(names: Sequence[str], turn: int) -> list[str]:
    """Return *names* in the order of round *turn*: in every round another one comes first."""
    start = turn % len(names)
    return [*names[start:], *names[:start]]


def compare(runs: Mapping[str, Sequence[Cost]], reference: str) -> list[Row]:
    """Return a row for each contender's *runs*, the quickest first.

    A ratio is made within each round, and the median of these is taken: a machine that is slow for
    a while is slow for both.
    """
    base = runs.get(reference)
    rows = []
    for name, costs in runs.items():
        pairs = list(zip(costs, base, strict=True)) if base else []
        rows.append(
            Row(
                name,
                spread([cost.wall for cost in costs]),
                spread([own.wall / other.wall for own, other in pairs]) if pairs else None,
                statistics.median(cost.cpu for cost in costs),
                statistics.median(own.cpu / other.cpu for own, other in pairs) if pairs else None,
                max(cost.memory for cost in costs),
            )
        )
    return sorted(rows, key=lambda row: (row.wall.median, row.name))


def print_comparison(rows: Sequence[Row], reference: str) -> str:
    """Return *rows* as a Markdown table."""
    times = f"× {reference}"
    lines = [
        f"| | seconds | least–most | {times} | least–most | CPU seconds | {times} | peak MB |",
        "|---|--:|--:|--:|--:|--:|--:|--:|",
    ]
    for name, wall, ratio, cpu, cpu_ratio, memory in rows:
        cells = (name, f"{wall.median:.2f}", f"{wall.least:.2f}–{wall.most:.2f}")
        ratios = (f"{ratio.median:.2f}", f"{ratio.least:.2f}–{ratio.most:.2f}") if ratio else "––"
        share = "–" if cpu_ratio is None else f"{cpu_ratio:.2f}"
        lines.append(f"| {' | '.join((*cells, *ratios, f'{cpu:.2f}', share, f'{memory:.0f}'))} |")
    return "\n".join(lines)


def print_growth(cold: Mapping[int, Sequence[Row]]) -> str:
    """Return how cold builds grow, as a Markdown table; *cold* has rows by number of documents."""
    sizes = sorted(cold)
    few, many = ({row.name: row for row in cold[size]} for size in (sizes[0], sizes[-1]))
    lines = [
        f"| | {sizes[0]:,}, seconds | {sizes[-1]:,}, seconds | × | peak MB at {sizes[-1]:,} |",
        "|---|--:|--:|--:|--:|",
    ]
    for name, row in many.items():
        if name in few:
            before, after = few[name].wall.median, row.wall.median
            lines.append(
                f"| {name} | {before:.2f} | {after:.2f} | {after / before:.1f} | {row.memory:.0f} |"
            )
    return "\n".join(lines)
