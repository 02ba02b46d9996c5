"""Charts: agreement as a graph and as a map, complete and in words, before they are drawn.

A chart shows nothing that a table beside it does not say: it has no links and hides no figures.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from generator.agreement import Agreement
from generator.views.cells import show_cell
from generator.views.framing import Index
from generator.words import spell_controls

# More lines than this are a ball of wool, and no smaller for being complete.
MOST_EDGES = 150
_HALF = 0.5


@dataclass(frozen=True, slots=True)
class Edge:
    """A line between two nodes, by their places among all: they agree, or they differ.

    *strength* is how far from half their agreement is, 0 to 1; *label* has the figures.
    """

    one: int
    other: int
    label: str
    agree: bool
    strength: float


@dataclass(frozen=True, slots=True)
class Graph:
    """Who agrees with whom: *nodes* are names, in the order in which they stand around a circle.

    *direction* is that of the interface's words.
    """

    title: str
    description: str
    nodes: tuple[str, ...]
    edges: tuple[Edge, ...]
    direction: str = "ltr"


@dataclass(frozen=True, slots=True)
class HeatCell:
    """A cell of a map: the classes that colour it ("": it has no colour), and up to two lines."""

    css: str = ""
    text: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class HeatMap:
    """A table as colours: its heads, and a row of cells for each of *rows*.

    *direction* is that of the interface, in which columns follow each other.
    """

    title: str
    description: str
    rows: tuple[str, ...]
    columns: tuple[str, ...]
    cells: tuple[tuple[HeatCell, ...], ...]
    direction: str = "ltr"


def make_graph(agreements: Sequence[Agreement], index: Index) -> Graph:
    """Return the graph of those who agree or differ with somebody; who has no line is no node.

    There is none where figures are refused, nor between two who agree exactly as much as not. Of
    very many lines the strongest are kept, and the description says so.
    """
    edges = [
        (_strength(each), each)
        for each in agreements
        if each.value is not None and each.value != _HALF
    ]
    kept = sorted(edges, key=lambda edge: (-edge[0], -edge[1].shared, edge[1]))[:MOST_EDGES]
    nodes = arrange({id for _, each in kept for id in (each.a, each.b)}, agreements)
    places = {id: place for place, id in enumerate(nodes)}
    words = index.say("graph_text", minimum=index.site.config.minimum_shared_issues)
    if len(kept) < len(edges):
        words = f"{words} {index.say('graph_cut', n=len(edges), most=len(kept))}"
    return Graph(
        index.say("graph_title"),
        words,
        tuple(_name(id, index) for id in nodes),
        tuple(
            Edge(
                places[each.a],
                places[each.b],
                say_agreement(each, index),
                (each.value or 0) > _HALF,
                strength,
            )
            for strength, each in sorted(kept, key=lambda edge: (places[edge[1].a], edge[1]))
        ),
        index.say("direction"),
    )


def arrange(actors: Iterable[str], agreements: Iterable[Agreement]) -> tuple[str, ...]:
    """Return *actors* so that neighbours agree: the first by id, then ever the nearest to the last.

    Of those who are as near the first by id comes first. Who shares too few issues to tell is
    neither near nor far.
    """
    near: dict[str, dict[str, float]] = defaultdict(dict)
    for each in agreements:
        if each.value is not None:
            near[each.a][each.b] = near[each.b][each.a] = each.value
    left = sorted(actors)
    order = left[:1]
    left = left[1:]
    while left:
        known = near[order[-1]]
        nearest = max(left, key=lambda id: known.get(id, _HALF))
        left.remove(nearest)
        order.append(nearest)
    return tuple(order)


def map_agreement(agreements: Sequence[Agreement], index: Index) -> HeatMap:
    """Return how far each two agree who have a figure with somebody, neighbours beside each other.

    A cell whose figure is refused has no colour, and says on how few issues it would rest.
    """
    compared = {id for each in agreements if each.value is not None for id in (each.a, each.b)}
    actors = arrange(compared, agreements)
    pairs = {(each.a, each.b): _show_agreement(each, index) for each in agreements}
    pairs |= {(b, a): cell for (a, b), cell in pairs.items()}
    names = tuple(_name(id, index) for id in actors)
    minimum = index.site.config.minimum_shared_issues
    return HeatMap(
        index.say("map_title"),
        index.say("map_text", minimum=minimum),
        names,
        names,
        tuple(tuple(pairs.get((one, other), HeatCell()) for other in actors) for one in actors),
        index.say("direction"),
    )


def map_positions(
    title: str, actors: Sequence[str], issues: Mapping[str, str], index: Index
) -> HeatMap:
    """Return the cells of *actors* on *issues* (the heads of the columns by id) as their signs."""
    cells = [[show_cell(actor, issue, index) for issue in issues] for actor in actors]
    return HeatMap(
        title,
        index.say("table_caption", title=title),
        tuple(_name(id, index) for id in actors),
        tuple(issues.values()),
        tuple(tuple(HeatCell(cell.css, cell.sign) for cell in row) for row in cells),
        index.say("direction"),
    )


def say_agreement(agreement: Agreement, index: Index) -> str:
    """Return the figures of a pair in words: ``0.75 on 4``, or ``too few (1)``."""
    if agreement.value is None:
        return index.say("agreement_refused", n=agreement.shared)
    return index.say(
        "agreement_on", agreement=index.say.spell(f"{agreement.value:.2f}"), n=agreement.shared
    )


def find_level(value: float) -> int:
    """Return in which fifth of the scale an agreement is, 0 to 4; the middle has both its ends."""
    # 1 - 0.8 is less than 0.2 by a hair, while 0.8 is 0.8.
    value = round(value, 6)
    return sum((value >= 0.2, value >= 0.4, value > 0.6, value > 0.8))


def _show_agreement(agreement: Agreement, index: Index) -> HeatCell:
    if agreement.value is None:
        return HeatCell("refused", "", f"({agreement.shared})")
    css = f"level-{find_level(agreement.value)}"
    return HeatCell(
        css, index.say.spell(f"{agreement.value:.2f}"), index.say("on_shared", n=agreement.shared)
    )


def _strength(agreement: Agreement) -> float:
    return abs(2 * (agreement.value or 0) - 1)


def _name(actor: str, index: Index) -> str:
    return spell_controls(index.actors[actor].actor.name)
