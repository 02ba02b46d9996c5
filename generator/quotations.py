"""Target quotes: from the lines of a block quote to its words, and the line that says where."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from generator.marks import Quoted
from generator.spans import Span, TextFile
from generator.whereabouts import line_span

_MARKER = re.compile(r" {0,3}>[ \t]?")
_DASHED = re.compile(r"(?:—|–|--)(\s*)(\S.*)")
_ID = re.compile(r"[a-z0-9-]+")
_PLACE = r"(?:[pcf][0-9]+(?:\.[0-9]+)?|L[0-9]+)"
_LOCATOR = re.compile(rf"{_PLACE}(?:[-–]{_PLACE})?|#[^\s,]+")
# Code first, in fences and in lines: what looks like a comment there is quoted.
_COMMENT = re.compile(
    r"^ {0,3}(?P<fence>`{3,}|~{3,}).*?(?:^ {0,3}(?P=fence)[`~]*[ \t]*$|\Z)"
    r"|(?<!`)(?P<ticks>`+)(?!`).+?(?<!`)(?P=ticks)(?!`)"
    r"|(?P<comment>[ \t]*<!--.*?(?:-->|\Z))",
    re.MULTILINE | re.DOTALL,
)


@dataclass(frozen=True, slots=True)
class Where:
    """The last line of a target quote: the source and the places in it that it names."""

    source: str
    locators: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Quotation:
    """A target quote taken apart; all spans are in the file.

    *typed* are all its words, *words* those without comments and without the line that says
    where. *place* spans the words, *where_place* that line; each is the other's if one is missing.
    """

    typed: Quoted
    words: Quoted
    where: Where
    place: Span
    where_place: Span


def read_where(line: str) -> Where | None:
    """Read a line that says where: a dash, then a source's id, locators, or both with commas.

    The shape alone decides, whether or not such a source exists; None if *line* has another.
    """
    dashed = _DASHED.fullmatch(line.strip())
    if not dashed:
        return None
    first, *rest = (part.strip() for part in dashed[2].split(","))
    if _LOCATOR.fullmatch(first):
        source, rest = "", [first, *rest]
    elif _ID.fullmatch(first) and dashed[1]:
        source = first
    else:
        return None
    if not all(_LOCATOR.fullmatch(part) for part in rest):
        return None
    return Where(source, tuple(part if part[0] == "#" else part.replace("–", "-") for part in rest))


def find_end(file: TextFile, first: int, end: int) -> int:
    """Return the line at which the quotation in the 0-based lines *first* to *end* should end.

    Markdown takes a line without ``>`` that follows one without a gap into the quotation; after
    a line that says where, that cannot be meant.
    """
    for line in _find_lazy(file, first, end):
        if read_where(_MARKER.sub("", file.line(line), count=1)):
            return line
    return end


def find_lazy(file: TextFile, first: int, end: int) -> int | None:
    """Return the first of the 0-based lines *first* to *end* that has no sign of its own, if any.

    Markdown takes it into the quotation (CommonMark, "Laziness"), whether or not it is meant.
    """
    return next(_find_lazy(file, first, end), None)


def _find_lazy(file: TextFile, first: int, end: int) -> Iterator[int]:
    for line in range(first + 1, end):
        above, this = file.line(line), file.line(line + 1)
        if this.strip() and not _MARKER.match(this) and _MARKER.match(above):
            yield line


def read_quotation(file: TextFile, first: int, end: int) -> Quotation | None:
    """Read the block quote in the 0-based lines *first* to *end* (exclusive) of *file*.

    None: it has neither words nor a line that says where.
    """
    typed = _read_lines(file, first, end)
    words, where, where_place = _split_where(_without_comments(typed))
    if words.text:
        place = words.place(Span(0, len(words.text)))
        return Quotation(typed, words, where or Where("", ()), place, where_place or place)
    if where is None or where_place is None:
        return None
    return Quotation(typed, words, where, where_place, where_place)


def quotation_span(file: TextFile, first: int, end: int) -> Span:
    """Return the span of the lines of a quotation, its signs included."""
    last = max(line for line in range(first, end) if line == first or file.line(line + 1).strip())
    return Span(line_span(file, first).start, line_span(file, last).end)


def _read_lines(file: TextFile, first: int, end: int) -> Quoted:
    """Return the words of a block quote as typed, without the first ``>`` of each line."""
    lines: list[str] = []
    offsets: list[int] = []
    for number in range(first, end):
        line = file.line(number + 1)
        marker = _MARKER.match(line)
        start = marker.end() if marker else len(line) - len(line.lstrip())
        at = file.line_starts[number]
        lines.append(line[start:])
        offsets += range(at + start, at + len(line) + 1)
    return Quoted("\n".join(lines), offsets[:-1])


def _without_comments(quoted: Quoted) -> Quoted:
    """Leave out comments, which are not published; not what looks like one in code."""
    if "<!--" not in quoted.text:
        return quoted
    text: list[str] = []
    offsets: list[int] = []
    end = 0
    for found in _COMMENT.finditer(quoted.text):
        if found["comment"]:
            text.append(quoted.text[end : found.start()])
            offsets += quoted.offsets[end : found.start()]
            end = found.end()
    return Quoted("".join([*text, quoted.text[end:]]), [*offsets, *quoted.offsets[end:]])


def _split_where(quoted: Quoted) -> tuple[Quoted, Where | None, Span | None]:
    """Part the words from the line that says where."""
    body = quoted.text.rstrip()
    start = body.rfind("\n") + 1
    where = read_where(body[start:])
    if where is None:
        return quoted.trim(), None, None
    start += len(body[start:]) - len(body[start:].lstrip())
    return quoted.cut(Span(0, start)).trim(), where, quoted.place(Span(start, len(body)))
