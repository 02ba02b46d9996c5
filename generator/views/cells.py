"""Cells: what the tables say of one actor on one issue, as a sign, a word and a colour."""

from collections.abc import Iterable, Mapping
from dataclasses import replace

from generator.addresses import place_url
from generator.interface import Strings
from generator.positions import Evidence, Position
from generator.provenance import Hand
from generator.stances import Reading, Stance
from generator.views.framing import Index
from generator.views.shown import Cell, LegendEntry, Stated

# One of three ways in which each reading is told; the others are its word and its colour.
SIGNS: Mapping[Reading, str] = {
    Reading.FOR: "▲▲",
    Reading.LEANS_FOR: "▲",
    Reading.EITHER: "=",
    Reading.LEANS_AGAINST: "▼",
    Reading.AGAINST: "▼▼",
    Reading.CONTESTED: "⇄",
    Reading.CHANGED: "→",
    Reading.MIXED: "⇆",
    Reading.UNCLEAR: "?",
    Reading.UNDECLARED: "…",
    Reading.NONE: "∅",
    Reading.NOT_MENTIONED: "·",
    Reading.NOT_APPLICABLE: "×",
    Reading.NOT_CODED: "",
}


def show_reading(reading: Reading | Stance, say: Strings) -> Cell:
    """Return a reading or a stance without anything that depends on one cell."""
    key = _key(reading)
    word = say(f"reading_{key.replace('-', '_')}")
    return Cell(f"p-{key}", _sign(Reading(reading), say), word)


def _sign(reading: Reading, say: Strings) -> str:
    """Return the sign of *reading*; what comes later lies where the interface reads on."""
    return say("arrow") if reading is Reading.CHANGED else SIGNS[reading]


def cell_url(actor: str, issue: str, index: Index) -> str:
    """Return where the evidence of a cell stands."""
    return place_url(index.issues[issue].url, actor)


def show_cell(actor: str, issue: str, index: Index) -> Cell:
    """Return the cell of *actor* and *issue*."""
    position = index.positions.get((actor, issue))
    if position is None:
        return show_reading(Reading.NOT_CODED, index.say)
    return show_position(position, index)


def show_position(position: Position, index: Index) -> Cell:
    """Return *position* as a cell."""
    bare = show_reading(position.reading, index.say)
    url = cell_url(position.actor, position.issue, index)
    css = f"{bare.css} implied" if position.implied else bare.css
    about = index.say("comma").join(_describe(position, index.say))
    return Cell(css, bare.sign, bare.word, about, url)


def _describe(position: Position, say: Strings) -> Iterable[str]:
    if position.reading is Reading.CHANGED and position.was and position.now:
        yield say_change(position, say)
    if position.evidence:
        yield say("n_passages", n=len({(e.source, e.passage.span) for e in position.evidence}))
    elif position.aside:
        yield say("n_asides", n=len(position.aside))
    conditions = dict.fromkeys(filter(None, (each.condition for each in position.evidence)))
    if conditions and all(each.condition for each in position.evidence):
        yield say("semicolon").join(say_condition(each, say) for each in conditions)
    elif conditions:
        yield say("partly_on_condition")
    if position.ruling:
        yield say("ruled")
    elif position.differs:
        yield say("read_differently")
    elif position.implied:
        yield say("basis_implied")
    elif position.evidence and all(e.voices == (position.actor,) for e in position.evidence):
        yield say("own_words")


def say_hand(hand: Hand, say: Strings) -> str:
    """Return in words from whom something is known."""
    return say(f"hand_{hand.name.lower()}")


def say_change(position: Position, say: Strings) -> str:
    """Return the stances before and after a change in words; "" where there was none."""
    if position.was is None or position.now is None:
        return ""
    was, now = (show_reading(stance, say).word for stance in (position.was, position.now))
    return say("changed_from_to", was=was, now=now)


def show_stated(note: str, index: Index) -> tuple[Stated, ...]:
    """Return what the note of that id states, each with the cell in which it counts."""
    return tuple(
        Stated(
            index.actors[each.actor].actor.name,
            _show_stance(each, index.say),
            index.issues[each.issue].issue.proposition,
            cell_url(each.actor, each.issue, index),
        )
        for each in index.stated.get(note, ())
    )


def _show_stance(evidence: Evidence, say: Strings) -> Cell:
    """Return a stance with the condition under which it is held."""
    stance = show_reading(evidence.stance, say)
    if not evidence.condition:
        return stance
    return replace(stance, about=say_condition(evidence.condition, say))


def say_condition(condition: str, say: Strings) -> str:
    """Return a condition as it is said, whether or not its author began it with *if*."""
    before = say("on_condition", condition="")
    bare = condition[len(before) :] if condition.startswith(before) else condition
    return say("on_condition", condition=bare)


def make_legend(cells: Iterable[Cell], say: Strings) -> tuple[LegendEntry, ...]:
    """Return what the signs among *cells* mean, in the order of the readings.

    A dotted border comes last, if there is one.
    """
    classes = {css for cell in cells for css in cell.css.split()}
    entries = [
        LegendEntry(f"p-{key}", _sign(reading, say), say(f"legend_{key.replace('-', '_')}"))
        for reading in Reading
        if f"p-{(key := _key(reading))}" in classes
    ]
    if "implied" in classes:
        entries.append(LegendEntry("implied", "", say("legend_implied")))
    return tuple(entries)


def _key(reading: Reading | Stance) -> str:
    return reading.value.replace(" ", "-")
