"""Words and directions: what is told quickly is what the definition tells."""

import re
import sys
from unicodedata import bidirectional

from hypothesis import given
from hypothesis import strategies as st

from generator.directions import find_direction
from generator.words import UNSPACED, count_words

WORD = re.compile(rf"[{UNSPACED}]|[^\W{UNSPACED}](?:[^\s{UNSPACED}]*[^\W{UNSPACED}])?")
SIGNS = st.sampled_from([*"ab1_-.,'* \n\t\x0b\x1c\x85\xa0é’—…²一กああ́\u200f\u0661\u05d0\u0627"])
TEXTS = st.lists(SIGNS | st.characters(), max_size=60).map("".join)


@given(TEXTS)
def test_words_are_counted_as_they_are_found(text: str) -> None:
    """A word goes from a letter to the last one before a space; some scripts have no spaces."""
    assert len(WORD.findall(text)) == count_words(text)


@given(TEXTS)
def test_a_direction_is_that_of_most_letters(text: str) -> None:
    """Nothing but the letters decides, and of as many from either side none does."""
    kinds = [bidirectional(sign) for sign in text]
    left, right = kinds.count("L"), kinds.count("R") + kinds.count("AL")
    expected = "otherwise" if left == right else "rtl" if right > left else "ltr"
    assert expected == find_direction(text, "otherwise")


def test_every_letter_from_the_right_counts() -> None:
    """No letter is taken for one that has no direction."""
    letters = map(chr, range(sys.maxunicode + 1))
    missed = [s for s in letters if bidirectional(s) in ("R", "AL") and find_direction(s) != "rtl"]
    assert missed == []
