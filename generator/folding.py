"""Folding: what does not matter when words are looked up, and the way back to the raw text.

It does not matter how much white space there is and of which kind, which single quote, which
double quote, which dash; whether a letter is composed, decomposed or a compatibility form (NFKC);
and whether there are soft hyphens, zero-width or direction marks. Letters, case and accents
matter.
"""

import re
import unicodedata
from array import array
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from generator.spans import Span

# Grave and acute accents that stand alone are here because they are typed as apostrophes; primes
# and Hebrew geresh are what many keyboards have for them.
_SINGLE_QUOTES = (
    "`\u00b4\u1ffd\u02b9\u02bb\u02bc\u02bd\u05f3\u2018\u2019\u201a\u201b\u2032\u2035"
    "\u2039\u203a\u275b\u275c\u276e\u276f"
)
_DOUBLE_QUOTES = (
    "\u00ab\u00bb\u02ba\u02ee\u05f4\u201c\u201d\u201e\u201f\u2033\u2036\u275d\u275e\u2e42"
    "\u301d\u301e\u301f"
)
# The minus, and the rest of Unicode's category Pd.
_DASHES = (
    "\u2212\u058a\u05be\u1400\u1806\u2010\u2011\u2012\u2013\u2014\u2015\u2e17\u2e1a\u2e3a\u2e3b"
    "\u2e40\u2e5d\u301c\u3030\u30a0\ufe31\ufe32\ufe58\ufe63\uff0d\U00010d6e\U00010ead"
)
_SPACES = (
    "\t\n\v\f\r\x1c\x1d\x1e\x1f\x85\xa0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007"
    "\u2008\u2009\u200a\u2028\u2029\u202f\u205f\u3000"
)
# Unicode's Default_Ignorable_Code_Point: soft hyphen, joiners, direction marks, variation
# selectors, fillers, tags.
_IGNORABLE = (
    *(0xAD, 0x34F, 0x61C, 0x115F, 0x1160, 0x17B4, 0x17B5, 0x3164, 0xFEFF, 0xFFA0),
    *range(0x180B, 0x1810),
    *range(0x200B, 0x2010),
    *range(0x202A, 0x202F),
    *range(0x2060, 0x2070),
    *range(0xFE00, 0xFE10),
    *range(0xFFF0, 0xFFF9),
    *range(0x1BCA0, 0x1BCA4),
    *range(0x1D173, 0x1D17B),
    *range(0xE0000, 0xE01F0),
)
# Vowels and finals of Hangul, and the vowels of Kirat Rai, are letters and yet compose with what
# stands before them.
_COMPOSING_LETTERS = re.compile("[\u1160-\u11ff\ud7b0-\ud7ff\U00016d63-\U00016d6a]")

_SIGNS = str.maketrans(
    dict.fromkeys(_SINGLE_QUOTES, "'")
    | dict.fromkeys(_DOUBLE_QUOTES, '"')
    | dict.fromkeys(_DASHES, "-")
    | dict.fromkeys(_SPACES, " ")
)
# Before NFKC, which would take a double prime for two single ones and an acute accent for a space
# with a mark, and would not compose across a soft hyphen.
_FIRST = dict.fromkeys(_IGNORABLE) | {ord(char): _SIGNS[ord(char)] for char in "\u00b4\u1ffd\u2033\u2036"}
_SPACE_RUNS = re.compile("  +")


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

    def unfold(self, span: Span) -> Span | None:
        """Return the raw span whose folding is *span* of the text; None if it cuts a character.

        A character is cut by an edge inside a knot (half of a ligature) and by one between a letter
        and its combining marks. What folding dropped at the edges stays outside, but for
        variation selectors, which belong to the character before them.
        """
        if span.start >= span.end:
            return None
        at = bisect_right(self.starts, span.start) - 1
        start = self.raw_starts[at]
        if at % 2 == 0:
            start += span.start - self.starts[at]
        elif span.start != self.starts[at]:
            return None
        at = bisect_right(self.starts, span.end - 1) - 1
        if at % 2 == 0:
            end = self.raw_starts[at] + span.end - self.starts[at]
        elif span.end == self.starts[at + 1]:
            end = self.raw_starts[at + 1]
        else:
            return None
        if start and _extends(self.raw[start]):
            return None
        while end < len(self.raw) and _extends(self.raw[end]):
            if fold_words(self.raw[end]):
                return None
            end += 1
        return Span(start, end)

    def refold(self, span: Span) -> Span:
        """Return the span of the text that the *raw* span became, knots at its edges included."""
        at = bisect_right(self.raw_starts, span.start) - 1
        start = self.starts[at] + (span.start - self.raw_starts[at] if at % 2 == 0 else 0)
        if span.start >= span.end:
            return Span(start, start)
        at = bisect_right(self.raw_starts, span.end - 1) - 1
        if at % 2 == 0:
            return Span(start, self.starts[at] + span.end - self.raw_starts[at])
        return Span(start, self.starts[at + 1])


def fold_words(text: str) -> str:
    """Return *text* with all that does not matter made equal; it is the definition of folding.

    White space at the ends becomes one space and is kept.
    """
    if not text.isascii():
        text = unicodedata.normalize("NFKC", text.translate(_FIRST))
    return _SPACE_RUNS.sub(" ", text.translate(_SIGNS))


def fold(text: str) -> Folded:
    """Return *text* folded, as ``fold_words`` has it, with the way back.

    It takes time by the number of knots, not of characters: about a hundredth of a second for
    300,000 characters of prose.
    """
    plain, knots = _tie_knots(text)
    pieces: list[str] = []
    starts, raw_starts = array("L", [0]), array("L", [0])
    length = done = 0
    for span, words in knots:
        pieces.append(plain[done : span.start])
        length += span.start - done
        starts.append(length)
        raw_starts.append(span.start)
        pieces.append(words)
        length += len(words)
        starts.append(length)
        raw_starts.append(span.end)
        done = span.end
    pieces.append(plain[done:])
    return Folded("".join(pieces), text, starts, raw_starts)


def _tie_knots(text: str) -> tuple[str, Iterable[tuple[Span, str]]]:
    """Return *text* folded as far as one character becomes one, and the knots in it, in order."""
    if text.isascii():
        plain = text.translate(_SIGNS)
        return plain, ((Span(*found.span()), " ") for found in _SPACE_RUNS.finditer(plain))
    kinds = _Kinds(text)
    plain = text.translate(kinds.single)
    return plain, _find_knots(text, plain, kinds.pattern())


def _find_knots(text: str, plain: str, pattern: re.Pattern[str]) -> Iterator[tuple[Span, str]]:
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
            yield Span(start, end), words


class _Kinds:
    """The characters of one text by what folding does to them."""

    def __init__(self, text: str) -> None:
        self.single: dict[int, str] = {}  # one character becomes another
        self.dropped: list[str] = []
        self.joining: list[str] = []  # may compose with the character before
        self.spaced: list[str] = []  # becomes a space and more
        self.expanding: list[str] = []  # becomes several
        for char in sorted(set(text)):
            words = fold_words(char)
            if not words:
                self.dropped.append(char)
            elif _joins(char):
                self.joining.append(words if len(words) == 1 else char)
            elif len(words) > 1:
                (self.spaced if words[0] == " " else self.expanding).append(char)
            if len(words) == 1 and words != char:
                self.single[ord(char)] = words

    def pattern(self) -> re.Pattern[str]:
        """Return what finds knots in the text when its single characters are folded already."""
        gap = f"{_one_of(self.dropped)}*" if self.dropped else ""
        mark = f"{gap}{_one_of(self.joining)}" if self.joining else "(?!)"
        tied = [f" (?:(?:{gap} )+(?:{mark})*|(?:{mark})+)"]
        if self.spaced:
            tied.insert(0, f"(?: (?:{gap} )*{gap})?{_one_of(self.spaced)}(?:{mark})*")
        if self.expanding:
            tied.append(f"{_one_of(self.expanding)}(?:{mark})*")
        if self.joining:
            tied.append(f"(?P<marks>(?:{mark})+)")
        if self.dropped:
            tied.append(f"{_one_of(self.dropped)}+")
        return re.compile("|".join(tied))


def _one_of(chars: list[str]) -> str:
    return f"[{re.escape(''.join(chars))}]"


def _joins(char: str) -> bool:
    first = unicodedata.normalize("NFKC", char)[0]
    return unicodedata.category(first)[0] == "M" or bool(_COMPOSING_LETTERS.match(first))


def _extends(char: str) -> bool:
    """Tell whether *char* is part of the character before it, as readers see it."""
    if char < "\u0300":
        return False
    first = unicodedata.normalize("NFKC", char)[0]
    return unicodedata.category(first)[0] == "M" or bool(_COMPOSING_LETTERS.match(char))
