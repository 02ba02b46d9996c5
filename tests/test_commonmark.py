"""The parser and what is made of its tokens: all of the words, and where they came from."""

import time

import pytest
from markdown_it.token import Token

from generator.commonmark import (
    Marked,
    new_parser,
    parse_blocks,
    parse_inlines,
    read_commonmark,
    read_tokens,
)
from generator.markdown_rules import DEEPEST
from generator.model import Element
from generator.spans import Span

PARSER = new_parser()
WITH_FOOTNOTES = new_parser(footnotes=True)


def read(text: str) -> Marked:
    return read_commonmark(PARSER, text)


def shape(marked: Marked) -> list[tuple[str, str]]:
    return [(each.tag, marked.text[slice(*each.span)]) for each in marked.elements]


def test_each_element_knows_the_lines_of_its_block() -> None:
    """Lines are counted from 0, the last is the one behind; inline elements have their block's."""
    marked = read("# a\n\n> b\n> *c*\n\n| d |\n|---|\n| e |\n")
    assert [
        ("h1", (0, 1)),
        ("blockquote", (2, 4)),
        ("p", (2, 4)),
        ("em", (2, 4)),
        ("table", (5, 8)),
        ("thead", (5, 6)),
        ("tr", (5, 6)),
        ("th", (5, 6)),
        ("tbody", (7, 8)),
        ("tr", (7, 8)),
        ("td", (7, 8)),
    ] == [(each.tag, lines) for each, lines in zip(marked.elements, marked.lines, strict=True)]


def test_blocks_part_at_one_line_feed() -> None:
    """The text is the words of the leaves with a line feed between two, empty ones too."""
    assert "a\n\nb\n\nc\n" == read("a\n\n#\n\n- b\n-\n\n***\n\n![x](y)\n\nc\n\n#").text


def test_a_container_begins_with_its_first_words() -> None:
    """What has no words lies between its neighbours, inside what is around it."""
    marked = read("a\n\n> ***\n> -\n> b\n\n-\n\n> -")
    assert [
        Element(Span(0, 1), 0, "p"),
        Element(Span(2, 3), 0, "blockquote"),
        Element(Span(2, 2), 1, "hr"),
        Element(Span(2, 2), 1, "ul"),
        Element(Span(2, 2), 2, "li"),
        Element(Span(2, 3), 1, "p"),
        Element(Span(3, 3), 0, "ul"),
        Element(Span(3, 3), 1, "li"),
        Element(Span(3, 3), 0, "blockquote"),
        Element(Span(3, 3), 1, "ul"),
        Element(Span(3, 3), 2, "li"),
    ] == list(marked.elements)
    marked = read("> a\n> ***\n\nb")
    assert [("blockquote", "a"), ("p", "a"), ("hr", ""), ("p", "b")] == shape(marked)
    assert Span(1, 1) == marked.elements[2].span


def test_without_footnotes_their_marks_are_text() -> None:
    """A parser without footnotes leaves them as CommonMark does."""
    assert "a[^1]\n[^1]: b c" == read("a[^1]\n\n[^1]: b c").text
    assert "a\nb c" == read_commonmark(WITH_FOOTNOTES, "a[^1]\n\n[^1]: b c").text


def test_every_link_keeps_its_address() -> None:
    """No scheme turns a link back into text: addresses are judged later, all of them."""
    marked = read("[a](javascript:x) <vbscript:y> ![b](data:text/html,z)")
    assert ["javascript:x", "vbscript:y", "data:text/html,z"] == [
        each.get("href") or each.get("src") for each in marked.elements[1:]
    ]


def test_what_is_too_deep_is_kept_and_reported() -> None:
    """Beyond the deepest level, marks are text, and the lines are told; leaves are still read."""
    marked = read("a\n\n" + "> " * DEEPEST + "*b*\n\n" + "> " * (DEEPEST + 1) + "*c*")
    assert ("a\nb\n> c", (4,)) == (marked.text, marked.too_deep)
    assert ["em", "em"] == [each.tag for each in marked.elements if each.tag == "em"]


def test_footnotes_too_deep_are_kept_and_reported() -> None:
    """Definitions within definitions nest too."""
    text = "".join(f"[^{number}]: " for number in range(DEEPEST + 1)) + "word"
    marked = read_commonmark(WITH_FOOTNOTES, text)
    assert ((0,), 1) == (marked.too_deep, marked.text.count("word"))


def test_tokens_of_ours_become_elements() -> None:
    """Containers by their tag, and transclusions as blocks or inline, keep allowed attributes."""
    attrs = {"href": "a#p1", "onclick": "x", "by": "B"}
    tokens = [
        Token("comment_open", "comment", 1, attrs={"by": "B", "onclick": "x"}, map=[4, 5]),
        Token("transclusion", "", 0, attrs=attrs),
        Token("paragraph_open", "p", 1),
        Token("inline", "", 0, children=[
            Token("text", "", 0, content="a"),
            Token("transclusion", "", 0, attrs={"href": "b"}),
            Token("unheard_of", "", 0, content="c"),
        ]),
        Token("paragraph_close", "p", -1),
        Token("unheard_of", "", 0, content="d"),
        Token("comment_close", "comment", -1),
    ]  # fmt: skip
    marked = read_tokens(tokens)
    assert (
        Marked(
            "ac\nd",
            (
                Element(Span(0, 4), 0, "comment", (("by", "B"),)),
                Element(Span(0, 0), 1, "transclusion", (("href", "a#p1"), ("by", "B"))),
                Element(Span(0, 2), 1, "p"),
                Element(Span(1, 1), 2, "transclusion", (("href", "b"),)),
                Element(Span(3, 4), 1, "p"),
            ),
            ((4, 5),) * 5,
        )
        == marked
    )


def test_words_are_read_only_when_they_are_asked_for() -> None:
    """Reading leaves the block tokens as they were, so a caller may cut words before, not after."""
    env: dict[str, object] = {}
    tokens = parse_blocks(PARSER, "*a*\n\n*b*", env)
    inlined = parse_inlines(PARSER, tokens, env)
    tokens[4].content = "*c*"
    assert "a\nc" == read_tokens(inlined).text
    assert [[], []] == [each.children for each in tokens if each.type == "inline"]


def test_brackets_have_a_bottom() -> None:
    """Brackets nested deeper than anybody writes are words; a link in them is one nevertheless."""
    marked = read("[" * 15 + "a" + "]" * 15 + "(u)")
    assert ("[" * 14 + "a" + "]" * 14, "a") == (marked.text, marked.elements[1].tag)
    assert "[" * 30 + "a" + "]" * 30 + "(u)" == read("[" * 30 + "a" + "]" * 30 + "(u)").text
    marked = read("[" * 300 + "[a](u)" + "]" * 300)
    assert ("[" * 300 + "a" + "]" * 300, "a") == (marked.text, marked.elements[1].tag)


def test_pictures_within_descriptions_leave_their_words() -> None:
    """The description of a picture has the words of the pictures in it."""
    marked = read("![a ![*b* ![c](u)](u)\\\nd](u) after")
    assert (" after", "a b c\nd") == (marked.text, marked.elements[1].get("alt"))


@pytest.mark.parametrize(
    "part",
    ["[", "![", "*a ", "**_* ", ">", "`a``b", "[a](", "- ", "<a ", "&", "|", "[^", "1) ", "\\\n"],
)
def test_hostile_repetition_takes_its_time_and_no_more(part: str) -> None:
    """A part many times over keeps its letters, in a few seconds of work at the very most."""
    start = time.process_time()
    marked = read_commonmark(WITH_FOOTNOTES, part * 10_000 + "end")
    assert marked.text.endswith("end")
    assert part.count("a") in (0, marked.text.count("a") / 10_000)
    assert time.process_time() - start < 20
