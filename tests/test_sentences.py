"""Sentences: where they end."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.sentences import sentence_around, sentence_ends
from generator.spans import Span


def sentences(text: str) -> list[str]:
    ends = sentence_ends(text, Span(0, len(text)))
    return [text[start:end] for start, end in zip([0, *ends], ends, strict=False)]


@pytest.mark.parametrize(
    "expected",
    [
        ["One. ", "Two! ", "Three?"],
        ["He said “No!” ", "And left."],
        ["Well… ", "Then."],
        ["It cost 3.5 pounds, e.g. today."],
        ["By A. Writer and B. Reader."],
        ["一つ。", "二つ！", "三つ"],
        ["यह एक है। ", "यह दो है।"],
        ["هل هذا؟ ", "نعم."],
        ["No end"],
        ["End.\n", "Of line"],
    ],
)
def test_ends(expected: list[str]) -> None:
    """Signs of many scripts end a sentence; initials, decimals and abbreviations do not."""
    assert expected == sentences("".join(expected))


@given(st.text("ab.! \n。A", max_size=30), st.data())
@settings(deadline=None)
def test_the_sentence_holds_its_words(text: str, data: st.DataObject) -> None:
    """The sentence around a span covers it, within the block and without space around."""
    start = data.draw(st.integers(0, len(text)))
    block = Span(start, data.draw(st.integers(start, len(text))))
    low = data.draw(st.integers(block.start, block.end))
    span = Span(low, data.draw(st.integers(low, block.end)))
    found = sentence_around(text, span, block, sentence_ends(text, block))
    sentence = text[slice(*found)]
    assert block.covers(found)
    assert sentence == sentence.strip()
    assert text[slice(*span)].strip() in sentence
