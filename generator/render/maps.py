"""Drawing a table as colours: a map with a head for each row and column."""

from collections.abc import Iterator, Sequence
from html import escape
from itertools import groupby
from math import ceil
from typing import NamedTuple

from generator.render.svg import (
    GAP,
    LABEL,
    SMALL,
    direct,
    draw_name,
    escape_text,
    find_widest,
    frame_picture,
)
from generator.views.charts import HeatCell, HeatMap

# The size of a cell; one with two lines is taller.
_WIDTH, _LOW, _TALL = 48, 26, 38
# The sine of the slope of the heads of columns.
_SLOPE = 0.71


def draw_heat_map(chart: HeatMap, prefix: str) -> str:
    """Return *chart* as an ``svg`` element; its ids begin with *prefix*, one for each in a page."""
    mirrored = chart.direction == "rtl"
    heads = ceil(find_widest(chart.rows)) + GAP
    slant = ceil(find_widest(chart.columns) * _SLOPE)
    tall = any(cell.note and cell.text for row in chart.cells for cell in row)
    count = len(chart.columns)
    left = slant + GAP if mirrored else heads
    grid = _Grid(left, slant + 2 * GAP, _TALL if tall else _LOW, count, mirrored)
    width = heads + count * _WIDTH + slant + GAP
    foot = grid.place(len(chart.rows), 0)[1]
    parts = (
        _draw_rules(chart, grid),
        *_draw_heads(chart, grid),
        *_draw_colours(chart, grid),
    )
    return frame_picture("map", chart.title, chart.description, prefix, (width, foot + 2), parts)


class _Grid(NamedTuple):
    """Where the cells of a map are, how high and how many in a row; *mirrored*: from the right."""

    left: int
    top: int
    height: int
    columns: int
    mirrored: bool

    def place(self, row: int, column: int) -> tuple[int, int]:
        """Return the upper left corner of the cell of that row and column."""
        before = self.columns - 1 - column if self.mirrored else column
        return self.left + before * _WIDTH, self.top + row * self.height

    def place_head(self, row: int) -> tuple[int, int, str]:
        """Return where the head of a row stands, and which of its edges: beside the first cell."""
        x = self.left + self.columns * _WIDTH + 8 if self.mirrored else self.left - 8
        return x, self.place(row, 0)[1] + self.height // 2 + 4, "start" if self.mirrored else "end"


def _draw_rules(chart: HeatMap, grid: _Grid) -> str:
    """Return a rule above each row and below the last: an empty cell has a place too."""
    lines = (grid.place(row, 0)[1] for row in range(len(chart.rows) + 1))
    rules = "".join(f"M{grid.left} {y}h{grid.columns * _WIDTH}" for y in lines)
    return f'<path class="rules" fill="none" stroke="currentColor" opacity="0.2" d="{rules}"/>'


def _draw_heads(chart: HeatMap, grid: _Grid) -> Iterator[str]:
    for row, name in enumerate(chart.rows):
        x, y, anchor = grid.place_head(row)
        yield draw_name(name, f'x="{x}" y="{y}"', anchor)
    turn, anchor = (45, "end") if grid.mirrored else (-45, "")
    for column, name in enumerate(chart.columns):
        x, y = grid.place(0, column)
        x, y = x + _WIDTH // 2, y - 8
        yield draw_name(name, f'x="{x}" y="{y}" transform="rotate({turn} {x} {y})"', anchor)


def _draw_colours(chart: HeatMap, grid: _Grid) -> Iterator[str]:
    """Yield all cells of one colour together, colour by colour."""
    placed = [
        (cell.css, grid.place(row, column), cell)
        for row, cells in enumerate(chart.cells)
        for column, cell in enumerate(cells)
        if cell != HeatCell()
    ]
    placed.sort(key=lambda each: each[0])
    for css, group in groupby(placed, key=lambda each: each[0]):
        placed_cells = [(place, cell) for _, place, cell in group]
        yield _draw_cells(css, placed_cells, grid.height, direct(chart.direction))


def _draw_cells(
    css: str, cells: Sequence[tuple[tuple[int, int], HeatCell]], height: int, direction: str
) -> str:
    """Return cells of one colour: one path for their grounds, and the text in each."""
    ground = "".join(f"M{x} {y}h{_WIDTH}v{height}h-{_WIDTH}z" for (x, y), _ in cells)
    texts = "".join(
        text for (x, y), cell in cells for text in _write(x + _WIDTH // 2, y, cell, height)
    )
    return (
        f'<g class="{escape(css)}"{direction} text-anchor="middle" font-size="{LABEL}">'
        f'<path class="ground" fill="none" d="{ground}"/>{texts}</g>'
    )


def _write(x: int, y: int, cell: HeatCell, height: int) -> Iterator[str]:
    middle = y + height // 2
    both = bool(cell.text and cell.note)
    if cell.text:
        line = middle - 2 if both else middle + 4
        yield f'<text x="{x}" y="{line}">{escape_text(cell.text)}</text>'
    if cell.note:
        place = f'x="{x}" y="{middle + 13 if both else middle + 4}" font-size="{SMALL}"'
        yield f"<text {place}>{escape_text(cell.note)}</text>"
