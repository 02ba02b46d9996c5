"""Braces: what is read from the end of a line, what is refused, and what stays text."""

from time import process_time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.braces import Braces, BracesFault, find_braces

KEYS = frozenset({"by", "tags", "date", "re", "lang", "draft"})


def read(line: str) -> Braces:
    found = find_braces(line, KEYS)
    assert isinstance(found, Braces)
    return found


@pytest.mark.parametrize(
    ("line", "id", "classes", "pairs"),
    [
        ("## Gist {#timing}", "timing", (), ()),
        ("## Gist {.questioning #timing}", "timing", ("questioning",), ()),
        ("## Gist { #timing }  ", "timing", (), ()),
        ("## Gist {by=editor tags=a,b}", "", (), (("by", "editor"), ("tags", "a,b"))),
        ('## {tags="fee, sequence"}', "", (), (("tags", "fee, sequence"),)),
        (r'{by="a \"b\" \\ {c}" re=c1?}', "", (), (("by", r'a "b" \ {c}'), ("re", "c1?"))),
        ('{#a by=""}', "a", (), (("by", ""),)),
        ("{#a draft}", "a", (), (("draft", "true"),)),
        ("{draft}", "", (), (("draft", "true"),)),
        ("{#a colour=red}", "a", (), (("colour", "red"),)),
        ("## Gist <!-- {#timing .questioning} -->", "timing", ("questioning",), ()),
        ("## Gist <!--{#timing}-->", "timing", (), ()),
        (r"## Two backslashes \\{#a}", "a", (), ()),
        ("## Use {#a b} where {#c}", "c", (), ()),
    ],
)
def test_reads(
    line: str, id: str, classes: tuple[str, ...], pairs: tuple[tuple[str, str], ...]
) -> None:
    """Ids, classes and pairs stand in any order, also inside a comment."""
    found = read(line)
    assert (id, classes, pairs) == (found.id, found.classes, found.pairs)


@pytest.mark.parametrize(
    "line",
    [
        "## Gist",
        "## Gist {}",
        "## Gist { }",
        "## The set {1, 2}",
        "## The set {date, time}",
        "## And so on {…}",
        "## Unknown {colour=red}",
        "## By name {bystander}",
        r"## Escaped \{#timing}",
        "## In the middle {#timing} of it",
        "## In the middle {#timing of} it",
        "## Closed before {#timing} {b}",
        "## Gist <!-- look it up -->",
        "## Gist {#timing} <!-- look it up -->",
    ],
)
def test_text(line: str) -> None:
    """Braces that do not close the line, or do not begin like ours, are text."""
    assert None is find_braces(line, KEYS)


def test_bare_draft_needs_a_known_key() -> None:
    """``draft`` alone is short for a pair only where drafts exist."""
    assert None is find_braces("### {draft}", frozenset({"by"}))
    assert isinstance(find_braces("### {#c1 draft}", frozenset({"by"})), BracesFault)


@pytest.mark.parametrize(
    ("line", "underlined", "message"),
    [
        ("## G {#a", "{#a", "these braces are not closed"),
        ("## G {#a  ", "{#a", "these braces are not closed"),
        ("## G {#a #b}", "{#a #b}", "these braces give id twice"),
        ("## G {by=a by=b}", "{by=a by=b}", "these braces give `by` twice"),
        ("## G {#a by=}", "{#a by=}", "`by` has no value"),
        ("## G {by the way}", "{by the way}", "`by` has no value"),
        ("## G {by = a}", "{by = a}", "`by` has no value"),
        ("## G {by}", "{by}", "`by` has no value"),
        ("## G {#}", "{#}", "`#` is no `#id`, `.class` or `key=value`"),
        ("## G {...}", "{...}", "`...` is no `#id`, `.class` or `key=value`"),
        ("## G {tags=a, b}", "{tags=a, b}", "`b` is no `#id`, `.class` or `key=value`"),
        ('## G {by="a}', '{by="a}', "the value of `by` does not end with its quotes"),
        ('## G {by="a"b}', '{by="a"b}', "the value of `by` does not end with its quotes"),
        ("## G {tags=“a, b”}", "{tags=“a, b”}", "`b”` is no `#id`, `.class` or `key=value`"),
        ("## {#a{b}", "{#a{b}", "`{` is no `#id`, `.class` or `key=value`"),
        ("## G <!-- {#a b} -->", "{#a b}", "`b` is no `#id`, `.class` or `key=value`"),
        ("## G <!-- {#a} b -->", "{#a} b", "these braces share their comment with other words"),
    ],
)
def test_faults(line: str, underlined: str, message: str) -> None:
    """Braces that are meant and do not parse are a fault that covers them."""
    found = find_braces(line, KEYS)
    assert isinstance(found, BracesFault)
    assert (underlined, message) == (line[found.span.start : found.span.end], found.message)
    assert found.help


def test_span_and_places() -> None:
    """The span is all that is cut from the line; places are columns of the pieces."""
    line = '## Gist  <!-- {#timing .linking by="A B"} -->  '
    found = read(line)
    assert "## Gist" == line[: found.span.start] + line[found.span.end :]
    pieces = {name: line[span.start : span.end] for name, span in found.places}
    assert {"#": "#timing", ".linking": ".linking", "by": 'by="A B"'} == pieces
    assert found.span == found.place("nothing of the kind")


words = st.text("abz09-_?,;:!'é語", min_size=1, max_size=6)
values = st.text('ab {}"\\#.=é', max_size=8)


@given(words, st.lists(words, max_size=3), st.dictionaries(st.sampled_from(sorted(KEYS)), values))
@settings(deadline=None)
def test_written_braces_read_back(id: str, classes: list[str], pairs: dict[str, str]) -> None:
    """Any id, classes and quoted values survive being written and read."""
    quoted = [
        '{}="{}"'.format(key, value.replace("\\", "\\\\").replace('"', '\\"'))
        for key, value in pairs.items()
    ]
    inner = " ".join([f"#{id}", *(f".{name}" for name in classes), *quoted])
    found = read(f"## Gist {{{inner}}}")
    assert (id, tuple(classes), tuple(pairs.items())) == (found.id, found.classes, found.pairs)


@given(st.text('{}#.=" \\abydrft<!->', max_size=40))
@settings(deadline=None)
def test_any_line_ends(line: str) -> None:
    """No line makes the reading fail, and what is found lies within the line."""
    found = find_braces(line, KEYS)
    if found:
        assert 0 <= found.span.start < found.span.end <= len(line)


def test_a_long_hostile_line_is_quick() -> None:
    """The reading is linear: a line of a hundred thousand openings is a matter of a moment."""
    started = process_time()
    assert None is find_braces("{a= " * 100_000 + "} x", KEYS | {"a"})
    assert process_time() - started < 5
