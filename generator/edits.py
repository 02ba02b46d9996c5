"""Edits: how many letters must change to make some words of others, and of which."""

from generator.spans import Span


def closest(asked: str, window: str) -> tuple[int, Span]:
    """Return the least number of edits that make *asked* of a part of *window*, and that part.

    Of several such parts it is the one that ends first, and of these the shortest.
    """
    ends = _edits(asked, window)
    least = min(ends)
    end = ends.index(least)
    # No part that ends before needs so few, so backwards too the first is the one that ends here.
    start = end - _edits(asked[::-1], window[:end][::-1]).index(least)
    return least, Span(start, end)


def _edits(asked: str, window: str) -> list[int]:
    """Return, for every end in *window*, in how few edits some part that ends there gives *asked*.

    This is Myers' bit-parallel algorithm (Journal of the ACM 46, 1999): a bit stands for a row of
    the table, and *up* and *down* for the rows that are one more or one less than the row above.
    """
    rows: dict[str, int] = {}
    for row, char in enumerate(asked):
        rows[char] = rows.get(char, 0) | 1 << row
    every, last = (1 << len(asked)) - 1, 1 << len(asked) >> 1
    up, down, edits = every, 0, len(asked)
    found = [edits]
    for char in window:
        same = rows.get(char, 0)
        level = same | down
        across = (((same & up) + up) ^ up) | same
        more, less = down | ~(across | up) & every, up & across
        edits += (more & last != 0) - (less & last != 0)
        found.append(edits)
        more, less = more << 1, less << 1
        up, down = (less | ~(level | more)) & every, more & level & every
    return found
