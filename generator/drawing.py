"""Showing diagnostics: for people with the words underlined, for programs as JSON, for GitHub."""

import json
import re
import unicodedata
from collections.abc import Mapping

from generator.catalogue import CODES
from generator.diagnostics import Diagnostic, Severity
from generator.spans import Span, TextFile

_COLOURS = {Severity.ERROR: "31;1", Severity.WARNING: "33;1"}
_WIDEST = 160


def severity_of(diagnostic: Diagnostic) -> Severity:
    """Return how much *diagnostic* matters, as the catalogue has it."""
    return CODES[diagnostic.code].severity


def sort_key(diagnostic: Diagnostic) -> tuple[str, int, int, str, str, str]:
    """Order diagnostics by path and place; what is about a whole file comes first in it."""
    span, said = diagnostic.span or Span(-1, -1), (diagnostic.message, diagnostic.help)
    return diagnostic.path, span.start, span.end, diagnostic.code, *said


def printable(text: str) -> str:
    """Return *text* with everything that could steer a terminal or hide words spelled out."""
    return "".join(
        char
        if char == "\t" or unicodedata.category(char) not in ("Cc", "Cf", "Cs", "Zl", "Zp")
        else f"\\u{ord(char):04x}"
        for char in text
    )


def _cells(text: str) -> int:
    """Return how many terminal columns *text* takes; tabs are handled by the caller."""
    return sum(
        0 if unicodedata.combining(char) else 2 if unicodedata.east_asian_width(char) in "WF" else 1
        for char in text
    )


def draw_text(diagnostic: Diagnostic, file: TextFile | None, *, colour: bool = False) -> str:
    """Draw *diagnostic* under the line that caused it.

    A span of several lines is underlined to the end of its first line. Without *file* or span
    there is only the first line and the help.
    """
    severity = severity_of(diagnostic)
    label = f"{severity}[{diagnostic.code}]"
    if colour:
        label = f"\x1b[{_COLOURS[severity]}m{label}\x1b[0m"
    place, drawing = printable(diagnostic.path), []
    if file is not None and diagnostic.span is not None:
        line, column = file.line_column(diagnostic.span.start)
        place += f":{line}:{column}"
        drawing = _underline(file, diagnostic.span)
    head = f"{place}: {label}: {printable(diagnostic.message)}"
    gutter = drawing[0].index("|") if drawing else 1
    tail = [f"{' ' * gutter}= help: {printable(diagnostic.help)}"] if diagnostic.help else []
    return "\n".join([head, *drawing, *tail])


def cut_out(file: TextFile, span: Span) -> tuple[str, str, str]:
    """Return the line at *span*, ready to be shown, in three: before it, of it, and after it.

    A line of a scraped page may hold a whole article: only what is around the words is shown.
    """
    number, column = file.line_column(span.start)
    line = file.line(number)
    start, width = column - 1, min(span.end - span.start, len(line) - column + 1)
    cut = max(0, start - _WIDEST // 3) if len(line) > _WIDEST else 0
    last = cut + _WIDEST
    end = min(start + width, last)
    dots = ("… " if cut else "", " …" if last < len(line) else "")
    before, marked, after = map(printable, (line[cut:start], line[start:end], line[end:last]))
    return dots[0] + before, marked, after + dots[1]


def _underline(file: TextFile, span: Span) -> list[str]:
    number, _ = file.line_column(span.start)
    before, marked, after = cut_out(file, span)
    # Tabs are kept so that the caret stays under its word in any terminal.
    indent = "".join(c if c == "\t" else " " * _cells(c) for c in before)
    carets = "^" * max(_cells(marked), 1)
    gutter = " " * len(str(number))
    return [
        f"{gutter} |",
        f"{number} | {before}{marked}{after}",
        f"{gutter} | {indent}{carets}",
    ]


def _places(diagnostic: Diagnostic, file: TextFile | None) -> tuple[int, int, int, int]:
    if file is None or diagnostic.span is None:
        return 1, 1, 1, 1
    start = file.line_column(diagnostic.span.start)
    return *start, *file.line_column(diagnostic.span.end)


def draw_json(diagnostic: Diagnostic, file: TextFile | None) -> str:
    """Return *diagnostic* as one JSON object on one line; places are 1-based, the end exclusive."""
    line, column, end_line, end_column = _places(diagnostic, file)
    return json.dumps(
        {
            "path": diagnostic.path,
            "line": line,
            "column": column,
            "end_line": end_line,
            "end_column": end_column,
            "severity": severity_of(diagnostic),
            "code": diagnostic.code,
            "message": diagnostic.message,
            "help": diagnostic.help,
        },
        ensure_ascii=False,
    )


_DATA = {"%": "%25", "\r": "%0D", "\n": "%0A"}
_PROPERTY = {**_DATA, ":": "%3A", ",": "%2C"}


def _escape(text: str, table: Mapping[str, str]) -> str:
    return re.sub("[%\r\n:,]", lambda found: table.get(found[0], found[0]), text)


def draw_github(diagnostic: Diagnostic, file: TextFile | None) -> str:
    """Return *diagnostic* as a workflow command, which GitHub shows at its line."""
    line, column, end_line, end_column = _places(diagnostic, file)
    words = diagnostic.message + (f" (help: {diagnostic.help})" if diagnostic.help else "")
    return (
        f"::{severity_of(diagnostic)} file={_escape(diagnostic.path, _PROPERTY)},line={line},"
        f"col={column},endLine={end_line},endColumn={end_column},"
        f"title={_escape(diagnostic.code, _PROPERTY)}::{_escape(printable(words), _DATA)}"
    )
