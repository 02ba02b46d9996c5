"""The interface's words: complete, in every language there is."""

import ast
import re
import string
import tomllib
from pathlib import Path

import pytest
from jinja2 import Environment

from generator.interface import PLURALS, Strings, find_language, list_languages, read_strings
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
    forms, _ = PLURALS[path.stem]
    for key, words in table.items():
        assert isinstance(words, dict) == isinstance(ENGLISH[key], dict)
        if isinstance(words, dict):
            assert forms == tuple(words), key
            # One and two may be words; what stands for many numbers has to say which.
            assert all(fields(form) <= fields(ENGLISH[key]["other"]) for form in words.values()), (
                key
            )
            assert fields(words["other"]) == fields(ENGLISH[key]["other"]), key
        else:
            assert fields(words) == fields(ENGLISH[key]), key


def test_every_table_has_the_plural_rules_of_its_language():
    """A language without rules cannot be spoken, and rules without a table are for nobody."""
    assert set(PLURALS) == set(list_languages())


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        ("en", "other one other other other other other other other other other"),
        ("fr", "one one other other other other other other other other many"),
        ("ar", "zero one two few few many many other other few other"),
    ],
)
def test_plural_forms_as_in_cldr(language, expected):
    """Each language picks its forms by its own rule."""
    _, pick = PLURALS[language]
    numbers = (0, 1, 2, 3, 10, 11, 99, 100, 102, 103, 1_000_000)

    assert expected.split() == [pick(n) for n in numbers]


def test_every_form_is_reached():
    """No form is written in vain, and none is picked that a table has not."""
    for forms, pick in PLURALS.values():
        assert set(forms) == {pick(n) for n in (*range(200), 1_000_000)}


@pytest.mark.parametrize(
    ("language", "words", "figure"),
    [
        ("en", "1,234 words", "0.75"),
        ("fr", "1\u202f234 mots", "0,75"),
        ("ar", "1,234 كلمة", "0.75"),
    ],
)
def test_figures_as_they_are_written(language, words, figure):
    """Thousands and decimals are parted as in the language of the interface."""
    say = read_strings(language)

    assert (words, figure) == (say("n_words", n=1234), say.spell("0.75"))


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        ("en", "1868 · March 1868 · 20 March 1868 · 1 January 868 · 31 December 2026"),
        ("fr", "1868 · mars 1868 · 20 mars 1868 · 1er janvier 868 · 31 décembre 2026"),
        ("ar", "1868 · مارس 1868 · 20 مارس 1868 · 1 يناير 868 · 31 ديسمبر 2026"),
    ],
)
def test_dates_as_they_are_written(language, expected):
    """A date is as exact as it is known, with the month's name in the interface's language."""
    say = read_strings(language)
    dates = ("1868", "1868-03", "1868-03-20", "0868-01-01", "2026-12-31")

    assert expected.split(" · ") == [say.date(date) for date in dates]


@pytest.mark.parametrize("date", ["", "today", "1868-13", "1868-03-20T10:00", "20 March 1868"])
def test_what_is_no_date_stays_as_it_is(date):
    """A theme may give words of its own."""
    assert date == read_strings("fr").date(date)


@pytest.mark.parametrize(
    ("language", "words", "expected"),
    [
        ("en", "The gate", "More: The gate"),
        ("en", "1868: ×", "More: 1868: ×"),
        ("en", "الباب (twice)", "More: \u2068الباب (twice)\u2069"),
        ("en", "השער", "More: \u2068השער\u2069"),
        ("ar", "الباب", "المزيد: الباب"),
        ("ar", "1868 ≠ 1869", "المزيد: 1868 ≠ 1869"),
        ("ar", "The gate.", "المزيد: \u2068The gate.\u2069"),
        (
            "ar",
            "\u2068The gate\u2069 · \u2068C++\u2069",
            "المزيد: \u2068The gate\u2069 · \u2068C++\u2069",
        ),
    ],
)
def test_foreign_words_turn_nothing(language, words, expected):
    """What is filled into a sentence is isolated where it is written the other way, and once."""
    assert expected == read_strings(language)("more_of", title=words)


def test_a_script_is_given_all_forms():
    """Each form has its name in CLDR, and a mark where the number will stand."""
    forms = dict(read_strings("ar").forms("search_found"))

    assert list(PLURALS["ar"][0]) == list(forms)
    assert ("نتيجتان", "# نتائج") == (forms["two"], forms["few"])


def test_lists_are_those_of_the_language():
    """Names are parted by the comma of the interface, and none turns its neighbours."""
    names = ["الباب", "gate", "port"]

    assert "الباب، \u2068gate\u2069، \u2068port\u2069" == read_strings("ar").join(names)
    assert "\u2068الباب\u2069, gate, port" == read_strings("fr").join(names)


# Blocks inside of attributes, and tags.
KIND = re.compile("{% block (?:kind|anchor|evaluates) %}[^{]*")
TAG = re.compile(r"<[^>]*>|[\w-]+=\"\"|&\w+;", re.DOTALL)


@pytest.mark.parametrize(
    "path", sorted((ROOT / "themes").glob("*/*.html")), ids=lambda path: path.stem
)
def test_a_template_has_no_words_of_its_own(path):
    """Words come from the table, and so do commas, colons and semicolons."""
    tokens = list(Environment().lex(KIND.sub("{% block x %}", path.read_text("utf-8"))))
    asked = [value[1:-1].strip() for _, kind, value in tokens if kind == "string"]
    data = "".join(value for _, kind, value in tokens if kind == "data")

    assert [] == re.findall(r"[^\W\d_]+|[,;:]", TAG.sub(" ", data))
    assert not {",", ";", ":"} & set(asked)


def test_pages_part_words_by_the_table():
    """No view joins what people read by signs of its own language: what was typed, and data, are
    not ours."""
    typed = {"framing.py": 1}
    found = {}
    for path in sorted((ROOT / "generator/views").glob("*.py")):
        nodes = ast.walk(ast.parse(path.read_text("utf-8")))
        signs = [n.value for n in nodes if isinstance(n, ast.Constant) and isinstance(n.value, str)]
        count = sum(sign in (", ", "; ", ": ") for sign in signs)
        if count != typed.get(path.name, 0):
            found[path.name] = count

    assert {} == found


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
    [
        ("en", "en"),
        ("en-GB", "en"),
        ("EN", "en"),
        ("fr-CA", "fr"),
        ("ar-EG", "ar"),
        ("tlh", "en"),
        ("../x", "en"),
    ],
)
def test_the_nearest_language(asked, spoken):
    """A language without a table is spoken in its main language, or else in English."""
    assert spoken == read_strings(asked).language
    assert find_language(asked) in (spoken, "")


def test_plurals_and_fields():
    """The number picks the form, and what is filled in is never read as a field itself."""
    words = {"n_days": {"one": "{n} day", "other": "{n} days"}, "by": "by {name}"}
    say = Strings("en", words | {"direction": "ltr"})

    assert ["0 days", "1 day", "2 days"] == [say("n_days", n=n) for n in range(3)]
    assert "by {n} {x!r}" == say("by", name="{n} {x!r}")
    with pytest.raises(KeyError):
        say("nothing")
