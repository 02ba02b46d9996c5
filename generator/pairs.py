"""Keys and values as an author typed them, with their places.

Front matter (YAML), settings (TOML) and braces are all read into these, so that ``schema`` can
check them in one way. Places count code points of the author's file.
"""

from dataclasses import dataclass
from datetime import date, time

from generator.spans import Span

Plain = str | int | float | bool | date | time | None


@dataclass(frozen=True, slots=True)
class Scalar:
    """One plain value: what its format makes of it, and the words as typed.

    *text* of a quoted value has no quotation marks; of any other it is what stands in the file
    (``2016``, ``0x10``), so that a date may be told from a number.
    """

    value: Plain
    text: str
    place: Span


@dataclass(frozen=True, slots=True)
class Series:
    """A list of values."""

    parts: tuple["Node", ...]
    place: Span


@dataclass(frozen=True, slots=True)
class Table:
    """Keys with their values, in the file's order, each key once.

    *place* is where a missing key is reported: None stands for the whole file. A table that is not
    *whole* may have had keys that could not be read.
    """

    pairs: tuple["Pair", ...] = ()
    place: Span | None = None
    whole: bool = True


Node = Scalar | Series | Table


@dataclass(frozen=True, slots=True)
class Pair:
    """A key, where it stands, and its value."""

    key: str
    place: Span
    value: Node


def in_ticks(text: str) -> str:
    """Return *text* as a message may quote it: in one line, printable, 40 characters at most."""
    printable = "".join(char if char.isprintable() else " " for char in text)
    line = " ".join(printable.split())
    return f"`{line if len(line) <= 40 else line[:39] + '…'}`"
