"""Laws of the tables: what must hold of positions whatever was stated."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from generator.agreement import compare_actors, spread_issues, weigh_actors
from generator.model import Passage
from generator.positions import Evidence, RuledCell, compute_positions, count_once
from generator.reliability import Metric, judge_reliability
from generator.spans import Span
from generator.stances import RANGE, VALUES, Basis, Certainty, Reading, Stance

ACTORS, ISSUES = ("a", "b", "c"), ("w", "x", "y", "z")
WORDS = [stance for stance in Stance if stance not in VALUES]
MIRROR = {"for": "against", "leans for": "leans against"}
MIRROR |= {there: here for here, there in MIRROR.items()}


@st.composite
def statements(draw, stances=tuple(Stance)):
    place = draw(st.integers(1, 4))
    return Evidence(
        actor=draw(st.sampled_from(ACTORS)),
        issue=draw(st.sampled_from(ISSUES)),
        stance=draw(st.sampled_from(stances)),
        voices=(draw(st.sampled_from(ACTORS)),),
        basis=draw(st.sampled_from(Basis)),
        sure=draw(st.sampled_from(Certainty)),
        condition="",
        reason="",
        dated=draw(st.sampled_from(["", "1867", "1868", "1868-03", "1868-03-20", "1869-01"])),
        source=draw(st.sampled_from(["s", "t"])),
        passage=Passage("s", Span(place, place + 1), (f"p{place}",)),
        note=f"n{draw(st.integers(1, 5))}",
        by=draw(st.sampled_from(["editor", "pilot"])),
        aside=draw(st.booleans()),
    )


EVIDENCE = st.lists(statements(), max_size=25)


def table(evidence, **options):
    return {(p.actor, p.issue): str(p.reading) for p in compute_positions(evidence, (), **options)}


def figures(evidence):
    """Every number that is derived from *evidence*."""
    positions = compute_positions(evidence, ())
    spreads = spread_issues(ISSUES, positions)
    return (
        compare_actors(positions, 2),
        weigh_actors(positions),
        [(each.issue, each.pro, each.contra, each.value) for each in spreads],
    )


@given(EVIDENCE, st.randoms())
def test_order_never_matters(evidence, chance):
    """Whatever the order of files and rows, the tables and every figure are the same."""
    shuffled = list(evidence)
    chance.shuffle(shuffled)

    assert table(evidence) == table(shuffled)
    assert figures(evidence) == figures(shuffled)
    one, other = judge_reliability(evidence), judge_reliability(shuffled)
    assert (one.table, one.alphas) == (other.table, other.alphas)


@given(EVIDENCE, st.lists(statements(WORDS), max_size=10))
def test_silence_changes_no_number(evidence, silence):
    """Words without a value add to no agreement, no congruence, no conflict, no spread."""
    # Where two annotators read one passage differently a word may count against a value.
    alone = [replace(each, by="editor") for each in evidence]
    silence = [replace(each, by="editor") for each in silence]

    assert figures(alone) == figures([*alone, *silence])


def mirror(evidence):
    return [replace(each, stance=Stance(MIRROR.get(each.stance, each.stance))) for each in evidence]


@given(EVIDENCE)
def test_swapping_for_and_against_mirrors_every_table(evidence):
    """An issue turned round is the same issue: its cells turn round and its figures stay."""
    mirrored = {cell: MIRROR.get(word, word) for cell, word in table(evidence).items()}

    assert mirrored == table(mirror(evidence))
    (agreement, weights, spread), turned = figures(evidence), figures(mirror(evidence))
    assert (agreement, weights) == turned[:2]
    assert {(i, con, pro, d) for i, pro, con, d in spread} == set(turned[2])


@given(EVIDENCE)
def test_agreement_is_a_measure(evidence):
    """It lies from 0 to 1, is the same both ways, and 1 with oneself."""
    positions = compute_positions(evidence, ())
    swap = {"a": "c", "c": "a", "b": "b"}
    turned = compute_positions([replace(e, actor=swap[e.actor]) for e in evidence], ())
    twin = compute_positions(
        [each for e in evidence for each in (e, replace(e, actor=f"{e.actor}-twin"))], ()
    )

    found = {(p.a, p.b): p for p in compare_actors(positions, 1)}
    assert all(0 <= pair.value <= 1 for pair in found.values())
    assert {tuple(sorted((swap[a], swap[b]))): p.value for (a, b), p in found.items()} == {
        (p.a, p.b): p.value for p in compare_actors(turned, 1)
    }
    twins = [p for p in compare_actors(twin, 1) if p.b == f"{p.a}-twin"]
    assert all(pair.value == 1 for pair in twins)
    valued = {p.actor for p in positions if p.value is not None}
    assert valued == {pair.a for pair in twins}


@given(EVIDENCE, st.lists(st.tuples(st.sampled_from(ACTORS), st.sampled_from(ISSUES))))
def test_weights_stay_in_their_bounds(evidence, ruled):
    """Congruence and conflict are never negative, and the cosine keeps each of them to 1."""
    rulings = [RuledCell(*cell, Reading.FOR, ("n1",), "") for cell in ruled]

    for pair in weigh_actors(compute_positions(evidence, rulings)):
        assert min(*pair.plain, *pair.activity, *pair.jaccard, *pair.cosine) >= 0
        assert max(pair.cosine) <= 1 + 1e-9


@given(EVIDENCE)
def test_who_states_the_same_is_as_near_as_oneself(evidence):
    """The cosine is 1 between an actor and its twin, however many values they state."""
    twins = [each for e in evidence for each in (e, replace(e, actor=f"{e.actor}-twin"))]

    found = [p for p in weigh_actors(compute_positions(twins, ())) if p.b == f"{p.a}-twin"]

    assert [1.0] * len(found) == [round(pair.cosine.congruence, 9) for pair in found]


@given(EVIDENCE)
def test_congruence_is_the_sum_over_pairs_of_statements(evidence):
    """However it is added up: each statement of one is weighed with each of the other."""
    positions = [p for p in compute_positions(evidence, ()) if p.value is not None]
    stated = [e for p in positions for e in count_once(p.evidence) if e.stance in VALUES]

    for pair in weigh_actors(positions):
        distances = [
            abs(VALUES[one.stance] - VALUES[other.stance]) / RANGE
            for one in stated
            for other in stated
            if (one.actor, other.actor, one.issue) == (pair.a, pair.b, other.issue)
        ]
        assert (sum(1 - d for d in distances), sum(distances)) == pair.plain


@given(EVIDENCE)
def test_a_clash_is_never_averaged_away(evidence):
    """Where both sides are stated the cell has no value; on one side alone it keeps the side."""
    for position in compute_positions(evidence, ()):
        values = {VALUES[e.stance] for e in position.evidence if e.stance in VALUES}
        if min(values, default=0) < 0 < max(values, default=0):
            assert position.reading in (Reading.CONTESTED, Reading.CHANGED)
            assert position.value is None
        elif values and position.value is not None:
            assert min(values) <= position.value <= max(values)


@given(EVIDENCE)
def test_asides_count_only_where_it_is_said(evidence):
    """What commenters say of others changes no cell but in the view that lets them in."""
    own = [each for each in evidence if not each.aside]
    counted = {cell: word for cell, word in table(evidence).items() if word != "not coded"}

    assert table(own) == counted
    assert table(evidence, with_asides=True) == table([replace(e, aside=False) for e in evidence])


@given(EVIDENCE, st.integers(1, 3))
def test_repetition_says_nothing(evidence, times):
    """What one source states again and again is one statement."""
    assert figures(evidence) == figures(evidence * times)


@given(EVIDENCE)
def test_alpha_is_one_for_annotators_who_agree(evidence):
    """Where every coder codes alike there is no disagreement, whatever chance would give."""
    alike = {}
    for each in evidence:
        key = (each.source, each.passage, each.actor, each.issue)
        alike[key] = replace(each, by="editor")
    both = [each for e in alike.values() for each in (e, replace(e, by="pilot"))]

    for alpha in judge_reliability(both).alphas:
        assert alpha.value in (None, 1.0)
    assert {Metric.NOMINAL, Metric.ORDINAL, Metric.INTERVAL} == {
        each.metric for each in judge_reliability(both).alphas
    }
