"""Grids: the tables of positions in Markdown, cell by cell as typed, each with its place.

A table of statements or rulings is read from the file's own lines, not from the parser's cells:
so every problem has the place of its cell, and a row that Markdown would cut or fill up is seen.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from markdown_it.token import Token

from generator.diagnostics import Diagnostic
from generator.marks import Quoted
from generator.model import Named
from generator.prose import Content
from generator.spans import Span, TextFile
from generator.whereabouts import line_span
from generator.words import nearest

_BAR = re.compile(r"(?<!\\)\|")
_COMMENT = re.compile(r"<!--.*?-->")
_MARKERS = "*_`"
# What people put between ids; no id holds any of them.
MARKS = ",;>→&"
_BETWEEN_MARKS = re.compile(f"[^{MARKS}]+")


@dataclass(frozen=True, slots=True)
class Columns:
    """What a kind of table is known by, and what it holds.

    *kind* is how messages call it and *code* that of its problems. *known* are its columns,
    *needed* those without which it says nothing; *signs* are sets of columns of which each shows
    that such a table is meant, unless it has one of *others*.
    """

    kind: str
    code: str
    known: tuple[str, ...]
    needed: tuple[str, ...]
    signs: tuple[frozenset[str], ...]
    others: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Row:
    """A row: the cell of each column that it has, as typed, and where the row stands."""

    path: str
    place: Span
    cells: dict[str, Quoted]
    empty: dict[str, Span]

    def text(self, column: str) -> str:
        """Return the words of *column* in one line, empty if there are none."""
        cell = self.cells.get(column)
        return " ".join(cell.text.split()) if cell else ""

    def place_of(self, column: str) -> Span:
        """Return where the words of *column* stand; of an empty cell the cell, else the row."""
        cell = self.cells.get(column)
        if cell:
            return cell.place(Span(0, len(cell.text)))
        return self.empty.get(column, self.place)

    def places(self) -> tuple[tuple[str, Span], ...]:
        """Return where each column with words has them."""
        return tuple((column, self.place_of(column)) for column in self.cells)

    def list_ids(self, column: str) -> tuple[Named, ...]:
        """Return the ids in *column*, whatever is between them, each with its place."""
        cell = self.cells.get(column)
        return tuple(_split(cell)) if cell else ()

    def read_id(self, column: str) -> Named:
        """Return the words of *column*, which is not empty, as one id."""
        return Named(self.text(column), self.place_of(column))


def _split(cell: Quoted) -> Iterator[Named]:
    for part in _BETWEEN_MARKS.finditer(cell.text):
        bare = part[0].strip()
        if bare:
            at = part.start() + part[0].index(bare)
            yield Named(bare, cell.place(Span(at, at + len(bare))))


@dataclass(frozen=True, slots=True)
class Grids:
    """What of some blocks is tables of one kind: their rows, and the blocks that are left."""

    rows: tuple[Row, ...]
    rest: list[Token]
    problems: tuple[Diagnostic, ...]


def take_grids(content: Content, tokens: Sequence[Token], columns: Columns) -> Grids:
    """Part the tables of the kind *columns* from the other blocks of *tokens*."""
    rows: list[Row] = []
    rest: list[Token] = []
    problems: list[Diagnostic] = []
    table: list[Token] = []
    for token in tokens:
        if token.type == "table_open":
            table = []
        table.append(token)
        if token.type == "inline" and token.level == 1 and not _inside(table):
            problems += _judge_loose(content, token, columns, after_table=bool(rows))
        if token.type != "table_close":
            if not _inside(table):
                rest += table
                table = []
            continue
        first, end = (content.first + line for line in table[0].map or (0, 0))
        head = _read_line(content.file, first)
        if not _is_meant(head, columns):
            rest += table
        elif table[0].level:
            problems.append(_inside_other(content.file, first, columns))
            rest += table
        else:
            found = _read_rows(content.file, Span(first, end), head, columns)
            rows += found.rows
            problems += found.problems
        table = []
    return Grids(tuple(rows), rest, tuple(problems))


def find_heads(content: Content, tokens: Sequence[Token], names: frozenset[str]) -> list[Span]:
    """Return the heads of the tables among *tokens* that have columns of all these *names*."""
    opened = (token.map for token in tokens if token.type == "table_open")
    lines = (content.first + lines[0] for lines in opened if lines)
    return [
        line_span(content.file, line)
        for line in lines
        if names <= {_name(cell) for cell in _read_line(content.file, line)}
    ]


def _judge_loose(
    content: Content, token: Token, columns: Columns, *, after_table: bool
) -> Iterator[Diagnostic]:
    """Yield what a paragraph of bars was meant to be: a table without its line, or a row alone."""
    first = content.first + (token.map[0] if token.map else 0)
    text, place = content.file.line(first + 1), line_span(content.file, first)
    if "|" not in text.strip().strip("|"):
        return
    cells = _read_line(content.file, first)
    if _is_meant(cells, columns):
        message = f"this is no table of {columns.kind}: the line below its head is missing or short"
        help = f"write below the head `{'|---' * len(cells)}|`"
        yield Diagnostic(columns.code, message, content.file.path, place, help)
    elif after_table and text.lstrip().startswith("|"):
        message = f"this row stands outside of the table of {columns.kind} above it"
        help = "take out the empty line between them"
        yield Diagnostic(columns.code, message, content.file.path, place, help)


def _inside(table: Sequence[Token]) -> bool:
    return table[0].type == "table_open"


def _read_line(file: TextFile, line: int) -> list[Quoted]:
    """Return the cells of the 0-based *line*, without the space around them, bars unescaped."""
    text, at = file.line(line + 1), file.line_starts[line]
    start = len(text) - len(text.lstrip(" \t>"))
    edges = [start]
    edges += (bar.end() for bar in _BAR.finditer(text, start))
    spans = [Span(a, b - 1) for a, b in zip(edges, [*edges[1:], len(text) + 1], strict=True)]
    if not text[spans[0].start : spans[0].end].strip() and len(spans) > 1:
        del spans[0]
    if not text[spans[-1].start : spans[-1].end].strip() and len(spans) > 1:
        del spans[-1]
    return [_read_cell(text, span, at) for span in spans]


def _read_cell(text: str, span: Span, at: int) -> Quoted:
    """Return the words of the cell in *span*; of an empty one *offsets* are those of its space."""
    typed = text[span.start : span.end]
    if "\\|" not in typed and "<!--" not in typed:
        words = typed.strip()
        start = at + span.start + (len(typed) - len(typed.lstrip()) if words else 0)
        return Quoted(words, range(start, start + (len(words) or len(typed) + 1)))
    kept = list(range(*span))
    for comment in _COMMENT.finditer(text, *span):
        kept = [n for n in kept if not comment.start() <= n < comment.end()]
    kept = [n for n in kept if not (text[n] == "\\" and text[n + 1 : n + 2] == "|")]
    while kept and text[kept[0]].isspace():
        kept.pop(0)
    while kept and text[kept[-1]].isspace():
        kept.pop()
    words = "".join(text[n] for n in kept)
    return Quoted(words, [at + n for n in kept or range(span.start, span.end + 1)])


def _room(cell: Quoted) -> Span:
    """Return the space that an empty cell leaves; it ends before the bar."""
    return Span(cell.offsets[0], max(cell.offsets[-1], cell.offsets[0] + 1))


def _name(cell: Quoted) -> str:
    return " ".join(cell.text.strip(_MARKERS).casefold().split())


def _is_meant(head: Sequence[Quoted], columns: Columns) -> bool:
    names = {_name(cell) for cell in head}
    return not names & columns.others and any(sign <= names for sign in columns.signs)


def _inside_other(file: TextFile, line: int, columns: Columns) -> Diagnostic:
    message = f"a table of {columns.kind} does not stand inside a list or a quotation"
    help = "begin its lines at the margin"
    return Diagnostic(columns.code, message, file.path, line_span(file, line), help)


@dataclass(frozen=True, slots=True)
class _Read:
    rows: list[Row]
    problems: list[Diagnostic]


def _read_rows(file: TextFile, lines: Span, head: list[Quoted], columns: Columns) -> _Read:
    problems = list(_judge_head(file, lines.start, head, columns))
    names = [_name(cell) for cell in head]
    rows: list[Row] = []
    # Below the head stands the line of hyphens.
    for line in range(lines.start + 2, lines.end):
        cells, place = _read_line(file, line), line_span(file, line)
        if len(cells) != len(head):
            count = "1 cell" if len(cells) == 1 else f"{len(cells)} cells"
            message = f"this row has {count}, and the head of its table has {len(head)}"
            help = "a bar inside a cell is written `\\|`" if len(cells) > len(head) else ""
            help = help or "write every cell, an empty one as `| |`; end the table by an empty line"
            problems.append(Diagnostic(columns.code, message, file.path, place, help))
            continue
        given = {name: cell for name, cell in zip(names, cells, strict=True) if cell.text}
        empty = {
            name: _room(cell)
            for name, cell in zip(names, cells, strict=True)
            if not cell.text
        }
        if not given:
            continue
        row = Row(file.path, place, given, empty)
        lacking = [name for name in columns.needed if name in names and name not in given]
        problems += (_lacks(row, name, columns) for name in lacking)
        if not lacking and all(name in names for name in columns.needed):
            rows.append(row)
    return _Read(rows, problems)


def _lacks(row: Row, column: str, columns: Columns) -> Diagnostic:
    message = f"the cell `{column}` is empty"
    help = "a row needs " + list_words([f"`{name}`" for name in columns.needed], "and")
    return Diagnostic(columns.code, message, row.path, row.place_of(column), help)


def _judge_head(
    file: TextFile, line: int, head: Sequence[Quoted], columns: Columns
) -> Iterator[Diagnostic]:
    """Yield what is wrong with the names of the columns: unknown, twice, or missing."""
    names = [_name(cell) for cell in head]
    free = [name for name in columns.known if name not in names]
    missing = [name for name in columns.needed if name not in names]
    for number, (name, cell) in enumerate(zip(names, head, strict=True)):
        place = cell.place(Span(0, len(cell.text))) if name else _room(cell)
        if not name:
            message = f"this column of a table of {columns.kind} has no name"
            yield Diagnostic(columns.code, message, file.path, place, _list_columns(columns))
        elif name not in columns.known:
            close = nearest(name, free)
            missing = [other for other in missing if other != close]
            message = f"a table of {columns.kind} has no column {cell.text!r}"
            help = f"did you mean `{close}`?" if close else _list_columns(columns)
            yield Diagnostic(columns.code, message, file.path, place, help)
        elif name in names[:number]:
            message = f"there are two columns `{name}`"
            help = "put the words into one of them"
            yield Diagnostic(columns.code, message, file.path, place, help)
    if missing:
        lacking = list_words([f"`{name}`" for name in missing], "and")
        message = f"this table of {columns.kind} has no column {lacking}"
        place = line_span(file, line)
        yield Diagnostic(columns.code, message, file.path, place, _list_columns(columns))


def _list_columns(columns: Columns) -> str:
    return f"the columns are {', '.join(columns.known)}"


def list_words(words: Sequence[str], last: str = "or") -> str:
    """Return *words* as a sentence lists them."""
    return f"{', '.join(words[:-1])} {last} {words[-1]}" if len(words) > 1 else "".join(words)


def choose_word(row: Row, column: str, known: Sequence[str], code: str) -> str | Diagnostic:
    """Return the word of *column*, one of *known* however it is spaced and cased, or the fault."""
    word = row.text(column).strip(_MARKERS).casefold()
    if word in known:
        return word
    close = nearest(word, known)
    help = f"did you mean `{close}`?" if close else f"it is {list_words(known)}"
    message = f"`{column}` is no {row.text(column)!r}"
    return Diagnostic(code, message, row.path, row.place_of(column), help)
