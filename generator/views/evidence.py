"""Evidence: a statement as shown, with the words it rests on and the chain of those who say so."""

from collections import Counter
from dataclasses import dataclass

from generator.positions import Evidence, Position, RuledCell, split_sides
from generator.provenance import Hand, hand_of
from generator.stances import VALUES, Reading
from generator.views.cells import say_change, say_hand, show_position, show_reading
from generator.views.framing import Index, colour_of, language_of, show_passages
from generator.views.shown import Cell, ShownPlace, Way
from generator.views.wayfinding import name_actor

# Of longer words the beginning and the end are quoted: all of them are one click away.
_LONGEST_QUOTE = 400


@dataclass(frozen=True, slots=True)
class ShownEvidence:
    """A statement as evidence for a cell.

    *voices* are those who say so, outermost first; *own* tells that nobody but the actor does.
    *note* leads to the note that states it, in which *colour* is its annotator's.
    """

    stance: Cell
    place: ShownPlace
    voices: tuple[Way, ...]
    own: bool
    basis: str
    sure: str
    condition: str
    reason: str
    dated: str
    note: Way
    who: str
    colour: str
    draft: bool


@dataclass(frozen=True, slots=True)
class Side:
    """The evidence of one side of a cell; *kind* is ``for``, ``against``, ``either`` or ``aside``.

    All of a cell that has but one side is ``all``. After a change the earlier side comes first.
    """

    kind: str
    evidence: tuple[ShownEvidence, ...]


@dataclass(frozen=True, slots=True)
class ShownRuling:
    """The editor's reading of a cell: why, on which notes; *computed* would stand without it."""

    reason: str
    because: tuple[Way, ...]
    computed: Cell


@dataclass(frozen=True, slots=True)
class CellSection:
    """A cell with all that stands behind it.

    *hands* says how many of the statements are known from whom. *facing* tells that there is
    something on both sides, which then stand beside each other; *change* are the stances before and
    after one. *differs* tells that annotators read one passage differently.
    """

    id: str
    title: str
    url: str
    cell: Cell
    hands: tuple[tuple[str, int], ...]
    change: str
    differs: bool
    ruling: ShownRuling | None
    sides: tuple[Side, ...]
    facing: bool


def show_evidence(evidence: Evidence, index: Index) -> ShownEvidence:
    """Return *evidence* as shown, wherever that is."""
    note, say = index.notes[evidence.note], index.say
    return ShownEvidence(
        stance=show_reading(evidence.stance, say),
        place=show_passages((evidence.passage, *evidence.others), index, _LONGEST_QUOTE),
        voices=tuple(name_actor(index.actors[voice]) for voice in evidence.voices),
        own=evidence.voices == (evidence.actor,),
        basis=say(f"basis_{evidence.basis}"),
        sure=say(f"sure_{evidence.sure}"),
        condition=evidence.condition,
        reason=evidence.reason,
        dated=evidence.dated,
        note=Way("", note.url, note.title, language_of(note, index)),
        who=note.by.name,
        colour=colour_of(note, index),
        draft=note.annotation.draft,
    )


def show_section(position: Position, index: Index) -> CellSection:
    """Return a cell with its evidence, ruling and sides."""
    actor = name_actor(index.actors[position.actor])
    sides = dict(split_sides(position))
    facing = Reading.FOR in sides and Reading.AGAINST in sides
    if position.was is not None and VALUES[position.was] < 0:
        sides = {Reading.AGAINST: sides.pop(Reading.AGAINST), **sides}
    parts = [(str(reading), evidence) for reading, evidence in sides.items()]
    if not facing:
        parts = [("all", position.evidence)]
    parts.append(("aside", position.aside))
    ruling = position.ruling
    hands = Counter(hand_of(each, index.named) for each in position.evidence)
    return CellSection(
        id=position.actor,
        title=actor.title,
        url=actor.url,
        cell=show_position(position, index),
        hands=tuple((say_hand(hand, index.say), hands[hand]) for hand in Hand if hands[hand]),
        change=say_change(position, index.say),
        differs=position.differs,
        ruling=_show_ruling(ruling, position, index) if ruling else None,
        sides=tuple(
            Side(kind, tuple(show_evidence(each, index) for each in evidence))
            for kind, evidence in parts
            if evidence
        ),
        facing=facing,
    )


def _show_ruling(ruling: RuledCell, position: Position, index: Index) -> ShownRuling:
    notes = [index.notes[id] for id in ruling.because if id in index.notes]
    because = tuple(Way("", note.url, note.title) for note in notes)
    return ShownRuling(ruling.reason, because, show_reading(position.computed, index.say))
