"""A concordance: where in a long text its short runs of letters stand, so that finding is quick."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field

_LENGTH = 8
# A run is listed for every so many characters of the text, so that a long text's list stays small.
_STEP = 8
_MOST_RUNS = 1_000_000
# To look at one place costs about as much as to search so many characters.
_PLACE_COST = 2000


@dataclass(frozen=True, slots=True)
class Concordance:
    """A text and, if it is to be searched often, the places of its runs of eight characters.

    Only every *step*-th place is listed; without *places* a search reads the text.
    """

    text: str = field(repr=False)
    step: int = _STEP
    places: dict[str, list[int]] = field(repr=False, default_factory=dict)

    def find_all(self, words: str, start: int = 0, end: int | None = None) -> Iterator[int]:
        """Yield, in order, where *words* stand between *start* and *end*; they may overlap.

        Empty words stand nowhere.
        """
        end = len(self.text) if end is None else end
        listed = self._find_listed(words, (end - start) // _PLACE_COST)
        if listed is not None:
            yield from (at for at in listed if start <= at <= end - len(words))
            return
        at = self.text.find(words, start, end) if words else -1
        while at != -1:
            yield at
            at = self.text.find(words, at + 1, end)

    def _find_listed(self, words: str, most: int) -> list[int] | None:
        """Return where *words* stand; None if the list cannot tell in *most* places or fewer."""
        reach = _LENGTH + self.step - 1
        if not self.places or not most:
            return None
        # Wherever the words stand, of *step* runs in a row one begins at a listed place.
        rarest: list[tuple[list[int], int]] = []
        least = most + 1
        for first in range(0, len(words) - reach + 1, self.step):
            offsets = range(first, first + self.step)
            runs = [(self.places.get(words[at : at + _LENGTH], []), at) for at in offsets]
            count = sum(len(listed) for listed, _ in runs)
            if count < least:
                rarest, least = runs, count
            if least <= self.step:
                break
        if least > most:
            return None
        begins = (at - offset for listed, offset in rarest for at in listed)
        return sorted(at for at in begins if self.text.startswith(words, at))


def make_concordance(text: str) -> Concordance:
    """Return the concordance of *text*, for some hundred searches or more."""
    step = max(_STEP, -(-len(text) // _MOST_RUNS))
    places: defaultdict[str, list[int]] = defaultdict(list)
    for at in range(0, len(text) - _LENGTH + 1, step):
        places[text[at : at + _LENGTH]].append(at)
    return Concordance(text, step, places)


def agreement(one: str, at: int, other: str, there: int) -> int:
    """Return how many characters two texts have in common, from *at* in one and *there* on."""
    length, stride, grows = 0, 16, True
    while stride:
        part = one[at + length : at + length + stride]
        if len(part) == stride and other.startswith(part, there + length):
            length += stride
        else:
            grows = False
        stride = stride * 2 if grows else stride // 2
    return length
