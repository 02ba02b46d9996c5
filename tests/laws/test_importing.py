"""Laws of importing: words come out as they went in, and no line goes missing."""

from dataclasses import dataclass

from hypothesis import given, settings
from hypothesis import strategies as st

from generator.importing import Imported, import_page
from generator.importing.escaping import escape_block, escape_heading, fence
from generator.model import Document
from generator.readers.markdown import read_markdown
from generator.spans import TextFile

SIGNS = st.text(alphabet="#*_>+-=`~[](){}<>!&;:|\\^.1)a \t\"'/", min_size=1, max_size=12)
STARTS = st.sampled_from(
    "# ## ####### * ** *** - -- --- + > >> 1. 1) 12. 2016. ``` ~~~ === [x]: [^1]: [^1] [a](b) "
    "![a](b) [[a]] {#x} {.thread} {by=x} {lang=nl} <b> <!-- </p> <http://a.b> &amp; &#35; &lt "
    "| |-|-| :-: --|-- \\ \\* \\\\ `x` ``x `` ``` ` `` x``y` a*b* _a_ __a__ a_b_c ~~a~~ $a$ **kwargs $ % [ ]( ] "
    "[ref] <a@b.c> * _ - ` ~ = 1 p3 c5 #c1 \u00a0 … “x” ‘y’ é 漢字 🙂 a\u0301".split(" ")
)
WORDS = st.one_of(st.sampled_from(["ropes", "tide", "of", "the", "Quay"]), STARTS, SIGNS)
LINE = st.lists(WORDS, min_size=1, max_size=6).map(" ".join).map(str.strip).filter(bool)
PARAGRAPH = st.lists(LINE, min_size=1, max_size=3)
INDENT = st.sampled_from(["    ", "     ", "\t", "        ", "    \t"])


def read(text: str) -> Document:
    outcome = read_markdown(TextFile("text.md", text), "page")
    assert [] == [problem for problem in outcome.diagnostics if problem.code != "text-empty"]
    return outcome.value


def text_of(imported: Imported) -> str:
    return dict(imported.files)[f"seeds/{imported.id}/text.md"]


@settings(max_examples=1500)
@given(PARAGRAPH)
def test_an_escaped_paragraph_reads_back_as_itself(lines: list[str]) -> None:
    """Escaped words are one paragraph without markup, to the character."""
    text = "\n".join(lines)
    document = read(escape_block(text))
    assert (text, ["p"]) == (document.text, [element.tag for element in document.elements])


@settings(max_examples=500)
@given(LINE)
def test_an_escaped_heading_reads_back_as_itself(line: str) -> None:
    """Escaped words are a heading, whatever stands at its ends, with braces behind it or not."""
    for behind in ("", " {.thread announced=3}"):
        document = read(f"## {escape_heading(line)}{behind}\n")
        assert line == document.text
        assert "h2" == document.elements[-1].tag


@given(st.lists(st.text(alphabet="`~# a\\<\t", max_size=8), min_size=1, max_size=4))
def test_fenced_code_reads_back_as_itself(lines: list[str]) -> None:
    """Code comes out of its fence as it went in, fences and empty lines inside included."""
    text = "\n".join(lines)
    document = read(fence(text))
    assert (text, ["pre"]) == (document.text, [element.tag for element in document.elements])


@dataclass(frozen=True)
class Saved:
    """A page as a scraper would save it, and what must come of it."""

    content: str
    text: list[str]
    numbers: list[int]
    paragraphs: list[int]
    announced: int


HEADINGS = st.sampled_from(
    [
        ("{n} thoughts on “Of ropes and tides”", True),
        ("{n} thoughts on “Of ropes and tides", True),
        ("{n} Responses to Of ropes and tides", True),
        ("{n} Comments", True),
        ("Comments ({n})", True),
        ("{n} replies:", True),
        ("Comments", False),
    ]
)
ENDS = st.lists(
    st.sampled_from(
        [
            "Leave a Reply",
            "This site uses Akismet to reduce spam. Learn how your comment data is processed.",
            "Comments are closed.",
            "← Older comments",
        ]
    ),
    unique=True,
    max_size=3,
)


@st.composite
def saved_pages(draw: st.DrawFn) -> Saved:
    """Make a page: a title, a body, a thread with some comments missing, furniture below it."""
    body = draw(st.lists(PARAGRAPH, min_size=1, max_size=3))
    numbers = sorted(draw(st.sets(st.integers(1, 120), min_size=1, max_size=4)))
    heading, has_count = draw(HEADINGS)
    announced = numbers[-1] + draw(st.integers(0, 20)) if has_count else -1
    heading = heading.format(n=announced)
    page = ["Of ropes and tides", "", *draw(st.lists(st.just(""), max_size=4))]
    for paragraph in body:
        page += [*paragraph, *draw(st.sampled_from([[""], ["", ""], ["", "  ", "\t"]]))]
    page += [heading, *draw(st.sampled_from([[], [""], ["", ""]]))]
    text = ["\n".join(paragraph) for paragraph in (*body, [heading])]
    paragraphs = []
    for number in numbers:
        comment = draw(st.lists(PARAGRAPH, min_size=1, max_size=3))
        indent = draw(INDENT)
        alone = draw(st.booleans())
        lines = [f"{number:>4}.{'' if alone else f' {comment[0][0]}'}"]
        lines += [f"{indent} {line}" for line in comment[0][0 if alone else 1 :]]
        for paragraph in comment[1:]:
            lines += ["", *(f"{indent} {line}" for line in paragraph)]
        page += [*lines, *draw(st.sampled_from([[""], ["", ""]]))]
        text += ["\n".join(paragraph) for paragraph in comment]
        paragraphs.append(len(comment))
    page += [line for end in draw(ENDS) for line in (end, "")]
    content = draw(st.sampled_from(["\n", "\r\n", "\r"])).join(page)
    return Saved(
        draw(st.sampled_from(["", "\ufeff"])) + content, text, numbers, paragraphs, announced
    )


@settings(max_examples=600)
@given(saved_pages())
def test_importing_then_reading_gives_every_kept_word_in_order(saved: Saved) -> None:
    """What an import keeps of a page with comments is what a reader sees, to the character."""
    outcome = import_page(saved.content.encode(), "page.txt", id="page", rights="full")
    assert () == outcome.diagnostics
    assert outcome.value is not None
    document = read(text_of(outcome.value))
    assert "\n".join(saved.text) == document.text
    assert saved.announced == document.announced == outcome.value.report.announced
    comments = [place.label for place in document.locators if place.kind == "comment"]
    assert [f"c{number}" for number in saved.numbers] == comments
    labels = {place.label for place in document.locators}
    for number, count in zip(saved.numbers, saved.paragraphs, strict=True):
        assert {f"c{number}.{at}" for at in range(1, count + 1)} <= labels
        assert f"c{number}.{count + 1}" not in labels


@settings(max_examples=400)
@given(
    st.lists(
        st.one_of(
            st.just(""),
            LINE,
            LINE.map(lambda line: f"  {line}"),
            st.text(max_size=20),
            st.sampled_from(
                [
                    "Leave a Reply",
                    "Name *",
                    "Reply",
                    "14 thoughts on “tide”",
                    "2 Comments",
                    "  1. one",
                    "  2. The clerk says:",
                    "     March 3, 2016 at 7:05 pm",
                    "Original article published here:",
                    "On twitter: @clerk",
                    "https://example.org/a",
                ]
            ),
        ),
        max_size=25,
    )
)
def test_every_line_is_in_the_report_once(lines: list[str]) -> None:
    """The report has each line of any page once and in order; what it kept as words is read."""
    content = "\n".join(line.replace("\r", " ").replace("\n", " ") for line in lines)
    content = content.replace("\0", " ")
    outcome = import_page(content.encode("utf-8", "replace"), "page.txt", id="page", rights="full")
    if outcome.value is None:
        assert ["text-empty"] == [problem.code for problem in outcome.diagnostics]
        return
    verdicts = outcome.value.report.verdicts
    assert list(range(1, len(verdicts) + 1)) == [verdict.number for verdict in verdicts]
    shown = [line if line.strip() else "" for line in content.encode("utf-8", "replace").decode().split("\n")]
    assert [line.strip() for line in shown][: len(verdicts)] == [v.text.strip() for v in verdicts]
    assert all(bool(v.kept_as) != bool(v.reason) for v in verdicts)
    kept = [
        word
        for verdict in verdicts
        if verdict.kept_as == "body" or verdict.kept_as.startswith(("comment c", "heading of"))
        for word in verdict.text.split()
    ]
    read_words = read(text_of(outcome.value)).text.split()
    numbers = [verdict for verdict in verdicts if verdict.kept_as.startswith("comment c")]
    assert read_words == _without_numbers(kept, read_words, len(numbers))


def _without_numbers(kept: list[str], seen: list[str], most: int) -> list[str]:
    """Return *kept* without the numbers that became ids: words missing from *seen* at their place."""
    left, at, gone = [], 0, 0
    for word in kept:
        if at < len(seen) and word == seen[at]:
            left.append(word)
            at += 1
        elif word.rstrip(".)").isdecimal() and gone < most:
            gone += 1
        else:
            left.append(word)
    return left
