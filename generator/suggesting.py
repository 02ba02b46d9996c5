"""Suggesting: what an author may have meant by words that a text does not have."""

import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import islice

from generator.characters import fold_words
from generator.concordance import Concordance, agreement
from generator.edits import closest
from generator.folding import Folded
from generator.quoting import is_inside_word
from generator.spans import Span

# Runs of five letters are short enough to survive typing mistakes and rare enough to tell a place.
_RUN = 5
_MOST_RUNS = 300_000
_MOST_SEEDS = 50
# Of longer quotations only the beginning is looked for; what differs is found from there.
_LONGEST = 1000
# The words of a long quotation that are compared, around the first that differs.
_CORE = 128
_AROUND = 24
_WINDOWS = 3
_SHORT = 16
_AGREED = 32
_SHOWN = 90


@dataclass(frozen=True, slots=True)
class Sketch:
    """A text without case and accents, and where its runs of five letters stand.

    *bare* has one character for each of the folded text. Not every place is listed.
    """

    folded: Folded = field(repr=False)
    bare: str = field(repr=False)
    places: dict[str, list[int]] = field(repr=False)


@dataclass(frozen=True, slots=True)
class Likeness:
    """The passage of a text most like some words: its raw span, and the part worth showing.

    *shown* has at most 90 characters, around the first that differs; *cased* tells that only case
    or accents differ.
    """

    span: Span
    shown: str
    cased: bool


def sketch(folded: Folded) -> Sketch:
    """Return the sketch of a folded text, to which many words can be compared quickly."""
    bare = _strip(folded.text)
    step = max(3, -(-len(bare) // _MOST_RUNS))
    places: defaultdict[str, list[int]] = defaultdict(list)
    for at in range(0, len(bare) - _RUN + 1, step):
        places[bare[at : at + _RUN]].append(at)
    return Sketch(folded, bare, places)


def most_like(drawn: Sketch, words: str, places: tuple[Span, ...] = ()) -> Likeness | None:
    """Return the passage most like *words*; None if every third letter of it is another.

    Of equals the one that meets *places* wins, else the first. However long the text and the words
    are, only a few windows of some 200 letters are compared.
    """
    words = fold_words(words).strip(" ")
    asked = _strip(words)
    stretches = _stretches(drawn, asked)
    around = [(_around(stretch, len(asked)), shift) for stretch, shift in stretches]
    best = _choose(drawn, asked, around, places)
    if best is None:
        # A few words that agree among many that do not still tell which passage is meant.
        agreed = [
            (Span(stretch.start, min(stretch.end, stretch.start + _CORE)), shift)
            for stretch, shift in stretches
            if stretch.end - stretch.start >= _AGREED
        ]
        best = _choose(drawn, asked, agreed, places)
    return _show(drawn.folded, words, *best) if best else None


def _choose(
    drawn: Sketch, asked: str, cores: Iterable[tuple[Span, int]], places: tuple[Span, ...]
) -> tuple[Span, Span] | None:
    """Return the span of the text that is most like a part of the *asked* words, and that part."""
    best: tuple[int, bool, Span, Span] | None = None
    for core, shift in cores:
        length = core.end - core.start
        if best is not None and best[0] * 8 <= length and best[1] == (not places):
            break
        low = max(core.start + shift - _AROUND, 0)
        window = drawn.bare[low : core.end + shift + _AROUND]
        edits, found = closest(asked[slice(*core)], window)
        if edits > _most_edits(length):
            continue
        span = Span(low + found.start, low + found.end)
        away = not any(place.meets(_unfold(drawn.folded, span)) for place in places)
        if best is None or (edits, away) < best[:2]:
            best = edits, away, span, core
    return best[2:] if best else None


def _most_edits(length: int) -> int:
    """Return in how many edits words of *length* letters are still like: fewer for a few words."""
    return length // 3 if length >= _SHORT else length // 4


def _strip(text: str) -> str:
    """Return *text* in lower case and without accents, character for character."""
    table = {}
    for char in set(text):
        parts = unicodedata.normalize("NFD", char)
        lower = (parts[0] if all(map(unicodedata.combining, parts[1:])) else char).lower()
        if lower != char and len(lower) == 1:
            table[ord(char)] = lower
    return text.translate(table)


def _stretches(drawn: Sketch, asked: str) -> list[tuple[Span, int]]:
    """Return the stretches of the *asked* words that agree with the text where most of them do.

    With each comes the shift that leads from there to the text.
    """
    votes: Counter[int] = Counter()
    first: dict[int, tuple[int, int]] = {}
    for offset, at in _seeds(drawn, asked[:_LONGEST]):
        diagonal = (at - offset) // _AROUND
        votes[diagonal] += 1
        first.setdefault(diagonal, (offset, at))
    least = max(votes.values(), default=0) / 4
    ranked = sorted((each for each in first if votes[each] >= least), key=lambda d: (-votes[d], d))
    stretches = []
    for diagonal in ranked[:_WINDOWS]:
        offset, at = first[diagonal]
        before = agreement(asked[:offset][::-1], 0, drawn.bare[max(at - offset, 0) : at][::-1], 0)
        after = agreement(asked, offset, drawn.bare, at)
        stretches.append((Span(offset - before, offset + after), at - offset))
    return stretches


def _around(stretch: Span, length: int) -> Span:
    """Return the core of words of some *length*: around the first letter that differs."""
    differs = stretch.start or stretch.end
    start = max(min(differs - _CORE // 2, length - _CORE), 0)
    return Span(start, min(start + _CORE, length))


def _seeds(drawn: Sketch, asked: str) -> list[tuple[int, int]]:
    """Return pairs of places, in the *asked* words and in the text, where the same run stands.

    The rarest runs come first in the choice, for they tell most; the pairs are in order.
    """
    if len(asked) < 4 * _RUN:
        return _short_seeds(drawn, asked)
    runs = (
        (at, drawn.places.get(asked[at : at + _RUN], ())) for at in range(len(asked) - _RUN + 1)
    )
    seeds: list[tuple[int, int]] = []
    for offset, listed in sorted((run for run in runs if run[1]), key=lambda run: len(run[1])):
        if seeds and len(seeds) + len(listed) > _MOST_SEEDS:
            break
        seeds += ((offset, at) for at in listed[:_MOST_SEEDS])
    return sorted(seeds)


def _short_seeds(drawn: Sketch, asked: str) -> list[tuple[int, int]]:
    """Return seeds of so few words that they may hold no listed run: their parts are searched."""
    length = max(len(asked) // 2, min(3, len(asked)))
    parts = ((at, asked[at : at + length]) for at in {0, len(asked) // 4, len(asked) - length})
    found = (
        (offset, at)
        for offset, part in parts
        for at in islice(Concordance(drawn.bare).find_all(part), _MOST_SEEDS)
    )
    return sorted(found)


def _show(folded: Folded, words: str, span: Span, core: Span) -> Likeness:
    """Return the likeness of *span* of the text to the *core* of the words."""
    text = folded.text
    start, end = span
    while is_inside_word(text, start) and span.start - start < _AROUND:
        start -= 1
    while is_inside_word(text, end) and end - span.end < _AROUND:
        end += 1
    low, high = start, end
    if end - start > _SHOWN:
        differs = span.start + agreement(words, core.start, text, span.start)
        differs = span.start if differs >= span.end else differs
        low = max(start, min(differs - _SHOWN // 2, end - _SHOWN))
        high = low + _SHOWN
        while low > start and is_inside_word(text, low) and high - low > _SHOWN // 2:
            low += 1
        while high < end and is_inside_word(text, high) and high - low > _SHOWN // 2:
            high -= 1
    shown = folded.raw[slice(*_unfold(folded, Span(low, high)))]
    before = "… " if low > start or core.start else ""
    after = " …" if high < end or core.end < len(words) else ""
    return Likeness(
        _unfold(folded, Span(start, end)),
        before + " ".join(shown.split()) + after,
        _strip(words) == _strip(text[start:end]),
    )


def _unfold(folded: Folded, span: Span) -> Span:
    """Return the raw span of the whole characters that *span* of the text meets."""
    return folded.unfold(folded.widen(span)) or Span(0, 0)
