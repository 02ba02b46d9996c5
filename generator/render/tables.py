"""Tables: which are wider than any column of text, so that they scroll by themselves."""

from collections.abc import Sequence

from generator.model import Element

# In characters. A column of text is at most 80 wide; a cell breaks after 40 at the latest.
_WIDEST, _WIDEST_CELL, _PADDING = 90, 40, 2


def is_wide(text: str, elements: Sequence[Element]) -> bool:
    """Tell whether the table of *elements* is too wide for a column even with all lines broken.

    Others break inside their words on a narrow screen and never scroll: a region that scrolls
    must be reached by the keyboard, and one that has nothing to scroll must not.
    """
    widths: list[int] = []
    column = 0
    for element in elements:
        if element.tag == "tr":
            column = 0
        elif element.tag in ("th", "td"):
            longest = max(map(len, text[slice(*element.span)].split()), default=0)
            widths += [0] * (column + 1 - len(widths))
            widths[column] = max(widths[column], min(longest, _WIDEST_CELL))
            column += 1
    return sum(width + _PADDING for width in widths) > _WIDEST


def name_table(text: str, elements: Sequence[Element]) -> str:
    """Return the words of a table's first row, by which it is called aloud."""
    row = next((element for element in elements if element.tag == "tr"), None)
    return ", ".join(filter(None, text[slice(*row.span)].split("\n"))) if row else ""
