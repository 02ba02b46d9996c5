"""Folding a text for searching, with the way back from every folded character to the raw ones."""

import re
from array import array
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache

from generator.characters import ASCII_SIGNS, extends, fold_words, list_foreign, may_compose
from generator.spans import Span

# A replacement for each of so few different characters is faster than a table for all.
_FEW = 40


@dataclass(frozen=True, slots=True)
class Folded:
    """A text folded for searching, with the way back to its *raw* characters.

    The text is an alternation of plain stretches, where one folded character stands for one raw
    character, and knots, where a few raw characters became a few others (or none) and cannot be
    told apart. The two arrays hold where each of these begins, in *text* and in *raw*; those with
    an odd index are knots.
    """

    text: str
    raw: str = field(repr=False)
    starts: "array[int]" = field(repr=False)
    raw_starts: "array[int]" = field(repr=False)

    def cuts(self, position: int) -> bool:
        """Tell whether an edge at *position* of the text would cut a character of the raw text.

        A character is cut inside a knot (half of a ligature), and between a letter and the
        combining marks on it.
        """
        at = bisect_right(self.starts, position) - 1
        raw = self.raw_starts[at]
        if at % 2 == 0:
            raw += position - self.starts[at]
        elif position != self.starts[at]:
            return True
        return 0 < raw < len(self.raw) and extends(self.raw[raw])

    def unfold(self, span: Span) -> Span | None:
        """Return the raw span whose folding is *span* of the text; None if it cuts a character.

        What folding dropped at the edges stays outside, but for variation selectors, which are
        part of the character before them. An empty span has no way back: None.
        """
        if span.start >= span.end or self.cuts(span.start) or self.cuts(span.end):
            return None
        at = bisect_right(self.starts, span.start) - 1
        start = self.raw_starts[at] + (0 if at % 2 else span.start - self.starts[at])
        at = bisect_right(self.starts, span.end - 1) - 1
        end = self.raw_starts[at + 1 if at % 2 else at]
        end += 0 if at % 2 else span.end - self.starts[at]
        while end < len(self.raw) and extends(self.raw[end]) and not fold_words(self.raw[end]):
            end += 1
        return Span(start, end)

    def widen(self, span: Span) -> Span:
        """Return *span* of the text, widened to the whole of every character that it cuts."""
        start, end = span
        while self.cuts(start):
            start -= 1
        while self.cuts(end):
            end += 1
        return Span(start, end)

    def refold(self, span: Span) -> Span:
        """Return the span of the text that the *raw* span became, knots at its edges included."""
        at = bisect_right(self.raw_starts, span.start) - 1
        start = self.starts[at] + (0 if at % 2 else span.start - self.raw_starts[at])
        if span.start >= span.end:
            return Span(start, start)
        at = bisect_right(self.raw_starts, span.end - 1) - 1
        if at % 2:
            return Span(start, self.starts[at + 1])
        return Span(start, self.starts[at] + span.end - self.raw_starts[at])


def fold(text: str) -> Folded:
    """Return *text* folded, as ``fold_words`` has it, with the way back.

    It takes time by the number of knots rather than of characters: about a hundredth of a second
    for 300,000 characters of prose.
    """
    kinds = _sort_characters(text)
    plain = _replace(text, kinds.single)
    pieces: list[str] = []
    starts, raw_starts = array("L", [0]), array("L", [0])
    length = done = 0
    for (start, end), words in _find_knots(text, plain, _knot_pattern(kinds)):
        pieces += (plain[done:start], words)
        length += start - done
        starts.extend((length, length + len(words)))
        raw_starts.extend((start, end))
        length += len(words)
        done = end
    pieces.append(plain[done:])
    return Folded("".join(pieces), text, starts, raw_starts)


@dataclass(frozen=True, slots=True)
class _Kinds:
    """The characters of one text by what becomes of them: another one, none, several …"""

    single: dict[str, str]
    dropped: str
    joining: str  # may compose with the character before them
    spaced: str  # become a space and a mark
    expanding: str


def _sort_characters(text: str) -> _Kinds:
    single: dict[str, str] = {}
    kinds: dict[str, list[str]] = {"dropped": [], "joining": [], "spaced": [], "expanding": []}
    for char in sorted({*list_foreign(text), *filter(text.__contains__, ASCII_SIGNS)}):
        words, kind = _fold_character(char)
        if kind == "joining":
            kinds[kind].append(words if len(words) == 1 else char)
        elif kind:
            kinds[kind].append(char)
        if len(words) == 1 and words != char:
            single[char] = words
    return _Kinds(single, **{kind: "".join(chars) for kind, chars in kinds.items()})


@lru_cache(4096)
def _fold_character(char: str) -> tuple[str, str]:
    """Return what becomes of *char*, and which of the kinds it is; most are of none."""
    words = fold_words(char)
    if not words:
        return words, "dropped"
    if may_compose(char):
        return words, "joining"
    if len(words) > 1:
        return words, "spaced" if words[0] == " " else "expanding"
    return words, ""


def _replace(text: str, single: dict[str, str]) -> str:
    if len(single) > _FEW:
        return text.translate({ord(char): other for char, other in single.items()})
    for char, other in single.items():
        text = text.replace(char, other)
    return text


def _knot_pattern(kinds: _Kinds) -> re.Pattern[str]:
    """Return what finds knots in a text whose single characters are replaced already."""
    gap = f"{_one_of(kinds.dropped)}*" if kinds.dropped else ""
    mark = f"(?:{gap}{_one_of(kinds.joining)})" if kinds.joining else "(?!)"
    # What the parser of patterns cannot see for itself: nothing but a space may follow a space.
    alone = not (kinds.dropped or kinds.joining)
    knots = ["  +" if alone else f" (?:(?:{gap} )+{mark}*|{mark}+)"]
    if kinds.spaced:
        knots.insert(0, f"(?: (?:{gap} )*{gap})?{_one_of(kinds.spaced)}{mark}*")
    if kinds.expanding:
        knots.append(f"{_one_of(kinds.expanding)}{mark}*")
    if kinds.joining:
        knots.append(f"(?P<marks>{mark}+)")
    if kinds.dropped:
        knots.append(f"{_one_of(kinds.dropped)}+")
    return re.compile("|".join(knots))


def _one_of(chars: str) -> str:
    return f"[{re.escape(chars)}]"


def _find_knots(
    text: str, plain: str, pattern: re.Pattern[str]
) -> Iterator[tuple[tuple[int, int], str]]:
    known: dict[str, str] = {}
    for found in pattern.finditer(plain):
        start, end = found.span()
        # Marks are found without the letter that they stand on, which is plain by itself.
        start -= found.lastgroup == "marks" and start > 0
        raw = text[start:end]
        words = known.get(raw)
        if words is None:
            words = known[raw] = fold_words(raw)
        if words != plain[start:end]:
            yield (start, end), words
