"""Reading: every character of a source that a reader should see, once and in order."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from selectolax.lexbor import LexborHTMLParser, LexborNode

from generator.diagnostics import Outcome
from generator.model import Document
from generator.readers.html import read_html
from generator.readers.markdown import read_markdown
from generator.readers.plain import read_plain
from generator.spans import TextFile
from tests.checking_documents import check_document, leaf_texts
from tests.commonmark_examples import words_of_document, words_of_page
from tests.known_markdown import sources


def read(text: str) -> Outcome[Document]:
    return read_markdown(TextFile("text.md", text), "letter")


def page(html: str) -> Outcome[Document]:
    return read_html(TextFile("text.html", html), "letter")


@given(sources())
def test_words_of_known_markdown(source: tuple[str, list[str]]) -> None:
    """The words put into Markdown, block by block, are the words that come out."""
    text, expected = source
    document = read(text).value
    check_document(document)
    assert expected == leaf_texts(document)


MARKS = st.sampled_from(
    [
        *"*_`~<>&#+-=.)(![]\"':\\ \n\n\tab1é漢\u00a0\u3000",
        *("  \n", "\\\n", "\n\n", "    ", "- ", "1. ", "> ", "# ", "```\n", "***", "---\n", "word"),
        *("&amp;", "&#65;", "<b>", "](u)", "](<u v> 't')", "[r]", "[r]: u\n", "<http://a.b/c>"),
    ]
)


@given(st.lists(MARKS, max_size=40).map("".join))
def test_any_markdown_reads_as_its_parser_draws_it(text: str) -> None:
    """The words of any text are those of the page that the parser itself would make of it."""
    oracle = MarkdownIt("commonmark", {"html": False, "maxNesting": 100})
    oracle.validateLink = lambda url: True  # type: ignore[method-assign]
    oracle.normalizeLinkText = lambda link: link  # type: ignore[method-assign]
    document = read(text).value
    check_document(document)
    assert words_of_page(oracle.render(text)) == words_of_document(document)


ANYTHING = st.lists(
    MARKS
    | st.sampled_from(["{#a}", "{.thread}", "{#c1}", "{re=c1}", "{by=x", "## ", "### ", "|"])
    | st.sampled_from(["[^1]", "\n\n[^1]: ", "[^2]", "{announced=2}", "<!-- {#b} -->", "|--|\n"]),
    max_size=40,
).map("".join)


@given(ANYTHING)
def test_any_markdown_makes_a_sound_document(text: str) -> None:
    """Whatever stands in a file, its markup nests, its places are found, its problems are in it."""
    outcome = read(text)
    check_document(outcome.value)
    for problem in outcome.diagnostics:
        assert problem.span is None or 0 <= problem.span.start <= problem.span.end <= len(text)
    for reference in outcome.value.references:
        assert 0 <= reference.place.start < reference.place.end <= len(text)


@given(st.text(alphabet=st.sampled_from("ab \t\n\u00a0\f<&#*é")))
def test_plain_text_is_kept_to_the_character(text: str) -> None:
    """Without blank lines the paragraphs are the file."""
    document = read_plain(TextFile("text.txt", text), "letter").value
    check_document(document)
    assert [line for line in text.split("\n") if line.strip()] == [
        line for leaf in leaf_texts(document) for line in leaf.split("\n")
    ]


TAGS = (
    "p div section h1 h2 ul ol li dl dt dd blockquote table tr td th thead tbody caption pre b i "
    "em a span code figure figcaption details summary br hr img center font form custom-x script "
    "template select option button label ruby rt nav textarea title math svg"
).split()
PIECES = st.one_of(
    st.sampled_from(TAGS).map(lambda tag: f"<{tag}>"),
    st.sampled_from(TAGS).map(lambda tag: f"</{tag}>"),
    st.sampled_from(["<a href=x>", "<img src=y>", "<p hidden>", "<div lang=en>", "<td colspan=2>"]),
    st.sampled_from(["word", " ", "a b", "\n", "&amp;", "é", "<!-- c -->", "&nbsp;", "  x  "]),
)
UNSEEN = frozenset(["script", "template", "select", "svg", "title", "head"])


@given(st.lists(PIECES, max_size=40).map("".join))
def test_any_page_keeps_its_words(html: str) -> None:
    """The letters that a page shows come out once and in order, in blocks that nest."""
    document = page(html).value
    check_document(document)
    assert bare("".join(seen(LexborHTMLParser(html).body))) == bare(document.text)


def seen(node: LexborNode | None) -> list[str]:
    """Return the words below *node* that a browser shows."""
    if node is None or node.tag in UNSEEN or "hidden" in (node.attributes or {}):
        return []
    if node.is_text_node:
        return [node.text_content or ""]
    return [word for child in node.iter(include_text=True) for word in seen(child)]


def bare(text: str) -> str:
    return re.sub(r"[ \t\n\r\f]+", "", text)


DEEP = {
    "quotations": lambda n: "> " * n + "inner",
    "lists": lambda n: "- " * n + "inner",
    "numbers": lambda n: "1. " * n + "inner",
    "lists by lines": lambda n: "".join(f"{'  ' * i}- \n" for i in range(n)) + "  " * n + "inner",
    "lists in quotations": lambda n: "> - " * n + "inner",
    "emphasis": lambda n: "*a " * n + "inner" + " b*" * n,
    "strong": lambda n: "**" * n + "inner" + "**" * n,
    "links": lambda n: "[" * n + "inner" + "](u)" * n,
    "pictures": lambda n: "![" * n + "x" + "](u)" * n + " inner",
    "linked pictures": lambda n: "[![" * n + "x" + "](u)](v)" * n + " inner",
    "brackets": lambda n: "[" * n + "inner" + "]" * n,
    "tables in lists": lambda n: "- " * n + "| inner |\n" + "  " * n + "|---|\n",
    "footnotes": lambda n: "".join(f"[^{i}]: [^{i + 1}]\n\n" for i in range(n)) + f"[^{n}]: inner",
}


@pytest.mark.parametrize("kind", DEEP)
def test_nothing_is_lost_at_any_depth(kind: str) -> None:
    """Nested 1 to 300 deep, words are there once, in order; where marks are, an error says so."""
    for depth in (*range(1, 24), *range(48, 53), *range(98, 104), 200, 300):
        text = f"before\n\n{DEEP[kind](depth)}\n\nafter"
        outcome = read(text)
        check_document(outcome.value)
        words = re.findall("before|inner|after", outcome.value.text)
        last = ["after", "inner"] if kind == "footnotes" else ["inner", "after"]
        assert ["before", *last] == words
        flat = re.search(r"^(?:[>-]|1\.)", outcome.value.text, re.MULTILINE)
        deep = [each for each in outcome.diagnostics if each.code == "text-too-deep"]
        assert bool(flat) == bool(deep)
        for problem in deep:
            assert problem.span is not None
            assert text.index("\n\n") < problem.span.start < text.rindex("\n\n")


DEEP_TAGS = ("div", "blockquote", "ul><li", "ol><li", "b", "em", "font", "span lang=en", "dl><dd")
DEEP_TAGS += ("table><tr><td", "details", "figure", "section", "custom-x", "a href=x><div", "q")


@pytest.mark.parametrize("tag", DEEP_TAGS)
def test_no_word_of_a_page_is_lost_at_any_depth(tag: str) -> None:
    """Nested 1 to 300 deep, and far deeper with an error, the words of a page are all there."""
    for depth in (*range(1, 12), 29, 30, 31, 100, 249, 250, 251, 300, 2000):
        outcome = page("<p>before " + f"<{tag}>in " * depth + "inner")
        check_document(outcome.value)
        assert ["before", *["in"] * depth, "inner"] == outcome.value.text.split()
        codes = {each.code for each in outcome.diagnostics}
        assert codes <= ({"text-too-deep"} if depth > 300 else set())
