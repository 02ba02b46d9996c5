"""Ruling: the editors' readings of cells, held against what was stated, and what is left open."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from generator.corpus import Corpus
from generator.diagnostics import Diagnostic, Outcome
from generator.model import Actor, Annotation, Issue, Named, Ruling
from generator.naming import Register, name_actor
from generator.positions import Cell, Evidence, Position, RuledCell, compute_positions, split_sides
from generator.spans import Span
from generator.stances import VALUES, Reading
from generator.words import nearest

_CLASHES = (Reading.CONTESTED, Reading.CHANGED)
# What a ruling may say of a cell about which nothing was stated.
_SILENT = (Reading.NOT_MENTIONED, Reading.NOT_APPLICABLE)


@dataclass(frozen=True, slots=True)
class _Bench:
    """What rulings are held against: *published* are the ids of notes that readers can see."""

    actors: Mapping[str, Actor]
    notes: Mapping[str, Annotation]
    published: frozenset[str]
    broken: frozenset[str]
    register: Register
    positions: Mapping[Cell, Position]


def rule(
    corpus: Corpus, evidence: Sequence[Evidence], register: Register, published: frozenset[str]
) -> Outcome[tuple[Position, ...]]:
    """Return the positions of all cells that have *evidence* or a ruling, and what is wrong there.

    *published* are the ids of the notes that readers can see, so that a ruling can rest on them. A
    ruling with a mistake is left out. A clash that no ruling speaks of is a warning.
    """
    positions = {(each.actor, each.issue): each for each in compute_positions(evidence, ())}
    known = {actor.id: actor for actor in corpus.actors}
    notes = {note.id: note for note in corpus.annotations}
    bench = _Bench(known, notes, published, corpus.broken, register, positions)
    ruled: dict[Cell, RuledCell] = {}
    problems: list[Diagnostic] = []
    for issue in corpus.issues:
        for ruling in issue.rulings:
            for named in ruling.who:
                cell = (named.id, issue.id)
                faults = [*_judge(ruling, named, issue, bench)]
                if cell in ruled:
                    faults.append(_twice(ruling, named, issue))
                problems += faults
                if not faults:
                    because = tuple(each.id for each in ruling.because)
                    ruled[cell] = RuledCell(*cell, ruling.reading, because, ruling.reason)
    final = compute_positions(evidence, ruled.values())
    problems += _leave_open(final, notes)
    return Outcome(final, tuple(dict.fromkeys(problems)))


def _judge(ruling: Ruling, named: Named, issue: Issue, bench: _Bench) -> Iterator[Diagnostic]:
    """Yield what is wrong with the *ruling* about one actor."""
    if named.id not in bench.actors:
        if named.id not in bench.broken:
            yield name_actor(bench.register, named, issue.path)
        return
    dead = [each for each in ruling.because if each.id not in bench.published]
    for each in dead:
        if each.id not in bench.broken:
            yield _no_such_note(each, issue, bench)
    position = bench.positions.get((named.id, issue.id))
    evidence = position.evidence if position else ()
    if ruling.reading in _SILENT:
        if evidence:
            yield _refuted(ruling, named, issue, evidence)
        return
    if dead:
        return
    concerned = {each.note for each in evidence}
    names = {each.id for each in ruling.because}
    clashes = position is not None and position.computed in _CLASHES
    if ruling.reading in VALUES and clashes and not names & concerned:
        message = f"the statements about {named.id} clash, and the ruling names no note of them"
        help = f"name in `because` those it rests on: {', '.join(sorted(concerned))}"
        place = ruling.place_of("because" if ruling.because else "reading")
        yield Diagnostic("ruling-unfounded", message, issue.path, place, help)
    elif not evidence and not names:
        message = f"nothing is stated about {named.id} here for the ruling to rest on"
        help = "name in `because` the notes that show it, or rule `not mentioned`"
        place = ruling.place_of("reading")
        yield Diagnostic("ruling-unfounded", message, issue.path, place, help)


def _no_such_note(named: Named, issue: Issue, bench: _Bench) -> Diagnostic:
    if named.id in bench.notes:
        message = f"the note {named.id!r} is a draft, which is not published"
        help = "publish it, or let the ruling rest on another"
        return Diagnostic("link-dead", message, issue.path, named.place, help)
    close = nearest(named.id, bench.notes)
    help = f"did you mean {close!r}?" if close else "`because` lists ids of notes"
    message = f"there is no note {named.id!r}"
    return Diagnostic("link-dead", message, issue.path, named.place, help)


def _refuted(
    ruling: Ruling, named: Named, issue: Issue, evidence: Sequence[Evidence]
) -> Diagnostic:
    notes = ", ".join(dict.fromkeys(each.note for each in evidence))
    message = f"{named.id} is ruled `{ruling.reading}`, but there are statements in {notes}"
    help = "take the ruling out, or the statements"
    return Diagnostic("ruling-refuted", message, issue.path, ruling.place_of("reading"), help)


def _twice(ruling: Ruling, named: Named, issue: Issue) -> Diagnostic:
    message = f"there are two rulings about {named.id}"
    return Diagnostic("ruling-invalid", message, issue.path, named.place, "keep one of them")


def _leave_open(
    positions: Iterable[Position], notes: Mapping[str, Annotation]
) -> Iterator[Diagnostic]:
    """Yield a warning for each cell that is contested and on which nobody ruled."""
    for position in positions:
        if position.reading is not Reading.CONTESTED or position.ruling:
            continue
        sides = [(r, e) for r, e in split_sides(position) if r is not Reading.EITHER]
        if position.differs or len(sides) < 2:
            read = dict.fromkeys(f"{e.stance} in {e.note} by {e.by}" for e in position.evidence)
            message = f"annotators read {position.actor} on {position.issue} differently: "
            message += ", ".join(read)
        else:
            told = (f"{reading} in {_list_notes(found)}" for reading, found in sides)
            message = f"{position.actor} on {position.issue} is contested: {', '.join(told)}"
        last = position.evidence[-1]
        help = f"rule on it in content/issues/{position.issue}.md, or leave it so"
        place = _find_row(notes[last.note], position)
        yield Diagnostic("position-contested", message, notes[last.note].path, place, help)


def _list_notes(evidence: Iterable[Evidence]) -> str:
    return ", ".join(dict.fromkeys(each.note for each in evidence))


def _find_row(note: Annotation, position: Position) -> Span:
    for statement in reversed(note.statements):
        named = {each.id for each in statement.who}
        if position.actor in named and statement.issue.id == position.issue:
            return statement.place_of("stance")
    return note.place


def find_unused(
    actors: Iterable[Actor],
    issues: Iterable[Issue],
    positions: Iterable[Position],
    named: frozenset[str],
) -> Iterator[Diagnostic]:
    """Yield a warning for each actor and issue on which nothing rests; *named* are in use else."""
    held = defaultdict(set)
    for position in positions:
        held["issues"].add(position.issue)
        held["actors"].add(position.actor)
        for each in (*position.evidence, *position.aside):
            held["actors"].update(each.voices)
    known = tuple(actors)
    parents = {id for actor in known for id in actor.part_of}
    for actor in known:
        if actor.id not in held["actors"] | parents | named:
            message = "nobody states anything of this actor, and it says nothing"
            help = "state something of it in a note, link to it, or take the file out"
            yield Diagnostic("codebook-unused", message, actor.path, None, help)
    for issue in issues:
        if issue.id not in held["issues"] | named:
            message = "nobody states anything on this issue"
            help = "state something on it in a note, or take the file out"
            yield Diagnostic("codebook-unused", message, issue.path, None, help)
