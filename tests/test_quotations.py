"""Target quotes taken apart: the line that says where, and the words before it."""

import pytest

from generator.quotations import Where, find_end, read_quotation, read_where
from generator.spans import TextFile


@pytest.mark.parametrize(
    ("line", "source", "locators"),
    [
        ("— p1", "", ("p1",)),
        ("– p1", "", ("p1",)),
        ("-- p1", "", ("p1",)),
        ("  —p12  ", "", ("p12",)),
        ("— p1-p3", "", ("p1-p3",)),
        ("— p1–p3", "", ("p1-p3",)),
        ("— p1, p3", "", ("p1", "p3")),
        ("— c5.2,f1", "", ("c5.2", "f1")),
        ("— L10-L20", "", ("L10-L20",)),
        ("— #the-fee", "", ("#the-fee",)),
        ("— #über-das-港", "", ("#über-das-港",)),
        ("— harbour-letter", "harbour-letter", ()),
        ("— 1868", "1868", ()),
        ("— harbour-letter, #the-fee, p2", "harbour-letter", ("#the-fee", "p2")),
    ],
)
def test_a_line_that_says_where(line: str, source: str, locators: tuple[str, ...]) -> None:
    """A dash, a source's id, locators: the shape alone decides."""
    assert Where(source, locators) == read_where(line)


@pytest.mark.parametrize(
    "line",
    [
        "",
        "—",
        "p1",
        "- p1",
        "---",
        "—hope",
        "--flag",
        "— A. Writer",
        "— Hope",
        "— two words",
        "— p1, letter",
        "— letter, other",
        "— p1,",
        "— p1.",
        "— #",
        "words — p1",
    ],
)
def test_a_line_of_another_shape(line: str) -> None:
    """Whatever has not the shape is part of the quotation."""
    assert None is read_where(line)


@pytest.mark.parametrize(
    ("text", "words", "where"),
    [
        ("> a\n> — p1", "a", "— p1"),
        ("> a\n>\n> — p1\n>", "a", "— p1"),
        ("> a\n> — p1\n> — p2", "a\n— p1", "— p2"),
        (">a\n>\tb", "a\nb", ""),
        ("   >    a\n", "   a", ""),
        ("> a\nb", "a\nb", ""),
        ("> > a\n> — p1", "> a", "— p1"),
        ("> a <!-- b -->\n> — p1 <!-- c -->", "a", "— p1"),
        ("> a\n> — p1\n> <!-- c\n> d -->", "a", "— p1"),
        ("> ```\n> <!-- a -->\n> ```", "```\n<!-- a -->\n```", ""),
        ("> ``<!-- ` -->``", "``<!-- ` -->``", ""),
        ("> — p1", "", "— p1"),
    ],
)
def test_words_and_where(text: str, words: str, where: str) -> None:
    """The words lose the first sign of quotation, comments, and the line that says where."""
    file = TextFile("notes.md", text)
    read = read_quotation(file, 0, text.count("\n") + 1)
    assert read is not None
    found = file.text[slice(*read.where_place)] if read.where.locators else ""
    assert (words, where) == (read.words.text, found)


@pytest.mark.parametrize("text", [">", "> \n>\n", "> <!-- a -->"])
def test_nothing_quoted(text: str) -> None:
    """A quotation with neither words nor a place is none."""
    assert None is read_quotation(TextFile("notes.md", text), 0, text.count("\n") + 1)


@pytest.mark.parametrize(
    ("text", "end"),
    [
        ("> a\n> — p1\nb\n> c", 2),
        ("> a\nb\n> — p1", 3),
        ("> a\n> — p1\n\n", 4),
        ("> — p1\n> — p2\nb", 2),
    ],
)
def test_where_a_quotation_should_end(text: str, end: int) -> None:
    """A line without its sign is no part of it after the line that says where."""
    assert end == find_end(TextFile("notes.md", text), 0, text.count("\n") + 1)
