"""Laws of importing: words come out as they went in, and no line goes missing."""

import re
from dataclasses import dataclass
from html import escape

from hypothesis import example, given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from mdit_py_plugins.footnote import footnote_plugin

from generator.importing import Imported, import_page
from generator.importing.escaping import escape_block, escape_heading, fence
from generator.model import Document
from generator.readers.markdown import read_markdown
from generator.readers.sources import read_source
from generator.spans import TextFile
from tests.chance import examples

SIGNS = st.text(alphabet="#*_>+-=`~[](){}<>!&;:|\\^.1)a \t\"'/", min_size=1, max_size=9)
STARTS = st.sampled_from(
    "# ## ####### * ** *** - -- --- + > >> 1. 1) 12. 2016. ``` ~~~ === [x]: [^1]: [^1] [a](b) "
    "![a](b) [[a]] {#x} {.thread} {by=x} {lang=nl} <b> <!-- </p> <http://a.b> &amp; &#35; &lt "
    "| |-|-| :-: --|-- \\ \\* \\\\ `x` ``x `` ``` ` `` x``y` a*b* _a_ __a__ a_b_c ~~a~~ $a$ "
    "**kwargs $ % [ ]( ] [ref] <a@b.c> * _ - ` ~ = 1 p3 c5 #c1 \u00a0 … “x” ‘y’ "
    "é 漢字 🙂 a\u0301".split(" ")
)

MARKS = st.lists(st.text(alphabet="*_`~=-|: #a1.", min_size=1, max_size=5), max_size=3)
WORDS = st.one_of(st.sampled_from(["ropes", "tide", "of", "the", "Quay"]), STARTS, SIGNS)
LINE = st.one_of(MARKS, st.lists(WORDS, min_size=1, max_size=6)).map(" ".join)
LINE = LINE.map(str.strip).filter(bool)
PARAGRAPH = st.lists(LINE, min_size=1, max_size=3)
# Like GitHub's preview of a file, where raw HTML is none of the text and `~~` strikes out.
PREVIEW = MarkdownIt("commonmark").enable(["table", "strikethrough"])
PREVIEW.use(footnote_plugin, inline=False)
INDENT = st.sampled_from(["    ", "     ", "\t", "        ", "    \t"])


def read(text: str) -> Document:
    outcome = read_markdown(TextFile("text.md", text), "page")
    assert [] == [problem for problem in outcome.diagnostics if problem.code != "text-empty"]
    return outcome.value


def text_of(imported: Imported) -> str:
    return dict(imported.files)[f"seeds/{imported.id}/text.md"]


@settings(max_examples=examples(500))
@given(PARAGRAPH)
def test_an_escaped_paragraph_reads_back_as_itself(lines: list[str]) -> None:
    """Escaped words are one paragraph without markup, to the character."""
    text = "\n".join(lines)
    document = read(escape_block(text))
    assert (text, ["p"]) == (document.text, [element.tag for element in document.elements])
    tokens = PREVIEW.parse(escape_block(text))
    assert ["paragraph_open", "inline", "paragraph_close"] == [token.type for token in tokens]
    inner = tokens[1].children or []
    assert {"text", "softbreak", "text_special"} >= {token.type for token in inner}


@settings(max_examples=examples(150))
@given(LINE)
def test_an_escaped_heading_reads_back_as_itself(line: str) -> None:
    """Escaped words are a heading, whatever stands at its ends, with braces behind it or not."""
    for behind in ("", " {.thread announced=3}"):
        document = read(f"## {escape_heading(line)}{behind}\n")
        assert line == document.text
        assert "h2" == document.elements[-1].tag


@settings(deadline=None)
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


@settings(max_examples=examples(200))
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


@settings(max_examples=examples(200))
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
@example(["14 thoughts on “tide”", "", "Original article published here:"])
@example(["Rain", "", "2 Comments", "12. one"])
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
    assert content.split() == [word for verdict in verdicts for word in verdict.text.split()]
    assert all(bool(verdict.kept_as) != bool(verdict.reason) for verdict in verdicts)
    seen, at = read(text_of(outcome.value)).text.split(), 0
    for verdict in verdicts:
        words = verdict.text.split()
        if verdict.kept_as.startswith("comment c") and words != seen[at : at + len(words)]:
            assert re.fullmatch(r"[0-9]+[.)]", words.pop(0))
        if verdict.kept_as.startswith(("comment c", "heading of", "body")):
            assert words == seen[at : at + len(words)]
            at += len(words)
    assert len(seen) == at


HTML_BLOCKS = st.sampled_from(
    [
        "<p>{}</p>",
        "<div><p>{}</p></div>",
        "<ul><li>{}</li></ul>",
        "<ol start=4><li><p>{}</ol>",
        "<ol><li><ul><li>{}</ul></ol>",
        "<blockquote>{}</blockquote>",
        "<blockquote><ul><li>{}</ul></blockquote>",
        "<h2>{}</h2>",
        "<pre>{}</pre>",
        "<table><tr><td>{}</td></tr></table>",
        "<p><em>{}</em></p>",
    ]
)


@settings(max_examples=examples(150))
@given(
    st.lists(st.tuples(HTML_BLOCKS, LINE), min_size=1, max_size=5),
    st.lists(st.lists(st.tuples(HTML_BLOCKS, LINE), min_size=1, max_size=3), max_size=3),
)
def test_importing_html_gives_every_word_in_order(
    body: list[tuple[str, str]], comments: list[list[tuple[str, str]]]
) -> None:
    """What a page in HTML shows of its article and comments is what a reader of the source sees."""
    page = "<body><h1>Of ropes and tides</h1><p>Some words.</p>"
    page += "".join(block.format(escape(line)) for block, line in body)
    page += "<p>More words.</p><h3>9 Comments</h3>" if comments else "<p>More words.</p>"
    for comment in comments:
        page += "<div class=comment>"
        page += "".join(block.format(escape(line)) for block, line in comment) + "</div>"
    expected = ["Some words.", *(line for _, line in body), "More words."]
    expected += ["9 Comments"] if comments else []
    expected += [line for comment in comments for _, line in comment]
    outcome = import_page(page.encode(), "page.html", id="page", rights="full")
    assert () == outcome.diagnostics
    assert outcome.value is not None
    document = read(text_of(outcome.value))
    assert "\n".join(expected).split() == document.text.split()
    assert len(comments) == sum(place.kind == "comment" for place in document.locators)


@settings(deadline=None)
@given(st.binary(max_size=200), st.sampled_from(["page.txt", "page.html", ""]))
def test_no_bytes_break_an_import(content: bytes, name: str) -> None:
    """Whatever a file holds, there is a source or a reason why not, and the facts are valid."""
    outcome = import_page(content, name, id="", rights="full")
    assert (outcome.value is None) == bool(outcome.diagnostics)
    if outcome.value is not None:
        facts = dict(outcome.value.files)[f"seeds/{outcome.value.id}/source.toml"]
        assert () == read_source(TextFile("source.toml", facts), "page").diagnostics
