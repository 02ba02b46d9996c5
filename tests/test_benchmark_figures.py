"""The figures of the benchmarks: what a command costs, and the arithmetic of it."""

import sys
from pathlib import Path

import pytest

from benchmarks.figures import Spread, compare, print_comparison, print_growth, take_turns
from benchmarks.measuring import MEGABYTE, Cost, Failed, measure


def test_each_round_begins_with_another_contender():
    names = ["a", "b", "c"]
    orders = [take_turns(names, turn) for turn in range(4)]
    assert [["a", "b", "c"], ["b", "c", "a"], ["c", "a", "b"], ["a", "b", "c"]] == orders


def costs(*walls):
    """Return runs that took *walls* seconds, each with two processors and 10 MB more."""
    return [Cost(wall, 2 * wall, 10.0 * n) for n, wall in enumerate(walls, 1)]


def test_medians_and_ratios_within_a_round():
    """A machine that is half as fast in the second round changes no ratio."""
    runs = {"slow": costs(4.0, 8.0, 6.0), "Hugo": costs(2.0, 4.0, 2.0), "fast": costs(1, 2, 0.5)}
    fast, hugo, slow = compare(runs, "Hugo")
    assert ["fast", "Hugo", "slow"] == [fast.name, hugo.name, slow.name]
    assert Spread(4.0, 6.0, 8.0) == slow.wall and Spread(2.0, 2.0, 3.0) == slow.ratio
    assert Spread(1.0, 1.0, 1.0) == hugo.ratio and 1.0 == hugo.cpu_ratio
    assert Spread(0.5, 1.0, 2.0) == fast.wall and Spread(0.25, 0.5, 0.5) == fast.ratio
    assert 12.0 == slow.cpu and 2.0 == slow.cpu_ratio and 30.0 == slow.memory


def test_the_quicker_median_comes_first_and_equals_in_the_order_of_their_names():
    runs = {name: costs(1.0, 2.0, 2.0) for name in ("b", "Hugo", "a")}
    runs["late"] = costs(0.5, 3.0, 3.0)
    assert ["Hugo", "a", "b", "late"] == [row.name for row in compare(runs, "Hugo")]


def test_a_table_in_markdown():
    runs = {"Hugo": costs(1.0, 2.0, 1.5), "ours": costs(3.0, 3.0, 3.0)}
    assert print_comparison(compare(runs, "Hugo"), "Hugo").splitlines() == [
        "| | seconds | least–most | × Hugo | least–most | CPU seconds | × Hugo | peak MB |",
        "|---|--:|--:|--:|--:|--:|--:|--:|",
        "| Hugo | 1.50 | 1.00–2.00 | 1.00 | 1.00–1.00 | 3.00 | 1.00 | 30 |",
        "| ours | 3.00 | 3.00–3.00 | 2.00 | 1.50–3.00 | 6.00 | 2.00 | 30 |",
    ]


def test_without_the_reference_there_are_no_ratios():
    [row] = compare({"ours": costs(3.0)}, "Hugo")
    assert row.ratio is None and row.cpu_ratio is None
    assert "| ours | 3.00 | 3.00–3.00 | – | – | 6.00 | – | 10 |" in print_comparison([row], "Hugo")


def test_growth_is_from_the_fewest_to_the_most_of_those_that_did_both():
    sizes = {
        100: {"a": costs(10.0), "c": costs(1.0)},
        10: {"a": costs(2.0), "b": costs(1.0)},
        50: {"a": costs(9)},
    }
    table = print_growth({size: compare(runs, "a") for size, runs in sizes.items()})
    assert ["| a | 2.00 | 10.00 | 5.0 | 10 |"] == table.splitlines()[2:]


def test_the_memory_of_a_tree_is_that_of_all_its_processes():
    child = "import time; held = b'x' * 60_000_000; time.sleep(0.5)"
    script = f"""import subprocess, sys
held = b'x' * 60_000_000
subprocess.run([sys.executable, '-c', {child!r}])"""
    cost = measure([sys.executable, "-c", script])
    told = Path("/proc/self/smaps_rollup").exists()
    assert (120 if told else 60) * 1e6 <= cost.memory * MEGABYTE <= 200e6
    assert cost.wall > 0.5 > cost.cpu > 0


@pytest.mark.parametrize(
    ("script", "said"),
    [
        ("print('first'); raise SystemExit('the last word')", "python.*: exit 1: the last word"),
        ("import time; time.sleep(60)", "python.*: took over 0 s"),
    ],
)
def test_a_command_that_fails_is_no_figure(script, said):
    with pytest.raises(Failed, match=said):
        measure([sys.executable, "-c", script], limit=0.3)
