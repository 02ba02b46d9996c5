"""Rules of ours for content Markdown: wiki links, and comments that are not published.

They go into markdown-it's rulers and emit its own kinds of token. The opening token of a link (or
the token of a picture or transclusion) says in its ``meta`` where it stands in the words of its
block (``place``, a pair of offsets) and in which ``form`` it was written; a wiki link also says
its ``kind`` as typed, and whether it came without words (``bare``).
"""

import re
from collections.abc import Callable
from dataclasses import dataclass

from markdown_it import MarkdownIt
from markdown_it.ruler import RuleOptionsType
from markdown_it.rules_block import StateBlock
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token

from generator.spans import Span

Rule = Callable[[StateInline, bool], bool]

_WIKI = re.compile(r"\[\[(?P<target>[^\[\]|\n`<\\]+)(?P<end>\]\]|\\?\|)")
# One that an author forgot to close: whatever stands there is no brackets around a link.
_OPEN_WIKI = re.compile(r"\[\[(?P<target>[\w#:.-]*\w)(?:\](?![(\[\]:])|[\s,;|]|$)")
_LINKS = frozenset({"link_open", "image"})
# A key of the parser's cache of positions that is no position.
_LAST_CLOSING = -1


def add_rules(parser: MarkdownIt) -> None:
    """Teach *parser*, made by ``commonmark.new_parser``, to read content.

    Addresses stay as typed, with only entities and backslashes decoded. The first line of a
    comment that is not closed is added to the list ``env["unclosed"]``.
    """
    ruler = parser.inline.ruler
    rules = dict(zip(ruler.get_active_rules(), ruler.getRules(""), strict=True))
    link, picture = _placed(rules["link"], "link"), _placed(rules["image"], "picture")
    ruler.at("link", _first(_read_wiki, link))
    ruler.at("image", _first(_read_transclusion, picture))
    ruler.at("autolink", _outside_links(_placed(rules["autolink"], "link")))
    ruler.before("autolink", "comment", _drop_comment)
    interrupts: RuleOptionsType = {"alt": ["paragraph", "reference", "blockquote"]}
    parser.block.ruler.before("reference", "comment", _drop_comment_block, interrupts)
    parser.normalizeLink = _as_typed  # type: ignore[method-assign]


def _as_typed(url: str) -> str:
    return url


def _placed(rule: Rule, form: str) -> Rule:
    """Let *rule* leave its place and form in the token that it opens."""

    def read(state: StateInline, silent: bool) -> bool:
        start, before = state.pos, len(state.tokens)
        found = rule(state, silent)
        if found and not silent:
            token = next(token for token in state.tokens[before:] if token.type in _LINKS)
            token.meta.update(place=(start, state.pos), form=form)
        return found

    return read


def _first(ours: Callable[[StateInline, bool, Rule], bool], ordinary: Rule) -> Rule:
    """Try a rule of ours and, if it does not match, *ordinary*."""

    def read(state: StateInline, silent: bool) -> bool:
        return ours(state, silent, ordinary) or ordinary(state, silent)

    return read


def _outside_links(rule: Rule) -> Rule:
    """Let *rule* match outside links only: a page has no links within links."""

    def read(state: StateInline, silent: bool) -> bool:
        return state.linkLevel == 0 and rule(state, silent)

    return read


@dataclass(frozen=True, slots=True)
class _Wiki:
    """A wiki link as typed; *words* is the span of its words in the block, None without any."""

    kind: str
    href: str
    words: Span | None
    end: int


def _find_wiki(state: StateInline, start: int) -> _Wiki | None:
    """Find the wiki link at *start*; None when there is none, or only part of one."""
    found = _WIKI.match(state.src, start, state.posMax)
    target = found["target"].strip() if found else ""
    if found is None or not target:
        return None
    kind, colon, href = (part.strip() for part in target.partition(":"))
    if not (colon and kind and href):
        kind, href = "", target
    if found["end"] == "]]":
        return _Wiki(kind, href, None, found.end())
    # Words hold no other wiki link; to look for their end only before the next keeps this linear.
    following = state.src.find("[[", found.end(), state.posMax)
    limit = state.posMax if following == -1 else following
    if state.src.find("]]", found.end(), limit) == -1:
        return None
    closing = state.md.helpers.parseLinkLabel(state, start + 1, True)
    if closing == -1 or not state.src.startswith("]]", closing) or closing + 2 > state.posMax:
        return None
    words = Span(found.end(), closing)
    has_words = bool(state.src[words.start : words.end].strip())
    return _Wiki(kind, href, words if has_words else None, closing + 2)


def _read_wiki(state: StateInline, silent: bool, ordinary: Rule) -> bool:
    """Read ``[[id]]`` and ``[[id|words]]``, but leave ``[[1]](address)`` to the ordinary rule."""
    start = state.pos
    if state.linkLevel or not state.src.startswith("[[", start):
        return False
    wiki = _find_wiki(state, start)
    if wiki is None or (state.src.startswith("(", wiki.end) and ordinary(state, True)):
        state.pos = start
        if not (wiki or silent):
            _note_open(state, ordinary)
        return False
    if not silent:
        token = state.push("link_open", "a", 1)
        _describe(token, wiki, start, "wiki")
        _write_words(state, wiki)
        state.push("link_close", "a", -1)
    state.pos = wiki.end
    return True


def _note_open(state: StateInline, ordinary: Rule) -> None:
    """Put what begins here down as a wiki link without its end, unless it is a link of Markdown."""
    start = state.pos
    found = _OPEN_WIKI.match(state.src, start, state.posMax)
    if found and not ordinary(state, True):
        state.env.setdefault("open", []).append(Span(start, found.end("target")))
    state.pos = start


def _read_transclusion(state: StateInline, silent: bool, ordinary: Rule) -> bool:
    """Read ``![[source#p3]]``, but leave ``![[1]](address)`` to the ordinary rule."""
    start = state.pos
    if state.linkLevel or not state.src.startswith("![[", start):
        return False
    wiki = _find_wiki(state, start + 1)
    if wiki is None or (state.src.startswith("(", wiki.end) and ordinary(state, True)):
        state.pos = start
        return False
    if not silent:
        token = state.push("transclusion", "transclusion", 0)
        _describe(token, wiki, start, "transclusion")
        token.content = state.src[slice(*wiki.words)].strip() if wiki.words else ""
    state.pos = wiki.end
    return True


def _describe(token: Token, wiki: _Wiki, start: int, form: str) -> None:
    token.attrs = {"href": wiki.href}
    place = (start, wiki.end)
    token.meta.update(place=place, form=form, kind=wiki.kind, bare=wiki.words is None)


def _write_words(state: StateInline, wiki: _Wiki) -> None:
    """Write the words of a wiki link, which may hold markup; without any its target."""
    if wiki.words is None:
        state.push("text", "", 0).content = wiki.href
        return
    end = state.posMax
    state.pos, state.posMax = wiki.words
    state.linkLevel += 1
    state.md.inline.tokenize(state)
    state.linkLevel -= 1
    state.posMax = end


def _drop_comment(state: StateInline, silent: bool) -> bool:
    """Pass over ``<!-- … -->`` within a paragraph, and over one of the spaces around it."""
    start = state.pos
    if not state.src.startswith("<!--", start):
        return False
    if _LAST_CLOSING not in state.cache:
        state.cache[_LAST_CLOSING] = state.src.rfind("-->")
    if state.cache[_LAST_CLOSING] < start + 2:
        return False
    end = state.src.find("-->", start + 2, state.posMax) + 3
    if end == 2:
        return False
    if not silent:
        rest = state.src[end : state.posMax]
        if not rest.strip():
            state.pending = state.pending.rstrip()
        elif state.pending.endswith((" ", "\n")) or not (state.pending or state.tokens):
            end += len(rest) - len(rest.lstrip(" \n"))
    state.pos = end
    return True


def _drop_comment_block(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """Pass over a comment that begins a line; unclosed, it hides all up to its container's end.

    Words after it on its last line are read as a block of their own; on a single line they and
    the comment are left to ``_drop_comment``.
    """
    opening = state.bMarks[start] + state.tShift[start]
    if state.is_code_block(start) or not state.src.startswith("<!--", opening):
        return False
    line, after = _find_closing(state, start, end)
    rest = after != -1 and bool(state.src[after : state.eMarks[line]].strip())
    if rest and line == start:
        return False
    if silent:
        return True
    state.line = line
    if after == -1:
        state.env.setdefault("unclosed", []).append(start)
    elif rest:
        _begin_line(state, line, after)
    else:
        state.line = line + 1
    return True


def _find_closing(state: StateBlock, start: int, end: int) -> tuple[int, int]:
    """Return the line in which a comment closes and the offset behind it, else (a line, -1)."""
    line = start
    at = state.bMarks[start] + state.tShift[start] + 2
    while True:
        closing = state.src.find("-->", at, state.eMarks[line])
        if closing != -1:
            return line, closing + 3
        line += 1
        if line >= end or (state.sCount[line] < state.blkIndent and not state.isEmpty(line)):
            return line, -1
        at = state.bMarks[line] + state.tShift[line]


def _begin_line(state: StateBlock, line: int, at: int) -> None:
    """Let *line* begin at the offset *at*, as if nothing stood before it."""
    indent = len(state.src[at : state.eMarks[line]]) - len(
        state.src[at : state.eMarks[line]].lstrip()
    )
    state.bMarks[line], state.tShift[line] = at, indent
    state.sCount[line] = state.blkIndent + min(indent, 3)
