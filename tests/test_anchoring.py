"""Anchoring: what authors quote is found to the character, and what is not found is explained."""

from collections.abc import Iterator

import pytest

from generator.anchoring import anchor
from generator.citing import quote
from generator.diagnostics import Diagnostic, Outcome
from generator.drawing import draw_text
from generator.folding import fold
from generator.locating import explain_unknown, labels_of, locate, make_gazetteer
from generator.model import (
    Document,
    Element,
    Locator,
    Passage,
    RangeSelector,
    Selector,
    Target,
    TextQuoteSelector,
)
from generator.quoting import MOST_HITS, occurrences, prepare_ground, select
from generator.readers.annotations import read_annotations
from generator.readers.code import read_code
from generator.readers.markdown import read_markdown
from generator.spans import Span, TextFile
from generator.suggesting import most_like, sketch
from tests.casebook import Case, find_cases
from tests.conftest import Settle

AROUND = 12


@pytest.mark.parametrize("case", find_cases("anchoring-*.md"), ids=lambda case: case.title)
def test_case(case: Case, settle: Settle) -> None:
    """Notes as authors write them are anchored in a source as its case says."""
    file = TextFile("notes.md", case.texts["notes"])
    notes = read_annotations(file)
    assert () == notes.diagnostics
    document = read_case_source(case)
    targets = [target for note in notes.value for target in note.targets]
    outcome = anchor(document, targets)
    settle(case, "anchored", "".join(draw_outcome(document, file, outcome)))


def read_case_source(case: Case) -> Document:
    """Read the source of *case*: Markdown, or code."""
    if "code" in case.texts:
        return read_code(TextFile("text.py", case.texts["code"]), "harbour").value
    return read_markdown(TextFile("text.md", case.texts["source"]), "harbour").value


def draw_outcome(
    document: Document, file: TextFile, outcome: Outcome[tuple[tuple[Passage, ...], ...]]
) -> Iterator[str]:
    """Draw each target's passages on a line of their own, then the problems."""
    for number, passages in enumerate(outcome.value, 1):
        drawn = [draw_passage(document, passage) for passage in passages]
        yield f"{number}. {'; '.join(drawn) or 'not anchored'}\n"
    for problem in outcome.diagnostics:
        yield f"\n{draw_text(problem, file)}\n"


def draw_passage(document: Document, passage: Passage) -> str:
    """Draw the place of a passage, and its ‹words› with a little of what is around them."""
    assert document.id == passage.source
    place = " ".join(passage.labels) or "the source"
    text, (start, end) = document.text, passage.span
    words = (
        text[start:end]
        if end - start < 60
        else f"{text[start : start + 25]} […] {text[end - 25 : end]}"
    )
    if passage.whole:
        return f"{place}, whole: {words}".replace("\n", "↵")
    before, after = text[max(start - AROUND, 0) : start], text[end : end + AROUND]
    return f"{place}: {before}‹{words}›{after}".replace("\n", "↵")


def make_document(*paragraphs: str) -> Document:
    """Return a document of paragraphs, ``p1`` and so on."""
    elements, locators, start = [], [], 0
    for number, paragraph in enumerate(paragraphs, 1):
        span = Span(start, start + len(paragraph))
        elements.append(Element(span, 0, "p"))
        locators.append(Locator(f"p{number}", "paragraph", span, f"p{number}"))
        start = span.end + 1
    return Document("harbour", "", "\n".join(paragraphs), tuple(elements), tuple(locators))


def make_target(*readings: tuple[Selector, ...], locators: tuple[str, ...] = ()) -> Target:
    """Return a target whose quotation stands at 5 and whose last line at 50 of its file."""
    return Target("harbour", locators, readings, "", "notes.md", Span(5, 40), Span(50, 60))


def anchor_one(
    document: Document, target: Target
) -> tuple[tuple[Passage, ...], tuple[Diagnostic, ...]]:
    """Return the passages and the problems of one target."""
    outcome = anchor(document, [target])
    return outcome.value[0], outcome.diagnostics


def test_no_targets() -> None:
    """A source about which nobody has written has no passages and no problems."""
    assert Outcome(()) == anchor(make_document("One."), [])


def test_whole_source() -> None:
    """A target without words and places is all of the text, without a place."""
    passages, problems = anchor_one(make_document("One.", "Two."), make_target())
    assert (Passage("harbour", Span(0, 9), (), whole=True),) == passages
    assert () == problems


def test_selector_without_words() -> None:
    """Words of which nothing is left select nothing, and the problem says so, where they stand."""
    passages, problems = anchor_one(
        make_document("One."), make_target((TextQuoteSelector("\u00ad "),))
    )
    assert () == passages
    assert [("quote-not-found", Span(5, 40))] == [(each.code, each.span) for each in problems]
    assert "there are no words in the quotation" == problems[0].message


def test_words_underlined() -> None:
    """A problem is at the words that are missing, in the file that quotes them."""
    selector = TextQuoteSelector("Three", place=Span(7, 12))
    _, problems = anchor_one(make_document("One."), make_target((selector,)))
    assert [("notes.md", Span(7, 12))] == [(each.path, each.span) for each in problems]


def test_end_of_a_range_underlined() -> None:
    """Of a range that begins and does not end, the problem is at the words of the end."""
    reading = RangeSelector(
        TextQuoteSelector("One", place=Span(7, 10)), TextQuoteSelector("Three", place=Span(13, 18))
    )
    _, problems = anchor_one(make_document("One."), make_target((reading,)))
    assert [Span(13, 18)] == [each.span for each in problems]


def test_several_selectors_fail_as_one() -> None:
    """A reading holds when all its selectors are found; the problem is at the first missing."""
    reading = (
        TextQuoteSelector("One", place=Span(7, 10)),
        TextQuoteSelector("Three", place=Span(13, 18)),
        TextQuoteSelector("Four", place=Span(20, 24)),
    )
    passages, problems = anchor_one(make_document("One."), make_target(reading))
    assert () == passages
    assert [Span(13, 18)] == [each.span for each in problems]


def test_missing_words_outweigh_ambiguous_ones() -> None:
    """A reading of which something is missing is not found, so the next one is tried."""
    document = make_document("One, one.", "one and two")
    readings = (
        (TextQuoteSelector("one"), TextQuoteSelector("three")),
        (TextQuoteSelector("two"),),
    )
    passages, problems = anchor_one(document, make_target(*readings))
    assert [("p2",)] == [each.labels for each in passages]
    assert () == problems


def test_a_range_that_begins_tells_most() -> None:
    """Of readings that are all missing, the one whose beginning is there is explained."""
    document = make_document("The council decided.")
    begun = RangeSelector(TextQuoteSelector("The"), TextQuoteSelector("ends", place=Span(9, 13)))
    lost = RangeSelector(TextQuoteSelector("A", place=Span(5, 6)), TextQuoteSelector("decided"))
    for readings in ((begun,), (lost,)), ((lost,), (begun,)):
        _, problems = anchor_one(document, make_target(*readings))
        assert [Span(9, 13)] == [each.span for each in problems]


def test_places_apart() -> None:
    """Words begin in one of the places named and end in one; what is between is not named."""
    document = make_document("the fee", "the tax", "the fee")
    selector = TextQuoteSelector("the fee the tax the fee")
    whole, problems = anchor_one(document, make_target((selector,), locators=("p1", "p3")))
    assert [Span(0, 23)] == [each.span for each in whole]
    for words in ("the tax", "the fee the tax", "the tax the fee"):
        target = make_target((TextQuoteSelector(words),), locators=("p1", "p3"))
        passages, problems = anchor_one(document, target)
        assert () == passages
        assert ["quote-elsewhere"] == [each.code for each in problems]


@pytest.mark.parametrize(
    ("label", "message", "help"),
    [
        ("p9", "harbour has no p9", "it has only p1"),
        ("c1.9", "harbour has no c1.9", "it has c1.1 to c1.2"),
        ("c9.1", "harbour has no c9.1", "it has c1 to c2"),
        ("f1", "harbour has no f1", "it has no footnotes, but only p1 and c1 to c2"),
        ("P1", "harbour has no P1", "did you mean p1?"),
        ("#fees", "harbour has no #fees", "did you mean #fee?"),
        (
            "#quay",
            "harbour has no #quay",
            "it has no places of that kind, but only p1 and c1 to c2",
        ),
    ],
)
def test_explain_unknown(label: str, message: str, help: str) -> None:
    """A place that is not there is answered with those that are, of its kind if there are any."""
    kinds = {"p1": "paragraph", "#fee": "section", "c1": "comment", "c1.1": "paragraph"}
    kinds |= {"c1.2": "paragraph", "c2": "comment", "c2.1": "paragraph"}
    locators = tuple(Locator(label, kind, Span(0, 4), label) for label, kind in kinds.items())
    gazetteer = make_gazetteer(Document("harbour", "", "Fee.", (), locators))
    assert (message, help) == explain_unknown(gazetteer, label, "harbour")


def test_a_source_without_places() -> None:
    """Where nothing has a name, passages have no labels and messages name the source."""
    document = Document("harbour", "", "The fee, the fee.", (), ())
    passages, _ = anchor_one(document, make_target((TextQuoteSelector("The fee"),)))
    assert [()] == [each.labels for each in passages]
    _, problems = anchor_one(document, make_target((TextQuoteSelector("fee"),)))
    assert "harbour has these words twice" == problems[0].message
    _, problems = anchor_one(document, make_target((TextQuoteSelector("the free"),)))
    assert 'did you mean "The fee" (harbour)?' == problems[0].help


def test_very_many_hits() -> None:
    """Words that stand everywhere are told to be many; nobody has to wait for the sum."""
    document = make_document(*["fee " * 50] * 40)
    _, problems = anchor_one(document, make_target((TextQuoteSelector("fee"),)))
    assert "harbour has these words at least 100 times: " in problems[0].message
    assert MOST_HITS == len(select(prepare_ground(document.text), TextQuoteSelector("fee")))


def test_seams_of_a_selector() -> None:
    """Spaces at the seams belong to nobody, and a seam that cuts a letter selects nothing."""
    ground = prepare_ground("the  fee  is")

    def found(exact: str, prefix: str = "", suffix: str = "") -> list[str]:
        selector = TextQuoteSelector(exact, prefix, suffix)
        return [ground.text[slice(*span)] for span in occurrences(ground, selector)]

    assert ["fee"] == found(" fee ", "the ", " is")
    assert ["fee"] == found("fee", " the", "is ") + found("fee", " the ", " is ")
    assert [] == found("fee", "the", "is")
    assert ["fee"] == found(" fee ", "the", "is")


@pytest.mark.parametrize(
    ("text", "prefix", "exact", "suffix"),
    [
        ("café", "cafe", "\u0301", ""),
        ("café", "cafe", "\u0301t", ""),
        ("cafét", "cafe", "\u0301t", ""),
        ("the x\u0302", "", "the", " x"),
        ("½ the", "2 ", "the", ""),
    ],
)
def test_seams_that_cut(text: str, prefix: str, exact: str, suffix: str) -> None:
    """Where a seam or an edge of the context cuts a letter nothing is selected."""
    selector = TextQuoteSelector(exact, prefix, suffix)
    assert [] == list(occurrences(prepare_ground(text), selector))


def test_occurrences_overlap() -> None:
    """Every occurrence counts, even one that shares letters with another."""
    ground = prepare_ground("anana")
    assert [(0, 3), (2, 5)] == list(occurrences(ground, TextQuoteSelector("ana")))


@pytest.mark.parametrize(
    ("label", "words", "labels"),
    [
        ("p2", "Two.", ("p2",)),
        ("p1-p2", "One.\nA-b\nTwo.", ("p1", "#a-b", "p2")),
        ("#a-b", "A-b\nTwo.", ("#a-b",)),
        ("#a-#a-b", "One.\nA-b\nTwo.", ("#a", "#a-b")),
    ],
)
def test_locate(label: str, words: str, labels: tuple[str, ...]) -> None:
    """A locator names a place, a range the blocks from one to another, a slug its own hyphens."""
    text = "One.\nA-b\nTwo."
    spans = {"#a": (0, 4), "p1": (0, 4), "#a-b": (5, 13), "p2": (9, 13)}
    locators = tuple(
        Locator(label, "section" if label[0] == "#" else "paragraph", Span(*span), label)
        for label, span in spans.items()
    )
    heading = Element(Span(5, 8), 0, "h2")
    place = locate(make_gazetteer(Document("s", "", text, (heading,), locators)), label)
    assert place is not None
    assert words == text[slice(*place.span)]
    assert labels == place.labels


@pytest.mark.parametrize("label", ["p3", "p2-p1", "P1", "p1-", "-p1", "p1-p9", "", "#p1"])
def test_locate_nothing(label: str) -> None:
    """A locator is taken as it is written; what is not there, or runs backwards, is no place."""
    assert locate(make_gazetteer(make_document("One.", "Two.")), label) is None


def test_labels_of_a_span() -> None:
    """A span has the labels of the blocks it meets; one at the very edge of a block not its own."""
    document = make_document("One.", "", "Three.")
    gazetteer = make_gazetteer(document)
    assert ("p1",) == labels_of(gazetteer, Span(0, 4))
    assert ("p1", "p2", "p3") == labels_of(gazetteer, Span(3, 7))
    assert ("p3",) == labels_of(gazetteer, Span(6, 12))
    assert ("p2",) == labels_of(gazetteer, Span(5, 5))


@pytest.mark.parametrize(
    ("text", "words", "expected"),
    [
        ("a road, a rail", "road", ("", "road", "")),
        ("a road, a rail", "a", ("", "a", " road")),
        ("the fee; the fee.", "fee", ("", "fee", "; the")),
        ("fee; fee (fee)", "fee", ("", "fee", "; fee")),
        ("the ﬁsh, a fish and", "fish", ("", "ﬁsh", ", a")),
        ("coffee, fee", "fee", ("coffee, ", "fee", "")),
        ("fee ½, fee ⅔", "fee", ("", "fee", " ½")),
    ],
)
def test_quote(text: str, words: str, expected: tuple[str, str, str]) -> None:
    """A quotation has as many whole words around it as are needed, on the shorter side."""
    ground = prepare_ground(text)
    span = select(ground, TextQuoteSelector(words))[0]
    selector = quote(ground, span)
    assert expected == (selector.prefix, selector.exact, selector.suffix)


def test_quote_part_of_a_character() -> None:
    """A span that cuts a character is quoted with the whole of it."""
    assert TextQuoteSelector("x\u0302") == quote(prepare_ground("x\u0302 y"), Span(0, 1))
    assert TextQuoteSelector("ﬁ") == quote(prepare_ground("ﬁ x"), Span(0, 1))


def test_quote_nothing() -> None:
    """Of a span without words there is no quotation."""
    assert TextQuoteSelector("") == quote(prepare_ground("a b"), Span(1, 2))


def test_likeness_of_the_end() -> None:
    """Where only the end of some words is in the text, that is shown from where it begins."""
    text = "When the harbour was built, the council promised that the fee would never rise again"
    text += " above a shilling, and that the quay would stay open to every boat of the town."
    like = most_like(sketch(fold(text)), f"{'The old keeper says without any doubt: ' * 3}{text}")
    assert like is not None
    assert like.shown.startswith("… When the harbour was built")


@pytest.mark.parametrize("start", [0, 1, 2, 3, 4])
def test_likeness_to_a_long_quotation(start: int) -> None:
    """Wherever a long quotation begins, the first words of it that differ are shown."""
    text = "When the harbour was built, the council promised that the fee would never rise again"
    text += " above a shilling, and that the quay would stay open to every boat of the town."
    like = most_like(sketch(fold(text)), text[start:].replace("every", "any"))
    assert like is not None
    assert "would stay open to every boat" in like.shown


def test_likeness_of_signs_alone() -> None:
    """Words to compare may be no words at all, or longer than the text."""
    drawn = sketch(fold("The fee is … — “!”"))
    assert most_like(drawn, "") is None
    assert most_like(drawn, "?") is None
    assert most_like(drawn, "the fee of the harbour " * 100) is None
    assert most_like(sketch(fold("")), "the fee") is None


def test_help_is_quick_for_one_endless_word() -> None:
    """A text without spaces is neither searched nor shown letter by letter."""
    drawn = sketch(fold("ab" * 50_000 + "c" + "ab" * 50_000))
    like = most_like(drawn, "abababababxcababababab")
    assert like is not None
    assert len(like.shown) <= 100
