"""Editions: what readers see of a source under restricted rights, made of its outline alone.

An edition's document is a document like any other, and everything after it treats it so. Its text
is the published words, with a ``…`` where others are kept back. Over each of these lies a gap: an
``a`` element of the class ``gap``, whose reference leads to the original.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple
from urllib.parse import quote

from generator.codec import fingerprint
from generator.drafting import Draft
from generator.judging import Verdict
from generator.markup import HEADINGS
from generator.model import Document, Element, Locator, Passage, Reference, Source
from generator.outline import Outline, Record, Row, Stretch
from generator.spans import NOWHERE, Span
from generator.words import count_words

GAP = "gap"
_DOTS = "…"
# Signs at the edges may be set otherwise in the original.
_EDGES = re.compile(r"^[\W_]+|[\W_]+$")


@dataclass(frozen=True, slots=True)
class Edition:
    """A source as it is published under restricted rights.

    *words* is how many the text has and *typed* how many of them the annotation files type out;
    *counts* has the words of each place, in the document's order. *found* has the passages of
    every quotation on record, by its signature, *failed* the verdict on those that were not found.
    *limit* is how many words they may type out, 0 for any number.
    *complete* tells that the text was there, so that whatever is not on record was reported.
    """

    document: Document
    words: int
    typed: int
    counts: tuple[int, ...]
    limit: int
    found: Mapping[str, tuple[Passage, ...]] = field(repr=False)
    failed: Mapping[str, Verdict] = field(repr=False, default_factory=dict)
    complete: bool = False


class _Run(NamedTuple):
    """Segments of a row that stand next to each other, all published or all kept back.

    *words* is how many a gap has. *tail* and *head* are how many words at the end and at the
    beginning of published ones occur once in the text, 0 if no number of them does.
    """

    segments: range
    text: str
    words: int = 0
    tail: int = 0
    head: int = 0

    @property
    def is_gap(self) -> bool:
        return self.text == ""


def find_limit(source: Source, words: int) -> int:
    """Return how many of its *words* may be typed out of *source*; 0: as many as you like."""
    limits = [source.max_words] if source.max_words else []
    limits += [int(source.max_share * words)] if source.max_share else []
    return max(min(limits), 1) if limits else 0


def make_edition(source: Source, outline: Outline) -> Edition:
    """Return the edition of *source* that *outline* makes."""
    id = source.id
    shown = _spread(outline, (stretch for record in outline.records for stretch in record.shown))
    runs = [_part(row, shown[number]) for number, row in enumerate(outline.rows)]
    labels = {place.anchor: place for place in reversed(outline.places)}
    writer = _Writer()
    for row, parts in zip(outline.rows, runs, strict=True):
        place = labels.get(row.id)
        kind = "picture" if place and place.kind == "picture" else ""
        writer.write(row, parts, (place.label if place else "", kind))
    document = writer.finish(id, outline, _find_ways(runs, source.url))
    found = {
        record.sign: tuple(
            Passage(id, writer.find(stretch, record), names, whole=not record.shown)
            for names, stretch in record.passages
        )
        for record in outline.records
    }
    counts = tuple(place.words for place in outline.places)
    limit = find_limit(source, outline.words)
    return Edition(document, outline.words, outline.typed, counts, limit, found)


def _spread(outline: Outline, stretches: Iterable[Stretch]) -> list[set[int]]:
    """Return for each row the segments that any of *stretches* covers."""
    shown: list[set[int]] = [set() for _ in outline.rows]
    for start, first, end, last in stretches:
        for number in range(start, end + 1):
            low = first if number == start else 0
            high = last if number == end else len(outline.rows[number].text)
            shown[number].update(range(low, high))
    return shown


def _part(row: Row, shown: set[int]) -> list[_Run]:
    """Part the segments of *row* into runs: what is published and what is kept back, in turn."""
    texts = iter(row.once)
    once = [next(texts) if isinstance(part, str) else (0, 0) for part in row.text]
    visible = _add_joints(row, shown)
    runs: list[_Run] = []
    start = 0
    for end in range(1, len(row.text) + 1):
        if end < len(row.text) and (end in visible) == (start in visible):
            continue
        parts, segments = row.text[start:end], range(start, end)
        if start in visible:
            text = "".join(str(part) for part in parts)
            runs.append(_Run(segments, text, 0, once[end - 1][0], once[start][1]))
        else:
            counts = (part if isinstance(part, int) else count_words(part) for part in parts)
            runs.append(_Run(segments, "", sum(counts)))
        start = end
    return runs


def _add_joints(row: Row, shown: set[int]) -> set[int]:
    """Return *shown* with the segments without words, mere signs, that stand between or at them."""
    visible = set(shown)
    last = len(row.text) - 1
    for number, part in enumerate(row.text):
        if number in shown or not isinstance(part, str) or count_words(part):
            continue
        before = number == 0 or number - 1 in visible
        after = number == last or number + 1 in shown
        if before and after and (number or number + 1 in shown):
            visible.add(number)
    return visible


def _find_ways(rows: Sequence[Sequence[_Run]], url: str) -> Iterator[str]:
    """Yield for each gap the address at which the original goes on, or at least begins.

    It names published words only: the last before the gap if they occur once, else the first
    after it.
    """
    runs = [run for row in rows for run in row]
    heads: list[str] = []
    head = ""
    for run in reversed(runs):
        head = head if run.is_gap else _pick(run.text.split()[: run.head], run.head)
        heads.append(head)
    tail = ""
    for run, head in zip(runs, reversed(heads), strict=True):
        if run.is_gap:
            yield _point_at(url, tail or head)
        else:
            tail = _pick(run.text.split()[-run.tail :], run.tail)


def _pick(words: Sequence[str], count: int) -> str:
    return " ".join(words) if count and len(words) == count else ""


def _point_at(url: str, words: str) -> str:
    """Return the address of *words* in the page at *url* (URL Fragment Text Directives)."""
    if not url or not words or ":~:" in url:
        return url
    # A hyphen and a comma have a meaning in a directive.
    spelt = quote(_EDGES.sub("", words), safe="").replace("-", "%2D")
    return f"{url}{'' if '#' in url else '#'}:~:text={spelt}"


class _Writer:
    """Writes an edition's text, row by row, and knows where each segment has come to stand."""

    def __init__(self) -> None:
        self.draft = Draft()
        self.count = 0
        self.open: list[int] = []
        self.gaps: list[int] = []
        self.rows: list[int] = []
        self.segments: list[dict[int, Span]] = []
        self.elements: tuple[Element, ...] = ()

    def write(self, row: Row, runs: Sequence[_Run], place: tuple[str, str]) -> None:
        """Write a row; *place* is how it is cited and what it is, if it is no words."""
        self.segments.append({})
        if row.edge == "close":
            self.rows.append(self.open.pop())
            self.draft.close()
            return
        self.rows.append(self.count)
        attrs = ((("id", row.id),) if row.id else ()) + row.attrs
        self.count += 1
        if row.edge == "open":
            self.open.append(self.rows[-1])
            self.draft.open_container(row.tag, attrs)
            return
        has_gap = any(run.is_gap for run in runs)
        # A heading of dots is no help to those who go from heading to heading.
        tag = "p" if has_gap and row.tag in HEADINGS else row.tag
        self.draft.open_leaf(tag, attrs)
        for number, run in enumerate(runs):
            if number:
                self.draft.write(" ")
            if run.is_gap:
                self._write_gap(run, place if len(runs) == 1 else ("", ""))
            else:
                self._write_words(row, run)
        self.draft.close()

    def _write_gap(self, run: _Run, place: tuple[str, str]) -> None:
        label, kind = place
        attrs = [("class", GAP), ("value", str(run.words))]
        attrs += [("label", label)] if label else []
        attrs += [("title", kind)] if kind else []
        self.gaps.append(self.count)
        self.count += 1
        self.draft.open_inline("a", tuple(attrs))
        self.draft.write(_DOTS)
        self.draft.close()

    def _write_words(self, row: Row, run: _Run) -> None:
        for number in run.segments:
            start = self.draft.size
            text = str(row.text[number])
            lines = [text] if row.tag == "pre" else text.split("\n")
            for at, line in enumerate(lines):
                if at:
                    self.count += 1
                    self.draft.put_inline("br")
                    self.draft.write("\n")
                self.draft.write(line)
            self.segments[-1][number] = Span(start, self.draft.size)

    def finish(self, id: str, outline: Outline, ways: Iterable[str]) -> Document:
        """Return all that was written as a document, each gap with its way to the original."""
        self.elements = tuple(Element(*row) for row in self.draft.rows())
        references = tuple(
            Reference(GAP, "", way, "", index, self.elements[index].span, NOWHERE)
            for index, way in zip(self.gaps, ways, strict=True)
        )
        locators = tuple(
            Locator(each.label, each.kind, self._span_of(each.rows), each.anchor)
            for each in outline.places
        )
        text = self.draft.text()
        return Document(
            id,
            fingerprint((text, self.elements, locators, references)),
            text,
            self.elements,
            locators,
            references,
            outline.announced,
            outline.language,
        )

    def _span_of(self, rows: Span) -> Span:
        first, last = (self.elements[self.rows[number]] for number in rows)
        return Span(first.span.start, last.span.end)

    def find(self, stretch: Stretch, record: Record) -> Span:
        """Return where the words of *stretch* stand; if *record* publishes none, all its rows."""
        if not record.shown:
            return self._span_of(Span(stretch.start, stretch.end))
        spans = [
            span
            for number in range(stretch.start, stretch.end + 1)
            for segment, span in self.segments[number].items()
            if (number, segment) >= (stretch.start, stretch.first)
            and (number, segment) < (stretch.end, stretch.last)
        ]
        return Span(spans[0].start, spans[-1].end)
