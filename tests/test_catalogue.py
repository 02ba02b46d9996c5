"""The catalogue of diagnostics: one code, one explanation, in the command and in the manual."""

import re
from pathlib import Path

import pytest

from generator.catalogue import CODES

ROOT = Path(__file__).parents[1]
MANUAL = (ROOT / "seeds/manual/text.md").read_text("utf-8")
CODE_FILES = [p for p in (ROOT / "generator").rglob("*.py") if p.name != "catalogue.py"]
CODE_TEXT = "\n".join(path.read_text("utf-8") for path in CODE_FILES)


def manual_entries() -> dict[str, str]:
    """The codes of the manual's chapter on messages, each with its words on one line."""
    chapter = MANUAL.partition("\n## Messages\n")[2]
    entries = re.findall(r"^### ([a-z0-9-]+)\n\n((?:(?!^#).*\n?)*)", chapter, re.MULTILINE)
    return {code: " ".join(words.split()) for code, words in entries}


def test_the_manual_explains_every_code():
    """The manual and `explain` use the same words, in the same order."""
    expected = {code: entry.explanation for code, entry in CODES.items()}

    assert expected == manual_entries()
    assert list(expected) == list(manual_entries())


def test_codes_are_in_alphabetical_order():
    """A reader of the catalogue finds a code without searching."""
    assert sorted(CODES) == list(CODES)


@pytest.mark.parametrize("code", CODES)
def test_every_code_is_used(code):
    """No code stands in the catalogue that the generator cannot say."""
    assert f'"{code}"' in CODE_TEXT


def test_every_code_that_is_said_is_in_the_catalogue():
    """A diagnostic with a code that nobody explains would fail when it is shown."""
    said = set(re.findall(r'Diagnostic\(\s*"([a-z0-9-]+)"', CODE_TEXT))

    assert set() == said - set(CODES)
