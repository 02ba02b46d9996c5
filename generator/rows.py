"""Rows: a document as the blocks and sections of an outline, each still with its place."""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from generator.markup import HEADINGS, LEAVES
from generator.model import Document, Element, Locator
from generator.outline import OutlinedPlace, Row
from generator.spans import Span
from generator.units import SECTIONS
from generator.wording import is_run
from generator.words import count_words

_KEPT = ("announced", "label", "by", "date", "re", "number", "lang", "dir")


@dataclass(frozen=True, slots=True)
class PlacedRow:
    """A row without its words, and the span that it stands for in the text."""

    row: Row
    span: Span


def name_safely(document: Document) -> Document:
    """Return *document* with numbers for those places whose names would give its words away.

    The name of a section is its heading's words; eight of them may not be published.
    """
    names = {locator.label for locator in document.locators}
    sections = [locator for locator in document.locators if locator.kind == "section"]
    renamed: dict[str, str] = {}
    for number, locator in enumerate(sections, 1):
        if is_run(locator.label.replace("-", " ").replace("_", " ")):
            name = f"section-{number}"
            while f"#{name}" in names:
                name += "-1"
            names.add(f"#{name}")
            renamed[locator.label] = name
    if not renamed:
        return document
    anchors = {f"s-{label[1:]}": f"s-{name}" for label, name in renamed.items()}
    elements = tuple(
        replace(element, attrs=tuple(_rename(element, anchors)))
        if element.get("id") in anchors
        else element
        for element in document.elements
    )
    locators = tuple(
        replace(
            locator,
            label=f"#{renamed[locator.label]}" if locator.label in renamed else locator.label,
            anchor=anchors.get(locator.anchor, locator.anchor),
        )
        for locator in document.locators
    )
    return replace(document, elements=elements, locators=locators)


def _rename(element: Element, anchors: dict[str, str]) -> Iterator[tuple[str, str]]:
    for name, value in element.attrs:
        yield name, anchors.get(value, value) if name == "id" else value


def list_rows(document: Document) -> tuple[PlacedRow, ...]:
    """Return the rows of *document*; all that holds its words is a row, lists and the like go."""
    lines = [locator for locator in document.locators if locator.kind == "line"]
    if lines:
        return tuple(PlacedRow(Row("pre", line.anchor), line.span) for line in lines)
    rows = tuple(_list_blocks(document))
    if all(each.row.edge for each in rows):
        # A reader of somebody else's may leave its text without a block.
        return (*rows, PlacedRow(Row("p"), Span(0, len(document.text))))
    return rows


def _list_blocks(document: Document) -> Iterator[PlacedRow]:
    sections: list[Element] = []
    inside = -1
    for element in document.elements:
        while sections and sections[-1].depth >= element.depth:
            yield _edge(sections.pop(), "close")
        if inside != -1 and element.depth > inside:
            continue
        inside = -1
        if element.tag in SECTIONS:
            sections.append(element)
            yield _edge(element, "open")
        elif element.tag in LEAVES:
            inside = element.depth
            tag = element.tag if element.tag == "pre" or element.tag in HEADINGS else "p"
            yield PlacedRow(Row(tag, element.get("id"), attrs=_keep(element)), element.span)
    while sections:
        yield _edge(sections.pop(), "close")


def _edge(element: Element, edge: str) -> PlacedRow:
    if edge == "close":
        return PlacedRow(Row(element.tag, edge=edge), element.span)
    row = Row(element.tag, element.get("id"), attrs=_keep(element), edge=edge)
    return PlacedRow(row, element.span)


def _keep(element: Element) -> tuple[tuple[str, str], ...]:
    return tuple((name, value) for name, value in element.attrs if name in _KEPT)


class Blocks:
    """The blocks among rows, to be found by where they stand in the text."""

    def __init__(self, rows: Sequence[PlacedRow]) -> None:
        self.rows = rows
        self.numbers = [number for number, each in enumerate(rows) if not each.row.edge]
        self._starts = [rows[number].span.start for number in self.numbers]

    def at(self, offset: int) -> int:
        """Return the row of the block in which *offset* lies, or of the last one before it."""
        return self.numbers[max(bisect_right(self._starts, offset) - 1, 0)]

    def meeting(self, span: Span) -> range:
        """Return the rows from the block at the start of *span* to that at its end."""
        last = self.at(max(span.end - 1, span.start))
        return range(self.at(span.start), last + 1)

    def through(self, span: Span) -> Span:
        """Return the first and the last row of the place *span*, an empty block at its end too."""
        return Span(self.at(span.start), self.at(span.end))


def list_places(
    document: Document, rows: Sequence[PlacedRow], blocks: Blocks
) -> tuple[tuple[Row, ...], tuple[OutlinedPlace, ...]]:
    """Return the rows, and the locators of *document* with the rows that they name.

    The name of an element that is no row leads to its first block.
    """
    final = [each.row for each in rows]
    sections = _find_sections(rows)
    owned = {row.id: number for number, row in enumerate(final) if row.id}
    places = []
    for locator in document.locators:
        stretch = sections.get(locator.anchor) or blocks.through(locator.span)
        anchor = locator.anchor
        if anchor not in owned:
            first = stretch.start
            if not final[first].id:
                final[first] = replace(final[first], id=anchor)
                owned[anchor] = first
            anchor = final[first].id
        words = count_words(document.text[slice(*locator.span)])
        places.append(_outline_place(locator, anchor, words, stretch))
    return tuple(final), tuple(places)


def _outline_place(locator: Locator, anchor: str, words: int, rows: Span) -> OutlinedPlace:
    return OutlinedPlace(locator.label, locator.kind, anchor, words, rows)


def _find_sections(rows: Sequence[PlacedRow]) -> dict[str, Span]:
    """Return the rows at which each section that has a name begins and ends."""
    begun: list[int] = []
    found: dict[str, Span] = {}
    for number, each in enumerate(rows):
        if each.row.edge == "open":
            begun.append(number)
        elif each.row.edge == "close":
            first = begun.pop()
            if rows[first].row.id:
                found[rows[first].row.id] = Span(first, number)
    return found
