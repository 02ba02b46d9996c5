"""A reading page's text: woven, and cut into the parts that its template lays out."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from generator.directions import find_direction, find_own
from generator.editions import GAP
from generator.markup import HEADINGS
from generator.model import Document, Element
from generator.render.bodies import Hand, colour_code, show_links
from generator.render.gaps import draw_gap, name_blocks, say_gap
from generator.render.links import ShownLink
from generator.render.weave import Weaving, weave_pieces
from generator.site import Backlink
from generator.views.reading import ReadingView
from generator.views.shown import ShownNote

_DEEPEST = 4
# Letters that have room beside a block besides its own, that a note's number and name take, and
# that one statement takes.
_AROUND, _HEAD, _STATED = 150, 45, 60
_CROWDED = 1.5


@dataclass(frozen=True, slots=True)
class Part:
    """A unit with its notes, or the edge of a thread, comment or footnote.

    *kind* is ``unit``, ``open`` or ``close``; *tag* the element's. *locator* is what the unit's
    link to itself shows and *aria* how it is called aloud; both are empty without a place.
    *direction* is that of a unit's writing, ``ltr`` or ``rtl``; *depth* how far a comment stands
    in, from 0 to 4. *mentioned* tells of a footnote that a mark in the text leads to it. Blocks of
    which nothing is shown are one unit, and *also* are the ids of the others; the notes *standing*
    describe what is not shown, and stand in its place.
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
    also: tuple[str, ...] = ()
    standing: tuple[ShownNote, ...] = ()

    @property
    def room(self) -> int:
        """Return how many letters of each note's body a margin of paper has room for.

        It holds about as much as the words beside it: so each note has its share.
        """
        return self._holds // max(len(self.notes), 1)

    @property
    def crowded(self) -> bool:
        """Tell whether the gists alone need half as much room again as the margin of paper has.

        Then the notes stand below the words there. A heading stands by what it heads.
        """
        if not self.notes or self.element.tag in HEADINGS:
            return False
        letters = sum(len(note.gist.prose.text) for note in self.notes)
        stated = sum(len(note.stated) for note in self.notes)
        return letters + _STATED * stated + _HEAD * len(self.notes) > _CROWDED * self._holds

    @property
    def _holds(self) -> int:
        return self.element.span.end - self.element.span.start + _AROUND


def cut_parts(view: ReadingView, hand: Hand) -> Iterator[Part]:
    """Yield the parts of a reading page in order; every note with a place is in one of them."""
    links = show_links(view.links, view.document.references, view.document.elements, hand)
    parts = _cut(view, links, hand)
    return _join_gaps(parts, _find_gaps(view, links), hand) if view.restricted else parts


def _cut(view: ReadingView, links: Mapping[int, ShownLink], hand: Hand) -> Iterator[Part]:
    document = view.document
    names = _name_locators(document, hand)
    weaving = Weaving(
        marks=view.marks,
        refs=view.refs,
        tokens=colour_code(document.text, _whole_code(document.elements), hand),
        links=links,
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
        lead_here = tuple(backlink for _, backlink in cited[first_link:next_link])
        own = find_own(document.text[slice(*element.span)], direction)
        yield Part(
            "unit",
            element.tag,
            element,
            piece.html,
            id,
            shown,
            aria,
            own,
            notes=tuple(note for note in mine if note.covers < 0),
            cited=lead_here,
            standing=tuple(note for note in mine if note.covers >= 0),
        )


class _Gap(NamedTuple):
    """A block of which nothing is shown: how it is cited, how many words it has, what is shown."""

    label: str
    words: int
    shown: ShownLink


def _find_gaps(view: ReadingView, links: Mapping[int, ShownLink]) -> Mapping[int, _Gap]:
    """Return the blocks of which nothing is shown, by where they begin."""
    found = {}
    for reference in view.document.references:
        element = view.document.elements[reference.element]
        if reference.form == GAP and element.get("label"):
            shown = links[reference.element]
            words = int(element.get("value"))
            found[element.span.start] = _Gap(element.get("label"), words, shown)
    return found


def _join_gaps(parts: Iterable[Part], gaps: Mapping[int, _Gap], hand: Hand) -> Iterator[Part]:
    """Yield *parts* with blocks in a row of which nothing is shown, and nothing said, as one.

    What a note describes in their place is one too, and ends where that does.
    """
    run: list[tuple[Part, _Gap]] = []
    end = -1
    for part in parts:
        gap = gaps.get(part.element.span.start) if part.kind == "unit" else None
        bare = gap and not (part.notes or part.standing or part.cited)
        if run and not (bare and (end < 0 or part.element.span.end <= end)):
            yield _join(run, hand)
            run = []
        if gap is None or part.notes or part.cited:
            yield part
        else:
            if not run:
                end = max((note.covers for note in part.standing), default=-1)
            run.append((part, gap))
    if run:
        yield _join(run, hand)


def _join(run: Sequence[tuple[Part, _Gap]], hand: Hand) -> Part:
    """Return the first part of *run* with a gap for all of them."""
    first, gap = run[0]
    if len(run) == 1:
        return first
    place = name_blocks([each.label for _, each in run])
    count = sum(each.words for _, each in run)
    words = say_gap(place, count, hand.say, leads=bool(gap.shown.href))
    html = first.html.replace(draw_gap(gap.shown), draw_gap(replace(gap.shown, words=words)), 1)
    return replace(first, html=html, also=tuple(part.id for part, _ in run[1:] if part.id))


def _whole_code(elements: tuple[Element, ...]) -> tuple[Element, ...]:
    """Return the code of a text; listings that were cut up for their notes become one again."""
    code = [element for element in elements if element.tag == "pre"]
    if len(code) > 1 and elements[1].get("class") == "line":
        span = code[0].span._replace(end=code[-1].span.end)
        return (Element(span, 0, "pre", code[0].attrs),)
    return tuple(code)


def _name_locators(document: Document, hand: Hand) -> Mapping[str, tuple[str, str]]:
    names = {}
    hidden = {ref.sentence.start for ref in document.references if ref.form == GAP}
    for locator in document.locators:
        shown = label = locator.label.lstrip("pcfL")
        if locator.kind == "section":
            heading = document.text[slice(*locator.span)].lstrip().partition("\n")[0]
            start = locator.span.start
            is_shown = not hidden or hidden.isdisjoint(range(start, start + len(heading)))
            shown, label = "§", heading if is_shown else locator.label
        names[locator.anchor] = (shown, hand.say(f"locator_{locator.kind}", label=label))
    return names


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
