"""CommonMark, tables and footnotes: from the parser's tokens to a text and its markup."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.common.utils import unescapeAll
from markdown_it.token import Token
from mdit_py_plugins.footnote import footnote_plugin

from generator.drafting import Attributes, Draft
from generator.footnotes import Footnotes, in_page_order
from generator.markdown_rules import DEEPEST, install_rules
from generator.markup import ATTRIBUTES, HEADINGS
from generator.model import Element

_LEAVES = HEADINGS | {"p", "th", "td"}
_ALIGN = "text-align:"


@dataclass(frozen=True, slots=True)
class Marked:
    """Markdown as read: its visible text, with markup standing off.

    *lines* has, for each element, the 0-based half-open range of lines of its block in the parsed
    text (an inline element has its block's). *too_deep* are the first lines of passages nested
    deeper than ``markdown_rules.DEEPEST``: their words are kept, as paragraphs that show their
    markers, and the caller reports ``text-too-deep``.
    """

    text: str
    elements: tuple[Element, ...]
    lines: tuple[tuple[int, int], ...]
    too_deep: tuple[int, ...] = ()


def new_parser(*, footnotes: bool = False) -> MarkdownIt:
    """Make a parser of CommonMark and tables, with or without footnotes.

    Raw HTML is text. Every link is kept, whatever its scheme: a later stage judges addresses by
    an allow-list, and a link refused here would silently become text. Addresses are as the parser
    normalises them, with entities decoded and spaces percent-encoded. An added inline rule for a
    character that is not in ``markdown_rules.STOPS`` must set ``parser.inline.terminator_re``.
    """
    parser = MarkdownIt("commonmark", {"html": False, "maxNesting": DEEPEST + 10})
    parser.enable("table").disable(["html_block", "html_inline"])
    if footnotes:
        parser.use(footnote_plugin, inline=False, move_to_end=False)
    install_rules(parser)
    return parser


def parse_blocks(parser: MarkdownIt, text: str, env: dict[str, Any]) -> list[Token]:
    """Parse the blocks of *text*; their ``inline`` tokens hold unread ``content``.

    A caller may take words out of that content before ``parse_inlines`` reads it.
    """
    tokens: list[Token] = []
    parser.block.parse(text, parser, env, tokens)
    return tokens


def parse_inlines(
    parser: MarkdownIt, tokens: Iterable[Token], env: dict[str, Any]
) -> Iterator[Token]:
    """Yield *tokens* with the ``inline`` ones read, each only when it is asked for.

    One of plain words has no ``children``, only its ``content``. The others are copies, so a long
    text never has all its inline tokens in memory. *env* is the one that ``parse_blocks`` filled.
    """
    may_mean_more = parser.inline.terminator_re.search
    for token in tokens:
        if token.type == "inline":
            if may_mean_more(token.content):
                children: list[Token] = []
                parser.inline.parse(token.content, parser, env, children)
                token = Token("inline", "", 0, {}, token.map, 0, children, token.content)
            else:
                token.children = None
        yield token


def read_commonmark(parser: MarkdownIt, text: str) -> Marked:
    """Read *text* from beginning to end."""
    env: dict[str, Any] = {}
    return read_tokens(parse_inlines(parser, parse_blocks(parser, text, env), env))


def read_tokens(tokens: Iterable[Token]) -> Marked:
    """Write the text and the elements of *tokens*, which are those of ``new_parser``.

    Footnotes follow the body in the order of their first mention; one that nothing mentions, or
    that repeats another's label, comes after them. Besides the parser's own tokens there may be
    pairs whose tag is one of ``markup.CONTAINERS``, and ``transclusion`` (with ``href``), inline
    or as a block. Attributes that are not in ``markup.ATTRIBUTES`` are left out.
    """
    draft, notes = Draft(), Footnotes()
    too_deep: list[int] = []
    for token in in_page_order(tokens, notes):
        _write_block(draft, token, notes)
        if token.meta and "too-deep" in token.meta:
            too_deep.append(draft.here[0])
    elements = tuple(Element(*row) for row in draft.rows())
    return Marked(draft.text(), elements, tuple(draft.lines), tuple(too_deep))


def _write_block(draft: Draft, token: Token, notes: Footnotes) -> None:
    kind = token.type
    if token.map and token.nesting >= 0:
        draft.here = (token.map[0], token.map[1])
    if kind == "inline":
        if token.children is None:
            draft.write(token.content)
        else:
            _write_inlines(draft, token.children, notes)
    elif token.nesting == 1:
        if token.hidden:
            draft.classify("tight", 2)
        open_element = draft.open_leaf if token.tag in _LEAVES else draft.open_container
        open_element(token.tag, _attributes(token))
    elif token.nesting == -1:
        draft.close()
    elif kind == "fence" or kind == "code_block":
        language = unescapeAll(token.info).split()[:1]
        attrs = (("language", language[0]),) if language else ()
        draft.open_leaf("pre", _attributes(token) + attrs)
        draft.write(token.content.removesuffix("\n"))
        draft.close()
    elif kind == "transclusion":
        draft.put_block("transclusion", _attributes(token))
    elif kind == "hr":
        draft.put_block("hr", _attributes(token))
    else:
        draft.open_leaf("p")
        draft.write(token.content)
        draft.close()


def _write_inlines(draft: Draft, tokens: Iterable[Token], notes: Footnotes) -> None:
    for token in tokens:
        kind = token.type
        if kind == "text" or kind == "text_special":
            draft.write(token.content)
        elif kind == "softbreak":
            draft.write("\n")
        elif token.nesting == 1:
            draft.open_inline(token.tag, _attributes(token))
        elif token.nesting == -1:
            draft.close()
        elif kind == "hardbreak":
            draft.put_inline("br")
            draft.write("\n")
        elif kind == "code_inline":
            draft.open_inline("code")
            draft.write(token.content)
            draft.close()
        elif kind == "image":
            token.attrs["alt"] = _plain(token.children)
            draft.put_inline("img", _attributes(token))
        elif kind == "footnote_ref":
            draft.put_inline("footnote-ref", (("number", notes.mention(token.meta["label"])),))
        elif kind == "transclusion":
            draft.put_inline("transclusion", _attributes(token))
        else:
            draft.write(token.content)


def _attributes(token: Token) -> Attributes:
    """Return the attributes of *token* that a page may carry, as words."""
    if not token.attrs:
        return ()
    attrs = {name: str(value) for name, value in token.attrs.items() if name in ATTRIBUTES}
    style = str(token.attrs.get("style", ""))
    if style.startswith(_ALIGN):
        attrs["align"] = style.removeprefix(_ALIGN)
    return tuple(attrs.items())


def _plain(tokens: Iterable[Token] | None) -> str:
    """Return the words of a picture's description, which may hold markup and pictures."""
    words = []
    for token in tokens or ():
        if token.type == "image":
            words.append(_plain(token.children))
        elif token.type == "softbreak" or token.type == "hardbreak":
            words.append("\n")
        else:
            words.append(token.content)
    return "".join(words)
