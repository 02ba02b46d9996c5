"""Settings: TOML with the place of every key and value, and its faults in words of our own."""

import tomllib
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.pairs import Node, Scalar, Series, Table
from generator.settings import read_settings
from generator.spans import TextFile
from tests.casebook import Case, find_cases
from tests.conftest import Settle
from tests.drawing_keys import draw_read

bare = st.from_regex("[A-Za-z0-9_-]{1,6}", fullmatch=True)
words = st.text(st.characters(exclude_categories=["Cc", "Cs"]), max_size=8)
quoted = words.map(lambda text: '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"')
literal = words.map(lambda text: "'" + text.replace("'", "") + "'")
many_lines = st.lists(literal | bare, max_size=3).map(
    lambda each: f"'''\n{chr(10).join(each)}\n'''".replace("''''", "'")
)
plain = st.sampled_from(
    "1 -1 +1 0 1_000 0xff 0o17 0b1 1.5 -1.5e-3 1e6 inf -nan true false 2016-03-20 07:32:00 "
    "2016-03-20T07:32:00Z 2016-03-20T07:32:00.5-05:00".split()
)
space = st.sampled_from(["", " ", "\t", "  "])
gap = st.sampled_from(["", " ", "\n", " # a, comment]\n", "\n\n"])


def lists(values: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    return st.tuples(st.lists(st.tuples(gap, values, gap).map("".join), max_size=3), gap).map(
        lambda parts: f"[{','.join(parts[0])}{parts[1]}]"
    )


def inline_tables(values: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    pairs = st.dictionaries(bare, values, max_size=3)
    return pairs.map(lambda own: "{" + ", ".join(f"{k} = {v}" for k, v in own.items()) + "}")


values = st.recursive(
    plain | quoted | literal | many_lines,
    lambda inner: lists(inner) | inline_tables(inner),
    max_leaves=6,
)
keys = st.tuples(space, bare | quoted | literal, space).map("".join)
dotted = st.lists(keys, min_size=1, max_size=3).map(".".join)
lines = st.one_of(
    st.tuples(dotted, space, values, space).map(lambda p: f"{p[0]}={p[1]}{p[2]}{p[3]}"),
    st.tuples(space, dotted, space).map(lambda p: f"{p[0]}[{p[1]}]{p[2]}"),
    dotted.map(lambda key: f"[[{key}]]"),
    st.sampled_from(["", "# a comment = [", "  "]),
)
files = st.lists(lines, max_size=8).map("\n".join)


@pytest.mark.parametrize("case", find_cases("settings.md"), ids=lambda case: case.title)
def test_case(case: Case, settle: Settle) -> None:
    """Settings read as their case says."""
    file = TextFile("site.toml", case.texts["file"])
    outcome = read_settings(file)
    settle(case, "read", draw_read(file, outcome.value, outcome.diagnostics) or "(no keys)\n")


@given(files)
def test_what_tomllib_reads_we_read(text: str) -> None:
    """Every valid text gives the values of ``tomllib``; every other one is one problem."""
    outcome = read_settings(TextFile("site.toml", text))
    try:
        content = tomllib.loads(text)
    except tomllib.TOMLDecodeError:
        assert ["settings-invalid"] == [problem.code for problem in outcome.diagnostics]
        return

    assert () == outcome.diagnostics
    assert outcome.value is not None
    assert repr(content) == repr(_plain(outcome.value))


@given(files)
def test_places_hold_what_they_stand_for(text: str) -> None:
    """What stands at a value's place is that value, and at a key's place that key."""
    table = read_settings(TextFile("site.toml", text)).value
    for key, value in _leaves(text, table) if table else ():
        assert value.place is not None
        assert repr(tomllib.loads(f"x = {text[slice(*value.place)]}")["x"]) == repr(_plain(value))
        assert [key[0]] == list(tomllib.loads(f"{key[1]} = 0"))


def _plain(node: Node) -> Any:
    match node:
        case Table(pairs):
            return {pair.key: _plain(pair.value) for pair in pairs}
        case Series(parts):
            return [_plain(part) for part in parts]
        case Scalar(value):
            return value


def _leaves(text: str, table: Table) -> list[tuple[tuple[str, str], Scalar | Series]]:
    found = []
    for pair in table.pairs:
        if isinstance(pair.value, Table):
            found += _leaves(text, pair.value)
        elif text[pair.value.place.start] != "[" or text[pair.value.place.end - 1] == "]":
            # A list of tables stands nowhere as a whole: its place is that of its name.
            key = (pair.key, text[slice(*pair.place)])
            if pair.place != pair.value.place:
                found.append((key, pair.value))
    return found


@pytest.mark.parametrize(
    "bomb",
    [
        "a = " + "[" * 250_000,
        "a = " + "{a=" * 80_000,
        "a" + ".a" * 120_000 + " = 1",
        "[" + "a." * 120_000 + "a]",
        "a = " + "9" * 5_000,
        'a = "' + "\\" * 250_000,
        'a = """' + '"' * 249_999,
        "[[a.b." * 40_000,
        "x" * 262_145,
    ],
    ids=lambda bomb: bomb[:9],
)
def test_bombs_are_one_problem(bomb: str) -> None:
    """Nesting, dots, digits and length that would break or stall a parser are one problem."""
    outcome = read_settings(TextFile("site.toml", bomb))

    assert ["settings-invalid"] == [problem.code for problem in outcome.diagnostics]
    assert outcome.value is None


@pytest.mark.parametrize(
    ("text", "place"),
    [('a = "b\x07c"', (1, 7)), ("# \x00", (1, 3)), ('a = "\x7f"\n', (1, 6))],
)
def test_control_characters(text: str, place: tuple[int, int]) -> None:
    """A control character is underlined, in a comment too."""
    file = TextFile("site.toml", text)
    [problem] = read_settings(file).diagnostics

    assert problem.span is not None
    assert place == file.line_column(problem.span.start)
    assert 1 == problem.span.end - problem.span.start
