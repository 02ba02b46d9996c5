"""The tables of positions: which cells stand in which table, and which tables on which page."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from generator.site import PublishedIssue
from generator.views.cells import make_legend, show_cell
from generator.views.framing import Index, make_frame
from generator.views.pages import Page
from generator.views.shown import Frame, Way
from generator.views.tables import Row, Table, list_column
from generator.views.wayfinding import TAKEN, name_actor, name_issue
from generator.words import plain_slug

# More columns than a reader keeps apart, and more cells than a page should hold.
MOST_COLUMNS = 12
MOST_CELLS = 4000


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
    yield Page(url, "shares.html", SharesView(frame, index.ways, tuple(shares), *counts))


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
        view = TableView(frame, index.ways, tables, bool(turned), urls[1 - turned], *counts)
        yield Page(url, "positions.html", view)


def make_table(id: str, sheet: Sheet, index: Index, *, turned: bool) -> Table:
    """Return the cells of all actors on the issues of *sheet*."""
    say = index.say
    cells = {
        (actor.actor.id, issue.issue.id): show_cell(actor.actor.id, issue.issue.id, index)
        for actor in index.site.actors
        for issue in sheet.issues
    }
    busy = {actor for (actor, _), cell in cells.items() if cell.url}
    asked = {issue for (_, issue), cell in cells.items() if cell.url}
    actors = _part(((a.actor.id, name_actor(a)) for a in index.site.actors), busy)
    issues = _part(((i.issue.id, name_issue(i)) for i in sheet.issues), asked)
    rows, columns = (issues[0], actors[0]) if turned else (actors[0], issues[0])
    lines = {
        row: [cells[(column, row) if turned else (row, column)] for column in columns]
        for row in rows
    }
    idle = (
        (say("n_idle_actors", n=len(actors[1])), tuple(actors[1].values())),
        (say("n_idle_issues", n=len(issues[1])), tuple(issues[1].values())),
    )
    return Table(
        id=id,
        title=sheet.title,
        caption=say("table_turned" if turned else "table_caption", title=sheet.title),
        corner=say("issue" if turned else "actor"),
        columns=tuple(columns.values()),
        rows=tuple(Row(way.title, way.url, tuple(lines[row])) for row, way in rows.items()),
        listings=tuple(
            list_column(
                way,
                tuple(rows.values()),
                [line[at] for line in lines.values()],
                "not_coded_list",
                say,
            )
            for at, way in enumerate(columns.values())
        ),
        # Where there is no row at all, it goes without saying of whom there is none.
        idle=tuple(lot for lot in (idle if rows else idle[1:]) if lot[1]),
        legend=make_legend((cell for line in lines.values() for cell in line), say),
    )


Named = dict[str, Way]


def _part(named: Iterable[tuple[str, Way]], kept: set[str]) -> tuple[Named, Named]:
    """Return those of *named* whose id is in *kept*, and the others."""
    parts: tuple[Named, Named] = ({}, {})
    for id, way in named:
        parts[id not in kept][id] = way
    return parts
