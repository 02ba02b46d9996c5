"""Folding: what does not matter is made equal, and every folded letter knows its way back."""

import sys
import unicodedata

import pytest

from generator.characters import extends, fold_words
from generator.folding import fold
from generator.spans import Span

CHARACTERS = [
    char
    for char in map(chr, range(sys.maxunicode + 1))
    if unicodedata.category(char) not in ("Cn", "Co", "Cs")
]


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("a \t\n\u00a0\u3000 b", "a b"),
        ("\n a ", " a "),
        ("a  ¨b", "a \u0308b"),
        ("one\u200b\ntwo \u200b three", "one two three"),
        ("‘a’ ‚b‛ c′ d´ e` ‹f› g＇ h׳ iʼ", "'a' 'b' c' d' e' 'f' g' h' i'"),
        ("“a” „b‟ «c» 〝d〞 e″ ＂f＂ g״", '"a" "b" "c" "d" e" "f" g"'),
        ("a-b‐c‑d‒e–f—g―h−i﹣j－k", "a-b-c-d-e-f-g-h-i-j-k"),
        (
            "rail\u00adway, na\u200dme, \ufeffword\u2060s, \u202bright\u202c",
            "railway, name, words, right",
        ),
        ("ﬁﬂ ½ ㎏ ① Ｆｅｅ ｶﾞ", "fifl 1⁄2 kg 1 Fee ガ"),
        ("e\u0301 é", "é é"),
        ("e\u00ad\u0301", "é"),
        ("a\u0323\u0302 a\u0302\u0323", "ậ ậ"),
        ("\u1112\u1161\u11ab 한", "한 한"),
        ("wait… wait...", "wait... wait..."),
        ("❤\ufe0f ❤", "❤ ❤"),
    ],
)
def test_what_does_not_matter(text, folded):
    """Spaces, quotes, dashes, invisible signs and forms of one letter are made equal."""
    assert folded == fold_words(text)
    assert folded == fold(text).text


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Fee", "fee"),
        ("decide", "décide"),
        ("'", '"'),
        ("straße", "strasse"),
        ("-", "_"),
        ("1", "l"),
    ],
)
def test_what_matters(one, other):
    """Letters, case, accents and all other signs stay different."""
    assert fold_words(one) != fold_words(other)


def test_every_dash_and_space_of_unicode():
    """No dash and no space is forgotten, whatever version of Unicode this Python knows."""
    dashes = [char for char in CHARACTERS if unicodedata.category(char) == "Pd"]
    assert [] == [char for char in dashes if fold_words(f"a{char}b") != "a-b"]
    assert [] == [char for char in CHARACTERS if char.isspace() and fold_words(char) != " "]


def test_every_character_alone():
    """Each character of Unicode folds as defined, once and for all, in the middle of a text too."""
    for low in range(0, len(CHARACTERS), 4096):
        text = "a".join(CHARACTERS[low : low + 4096])
        folded = fold_words(text)
        assert folded == fold(text).text
        assert folded == fold_words(folded)


def test_every_character_in_either_form():
    """A character and its canonical decomposition fold alike."""
    apart = [
        char
        for char in CHARACTERS
        if fold_words(char) != fold_words(unicodedata.normalize("NFD", char))
    ]
    assert [] == apart


@pytest.mark.parametrize(
    ("text", "words", "raw"),
    [
        ("the  railway \n shall", "railway shall", "railway \n shall"),
        ("rail\u00adway", "railway", "rail\u00adway"),
        ("\u00adrail\u00ad", "rail", "rail"),
        ("no ﬁsh", "fish", "ﬁsh"),
        ("is e\u0301te\u0301 so", "été", "e\u0301te\u0301"),
        ("x\u0302y", "y", "y"),
        ("I ❤\ufe0f it", "❤", "❤\ufe0f"),
        ("so… no", "so...", "so…"),
        ("a 👩‍👧 b", "👩", "👩"),
        ("שָׁלוֹם", "לוֹם", "לוֹם"),
        ("𝒜 is 𝔅 x", "A is B", "𝒜 is 𝔅"),
    ],
)
def test_way_back(text, words, raw):
    """A folded span has its raw characters, whole, and nothing of what was dropped beside them."""
    folded = fold(text)
    start = folded.text.index(fold_words(words))
    span = folded.unfold(Span(start, start + len(fold_words(words))))
    assert raw == text[slice(*span)]
    assert Span(start, start + len(fold_words(words))) == folded.refold(span)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("the ﬁsh", "ish"),
        ("the ﬁsh", "the f"),
        ("wait…", "wait."),
        ("½", "1"),
        ("x\u0302y", "x"),
        ("किताब", "क"),
        ("שָׁ", "ש"),
        ("\u1100\u119e", "\u1100"),
    ],
)
def test_no_character_is_cut(text, words):
    """What begins or ends inside a ligature, a fraction or a letter with its marks is refused."""
    folded = fold(text)
    start = folded.text.index(words)
    assert folded.unfold(Span(start, start + len(words))) is None


def test_very_many_marks():
    """A letter under a heap of marks does not stop the build, and what is beside it is found."""
    heap = "a" + "\u0301\u0323" * 50_000
    folded = fold(f"the {heap} fee")
    assert folded.text.endswith(" fee")
    assert Span(len(heap) + 5, len(heap) + 8) == folded.unfold(
        Span(len(folded.text) - 3, len(folded.text))
    )


def test_empty_span_has_no_way_back():
    """Nothing selects nothing."""
    assert fold("ab").unfold(Span(1, 1)) is None
    assert fold("").text == ""


@pytest.mark.parametrize(
    ("text", "span", "widened"),
    [("the ﬁsh", Span(5, 6), Span(4, 6)), ("x\u0302y", Span(0, 1), Span(0, 2))],
)
def test_widen(text, span, widened):
    """A span is widened to the characters that it cuts, and no further."""
    assert widened == fold(text).widen(span)


@pytest.mark.parametrize(
    ("text", "raw", "words"),
    [
        ("a  b", Span(1, 2), " "),
        ("a  b", Span(2, 4), " b"),
        ("ﬁx", Span(0, 1), "fi"),
        ("ab", Span(1, 1), ""),
    ],
)
def test_refold(text, raw, words):
    """A raw span becomes the folded span that holds all of its characters."""
    folded = fold(text)
    assert words == folded.text[slice(*folded.refold(raw))]


def test_many_different_characters():
    """A text with more kinds of signs than are replaced one by one folds just the same."""
    text = "".join(map(chr, range(0xFF01, 0xFF5F))) + "ﬁ"
    assert "".join(map(chr, range(0x21, 0x7F))).replace("`", "'") + "fi" == fold(text).text


@pytest.mark.parametrize("char", ["\u0301", "\u093f", "\u11ab", "\ufe0f", "\uff9e"])
def test_marks_extend(char):
    """Marks, vowel signs and finals belong to the letter before them."""
    assert extends(char)


@pytest.mark.parametrize("char", ["a", "é", "中", "\u1112", "\u00ad", "\u200d", "ㅠ"])
def test_letters_do_not_extend(char):
    """Letters begin a character of their own, and what is dropped belongs to none."""
    assert not extends(char)
