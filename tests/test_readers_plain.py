"""Plain text: nothing is markup, and lines stay lines."""

import pytest

from generator.readers.plain import read_plain
from generator.spans import TextFile
from tests.casebook import Case, find_cases
from tests.conftest import Settle
from tests.drawing_documents import draw_reading

CASES = [case for case in find_cases("reading-*.md") if "text.txt" in case.texts]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.title)
def test_case(case: Case, settle: Settle) -> None:
    """A plain text reads as its case says, with no other problems."""
    file = TextFile("text.txt", case.texts["text.txt"])
    drawn = draw_reading(file, read_plain(file, "letter"))
    for name in drawn.keys() & case.texts.keys():
        settle(case, name, drawn[name])
    assert "problems" in case.texts or drawn["problems"] == ""
