"""Markdown sources: what stands in the file is what the document holds."""

import time

import pytest

from generator.placeholders import TEXT
from generator.readers.html import read_html
from generator.readers.markdown import read_markdown
from generator.readers.plain import read_plain
from generator.spans import Span, TextFile
from tests.casebook import Case, find_cases
from tests.conftest import Settle
from tests.drawing_documents import draw_reading

READERS = (read_markdown, read_plain, read_html)
CASES = [case for case in find_cases("reading-*.md") if "text.md" in case.texts]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.title)
def test_case(case: Case, settle: Settle) -> None:
    """A source in Markdown reads as its case says, with no other problems."""
    file = TextFile("text.md", case.texts["text.md"])
    drawn = draw_reading(file, read_markdown(file, "letter"))
    for name in drawn.keys() & case.texts.keys():
        settle(case, name, drawn[name])
    assert "problems" in case.texts or drawn["problems"] == ""


def test_what_is_too_deep_is_one_problem_a_passage() -> None:
    """Lines that lie together are one problem, at the first of them."""
    deep = "> " * 102 + "a\n\n"
    file = TextFile("text.md", f"{deep}{deep}b\n\n{deep}")
    outcome = read_markdown(file, "letter")
    assert "> > a\n> > a\nb\n> > a" == outcome.value.text
    places = [file.line_column(each.span.start) for each in outcome.diagnostics if each.span]
    assert [(1, 1), (7, 1)] == places


@pytest.mark.parametrize(
    ("typed", "places"),
    [
        (f"\n{TEXT}\n", [Span(1, 1 + len(TEXT))]),
        (TEXT.replace(" the", "\n  the", 1), [Span(0, 2 + len(TEXT))]),
        (TEXT.replace(" source", "\nsource"), [Span(0, len(TEXT))]),
        (TEXT.replace("words", "*words*"), []),
        (f"{TEXT}\n\nAnd more.", []),
    ],
)
def test_the_placeholder_of_a_text_is_found_as_it_was_written(typed, places) -> None:
    """What only reads like it is somebody's own, and stands at no place that could be shown."""
    problems = read_markdown(TextFile("text.md", typed), "letter").diagnostics
    assert places == [each.span for each in problems]


def test_the_digest_stands_for_the_text_and_how_it_is_read() -> None:
    """Two texts, or one read in two ways, have two digests; the same text always has the same."""
    files = TextFile("a.md", "a"), TextFile("b.md", "b")
    digests = [read(file, "x").value.digest for file in files for read in READERS]
    assert 6 == len(set(digests))
    assert digests[0] == read_markdown(TextFile("c.md", "a"), "y").value.digest


def test_reading_leaves_nothing_behind() -> None:
    """The one parser of all sources does not remember definitions or footnotes of another."""
    read_markdown(TextFile("a.md", "[x]: u\n\n[^1]: note"), "a")
    assert "[x] [^1]" == read_markdown(TextFile("b.md", "[x] [^1]"), "b").value.text


def test_thousands_of_comments_are_read_at_once() -> None:
    """Names and replies of a long thread are settled in one walk, whatever their order."""
    comments = [f"### {{#c{number} re=c{number + 1}}}\nx\n" for number in range(1, 4_000)]
    text = "## A {.thread}\n" + "###\nx\n" * 2000 + "## B {.thread}\n" + "###\nx\n" * 2000
    start = time.process_time()
    backwards = read_markdown(TextFile("a.md", "## T {.thread}\n" + "".join(comments)), "a")
    unnamed = read_markdown(TextFile("b.md", text), "b")
    assert time.process_time() - start < 20
    assert 1 == len(backwards.diagnostics)
    labels = [each.label for each in unnamed.value.locators if each.kind == "comment"]
    assert [f"c{number}" for number in range(1, 4_001)] == labels
