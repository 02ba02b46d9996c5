"""Annotation files: what an author writes is what the generator understands."""

from collections.abc import Callable

import pytest

from generator.readers.annotations import read_annotations
from generator.spans import TextFile
from tests.casebook import Case, find_cases
from tests.drawing_notes import draw_annotations


@pytest.mark.parametrize("case", find_cases("annotations-*.md"), ids=lambda case: case.title)
def test_case(case: Case, settle: Callable[[Case, str, str], None]) -> None:
    """A file of notes reads as its case says: notes, places, words underlined."""
    file = TextFile("notes.md", case.texts["notes"])
    settle(case, "read", draw_annotations(file, read_annotations(file)))


def test_direction_controls_are_named_where_they_stand() -> None:
    """What turns the direction of writing is a warning, wherever in the file it is."""
    file = TextFile("notes.md", "---\nby: ed\u202eitor\n---\n## One\n\n> two\u2066 three\n")
    found = read_annotations(file).diagnostics
    assert [("bidi-control", (2, 7)), ("bidi-control", (6, 6))] == [
        (each.code, file.line_column(each.span.start)) for each in found if each.span
    ]
