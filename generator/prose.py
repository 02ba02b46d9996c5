"""Prose: content Markdown, the words of ours, read with its links and their exact places."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.token import Token

from generator.commonmark import Marked, new_parser, parse_blocks, parse_inlines, read_tokens
from generator.diagnostics import Diagnostic, Outcome
from generator.markup import HEADINGS
from generator.model import Element, Prose, Reference
from generator.rules import add_rules
from generator.sentences import sentence_around, sentence_ends
from generator.spans import Span, TextFile
from generator.whereabouts import Located, Tracker, line_span
from generator.words import nearest

LINK_KINDS = ("supports", "contradicts", "refines", "answers", "explains")
_LINK_TAGS = frozenset({"a", "img", "transclusion"})
_LEAVES = HEADINGS | {"p", "th", "td"}
_CELLS = frozenset({"th_open", "td_open"})
_BREAKS = ("softbreak", "hardbreak")
# Stands for the leaf around a passage that is shown between blocks: there is none.
_OUTSIDE = Element(Span(0, 0), 1 << 30, "p")
_IS_WORD = re.compile(r"\w+")
_SCHEME = re.compile(r"\s*(?:[A-Za-z][A-Za-z0-9+.-]*:|//)")
# Those that embed, override or isolate; the marks U+200E and U+200F turn nothing around.
_BIDI = re.compile("[\u202a-\u202e\u2066-\u2069]")


def _content_parser() -> MarkdownIt:
    parser = new_parser()
    add_rules(parser)
    return parser


_PARSER = _content_parser()


@dataclass(frozen=True, slots=True)
class Content:
    """A stretch of a file as blocks; *first* is the 0-based line at which it begins.

    *tokens* are the parser's, their lines counted from *first*; *env* is what it knows of them,
    the definitions of links for one.
    """

    file: TextFile
    first: int
    tokens: list[Token]
    env: dict[str, Any]


def read_prose(file: TextFile, span: Span) -> Outcome[Prose]:
    """Read the lines of *file* in *span* as CommonMark with tables, wiki links and comments.

    Raw HTML is text and a comment is left out. A link that types itself with an unknown word is
    ``link-kind-unknown``; what a link leads to is judged later. Direction controls are
    ``bidi-control``, an open comment is ``comment-unclosed``, deep nesting ``text-too-deep``.
    """
    content, unclosed = parse_content(file, span)
    prose = write_prose(content, content.tokens)
    found = (*unclosed, *prose.diagnostics, *warn_of_bidi(file, span))
    return Outcome(prose.value, found)


def parse_content(file: TextFile, span: Span) -> tuple[Content, tuple[Diagnostic, ...]]:
    """Return the blocks of *file* in *span*, whose start begins a line."""
    env: dict[str, Any] = {}
    tokens = parse_blocks(_PARSER, file.text[span.start : span.end], env)
    first = file.line_column(span.start)[0] - 1
    found = tuple(
        Diagnostic(
            "comment-unclosed",
            "this comment hides all that follows it",
            file.path,
            line_span(file, first + line),
            "write `-->` where the comment ends",
        )
        for line in env.get("unclosed", ())
    )
    return Content(file, first, tokens, env), found


def write_prose(content: Content, tokens: Iterable[Token]) -> Outcome[Prose]:
    """Make prose of some of the blocks of *content*, or of one ``inline`` token."""
    links: list[_Link] = []
    open_links: list[Span] = []
    inlined = parse_inlines(_PARSER, tokens, content.env)
    marked = read_tokens(_lift_transclusions(_collect(inlined, content, links, open_links)))
    kinds = [_judge_kind(link, content.file) for link in links]
    found = [diagnostic for kind in kinds for diagnostic in kind.diagnostics]
    found += [_not_closed(content.file, span) for span in open_links]
    found += [_too_deep(content, line) for line in marked.too_deep]
    return Outcome(_refer(marked, links, [kind.value for kind in kinds]), tuple(found))


def warn_of_bidi(file: TextFile, span: Span) -> tuple[Diagnostic, ...]:
    """Return a warning for every character in *span* that embeds, overrides or isolates."""
    return tuple(
        Diagnostic(
            "bidi-control",
            f"U+{ord(found[0]):04X} turns the direction of the words that follow",
            file.path,
            Span(*found.span()),
            "delete this character, it cannot be seen",
        )
        for found in _BIDI.finditer(file.text, *span)
    )


@dataclass(frozen=True, slots=True)
class _Link:
    """A link among the tokens, in the order in which its element will come."""

    form: str
    kind: str
    href: str
    words: str
    place: Span


def _collect(
    tokens: Iterable[Token], content: Content, links: list[_Link], open_links: list[Span]
) -> Iterator[Token]:
    """Yield *tokens*; add the links among them to *links*, those not closed to *open_links*."""
    tracker = Tracker(content.file)
    before = ""
    for token in tokens:
        if token.type == "inline":
            inside = [child for child in token.children or () if "place" in child.meta]
            not_closed = content.env.pop("open", ())
            if inside or not_closed or before in _CELLS:
                line = content.first + token.map[0] if token.map else None
                ends_line = before == "paragraph_open"
                located = tracker.locate(token.content, line, ends_line=ends_line)
                words = _words_by_link(token.children or ())
                links += [_read_link(child, located, words[id(child)]) for child in inside]
                open_links += (located.place(*span) for span in not_closed)
        before = token.type
        yield token


def _words_by_link(tokens: Sequence[Token]) -> dict[int, str]:
    """Return the visible words of each link, picture and transclusion, by its token's identity."""
    words: dict[int, str] = {}
    open_links: list[tuple[Token, list[str]]] = []
    for token in tokens:
        if token.type == "link_open":
            open_links.append((token, []))
        elif token.type == "link_close":
            opening, pieces = open_links.pop()
            words[id(opening)] = "".join(pieces)
        elif token.type in ("image", "transclusion"):
            words[id(token)] = token.content
        elif open_links:
            open_links[-1][1].append(" " if token.type in _BREAKS else token.content)
    return words


def _read_link(token: Token, located: Located, words: str) -> _Link:
    meta, title = token.meta, str(token.attrs.get("title", ""))
    href = str(token.attrs.get("src" if token.type == "image" else "href", ""))
    kind = meta.get("kind", "")
    if meta["form"] == "link" and not _SCHEME.match(href) and _IS_WORD.fullmatch(title):
        kind = token.attrs.pop("title")
    shown = "" if meta.get("bare") else words
    return _Link(meta["form"], kind, href, shown, located.place(*meta["place"]))


def _lift_transclusions(tokens: Iterable[Token]) -> Iterator[Token]:
    """Yield *tokens*; of a paragraph that does nothing but show passages only these."""
    opening: Token | None = None
    lifted = False
    for token in tokens:
        if token.type == "paragraph_open":
            opening = token
        elif opening is not None:
            shown = _only_transclusions(token)
            lifted = bool(shown)
            yield from shown or (opening, token)
            opening = None
        elif lifted:
            lifted = False
        else:
            yield token


def _only_transclusions(token: Token) -> list[Token]:
    children = token.children or []
    shown = [child for child in children if child.type == "transclusion"]
    others = [child for child in children if child.type not in ("transclusion", *_BREAKS)]
    if any(child.type != "text" or child.content.strip() for child in others):
        return []
    for child in shown:
        child.map = token.map
    return shown


def _judge_kind(link: _Link, file: TextFile) -> Outcome[str]:
    """Return the word that types *link*, if it is one of ours."""
    if link.kind in ("", *LINK_KINDS):
        return Outcome(link.kind)
    close = nearest(link.kind, LINK_KINDS)
    help = f"did you mean {close!r}?" if close else f"the words are {', '.join(LINK_KINDS)}"
    if link.form != "link" and _SCHEME.match(f"{link.kind}:{link.href}") and "/" in link.href:
        help = f"an address is an ordinary link: [words]({link.kind}:{link.href})"
    message = f"{link.kind!r} does not say how a link relates to its target"
    return Outcome("", (Diagnostic("link-kind-unknown", message, file.path, link.place, help),))


def _not_closed(file: TextFile, place: Span) -> Diagnostic:
    words = file.text[slice(*place)]
    message = f"`{words}` is not closed in its line, so it leads nowhere"
    help = f"write `{words}]]`; brackets that are meant as such are `\\[\\[`"
    return Diagnostic("link-dead", message, file.path, place, help)


def _too_deep(content: Content, line: int) -> Diagnostic:
    message, help = "this is nested too deep to be read", "nest quotations and lists less deep"
    span = line_span(content.file, content.first + line)
    return Diagnostic("text-too-deep", message, content.file.path, span, help)


def _refer(marked: Marked, links: Sequence[_Link], kinds: Sequence[str]) -> Prose:
    """Join the links with their elements, which come in the same order."""
    references: list[Reference] = []
    pending = iter(zip(links, kinds, strict=True))
    leaf = Element(Span(0, len(marked.text)), -1, "p")
    ends: list[int] = []
    for index, element in enumerate(marked.elements):
        if element.tag in _LEAVES:
            leaf, ends = element, []
        elif element.depth <= leaf.depth:
            leaf = _OUTSIDE
        if element.tag in _LINK_TAGS:
            link, kind = next(pending)
            sentence = element.span
            if element.depth > leaf.depth:
                ends = ends or sentence_ends(marked.text, leaf.span)
                sentence = sentence_around(marked.text, element.span, leaf.span, ends)
            references.append(
                Reference(link.form, kind, link.href, link.words, index, sentence, link.place)
            )
    return Prose(marked.text, marked.elements, tuple(references))
