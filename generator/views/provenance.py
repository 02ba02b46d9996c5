"""Provenance: how we know what the tables say, by actor and by issue, and what is known least."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from generator.positions import Position
from generator.provenance import Hand, hand_of
from generator.views.cells import cell_url, say_hand, show_reading
from generator.views.framing import Index, make_frame
from generator.views.pages import Page
from generator.views.shown import Cell, Frame, Way
from generator.views.wayfinding import name_actor, name_issue

Hands = Sequence[tuple[Position, Counter[Hand]]]
# Beyond so many cells of a kind their number must do.
MOST_CELLS = 200


@dataclass(frozen=True, slots=True)
class Known:
    """How much is known from whom: the statements of each kind, the nearest first, and their sum.

    *implied* is the part that annotators inferred, in words.
    """

    about: Way
    counts: tuple[int, ...]
    total: int
    implied: str


@dataclass(frozen=True, slots=True)
class Weak:
    """The cells that rest on nothing better than *hand*; *left_out* counts those not shown."""

    hand: str
    cells: tuple[tuple[Way, Way, Cell], ...]
    left_out: int


@dataclass(frozen=True, slots=True)
class ProvenanceView:
    """How everything is known; *hands* name the kinds, in the order of the counts."""

    frame: Frame
    ways: tuple[Way, ...]
    hands: tuple[str, ...]
    everything: Known
    actors: tuple[Known, ...]
    issues: tuple[Known, ...]
    weak: tuple[Weak, ...]


def view_provenance(index: Index) -> Iterator[Page]:
    """Yield the page of provenance, if anything is stated."""
    site = index.site
    if not site.evidence:
        return
    hands = [
        (position, Counter(hand_of(each, index.named) for each in position.evidence))
        for position in site.positions
    ]
    by_actor: dict[str, Counter[Hand]] = defaultdict(Counter)
    by_issue: dict[str, Counter[Hand]] = defaultdict(Counter)
    for position, counts in hands:
        by_actor[position.actor] += counts
        by_issue[position.issue] += counts
    total = sum(by_actor.values(), Counter())
    url = "positions/provenance.html"
    view = ProvenanceView(
        frame=make_frame(site, url, index.say("way_provenance"), "positions"),
        ways=index.ways,
        hands=tuple(say_hand(hand, index.say) for hand in Hand),
        everything=_know(Way("", "", index.say("everything")), total, index),
        actors=tuple(
            _know(name_actor(each), by_actor[each.actor.id], index)
            for each in site.actors
            if by_actor[each.actor.id]
        ),
        issues=tuple(
            _know(name_issue(each), by_issue[each.issue.id], index)
            for each in site.issues
            if by_issue[each.issue.id]
        ),
        weak=tuple(
            weak
            for hand in (Hand.IMPLIED, Hand.UNNAMED)
            if (weak := _find_weak(hand, hands, index)).cells
        ),
    )
    yield Page(url, "provenance.html", view)


def _know(about: Way, counts: Counter[Hand], index: Index) -> Known:
    total = counts.total()
    implied = f"{100 * counts[Hand.IMPLIED] / total:.0f}" if total else "0"
    words = index.say("percent", n=implied)
    return Known(about, tuple(counts[hand] for hand in Hand), total, words)


def _find_weak(hand: Hand, hands: Hands, index: Index) -> Weak:
    order = list(Hand)
    found = [
        position
        for position, counts in hands
        if counts and min(map(order.index, counts)) == order.index(hand)
    ]
    cells = tuple(
        (
            name_actor(index.actors[position.actor]),
            Way("", cell_url(position.actor, position.issue, index), _proposition(position, index)),
            show_reading(position.reading, index.say),
        )
        for position in found[:MOST_CELLS]
    )
    return Weak(say_hand(hand, index.say), cells, len(found) - len(cells))


def _proposition(position: Position, index: Index) -> str:
    return index.issues[position.issue].issue.proposition
