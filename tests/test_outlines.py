"""Outlines: written when they change, compared by a check, never trusted to be whole."""

import json

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from generator.editions import make_edition
from generator.model import Source
from generator.outline_files import read_outline, write_outline
from generator.pipeline import build
from generator.plans import Plan
from generator.spans import TextFile
from tests.chance import examples
from tests.checking_documents import check_document
from tests.rights import OUTLINE, PARAGRAPHS, PATH, restricted
from tests.rights import without_text as clone

NOTES = (
    "\n## A {#a}\n\n> Nobody **on the water** disputes … the ferryman laughs\n\nOurs.\n"
    "\n## B {#b}\n\n> The tide comes in\n> the tide goes out\n\nOurs.\n"
    "\n## C {#c}\n\n> — #the-lamp\n\nOurs.\n"
)


@pytest.fixture
def site(tmp_path):
    """A site that was built once, so that its outline is there."""
    made = restricted(tmp_path / "root", "quote", NOTES)
    assert [] == made.build().places
    return made


def check(site):
    """Return the problems that a check of *site* finds, as (code, message)."""
    report = build(Plan(site.root, None), lambda *_: None)
    return [(problem.code, problem.message) for problem in report.diagnostics]


def test_it_is_written_when_it_changes_and_only_then(site):
    """Git shows a change where there is one."""
    path = site.root / OUTLINE
    before = path.stat()
    assert () == site.build().report.notices
    assert (before.st_ino, before.st_mtime_ns) == (path.stat().st_ino, path.stat().st_mtime_ns)

    built = site.edit(PATH, "Nobody **on the water**", "**Nobody** on the water").build()
    assert (f"wrote {OUTLINE}: commit it with the notes",) == built.report.notices
    assert before.st_ino != path.stat().st_ino
    assert [] == [each for each in path.parent.iterdir() if each.name.startswith(".outline")]


def test_a_heading_whose_words_are_quoted_is_no_leak(tmp_path):
    """Without the text it may stand in what is published, as it may with the text."""
    words = "Let the lamp be lit, let **the basin be dredged, let the fee be what** it was"
    notes = f"\n## A {{#a}}\n\n> — #the-lamp\n\n> {words}\n> — p6\n\nOurs.\n"
    made = restricted(tmp_path / "root", "link", notes)
    built = made.build()
    again = clone(made).build()

    assert '"id": "s-the-lamp", "words": 2, "text": [2], "print"' in (
        made.root / OUTLINE
    ).read_text("utf-8")
    assert ([], built.files) == (again.codes, again.files)


def test_it_is_one_entry_a_line(site):
    """So that a note changes some lines of it and not all."""
    text = (site.root / OUTLINE).read_text("utf-8")
    value = json.loads(text)

    assert text.endswith("\n}\n")
    entries = sum(len(value[key]) for key in ("rows", "places", "targets"))
    assert entries == sum(1 for line in text.splitlines() if line.startswith("  {"))
    assert sorted(value["targets"], key=lambda each: each["passages"][0][-1]) == value["targets"]


def test_it_is_what_it_says_when_read(site):
    """What is read is what was written, byte for byte."""
    content = (site.root / OUTLINE).read_bytes()
    outline = read_outline(TextFile(OUTLINE, content.decode())).value

    assert content == write_outline(outline)


def test_a_check_compares(site):
    """It says that a build would write another one, and which passages are other words."""
    assert [] == check(site)
    site.edit(PATH, "Nobody **on the water**", "**Nobody** on the water")
    told = "the outline is not that of this text and these notes"
    assert [("outline-outdated", told)] == check(site)

    site.build()
    site.edit("seeds/letter/text.md", "barn door", "church door")
    assert [("outline-outdated", f"{told}: p4 differs")] == check(site)
    built = site.build()
    assert (
        f"wrote {OUTLINE}, which was made from another text: p4 differs: commit it with the notes",
    ) == built.report.notices


def test_it_is_never_read_back_where_the_text_is(site):
    """A broken one beside the text is only written again."""
    files = site.build().files
    for content in (b"{", b"[]", b"\xff", b""):
        site.write(OUTLINE, content)
        built = site.build()
        assert [] == built.places
        assert files == built.files


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ('"outline": 1', '"outline": 2', "has the format 2, and this program reads 1"),
        ('"outline": 1', '"outlin": 1', "no `outline` as it should be"),
        ('"words": 267', '"words": "many"', "no `words` as it should be"),
        ('"words": 267', '"words": -1', "no `words` as it should be"),
        ('"block": "p", "id": "p1"', '"block": "script", "id": "p1"', "entry 2 of `rows`"),
        ('"rows": [1, 1]', '"rows": [1, 99]', "the place p1 is in no row"),
        ('{"close": "thread"}', '{"close": "comment"}', "do not begin and end"),
        ('"text": [35]', '"text": [-35]', "entry 2 of `rows` has no `text`"),
        ('"text": [35]', '"text": [null]', "entry 2 of `rows` has no `text`"),
        ('"kind": "picture"', '"kind": "x"', "has no `kind` as it should be"),
        ('"shown": [[', '"shown": [[9999, 0, ', "numbers that are none"),
        (' "rows": [', '<<<<<<< HEAD\n "rows": [', "the outline is no JSON"),
    ],
)
def test_one_that_we_did_not_write_so_is_refused(site, old, new, message):
    """Nothing is guessed: the message says what is wrong, and where."""
    copy = clone(site).edit(OUTLINE, old, new)
    built = copy.build()

    [problem] = built.report.diagnostics
    assert ("outline-invalid", OUTLINE) == (problem.code, problem.path)
    assert message in problem.message
    assert "sources/letter.html" not in built.files


def test_without_text_and_outline_there_is_no_source(site):
    """The message says what would do."""
    copy = clone(site).remove(OUTLINE)
    [problem] = copy.build().report.diagnostics

    assert "source-missing" == problem.code
    assert "outline.json stands in for them, once somebody who has them" in problem.help


def test_a_text_that_may_be_published_must_be_there(site):
    """An outline is for those who may not have the words."""
    copy = clone(site).edit("seeds/letter/source.toml", '"quote"', '"full"')

    assert ["source-missing"] == copy.build().codes


def test_an_edition_is_a_document_like_any_other(site):
    """Everything that comes after can rely on it."""
    outline = read_outline(TextFile(OUTLINE, (site.root / OUTLINE).read_text("utf-8"))).value
    source = Source("letter", "A letter", "quote", "seeds/letter/source.toml", "", url="https://e")
    document = make_edition(source, outline).document

    check_document(document)
    assert "Nobody" not in document.text
    assert "… on the water disputes … the ferryman laughs." in document.text
    assert "The tide comes in\nthe tide goes out …" in document.text
    assert {"br"} <= {element.tag for element in document.elements}


VALUES = (
    st.none()
    | st.booleans()
    | st.integers(-3, 99)
    | st.floats(allow_nan=False)
    | st.sampled_from(["", "p", "h1", "pre", "comment", "thread", "open", "close", "p1", "…"])
    | st.lists(st.integers(-1, 30) | st.text(max_size=3), max_size=5)
    | st.dictionaries(st.sampled_from(["block", "open", "id", "text"]), st.text(max_size=3))
)


@given(data=st.data())
def test_no_outline_makes_half_a_document(data):
    """Whatever stands in the file, it is refused with a reason or makes an edition."""
    value = json.loads(EXAMPLE)
    for _ in range(data.draw(st.integers(1, 3))):
        spoil(value, data)
    read = read_outline(TextFile(OUTLINE, json.dumps(value)))

    assert (read.value is None) == bool(read.diagnostics)
    if read.value is not None:
        make_edition(Source("letter", "A letter", "quote", "s", ""), read.value)


@settings(
    max_examples=examples(25),
    deadline=None,
    phases=[Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(data=st.data())
def test_no_outline_is_the_end_of_a_build(site, data):
    """Whatever stands in the file, there are pages, or a problem at it, or both."""
    copy = clone(site)
    value = json.loads((site.root / OUTLINE).read_bytes())
    spoil(value, data)
    built = copy.write(OUTLINE, json.dumps(value)).build()

    assert built.report.withheld == ("outline-invalid" in built.codes)


def spoil(value, data):
    """Put another value somewhere into a value of JSON."""
    at = value
    while True:
        keys = [*at] if isinstance(at, dict) else [*range(len(at))]
        if not keys:
            return
        key = data.draw(st.sampled_from(keys))
        if isinstance(at[key], dict | list) and data.draw(st.booleans()):
            at = at[key]
        elif data.draw(st.integers(0, 4)):
            at[key] = data.draw(VALUES)
            return
        else:
            del at[key]
            return


EXAMPLE = """{"outline": 1, "text": "text.md", "words": 9, "typed": 3, "announced": -1,
"language": "", "rows": [
{"block": "h1", "id": "s-a", "words": 2, "text": [2]},
{"block": "p", "id": "p1", "words": 5, "text": [1, "two three", ", ", "four", 1],
 "once": [[2, 2], [0, 0], [1, 1]]},
{"open": "thread", "announced": "3"},
{"open": "comment", "id": "c1", "label": "c1", "by": "A"},
{"block": "p", "id": "c1.1", "words": 2, "text": ["a\\nb"], "once": [[2, 2]]},
{"close": "comment"}, {"close": "thread"}],
"places": [
{"id": "#a", "kind": "section", "words": 7, "anchor": "s-a", "rows": [0, 1]},
{"id": "p1", "kind": "paragraph", "words": 5, "rows": [1, 1]},
{"id": "c1", "kind": "comment", "words": 2, "rows": [3, 5]},
{"id": "c1.1", "kind": "paragraph", "words": 2, "rows": [4, 4]}],
"targets": [
{"target": "00", "passages": [["p1", [1, 1, 1, 2]]], "shown": [[1, 1, 1, 2]]},
{"target": "01", "passages": [["p1", "c1.1", [1, 3, 4, 1]]], "shown": [[1, 3, 1, 4], [4, 0, 4, 1]]},
{"target": "02", "passages": [["p1", [1, 0, 1, 5]]]}]}"""


def test_the_example_is_one():
    """The law above begins with an outline that is right."""
    assert read_outline(TextFile(OUTLINE, EXAMPLE)).value is not None


def test_names_of_people_are_kept_as_given(site):
    """Who wrote a comment is no part of the text: it stays as it was printed."""
    outline = (site.root / OUTLINE).read_text("utf-8")

    assert '"by": "A ratepayer", "date": "1868-03-20"' in outline
    [row] = [each for each in json.loads(outline)["rows"] if each.get("id") == "c3"]
    assert ("One who rows", "c1?") == (row["by"], row["re"])
    assert PARAGRAPHS[3][:40] not in outline
