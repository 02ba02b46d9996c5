"""The facts about a source: each key, and what is said of a value that does not fit."""

from dataclasses import asdict, fields

import pytest

from generator.model import Source
from generator.readers.sources import KEYS, read_source
from generator.spans import TextFile
from tests.casebook import Case, find_cases
from tests.conftest import Settle
from tests.drawing_keys import draw_problems

PATH = "seeds/harbour-letter/source.toml"


@pytest.mark.parametrize("case", find_cases("sources.md"), ids=lambda case: case.title)
def test_case(case: Case, settle: Settle) -> None:
    """The facts come to what their case says."""
    file = TextFile(PATH, case.texts["file"])
    outcome = read_source(file, "harbour-letter")
    settle(case, "read", draw(outcome.value, draw_problems(file, outcome.diagnostics)))


def draw(source: Source | None, problems: list[str]) -> str:
    """Draw the facts that are not empty, then the problems."""
    facts = asdict(source) if source else {}
    lines = [] if source else ["no source"]
    lines += [f"{name} {facts[key.name]}" for key in KEYS if facts.get(name := key.name)]
    return "".join(f"{line}\n" for line in [*lines, *problems])


def test_the_keys_are_those_of_a_source() -> None:
    """Every key of the file, and no other, is a fact of the source, by name."""
    given = {"id", "path", "text_path", "places"}

    assert {key.name for key in KEYS} | given == {field.name for field in fields(Source)}


def test_a_source_knows_its_files() -> None:
    """The id, and the paths of facts and words, are those that the caller gives."""
    file = TextFile(PATH, 'title = "x"\nrights = "full"\n')
    source = read_source(file, "harbour-letter", "seeds/harbour-letter/text.txt").value

    assert source is not None
    assert ("harbour-letter", PATH, "seeds/harbour-letter/text.txt") == (
        source.id,
        source.path,
        source.text_path,
    )
