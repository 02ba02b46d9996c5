"""Where every key and value of a TOML text stands: what ``tomllib`` does not tell.

The scanner reads TOML 1.0 and judges what authors get wrong in words that are the same on every
version of Python; what it lets pass, ``tomllib`` judges.
"""

import re
from dataclasses import dataclass, field

from generator.pairs import in_ticks
from generator.spans import Span
from generator.toml_scalars import (
    Stumble,
    end_of,
    read_bare,
    read_name,
    read_string,
    rest_of_line,
)

Path = tuple[str | int, ...]

_DEEPEST = 16

_SKIPPED = re.compile(r"(?>(?:[ \t\n]++|#[^\n]*+)*)")
_BLANKS = re.compile(r"[ \t]*+")
_LINE_END = re.compile(r"(?:#[^\n]*+)?(?:\n|\Z)")
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f]")
_PAIR = re.compile(r"[A-Za-z0-9_-]++[ \t]*=")


@dataclass(frozen=True, slots=True)
class Places:
    """The place of each key and value by its path; the parts of a list are counted from 0."""

    keys: dict[Path, Span] = field(default_factory=dict)
    values: dict[Path, Span] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class _Scan:
    """A text and what was found in it so far.

    *counts* has the last index of each list of tables, *headers* the tables opened by name.
    """

    text: str
    places: Places = field(default_factory=Places)
    counts: dict[Path, int] = field(default_factory=dict)
    headers: set[Path] = field(default_factory=set)


def find_places(text: str) -> Places:
    """Find the places of all keys and values of *text*; raise ``Stumble`` where it is no TOML.

    It takes a time in proportion to the text, and what it lets pass is not nested deep.
    """
    control = _CONTROL.search(text)
    if control:
        place = Span(*control.span())
        raise Stumble("a control character has no place in TOML", place, "delete it")
    scan = _Scan(text)
    table: Path = ()
    at = end_of(_SKIPPED, text, 0)
    while at < len(text):
        if text[at] == "[":
            table, at = _read_header(scan, at)
        else:
            at = _read_pair(scan, at, table)
        at = end_of(_BLANKS, text, at)
        end = _LINE_END.match(text, at)
        if not end:
            help = "put all of the words inside the quotation marks, or break the line"
            raise Stumble("only a comment may follow here", rest_of_line(text, at), help)
        at = end_of(_SKIPPED, text, end.end())
    return scan.places


def _read_header(scan: _Scan, at: int) -> tuple[Path, int]:
    brackets = "[[" if scan.text.startswith("[[", at) else "["
    parts, end = _read_key(scan.text, at + len(brackets))
    closing = "]" * len(brackets)
    if not scan.text.startswith(closing, end):
        raise Stumble(
            "these brackets are not closed", rest_of_line(scan.text, at), f"write `{closing}`"
        )
    end += len(closing)
    path: Path = ()
    for name, place in parts:
        if path in scan.counts:
            path += (scan.counts[path],)
        path += (name,)
        scan.places.keys.setdefault(path, place)
    if brackets == "[[":
        scan.counts[path] = scan.counts.get(path, -1) + 1
        return (*path, scan.counts[path]), end
    if path in scan.headers:
        message = f"{in_ticks(scan.text[at:end])} stands here twice"
        raise Stumble(message, Span(at, end), "put the keys of both below the first")
    scan.headers.add(path)
    return path, end


def _read_key(text: str, at: int) -> tuple[list[tuple[str, Span]], int]:
    """Read a key and its dots; return its names with their places, and where it ends."""
    parts: list[tuple[str, Span]] = []
    while True:
        at = end_of(_BLANKS, text, at)
        parts.append(read_name(text, at))
        if len(parts) > _DEEPEST:
            raise Stumble(
                "this key has too many parts", rest_of_line(text, at), "write it without dots"
            )
        at = end_of(_BLANKS, text, parts[-1][1].end)
        if not text.startswith(".", at):
            return parts, at
        at += 1


def _read_pair(scan: _Scan, at: int, table: Path) -> int:
    parts, end = _read_key(scan.text, at)
    typed = scan.text[at:end].strip(" \t")
    if not scan.text.startswith("=", end):
        message = f"`=` is missing after {in_ticks(typed)}"
        raise Stumble(message, rest_of_line(scan.text, at), f"write `{in_ticks(typed)[1:-1]} = …`")
    path = table
    for name, place in parts:
        path += (name,)
        scan.places.keys.setdefault(path, place)
    if path in scan.places.values:
        place = Span(at, at + len(typed))
        raise Stumble(f"{in_ticks(typed)} is given twice", place, "leave one of the two")
    return _read_value(scan, end_of(_BLANKS, scan.text, end + 1), path)


def _read_value(scan: _Scan, at: int, path: Path) -> int:
    if len(path) > _DEEPEST:
        raise Stumble("this value is nested too deep", rest_of_line(scan.text, at), "take it out")
    match scan.text[at : at + 1]:
        case "[":
            end = _read_list(scan, at, path)
        case "{":
            end = _read_inline_table(scan, at, path)
        case '"' | "'":
            end = read_string(scan.text, at)
        case _:
            end = read_bare(scan.text, at)
    scan.places.values[path] = Span(at, end)
    return end


def _read_list(scan: _Scan, start: int, path: Path) -> int:
    at, number = end_of(_SKIPPED, scan.text, start + 1), 0
    while not scan.text.startswith("]", at):
        if _PAIR.match(scan.text, at) or at == len(scan.text):
            raise _unclosed(scan.text, start, "]")
        at = end_of(_SKIPPED, scan.text, _read_value(scan, at, (*path, number)))
        if scan.text.startswith(",", at):
            at, number = end_of(_SKIPPED, scan.text, at + 1), number + 1
        elif not scan.text.startswith("]", at):
            raise _unclosed(scan.text, start, "]")
    return at + 1


def _read_inline_table(scan: _Scan, start: int, path: Path) -> int:
    at = end_of(_BLANKS, scan.text, start + 1)
    if scan.text.startswith("}", at):
        return at + 1
    while True:
        at = end_of(_BLANKS, scan.text, _read_pair(scan, at, path))
        if scan.text.startswith("}", at):
            return at + 1
        if not scan.text.startswith(",", at):
            raise _unclosed(scan.text, start, "}")
        at = end_of(_BLANKS, scan.text, at + 1)


def _unclosed(text: str, start: int, bracket: str) -> Stumble:
    message = "this bracket is not closed, or a comma is missing"
    return Stumble(
        message, rest_of_line(text, start), f"write `,` between values and `{bracket}` at the end"
    )
