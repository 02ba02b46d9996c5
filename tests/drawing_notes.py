"""Notes and prose drawn as lines of text, for case files to be read and compared."""

from collections.abc import Iterable, Iterator

from generator.catalogue import CODES
from generator.diagnostics import Diagnostic, Outcome
from generator.markup import VOIDS
from generator.model import (
    Annotation,
    Element,
    Named,
    Prose,
    RangeSelector,
    Selector,
    Statement,
    Target,
    TextQuoteSelector,
)
from generator.spans import Span, TextFile


def draw_annotations(file: TextFile, outcome: Outcome[tuple[Annotation, ...]]) -> str:
    """Draw everything that was read from *file*, with places as line and column."""
    lines = [line for note in outcome.value for line in draw_note(file, note)]
    lines += [line for problem in outcome.diagnostics for line in draw_problem(file, problem)]
    return "".join(f"{line}\n" for line in lines)


def draw_note(file: TextFile, note: Annotation) -> Iterator[str]:
    """Draw a note: its facts, then its targets, then its body and links."""
    yield f"{note.id}: {note.motivation} at {draw_place(file, note.place)}"
    for name in ("source", "by", "date", "re", "lang"):
        if value := getattr(note, name):
            yield f"  {name} {value}"
    if note.tags:
        yield f"  tags {' | '.join(note.tags)}"
    for name, span in note.places:
        yield f"  {name} at {draw_place(file, span)}"
    if note.draft:
        yield "  draft"
    yield f"  gist {draw_prose(note.gist)}".rstrip()
    yield from draw_links(file, note.gist)
    for target in note.targets:
        yield from draw_target(file, target)
    if note.body.text or note.body.elements:
        yield f"  body {draw_prose(note.body)}"
        yield from draw_links(file, note.body)
    for statement in note.statements:
        yield from draw_statement(file, statement)


def draw_statement(file: TextFile, statement: Statement) -> Iterator[str]:
    """Draw a row of a table: who holds what, then what else it says, then its quotation."""
    faulty = "" if statement.sound else " (not sound)"
    who, voices = draw_named(file, statement.who), draw_named(file, statement.said_by)
    issue = draw_named(file, (statement.issue,))
    yield f"  {who} {statement.stance}: {issue}, at {draw_place(file, statement.place)}{faulty}"
    yield f"    {statement.basis}, {statement.sure}" + (f", said by {voices}" if voices else "")
    for name in ("condition", "reason", "date", "quoted"):
        if value := getattr(statement, name):
            yield f"    {name} {value}"
    for reading in statement.quote:
        yield "    " + "  &  ".join(draw_selector(file, selector) for selector in reading)


def draw_named(file: TextFile, names: Iterable[Named]) -> str:
    """Draw ids with their places."""
    return " + ".join(f"{each.id} {draw_place(file, each.place)}" for each in names)


def draw_target(file: TextFile, target: Target) -> Iterator[str]:
    """Draw a target: whence, where, and each reading on a line of its own."""
    names = " ".join([target.source or "(no source)", *target.locators])
    yield f"  target {names} at {draw_place(file, target.place)}"
    if target.where != target.place:
        yield f"    where {draw_place(file, target.where)}"
    for reading in target.readings:
        yield "    " + "  &  ".join(draw_selector(file, selector) for selector in reading)


def draw_selector(file: TextFile, selector: Selector) -> str:
    """Draw the context and the ‹exact words›, and where these stand."""
    match selector:
        case TextQuoteSelector(exact, prefix, suffix, place):
            return f"{_flat(prefix)}‹{_flat(exact)}›{_flat(suffix)} {draw_place(file, place)}"
        case RangeSelector(start, end):
            return f"{draw_selector(file, start)} … {draw_selector(file, end)}"


def draw_prose(prose: Prose) -> str:
    """Draw the text with its elements as tags around their words."""
    drawn: list[str] = []
    opened: list[Element] = []
    at = 0

    def close(depth: int) -> None:
        nonlocal at
        while opened and opened[-1].depth >= depth:
            element = opened.pop()
            drawn.append(prose.text[at : element.span.end] + f"</{element.tag}>")
            at = element.span.end

    for element in prose.elements:
        close(element.depth)
        drawn.append(prose.text[at : element.span.start])
        at = element.span.start
        attrs = "".join(f" {name}={value}" for name, value in element.attrs)
        if element.tag in VOIDS:
            drawn.append(f"<{element.tag}{attrs}/>")
        else:
            drawn.append(f"<{element.tag}{attrs}>")
            opened.append(element)
    close(0)
    return _flat("".join([*drawn, prose.text[at:]]))


def draw_links(file: TextFile, prose: Prose) -> Iterator[str]:
    """Draw each link: its form, its kind, what it leads to, its words and its sentence."""
    for link in prose.references:
        form = f"{link.form} {link.kind}".strip()
        sentence = _flat(prose.text[link.sentence.start : link.sentence.end])
        place = draw_place(file, link.place)
        yield f"  {form} {link.href} “{_flat(link.words)}” at {place} in “{sentence}”"


def draw_problem(file: TextFile, problem: Diagnostic) -> Iterator[str]:
    """Draw a problem with the words that it underlines."""
    place = draw_place(file, problem.span) if problem.span else "whole file"
    words = file.text[slice(*problem.span)] if problem.span else ""
    yield f"{place} {CODES[problem.code].severity}[{problem.code}]: {problem.message}"
    yield f"  ^ {_flat(words)}"
    yield f"  = {problem.help}"


def draw_place(file: TextFile, span: Span) -> str:
    """Draw a span as ``line:column-column``, or with two lines."""
    line, column = file.line_column(span.start)
    last, end = file.line_column(span.end)
    return f"{line}:{column}-{end}" if line == last else f"{line}:{column}-{last}:{end}"


def _flat(text: str) -> str:
    return text.replace("\n", "↵")
