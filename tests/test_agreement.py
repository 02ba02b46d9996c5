"""Agreement: what enters it, and what its figures may be divided by."""

import pytest

from generator.agreement import compare_actors, spread_issues, weigh_actors
from generator.model import Passage
from generator.positions import Evidence, RuledCell, compute_positions
from generator.spans import Span
from generator.stances import Basis, Certainty, Reading, Stance


def state(text, rulings=()):
    """Return the positions of statements as ``actor issue stance source``, a line each."""
    rows = [line.split() for line in text.strip().splitlines()]
    passage = Passage("s", Span(0, 1), ("p1",))
    evidence = [
        Evidence(
            actor,
            issue,
            Stance(stance.replace("-", " ")),
            ("writer",),
            Basis.STATED,
            Certainty.MEDIUM,
            "",
            "",
            "",
            source,
            passage,
            f"n{number}",
            "editor",
        )
        for number, (actor, issue, stance, source) in enumerate(rows)
    ]
    return compute_positions(evidence, rulings)


CLASH = "a x for s\na x against t\nb x for s\na y for s\nb y for s\n"


def test_a_contested_cell_says_nothing_of_nearness():
    """Neither a cell that clashes nor the statements in it enter any figure of a pair."""
    without = state("a y for s\nb y for s\nb x for s\n")

    assert compare_actors(without, 1) == compare_actors(state(CLASH), 1)
    assert weigh_actors(without)[0].plain == weigh_actors(state(CLASH))[0].plain
    [pair] = weigh_actors(state(CLASH))
    assert (1.0, 0.0) == pair.plain
    assert 1 / 1.5 == pair.activity.congruence


def test_a_ruling_lets_statements_in_and_keeps_them_out():
    """A cell ruled to a stance counts with what was stated in it; one ruled out does not."""
    let_in = state(CLASH, [RuledCell("a", "x", Reading.FOR, ("n0",), "")])
    kept_out = state(CLASH, [RuledCell("a", "y", Reading.NOT_APPLICABLE, ("n3",), "")])

    assert [(2, 1.0)] == [(pair.shared, pair.value) for pair in compare_actors(let_in, 1)]
    assert [(2.0, 1.0)] == [pair.plain for pair in weigh_actors(let_in)]
    assert ((), ()) == (compare_actors(kept_out, 1), weigh_actors(kept_out))


@pytest.mark.parametrize(("minimum", "value"), [(1, 0.75), (2, 0.75), (3, None)])
def test_too_few_issues_are_refused(minimum, value):
    """Below the minimum there is a number of shared issues and no agreement."""
    positions = state("a x for s\nb x leans-for s\na y for s\nb y leans-for s\na z for s\n")

    assert [("a", "b", 2, value)] == [tuple(pair) for pair in compare_actors(positions, minimum)]


def test_repeated_by_a_source_and_by_another():
    """What one source repeats counts once, and what two sources say counts twice."""
    once = state("a x for s\na x for s\nb x for s\n")
    twice = state("a x for s\na x for t\nb x for s\n")

    assert [(1.0, 0.0)] == [pair.plain for pair in weigh_actors(once)]
    assert [(2.0, 0.0)] == [pair.plain for pair in weigh_actors(twice)]


def test_the_divisors():
    """Each divides by what it says: activity, the sides of one and the pairs of both, the norms."""
    positions = state(
        "a x for s\na x for t\nb x for s\n"
        "a y for s\nb y leans-for s\nb y leans-for t\n"
        "b z either s\n"
    )

    [pair] = weigh_actors(positions)

    congruence = 2 * 1 + 2 * 0.75
    assert (congruence, 2 * 0.25) == pair.plain
    assert congruence / 3.5 == pair.activity.congruence
    # The same value on x: two by one; on y one and two that the other has not, and one on z.
    assert congruence / (2 + 1 + 2 + 1) == pair.jaccard.congruence
    assert round(congruence / (5**0.5 * 6**0.5), 9) == round(pair.cosine.congruence, 9)


def test_spread_of_issues():
    """The most divided first: by the smaller side, then by the spread, then by id."""
    lines = ["a w for s", "b w for s", "a v for s", "b v leans-for s", "a u for s", "b u against s"]

    found = spread_issues(("t", "u", "v", "w"), state("\n".join(lines)))

    assert [
        ("u", 1, 1, 1.0, 1),
        ("v", 2, 0, 0.25, 1),
        ("w", 2, 0, 0.0, 1),
        ("t", 0, 0, None, 0),
    ] == [(each.issue, each.pro, each.contra, each.value, each.pairs) for each in found]
