"""Keys and kinds: what each kind takes, what comes of it, and what is said of the rest."""

import datetime
import math
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.kinds import Key, Kind, is_date
from generator.pairs import Node, Pair, Plain, Scalar, Series, Table, in_ticks
from generator.schema import check_keys
from generator.spans import Span
from generator.words import nearest

AT = Span(2, 9)


def scalar(value: Plain) -> Scalar:
    return Scalar(value, str(value), AT)


def series(*values: Plain) -> Series:
    return Series(tuple(map(scalar, values)), AT)


def table(**values: Node) -> Table:
    return Table(tuple(Pair(name, Span(0, 1), node) for name, node in values.items()), Span(5, 6))


def read(key: Key, node: Node) -> tuple[Any, str, str]:
    """Return what comes of *node*, and the message and help if there is a problem."""
    outcome = check_keys(table(x=node), (key,), "a.md")
    for problem in outcome.diagnostics:
        return outcome.value["x"], problem.message, problem.help
    return outcome.value["x"], "", ""


@pytest.mark.parametrize(
    ("key", "node", "value"),
    [
        (Key("x"), scalar("words"), "words"),
        (Key("x"), scalar(" two \n\t lines\n"), "two lines"),
        (Key("x"), scalar("deux\xa0: mots\u2009!"), "deux\xa0: mots\u2009!"),
        (Key("x", pattern="[a-z]+"), scalar("abc"), "abc"),
        (Key("x", Kind.TEXTS), scalar("one, two"), ("one, two",)),
        (Key("x", Kind.TEXTS), series("one, two", "", "three", "three"), ("one, two", "three")),
        (Key("x", Kind.WORDS), scalar(" one ,two,, one, "), ("one", "two")),
        (Key("x", Kind.WORDS), series("one", "two three"), ("one", "two three")),
        (Key("x", Kind.WORDS), series(), ()),
        (Key("x", Kind.FLAG), scalar(True), True),
        (Key("x", Kind.FLAG, default=True), scalar(False), False),
        (Key("x", Kind.INTEGER), scalar(-3), -3),
        (Key("x", Kind.INTEGER, least=1, most=3), scalar(3), 3),
        (Key("x", Kind.NUMBER), scalar(3), 3.0),
        (Key("x", Kind.NUMBER, least=0, most=1), scalar(0.5), 0.5),
        (Key("x", Kind.DATE), scalar("2016"), "2016"),
        (Key("x", Kind.DATE), scalar(2016), "2016"),
        (Key("x", Kind.DATE), scalar("2016-12"), "2016-12"),
        (Key("x", Kind.DATE), scalar(" 2016-02-29 "), "2016-02-29"),
        (Key("x", Kind.DATE), scalar(datetime.date(868, 3, 1)), "0868-03-01"),
        (Key("x", Kind.LANGUAGE), scalar("en"), "en"),
        (Key("x", Kind.LANGUAGE), scalar("no"), "no"),
        (Key("x", Kind.LANGUAGE), scalar("zh-Hant-TW"), "zh-Hant-TW"),
        (Key("x", Kind.LANGUAGE), scalar("x-klingon"), "x-klingon"),
        (Key("x", Kind.LANGUAGE), scalar("de-CH-1901"), "de-CH-1901"),
        (Key("x", Kind.ADDRESS), scalar("https://example.org"), "https://example.org"),
        (Key("x", Kind.ADDRESS), scalar("HTTP://a.b:80/c?d#e"), "HTTP://a.b:80/c?d#e"),
        (Key("x", Kind.ADDRESS), scalar("http://[::1]:8000/"), "http://[::1]:8000/"),
        (Key("x", Kind.ADDRESS), scalar("https://ü.example/é"), "https://ü.example/é"),
        (Key("x", Kind.CHOICE, words=("ltr", "rtl")), scalar("rtl"), "rtl"),
        (Key("x", Kind.NAMES), table(c1=scalar("a"), c2=scalar("")), (("c1", "a"),)),
    ],
)
def test_what_fits(key: Key, node: Node, value: object) -> None:
    """A value that fits comes out typed, and without a word."""
    assert (value, "", "") == read(key, node)
    assert type(value) is type(read(key, node)[0])


@pytest.mark.parametrize(
    ("kind", "empty"),
    [
        (Kind.TEXT, ""),
        (Kind.TEXTS, ()),
        (Kind.WORDS, ()),
        (Kind.FLAG, False),
        (Kind.INTEGER, 0),
        (Kind.NUMBER, 0.0),
        (Kind.DATE, ""),
        (Kind.LANGUAGE, ""),
        (Kind.ADDRESS, ""),
        (Kind.CHOICE, ""),
        (Kind.NAMES, ()),
        (Kind.TABLES, ()),
    ],
)
@pytest.mark.parametrize("node", [Scalar(None, "", AT), Scalar(None, "~", AT), scalar(""), None])
def test_what_is_not_given(kind: Kind, empty: object, node: Node | None) -> None:
    """Null and no words are like no key at all: the default stands for them, without a word."""
    given_table = table(x=node) if node else table()
    key, other = Key("x", kind, words=("a", "b")), Key("x", kind, default="other", words=("a", "b"))

    assert (empty, ()) == _outcome(given_table, key)
    assert ("other", ()) == _outcome(given_table, other)


def _outcome(given_table: Table, key: Key) -> tuple[object, object]:
    outcome = check_keys(given_table, (key,), "a.md")
    return outcome.value["x"], outcome.diagnostics


@pytest.mark.parametrize(
    ("key", "node", "message", "help"),
    [
        (Key("x"), scalar(2016), "words, not `2016`", 'put it in quotation marks: `"2016"`'),
        (Key("x"), scalar(True), "words, not `True`", 'put it in quotation marks: `"True"`'),
        (Key("x"), series("a"), "words, not a list", ""),
        (Key("x"), table(), "words, not a table", ""),
        (Key("x"), scalar("a\x07b"), "words without control characters, not `a b`", ""),
        (Key("x"), scalar("a\ud800"), "words without control characters, not `a`", ""),
        (Key("x", pattern="[a-z]+", expected="a name"), scalar("A b"), "a name, not `A b`", ""),
        (
            Key("x", Kind.TEXTS),
            series("a", 1),
            "words, not `1`",
            'put it in quotation marks: `"1"`',
        ),
        (Key("x", Kind.WORDS), table(a=scalar("b")), "words or a list of them, not a table", ""),
        (Key("x", Kind.WORDS), scalar(5), "words, not `5`", 'put it in quotation marks: `"5"`'),
        (
            Key("x", Kind.WORDS),
            Series((series("a"),), AT),
            "words or a list of them, not a list",
            "",
        ),
        (
            Key("x", Kind.FLAG),
            scalar("Yes"),
            "true or false, not `Yes`",
            "write `true`, without quotation marks",
        ),
        (Key("x", Kind.FLAG), scalar("maybe"), "true or false, not `maybe`", ""),
        (Key("x", Kind.FLAG), scalar(1), "true or false, not `1`", ""),
        (Key("x", Kind.FLAG), series(True), "true or false, not a list", ""),
        (Key("x", Kind.INTEGER), scalar(1.0), "a whole number, not `1.0`", ""),
        (Key("x", Kind.INTEGER), scalar(True), "a whole number, not `True`", ""),
        (Key("x", Kind.INTEGER), scalar("1"), "a whole number, not `1`", ""),
        (Key("x", Kind.INTEGER, least=1), scalar(0), "a whole number from 1, not `0`", ""),
        (Key("x", Kind.NUMBER), scalar(math.nan), "a number, not `nan`", ""),
        (Key("x", Kind.NUMBER), scalar(-math.inf), "a number, not `-inf`", ""),
        (Key("x", Kind.NUMBER), scalar(False), "a number, not `False`", ""),
        (Key("x", Kind.NUMBER), scalar("1.5"), "a number, not `1.5`", ""),
        (Key("x", Kind.NUMBER, least=0, most=1), scalar(2), "a number from 0 to 1, not `2`", ""),
        (Key("x", Kind.DATE), scalar("2015-02-29"), "a date of the calendar, not `2015-02-29`", ""),
        (Key("x", Kind.DATE), scalar("2016-00"), "a date of the calendar, not `2016-00`", ""),
        (Key("x", Kind.DATE), scalar("0000"), "a date of the calendar, not `0000`", ""),
        (Key("x", Kind.LANGUAGE), scalar("en_GB"), None, "did you mean `en-GB`?"),
        (Key("x", Kind.LANGUAGE), scalar("English"), None, ""),
        (Key("x", Kind.LANGUAGE), scalar("en-"), None, ""),
        (Key("x", Kind.LANGUAGE), scalar(1), None, ""),
        (
            Key("x", Kind.ADDRESS),
            scalar(" example.org/a "),
            None,
            "did you mean `https://example.org/a`?",
        ),
        (Key("x", Kind.ADDRESS), scalar("javascript:alert(1)"), None, ""),
        (Key("x", Kind.ADDRESS), scalar("https://"), None, ""),
        (Key("x", Kind.ADDRESS), scalar("https://a b"), None, ""),
        (Key("x", Kind.ADDRESS), scalar("https://a@b"), None, ""),
        (Key("x", Kind.ADDRESS), scalar('https://a"onclick='), None, ""),
        (Key("x", Kind.ADDRESS), scalar("https://a\\b"), None, ""),
        (
            Key("x", Kind.ADDRESS),
            scalar("git@github.com:name/site.git"),
            None,
            "did you mean `https://github.com/name/site`?",
        ),
        (
            Key("x", Kind.CHOICE, words=("full", "quote", "link")),
            scalar("Quoted"),
            "full, quote or link, not `Quoted`",
            "did you mean `quote`?",
        ),
        (Key("x", Kind.CHOICE, words=("a", "b")), series("a"), "a or b, not a list", ""),
        (Key("x", Kind.TABLE), scalar("a"), "a table, `[x]`, not `a`", ""),
        (Key("x", Kind.TABLES), series("a"), "a table, `[x]`, not a list", ""),
        (Key("x", Kind.NAMES), scalar("a"), "a table, `[x]`, not `a`", ""),
    ],
)
def test_what_does_not_fit(key: Key, node: Node, message: str | None, help: str) -> None:
    """A value that does not fit is named with what was expected, and its default stands for it."""
    value, said, offered = read(key, node)

    assert help == offered
    assert said.startswith("`x` expects ")
    assert message is None or f"`x` expects {message}" == said
    assert check_keys(table(), (key,), "a.md").value["x"] == value


@pytest.mark.parametrize("typed", ["2016-3-1", "2016/03/01", "2016.3.1"])
def test_dates_in_other_shapes(typed: str) -> None:
    """A day written in the same order with other signs is offered as it should be."""
    assert "did you mean `2016-03-01`?" == read(Key("x", Kind.DATE), scalar(typed))[2]


@given(st.dates())
def test_every_day_is_a_date(day: datetime.date) -> None:
    """Every day, month and year of the calendar is a date; the day after a month's last is none."""
    text = day.isoformat()
    next_day = day.day + 1
    exists = next_day <= 28 or (day + datetime.timedelta(days=1)).day == next_day

    assert [True] * 3 == [is_date(text[:length]) for length in (4, 7, 10)]
    assert exists == is_date(f"{text[:8]}{next_day:02}")


def test_problems_stand_at_the_value() -> None:
    """A misfit is underlined at the value, or at the part of a list that does not fit."""
    part = Scalar(1, "1", Span(6, 7))
    nodes = table(x=scalar(1), y=Series((scalar("a"), part), AT))
    outcome = check_keys(nodes, (Key("x"), Key("y", Kind.WORDS)), "a.md")

    assert [AT, Span(6, 7)] == [problem.span for problem in outcome.diagnostics]


def test_unknown_keys() -> None:
    """An unknown key is underlined, with the nearest that is known, or all of these."""
    keys = (Key("source"), Key("by"))
    outcome = check_keys(table(sauce=scalar("a"), zzz=scalar("b")), keys, "a.md")

    assert [
        ("key-unknown", "unknown key `sauce`", Span(0, 1), "did you mean `source`?"),
        ("key-unknown", "unknown key `zzz`", Span(0, 1), "the keys known here are source, by"),
    ] == [(each.code, each.message, each.span, each.help) for each in outcome.diagnostics]


def test_missing_keys() -> None:
    """A required key that is missing is said at the table, an empty one at the key."""
    keys = (Key("x", required=True), Key("y", Kind.CHOICE, required=True, words=("a", "b")))
    outcome = check_keys(table(x=scalar(" ")), keys, "a.toml", "settings-invalid")

    assert [
        ("settings-invalid", "`x` is empty", Span(0, 1), "write what the x is"),
        ("settings-invalid", "the key `y` is missing", Span(5, 6), "it is a or b"),
    ] == [(each.code, each.message, each.span, each.help) for each in outcome.diagnostics]


def test_a_misfit_is_not_missing_too() -> None:
    """A required value of the wrong kind is one problem, not two."""
    outcome = check_keys(table(x=series("a")), (Key("x", required=True),), "a.md")

    assert 1 == len(outcome.diagnostics)


def test_tables_by_any_key() -> None:
    """Each inner table has its key, the key's place and its own checked values."""
    key = Key("x", Kind.TABLES, keys=(Key("name", required=True), Key("age", Kind.INTEGER)))
    inner = table(a=table(name=scalar("A"), age=scalar(3)), b=table(), c=scalar("no"))
    outcome = check_keys(table(x=inner), (key,), "a.toml")

    assert [("a", "A", 3), ("b", "", 0)] == [
        (name, values["name"], values["age"]) for name, _, values in outcome.value["x"]
    ]
    assert ["the key `name` is missing", "`c` expects a table, `[x.c]`, not `no`"] == [
        problem.message for problem in outcome.diagnostics
    ]


def test_values_know_their_places() -> None:
    """What was given has its value's place; what was not has none."""
    values = check_keys(table(x=scalar("a"), y=scalar("")), (Key("x"), Key("y")), "a.md").value

    assert (AT, None) == (values.place("x"), values.place("y"))


@pytest.mark.parametrize(
    ("word", "close"),
    [
        ("titel", "title"),
        ("TITLE", "title"),
        ("licens", "Licence"),
        ("base-url", "base_url"),
        ("xyzzy", None),
        ("", None),
        ("title" * 30, None),
    ],
)
def test_nearest(word: str, close: str | None) -> None:
    """The nearest known word is found whatever its case, and none when none is near."""
    known = ["title", "Licence", "base_url", "theme"]

    assert close == nearest(word, known) == nearest(word, reversed(known))


@given(st.text(st.characters()))
def test_words_in_messages_are_one_short_line(text: str) -> None:
    """Whatever an author typed, a message shows it in one printable line."""
    shown = in_ticks(text)

    assert shown.isprintable()
    assert len(shown) <= 42
