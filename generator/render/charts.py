"""Charts in a page: each in a box that says how much room it wants, or that scrolls by itself."""

import re
from math import ceil

from generator.render.graphs import draw_graph
from generator.render.maps import draw_heat_map
from generator.views.charts import Graph, HeatMap

# A box tells in steps of so many pixels how much room its chart wants. No page has as much as a
# chart of more than so many steps, so that one always scrolls where it is shown.
_STEP, _MOST_STEPS = 100, 13
_WIDTH = re.compile(r'<svg [^>]*?\bwidth="(\d+)"')


def draw_chart(chart: Graph | HeatMap, prefix: str) -> str:
    """Return *chart* in its box; its ids begin with *prefix*, one for each chart of a page.

    A region that scrolls must be reached by the keyboard, and one that has nothing to scroll must
    not: so only a chart that is wider than any page is one, and any other is left to the table
    beside it where there is no room.
    """
    drawn = draw_graph(chart, prefix) if isinstance(chart, Graph) else draw_heat_map(chart, prefix)
    found = _WIDTH.match(drawn)
    steps = ceil(int(found[1]) / _STEP) if found else 1
    if steps > _MOST_STEPS:
        box = f'<section class="chart-box endless" tabindex="0" aria-labelledby="{prefix}-title">'
        return f"{box}\n{drawn}\n</section>"
    return f'<div class="chart-box s{steps}">\n{drawn}\n</div>'
