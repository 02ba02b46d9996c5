"""Marking: which passages are around a place of a text."""

from collections.abc import Sequence
from heapq import heappop, heappush
from itertools import islice

from generator.views.shown import Mark

# A segment names at most so many notes, the ones that began last: without a bound the page of
# n notes over the same words would grow with the square of n.
MOST_NAMED = 40


class Marker:
    """The marks around a place that only moves forward; *marks* are ordered by their starts."""

    def __init__(self, marks: Sequence[Mark]) -> None:
        self.marks = marks
        self.next = self.begun = 0
        self.ends: list[tuple[int, int]] = []
        self.open: dict[int, Mark] = {}

    def marks_at(self, offset: int) -> list[Mark]:
        """Return the marks around the character at *offset*, in order, the last ``MOST_NAMED``."""
        while self.next < len(self.marks) and self.marks[self.next].span.start <= offset:
            self.open[self.next] = self.marks[self.next]
            heappush(self.ends, (self.marks[self.next].span.end, self.next))
            self.next += 1
        while self.ends and self.ends[0][0] <= offset:
            del self.open[heappop(self.ends)[1]]
        if self.next - self.begun > 2 * len(self.open) + MOST_NAMED:
            # A dict passes over what was deleted each time it is read from its end: clear it away.
            self.open, self.begun = dict(self.open), self.next
        return [*islice(reversed(self.open.values()), MOST_NAMED)][::-1]
