"""Positions in text: the one way the generator says *where*."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple


class Span(NamedTuple):
    """A half-open range of code points, ``text[start:end]``."""

    start: int
    end: int

    def covers(self, other: "Span") -> bool:
        """Tell whether *other* lies inside this span, edges included."""
        return self.start <= other.start and other.end <= self.end

    def meets(self, other: "Span") -> bool:
        """Tell whether the two spans share at least one code point."""
        return self.start < other.end and other.start < self.end


NOWHERE = Span(0, 0)


def merge(spans: Iterable[Span]) -> tuple[Span, ...]:
    """Return the code points of *spans* in as few spans as possible, in order; empty ones go."""
    merged: list[Span] = []
    for span in sorted(spans):
        if merged and span.start <= merged[-1].end:
            merged[-1] = Span(merged[-1].start, max(merged[-1].end, span.end))
        elif span.start < span.end:
            merged.append(span)
    return tuple(merged)


def meets_any(merged: Sequence[Span], span: Span) -> bool:
    """Tell whether *span* shares a code point with one of *merged*, which ``merge`` returned."""
    at = bisect_left(merged, span.end, key=lambda each: each.start)
    return at > 0 and merged[at - 1].end > span.start


def covers_all(merged: Sequence[Span], span: Span) -> bool:
    """Tell whether all of *span* lies in one of *merged*, which ``merge`` returned."""
    at = bisect_right(merged, span.start, key=lambda each: each.start)
    return at > 0 and merged[at - 1].covers(span)


@dataclass(frozen=True)
class TextFile:
    """The decoded text of one input file, able to name its own lines.

    *text* has no byte order mark and its line ends are line feeds; neither changes a line's
    number or a column, so places are those of the real file. *path* is relative to the root,
    with forward slashes.
    """

    path: str
    text: str

    def __post_init__(self) -> None:
        starts = [0]
        found = self.text.find("\n")
        while found != -1:
            starts.append(found + 1)
            found = self.text.find("\n", found + 1)
        object.__setattr__(self, "_line_starts", starts)

    @property
    def line_starts(self) -> list[int]:
        """The offset at which each line begins; the first is 0."""
        return self._line_starts  # type: ignore[attr-defined, no-any-return]

    def line_column(self, offset: int) -> tuple[int, int]:
        """Return the 1-based line and column of *offset*, in code points."""
        line = bisect_right(self.line_starts, offset)
        return line, offset - self.line_starts[line - 1] + 1

    def line(self, number: int) -> str:
        """Return the 1-based line *number* without its line end."""
        start = self.line_starts[number - 1]
        end = self.text.find("\n", start)
        return self.text[start:] if end == -1 else self.text[start:end]
