"""Rules for the Markdown parser, markdown-it-py, where its own would drop text without a word."""

import re
from collections.abc import Iterator

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock, blockquote, list_block, paragraph, table
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token
from markdown_it.utils import EnvType

# Each level of quotation takes one, each level of list two. The parser calls itself at every
# level, so this also bounds the depth of the stack.
DEEPEST = 100
# Brackets within brackets beyond this are not tried as links or pictures: each level costs time
# at each bracket, and the parser calls itself.
_DEEPEST_BRACKET = 20
_FOOTNOTE = re.compile(r"\[\^[^\s\]]+\]:")
_BAR = re.compile(r"(?<!\\)\|")
# The characters at which one of CommonMark's rules can match: the parser's own list stops at
# more, for extensions that are not here, and that costs time in all prose.
STOPS = re.compile(r"[\n!&*<\[\\\]_`]")


def install_rules(parser: MarkdownIt) -> None:
    """Give *parser*, which reads tables, the rules that keep what its own would drop."""
    parser.block.ruler.at("table", _read_table, {"alt": ["paragraph", "reference"]})
    parser.block.ruler.before("table", "depth", _flatten_depth)
    parser.inline.terminator_re = STOPS
    parser.inline.parse = _parse_inline  # type: ignore[method-assign]
    parser.validateLink = _accept_link  # type: ignore[method-assign]
    parser.normalizeLinkText = _keep_words  # type: ignore[method-assign]


def _parse_inline(src: str, md: MarkdownIt, env: EnvType, tokens: list[Token]) -> list[Token]:
    """Do what the parser does, but begin so many levels up that fewer are left for brackets."""
    state = StateInline(src, md, env, tokens)
    state.level = state.pendingLevel = md.options.maxNesting - _DEEPEST_BRACKET
    md.inline.tokenize(state)
    for rule in md.inline.ruler2.getRules(""):
        rule(state)
    return state.tokens


def _accept_link(url: str) -> bool:
    return True


def _keep_words(link: str) -> str:
    """Show an address between angle brackets as it was typed."""
    return link


def _flatten_depth(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """Read what would nest too deep as a paragraph; the parser would drop it without a word."""
    if silent or state.level < DEEPEST or not _opens_container(state, start, end):
        return False
    first = len(state.tokens)
    paragraph(state, start, end, False)
    state.tokens[first].meta["too-deep"] = True
    return True


def _opens_container(state: StateBlock, start: int, end: int) -> bool:
    if blockquote(state, start, end, True) or list_block(state, start, end, True):
        return True
    return bool(_FOOTNOTE.match(state.src, state.bMarks[start] + state.tShift[start]))


def _read_table(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """Read a table, with the cells that go beyond its head, which the parser would drop."""
    first = len(state.tokens)
    found = table(state, start, end, silent)
    if found and not silent:
        state.tokens[first:] = _with_surplus(state, state.tokens[first:])
    return found


def _with_surplus(state: StateBlock, tokens: list[Token]) -> Iterator[Token]:
    columns = sum(token.type == "th_open" for token in tokens)
    surplus: list[str] = []
    for token in tokens:
        if token.type == "tr_open" and token.map:
            surplus = _cells(state, token.map[0])[columns:]
        elif token.type == "tr_close":
            for cell in surplus:
                yield Token("td_open", "td", 1)
                yield Token("inline", "", 0, content=cell)
                yield Token("td_close", "td", -1)
        yield token


def _cells(state: StateBlock, line: int) -> list[str]:
    row = state.src[state.bMarks[line] + state.tShift[line] : state.eMarks[line]].strip()
    cells = [cell.replace("\\|", "|").strip() for cell in _BAR.split(row)]
    return cells[not cells[0] : len(cells) - (not cells[-1])]
