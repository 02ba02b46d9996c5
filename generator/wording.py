"""Wording: the words of a text as they are compared when the question is who wrote them.

Two texts have the same wording where a reader would say that one was copied from the other:
letters and digits count, not case, typography, punctuation or markup.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache

from generator.characters import fold_words, may_compose
from generator.words import UNSPACED

# What may be copied is a run of fewer than eight words, or of 24 signs of a script without spaces.
# Both weigh the same, and so does what is mixed of them.
WORD, SIGN, RUN = 3, 1, 24

_PART = re.compile(rf"[{UNSPACED}]|[^\W_{UNSPACED}]+")
_PLAIN = re.compile(r"[a-z0-9]+")
# Stands for a line feed, which folding would make a space; no text holds it but by mistake.
LINE_END = "\x00"
_PART_LINES, _PLAIN_LINES = (
    re.compile(rf"{each.pattern}|{LINE_END}(?![\s{LINE_END}]*{LINE_END})")
    for each in (_PART, _PLAIN)
)
_FEW = 40
_UNSPACED = re.compile(f"[{UNSPACED}]")
_SPACE = re.compile(r"\s")


def spell(text: str) -> list[str]:
    """Return the parts of *text* in order: runs of letters and digits, or single signs."""
    return _take_parts(_fold(text), _PLAIN, _PART)


def spell_lines(text: str) -> list[str]:
    """Return the parts of *text* in order, and between those of two lines ``LINE_END``."""
    return _take_parts(_fold(text.replace("\n", LINE_END)), _PLAIN_LINES, _PART_LINES)


def _take_parts(folded: str, plain: re.Pattern[str], part: re.Pattern[str]) -> list[str]:
    if folded.isascii():
        return plain.findall(folded.casefold())
    # Small letters come last, as in ``take_apart``: those of İ and ΐ are taken for two parts.
    return [each.casefold() for each in part.findall(folded)]


def _fold(text: str) -> str:
    """Return *text* folded: sign by sign, which is quicker, where few do and none compose."""
    # In ASCII nothing that folding changes is part of a word.
    if text.isascii():
        return text
    foreign = [sign for sign in set(text) if sign > "\x7f"]
    if len(foreign) > _FEW or any(_composes(sign) for sign in foreign):
        return fold_words(text)
    for sign in foreign:
        text = text.replace(sign, _fold_sign(sign))
    return text


_fold_sign = lru_cache(1000)(fold_words)
_composes = lru_cache(1000)(may_compose)


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
