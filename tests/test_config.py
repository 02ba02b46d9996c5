"""The settings of a site: each key, its default, and what is said of a value that does not fit."""

from dataclasses import asdict, fields

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.config import KEYS, Config, read_config
from generator.spans import TextFile
from tests.casebook import Case, find_cases
from tests.conftest import Settle
from tests.drawing_keys import draw_problems


@pytest.mark.parametrize("case", find_cases("config.md"), ids=lambda case: case.title)
def test_case(case: Case, settle: Settle) -> None:
    """Settings come to what their case says."""
    file = TextFile("site.toml", case.texts["file"])
    outcome = read_config(file)
    settle(case, "read", draw(outcome.value, draw_problems(file, outcome.diagnostics)))


def draw(config: Config | None, problems: list[str]) -> str:
    """Draw what differs from the defaults, then the problems."""
    lines = ["no settings"] if config is None else []
    usual = asdict(Config(""))
    for name, value in asdict(config).items() if config else ():
        if name == "annotators":
            lines += [f"annotator {' | '.join(annotator.values())}" for annotator in value]
        elif value != usual[name]:
            lines.append(f"{name} {value}")
    return "".join(f"{line}\n" for line in [*lines, *problems])


def test_the_keys_are_those_of_the_settings() -> None:
    """Every key of the file, and no other, is a field of the settings, by name."""
    own = {key.name for key in KEYS if not key.keys} | {"annotators"}
    inner = {each.name for key in KEYS if key.name != "annotators" for each in key.keys}

    assert own | inner == {field.name for field in fields(Config)}


def test_the_defaults_are_those_of_the_keys() -> None:
    """A file with a title only gives the defaults that the settings themselves have."""
    assert Config("x") == read_config(TextFile("site.toml", 'title = "x"')).value


@given(st.text(st.characters(exclude_categories=["C"]), min_size=1).filter(str.strip))
def test_an_annotator_always_has_initials(name: str) -> None:
    """Whatever letters a name is made of, something short stands for it in the margin."""
    quoted = name.replace("\\", "\\\\").replace('"', '\\"')
    text = f'title = "x"\n[annotators.editor]\nname = "{quoted}"\n'
    config = read_config(TextFile("site.toml", text)).value

    assert config is not None
    [annotator] = config.annotators
    assert annotator.initials.strip()
