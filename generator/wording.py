"""Wording: the words of a text as they are compared when the question is who wrote them.

Two texts have the same wording where a reader would say that one was copied from the other:
letters and digits count, not case, typography, punctuation or markup.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import islice

from generator.characters import fold_words, list_foreign, may_compose
from generator.words import UNSPACED

# What may be copied is a run of fewer than eight words, or of 24 signs of a script without spaces.
# Both weigh the same, and so does what is mixed of them.
WORD, SIGN, RUN = 3, 1, 24

_PART = re.compile(rf"[{UNSPACED}]|[^\W_{UNSPACED}]+")
# Stands for a line feed; no part has it.
LINE_END = "\ue000"
# To replace so many different signs is quicker than to look for parts one by one.
_FEW, _MANY = 40, 400
# All of ASCII that is part of a word, in small letters; what is beyond stays what it is.
_SPELT = bytes(
    code if code > 127 else ord(chr(code).lower()) if chr(code).isalnum() else ord(" ")
    for code in range(256)
)
_UNSPACED = re.compile(f"[{UNSPACED}]")
_SPACE = re.compile(r"\s")


def spell(text: str) -> list[str]:
    """Return the parts of *text* in order: runs of letters and digits, or single signs."""
    spaced = _space(text)
    if spaced is None:
        return [each.casefold() for each in _PART.findall(fold_words(text))]
    return _split(spaced)


def spell_lines(text: str) -> list[str]:
    """Return the parts of *text* in order, and between those of two lines ``LINE_END``."""
    spaced = _space(text)
    if spaced is None:
        parts = (part for line in text.split("\n") for part in (LINE_END, *spell(line)))
        return [*islice(parts, 1, None)]
    return _split(spaced.replace("\n", f" {LINE_END} "))


def _split(spaced: str) -> list[str]:
    spelt = spaced.encode().translate(_SPELT).decode()
    # Small letters come last, as in ``take_apart``: those of İ and ΐ are taken for two parts.
    return (spelt if spelt.isascii() else spelt.casefold()).split()


def _space(text: str) -> str | None:
    """Return *text* folded, with nothing beyond ASCII between its parts but spaces.

    This is done sign by sign; None where that would be slow, or not be right.
    """
    if text.isascii():
        return text
    foreign = list_foreign(text)
    if len(foreign) > _MANY:
        return None
    changed = {sign: spaced for sign in foreign if (spaced := _space_sign(sign)) != sign}
    if len(changed) > _FEW or None in changed.values():
        return None
    for sign, spaced in changed.items():
        text = text.replace(sign, spaced or "")
    return text


@lru_cache(2000)
def _space_sign(sign: str) -> str | None:
    """Return what stands for *sign* among parts; None if it depends on what is before it."""
    if may_compose(sign):
        return None
    return "".join(
        f" {each} " if _UNSPACED.match(each) else each if _PART.match(each) else " "
        for each in fold_words(sign)
    )


@dataclass(frozen=True, slots=True)
class Wording:
    """A text taken apart: its *parts*, what each weighs, where they stand in the folded text.

    Of a word of several parts (``well-known``) the last one has all of its weight.
    """

    parts: tuple[str, ...] = field(repr=False)
    weights: tuple[int, ...] = field(repr=False)
    starts: tuple[int, ...] = field(repr=False)
    ends: tuple[int, ...] = field(repr=False)


def take_apart(folded: str) -> Wording:
    """Return the wording of a text that is folded already."""
    found = [*_PART.finditer(folded)]
    parts = tuple(each[0].casefold() for each in found)
    weights: list[int] = []
    for number, each in enumerate(found):
        if _UNSPACED.match(each[0]):
            weights.append(SIGN)
            continue
        end, following = each.end(), found[number + 1 : number + 2]
        goes_on = following and not _UNSPACED.match(following[0][0])
        weights.append(
            0 if goes_on and not _SPACE.search(folded, end, following[0].start()) else WORD
        )
    return Wording(
        parts,
        tuple(weights),
        tuple(each.start() for each in found),
        tuple(each.end() for each in found),
    )


def find_runs(weights: tuple[int, ...]) -> Iterator[tuple[int, int]]:
    """Yield every shortest run of parts that is too long to be copied, as (first, past the last).

    Each begins at another part, in order.
    """
    end = weight = 0
    for start, own in enumerate(weights):
        while weight < RUN and end < len(weights):
            weight += weights[end]
            end += 1
        if weight < RUN:
            return
        yield start, end
        weight -= own


def is_run(text: str) -> bool:
    """Tell whether *text* holds so many words that it may not be copied."""
    return sum(take_apart(fold_words(text)).weights) >= RUN
