"""A page as an import understands it: every line of it kept as something, or cut for a reason."""

from dataclasses import dataclass
from enum import StrEnum

from generator.importing.lines import PLAIN, Comment, Facts, Line, Markup


class Role(StrEnum):
    """What became of a piece of a page."""

    TITLE = "title"
    TEXT = "text"
    THREAD = "heading of the comments"
    NUMBER = "number of a comment"
    NAME = "name"
    DATE = "date"
    ADDRESS = "address"
    CUT = "cut"


@dataclass(frozen=True, slots=True)
class Piece:
    """Whole lines of a page, and what became of them.

    *words* are what goes on to the text, which is less than the lines hold where a number became
    an id. *reason* says why the piece was cut, *doubt* why its author should look at it. Of the
    markup, *comment* counts the comments from 0; -1 is the body.
    """

    lines: tuple[Line, ...]
    role: Role
    words: str = ""
    reason: str = ""
    doubt: str = ""
    markup: Markup = PLAIN
    breaks: bool = False


@dataclass(frozen=True, slots=True)
class Page:
    """A page, recognised; *pieces* are in the order of their lines and hold each line once.

    *announced* is how many comments it claims (-1: it does not say). *heading* is the line above
    them, as printed; with comments and without a heading it is empty. *facts* hold the title,
    empty if the page has none. *notes* are decisions that concern no line.
    """

    facts: Facts
    pieces: tuple[Piece, ...]
    announced: int = -1
    heading: str = ""
    has_thread: bool = False
    comments: tuple[Comment, ...] = ()
    notes: tuple[str, ...] = ()
