"""The interface's words: complete, in every language there is."""

import re
import string
import tomllib
from pathlib import Path

import pytest

from generator.interface import Strings, read_strings
from generator.model import Motivation
from generator.prose import LINK_KINDS
from tests.sites import ROOT

TABLES = sorted((ROOT / "generator/strings").glob("*.toml"))
ENGLISH = tomllib.loads((ROOT / "generator/strings/en.toml").read_text("utf-8"))
SAID = re.compile(r"""\bsay\(\s*['"]([a-z_]+)['"](?! *~)""")


def fields(words):
    return {name for _, name, _, _ in string.Formatter().parse(words) if name is not None}


@pytest.mark.parametrize("path", TABLES, ids=lambda path: path.stem)
def test_every_language_says_the_same_things(path):
    """A table has the keys of the English one, and no sentence asks for what it is not given."""
    table = tomllib.loads(path.read_text("utf-8"))

    assert sorted(ENGLISH) == sorted(table)
    assert table["direction"] in ("ltr", "rtl")
    for key, words in table.items():
        assert isinstance(words, dict) == isinstance(ENGLISH[key], dict)
        known = ENGLISH[key]["other"] if isinstance(words, dict) else ENGLISH[key]
        for form in words.values() if isinstance(words, dict) else [words]:
            assert fields(form) <= fields(known), key


def test_all_that_is_said_has_words():
    """Whatever a template or a page asks for is in the table."""
    files = [*(ROOT / "themes/default").glob("*.html"), *(ROOT / "generator").rglob("*.py")]
    said = {key for path in files for key in SAID.findall(Path(path).read_text("utf-8"))}

    assert len(said) > 20
    assert set() == said - set(ENGLISH)


def test_every_kind_has_words():
    """The words of the vocabularies are said in the interface's language."""
    assert set() == {f"kind_{motivation}" for motivation in Motivation} - set(ENGLISH)
    assert set() == set(LINK_KINDS) - set(ENGLISH)


@pytest.mark.parametrize(
    ("asked", "spoken"),
    [("en", "en"), ("en-GB", "en"), ("EN", "en"), ("tlh", "en"), ("../x", "en")],
)
def test_the_nearest_language(asked, spoken):
    """A language without a table is spoken in its main language, or else in English."""
    assert spoken == read_strings(asked).language


def test_plurals_and_fields():
    """The number picks the form, and what is filled in is never read as a field itself."""
    say = Strings("en", {"n_days": {"one": "{n} day", "other": "{n} days"}, "by": "by {name}"})

    assert ["0 days", "1 day", "2 days"] == [say("n_days", n=n) for n in range(3)]
    assert "by {n} {x!r}" == say("by", name="{n} {x!r}")
    with pytest.raises(KeyError):
        say("nothing")
