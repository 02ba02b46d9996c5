"""Citing: from a span of a text to the shortest quotation that selects it and nothing else."""

from generator.characters import extends
from generator.concordance import agreement
from generator.folding import Folded
from generator.model import TextQuoteSelector
from generator.quoting import Ground, is_inside_word
from generator.spans import Span

# What goes on for longer is no word but a table, a drawing or code, and may be cut.
_LONGEST_WORD = 80


def quote(ground: Ground, span: Span) -> TextQuoteSelector:
    """Return the shortest selector that selects *span* and nothing else: the inverse of selecting.

    Context is given in whole words and only as much as is needed. A span that cuts a character is
    widened to the whole of it, spaces at its edges are left out; one without words selects nothing.
    """
    folded = ground.folded
    inner = _trim(folded, folded.refold(span))
    if inner.start == inner.end:
        return TextQuoteSelector("")
    exact = _unfold(folded, inner)
    whole = _unfold(folded, _shortest_context(ground, inner))
    raw = folded.raw
    return TextQuoteSelector(
        raw[exact.start : exact.end],
        raw[whole.start : exact.start],
        raw[exact.end : whole.end],
    )


def _unfold(folded: Folded, span: Span) -> Span:
    raw = folded.unfold(span)
    assert raw is not None, "it was widened to whole characters"
    return raw


def _trim(folded: Folded, span: Span) -> Span:
    text, (start, end) = folded.text, span
    while start < end and text[start] == " ":
        start += 1
    while start < end and text[end - 1] == " ":
        end -= 1
    return folded.widen(Span(start, end))


def _shortest_context(ground: Ground, span: Span) -> Span:
    """Return the shortest span of whole words around *span* whose words stand only there.

    Every other place with the same words agrees with this one for some way to the left and to the
    right; the context must be longer than the one or the other.
    """
    text = ground.concordance.text
    words = text[span.start : span.end]
    mirrored = text[::-1]
    agreeing = sorted(
        (
            agreement(mirrored, len(text) - span.start, mirrored, len(text) - at),
            agreement(text, span.end, text, at + len(words)),
        )
        for at in ground.concordance.find_all(words)
        if at != span.start
    )
    options, most = [], 0
    for to_left, to_right in reversed(agreeing):
        options.append((to_left + 1, most))
        most = max(most, to_right + 1)
    best: Span | None = None
    for left, right in ((0, most), *reversed(options)):
        if left > span.start or span.end + right > len(text):
            continue
        around = Span(
            _round(ground.folded, span.start - left, span.start, -1),
            _round(ground.folded, span.end + right, span.end, +1),
        )
        if text[around.start] == " " or text[around.end - 1] == " ":
            continue
        if best is None or around.end - around.start < best.end - best.start:
            best = around
    assert best is not None, "of two places one has more text to its left, the other to its right"
    return best


def _round(folded: Folded, at: int, inner: int, step: int) -> int:
    """Return the first word edge from *at* on, going by *step*; *inner* itself if *at* is that.

    A sign alone tells places apart for a program; a reader looks for a word, so the context goes
    on to one if there is any.
    """
    text = folded.text
    last = 0 if step < 0 else len(text)
    first, edge = at, None
    while at != inner:
        char = text[at if step < 0 else at - 1]
        is_far = abs(at - first) > _LONGEST_WORD
        if char != " " and not folded.cuts(at) and (is_far or not is_inside_word(text, at)):
            if not is_far and (char.isalnum() or extends(char)):
                return at
            edge = at if edge is None else edge
            if is_far:
                break
        if at == last:
            break
        at += step
    return at if edge is None else edge
