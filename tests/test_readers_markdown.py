"""Markdown sources: what stands in the file is what the document holds."""

import pytest

from generator.readers.markdown import read_markdown
from generator.spans import TextFile
from tests.casebook import Case, find_cases
from tests.conftest import Settle
from tests.drawing_documents import draw_reading

CASES = [case for case in find_cases("reading-*.md") if "text.md" in case.texts]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.title)
def test_case(case: Case, settle: Settle) -> None:
    """A source in Markdown reads as its case says, with no other problems."""
    file = TextFile("text.md", case.texts["text.md"])
    drawn = draw_reading(file, read_markdown(file, "letter"))
    for name in drawn.keys() & case.texts.keys():
        settle(case, name, drawn[name])
    assert "problems" in case.texts or drawn["problems"] == ""
