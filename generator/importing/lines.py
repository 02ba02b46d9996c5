"""A page as lines and blocks: what every later step of an import looks at."""

import re
from dataclasses import dataclass
from enum import StrEnum

_LINE_END = re.compile(r"\r\n?|\n")


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a page: its number, from 1, and its text as it stands."""

    number: int
    text: str

    @property
    def words(self) -> str:
        """The text without the spaces around it."""
        return self.text.strip()

    @property
    def indent(self) -> int:
        """The column, from 0, at which the words begin; tabs reach to the next fourth."""
        before = self.text[: len(self.text) - len(self.text.lstrip())]
        return len(before.expandtabs(4))


class Kind(StrEnum):
    """What a page's own markup says of a block; plain text says nothing but ``PLAIN``."""

    PLAIN = "plain"
    TITLE = "title"
    HEADING = "heading"
    CODE = "code"
    THREAD = "thread"
    NAME = "name"
    DATE = "date"
    OUTSIDE = "outside"


@dataclass(frozen=True, slots=True)
class Markup:
    """What markup says of a block: its *kind*, and what the kind leaves open.

    *level* is a heading's. *comment* counts the page's comments from 0; -1 is the body. *note* is
    why the block is outside, or the date in ISO form. *holders* are the lists and quotations
    around it, outermost first, as pairs of a sign (``-``, ``3.``, ``>``) and a number that tells
    one from the next.
    """

    kind: Kind = Kind.PLAIN
    level: int = 0
    comment: int = -1
    note: str = ""
    holders: tuple[tuple[str, int], ...] = ()


PLAIN = Markup()


@dataclass(frozen=True, slots=True)
class Block:
    """Lines that belong together: a paragraph, or what may turn out to be one.

    A block made from markup has *breaks* where the page breaks a line; in plain text a line's end
    means nothing.
    """

    lines: tuple[Line, ...]
    markup: Markup = PLAIN
    breaks: bool = False

    @property
    def text(self) -> str:
        """The words, line by line; code keeps the spaces that begin its lines."""
        if self.markup.kind is Kind.CODE:
            return "\n".join(line.text for line in self.lines)
        return "\n".join(line.words for line in self.lines)


@dataclass(frozen=True, slots=True)
class Facts:
    """What a page says about itself in its markup; an empty one was not said."""

    title: str = ""
    authors: tuple[str, ...] = ()
    date: str = ""
    url: str = ""
    language: str = ""


NO_FACTS = Facts()


@dataclass(frozen=True, slots=True)
class Comment:
    """What a page gives about one comment: its number as printed, else its place, and the rest.

    *parent* is the place, from 0, of the comment that this one is set below, or -1.
    """

    number: int
    by: str = ""
    date: str = ""
    parent: int = -1


@dataclass(frozen=True, slots=True)
class Scrape:
    """A page taken apart, before anything in it is recognised.

    *size* is how many lines it has. *comments* are those that markup shows; *left_out* names what
    words cannot carry (pictures, for instance) and how many there were.
    """

    blocks: tuple[Block, ...]
    size: int
    facts: Facts = NO_FACTS
    comments: tuple[Comment, ...] = ()
    left_out: tuple[tuple[str, int], ...] = ()


def scrape_text(text: str) -> Scrape:
    """Take plain text apart: blank lines part its blocks."""
    blocks: list[Block] = []
    run: list[Line] = []
    lines = split_lines(text)
    for line in (*lines, Line(len(lines) + 1, "")):
        if line.words:
            run.append(line)
        elif run:
            blocks.append(Block(tuple(run)))
            run = []
    return Scrape(tuple(blocks), len(lines))


def split_lines(text: str) -> tuple[Line, ...]:
    """Number the lines of *text*; an end of line at its very end begins no further one."""
    lines = _LINE_END.split(text)
    if lines[-1] == "":
        lines.pop()
    return tuple(Line(number, line) for number, line in enumerate(lines, 1))
