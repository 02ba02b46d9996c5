"""Pages of HTML: what a browser shows is what the document holds."""

import time

import pytest

from generator.readers.html import read_html
from generator.spans import TextFile
from tests.casebook import Case, find_cases
from tests.conftest import Settle
from tests.drawing_documents import draw_reading

CASES = [case for case in find_cases("reading-*.md") if "text.html" in case.texts]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.title)
def test_case(case: Case, settle: Settle) -> None:
    """A page reads as its case says, with no other problems."""
    file = TextFile("text.html", case.texts["text.html"])
    drawn = draw_reading(file, read_html(file, "letter"))
    for name in drawn.keys() & case.texts.keys():
        settle(case, name, drawn[name])
    assert "problems" in case.texts or drawn["problems"] == ""


def test_blocks_beyond_the_deepest_still_part_words() -> None:
    """What is too deep to be a block is a paragraph, at the line where that begins."""
    file = TextFile("text.html", "<div>a\n" * 501 + "<div>b<section>c</section>d")
    outcome = read_html(file, "letter")
    assert ["a"] * 501 + ["b", "c", "d"] == outcome.value.text.split("\n")
    assert ["text-too-deep"] == [each.code for each in outcome.diagnostics]
    place = outcome.diagnostics[0].span
    assert place is not None
    assert (501, 1) == file.line_column(place.start)


def test_formats_that_nobody_closed_do_not_multiply_the_page() -> None:
    """Hundreds of open formats, each to be opened again in every paragraph, keep their words."""
    html = "".join(f"<font color={number}>" for number in range(2000)) + "<p>x" * 2000
    outcome = read_html(TextFile("text.html", html), "letter")
    assert (["x"] * 2000, ()) == (outcome.value.text.split("\n"), outcome.diagnostics)


@pytest.mark.parametrize("part", ["<div>", "<b><p>", "<a", "<", "<a href=x><p>", "&amp", "<!--"])
def test_hostile_repetition_takes_its_time_and_no_more(part: str) -> None:
    """A part many times over costs a few seconds of work at the very most."""
    start = time.process_time()
    read_html(TextFile("text.html", part * 20_000), "letter")
    assert time.process_time() - start < 20
