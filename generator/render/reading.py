"""A reading page's text: woven, and cut into the parts that its template lays out."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from unicodedata import bidirectional

from generator.markup import HEADINGS
from generator.model import Document, Element
from generator.render.bodies import Hand, colour_code, show_links
from generator.render.weave import Weaving, weave_pieces
from generator.site import Backlink
from generator.views.reading import ReadingView
from generator.views.shown import ShownNote

# So many characters tell in which direction a text is written.
_HEAD = 2000
# All letters that are written from the right are among these: Unicode keeps these blocks for them.
_FROM_RIGHT = re.compile(
    "[\u0590-\u08ff\u200f\ufb1d-\ufdff\ufe70-\ufeff\U00010800-\U00010fff\U0001e800-\U0001efff]"
)
_DEEPEST = 4


@dataclass(frozen=True, slots=True)
class Part:
    """A unit with its notes, or the edge of a thread, comment or footnote.

    *kind* is ``unit``, ``open`` or ``close``; *tag* the element's. *locator* is what the unit's
    link to itself shows and *aria* how it is called aloud; both are empty without a place.
    *direction* is that of a unit's writing, ``ltr`` or ``rtl``; *depth* how far a comment stands
    in, from 0 to 4. *mentioned* tells of a footnote that a mark in the text leads to it.
    """

    kind: str
    tag: str
    element: Element
    html: str = ""
    id: str = ""
    locator: str = ""
    aria: str = ""
    direction: str = ""
    depth: int = 0
    mentioned: bool = False
    notes: tuple[ShownNote, ...] = ()
    cited: tuple[Backlink, ...] = ()


def cut_parts(view: ReadingView, hand: Hand) -> Iterator[Part]:
    """Yield the parts of a reading page in order; every note with a place is in one of them."""
    document = view.document
    names = _name_locators(document, hand)
    weaving = Weaving(
        marks=view.marks,
        refs=view.refs,
        tokens=colour_code(document.text, _whole_code(document.elements), hand),
        links=show_links(view.links, document.references, document.elements, hand),
        locators=names,
    )
    cited = _spread_backlinks(view)
    direction = find_direction(document.text)
    depths = _indent_comments(document.elements)
    mentioned = {each.get("number") for each in document.elements if each.tag == "footnote-ref"}
    notes = sorted(view.notes, key=lambda note: (note.offset, note.number))
    next_note = next_link = 0
    for piece in weave_pieces(document.text, document.elements, weaving):
        element = piece.element
        id = element.get("id")
        shown, aria = names.get(id, ("", ""))
        if piece.kind != "unit":
            yield replace(
                Part(piece.kind, element.tag, element, "", id, shown, aria),
                depth=depths.get(id, 0),
                mentioned=element.get("number") in mentioned,
            )
            continue
        first, first_link = next_note, next_link
        while next_note < len(notes) and notes[next_note].offset <= element.span.end:
            next_note += 1
        while next_link < len(cited) and cited[next_link][0] <= element.span.end:
            next_link += 1
        mine = tuple(notes[first:next_note])
        links = tuple(backlink for _, backlink in cited[first_link:next_link])
        own = find_direction(document.text[slice(*element.span)], direction)
        yield Part(
            "unit", element.tag, element, piece.html, id, shown, aria, own, notes=mine, cited=links
        )


def _whole_code(elements: tuple[Element, ...]) -> tuple[Element, ...]:
    """Return the code of a text; listings that were cut up for their notes become one again."""
    code = [element for element in elements if element.tag == "pre"]
    if len(code) > 1 and elements[1].get("class") == "line":
        span = code[0].span._replace(end=code[-1].span.end)
        return (Element(span, 0, "pre", code[0].attrs),)
    return tuple(code)


def _name_locators(document: Document, hand: Hand) -> Mapping[str, tuple[str, str]]:
    names = {}
    for locator in document.locators:
        shown = label = locator.label.lstrip("pcfL")
        if locator.kind == "section":
            heading = document.text[slice(*locator.span)].lstrip().partition("\n")[0]
            shown, label = "§", heading
        names[locator.anchor] = (shown, hand.say(f"locator_{locator.kind}", label=label))
    return names


def find_direction(text: str, otherwise: str = "ltr") -> str:
    """Return the direction in which most letters at the head of *text* are written.

    *otherwise* is returned for a text without letters, or with as many of both.
    """
    head = text[:_HEAD]
    if head.isascii() or not _FROM_RIGHT.search(head):
        return "ltr" if any(bidirectional(sign) == "L" for sign in head) else otherwise
    kinds = [bidirectional(sign) for sign in head]
    left, right = kinds.count("L"), kinds.count("R") + kinds.count("AL")
    return otherwise if left == right else "rtl" if right > left else "ltr"


def _indent_comments(elements: tuple[Element, ...]) -> Mapping[str, int]:
    """Return how far each comment stands in: below one with several answers, one step further."""
    comments = [element for element in elements if element.tag == "comment"]
    parents = [comment.get("re").rstrip("?") for comment in comments]
    answers, depths = Counter(parents), {"": -1}
    for comment, parent in zip(comments, parents, strict=True):
        step = not parent or answers[parent] > 1
        depths[comment.get("id")] = min(depths.get(parent, 0) + step, _DEEPEST)
    return depths


def _spread_backlinks(view: ReadingView) -> list[tuple[int, Backlink]]:
    """Return what links to places of the text, in their order."""
    starts = {locator.label: locator.span.start for locator in view.document.locators}
    cited = [(starts[label], backlink) for label, backlink in view.cited if label in starts]
    return sorted(cited, key=lambda place: place[0])


def source_tag(part: Part) -> str:
    """Return the kind of a unit, for its class: ``heading`` or the element's own name."""
    return "heading" if part.tag in HEADINGS else part.tag
