"""Annotation files: what an author writes is what the generator understands."""

import pytest

from generator.readers.annotations import read_annotations
from generator.spans import TextFile
from tests.casebook import Case, find_cases
from tests.drawing_notes import draw_annotations


@pytest.mark.parametrize("case", find_cases("annotations-*.md"), ids=lambda case: case.title)
def test_case(case: Case) -> None:
    """A file of notes reads as its case says: notes, places, words underlined."""
    file = TextFile("notes.md", case.texts["notes"])
    assert case.texts["read"] == draw_annotations(file, read_annotations(file))
