"""Neighbours: how far an actor agrees with each other one, and where they stand furthest apart."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from generator.addresses import place_url
from generator.agreement import Agreement, compare_actors
from generator.positions import Position
from generator.views.cells import cell_url, show_reading
from generator.views.charts import find_level
from generator.views.framing import Index
from generator.views.shown import Cell, Way
from generator.views.wayfinding import name_actor

# Beyond so many others the nearest and the furthest are compared issue by issue.
MOST_NEIGHBOURS = 30
_MOST_APART = 3


@dataclass(frozen=True, slots=True)
class Apart:
    """An issue on which two actors differ: what the one holds, and what the other."""

    issue: str
    own: Cell
    other: Cell


@dataclass(frozen=True, slots=True)
class Neighbour:
    """Another actor with the agreement of both; *apart* are the issues that part them most."""

    id: str
    other: Way
    agreement: Cell
    apart: tuple[Apart, ...]


@dataclass(frozen=True, slots=True)
class Neighbourhood:
    """All with whom an actor shares an issue: *near* the nearest first, *few* with whom too few.

    *few* pairs each with the number of issues; *left_out* counts those between near and far.
    """

    near: tuple[Neighbour, ...] = ()
    few: tuple[tuple[Way, int], ...] = ()
    left_out: int = 0


def anchor_of(actor: str) -> str:
    """Return the id of a neighbour on an actor's page; no id of a thing has such a sign."""
    return f"with_{actor}"


def show_agreement(pair: Agreement, url: str, index: Index) -> Cell:
    """Return how far two agree as a cell, which is refused where they share too little."""
    about = index.say("n_shared", n=pair.shared)
    if pair.value is None:
        return Cell("refused", "", index.say("too_few"), about, url)
    return Cell(
        f"level-{find_level(pair.value)}", "", index.say.spell(f"{pair.value:.2f}"), about, url
    )


def pair_url(actor: str, other: str, index: Index) -> str:
    """Return where the page of *actor* compares it with *other*."""
    return place_url(index.actors[actor].url, anchor_of(other))


def find_neighbourhoods(index: Index) -> Mapping[str, Neighbourhood]:
    """Return with whom each actor agrees and how far, by its id."""
    minimum = index.site.config.minimum_shared_issues
    rows: dict[str, dict[str, Position]] = defaultdict(dict)
    for position in index.site.positions:
        if position.value is not None:
            rows[position.actor][position.issue] = position
    others: dict[str, list[tuple[str, Agreement]]] = defaultdict(list)
    for pair in compare_actors(index.site.positions, minimum):
        others[pair.a].append((pair.b, pair))
        others[pair.b].append((pair.a, pair))
    return {actor: _gather(actor, found, rows, index) for actor, found in others.items()}


def _gather(
    actor: str,
    others: Iterable[tuple[str, Agreement]],
    rows: Mapping[str, Mapping[str, Position]],
    index: Index,
) -> Neighbourhood:
    compared = sorted(
        ((other, pair) for other, pair in others if pair.value is not None),
        key=lambda each: (-(each[1].value or 0), -each[1].shared, each[0]),
    )
    few = sorted(
        ((other, pair.shared) for other, pair in others if pair.value is None),
        key=lambda each: (-each[1], each[0]),
    )
    shown: Sequence[tuple[str, Agreement]] = compared
    if len(compared) > MOST_NEIGHBOURS:
        half = MOST_NEIGHBOURS // 2
        shown = [*compared[:half], *compared[-half:]]
    return Neighbourhood(
        tuple(
            Neighbour(
                anchor_of(other),
                name_actor(index.actors[other]),
                show_agreement(pair, "", index),
                _find_apart(rows[actor], rows[other], index),
            )
            for other, pair in shown
        ),
        tuple((name_actor(index.actors[other]), shared) for other, shared in few),
        len(compared) - len(shown),
    )


def _find_apart(
    own: Mapping[str, Position], other: Mapping[str, Position], index: Index
) -> tuple[Apart, ...]:
    apart = [
        (abs((own[issue].value or 0) - (other[issue].value or 0)), issue)
        for issue in own.keys() & other.keys()
    ]
    most = sorted((each for each in apart if each[0]), key=lambda each: (-each[0], each[1]))
    return tuple(
        Apart(
            index.issues[issue].issue.proposition,
            _show(own[issue], index),
            _show(other[issue], index),
        )
        for _, issue in most[:_MOST_APART]
    )


def _show(position: Position, index: Index) -> Cell:
    bare = show_reading(position.reading, index.say)
    url = cell_url(position.actor, position.issue, index)
    return Cell(bare.css, bare.sign, bare.word, "", url)
