"""Disagreement and provenance: who stands against whom, and how we know."""

from dataclasses import replace

import pytest

from generator.disagreement import (
    choose_witness,
    find_contested,
    find_differences,
    find_oppositions,
    thread_answers,
)
from generator.model import Passage
from generator.positions import Evidence, RuledCell, compute_positions
from generator.provenance import Hand, depth_of, hand_of, trace, trace_all
from generator.spans import Span
from generator.stances import Basis, Certainty, Reading, Stance


def say(actor, issue, stance, voices=("writer",), basis="stated", by="editor", place="p1"):
    passage = Passage("s", Span(0, 1), (place,))
    stances = (Stance(stance), voices, Basis(basis), Certainty.MEDIUM)
    return Evidence(actor, issue, *stances, "", "", "1868", "s", passage, "n", by)


def test_contested_cells_are_reported_whatever_was_ruled():
    """A ruling settles what the table says, and hides no clash from the report."""
    clash = [say("a", "x", "for"), say("a", "x", "against"), say("b", "x", "for")]
    ruling = RuledCell("a", "x", Reading.FOR, ("n",), "so")

    [position] = find_contested(compute_positions(clash, [ruling]))

    assert ("a", "for", "contested") == (position.actor, position.reading, position.computed)


def test_opposite_sides_of_an_issue():
    """Actors on both sides face each other; an issue with one side is no opposition."""
    positions = compute_positions(
        [
            say("a", "x", "for"),
            say("b", "x", "leans against"),
            say("c", "x", "either"),
            say("a", "y", "for"),
            say("b", "y", "for"),
        ],
        (),
    )

    [opposition] = find_oppositions(("y", "x"), positions)

    assert ("x", ["a"], ["b"]) == (
        opposition.issue,
        [each.actor for each in opposition.pro],
        [each.actor for each in opposition.contra],
    )


def test_the_passage_that_shows_a_side_best():
    """Stated before implied, the shorter chain, the surer reading; never one of the other side."""
    chain = ("writer", "source")
    statements = [
        say("a", "x", "leans for", basis="implied", place="p1"),
        say("a", "x", "for", chain, place="p2"),
        replace(say("a", "x", "for", place="p3"), sure=Certainty.LOW),
        say("a", "x", "for", place="p4"),
        say("a", "x", "either", place="p5"),
    ]
    against = say("a", "x", "against", place="p6")

    def best(evidence, reading=Reading.FOR):
        ruling = RuledCell("a", "x", reading, ("n",), "")
        [position] = compute_positions(evidence, [ruling])
        witness = choose_witness(position)
        return witness.passage.labels[0] if witness else None

    assert "p4" == best([*statements, against])
    assert "p4" == best([against, *reversed(statements)])
    assert "p3" == best(statements[:3])
    assert "p2" == best(statements[:2])
    assert "p6" == best([*statements, against], Reading.LEANS_AGAINST)
    assert None is best([statements[4]])
    assert None is best(statements, Reading.EITHER)


def test_differences_of_reading():
    """What two annotators code differently is one difference, with the evidence of both."""
    alike = [say("a", "x", "for", by=by, place="p2") for by in ("editor", "pilot")]
    unlike = [say("a", "x", "for", by="pilot"), say("a", "x", "leans for")]

    [difference] = find_differences([*alike, *unlike])

    assert ["editor", "pilot"] == [each.by for each in difference.readings]


@pytest.mark.parametrize(
    ("pairs", "threads"),
    [
        ([], []),
        ([("b", "a")], [[("a", 0), ("b", 1)]]),
        ([("b", "a"), ("c", "b"), ("d", "a")], [[("a", 0), ("b", 1), ("c", 2), ("d", 1)]]),
        ([("b", "a"), ("b", "a"), ("a", "a")], [[("a", 0), ("b", 1)]]),
        ([("b", "a"), ("a", "b")], [[("a", 0), ("b", 1)]]),
        ([("b", "a"), ("d", "c")], [[("a", 0), ("b", 1)], [("c", 0), ("d", 1)]]),
        ([("c", "a"), ("c", "b")], [[("a", 0), ("c", 1)]]),
    ],
)
def test_threads_of_answers(pairs, threads):
    """Each thread begins with what answers nothing, in the site's order; no note comes twice."""
    assert threads == [list(thread) for thread in thread_answers(pairs)]


NAMED = {"writer": True, "putin": True, "source": False}


@pytest.mark.parametrize(
    ("actor", "voices", "basis", "hand", "depth"),
    [
        ("writer", ("writer",), "stated", Hand.FIRST, 0),
        ("iran", ("writer",), "stated", Hand.NAMED, 0),
        ("iran", ("writer", "source"), "stated", Hand.UNNAMED, 1),
        ("iran", ("writer", "source", "putin"), "reported", Hand.UNNAMED, 2),
        ("iran", ("source", "putin"), "reported", Hand.UNNAMED, 1),
        ("writer", ("writer",), "implied", Hand.IMPLIED, 0),
        ("putin", ("writer", "putin"), "stated", Hand.NAMED, 1),
    ],
)
def test_from_whose_mouth(actor, voices, basis, hand, depth):
    """First hand is what somebody says of himself in his own passage; the weakest voice decides."""
    evidence = say(actor, "x", "for", voices, basis)

    assert (hand, depth) == (hand_of(evidence, NAMED), depth_of(evidence))


def test_how_a_cell_is_known():
    """A cell is as good as its nearest voice; nothing stated is no provenance."""
    [position] = compute_positions(
        [
            say("iran", "x", "for", ("writer", "source")),
            say("iran", "x", "for", ("writer", "putin")),
            say("iran", "x", "leans for", basis="implied"),
        ],
        (),
    )

    found = trace(position, NAMED)

    assert (Hand.NAMED, 0, 1 / 3) == (found.nearest, found.depth, found.implied)
    assert ((Hand.NAMED, 1), (Hand.UNNAMED, 1), (Hand.IMPLIED, 1)) == found.hands
    assert found == trace_all([position], NAMED)
    assert None is trace_all([], NAMED)
