"""From the words of a Markdown block, as the parser cut them out, to their places in the file."""

from bisect import bisect_right
from dataclasses import dataclass

from generator.spans import Span, TextFile


def line_span(file: TextFile, line: int) -> Span:
    """Return the span of the 0-based *line* of *file* without the space around its words."""
    text = file.line(line + 1)
    start = file.line_starts[line]
    return Span(start + len(text) - len(text.lstrip()), start + len(text.rstrip()))


@dataclass(frozen=True, slots=True)
class Located:
    """Where each line of a block's words begins: in the words, and in the file.

    *escaped* lines are those of table cells, in which the file has ``\\|`` for ``|``.
    """

    words: str
    starts: tuple[int, ...]
    offsets: tuple[int, ...]
    escaped: tuple[bool, ...]

    def place(self, start: int, end: int) -> Span:
        """Return the span in the file of ``words[start:end]``, which is not empty."""
        return Span(self._offset(start), self._offset(end - 1) + 1)

    def _offset(self, at: int) -> int:
        line = max(bisect_right(self.starts, at) - 1, 0)
        moved = at - self.starts[line]
        if self.escaped[line]:
            moved += self.words.count("|", self.starts[line], at + 1)
        return self.offsets[line] + moved


@dataclass(slots=True)
class Tracker:
    """Finds block after block of one file, in their order.

    It remembers the line it is in and how far it has come there, for rows of cells.
    """

    file: TextFile
    line: int = 0
    reached: int = 0

    def locate(self, words: str, line: int | None, *, ends_line: bool) -> Located:
        """Return where *words* stand, which begin in the 0-based *line* (None: the same line).

        With *ends_line* each line of them ends its line of the file, as in a paragraph;
        otherwise the first place behind what was located before is theirs, as in a table.
        """
        if line is not None and line != self.line:
            self.line, self.reached = line, 0
        starts, offsets, escaped = [], [], []
        start = 0
        for number, piece in enumerate(words.split("\n"), self.line):
            needle = piece.strip()
            column, changed = self._find(number, needle, ends_line)
            starts.append(start + piece.find(needle))
            offsets.append(self.file.line_starts[number] + column)
            escaped.append(changed)
            start += len(piece) + 1
        return Located(words, tuple(starts), tuple(offsets), tuple(escaped))

    def _find(self, number: int, needle: str, ends_line: bool) -> tuple[int, bool]:
        text = self.file.line(number + 1)
        if ends_line and text.rstrip().endswith(needle):
            return len(text.rstrip()) - len(needle), False
        for spelling in (needle, needle.replace("|", "\\|")):
            column = text.find(spelling, self.reached)
            if column != -1:
                self.reached = column + len(spelling)
                return column, spelling != needle
        return len(text) - len(text.lstrip()), False
