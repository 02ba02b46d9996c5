"""Laws of folding and anchoring: quoting any words, however they are typed, finds just these."""

import unicodedata
from collections.abc import Sequence
from dataclasses import replace

from hypothesis import assume, given
from hypothesis import strategies as st

from generator.anchoring import anchor
from generator.characters import extends, fold_words
from generator.citing import quote
from generator.concordance import Concordance, agreement, make_concordance
from generator.edits import closest
from generator.folding import fold
from generator.model import Document, Element, Locator, Target, TextQuoteSelector
from generator.quoting import is_inside_word, occurrences, prepare_ground, select
from generator.spans import Span

# Characters as readers see them, each with the ways to type it.
WAYS = {
    "é": ["é", "e\u0301"],
    "ậ": ["ậ", "a\u0323\u0302", "a\u0302\u0323"],
    "x\u0304": ["x\u0304"],
    "שָׁ": ["שָׁ", unicodedata.normalize("NFD", "שָׁ"), "ש\u05b8\u05c1"],
    "מ": ["מ"],
    "كَ": ["كَ"],
    "ب": ["ب"],
    "한": ["한", "\u1112\u1161\u11ab"],
    "\u1112\u119e": ["\u1112\u119e"],
    "कि": ["कि"],
    "क़": ["क़", "\u0958"],
    "ไ": ["ไ"],
    "中": ["中"],
    "国": ["国"],
    "𒀀": ["𒀀"],
    "😀": ["😀"],
    "❤\ufe0f": ["❤\ufe0f", "❤"],
    "ﬁ": ["ﬁ", "fi"],
    "½": ["½", "1\u20442"],
    "Ａ": ["Ａ", "A", "𝐀"],
    "ガ": ["ガ", "ｶﾞ", "カ\u3099"],
    "…": ["…", "..."],
    "’": ["'", "’", "‘", "′", "`", "´"],
    "”": ['"', "“", "”", "«", "″"],
    "–": ["-", "–", "—", "‐", "−"],
    "a": ["a"],
    "b": ["b"],
    ".": ["."],
    "*": ["*"],
}
GAPS = [" ", "  ", "\n", "\u00a0", "\t \u2009", "\n\u200b\n"]
DROPPED = ["\u00ad", "\u200b", "\u200c", "\u2060", "\ufeff"]
SEEN = st.lists(st.sampled_from([*WAYS, *GAPS, *DROPPED]), min_size=1, max_size=30)
FEW = st.lists(
    st.sampled_from([*"aab.", "é", "x\u0304", " ", "  ", "中", "ﬁ"]), min_size=1, max_size=30
)
ANY = st.text(
    st.one_of(
        st.sampled_from("".join(way for ways in WAYS.values() for way in ways)),
        st.sampled_from("".join([*GAPS, *DROPPED, "ab¨´ﷺ\u0344\u1160\u3164\u3133ㅠ\u034f\u0f71"])),
        st.characters(),
    )
)


@st.composite
def texts_and_words(draw, seen=SEEN) -> tuple[list[str], Span]:
    """Draw a text as the characters that readers see, and a span of these that has words."""
    chars = draw(seen)
    words = [at for at, char in enumerate(chars) if char in WAYS]
    assume(words)
    first = draw(st.sampled_from(words))
    last = draw(st.sampled_from([at for at in words if at >= first]))
    return chars, Span(first, last + 1)


def raw_span(chars: Sequence[str], span: Span) -> Span:
    """Return the code points that the characters in *span* take."""
    start = len("".join(chars[: span.start]))
    return Span(start, start + len("".join(chars[slice(*span)])))


def document(text: str) -> Document:
    """Return a document with one paragraph."""
    whole = Span(0, len(text))
    return Document(
        "s", "", text, (Element(whole, 0, "p"),), (Locator("p1", "paragraph", whole, "p1"),)
    )


def target(*selectors: TextQuoteSelector, locators: tuple[str, ...] = ()) -> Target:
    """Return a target with one reading."""
    place = Span(3, 9)
    return Target("s", locators, (selectors,), "", "notes.md", place, place)


@given(ANY)
def test_folding_is_as_defined(text):
    """The fast way to fold, with the way back, gives what the definition gives."""
    assert fold_words(text) == fold(text).text


@given(ANY)
def test_folding_twice_is_folding_once(text):
    """What is folded stays as it is."""
    assert fold_words(text) == fold_words(fold_words(text))


@given(ANY)
def test_forms_of_a_letter_are_one(text):
    """Composed and decomposed text fold alike."""
    for form in ("NFC", "NFD"):
        assert fold_words(text) == fold_words(unicodedata.normalize(form, text))


@given(ANY, st.data())
def test_there_and_back(text, data):
    """A raw span found for folded words folds to these words, and its edges cut no character."""
    folded = fold(text)
    start = data.draw(st.integers(0, len(folded.text)))
    end = data.draw(st.integers(start, len(folded.text)))
    span = folded.unfold(Span(start, end))
    if span is None:
        assert start == end or folded.widen(Span(start, end)) != (start, end)
        return
    assert folded.text[start:end] == fold_words(text[slice(*span)])
    assert (start, end) == folded.refold(span)
    assert not any(extends(text[edge]) for edge in span if 0 < edge < len(text))


@given(ANY, st.data())
def test_widened_words_have_a_way_back(text, data):
    """Every span of folded words is widened to one that has its raw characters."""
    folded = fold(text)
    assume(folded.text)
    start = data.draw(st.integers(0, len(folded.text) - 1))
    span = folded.widen(Span(start, data.draw(st.integers(start + 1, len(folded.text)))))
    assert folded.unfold(span) is not None


@given(texts_and_words(), st.data())
def test_quoting_all_of_a_text_finds_the_words(drawn, data):
    """Words quoted with all that is around them, typed in any way, are found to the character."""
    chars, span = drawn

    def retype(some: Sequence[str]) -> str:
        typed = []
        for char in some:
            ways = WAYS.get(char) or (GAPS if char in GAPS else [*DROPPED, ""])
            typed.append(data.draw(st.sampled_from(ways)))
            typed.append(data.draw(st.sampled_from(["", "", "", "\u00ad", "\u200b"])))
        return "".join(typed)

    selector = TextQuoteSelector(
        retype(chars[slice(*span)]), retype(chars[: span.start]), retype(chars[span.end :])
    )
    outcome = anchor(document("".join(chars)), [target(selector)])
    assert () == outcome.diagnostics
    assert [raw_span(chars, span)] == [passage.span for passage in outcome.value[0]]


@given(texts_and_words(FEW))
def test_a_quotation_made_for_words_finds_only_these(drawn):
    """The shortest quotation of any words selects them and nothing else, in or out of words."""
    chars, span = drawn
    words = raw_span(chars, span)
    ground = prepare_ground("".join(chars))
    selector = quote(ground, words)
    assert [words] == list(occurrences(ground, selector))
    assert (words,) == select(ground, selector)


@given(texts_and_words(FEW))
def test_a_quotation_is_no_longer_than_it_must_be(drawn):
    """Words that stand in one place only need no context; others have some."""
    chars, span = drawn
    words = raw_span(chars, span)
    ground = prepare_ground("".join(chars))
    selector = quote(ground, words)
    alone = list(occurrences(ground, TextQuoteSelector(selector.exact)))
    assert (len(alone) > 1) == bool(selector.prefix or selector.suffix)


@given(st.lists(texts_and_words(FEW), min_size=1, max_size=6), st.randoms(use_true_random=False))
def test_targets_do_not_know_of_each_other(drawn, chance):
    """In any order, and alone, a target has the same passages and the same problems."""
    text = "".join(drawn[0][0])
    targets = [
        replace(
            target(
                TextQuoteSelector("".join(chars[slice(*span)])),
                locators=chance.choice([(), ("p1",), ("p2",)]),
            ),
            place=Span(number, number + 1),
            where=Span(number, number + 1),
        )
        for number, (chars, span) in enumerate(drawn)
    ]
    together = anchor(document(text), targets)
    alone = [anchor(document(text), [each]) for each in targets]
    assert together.value == tuple(outcome.value[0] for outcome in alone)
    assert together.diagnostics == tuple(each for one in alone for each in one.diagnostics)
    chance.shuffle(targets)
    shuffled = anchor(document(text), targets)
    assert sorted(map(repr, together.diagnostics)) == sorted(map(repr, shuffled.diagnostics))


@given(st.lists(st.sampled_from(["fee", "coffee", "feels", "no", "fee", "(", "’"]), min_size=1))
def test_word_edges_win(words):
    """Hits that begin and end at word edges win over hits inside words; else all are hits."""
    text = " ".join(words)
    ground = prepare_ground(text)
    hits = list(occurrences(ground, TextQuoteSelector("fee")))
    at_edges = [
        h for h in hits if not (is_inside_word(text, h.start) or is_inside_word(text, h.end))
    ]
    assert tuple(at_edges or hits) == select(ground, TextQuoteSelector("fee"))
    assert words.count("fee") == len(at_edges)


@given(
    st.text("ab ", min_size=20, max_size=60),
    st.lists(st.integers(0, 4000), max_size=6),
    st.integers(-20, 60),
    st.integers(0, 80),
)
def test_a_concordance_finds_what_reading_finds(part, places, start, length):
    """A search by concordance gives every place in order, overlapping ones too."""
    numbers = [str(number) for number in range(4001)]
    for place in places:
        numbers[place] += part
    text = "".join(numbers)
    at = max(text.find(part) + start, 0)
    words = text[at : at + length]
    found = list(Concordance(text).find_all(words))
    listed = make_concordance(text)
    assert found == list(listed.find_all(words))
    span = Span(at - at // 2, len(text) - at // 3)
    assert list(Concordance(text).find_all(words, *span)) == list(listed.find_all(words, *span))


@given(st.text("ab", max_size=200), st.text("ab", max_size=200), st.data())
def test_agreement(one, other, data):
    """Two texts agree up to the first character that differs, or to the end of one."""
    at, there = data.draw(st.integers(0, len(one))), data.draw(st.integers(0, len(other)))
    length = agreement(one, at, other, there)
    assert one[at : at + length] == other[there : there + length]
    assert one[at + length : at + length + 1] != other[there + length : there + length + 1] or (
        at + length == len(one) and there + length == len(other)
    )


@given(st.text("abc", min_size=1, max_size=12), st.text("abc", max_size=20))
def test_fewest_edits(asked, window):
    """The part found can be made into the words in the edits told, and no part in fewer."""
    edits, span = closest(asked, window)
    parts = {
        window[start:end]
        for start in range(len(window) + 1)
        for end in range(start, len(window) + 1)
    }
    assert edits == min(edit_distance(asked, part) for part in parts)
    assert edits == edit_distance(asked, window[slice(*span)])


def edit_distance(one: str, other: str) -> int:
    """Return in how many edits one text becomes the other, by the definition."""
    row = list(range(len(other) + 1))
    for number, char in enumerate(one, 1):
        last, row[0] = row[0], number
        for column, against in enumerate(other, 1):
            least = min(row[column] + 1, row[column - 1] + 1, last + (char != against))
            last, row[column] = row[column], least
    return row[-1]
