"""Pages of HTML: what a browser shows is what the document holds."""

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
