"""Readings: the ways in which a quotation may be meant, in the order in which they are tried."""

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator

from generator.commonmark import new_parser, parse_blocks, parse_inlines, read_tokens
from generator.marks import Quoted, find_marks, select, take_out_marks, without_places
from generator.model import Selector
from generator.spans import Span

# Words without any of these are shown by Markdown as they were typed.
_MARKUP = re.compile(r"[\\`*_\[\]<&|]|^[ \t]*(?:[-+>#=~]|\d+[.)])|^(?:\t| {4})", re.MULTILINE)
_FOOTNOTE = re.compile(r"\[\^([^\]\s]+)\]")
# Punctuation that no keyboard has, to stand for marks while Markdown is read.
_SIGNS = "\U00012470\U00012471\U00012472\U00012473\U00012474"
_NEAR, _FAR = 20, 200
_PARSER = new_parser(footnotes=True)


def read_readings(typed: Quoted, words: Quoted) -> tuple[tuple[Selector, ...], ...]:
    """Return what *words* may mean, the most literal reading first, none twice.

    *typed* are the words before comments were taken out: a source may have the same.
    """
    readings: dict[tuple[Selector, ...], tuple[Selector, ...]] = {}
    for way in _ways(typed, words):
        for selectors in select(way):
            readings.setdefault(tuple(map(without_places, selectors)), selectors)
    return tuple(readings.values())


def _ways(typed: Quoted, words: Quoted) -> Iterator[Quoted]:
    """Yield the words as typed, with ``**`` for marks, and as Markdown shows them."""
    if "<!--" in typed.text:
        yield typed.cut(Span(0, bisect_right(typed.offsets, words.offsets[-1]))).trim()
    yield words
    marks = find_marks(words.text)
    marked = take_out_marks(words, marks)
    if marks:
        yield marked
    if not _MARKUP.search(marked.text):
        return
    if marks:
        yield from _show_marked(words, marks)
    shown = show(words.text)
    if shown.strip():
        yield Quoted(shown, _align(shown, words))


def _show_marked(words: Quoted, marks: Iterable[Span]) -> Iterator[Quoted]:
    """Yield the words as Markdown shows them, with the marks where they were."""
    signs = [sign for sign in _SIGNS if sign not in words.text][:2]
    if len(signs) < 2:
        return
    pieces: list[str] = []
    end = 0
    for mark in marks:
        exact = words.text[mark.start : mark.end]
        pieces += (words.text[end : mark.start - 2], signs[0], exact, signs[1])
        end = mark.end + 2
    shown = show("".join([*pieces, words.text[end:]]))
    text, kept = _take_out_signs(shown, signs)
    if kept:
        yield Quoted(text, _align(text, words), kept)


def _take_out_signs(shown: str, signs: list[str]) -> tuple[str, tuple[Span, ...]]:
    """Return *shown* without *signs*, and the spans of the words that stood between them."""
    pieces: list[str] = []
    kept: list[Span] = []
    start = length = 0
    for piece in re.split(f"([{''.join(signs)}])", shown):
        if piece == signs[0]:
            start = length
        elif piece == signs[1]:
            kept.append(Span(start, length))
        else:
            pieces.append(piece)
            length += len(piece)
    text = "".join(pieces)
    return text, tuple(mark for mark in kept if text[mark.start : mark.end].strip())


def show(text: str) -> str:
    """Return the visible words of *text* as Markdown, the marks of its footnotes left out."""
    refs = {f":{label}": -1 for label in _FOOTNOTE.findall(text)}
    env = {"footnotes": {"refs": refs}}
    return read_tokens(parse_inlines(_PARSER, parse_blocks(_PARSER, text, env), env)).text


def _align(shown: str, words: Quoted) -> list[int]:
    """Return where each code point of *shown* stands in the file, as well as can be told.

    Word by word, and where markup parts a word, sign by sign; what was not typed (an entity's
    character, a space) is placed where it would stand.
    """
    offsets: list[int] = []
    last = len(words.offsets) - 1
    at = 0
    for word in re.findall(r"\s|\S+", shown):
        found = words.text.find(word, at, at + _FAR + len(word))
        if word.isspace() or found == -1:
            for sign in word:
                found = -1 if sign.isspace() else words.text.find(sign, at, at + _NEAR)
                offsets.append(words.offsets[min(max(at, found), last)])
                at = max(at, found + 1)
        else:
            offsets += words.offsets[found : found + len(word)]
            at = found + len(word)
    return offsets
