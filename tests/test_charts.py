"""Charts: what is drawn of agreement, and that it says nothing which the table does not."""

import re
from dataclasses import replace
from itertools import combinations

import pytest

from generator.agreement import Agreement, compare_actors
from generator.interface import read_strings
from generator.views.charts import (
    MOST_EDGES,
    HeatCell,
    arrange,
    find_level,
    make_graph,
    map_agreement,
    map_positions,
)
from generator.views.framing import index_site
from tests.positions import copy_harbour


@pytest.fixture(scope="module")
def index(tmp_path_factory):
    """The harbour site, in which some pairs of actors share a few issues."""
    site = copy_harbour(tmp_path_factory.mktemp("harbour")).join().value
    return index_site(site, read_strings("en"))


def with_minimum(index, minimum):
    """Return *index* and its agreements, with another number of issues to be shared."""
    config = replace(index.site.config, minimum_shared_issues=minimum)
    changed = replace(index, site=replace(index.site, config=config))
    return compare_actors(index.site.positions, minimum), changed


def invent(*pairs):
    """Return agreements of actors of the harbour, as (a, b, shared, value)."""
    return [Agreement(*pair) for pair in pairs]


def test_only_who_is_compared_is_drawn(index):
    """Who has no line is no node of the graph, and who has no figure has no row of the map: a chart
    is no wider than what it says."""
    one, two, three, four = sorted(index.actors)[:4]
    names = {id: index.actors[id].actor.name for id in (one, two, three, four)}
    agreements = invent((one, two, 4, 0.75), (one, three, 5, 0.5), (one, four, 1, None))

    assert {names[one], names[two]} == set(make_graph(agreements, index).nodes)
    heat = map_agreement(agreements, index)
    assert {names[one], names[two], names[three]} == set(heat.rows) == set(heat.columns)


def test_lines_join_and_part(index):
    """Solid above the half, dashed below it, none at it, and none where figures are refused."""
    one, two, three, four = sorted({p.actor for p in index.site.positions if p.value is not None})[
        :4
    ]
    graph = make_graph(
        invent(
            (one, two, 4, 0.75),
            (one, three, 3, 0.25),
            (one, four, 5, 0.5),
            (two, three, 2, None),
        ),
        index,
    )

    lines = {
        (graph.nodes[e.one], graph.nodes[e.other]): (e.agree, e.strength, e.label)
        for e in graph.edges
    }
    names = [index.actors[id].actor.name for id in (one, two, three)]
    assert {
        (names[0], names[1]): (True, 0.5, "0.75 on 4"),
        (names[0], names[2]): (False, 0.5, "0.25 on 3"),
    } == lines


def test_no_lines_below_the_minimum(index):
    """The harbour's pairs share too little for three, and then nothing is drawn between them."""
    agreements, changed = with_minimum(index, 9)

    assert len(agreements) > 3
    assert () == make_graph(agreements, changed).nodes == map_agreement(agreements, changed).rows


def test_a_refused_figure_says_on_how_few_issues_it_would_rest(index):
    """Between others that have figures, one that shares too little has no colour."""
    one, two, three = sorted(index.actors)[:3]
    pairs = invent((one, two, 4, 0.75), (one, three, 3, 1), (two, three, 2, None))
    heat = map_agreement(pairs, index)

    cells = [cell for row in heat.cells for cell in row]
    assert [HeatCell("refused", "", "(2)")] * 2 == [each for each in cells if each.css == "refused"]


def test_of_very_many_lines_the_strongest_are_drawn(index):
    """The graph says that some are left out; the weakest are, in whatever order they came."""
    ids = [f"x{n:02}" for n in range(20)]
    actors = {id: next(iter(index.actors.values())) for id in ids}
    positions = tuple(replace(index.site.positions[0], actor=id) for id in ids)
    many = replace(index, actors=actors, site=replace(index.site, positions=positions))
    pairs = [
        Agreement(a, b, 3, 0.5 + number / 1000)
        for number, (a, b) in enumerate(combinations(ids, 2), 1)
    ]

    graph = make_graph(pairs, many)

    assert (190, MOST_EDGES) == (len(pairs), len(graph.edges))
    assert min(edge.strength for edge in graph.edges) == pytest.approx(41 / 500)
    assert "Of 190 lines the 150 strongest are drawn." in graph.description
    assert graph == make_graph(pairs[::-1], many)
    assert "strongest" not in make_graph(pairs[:9], many).description


def test_neighbours_agree():
    """Beside each stands the nearest that is left; ties, and pairs that say nothing, go by id."""
    agreements = invent(("a", "b", 3, 0.1), ("a", "d", 3, 0.9), ("b", "d", 3, 0.4))

    # After a comes d (0.9); to d, c is unknown and b is far; so c, and b last.
    assert ("a", "d", "c", "b") == arrange("abcd", agreements)
    assert ("a", "d", "c", "b") == arrange("dcba", agreements[::-1])
    assert ("a", "b", "c") == arrange("cba", [])
    assert () == arrange("", [])


def test_a_map_says_on_how_many_issues(index):
    """Both halves say the same, nobody is compared with himself, and no figure is without its n."""
    heat = map_agreement(*with_minimum(index, 1))

    for row, cells in enumerate(heat.cells):
        assert HeatCell() == cells[row]
        for column, cell in enumerate(cells):
            assert cell == heat.cells[column][row]
            assert bool(cell.text) == cell.css.startswith("level-")
            assert not cell.text or re.fullmatch(r"on \d", cell.note)


def test_a_map_of_the_cells(index):
    """Actors by issues: the sign and the classes that the tables have."""
    heads = {id: issue.issue.proposition for id, issue in index.issues.items()}
    heat = map_positions("Positions", [*index.actors], heads, index)

    signs = {
        (row, column): cell
        for row, c in zip(heat.rows, heat.cells, strict=True)
        for column, cell in zip(heat.columns, c, strict=True)
    }
    position = next(p for p in index.site.positions if p.reading == "contested")
    key = (index.actors[position.actor].actor.name, heads[position.issue])
    assert HeatCell("p-contested", "⇄") == signs[key]
    assert len(signs) == len(index.actors) * len(heads)


def test_levels_are_the_same_from_both_ends():
    """An issue turned round turns no level but to its opposite."""
    parts = [part / 800 for part in range(801)]

    assert [4 - find_level(value) for value in parts] == [find_level(1 - value) for value in parts]
    assert [0, 1, 2, 2, 3, 4] == [find_level(n) for n in (0.19, 0.2, 0.4, 0.6, 0.61, 1)]
