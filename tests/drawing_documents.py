"""Documents drawn as lines of text, for case files to be read and compared."""

from collections.abc import Iterator

from generator.catalogue import CODES
from generator.diagnostics import Diagnostic, Outcome
from generator.markup import CONTAINERS, INLINES, ROWS
from generator.model import Document, Element
from generator.spans import Span, TextFile

_INLINE = INLINES | {"br", "img", "footnote-ref", "transclusion"}
_EMPTY = {"br", "img", "footnote-ref", "transclusion", "hr"}
_FOR_IDS = {"id": "#", "class": "."}


def draw_reading(file: TextFile, outcome: Outcome[Document]) -> dict[str, str]:
    """Draw all that was read from *file*, by the names that case files use."""
    return {
        "document": draw_document(outcome.value),
        "locators": draw_locators(outcome.value),
        "references": draw_references(outcome.value, file),
        "problems": draw_problems(outcome.diagnostics, file),
    }


def draw_document(document: Document) -> str:
    """Draw the blocks, a line each, with their words; line feeds in these are ↵."""
    lines = []
    for index, element in enumerate(document.elements):
        if element.tag in _INLINE:
            continue
        words = ""
        if element.tag not in CONTAINERS | (ROWS - {"td", "th"}) | {"table", "hr"}:
            words = f": {draw_leaf(document, index)}"
        lines.append(f"{'  ' * element.depth}{draw_tag(element)}{words}".rstrip())
    lines += [f"announced {document.announced}"] if document.announced >= 0 else []
    return "".join(f"{line}\n" for line in lines)


def draw_locators(document: Document) -> str:
    """Draw each locator with the words of its place and, if it is another, its anchor."""
    lines = []
    for locator in document.locators:
        words = document.text[slice(*locator.span)].replace("\n", "↵")
        shown = words if len(words) <= 40 else f"{words[:20]} … {words[-18:]}"
        anchor = "" if locator.anchor == locator.label else f" at {locator.anchor}"
        lines.append(f"{locator.label} {locator.kind}{anchor}: {shown}".rstrip())
    return "".join(f"{line}\n" for line in lines)


def draw_references(document: Document, file: TextFile) -> str:
    """Draw each reference with its words and the place of its address."""
    lines = []
    for each in document.references:
        assert document.elements[each.element].tag in ("a", "img")
        lines.append(f"{each.form} {each.href} ‹{each.words}› {draw_place(each.place, file)}")
    return "".join(f"{line}\n" for line in lines)


def draw_problems(problems: tuple[Diagnostic, ...], file: TextFile) -> str:
    """Draw each problem with its place and the text there."""
    lines = []
    for each in problems:
        assert each.code in CODES
        where = draw_place(each.span, file) if each.span else "whole file"
        help = f" ({each.help})" if each.help else ""
        lines.append(f"{where} {each.code}: {each.message}{help}")
    return "".join(f"{line}\n" for line in lines)


def draw_place(span: Span, file: TextFile) -> str:
    line, column = file.line_column(span.start)
    return f"{line}:{column} `{file.text[slice(*span)]}`".replace("\n", "↵")


def draw_tag(element: Element) -> str:
    words = [element.tag]
    for name, value in element.attrs:
        shown = f'"{value}"' if " " in value and name not in _FOR_IDS else value
        words.append(f"{_FOR_IDS[name]}{value}" if name in _FOR_IDS else f"{name}={shown}")
    return " ".join(words)


def draw_leaf(document: Document, index: int) -> str:
    """Draw the words of a leaf with its inline elements as tags."""
    leaf = document.elements[index]
    edges: list[tuple[int, str]] = []
    open_ends: list[tuple[int, int, str]] = []
    for element in inside(document, index):
        while open_ends and open_ends[-1][0] >= element.depth:
            edges.append(open_ends.pop()[1:])
        edges.append((element.span.start, f"<{draw_tag(element)}>"))
        if element.tag not in _EMPTY:
            open_ends.append((element.depth, element.span.end, f"</{element.tag}>"))
    edges += [end[1:] for end in reversed(open_ends)]
    drawn, at = "", leaf.span.start
    for offset, tag in edges:
        drawn += document.text[at:offset] + tag
        at = offset
    return (drawn + document.text[at : leaf.span.end]).replace("\n", "↵")


def inside(document: Document, index: int) -> Iterator[Element]:
    """Yield the elements inside the one at *index*."""
    depth = document.elements[index].depth
    for element in document.elements[index + 1 :]:
        if element.depth <= depth:
            return
        yield element
