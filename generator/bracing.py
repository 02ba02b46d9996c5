"""Braces in a source's Markdown: taken out before its words are read, and put on their blocks."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock
from markdown_it.token import Token

from generator.braces import Braces, BracesFault, find_braces
from generator.diagnostics import Diagnostic, Outcome
from generator.kinds import Key, Kind
from generator.pairs import Pair, Scalar, Table
from generator.schema import Values, check_keys
from generator.spans import Span, TextFile
from generator.words import slug

KEYS = frozenset({"announced", "by", "date", "re", "lang", "dir"})
BLOCK_KEYS = (Key("lang", Kind.LANGUAGE), Key("dir", Kind.CHOICE, words=("ltr", "rtl", "auto")))

_META = "braces"
_NOWHERE = Span(0, 0)
_LOCATOR = re.compile(r"[pcfL][0-9]+(?:-[pcfL][0-9]+)?")


@dataclass(frozen=True, slots=True)
class Given:
    """What an author says of a block in braces, with places in the file."""

    id: str = ""
    id_place: Span = _NOWHERE
    classes: tuple[str, ...] = ()
    pairs: tuple[Pair, ...] = ()
    place: Span = _NOWHERE

    def check(self, keys: tuple[Key, ...], path: str) -> Outcome[Values]:
        """Return the values by *keys*, all of them words, and what is wrong with them."""
        return check_keys(Table(self.pairs, self.place), keys, path)


def install_braces(parser: MarkdownIt) -> None:
    """Teach *parser* that a line of braces above a block is not text."""
    parser.block.ruler.after("depth", "braces", _read_braces_line)


def given(token: Token) -> Given:
    """Return what was given for the block that *token* opens."""
    found: Given | None = token.meta.get(_META)
    return found or Given()


def give(token: Token, given: Given) -> None:
    """Let *token* open the block of which *given* speaks."""
    token.meta[_META] = given


def take_braces(
    tokens: Sequence[Token], file: TextFile, env: dict[str, Any]
) -> tuple[list[Token], list[Diagnostic]]:
    """Return *tokens* without the braces in headings and above blocks, which ``given`` tells.

    *env* is the one in which the parser with ``install_braces`` has read the blocks of *file*.
    """
    problems = [_report(fault, offset, file.path) for offset, fault in env.get(_META, ())]
    kept: list[Token] = []
    waiting: list[Given] = []
    for index, token in enumerate(tokens):
        if token.type == "braces":
            waiting.append(given(token))
            continue
        if token.type == "heading_open":
            waiting += _take_from_heading(tokens[index + 1], file, problems)
        if waiting:
            if _takes_braces(token):
                give(token, _join(waiting))
            else:
                problems += (_idle(each, file.path) for each in waiting)
            waiting = []
        kept.append(token)
    problems += (_idle(each, file.path) for each in waiting)
    return kept, problems


def dress(token: Token, given: Given, values: Values) -> None:
    """Set the attributes that any block may have; its classes are marked as the source's own."""
    attrs = {"id": given.id, "class": " ".join(f"s-{name}" for name in given.classes)}
    attrs |= {key.name: values[key.name] for key in BLOCK_KEYS}
    token.attrs |= {name: value for name, value in attrs.items() if value}


def dress_blocks(tokens: Sequence[Token], path: str) -> list[Diagnostic]:
    """Set the attributes of every block with braces; return what is wrong with these."""
    problems: list[Diagnostic] = []
    seen: set[str] = set()
    for token in tokens:
        if _META not in token.meta:
            continue
        said = given(token)
        if "thread" in said.classes:
            message = "a thread begins with a heading, outside of lists and quotations"
            problems.append(Diagnostic("thread-invalid", message, path, said.place))
        fault = _id_fault(said.id, seen)
        if fault:
            problems.append(Diagnostic(*fault, path, said.id_place))
            said = replace(said, id="")
        outcome = said.check(BLOCK_KEYS, path)
        problems += outcome.diagnostics
        dress(token, said, outcome.value)
        seen |= {said.id} - {""}
    return problems


def _id_fault(id: str, seen: set[str]) -> tuple[str, str] | None:
    """Return the code and message of what is wrong with the author's name for a block."""
    if id and slug(id) != id.lower():
        return "id-invalid", f"the id `{id}` has other characters than letters, digits and hyphens"
    if _LOCATOR.fullmatch(id):
        return "id-invalid", f"the id `{id}` looks like a place in a text"
    if id in seen:
        return "id-duplicate", f"another block of this text has the id `{id}`"
    return None


def _read_braces_line(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    offset = state.bMarks[start] + state.tShift[start]
    if silent or state.src[offset : offset + 1] not in ("{", "<") or state.is_code_block(start):
        return False
    line = state.src[offset : state.eMarks[start]]
    braces = find_braces(line, KEYS)
    if braces is None or line[: braces.span.start].strip():
        return False
    if isinstance(braces, BracesFault):
        state.env.setdefault(_META, []).append((offset, braces))
        return False
    token = state.push("braces", "", 0)
    give(token, _place(braces, line, offset))
    state.line = start + 1
    return True


def _take_from_heading(
    inline: Token, file: TextFile, problems: list[Diagnostic]
) -> Iterator[Given]:
    """Cut the braces off a heading's words; yield what they say, at most once."""
    before, feed, line = inline.content.rpartition("\n")
    braces = find_braces(line, KEYS)
    if braces is None or inline.map is None:
        return
    offset = file.line_starts[inline.map[1] - 1] + file.line(inline.map[1]).rfind(line)
    if isinstance(braces, BracesFault):
        problems.append(_report(braces, offset, file.path))
        return
    inline.content = f"{before}{feed}{line[: braces.span.start]}".rstrip(" \t\n")
    yield _place(braces, line, offset)


def _place(braces: Braces, line: str, offset: int) -> Given:
    """Return what the *braces* of *line* say; it begins at *offset* of the file."""

    def at(span: Span) -> Span:
        return Span(span.start + offset, span.end + offset)

    pairs = []
    for key, value in braces.pairs:
        place = at(braces.place(key))
        pairs.append(Pair(key, place, Scalar(value, value, place)))
    cut = line[braces.span.start : braces.span.end]
    place = at(Span(braces.span.end - len(cut.lstrip()), braces.span.start + len(cut.rstrip())))
    return Given(braces.id, at(braces.place("#")), braces.classes, tuple(pairs), place)


def _join(several: list[Given]) -> Given:
    """Return what several braces of one block say together; what is nearer to it wins."""
    last = several[-1]
    named = [each for each in several if each.id]
    id, id_place = (named[-1].id, named[-1].id_place) if named else ("", last.id_place)
    classes = tuple(dict.fromkeys(name for each in several for name in each.classes))
    pairs = {pair.key: pair for each in several for pair in each.pairs}
    return Given(id, id_place, classes, tuple(pairs.values()), last.place)


def _takes_braces(token: Token) -> bool:
    opens = token.nesting == 1 and token.type != "footnote_reference_open"
    return opens or token.type in ("fence", "code_block")


def _report(fault: BracesFault, offset: int, path: str) -> Diagnostic:
    span = Span(fault.span.start + offset, fault.span.end + offset)
    return Diagnostic("braces-invalid", fault.message, path, span, fault.help)


def _idle(given: Given, path: str) -> Diagnostic:
    message = "there is no block below these braces"
    help = "write them right above the block they are for, or at the end of a heading"
    return Diagnostic("braces-invalid", message, path, given.place, help)
