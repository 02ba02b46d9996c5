"""Wording: from a passage to the shortest quotation that an author would type for it.

Every quotation is read back before it is given away: one that a reader would take for other words,
or for no quotation at all, is never written.
"""

import re
import textwrap
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from string import punctuation

from generator.citing import quote
from generator.importing.escaping import escape_block, fence
from generator.judging import Found, Survey, judge
from generator.locating import locate, name_span
from generator.model import Document, TextQuoteSelector
from generator.quoting import prepare_ground
from generator.readers.annotations import read_annotations
from generator.readings import show
from generator.spans import Span, TextFile
from generator.words import BIDI_CONTROLS

Lines = tuple[str, ...]

_WIDEST = 98
_BLANKS = re.compile(r"\s+")
# GitHub takes these for HTML, which it hides.
_TAG = re.compile(r"<[A-Za-z/!?]")
# Stand for the marks around the exact words while these are made safe; they are nobody's words.
_OPENING, _CLOSING = "\U000f0001", "\U000f0002"
_MARKS = {ord(_OPENING): "**", ord(_CLOSING): "**"}
_BARE = {ord(_OPENING): "", ord(_CLOSING): ""}
_ENTITIES = {ord(char): f"&#{ord(char)};" for char in f"{punctuation}—–"}


@dataclass(frozen=True, slots=True)
class Ground:
    """A document that is quoted, and the source of the file in which the quotation will stand."""

    document: Document
    surveyed: Survey
    home: str

    def where(self, labels: str) -> str:
        """Return the line that names *labels*, and the source where the file does not say it."""
        source = "" if self.document.id == self.home else self.document.id
        names = ", ".join(filter(None, (source, labels)))
        return f"— {names}" if names else ""


@dataclass(frozen=True, slots=True)
class _Phrase:
    """The words to type: *span* of the document, of which *exact* is meant, and where it is."""

    span: Span
    exact: Span
    labels: str = ""

    @property
    def has_context(self) -> bool:
        """Tell whether more is typed than is meant, so that this has to be marked."""
        return self.span != self.exact

    @property
    def cost(self) -> int:
        """How much is typed to tell which words are meant."""
        around = (self.exact.start - self.span.start) + (self.span.end - self.exact.end)
        marks, where = len("****"), len(f"— {self.labels}")
        return (around + marks if self.has_context else 0) + (where if self.labels else 0)


def word_passage(ground: Ground, span: Span) -> Lines:
    """Return the lines of the shortest block quotation that is read as *span* and nothing else.

    Of two ways to tell places apart, more words and a line that says where, the shorter is taken;
    in code always the line, for marks are no code. Nothing: there is no way to type it.
    """
    in_code = _find_code(ground.document, span) is not None
    phrases = sorted(
        _phrases(ground, span), key=lambda each: (in_code and each.has_context, each.cost)
    )
    # What nobody can read comes last, however short.
    for ways in (_ways_for_code, _ways_for_prose, _ways_of_last_resort):
        for phrase in phrases:
            for words in ways(ground, phrase):
                lines = _quoted(words, ground.where(phrase.labels))
                if _is_read_as(ground, lines, (span,)):
                    return lines
    return ()


def word_typed(ground: Ground, words: str, spans: tuple[Span, ...], labels: Sequence[str]) -> Lines:
    """Return the lines of a block quotation of *words* as typed, which are read as *spans*.

    That is for words with gaps, whose ends are the author's choice. Of *labels*, each the places
    of a line that says where, the first is taken that is needed.
    """
    plain = BIDI_CONTROLS.sub("", words).strip("\n")
    ways = [plain.split("\n")]
    if "\n" not in plain:
        ways.insert(0, _wrap(plain))
    language = _find_code(ground.document, spans[0])
    if language is not None and "```" not in plain:
        ways.insert(0, _fence(plain, language))
    for each in ("", *labels):
        for way in ways:
            lines = _quoted(way, ground.where(each))
            if _is_read_as(ground, lines, spans):
                return lines
    return ()


def word_places(ground: Ground, labels: str) -> Lines:
    """Return the lines of a block quotation that names *labels*, or else the whole source."""
    return (f"> {ground.where(labels) or f'— {ground.document.id}'}",)


def _phrases(ground: Ground, span: Span) -> Iterator[_Phrase]:
    """Yield the words that select *span*: alone, with context, or with a line that says where."""
    yield _Phrase(span, span)
    text = ground.document.text
    anywhere = _around(quote(ground.surveyed.ground, span), span)
    yield anywhere
    labels = name_span(ground.surveyed.gazetteer, span)
    place = locate(ground.surveyed.gazetteer, labels) if labels else None
    if place is None:
        return
    yield _Phrase(span, span, labels)
    if place.span.covers(span):
        low, high = place.span
        part = prepare_ground(text[low:high])
        yield _around(quote(part, Span(span.start - low, span.end - low)), span, labels)
    yield replace(anywhere, labels=labels)


def _around(cited: TextQuoteSelector, exact: Span, labels: str = "") -> _Phrase:
    whole = Span(exact.start - len(cited.prefix), exact.end + len(cited.suffix))
    return _Phrase(whole, exact, labels)


def _find_code(document: Document, span: Span) -> str | None:
    """Return the language of the code around *span*, empty if unknown; None where it is prose."""
    for element in document.elements:
        if element.tag == "pre" and element.span.covers(span):
            return element.get("language")
    return None


def _ways_for_prose(ground: Ground, phrase: _Phrase) -> Iterator[Sequence[str]]:
    """Yield the lines of *phrase* as they may be typed, first as GitHub shows them best."""
    lines = _wrap(_mark(ground, phrase, phrase.span))
    block = "\n".join(lines)
    bare = block.translate(_BARE)
    # A backslash does not hide a comment from us.
    safe = escape_block(block).replace("\\<!--", "&lt;!--").translate(_MARKS).split("\n")
    plain = [line.translate(_MARKS) for line in lines]
    is_shown = _squeeze(show(bare)) == _squeeze(bare) and not _TAG.search(bare)
    yield from (plain, safe) if is_shown else (safe, plain)


def _ways_of_last_resort(ground: Ground, phrase: _Phrase) -> Iterator[Sequence[str]]:
    """Yield the lines of *phrase* with every sign called by its number, so that none is markup."""
    lines = _wrap(_mark(ground, phrase, phrase.span))
    yield [line.translate(_ENTITIES).translate(_MARKS) for line in lines]


def _ways_for_code(ground: Ground, phrase: _Phrase) -> Iterator[Sequence[str]]:
    """Yield the lines of *phrase* in a fence, if it is code, indented as they stand there."""
    language = _find_code(ground.document, phrase.exact)
    if language is None:
        return
    text, start = ground.document.text, phrase.span.start
    line = text.rfind("\n", 0, start) + 1
    if not text[line:start].strip():
        start = line
    code = _mark(ground, phrase, Span(start, phrase.span.end)).translate(_MARKS)
    yield _fence(code, language)


def _mark(ground: Ground, phrase: _Phrase, span: Span) -> str:
    """Return the words in *span* with marks around the exact ones, unless all of them are meant."""
    text = ground.document.text
    exact = text[slice(*phrase.exact)]
    if phrase.has_context:
        exact = f"{_OPENING}{exact}{_CLOSING}"
    words = text[span.start : phrase.exact.start] + exact + text[phrase.exact.end : span.end]
    # What turns the direction of writing is not looked at, and would be a warning.
    return BIDI_CONTROLS.sub("", words)


def _fence(code: str, language: str) -> list[str]:
    first, *rest = fence(textwrap.dedent(code)).split("\n")
    word = language if language.isidentifier() else ""
    return [f"{first}{word}", *(line.rstrip() for line in rest), ""]


def _wrap(words: str) -> list[str]:
    squeezed = _squeeze(words)
    return textwrap.wrap(squeezed, _WIDEST, break_long_words=False, break_on_hyphens=False)


def _squeeze(words: str) -> str:
    return _BLANKS.sub(" ", words).strip()


def _quoted(words: Sequence[str], where: str) -> Lines:
    """Return *words* and the line that says where as a block quotation."""
    kept = [*words, where] if where else [*words]
    while kept and not kept[-1]:
        kept.pop()
    return tuple(f"> {line}".rstrip() for line in kept)


def _is_read_as(ground: Ground, lines: Iterable[str], spans: tuple[Span, ...]) -> bool:
    """Tell whether a note with the block quotation *lines* is about *spans*, and just a note."""
    file = TextFile("", "\n".join(["## Words {#words}", "", *lines, ""]))
    read = read_annotations(file)
    targets = [target for note in read.value for target in note.targets]
    if read.diagnostics or len(targets) != 1 or read.value[0].body.elements:
        return False
    [target] = targets
    places = [locate(ground.surveyed.gazetteer, label) for label in target.locators]
    known = tuple(place.span for place in places if place is not None)
    if target.source not in ("", ground.document.id) or len(known) < len(places):
        return False
    if not target.readings:
        return False
    verdict = judge(ground.surveyed.ground, target.readings, known)
    return isinstance(verdict, Found) and verdict.spans == spans
