"""Agreement: how near every two actors are to each other, as a table and as a list of pairs."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from generator.agreement import Agreement, Weights, compare_actors, weigh_actors
from generator.views.charts import Graph, HeatMap, make_graph, map_agreement
from generator.views.framing import Index, make_frame
from generator.views.neighbours import MOST_NEIGHBOURS, pair_url, show_agreement
from generator.views.pages import Page
from generator.views.shown import Cell, Frame, LegendEntry, Way
from generator.views.tables import Row, Table, list_column
from generator.views.wayfinding import name_actor

# Of more pairs the page shows those that share most; the data file has all. A map of more actors
# is too large to be looked at.
MOST_PAIRS = 600
MOST_MAPPED = 60
_SHADES = ("level-4", "level-3", "level-2", "level-1", "level-0", "refused")

Pairs = Mapping[tuple[str, str], Agreement]


@dataclass(frozen=True, slots=True)
class Pair:
    """Two actors: how far they agree, and how far their statements go together or do not."""

    a: Way
    b: Way
    agreement: Cell
    congruence: str
    conflict: str
    difference: str


@dataclass(frozen=True, slots=True)
class AgreementView:
    """How near the actors are to each other.

    *tables* has the table of every two, unless there are too many actors for one. *graph*
    and *heat_map* show the same in pictures, where there is something to draw. *pairs* begin with
    those that agree most; *left_out* counts those not shown.
    """

    frame: Frame
    ways: tuple[Way, ...]
    minimum: int
    tables: tuple[Table, ...]
    graph: Graph | None
    heat_map: HeatMap | None
    pairs: tuple[Pair, ...]
    left_out: int


def view_agreement(index: Index) -> Iterator[Page]:
    """Yield the page of agreement, if anything is stated."""
    site = index.site
    if not site.evidence:
        return
    minimum = site.config.minimum_shared_issues
    pairs = {(pair.a, pair.b): pair for pair in compare_actors(site.positions, minimum)}
    met = {id for pair in pairs for id in pair}
    actors = {each.actor.id: name_actor(each) for each in site.actors if each.actor.id in met}
    alone = tuple(name_actor(each) for each in site.actors if each.actor.id not in met)
    shown = sorted(pairs.values(), key=lambda pair: (-pair.shared, pair.a, pair.b))[:MOST_PAIRS]
    compared = tuple(pairs.values()) if any(p.value is not None for p in pairs.values()) else ()
    graph = make_graph(compared, index)
    url = "positions/agreement.html"
    view = AgreementView(
        frame=make_frame(site, url, index.say("way_agreement"), "positions"),
        ways=index.ways,
        minimum=minimum,
        tables=(_lay_out(actors, alone, pairs, index),) if len(actors) <= MOST_NEIGHBOURS else (),
        graph=graph if graph.edges else None,
        heat_map=map_agreement(compared, index)
        if compared and len(actors) <= MOST_MAPPED
        else None,
        pairs=_list_pairs(shown, index),
        left_out=len(pairs) - len(shown),
    )
    yield Page(url, "agreement.html", view)


def _lay_out(
    actors: Mapping[str, Way], alone: tuple[Way, ...], pairs: Pairs, index: Index
) -> Table:
    say = index.say
    lines = {a: [_compare(a, b, pairs, index) for b in actors] for a in actors}
    listings = []
    for at, (id, way) in enumerate(actors.items()):
        others = [other for other in actors if other != id]
        column = [lines[other][at] for other in others]
        heads = [actors[other] for other in others]
        listings.append(list_column(way, heads, column, "none_shared_list", say))
    classes = {cell.css for line in lines.values() for cell in line}
    return Table(
        id="table_",
        title=say("way_agreement"),
        caption=say("agreement_caption"),
        corner=say("actor"),
        columns=tuple(actors.values()),
        rows=tuple(Row(way.title, way.url, tuple(lines[id])) for id, way in actors.items()),
        listings=tuple(listings),
        idle=((say("n_alone", n=len(alone)), alone),) if alone else (),
        legend=tuple(
            LegendEntry(css, "", say(f"legend_{css.replace('-', '_')}"))
            for css in _SHADES
            if css in classes
        ),
    )


def _compare(a: str, b: str, pairs: Pairs, index: Index) -> Cell:
    if a == b:
        return Cell("itself", "", index.say("itself"))
    pair = pairs.get((min(a, b), max(a, b)))
    if pair is None:
        return Cell("unshared", "", index.say("none_shared"))
    # Where too little is shared there is nothing to compare: the actor's page names the other.
    other = pair_url(a, b, index) if pair.value is not None else index.actors[a].url
    return show_agreement(pair, other, index)


def _list_pairs(pairs: Sequence[Agreement], index: Index) -> tuple[Pair, ...]:
    weights = {(each.a, each.b): each.plain for each in weigh_actors(index.site.positions)}
    none = Weights(0.0, 0.0)

    def near(pair: Agreement) -> tuple[bool, float, int]:
        return pair.value is None, -(pair.value or 0), -pair.shared

    return tuple(
        _show_pair(pair, weights.get((pair.a, pair.b), none), index)
        for pair in sorted(pairs, key=near)
    )


def _show_pair(pair: Agreement, weights: Weights, index: Index) -> Pair:
    a, b = (name_actor(index.actors[id]) for id in (pair.a, pair.b))
    figures = _spell((weights.congruence, weights.conflict, weights.difference), index)
    return Pair(a, b, show_agreement(pair, "", index), *figures)


def _spell(figures: Iterable[float], index: Index) -> list[str]:
    """Return figures as they are read: at most two digits after the point."""
    # Adding zero turns a minus zero into zero.
    return [index.say.spell(f"{round(each, 2) + 0:g}") for each in figures]
