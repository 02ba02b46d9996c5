"""Pictures: sound, the same bytes everywhere, with room for every name."""

import math
import re
from dataclasses import replace
from itertools import combinations
from xml.etree import ElementTree

import pytest

from generator.render.graphs import draw_graph, find_radius
from generator.render.maps import draw_heat_map
from generator.render.svg import measure
from generator.views.charts import Edge, Graph, HeatCell, HeatMap
from tests.sites import ROOT
from tests.test_views_positions import contrast

CSS = (ROOT / "themes/default/static/charts.css").read_text("utf-8")
HOSTILE = "O<b>\"&'</text> العربية"


def read(svg):
    """Return *svg* as a tree; it must be whole."""
    return ElementTree.fromstring(svg)


def texts(tree, path):
    return ["".join(each.itertext()) for each in tree.iterfind(path)]


def star(count, label="0.75 on 4"):
    """Return a graph in which everybody is joined to everybody."""
    edges = tuple(
        Edge(a, b, label, (a + b) % 2 == 0, 0.5) for a, b in combinations(range(count), 2)
    )
    return Graph("Title", "Text", tuple(f"Actor {n}" for n in range(count)), edges)


# A map of two rows and three columns as an Arabic interface has it.
MIRRORED = HeatMap(
    "خريطة",
    "كلها",
    ("الباب", "The pilots of the bar"),
    ("السوق", "The lamp is lit", "الميناء"),
    ((HeatCell("level-4", "0.75", "في 4"),) * 3, (HeatCell(),) * 3),
    "rtl",
)
ARABIC = replace(star(3, "0.75 في 4"), nodes=("الباب", "السوق (1)", "أهل البحر"), direction="rtl")

PICTURES = [
    *(draw_graph(star(count), "g") for count in (0, 1, 2, 3, 7, 12, 13, 30)),
    draw_graph(ARABIC, "g"),
    draw_heat_map(MIRRORED, "g"),
    draw_graph(replace(star(3), nodes=(HOSTILE, "名" * 40, "x" * 80), title=HOSTILE), "g"),
    draw_heat_map(HeatMap("T", "D", (), (), ()), "g"),
    draw_heat_map(
        HeatMap(
            HOSTILE,
            HOSTILE,
            (HOSTILE, "b"),
            ("y" * 90, HOSTILE),
            (
                (HeatCell("level-4", "0.75", "on 4"), HeatCell("refused", "", "(1)")),
                (HeatCell("p-for implied", HOSTILE), HeatCell()),
            ),
        ),
        "g",
    ),
]


@pytest.mark.parametrize("svg", PICTURES)
def test_every_picture_is_sound(svg):
    """One image with a name and a text; no styles in it, ids of its own, letters of 11 and more."""
    tree = read(svg)

    assert ("svg", "img", "ltr") == (tree.tag, tree.get("role"), tree.get("direction"))
    ids = {each.get("id"): each.tag for each in tree.iter() if each.get("id")}
    assert {"g-title": "title", "g-text": "desc"} == ids
    assert ("g-title", "g-text") == (tree.get("aria-labelledby"), tree.get("aria-describedby"))
    for each in tree.iter():
        assert not {"style", "href", "onclick"} & set(each.keys())
        assert float(each.get("font-size", 99)) >= 11
        assert each.tag != "g" or each.get("class") != ""
        assert each.tag in "svg title desc g line circle path text".split()


def test_cells_of_one_colour_are_drawn_together():
    """A map of a thousand cells has as many grounds as colours."""
    row = (HeatCell("level-4", "1"), HeatCell("level-0", "0"), HeatCell("level-4", "1"))
    tree = read(draw_heat_map(HeatMap("T", "D", ("a",), ("b", "c", "d"), (row,)), "m"))

    assert ["level-0", "level-4"] == [each.get("class") for each in tree.iterfind("g")]
    assert ["0", "1", "1"] == texts(tree, "g/text")


@pytest.mark.parametrize("svg", PICTURES)
def test_names_stay_inside_the_picture(svg):
    """Nothing is drawn beyond the edges, where it would be cut off."""
    tree = read(svg)
    width, height = float(tree.get("width")), float(tree.get("height"))
    for each in tree.iter("text"):
        x, y = float(each.get("x")), float(each.get("y"))
        long = measure(each.text, 13)
        assert 0 < y < height
        if not each.get("transform"):
            anchor = left_edge(each)
            before = {"end": long, "middle": long / 2}.get(anchor, 0)
            assert 0 <= x - before
            assert x - before + long <= width
        elif "rotate(-45 " in each.get("transform"):
            assert 0 <= y - long * 0.7
            assert x + long * 0.7 <= width
        elif "rotate(45 " in each.get("transform"):
            assert 0 <= y - long * 0.7
            assert 0 <= x - long * 0.7


def left_edge(text):
    """Return where a text is held as if it were written from the left."""
    anchor = text.get("text-anchor", "middle")
    turned = {"start": "end", "end": "start"}
    return turned.get(anchor, anchor) if text.get("direction") == "rtl" else anchor


def test_a_map_is_mirrored_for_an_interface_from_the_right():
    """Its rows have their heads at the right, and the first column is beside them; a name begins at
    its own side, and so do words."""
    plain = read(draw_heat_map(replace(MIRRORED, direction="ltr"), "m"))
    tree = read(draw_heat_map(MIRRORED, "m"))
    width = float(tree.get("width"))

    assert plain.get("width") == tree.get("width")
    rows = tree.findall("text")[:2]
    columns = [float(each.get("x")) for each in tree.findall("text")[2:]]
    cells = [float(each.get("x")) for each in tree.iterfind("g/text")][::2]
    assert cells == columns == sorted(columns, reverse=True)
    assert [width - x for x in columns] == [float(t.get("x")) for t in plain.findall("text")[2:]]
    assert all(float(row.get("x")) > columns[0] for row in rows)
    assert ["rtl", None] == [row.get("direction") for row in rows]
    assert ["start", "start"] == [left_edge(row) for row in rows]
    assert "rtl" == tree.find("g").get("direction")
    assert plain.find("g").get("direction") is None


def test_labels_have_the_direction_of_the_interface():
    """What the table says of two actors is read in the same order on their line."""
    tree, plain = read(draw_graph(ARABIC, "g")), read(draw_graph(star(3), "g"))

    assert "rtl" == tree.find("g[@class='labels']").get("direction")
    assert plain.find("g[@class='labels']").get("direction") is None
    assert {"rtl"} == {each.get("direction") for each in tree.iterfind("text")}
    assert ["middle", "end", "start"] == [each.get("text-anchor") for each in tree.iterfind("text")]


def test_names_are_text_and_turn_nothing():
    """Whatever a name is made of it is text, and its direction ends with it."""
    svg = draw_graph(replace(star(2), nodes=(HOSTILE, "B")), "g")

    tree = read(svg)
    assert [HOSTILE, "B"] == texts(tree, "text[@class='name']")
    assert [f"\u2068{HOSTILE}\u2069 – \u2068B\u2069: 0.75 on 4"] == texts(tree, "g/line/title")
    assert {"isolate"} == {each.get("unicode-bidi") for each in tree.iterfind("text")}


@pytest.mark.parametrize("count", range(2, 13))
def test_labels_cover_nothing(count):
    """No label stands on another or on a node; one that has no room is left out."""
    tree = read(draw_graph(star(count), "g"))
    boxes = [
        (float(t.get("x")), float(t.get("y")) - 4, measure(t.text, 12), 12)
        for t in tree.iterfind("g[@class='labels']/text")
    ]
    boxes += [(float(c.get("cx")), float(c.get("cy")), 10, 10) for c in tree.iter("circle")]

    assert len(boxes) > count
    for (x, y, w, h), (x2, y2, w2, h2) in combinations(boxes, 2):
        assert abs(x - x2) >= (w + w2) / 2 - 0.2 or abs(y - y2) >= (h + h2) / 2 - 0.2


@pytest.mark.parametrize("count", range(2, 13))
def test_labels_stand_on_what_is_drawn(count):
    """Where a label is follows from the ends of its line as they are drawn, not as they were."""
    tree = read(draw_graph(star(count), "g"))
    ends = [
        [float(line.get(key)) for key in ("x1", "y1", "x2", "y2")] for line in tree.iter("line")
    ]
    stops = {
        (f"{x1 + stop * (x2 - x1):.1f}", f"{y1 + stop * (y2 - y1) + 4:.1f}")
        for x1, y1, x2, y2 in ends
        for stop in (0.36, 0.64, 0.5, 0.43, 0.57, 0.28, 0.72)
    }

    for label in tree.iterfind("g[@class='labels']/text"):
        assert (f"{float(label.get('x')):.1f}", f"{float(label.get('y')):.1f}") in stops


def test_how_wide_names_are():
    """Letters of East Asia are wider than others, and a mark above a letter takes no room."""
    assert measure("e", 10) == measure("e\u0301", 10) < measure("名", 10) == 10


def test_agreement_is_solid_and_difference_dashed():
    """What a line means does not hang on its colour."""
    lines = read(draw_graph(star(3), "g")).iter("line")

    assert {("agree", None), ("differ", "6 5")} == {
        (line.get("class"), line.get("stroke-dasharray")) for line in lines
    }


def test_too_many_for_labels():
    """From thirteen on names are turned, and lines are named only to who points at them."""
    tree = read(draw_graph(star(13), "g"))

    assert [] == texts(tree, "g[@class='labels']/text")
    assert 13 == sum("rotate" in each.get("transform", "") for each in tree.iterfind("text"))
    assert 78 == len(texts(tree, "g/line/title"))


GRAPH = """\
<svg class="chart graph" role="img" aria-labelledby="g-title" aria-describedby="g-text" \
direction="ltr" width="394" height="300" viewBox="0 0 394 300" fill="currentColor" font-size="13">
<title id="g-title">Title</title>
<desc id="g-text">Text</desc>
<g stroke="currentColor" stroke-linecap="round">\
<line class="differ" x1="197" y1="30" x2="300.9" y2="210" stroke-width="2.5" \
stroke-dasharray="6 5"><title>\u2068Actor 0\u2069 – \u2068Actor 1\u2069: 0.75 on 4</title></line>\
</g>
<circle cx="197" cy="30" r="5"/>
<circle cx="300.9" cy="210" r="5"/>
<circle cx="93.1" cy="210" r="5"/>
<text class="name" unicode-bidi="isolate" x="197" y="20" text-anchor="middle">Actor 0</text>
<text class="name" unicode-bidi="isolate" x="310.9" y="214" text-anchor="start">Actor 1</text>
<text class="name" unicode-bidi="isolate" x="83.1" y="214" text-anchor="end">Actor 2</text>
<g class="labels" text-anchor="middle" font-size="12"><text x="234.4" y="98.8">0.75 on 4</text></g>
</svg>"""


def test_the_same_bytes_everywhere():
    """Every number is rounded before it is drawn, so that no machine draws another picture."""
    graph = star(3)

    assert GRAPH == draw_graph(replace(graph, edges=graph.edges[:1]), "g")


def test_no_place_lies_between_two_that_can_be_drawn():
    """A sine that is off by its last bits is drawn at the same place: tenths are never halved."""
    for count in (*range(1, 61), 97, 120, 360):
        for circle in read(draw_graph(replace(star(0), nodes=("A",) * count), "g")).iter("circle"):
            assert re.fullmatch(r"\d+(\.\d)?", circle.get("cx")), circle.get("cx")
        radius = find_radius(count)
        for number in range(count):
            tenths = 10 * radius * math.sin(2 * math.pi * number / count)
            assert abs(tenths % 1 - 0.5) > 1e-9


def read_colours(scheme):
    light, dark = re.findall(r":root \{([^}]*)\}", CSS)
    found = dict(re.findall(r"(--level-[\w-]+): (#\w{6})", light))
    return found | (
        dict(re.findall(r"(--level-[\w-]+): (#\w{6})", dark)) if scheme == "dark" else {}
    )


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_level_can_be_read(scheme):
    """Figures have a contrast of 4.5 or more; near is blue, far is orange, as red is to green."""
    colours = read_colours(scheme)
    for level in range(5):
        ground, ink = colours[f"--level-{level}"], colours[f"--level-{level}-ink"]
        assert contrast(ground, ink) >= 4.5, level
        blue = int(ground[5:7], 16) - int(ground[1:3], 16)
        assert {0: blue < -20, 1: blue < -20, 2: abs(blue) < 20}.get(level, blue > 20), level
