"""What commenters say of others: it counts in no table but here, beside what the tables say."""

from collections.abc import Iterator
from dataclasses import dataclass

from generator.positions import compute_positions
from generator.views.cells import make_legend, show_position
from generator.views.framing import Index, make_frame
from generator.views.pages import Page
from generator.views.shown import Cell, Frame, LegendEntry, Way
from generator.views.wayfinding import name_actor, name_issue

# Beyond so many cells their number must do: each stands on the page of its issue.
MOST_CELLS = 1000


@dataclass(frozen=True, slots=True)
class Remarked:
    """A cell on which commenters speak of the actor: what it says without and with them."""

    actor: Way
    issue: Way
    without: Cell
    with_them: Cell
    count: int


@dataclass(frozen=True, slots=True)
class CommentsView:
    """The cells in which what commenters say of others would count; *left_out* are not shown."""

    frame: Frame
    ways: tuple[Way, ...]
    cells: tuple[Remarked, ...]
    legend: tuple[LegendEntry, ...]
    left_out: int


def view_comments(index: Index) -> Iterator[Page]:
    """Yield the page of what commenters say of others, if they say anything."""
    site = index.site
    found = [position for position in site.positions if position.aside]
    if not found:
        return
    wanted = {(position.actor, position.issue) for position in found}
    evidence = [each for each in site.evidence if (each.actor, each.issue) in wanted]
    rulings = [position.ruling for position in found if position.ruling]
    counted = compute_positions(evidence, rulings, with_asides=True)
    cells = tuple(
        Remarked(
            name_actor(index.actors[without.actor]),
            name_issue(index.issues[without.issue]),
            show_position(without, index),
            show_position(with_them, index),
            len(without.aside),
        )
        for without, with_them in zip(found[:MOST_CELLS], counted, strict=False)
    )
    url = "positions/comments.html"
    frame = make_frame(site, url, index.say("way_comments"), "positions")
    shown = [cell for each in cells for cell in (each.without, each.with_them)]
    view = CommentsView(
        frame, index.ways, cells, make_legend(shown, index.say), len(found) - len(cells)
    )
    yield Page(url, "comments.html", view)
