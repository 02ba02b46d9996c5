"""Readings of a quotation: as typed, with marks, as Markdown shows it; each word in its place."""

import pytest

from generator.marks import Quoted
from generator.model import TextQuoteSelector
from generator.readings import read_readings


def read(text: str) -> list[list[tuple[str, str]]]:
    """Return of each reading the exact words, and the words at their place in the file."""
    quoted = Quoted(text, range(len(text)))
    return [
        [
            (selector.exact, text[slice(*selector.place)])
            for selector in reading
            if isinstance(selector, TextQuoteSelector)
        ]
        for reading in read_readings(quoted, quoted)
    ]


@pytest.mark.parametrize("text", ["a b", "a\n\nb", "“a” – b…", "a: b; c, d's (e)"])
def test_plain_words_have_one_reading(text: str) -> None:
    """What Markdown shows as it was typed is not looked up twice."""
    assert [[(text, text)]] == read(text)


@pytest.mark.parametrize(
    ("text", "shown", "place"),
    [
        ("a *b* c", "a b c", "a *b* c"),
        ("snake_case _a_", "snake_case a", "snake_case _a"),
        ("[a](http://b.c) d", "a d", "a](http://b.c) d"),
        ("[a](http://b.c/d 'd') d", "a d", "a](http://b.c/d"),
        ("a &amp; b", "a & b", "a &amp; b"),
        ("2 &lt; 3 \\* 4", "2 < 3 * 4", "2 &lt; 3 \\* 4"),
        ("* a\n* b", "a\nb", "a\n* b"),
        ("| a | b |\n|---|---|\n| c | d |", "a\nb\nc\nd", "a | b |\n|---|---|\n| c | d"),
        ("```\na = b\n```", "a = b", "a = b"),
        ("    a = b", "a = b", "a = b"),
        ("# A\n\nb", "A\nb", "A\n\nb"),
        ("> a\n> b", "a\nb", "a\n> b"),
        ("a[^1] b", "a b", "a[^1] b"),
        ("![a](b.png) c", "c", "c"),
        ("a<!-- b -->c *d*", "a<!-- b -->c d", "a<!-- b -->c *d"),
    ],
)
def test_words_copied_with_their_markup(text: str, shown: str, place: str) -> None:
    """Last of all the words are taken as Markdown shows them, and are placed as typed."""
    (exact, at), *others = [words for reading in read(text) for words in reading][-1:]
    assert (shown, []) == (exact.strip(), others)
    assert place == at.strip()


@pytest.mark.parametrize(
    ("text", "exact"),
    [
        ("*a* **b** c", "b"),
        ("`a` **b c**", "b c"),
        ("**`a`** b", "a"),
        ("**[a](b.c)** d", "a"),
        ("_x_ a**’s** b", "’s"),
        ("***a*** b", "a"),
        ("```\na **b** c\n```", "b"),
        ("- a **b**\n- c", "b"),
    ],
)
def test_marks_among_markup(text: str, exact: str) -> None:
    """Marks choose the exact words also when all the rest is read as Markdown."""
    marked = read(text)[-2]
    assert [exact] == [words for words, _ in marked]
    assert exact in marked[0][1]


def test_a_word_is_not_placed_far_away() -> None:
    """A word parted by markup is placed here, not at the next word that looks like it."""
    text = "a*b*c " + "x " * 150 + "abc *d*"
    ((exact, place),) = read(text)[-1]
    assert text[:-1] == place
    assert exact.startswith("abc x")


def test_comments_are_first_taken_for_words() -> None:
    """A source may have what looks like a comment, and then it is found as it was typed."""
    text = "a <!-- b --> c"
    typed = Quoted(text, range(len(text)))
    words = Quoted("a c", [0, 1, 13])
    exact = [
        selector.exact
        for reading in read_readings(typed, words)
        for selector in reading
        if isinstance(selector, TextQuoteSelector)
    ]
    assert ["a <!-- b --> c", "a c"] == exact


def test_signs_that_stand_for_marks_may_be_quoted() -> None:
    """No character of a quotation is taken for a sign of ours."""
    text = "*a* **b** \U00012470\U00012471\U00012472\U00012473\U00012474"
    readings = read(text)
    assert [("a b \U00012470\U00012471\U00012472\U00012473\U00012474", text[1:])] == readings[-1]
    assert [("b", "b")] in readings
