"""Drawing who agrees with whom: actors around a circle, and lines between them."""

from collections.abc import Iterator, Sequence
from math import ceil, cos, pi, sin

from generator.directions import isolate
from generator.render.svg import (
    GAP,
    LABEL,
    direct,
    draw_name,
    escape_text,
    find_widest,
    frame_picture,
    measure,
    show_number,
)
from generator.views.charts import Edge, Graph

# So many names stand around a circle as they are; more are turned, and their lines have no labels.
_MOST_UPRIGHT = 12
_DISC = 5
# Where along a line its label may stand, the best first: many lines cross in the middle.
_STOPS = (0.36, 0.64, 0.5, 0.43, 0.57, 0.28, 0.72)

Point = tuple[float, float]
Box = tuple[float, float, float, float]


def draw_graph(graph: Graph, prefix: str) -> str:
    """Return *graph* as an ``svg`` element; its ids begin with *prefix*, one for each in a page."""
    count = len(graph.nodes)
    upright = count <= _MOST_UPRIGHT
    radius = find_radius(count)
    across = radius + ceil(find_widest(graph.nodes)) + 2 * GAP
    down = radius + 3 * GAP if upright else across
    points = [_place(number, count, radius, (across, down)) for number in range(count)]
    lines = [_draw_edge(edge, graph, points) for edge in graph.edges]
    labels = _draw_labels(graph.edges, points) if upright else ()
    parts = (
        f'<g stroke="currentColor" stroke-linecap="round">{"".join(lines)}</g>',
        *(f'<circle cx="{show_number(x)}" cy="{show_number(y)}" r="{_DISC}"/>' for x, y in points),
        *(
            _draw_head(name, points[at], at * 360 / count, upright=upright)
            for at, name in enumerate(graph.nodes)
        ),
        f'<g class="labels"{direct(graph.direction)} text-anchor="middle" font-size="{LABEL}">'
        f"{''.join(labels)}</g>",
    )
    return frame_picture(
        "graph", graph.title, graph.description, prefix, (2 * across, 2 * down), parts
    )


def find_radius(count: int) -> int:
    """Return how large the circle of *count* nodes is, in whole pixels.

    A few need little room; among many, names that are turned need more.
    """
    return min(160, 60 + 20 * count) if count <= _MOST_UPRIGHT else max(160, 4 * count)


def _place(number: int, count: int, radius: int, centre: tuple[int, int]) -> Point:
    """Return where a node stands: clockwise from the top."""
    angle = 2 * pi * number / count
    return _round(centre[0] + radius * sin(angle)), _round(centre[1] - radius * cos(angle))


def _round(number: float) -> float:
    """Return *number* as far as it is drawn.

    The last bit of a sine is not the same on every machine, and it is gone before anything is made
    of it. It could only show where a number lies halfway between two that are drawn, and of a whole
    radius none does: the only fractions among the sines of a circle's parts are whole and half.
    """
    return round(number, 1) + 0.0


def _draw_edge(edge: Edge, graph: Graph, points: Sequence[Point]) -> str:
    kind, dashes = ("agree", "") if edge.agree else ("differ", ' stroke-dasharray="6 5"')
    names = " – ".join(isolate(escape_text(graph.nodes[at])) for at in (edge.one, edge.other))
    ends = zip(("x1", "y1", "x2", "y2"), points[edge.one] + points[edge.other], strict=True)
    place = " ".join(f'{key}="{show_number(number)}"' for key, number in ends)
    width = show_number(1 + 3 * edge.strength)
    return (
        f'<line class="{kind}" {place} stroke-width="{width}"{dashes}>'
        f"<title>{names}: {escape_text(edge.label)}</title></line>"
    )


def _draw_head(name: str, point: Point, angle: float, *, upright: bool) -> str:
    """Return a name beside its node, away from the centre; *angle* is clockwise from the top."""
    x, y = point
    left = angle > 180
    side, anchor = (-GAP, "end") if left else (GAP, "start")
    place = f'x="{show_number(x + side)}" y="{show_number(y + 4)}"'
    if not upright:
        turn = angle + 90 if left else angle - 90
        place += f' transform="rotate({show_number(turn)} {show_number(x)} {show_number(y)})"'
    elif angle in (0, 180):
        above = y - GAP if angle == 0 else y + GAP + 9
        place, anchor = f'x="{show_number(x)}" y="{show_number(above)}"', "middle"
    return draw_name(name, place, anchor)


def _draw_labels(edges: Sequence[Edge], points: Sequence[Point]) -> Iterator[str]:
    """Yield the labels of lines, each where it covers no other; the ones without room are left out.

    Who points at a line without a label is told, and the table has them all.
    """
    taken = [_box(point, 2 * _DISC, 2 * _DISC) for point in points]
    for edge in edges:
        (x1, y1), (x2, y2) = points[edge.one], points[edge.other]
        for stop in _STOPS:
            point = x1 + stop * (x2 - x1), y1 + stop * (y2 - y1)
            box = _box(point, measure(edge.label, LABEL) + 6, LABEL + 6)
            if not any(_meet(box, other) for other in taken):
                taken.append(box)
                place = f'x="{show_number(point[0])}" y="{show_number(point[1] + 4)}"'
                yield f"<text {place}>{escape_text(edge.label)}</text>"
                break


def _box(point: Point, width: float, height: float) -> Box:
    x, y = point
    return x - width / 2, y - height / 2, x + width / 2, y + height / 2


def _meet(one: Box, other: Box) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]
