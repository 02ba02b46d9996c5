"""The laws of leaks: what is found quickly is what there is, and nothing else."""

from hypothesis import given
from hypothesis import strategies as st

from generator.characters import fold_words
from generator.leaks import find_leaks, set_trap
from generator.spans import Span
from generator.wording import (
    _PART,
    LINE_END,
    RUN,
    SIGN,
    WORD,
    find_runs,
    spell,
    spell_lines,
    take_apart,
)

SIGNS = st.sampled_from([*"ab1_-.,'’*& \n\t\x85\xa0éß½ﬁ—…²一กああ́\u00ad\u0301\u1100\u1161\u05d0"])
TEXTS = st.lists(SIGNS | st.characters(exclude_characters="\0"), max_size=80).map("".join)
# Few words, so that runs repeat and overlap.
PROSE = st.lists(st.sampled_from(["a", "b", "c", "a-b", "一", "二", "."]), max_size=60).map(
    " ".join
)


@given(TEXTS)
def test_texts_are_spelt_as_their_folding_is(text):
    """The quick ways to spell a text tell what the definition tells."""
    expected = _PART.findall(fold_words(text).casefold())

    assert expected == spell(text)
    assert expected == [part for part in spell_lines(text) if part != LINE_END]


@given(TEXTS)
def test_lines_end_where_they_do(text):
    """Between the parts of two lines stands one mark, however many lines are empty."""
    spelt, own = spell_lines(text), [spell(line) for line in text.split("\n")]
    lines: list[list[str]] = [[]]
    for part in spelt:
        lines = [*lines, []] if part == LINE_END else [*lines[:-1], [*lines[-1], part]]

    assert [line for line in own if line] == [line for line in lines if line]


@given(PROSE)
def test_runs_weigh_enough_and_no_more(text):
    """Each is the shortest from its first part on that may not be copied, and none is left out."""
    weights = take_apart(fold_words(text)).weights
    runs = [*find_runs(weights)]

    assert {SIGN, WORD, 0} >= {*weights}
    assert runs == [
        (start, end)
        for start in range(len(weights))
        for end in range(start, len(weights) + 1)
        if sum(weights[start:end]) >= RUN > sum(weights[start : end - 1])
    ]


@given(PROSE, PROSE, st.integers(0, 50), st.integers(0, 50))
def test_every_run_is_found_and_nothing_else(text, other, start, length):
    """A search at every fifth place misses none, wherever a copy begins."""
    wording = take_apart(fold_words(text))
    runs = {wording.parts[a:b] for a, b in find_runs(wording.weights)}
    searched = spell(f"{other} {' '.join(wording.parts[start : start + length])} {other}")
    found = {
        (hit.found.start, hit.found.end) for hit in find_leaks(set_trap({"s": wording}), searched)
    }

    there = {
        (at, at + len(run))
        for run in runs
        for at in range(len(searched))
        if tuple(searched[at : at + len(run)]) == run
    }
    assert {start for start, _ in there} == {start for start, _ in found}
    assert found <= there


@given(PROSE)
def test_a_hit_says_where_it_comes_from(text):
    """The parts of the source that it names are the parts that were found."""
    wording = take_apart(fold_words(text))
    for found, source, own in find_leaks(set_trap({"s": wording}), wording.parts):
        assert "s" == source
        assert wording.parts[slice(*found)] == wording.parts[slice(*own)]
        assert isinstance(own, Span)
