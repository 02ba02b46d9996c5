"""Disagreement: where voices, actors or annotators stand against each other."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from generator.positions import Evidence, Position, code_units, unit_of
from generator.stances import VALUES, Basis, Certainty, Reading

Pairs = Iterable[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Opposition:
    """An issue on which actors hold opposite positions: those for it and those against."""

    issue: str
    pro: tuple[Position, ...]
    contra: tuple[Position, ...]


@dataclass(frozen=True, slots=True)
class Difference:
    """A passage that annotators read differently: the evidence of each, by annotator."""

    readings: tuple[Evidence, ...]


def find_contested(positions: Iterable[Position]) -> tuple[Position, ...]:
    """Return the cells in which statements clash, whatever an editor ruled on them."""
    clashes = (Reading.CONTESTED, Reading.CHANGED)
    return tuple(each for each in positions if each.computed in clashes)


def find_oppositions(
    issues: Iterable[str], positions: Iterable[Position]
) -> tuple[Opposition, ...]:
    """Return, in the order of *issues*, those with cells on both sides."""
    columns: dict[str, list[Position]] = defaultdict(list)
    for position in positions:
        columns[position.issue].append(position)
    found = []
    for issue in issues:
        valued = [(each, each.value or 0) for each in columns[issue]]
        pro = tuple(each for each, value in valued if value > 0)
        contra = tuple(each for each, value in valued if value < 0)
        if pro and contra:
            found.append(Opposition(issue, pro, contra))
    return tuple(found)


def choose_witness(position: Position) -> Evidence | None:
    """Return the statement to set beside one of the other side: the best on the side of its cell.

    What is stated goes before what is implied, then the shorter chain, then the surer reading, then
    the value nearer to the cell's; whatever the order of the files. None if only a ruling holds it.
    """
    value = position.value or 0
    own = (e for e in position.evidence if VALUES.get(e.stance, 0) * value > 0)
    return min(own, key=lambda each: _rank(each, value), default=None)


def _rank(evidence: Evidence, value: int) -> tuple[object, ...]:
    return (
        evidence.basis is Basis.IMPLIED,
        len(evidence.voices),
        tuple(Certainty).index(evidence.sure),
        abs(VALUES[evidence.stance] - value),
        evidence.source,
        evidence.passage.span,
        evidence.note,
    )


def find_differences(evidence: Sequence[Evidence]) -> tuple[Difference, ...]:
    """Return the units that annotators coded differently, with what each has on them."""
    units = code_units(evidence)
    unlike = {unit for unit, coders in units.items() if len(set(coders.values())) > 1}
    grouped: dict[object, list[Evidence]] = defaultdict(list)
    for each in evidence:
        if unit_of(each) in unlike:
            grouped[unit_of(each)].append(each)
    return tuple(
        Difference(tuple(sorted(grouped[unit], key=lambda each: each.by)))
        for unit in sorted(unlike)
    )


def thread_answers(pairs: Pairs) -> tuple[tuple[tuple[str, int], ...], ...]:
    """Return the threads that notes make by answering each other, each as (note, depth) in order.

    *pairs* are (who answers, what is answered), in the order of the site. A thread begins with what
    answers nothing; of a circle the note that comes first begins it. No note comes twice.
    """
    answers: dict[str, list[str]] = defaultdict(list)
    answering: dict[str, None] = {}
    for note, other in dict.fromkeys(pairs):
        if note != other:
            answers[other].append(note)
            answering[note] = None
    seen: set[str] = set()
    roots = [other for other in answers if other not in answering]
    threads = []
    for root in (*roots, *answers):
        if root not in seen:
            threads.append(tuple(_follow(root, answers, seen)))
    return tuple(thread for thread in threads if len(thread) > 1)


def _follow(root: str, answers: dict[str, list[str]], seen: set[str]) -> Iterable[tuple[str, int]]:
    waiting = [(root, 0)]
    while waiting:
        note, depth = waiting.pop()
        if note in seen:
            continue
        seen.add(note)
        yield note, depth
        waiting += [(reply, depth + 1) for reply in reversed(answers.get(note, ()))]
