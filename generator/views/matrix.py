"""The tables of positions: which cells stand in which table, and which tables on which page."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from generator.site import PublishedIssue
from generator.views.cells import LegendEntry, make_legend, show_cell
from generator.views.framing import Index, make_frame
from generator.views.pages import Page
from generator.views.shown import Cell, Frame, Way
from generator.views.wayfinding import TAKEN, list_ways, name_actor, name_issue
from generator.words import plain_slug

# More columns than a reader keeps apart, and more cells than a page should hold.
MOST_COLUMNS = 12
MOST_CELLS = 4000
# So many columns always fit where a table is shown at all; one of more scrolls by itself.
MOST_FITTING = 8


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a table: its head and its cells, one for each column."""

    title: str
    url: str
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Listing:
    """A column as a list, for phones: the rows with an entry there, and the names of the others."""

    title: str
    url: str
    entries: tuple[tuple[str, Cell], ...]
    empty: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """Actors by issues, or turned round, with the same as lists.

    *columns* and *rows* leave out those about which nothing was written, which are *idle*: first
    of the rows, then of the columns. *wide* tells that it scrolls by itself.
    """

    id: str
    title: str
    columns: tuple[Way, ...]
    rows: tuple[Row, ...]
    listings: tuple[Listing, ...]
    idle: tuple[tuple[Way, ...], tuple[Way, ...]]
    legend: tuple[LegendEntry, ...]
    wide: bool


@dataclass(frozen=True, slots=True)
class TableView:
    """A page of tables; *turned* tells that the issues are its rows, *twin* is the other one."""

    frame: Frame
    ways: tuple[Way, ...]
    tables: tuple[Table, ...]
    turned: bool
    twin: str
    actors: int
    issues: int
    statements: int


@dataclass(frozen=True, slots=True)
class Share:
    """A page of many: where it is, which issues are on it, and how many cells have something."""

    url: str
    turned: str
    title: str
    issues: int
    cells: int


@dataclass(frozen=True, slots=True)
class SharesView:
    """The way to the tables where they are too many for one page."""

    frame: Frame
    ways: tuple[Way, ...]
    shares: tuple[Share, ...]
    actors: int
    issues: int
    statements: int


@dataclass(frozen=True, slots=True)
class Sheet:
    """The issues of one table; *group* is what they share, "" where nobody said."""

    group: str
    title: str
    issues: tuple[PublishedIssue, ...]


def view_positions(index: Index) -> Iterator[Page]:
    """Yield the tables of positions, each a second time turned round, if there is anything in them.

    What is too much for one page is cut by the groups of issues, and there the first page leads
    to the others.
    """
    site = index.site
    if not site.actors or not site.issues:
        return
    sheets = tuple(cut_sheets(site.issues, index))
    if len(site.actors) * len(site.issues) <= MOST_CELLS:
        yield from _view(("positions/index.html", "positions/turned.html"), "", sheets, index)
        return
    shares = []
    for urls, title, mine in _share_out(sheets, index):
        yield from _view(urls, title, mine, index)
        ids = {issue.issue.id for sheet in mine for issue in sheet.issues}
        cells = sum(position.issue in ids for position in site.positions)
        shares.append(Share(*urls, title, len(ids), cells))
    url = "positions/index.html"
    frame = make_frame(site, url, index.say("positions"), "positions")
    counts = (len(site.actors), len(site.issues), len(site.evidence))
    yield Page(url, "shares.html", SharesView(frame, list_ways(index), tuple(shares), *counts))


def cut_sheets(issues: Iterable[PublishedIssue], index: Index) -> Iterator[Sheet]:
    """Yield the issues of each table: those of one group, and no more than ``MOST_COLUMNS``."""
    groups = [(group, list(mine)) for group, mine in groupby(issues, lambda i: i.issue.group)]
    for group, mine in groups:
        title = group or (index.say("ungrouped") if len(groups) > 1 else index.say("positions"))
        count = -(-len(mine) // MOST_COLUMNS)
        for part in range(count):
            low, high = (len(mine) * at // count for at in (part, part + 1))
            name = index.say("part_of", title=title, part=part + 1, count=count)
            yield Sheet(group, name if count > 1 else title, tuple(mine[low:high]))


def _share_out(
    sheets: Sequence[Sheet], index: Index
) -> Iterator[tuple[tuple[str, str], str, Sequence[Sheet]]]:
    """Yield addresses, title and sheets of each page: those of a group, as many as fit."""
    taken = set(TAKEN)
    for group, own in groupby(sheets, lambda sheet: sheet.group):
        mine = list(own)
        most = max(1, MOST_CELLS // (len(index.site.actors) * MOST_COLUMNS))
        for first in range(0, len(mine), most):
            some = mine[first : first + most]
            title = some[0].title if len(some) == 1 else group or index.say("ungrouped")
            slug = base = plain_slug(group) or "group"
            number = 1
            while {slug, f"{slug}-turned"} & taken:
                number += 1
                slug = f"{base}-{number}"
            taken |= {slug, f"{slug}-turned"}
            yield (f"positions/{slug}.html", f"positions/{slug}-turned.html"), title, some


def _view(
    urls: tuple[str, str], title: str, sheets: Sequence[Sheet], index: Index
) -> Iterator[Page]:
    site, say = index.site, index.say
    title = title or say("positions")
    ids = {issue.issue.id for sheet in sheets for issue in sheet.issues}
    counts = (len(site.actors), len(ids), sum(each.issue in ids for each in site.evidence))
    for turned, url in enumerate(urls):
        name = say("turned", title=title) if turned else title
        tables = tuple(
            make_table(f"table-{at}_", sheet, index, turned=bool(turned))
            for at, sheet in enumerate(sheets, 1)
        )
        frame = make_frame(site, url, name, "positions")
        view = TableView(frame, list_ways(index), tables, bool(turned), urls[1 - turned], *counts)
        yield Page(url, "positions.html", view)


def make_table(id: str, sheet: Sheet, index: Index, *, turned: bool) -> Table:
    """Return the cells of all actors on the issues of *sheet*."""
    by_actor = {
        (actor.actor.id, issue.issue.id): show_cell(actor.actor.id, issue.issue.id, index)
        for actor in index.site.actors
        for issue in sheet.issues
    }
    busy = {actor for (actor, _), cell in by_actor.items() if cell.url}
    asked = {issue for (_, issue), cell in by_actor.items() if cell.url}
    actors = _part(((a.actor.id, name_actor(a)) for a in index.site.actors), busy)
    issues = _part(((i.issue.id, name_issue(i)) for i in sheet.issues), asked)
    rows, columns = (issues, actors) if turned else (actors, issues)
    lines = [
        [by_actor[(other, one) if turned else (one, other)] for other, _ in columns[0]]
        for one, _ in rows[0]
    ]
    heads = [way for _, way in rows[0]]
    return Table(
        id,
        sheet.title,
        tuple(way for _, way in columns[0]),
        tuple(Row(w.title, w.url, tuple(c)) for w, c in zip(heads, lines, strict=True)),
        tuple(
            _list([line[at] for line in lines], way, heads)
            for at, (_, way) in enumerate(columns[0])
        ),
        (tuple(way for _, way in rows[1]), tuple(way for _, way in columns[1])),
        make_legend((cell for line in lines for cell in line), index.say),
        wide=len(columns[0]) > MOST_FITTING,
    )


Named = tuple[str, Way]


def _part(named: Iterable[Named], kept: set[str]) -> tuple[list[Named], list[Named]]:
    """Return those of *named* whose id is in *kept*, and the others."""
    parts: tuple[list[Named], list[Named]] = ([], [])
    for each in named:
        parts[each[0] not in kept].append(each)
    return parts


def _list(column: Sequence[Cell], way: Way, heads: Sequence[Way]) -> Listing:
    named = list(zip(heads, column, strict=True))
    return Listing(
        way.title,
        way.url,
        tuple((head.title, cell) for head, cell in named if cell.url),
        tuple(head.title for head, cell in named if not cell.url),
    )
