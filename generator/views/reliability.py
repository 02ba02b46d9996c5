"""Reliability: how far annotators agree who coded the same, with the table behind the figures."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from generator.interface import Strings
from generator.positions import Unit
from generator.reliability import Alpha, Metric, Reliability
from generator.stances import Stance
from generator.views.cells import cell_url, show_reading
from generator.views.framing import Index, make_frame
from generator.views.pages import Page
from generator.views.shown import Cell, Frame, Way
from generator.views.wayfinding import judge, name_actor

# Of more units the page shows the first; all are counted.
MOST_UNITS = 500


@dataclass(frozen=True, slots=True)
class Figure:
    """One alpha in words: by which measure, on how much, and the plain part that is alike."""

    metric: str
    value: str
    units: int
    codings: int
    alike: str


@dataclass(frozen=True, slots=True)
class Coded:
    """A unit that two at least coded: where, whom, on what, and what each coder says of it.

    *alike* tells that all say the same.
    """

    place: Way
    actor: Way
    issue: Way
    codes: tuple[Cell | None, ...]
    alike: bool


@dataclass(frozen=True, slots=True)
class ReliabilityView:
    """How far annotators agree: the figures, and the tables behind them.

    *coincidences* has a row for each word that was coded, with how often it met each of them.
    *alone* counts the units that only one annotator coded, *left_out* those not shown.
    """

    frame: Frame
    ways: tuple[Way, ...]
    figures: tuple[Figure, ...]
    coders: tuple[str, ...]
    units: tuple[Coded, ...]
    left_out: int
    alone: int
    words: tuple[Cell, ...]
    coincidences: tuple[tuple[str, ...], ...]


def view_reliability(index: Index) -> Iterator[Page]:
    """Yield the page of reliability, if two annotators coded one thing."""
    found = judge(index.site)
    if not found.table:
        return
    names = {each.id: each.name for each in index.site.config.annotators}
    words = tuple(dict.fromkeys(one for one, _, _ in found.coincidences))
    url = "positions/reliability.html"
    view = ReliabilityView(
        frame=make_frame(index.site, url, index.say("way_reliability"), "positions"),
        ways=index.ways,
        figures=tuple(_spell(alpha, index) for alpha in found.alphas),
        coders=tuple(names.get(coder, coder) for coder in found.coders),
        units=tuple(_show(unit, codes, index) for unit, codes in found.table[:MOST_UNITS]),
        left_out=max(0, len(found.table) - MOST_UNITS),
        alone=found.alone,
        words=tuple(show_reading(word, index.say) for word in words),
        coincidences=_tabulate(found, words, index.say),
    )
    yield Page(url, "reliability.html", view)


def _spell(alpha: Alpha, index: Index) -> Figure:
    say = index.say
    value = say("not_computable") if alpha.value is None else say.spell(_round(alpha.value, 3))
    alike = "" if alpha.alike is None else say("percent", n=f"{100 * alpha.alike:.0f}")
    metric = say(f"metric_{Metric(alpha.metric)}")
    return Figure(metric, value, alpha.units, alpha.codings, alike)


def _round(figure: float, digits: int) -> str:
    return f"{round(figure, digits) + 0:.{digits}f}"


def _show(unit: Unit, codes: Sequence[Stance | None], index: Index) -> Coded:
    source = index.sources[unit.source]
    place = source.gazetteer.locators.get(unit.place)
    url = f"{source.url}#{place.anchor}" if place else source.url
    title = index.say.join([source.source.title, *([unit.place] if place else [])])
    return Coded(
        Way("", url, title),
        name_actor(index.actors[unit.actor]),
        Way(
            "", cell_url(unit.actor, unit.issue, index), index.issues[unit.issue].issue.proposition
        ),
        tuple(show_reading(code, index.say) if code else None for code in codes),
        len({code for code in codes if code}) == 1,
    )


def _tabulate(
    found: Reliability, words: Sequence[Stance], say: Strings
) -> tuple[tuple[str, ...], ...]:
    weights = {(one, other): weight for one, other, weight in found.coincidences}
    return tuple(
        tuple(say.spell(f"{round(weights.get((one, other), 0.0), 2):g}") for other in words)
        for one in words
    )
