"""Statements and rulings: the rows of the tables in which authors state positions."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TypeVar

from markdown_it.token import Token

from generator.diagnostics import Diagnostic, Outcome
from generator.grids import MARKS, Columns, Row, choose_word, find_heads, take_grids
from generator.kinds import is_date
from generator.model import Ruling, Selector, Statement
from generator.prose import Content
from generator.readings import read_readings
from generator.spans import Span
from generator.stances import Basis, Certainty, Reading, Stance
from generator.words import count_words

T = TypeVar("T")

_STATED = Columns(
    "statements",
    "statement-invalid",
    ("who", "issue", "stance", "said by", "basis", "sure", "if", "why", "quote", "date"),
    ("who", "issue", "stance"),
    (
        *(
            frozenset(("who", other))
            for other in "issue,stance,said by,basis,sure,if,why,quote,date".split(",")
        ),
        frozenset(("issue", "stance")),
    ),
    # A ruling has `who` and `why` too.
    frozenset(("reading", "because")),
)
_RULED = Columns(
    "rulings",
    "ruling-invalid",
    ("who", "reading", "because", "why"),
    ("who", "reading"),
    (
        *(frozenset(("who", other)) for other in ("reading", "because", "why")),
        frozenset(("reading", "because")),
    ),
)
# Readings that only the absence of words makes: nobody rules what nobody has looked at.
_RULABLE = tuple(str(word) for word in Reading if word is not Reading.NOT_CODED)
_LONGEST_QUOTE = 40
_QUOTATION_MARKS = '"“”„«»'
# What people write who think of another scale.
_MEANT = {
    **dict.fromkeys("yes true pro agree agrees support supports +2 2 + ✓".split(), "for"),
    **dict.fromkeys("no false con contra disagree disagrees".split(), "against"),
    **dict.fromkeys("oppose opposes -2 −2 - −".split(), "against"),
    **dict.fromkeys("+1 1".split(), "leans for"),
    **dict.fromkeys("-1 −1".split(), "leans against"),
    **dict.fromkeys("0 neutral both neither either/or".split(), "either"),
    **dict.fromkeys("? n/a unknown".split(), "unclear"),
    **dict.fromkeys(("undecided", "no position", "no opinion", "no view"), "none"),
}


@dataclass(frozen=True, slots=True)
class Taken:
    """What a table gave, and the blocks that are none of its kind."""

    statements: tuple[Statement, ...]
    rulings: tuple[Ruling, ...]
    rest: list[Token]


def take_statements(content: Content, tokens: Sequence[Token]) -> Outcome[Taken]:
    """Read the tables of statements among *tokens*, a note's blocks below its targets.

    A row with a mistake is reported at its cell and is not ``sound``: nothing wrong is counted.
    """
    grids = take_grids(content, tokens, _STATED)
    read = [_read_statement(row) for row in grids.rows]
    found = tuple(outcome.value for outcome in read)
    problems = (*grids.problems, *(each for outcome in read for each in outcome.diagnostics))
    return Outcome(Taken(found, (), grids.rest), (*problems, *_find_rulings(content, tokens)))


def take_rulings(content: Content, tokens: Sequence[Token]) -> Outcome[Taken]:
    """Read the tables of rulings among *tokens*, the blocks of an issue's file."""
    grids = take_grids(content, tokens, _RULED)
    read = [_read_ruling(row) for row in grids.rows]
    found = tuple(outcome.value for outcome in read if outcome.value)
    problems = (*grids.problems, *(each for outcome in read for each in outcome.diagnostics))
    return Outcome(Taken((), found, grids.rest), (*problems, *find_statements(content, tokens)))


def find_statements(content: Content, tokens: Sequence[Token]) -> Iterator[Diagnostic]:
    """Yield a problem for each table of statements in the codebook, where nothing is stated."""
    message = "a statement stands in a note, below the passage that shows it"
    help = "move the table into a file of `content/annotations`"
    for place in find_heads(content, tokens, frozenset(("who", "stance"))):
        yield Diagnostic("statement-invalid", message, content.file.path, place, help)


def _find_rulings(content: Content, tokens: Sequence[Token]) -> Iterator[Diagnostic]:
    """Yield a problem for each table of rulings in a note, where nothing is ruled."""
    message = "a ruling stands in the file of the issue that it is about"
    help = "move the table into that file of `content/issues`"
    for place in find_heads(content, tokens, frozenset(("who", "reading", "because"))):
        yield Diagnostic("ruling-invalid", message, content.file.path, place, help)


def _read_statement(row: Row) -> Outcome[Statement]:
    stance = _read_stance(row, "stance", tuple(map(str, Stance)))
    basis = _read_word(row, "basis", tuple(map(str, Basis)), Basis.STATED)
    sure = _read_word(row, "sure", tuple(map(str, Certainty)), Certainty.MEDIUM)
    faults = [each for each in (stance, basis, sure) if isinstance(each, Diagnostic)]
    faults += _judge_ids(row, "who", ",") + _judge_ids(row, "said by", ">")
    faults += _judge_date(row)
    if isinstance(basis, str):
        faults += _judge_condition(row, Basis(basis))
    statement = Statement(
        who=row.list_ids("who"),
        issue=row.read_id("issue"),
        stance=Stance(stance) if isinstance(stance, str) else Stance.UNCLEAR,
        said_by=row.list_ids("said by"),
        basis=Basis(basis) if isinstance(basis, str) else Basis.STATED,
        sure=Certainty(sure) if isinstance(sure, str) else Certainty.UNKNOWN,
        condition=row.text("if"),
        reason=row.text("why"),
        quote=_read_quote(row),
        quoted=row.text("quote").strip(_QUOTATION_MARKS),
        date=row.text("date"),
        place=row.place,
        sound=not faults,
        cells=row.places(),
    )
    return Outcome(statement, (*faults, *_judge_length(row, statement.quoted)))


def _judge_date(row: Row) -> list[Diagnostic]:
    if "date" not in row.cells or is_date(row.text("date")):
        return []
    message = f"`date` expects a date of the calendar, not {row.text('date')!r}"
    help = "write it as exactly as it is known: 2016, 2016-03 or 2016-03-20"
    return [_fault(row, "date", message, help)]


def _judge_length(row: Row, quoted: str) -> list[Diagnostic]:
    if (length := count_words(quoted)) <= _LONGEST_QUOTE:
        return []
    message, help = f"this quotation has {length} words", "quote the few that show the position"
    return [Diagnostic("quote-long", message, row.path, row.place_of("quote"), help)]


def _read_quote(row: Row) -> tuple[tuple[Selector, ...], ...]:
    cell = row.cells.get("quote")
    if cell is None:
        return ()
    bare = cell.text.strip(_QUOTATION_MARKS)
    start = cell.text.find(bare)
    words = cell.cut(Span(start, start + len(bare))) if bare else cell
    readings = read_readings(words, words)
    if words.text == cell.text:
        return readings
    # Quotation marks around the words are the author's, unless the source has them too.
    return tuple(dict.fromkeys((*read_readings(cell, cell), *readings)))


def _read_stance(row: Row, column: str, known: tuple[str, ...]) -> str | Diagnostic:
    word = choose_word(row, column, known, "stance-unknown")
    if isinstance(word, str):
        return word
    typed = row.text(column).casefold()
    meant = _MEANT.get(typed)
    if meant is None and typed.startswith("lean"):
        meant = "leans against" if "against" in typed else "leans for"
    help = f"did you mean `{meant}`?" if meant else word.help
    if typed in _RULABLE:
        help = "only a ruling says so, in the file of the issue"
    return Diagnostic(word.code, word.message, word.path, word.span, help)


def _read_word(row: Row, column: str, known: tuple[str, ...], default: str) -> str | Diagnostic:
    if column not in row.cells:
        return default
    return choose_word(row, column, known, "statement-invalid")


def _judge_ids(
    row: Row, column: str, mark: str, code: str = "statement-invalid"
) -> list[Diagnostic]:
    """Return the problem of a list of ids with another mark than *mark*, or with a gap."""
    cell = row.cells.get(column)
    if cell is None:
        return []
    at = next((n for n, sign in enumerate(cell.text) if sign in MARKS and sign != mark), None)
    if at is not None:
        message = f"between the ids of `{column}` stands `{mark}`, not `{cell.text[at]}`"
        ids = (named.id for named in row.list_ids(column))
        help = f"write `{(', ' if mark == ',' else f' {mark} ').join(ids)}`"
        return [Diagnostic(code, message, row.path, cell.place(Span(at, at + 1)), help)]
    if all(part.strip() for part in cell.text.split(mark)):
        return []
    message = f"between the marks `{mark}` of `{column}` an id is missing"
    help = f"write an id, or take a `{mark}` out"
    return [Diagnostic(code, message, row.path, row.place_of(column), help)]


def _judge_condition(row: Row, basis: Basis) -> list[Diagnostic]:
    if basis is Basis.CONDITIONAL and "if" not in row.cells:
        column = "basis"
        message = "the basis `conditional` needs its condition in a column `if`"
        help = "write the condition there, or name another basis"
    elif basis is not Basis.CONDITIONAL and "if" in row.cells:
        column, message = "if", "a condition belongs to the basis `conditional` only"
        help = "write `conditional`, or say it in `why`"
    else:
        return []
    return [_fault(row, column, message, help)]


def _fault(row: Row, column: str, message: str, help: str) -> Diagnostic:
    return Diagnostic("statement-invalid", message, row.path, row.place_of(column), help)


def _read_ruling(row: Row) -> Outcome[Ruling | None]:
    reading = _read_stance(row, "reading", _RULABLE)
    faults = _judge_ids(row, "who", ",", "ruling-invalid")
    faults += _judge_ids(row, "because", ",", "ruling-invalid")
    if isinstance(reading, Diagnostic) or faults:
        unread = [reading] if isinstance(reading, Diagnostic) else []
        return Outcome(None, (*unread, *faults))
    ruling = Ruling(
        who=row.list_ids("who"),
        reading=Reading(reading),
        because=row.list_ids("because"),
        reason=row.text("why"),
        place=row.place,
        cells=row.places(),
    )
    return Outcome(ruling)
