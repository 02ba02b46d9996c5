"""Rules for the Markdown parser, markdown-it-py, where its own would drop text without a word."""

import re
from collections.abc import Iterator
from functools import partial

from markdown_it import MarkdownIt
from markdown_it.common.utils import mdTrim
from markdown_it.parser_block import ParserBlock
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


# With which characters a block of each rule begins; that of a rule not named here with any.
_OPENINGS = {
    "blockquote": ">",
    "braces": "{<",
    "comment": "<",
    "depth": ">*+-[0123456789",
    "fence": "`~",
    "footnote_def": "[",
    "heading": "#",
    "hr": "*-_",
    "list": "*+-0123456789",
    "reference": "[",
}
# What makes a table or a heading of the line before it.
_UNDERLINES = "|:-="
_MARKED = frozenset("".join(_OPENINGS.values()) + _UNDERLINES)


def install_rules(parser: MarkdownIt) -> None:
    """Give *parser*, which reads tables, the rules that keep what its own would drop.

    A rule that is added later, with a name that ``_OPENINGS`` does not have, is not asked about
    lines of plain words.
    """
    parser.block.ruler.at("table", _read_table, {"alt": ["paragraph", "reference"]})
    parser.block.ruler.before("table", "depth", _flatten_depth)
    parser.block.tokenize = partial(_read_blocks, parser.block)  # type: ignore[method-assign]
    parser.inline.terminator_re = STOPS
    parser.inline.parse = _parse_inline  # type: ignore[method-assign]
    parser.validateLink = _accept_link  # type: ignore[method-assign]
    parser.normalizeLinkText = _keep_words  # type: ignore[method-assign]


def _read_blocks(parser: ParserBlock, state: StateBlock, start: int, end: int) -> None:
    """Do what the parser does, but see at a line's first character what it cannot begin.

    That no rule wants it is what most lines come to; to ask them all takes most of the time.
    """
    line, had_gap = start, False
    while line < end:
        state.line = line = state.skipEmptyLines(line)
        if line >= end or state.sCount[line] < state.blkIndent:
            break
        if state.level >= state.md.options.maxNesting:
            state.line = end
            break
        if not _read_plain_paragraph(state, line):
            rules = parser.ruler.getRules("")
            if not any(rule(state, line, end, False) for rule in rules):
                raise RuntimeError("no rule read this line")
        state.tight = not had_gap
        line = state.line
        had_gap = had_gap or (line <= end and state.isEmpty(line - 1))
        if line < end and state.isEmpty(line):
            had_gap = True
            line += 1
            state.line = line


def _read_plain_paragraph(state: StateBlock, start: int) -> bool:
    """Read the paragraph that begins at the line *start*, if no line of it begins with a mark."""
    if state.is_code_block(start):
        return False
    src, begins, shifts, ends = state.src, state.bMarks, state.tShift, state.eMarks
    line = start
    while line < state.lineMax:
        first = begins[line] + shifts[line]
        if first >= ends[line]:
            break
        if src[first] in _MARKED:
            return False
        line += 1
    words = mdTrim(state.getLines(start, line, state.blkIndent, False))
    # The parser's rule for underlined headings, which comes first, leaves it so.
    state.parentType = "paragraph"
    level, state.line = state.level, line
    state.tokens += (
        Token("paragraph_open", "p", 1, {}, [start, line], level, block=True),
        Token("inline", "", 0, {}, [start, line], level + 1, [], words, block=True),
        Token("paragraph_close", "p", -1, level=level, block=True),
    )
    return True


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
