"""Tables with cells, and the same as lists: one of both is shown, as wide as the page is."""

from collections.abc import Sequence
from dataclasses import dataclass

from generator.interface import Strings
from generator.views.shown import Cell, LegendEntry, Way

# So many columns always fit where a table is shown at all; one of more scrolls by itself.
MOST_FITTING = 9


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a table: its head and its cells, one for each column."""

    title: str
    url: str
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Listing:
    """A column as a list, for phones: the rows with an entry there; *rest* names the others."""

    title: str
    url: str
    entries: tuple[tuple[str, Cell], ...]
    rest: str


@dataclass(frozen=True, slots=True)
class Table:
    """Rows and columns of cells, with the same as lists.

    *corner* is the head of the column of heads. *idle* are those about which nothing was written,
    which have neither row nor column, each lot after its name. *wide* tells that the table
    scrolls by itself.
    """

    id: str
    title: str
    caption: str
    corner: str
    columns: tuple[Way, ...]
    rows: tuple[Row, ...]
    listings: tuple[Listing, ...]
    idle: tuple[tuple[str, tuple[Way, ...]], ...]
    legend: tuple[LegendEntry, ...]

    @property
    def wide(self) -> bool:
        """Tell whether the table is wider than any page, so that it scrolls by itself."""
        return len(self.columns) > MOST_FITTING


def list_column(
    way: Way, heads: Sequence[Way], column: Sequence[Cell], rest: str, say: Strings
) -> Listing:
    """Return a *column* as a list; *rest* is the key of the sentence on those without an entry."""
    named = list(zip(heads, column, strict=True))
    empty = " · ".join(say.isolate(head.title) for head, cell in named if not cell.url)
    return Listing(
        way.title,
        way.url,
        tuple((head.title, cell) for head, cell in named if cell.url),
        say(rest, names=empty) if empty else "",
    )
