"""Sentences: where they end, in the scripts that have signs for it."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence

from generator.spans import Span

# These end a sentence before a space only (3.5, a.m.), those of the Far East anywhere.
_SPACED = ".!?…\u061f\u06d4\u0964\u0965\u1362\u104b\u17d4\u0589"
_UNSPACED = "。！？｡"
_CLOSING = "\"'”’»›)\\]」』）】"
_END = re.compile(rf"(?:[{_SPACED}]+[{_CLOSING}]*(?=\s)|[{_UNSPACED}]+[{_CLOSING}]*)\s*")
_INITIAL = re.compile(r"(?<!\w)\w\Z")


def sentence_ends(text: str, span: Span) -> list[int]:
    """Return where the sentences of *span* end, each with the space behind it, in order.

    A full stop after a single letter (A. Writer) or before a small one (e.g. this) ends none.
    """
    ends = []
    for found in _END.finditer(text, *span):
        if found.end() == span.end:
            break
        stop = found[0].rstrip() == "."
        before = text[max(found.start() - 2, span.start) : found.start()]
        if not (stop and (_INITIAL.search(before) or text[found.end()].islower())):
            ends.append(found.end())
    return [*ends, span.end]


def sentence_around(text: str, span: Span, block: Span, ends: Sequence[int]) -> Span:
    """Return the sentence or sentences of *block* that hold *span*, without space around.

    *ends* are those of ``sentence_ends`` for *block*.
    """
    before = min(bisect_right(ends, span.start), len(ends) - 1)
    start = ends[before - 1] if before else block.start
    after = bisect_left(ends, span.end, before)
    whole = text[start : ends[after]]
    stripped = whole.strip()
    start += whole.find(stripped)
    return Span(start, start + len(stripped))


def to_nearest_ends(text: str, span: Span, block: Span) -> Span:
    """Return *span* with the rest of its sentence: to the nearest sign of an end on either side.

    No sign is explained away, as in ``sentence_ends``: here the question is how much may be shown,
    and the answer is rather too little than too much. It stays within *block*.
    """
    start, end = block.start, block.end
    for found in _END.finditer(text, *block):
        if found.end() <= span.start:
            start = found.end()
        elif found.start() + len(found[0].rstrip()) >= span.end:
            end = found.start() + len(found[0].rstrip())
            break
    whole = text[start:end]
    start += len(whole) - len(whole.lstrip())
    return Span(min(start, span.start), max(start + len(whole.strip()), span.end))
