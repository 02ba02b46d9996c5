"""Blocks: a paragraph that is read at once is what all the rules of the parser would make of it."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markdown_it.parser_block import ParserBlock

from generator.bracing import install_braces
from generator.commonmark import new_parser, parse_blocks
from generator.rules import add_rules

LINES = st.sampled_from(
    [
        *(
            "",
            "",
            "",
            "words",
            "more words ",
            "Words, and (words)",
            "  two",
            "   three",
            "    four",
        ),
        *("# head", "## head ##", "#tag", "===", "---", "- - -", "***", "__", "=", "-"),
        *("- item", "* item", "+", "1. one", "2) two", "  - deeper", "    1. deeper", "10. x"),
        *("> quote", ">", "> > twice", ">- item", "> # head", "| a | b |", "|---|:-:|", "a | b"),
        *(
            "--|--",
            ":-",
            "```",
            "~~~ x",
            "`code`",
            "\tcode",
            "[a]: b",
            "[a]:",
            "'title'",
            "[^1]: n",
        ),
        *("<!-- c -->", "<!--", "-->", "{#id}", "{.c by=x}", "<b>", "\u00a0", "\x0b", "é", "漢字"),
    ]
)
PREFIXES = st.sampled_from(["", "", "", "", "> ", "- ", "  ", "   ", "    ", "1. ", "\t"])
TEXTS = st.lists(st.tuples(PREFIXES, LINES).map("".join), max_size=14).map("\n".join)


def of_sources() -> MarkdownIt:
    parser = new_parser(footnotes=True)
    install_braces(parser)
    return parser


def of_content() -> MarkdownIt:
    parser = new_parser()
    add_rules(parser)
    return parser


@pytest.mark.parametrize("make", [of_sources, of_content])
@given(text=TEXTS)
def test_blocks_are_those_of_the_parser(make: Any, text: str) -> None:
    """No rule was passed over that would have read the line."""
    ours, theirs = make(), make()
    theirs.block.tokenize = ParserBlock.tokenize.__get__(theirs.block)
    read: dict[str, Any] = {}
    expected: dict[str, Any] = {}
    tokens = parse_blocks(ours, text, read)

    assert parse_blocks(theirs, text, expected) == tokens
    assert expected == read
