"""Locating: from a locator to the span that it names, and from a span to its locators."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from dataclasses import dataclass, field

from generator.markup import HEADINGS
from generator.model import Document, Locator
from generator.spans import Span
from generator.words import nearest

# These are made of other places; all other places are blocks or lines that hold words themselves.
_CONTAINERS = frozenset({"section", "comment"})
_HYPHEN = re.compile("-")
_NUMBERED = re.compile(r"([A-Za-z]\d+\.|[A-Za-z]+)(\d+)")
_KINDS = {"p": "paragraphs", "c": "comments", "f": "footnotes", "L": "lines of code"}


@dataclass(frozen=True, slots=True)
class Place:
    """What a locator names: a span, and the locators of the blocks in it, in order.

    A section or a comment is named by its own locator alone.
    """

    span: Span
    labels: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Gazetteer:
    """The places of one document, ready to be asked; *blocks* are in order of the text.

    They are the places that hold words themselves, and the headings under their sections' names.
    """

    locators: dict[str, Locator] = field(repr=False)
    blocks: tuple[tuple[Span, str], ...] = field(repr=False)
    starts: tuple[int, ...] = field(repr=False)


def make_gazetteer(document: Document) -> Gazetteer:
    """Return the places of *document*."""
    sections = {loc.span.start: loc.label for loc in document.locators if loc.kind == "section"}
    headings = (
        (element.span, sections[element.span.start])
        for element in document.elements
        if element.tag in HEADINGS and element.span.start in sections
    )
    own = ((loc.span, loc.label) for loc in document.locators if loc.kind not in _CONTAINERS)
    blocks = tuple(sorted((*headings, *own), key=lambda block: block[0]))
    return Gazetteer(
        {locator.label: locator for locator in document.locators},
        blocks,
        tuple(span.start for span, _ in blocks),
    )


def locate(gazetteer: Gazetteer, label: str) -> Place | None:
    """Return the place that *label* names: ``p3``, ``c5.2``, ``L10-L20``, ``#slug``; None if none.

    A range runs from the start of one place to the end of a later one.
    """
    one = gazetteer.locators.get(label)
    if one is not None:
        return Place(one.span, (label,))
    for first, last in _split_range(gazetteer, label):
        if first.span <= last.span:
            span = Span(first.span.start, max(first.span.end, last.span.end))
            return Place(span, _labels_between(gazetteer, first, last, span))
    return None


def labels_of(gazetteer: Gazetteer, span: Span) -> tuple[str, ...]:
    """Return the locators of the blocks that *span* meets, in order.

    For words that stand in no block of their own it is the innermost place around them.
    """
    # Blocks do not lie in each other, so of those that began earlier only the last can meet it.
    starts = gazetteer.starts
    low = bisect_right(starts, span.start)
    low = bisect_left(starts, starts[low - 1]) if low else 0
    near = gazetteer.blocks[low : bisect_right(starts, span.end)]
    labels = tuple(label for block, label in near if block.meets(span))
    if labels:
        return labels
    around = [loc for loc in gazetteer.locators.values() if loc.span.covers(span)]
    inner = min(around, key=lambda loc: (loc.span.end - loc.span.start, loc.label), default=None)
    return (inner.label,) if inner else ()


def explain_unknown(gazetteer: Gazetteer, label: str, source: str) -> tuple[str, str]:
    """Return what is wrong with an unknown *label*, and what *source* has instead."""
    for first, last in _split_range(gazetteer, label):
        return f"{label} runs backwards", f"write {last.label}-{first.label}"
    message = f"{source} has no {label}"
    numbered = _NUMBERED.match(label)
    for stem in (numbered[1], numbered[1][0]) if numbered else ():
        family = [known for known in gazetteer.locators if _stem(known) == stem]
        if family:
            return message, f"it has {_from_to(family)}"
        if stem in _KINDS:
            return message, f"it has no {_KINDS[stem]}{_offer(gazetteer)}"
    close = nearest(label, gazetteer.locators)
    if close:
        return message, f"did you mean {close}?"
    return message, f"it has no places of that kind{_offer(gazetteer)}"


def name_span(gazetteer: Gazetteer, span: Span) -> str:
    """Return the locator that an author would write for *span*; empty if nothing has a name there.

    ``p3``, ``p3-p5``, or for words that begin or end in a heading its section, if that is around
    them; else the first place alone.
    """
    labels = labels_of(gazetteer, span)
    numbered = [label for label in labels if label[0] != "#"]
    ends = [f"{numbered[0]}-{numbered[-1]}"] if len(numbered) > 1 else numbered
    for name in (*ends, *labels):
        place = locate(gazetteer, name)
        if place is not None and place.span.covers(span):
            return name
    return labels[0] if labels else ""


def _split_range(gazetteer: Gazetteer, label: str) -> Iterable[tuple[Locator, Locator]]:
    """Yield the two places of a range; a slug has hyphens too, so each hyphen is tried."""
    known = gazetteer.locators
    for hyphen in _HYPHEN.finditer(label):
        first, last = label[: hyphen.start()], label[hyphen.end() :]
        if first in known and last in known:
            yield known[first], known[last]


def _labels_between(
    gazetteer: Gazetteer, first: Locator, last: Locator, span: Span
) -> tuple[str, ...]:
    if first.kind == last.kind and first.kind in _CONTAINERS:
        alike = (loc for loc in gazetteer.locators.values() if loc.kind == first.kind)
        inside = sorted((loc.span, loc.label) for loc in alike if span.covers(loc.span))
        return tuple(label for _, label in inside)
    return tuple(label for block, label in gazetteer.blocks if span.covers(block))


def _stem(label: str) -> str:
    numbered = _NUMBERED.fullmatch(label)
    return numbered[1] if numbered else ""


def _from_to(family: list[str]) -> str:
    first, last = family[0], family[-1]
    return f"only {first}" if first == last else f"{first} to {last}"


def _offer(gazetteer: Gazetteer) -> str:
    """Return the kinds of numbered places that there are, for a message."""
    families: dict[str, list[str]] = {}
    for label in gazetteer.locators:
        if _stem(label) in _KINDS:
            families.setdefault(_stem(label), []).append(label)
    return ", but " + " and ".join(map(_from_to, families.values())) if families else ""
