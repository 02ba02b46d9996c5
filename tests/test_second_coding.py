"""The article of 2016, coded twice, apart: what two readers of one text and one codebook agree on.

The second coding is a site of its own, so that it enters no cell of the commentary. The figures are
those that the commentary reports; a change of either coding shows here.
"""

from pathlib import Path

import pytest

from generator.positions import code_units
from generator.reliability import Metric, judge_reliability
from tests.sites import Site

ROOT = Path(__file__).parents[1]
SOURCE = "russia-iran-syria"


@pytest.fixture(scope="module")
def codings():
    """The evidence of both codings, each from its own site, without the text."""
    sites = (ROOT, ROOT / "tests/sites/second-coding")
    joined = (Site(root, {}).join().value.evidence for root in sites)
    return [[each for each in evidence if each.source == SOURCE] for evidence in joined]


def test_how_many_units_each_coded(codings):
    """Most of what one found worth coding the other did too."""
    first, second = (code_units(coding).keys() for coding in codings)

    assert (108, 111, 99) == (len(first), len(second), len(first & second))


def test_how_far_they_agree(codings):
    """Krippendorff's alpha over the units that both coded, and where they differ."""
    reliability = judge_reliability([*codings[0], *codings[1]])
    figures = {each.metric: round(each.value, 2) for each in reliability.alphas}
    differing = {
        (unit.place, unit.actor, unit.issue): stances
        for unit, stances in reliability.table
        if len(set(stances)) > 1
    }

    assert {Metric.NOMINAL: 0.93, Metric.ORDINAL: 0.98, Metric.INTERVAL: 0.99} == figures
    assert {
        ("c5.2", "russia", "withdrawal"): ("leans for", "for"),
        ("c5.4", "russian-friend", "putin-cult"): ("leans against", "against"),
        ("c5.5", "reader-5", "russia-reliable"): ("leans for", "for"),
        ("p5", "the-source", "withdrawal-helps-talks"): ("leans against", "against"),
    } == differing
