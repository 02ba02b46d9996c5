"""Anchoring: what authors quote is found to the character, and what is not found is explained."""

from collections.abc import Iterator

import pytest

from generator.anchoring import anchor
from generator.citing import quote
from generator.diagnostics import Diagnostic, Outcome
from generator.drawing import draw_text
from generator.folding import fold
from generator.locating import labels_of, locate, make_gazetteer
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
