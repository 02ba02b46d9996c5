"""Marks in a quotation: `**` around the exact words, dots for what is left out between two ends."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from generator.model import RangeSelector, Selector, TextQuoteSelector
from generator.spans import Span

# A quotation with more dots than these is read with all of them as gaps, or with none.
_MOST_GAPS = 8
_STARS = re.compile(r"(?<![\\*])(?:\\\\)*(?P<stars>\*+)")
_DOTS = re.compile(r"(?<!\S)(?:…|\.\.\.|\[…\]|\[\.\.\.\])(?!\S)")


@dataclass(frozen=True, slots=True)
class Quoted:
    """The words of a quotation in one reading; *offsets* places each code point in the file.

    *marks* are the spans of the exact words; without any, all of it is meant.
    """

    text: str
    offsets: Sequence[int]
    marks: tuple[Span, ...] = ()

    def place(self, span: Span) -> Span:
        """Return where *span*, which is not empty, stands in the file."""
        return Span(self.offsets[span.start], self.offsets[span.end - 1] + 1)

    def cut(self, span: Span) -> "Quoted":
        """Return the words in *span*, without marks."""
        return Quoted(self.text[span.start : span.end], self.offsets[span.start : span.end])

    def trim(self) -> "Quoted":
        """Return the words without the empty lines before them and without all space after."""
        end = len(self.text.rstrip())
        words = len(self.text) - len(self.text.lstrip())
        return self.cut(Span(min(self.text.rfind("\n", 0, words) + 1, end), end))


def find_marks(text: str) -> tuple[Span, ...]:
    r"""Return the spans of *text* between pairs of ``**``, the marks not included.

    By position alone: behind an opening mark and before a closing one stands no space. A closing
    mark belongs to the last opening one; stars behind a backslash and four or more mark nothing.
    """
    marks = []
    opened = None
    for stars in _STARS.finditer(text):
        start, end = stars.span("stars")
        if end - start not in (2, 3):
            continue
        if opened is not None and not text[start - 1].isspace():
            marks.append(Span(opened, end - 2))
            opened = None
        elif end < len(text) and not text[end].isspace():
            opened = start + 2
    return tuple(marks)


def take_out_marks(quoted: Quoted, marks: Sequence[Span]) -> Quoted:
    """Return *quoted* without the two signs on either side of each of *marks*, and so marked."""
    pieces: list[str] = []
    offsets: list[int] = []
    kept: list[Span] = []
    end = 0
    for mark in marks:
        for span in (Span(end, mark.start - 2), mark):
            pieces.append(quoted.text[span.start : span.end])
            offsets += quoted.offsets[span.start : span.end]
        kept.append(Span(len(offsets) - (mark.end - mark.start), len(offsets)))
        end = mark.end + 2
    pieces.append(quoted.text[end:])
    offsets += quoted.offsets[end:]
    return Quoted("".join(pieces), offsets, tuple(kept))


def select(quoted: Quoted) -> Iterator[tuple[Selector, ...]]:
    """Yield the selectors that *quoted* may mean: its words and dots as they are, then ranges.

    Of several dots each alone is first taken for a gap, then all of them together; a quotation
    that begins or ends with dots is also read without these.
    """
    whole = _strip(quoted.text, Span(0, len(quoted.text)))
    yield _select_runs(quoted, [whole], quoted.marks or (whole,))
    gaps = [Span(*found.span()) for found in _DOTS.finditer(quoted.text, *whole)]
    ways = [[gap] for gap in gaps] if 1 < len(gaps) <= _MOST_GAPS else []
    for way in [*ways, gaps] if gaps else ():
        parts = _parts(quoted.text, whole, way)
        if parts and (selected := _select_runs(quoted, parts, _runs(quoted.marks, parts))):
            yield selected


def _parts(text: str, whole: Span, gaps: Sequence[Span]) -> list[Span]:
    """Return the spans of the words between *gaps*."""
    starts = [whole.start, *(gap.end for gap in gaps)]
    ends = [*(gap.start for gap in gaps), whole.end]
    parts = (_strip(text, Span(*pair)) for pair in zip(starts, ends, strict=True))
    return [part for part in parts if part.start < part.end]


def _runs(marks: Sequence[Span], parts: Sequence[Span]) -> Sequence[Span]:
    """Return the runs of words that are meant when *parts* are the ends of ranges.

    A mark that reaches over a gap is a run. Marks that lie within the parts only narrow where
    the whole range begins and ends.
    """
    if any(sum(part.meets(mark) for part in parts) > 1 for mark in marks):
        return marks
    starts = [mark.start for mark in marks if parts[0].meets(mark)]
    ends = [mark.end for mark in marks if parts[-1].meets(mark)]
    if len(parts) == 1 and marks:
        return marks
    start, end = min(starts, default=parts[0].start), max(ends, default=parts[-1].end)
    return (Span(start, end),)


def _select_runs(
    quoted: Quoted, parts: Sequence[Span], runs: Sequence[Span]
) -> tuple[Selector, ...]:
    """Return a selector for each of *runs*, or one for each gap that a run reaches over."""
    selectors: list[Selector] = []
    for run in runs:
        pieces = [_select_words(quoted, part, run) for part in parts if part.meets(run)]
        if len(pieces) == 1:
            selectors += pieces
        selectors += (RangeSelector(*pair) for pair in pairwise(pieces))
    return tuple(selectors)


def _select_words(quoted: Quoted, part: Span, run: Span) -> TextQuoteSelector:
    """Select what *run* has of *part*; the rest of the part is context."""
    exact = Span(max(part.start, run.start), min(part.end, run.end))
    text = quoted.text
    return TextQuoteSelector(
        text[exact.start : exact.end],
        text[part.start : exact.start],
        text[exact.end : part.end],
        quoted.place(exact),
    )


def _strip(text: str, span: Span) -> Span:
    words = text[span.start : span.end]
    start = span.start + len(words) - len(words.lstrip())
    return Span(start, max(start, span.start + len(words.rstrip())))


def without_places(selector: Selector) -> Selector:
    """Return *selector* as it would be anywhere, to tell whether two are the same."""
    if isinstance(selector, RangeSelector):
        return RangeSelector(
            *(replace(end, place=Span(0, 0)) for end in (selector.start, selector.end))
        )
    return replace(selector, place=Span(0, 0))
