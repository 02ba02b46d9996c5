"""Whether a change may land does not depend on chance, and chance is used all the same."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

TESTS = Path(__file__).parent
LAW = """\
from hypothesis import given, settings, strategies as st
from tests.chance import examples

@settings(max_examples=examples(10))
@given(st.integers())
def test_law(number):
    print("tried", number)
"""


def tried(path: Path, *options: str, **variables: str) -> list[str]:
    """Return the numbers that the law is tried on."""
    (path / "test_law.py").write_text(LAW)
    command = (sys.executable, "-m", "pytest", "-s", "-p", "tests.conftest", "--rootdir", str(path))
    run = subprocess.run(
        [*command, *options, str(path)],
        cwd=path,
        env={**os.environ, **variables, "PYTHONPATH": str(TESTS.parent)},
        capture_output=True,
        text=True,
        check=True,
    )
    return re.findall("tried (.*)", run.stdout)


@pytest.mark.parametrize("variables", [{}, {"CI": "true"}])
def test_examples_are_the_same_everywhere(tmp_path, variables):
    """Two runs try the same ones, wherever they are."""
    once = tried(tmp_path, **variables)
    assert 10 == len(once)
    assert once == tried(tmp_path)


def test_many_random_ones_for_who_asks(tmp_path):
    """A profile has more of them, others each time."""
    once = tried(tmp_path, "--hypothesis-profile=random")
    assert 200 == len(once)
    assert once != tried(tmp_path, "--hypothesis-profile=random")


def test_no_law_says_how_often_it_is_tried():
    """It says how often among fixed examples: chance has more."""
    texts = {path.name: path.read_text("utf-8") for path in TESTS.rglob("*.py")}
    told = re.compile(r"max_examples=(?!1\b)\d")
    assert [] == [name for name, text in texts.items() if told.search(text)]
