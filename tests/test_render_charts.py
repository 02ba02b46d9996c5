"""Charts in a page: one that never fits is in a region that Tab reaches, and no other is."""

import pytest

from generator.render.charts import draw_chart
from generator.views.charts import Edge, Graph, HeatCell, HeatMap


def make_map(columns):
    """Return a map of one row and so many columns, each 48 pixels wide."""
    heads = tuple(f"c{n}" for n in range(columns))
    return HeatMap("Map", "All of it", ("row",), heads, ((HeatCell(),) * columns,))


def test_a_box_says_how_much_room_its_chart_wants():
    """The class of a box is the least number of hundreds of pixels in which the chart fits."""
    graph = Graph("Graph", "All of it", ("a", "b"), (Edge(0, 1, "1 on 3", True, 1.0),))
    for chart in (graph, make_map(3), make_map(12)):
        box, svg = draw_chart(chart, "x").split("\n")[:2]
        width = int(svg.partition(' width="')[2].partition('"')[0])
        steps = int(box.removeprefix('<div class="chart-box s').removesuffix('">'))
        assert 100 * (steps - 1) < width <= 100 * steps


@pytest.mark.parametrize(("columns", "endless"), [(24, False), (30, True)])
def test_a_chart_that_no_page_holds_scrolls(columns, endless):
    """What is wider than any page is a region with the chart's own name, and the keyboard's."""
    drawn = draw_chart(make_map(columns), "map")

    assert endless == ('<section class="chart-box endless" tabindex="0"' in drawn)
    assert endless == ('aria-labelledby="map-title">\n<svg' in drawn)
    assert '<title id="map-title">Map</title>' in drawn
