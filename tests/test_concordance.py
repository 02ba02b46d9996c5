"""A concordance: what it lists is found as if the text had been read."""

from generator.concordance import agreement, make_concordance

FILLING = [str(number) for number in range(20_000, 30_000)]
WORDS = "the harbour fee was raised"
TEXT = WORDS.join(["".join(FILLING[:3000]), "12", "".join(FILLING[3000:6001]), "4"])
PLACES = [15_000, 15_028, 30_059]


def test_places_in_order() -> None:
    """All places are found, in order, wherever they stand between the listed ones."""
    assert PLACES == list(make_concordance(TEXT).find_all(WORDS))
    assert PLACES == [at - 4 for at in make_concordance(TEXT).find_all(WORDS[4:-4])]


def test_places_between() -> None:
    """Only what lies between the two ends is found, to the letter."""
    listed = make_concordance(TEXT)
    assert PLACES[1:] == list(listed.find_all(WORDS, PLACES[0] + 1))
    assert PLACES == list(listed.find_all(WORDS, PLACES[0], PLACES[2] + len(WORDS)))
    assert PLACES[:2] == list(listed.find_all(WORDS, PLACES[0], PLACES[2] + len(WORDS) - 1))


def test_words_that_the_list_cannot_tell() -> None:
    """Words that are too short, too common or not there are looked up in the text itself."""
    listed = make_concordance(TEXT + "la" * 5000)
    assert PLACES == list(listed.find_all("the "))
    assert 5000 - 9 == len(list(listed.find_all("la" * 10)))
    assert [] == list(listed.find_all(WORDS + " again"))
    assert [] == list(listed.find_all(""))


def test_a_common_beginning() -> None:
    """Words that begin as many others do are found by what is rare in them."""
    text = TEXT + "la" * 5000 + WORDS
    words = "la" * 20 + WORDS
    assert [text.rindex(words)] == list(make_concordance(text).find_all(words))


def test_agreement() -> None:
    """Two texts agree as far as they are the same, to the end of the shorter one at most."""
    assert 0 == agreement("abc", 0, "xbc", 0)
    assert 2 == agreement("abc", 1, "xbc", 1)
    assert 3 == agreement("abc", 0, "abcd", 0)
    assert 99 == agreement("a" * 100, 1, "a" * 200 + "b", 50)
    assert 151 == agreement("a" * 200 + "b", 50, "a" * 300 + "b", 150)
