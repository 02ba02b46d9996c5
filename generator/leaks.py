"""Leaks: runs of words of some texts, looked for in other texts.

A run is eight words in a row, or 24 signs of a script without spaces. Each holds at least eight
parts, so it is enough to look at four parts in a row at every fifth place: whatever run there is
has such four in it.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from generator.spans import Span
from generator.wording import Wording, find_runs

FEWEST, _PROBE = 8, 4
_STRIDE = FEWEST - _PROBE + 1

Probe = tuple[str, ...]


class Hit(NamedTuple):
    """A run that was found: where it is in the text searched, and where in which source.

    All are numbers of parts: *found* of the text searched, *own* of the wording of *source*.
    """

    found: Span
    source: str
    own: Span


@dataclass(frozen=True, slots=True)
class Trap:
    """The runs that are looked for: each spelt out, with its source and its first place there.

    *probes* are the fours that are in any of them, *lengths* tells how long those are that begin
    with such four.
    """

    runs: dict[str, tuple[str, Span]] = field(repr=False)
    probes: frozenset[Probe] = field(repr=False)
    lengths: dict[Probe, tuple[int, ...]] = field(repr=False)


def set_trap(texts: Mapping[str, Wording]) -> Trap:
    """Return a trap for all runs of *texts*, which are known by the ids of their sources."""
    runs: dict[str, tuple[str, Span]] = {}
    for id, wording in texts.items():
        for first, last in find_runs(wording.weights):
            runs.setdefault(" ".join(wording.parts[first:last]), (id, Span(first, last)))
    lengths: dict[Probe, set[int]] = {}
    probes: set[Probe] = set()
    for id, span in runs.values():
        parts = texts[id].parts[span.start : span.end]
        lengths.setdefault(parts[:_PROBE], set()).add(len(parts))
        # The places at which a search may come upon this run first.
        probes.update(parts[at : at + _PROBE] for at in range(_STRIDE))
    known = {probe: tuple(sorted(found)) for probe, found in lengths.items()}
    return Trap(runs, frozenset(probes), known)


def find_leaks(trap: Trap, parts: Sequence[str]) -> Iterator[Hit]:
    """Yield, in order, every run of *trap* in a text of these *parts*; they may overlap."""
    probes, fours = trap.probes, zip(*(parts[at::_STRIDE] for at in range(_PROBE)), strict=False)
    for number in [number for number, four in enumerate(fours) if four in probes]:
        at = number * _STRIDE
        for start in range(max(at - _STRIDE + 1, 0), at + 1):
            yield from _find_at(trap, parts, start)


def _find_at(trap: Trap, parts: Sequence[str], start: int) -> Iterator[Hit]:
    for length in trap.lengths.get(tuple(parts[start : start + _PROBE]), ()):
        known = trap.runs.get(" ".join(parts[start : start + length]))
        if known is not None:
            yield Hit(Span(start, start + length), *known)
            return


def spell_out(parts: Iterable[str]) -> str:
    """Return *parts* in one string in which a run of them is found by ``in``, spelt so too."""
    return f" {' '.join(parts)} "
