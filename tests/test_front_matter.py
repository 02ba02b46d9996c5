"""Front matter: where it begins and ends, what its YAML says, and what it may not hold."""

import pytest
import yaml
from hypothesis import example, given
from hypothesis import strategies as st

from generator.front_matter import read_front_matter
from generator.pairs import Scalar, Series, Table
from generator.spans import Span, TextFile
from generator.yaml_pairs import FASTEST
from tests.casebook import Case, find_cases
from tests.conftest import Settle
from tests.drawing_keys import draw_read

# Where PyYAML came without libyaml, the first is the second.
LOADERS = [pytest.param(FASTEST, id="fastest"), pytest.param(yaml.SafeLoader, id="python")]
# What YAML's parsers trip over, and each of them over something else.
PIECES = [
    *("a", "é", "😀", "1", "0o7", "word word", "key: ", "b: ", ": ", ":", "? ", "?", "- ", "-"),
    *("\n", "\n", "  ", "\t", "\xa0", "\x85", "\u2028", "\ufeff", "\x00", "\x07", "\ue03f"),
    *("[", "]", "{", "}", ", ", ",", "'", '"', "#", " # ", "|", "|\n  ", ">\n ", ">-\n "),
    *("&a ", "*a", "!!str ", "!", "<<: *a", "%YAML 1.2\n", "---", "...", "\n...\n", "@", "`", "~"),
    *("=", "\\", "\\u0041", "\\x41", "\\ud800", "\\U00ffffff"),
]
texts = st.lists(st.sampled_from(PIECES), max_size=12).map("".join)


def between_fences(yaml_text: str) -> TextFile:
    return TextFile("a.md", f"---\n{yaml_text}\n---\nThe body.\n")


@pytest.mark.parametrize("loader", LOADERS)
@pytest.mark.parametrize("case", find_cases("front-matter.md"), ids=lambda case: case.title)
def test_case(case: Case, loader: type, settle: Settle) -> None:
    """Front matter reads as its case says, whichever parser PyYAML has here."""
    file = TextFile("a.md", case.texts["file"])
    outcome = read_front_matter(file, loader)
    line, column = file.line_column(outcome.value.body_start)
    body = f"body at {line}:{column}\n"
    settle(case, "read", draw_read(file, outcome.value.table, outcome.diagnostics) + body)


@given(texts, st.booleans())
@example("a: [why?]", True)
@example("a: |#", True)
@example("a: b\t", True)
@example("{b: }", False)
def test_both_parsers_say_the_same(yaml_text: str, with_key: bool) -> None:
    """libyaml and PyYAML's own parser read the same keys, places and problems in any text."""
    file = between_fences(f"key: {yaml_text}" if with_key else yaml_text)

    assert read_front_matter(file, yaml.SafeLoader) == read_front_matter(file, FASTEST)


@given(texts)
def test_every_place_has_words(yaml_text: str) -> None:
    """Keys, values and problems stand on characters of the file, above the body."""
    file = between_fences(yaml_text)
    outcome = read_front_matter(file)
    places = [problem.span for problem in outcome.diagnostics]
    for pair in outcome.value.table.pairs:
        places += [pair.place, pair.value.place]
        if isinstance(pair.value, Series):
            places += [part.place for part in pair.value.parts]
    opening, body = Span(0, 3), Span(4, outcome.value.body_start)

    assert [] == [
        at for at in places if at != opening and not (body.covers(at) and at.end > at.start)
    ]


@given(
    st.dictionaries(st.from_regex("[a-z_]{1,9}", fullmatch=True), st.text(max_size=20), max_size=4)
)
def test_what_yaml_writes_is_read_back(words: dict[str, str]) -> None:
    """Words that PyYAML quotes for us come back as they were, at their places."""
    printable = {key: "".join(filter(str.isprintable, value)) for key, value in words.items()}
    file = between_fences("\n".join(f"{key}: {_quote(value)}" for key, value in printable.items()))
    outcome = read_front_matter(file)

    assert () == outcome.diagnostics
    assert printable == {pair.key: pair.value.value for pair in outcome.value.table.pairs}
    assert list(map(_quote, printable.values())) == [
        file.text[slice(*pair.value.place)] for pair in outcome.value.table.pairs
    ]


def _quote(words: str) -> str:
    return '"' + words.replace("\\", "\\\\").replace('"', '\\"') + '"'


@pytest.mark.parametrize("loader", LOADERS)
@pytest.mark.parametrize(
    "bomb",
    [
        "[" * 60_000,
        "a: " + "[" * 60_000,
        "{a: " * 15_000,
        "- " * 30_000,
        "a: b c: " * 8_000,
        "a: x" + " " * 60_000 + "y: z",
        "&a " * 20_000,
        "a: &" + "b" * 60_000,
        "a: '" + "'" * 60_000,
        "a: *" + "b" * 60_000,
        "a: " + "\n- - x" * 9_000,
    ],
    ids=lambda bomb: bomb[:9],
)
def test_bombs_are_one_problem(bomb: str, loader: type) -> None:
    """Nesting and length that would take long or break a parser are one plain problem."""
    assert ["front-matter-invalid"] == [
        problem.code for problem in read_front_matter(between_fences(bomb), loader).diagnostics
    ]


def test_the_longest() -> None:
    """More than 64 KB are not parsed; the body begins behind them all the same."""
    file = between_fences("a: " + "x" * 65_536)
    outcome = read_front_matter(file)
    [problem] = outcome.diagnostics

    assert ("front-matter-invalid", Span(0, 3)) == (problem.code, problem.span)
    assert "The body.\n" == file.text[outcome.value.body_start :]
    assert () == outcome.value.table.pairs


def test_a_long_number_is_words() -> None:
    """A number longer than any that is meant as one stays what was typed."""
    digits = "9" * 5_000
    [pair] = read_front_matter(between_fences(f"a: {digits}")).value.table.pairs

    assert isinstance(pair.value, Scalar)
    assert digits == pair.value.value


def test_no_front_matter() -> None:
    """A file without front matter is all body, and its empty table stands nowhere."""
    outcome = read_front_matter(TextFile("a.md", "## Gist\n"))

    assert (Table((), None), 0, ()) == (
        outcome.value.table,
        outcome.value.body_start,
        outcome.diagnostics,
    )


@pytest.mark.parametrize(
    ("yaml_text", "underlined"),
    [
        ("a: b\x07c", "\x07"),
        ("a: b\x00c", "\x00"),
        ("\ta: b", "\t"),
        ('a: "\\U00110000"', '00110000"'),
        ("a: b\nc: d\ufffee", "\ufffe"),
    ],
)
def test_characters_that_yaml_has_not(yaml_text: str, underlined: str) -> None:
    """A character that YAML refuses is underlined."""
    file = between_fences(yaml_text)
    [problem] = read_front_matter(file).diagnostics

    assert problem.span is not None
    assert underlined == file.text[slice(*problem.span)]
