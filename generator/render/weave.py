"""Weaving: from a text, its markup and the passages noted in it to HTML.

Elements and passages both stand off from the text, so they may cross. Elements are never cut;
the text is, wherever a passage begins or ends: into flat segments that name all their notes.
"""

from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from html import escape

from generator.markup import HEADINGS, VOIDS
from generator.model import Element, Prose
from generator.render.links import ShownLink, draw_link_start, draw_picture, draw_transclusion
from generator.spans import Span
from generator.units import group_units
from generator.views.shown import Mark, RefMark
from generator.words import spell_controls

# A segment names at most so many notes, the ones that began last: without a bound the page of
# n notes over the same words would grow with the square of n.
MOST_NAMED = 40

_WRITTEN = ("class", "lang", "dir", "start", "align", "colspan", "rowspan", "scope", "datetime", "title")
_NO_REFS_INSIDE = frozenset({"a", "rt", "rp"})


@dataclass(frozen=True, slots=True)
class Weaving:
    """All that is woven into one text.

    *marks* and *refs* are in the order of their starts and offsets; *tokens* (coloured code) are
    disjoint and in order; *links* maps the index of an element to what it shows.
    *spell_controls* shows characters that turn the direction of writing by their numbers.
    *heading_base* is the level of the first heading; 0 makes headings paragraphs.
    *locators* maps the id of a place to what its link shows and how it is called aloud.
    """

    marks: tuple[Mark, ...] = ()
    refs: tuple[RefMark, ...] = ()
    tokens: tuple[tuple[Span, str], ...] = ()
    links: Mapping[int, ShownLink] | None = None
    heading_base: int = 2
    locators: Mapping[str, tuple[str, str]] | None = None
    spell_controls: bool = False


@dataclass(frozen=True, slots=True)
class Piece:
    """One stretch of a woven text: a unit of reading, or the edge of a section around units.

    *kind* is ``unit``, ``open`` or ``close``; only a unit has *html*. Its own id and locator are
    left to the page, which puts them on what it draws around the unit.
    """

    kind: str
    element: Element
    html: str = ""


def weave_pieces(text: str, elements: Sequence[Element], weaving: Weaving) -> Iterator[Piece]:
    """Yield the units of a text in order, and the edges of its threads, comments and footnotes.

    Without their tags, the pieces hold every character of *text* once and in order, but for the
    line feeds between units.
    """
    weaver = _Weaver(text, weaving)
    for kind, element, low, high in group_units(elements):
        html = weaver.weave(elements[low:high], low) if kind == "unit" else ""
        yield Piece(kind, element, html)


def weave_prose(prose: Prose, weaving: Weaving) -> str:
    """Return *prose* as HTML, all of it in one string."""
    pieces = weave_pieces(prose.text, prose.elements, weaving)
    html = "\n".join(piece.html for piece in pieces if piece.kind == "unit")
    return html if prose.elements else escape(prose.text, quote=False)


def weave_inline(prose: Prose, weaving: Weaving) -> str:
    """Return a line of prose, a gist for instance, without the paragraph around it."""
    inner = [e for e in prose.elements if e.tag not in ("p", *HEADINGS)]
    shift = len(prose.elements) - len(inner)
    links = {index - shift: link for index, link in (weaving.links or {}).items()}
    weaver = _Weaver(prose.text, replace(weaving, links=links))
    return weaver.run(inner, 0, Span(0, len(prose.text)), hoist=False)


class _Weaver:
    """One pass over one text; what it remembers moves only forward."""

    def __init__(self, text: str, weaving: Weaving) -> None:
        self.text = text
        self.weaving = weaving
        self.links = weaving.links or {}
        self.locators = weaving.locators or {}
        self.heading = weaving.heading_base - 1
        edges = {mark.span.start for mark in weaving.marks} | {mark.span.end for mark in weaving.marks}
        for span, _ in weaving.tokens:
            edges.update(span)
        edges.update(ref.offset for ref in weaving.refs)
        self.edges = sorted(edges)
        self.active: list[Mark] = []
        self.next_mark = self.next_token = self.next_ref = 0

    def weave(self, elements: Sequence[Element], index: int) -> str:
        return self.run(elements, index, elements[0].span, hoist=True)

    def run(self, elements: Sequence[Element], index: int, span: Span, *, hoist: bool) -> str:
        """Return the HTML of *elements*, which begin at *index* of all and lie within *span*.

        With *hoist* the first element's id and locator are left to the page, which puts them on
        the unit around it.
        """
        html: list[str] = []
        opened: list[tuple[Element, str]] = []
        position = span.start
        replaced: Element | None = None
        for offset, element in enumerate(elements):
            while opened and opened[-1][0].depth >= element.depth:
                position = self._close(opened, position, html)
            if element.span.start > position:
                self._words(position, element.span.start, opened, html)
                position = element.span.start
            if replaced is not None and element.depth > replaced.depth:
                continue
            replaced = None
            own = self._tag(element, index + offset, opened, hoist=hoist and offset == 0)
            html.append(own[0])
            if element.tag in VOIDS:
                continue
            opened.append((element, own[1]))
            link = self.links.get(index + offset)
            if element.tag == "a" and link is not None and link.words:
                html.append(escape(link.words, quote=False))
                position = max(position, element.span.end)
                replaced = element
        while opened:
            position = self._close(opened, position, html)
        self._words(position, span.end, opened, html)
        return "".join(html)

    def _close(self, opened: list[tuple[Element, str]], position: int, html: list[str]) -> int:
        element, tag = opened[-1]
        if element.span.end > position:
            self._words(position, element.span.end, opened, html)
            position = element.span.end
        opened.pop()
        html.append(tag)
        if element.tag in _NO_REFS_INSIDE:
            self._refs(position, opened, html)
        return position

    def _tag(
        self, element: Element, index: int, opened: Sequence[tuple[Element, str]], *, hoist: bool
    ) -> tuple[str, str]:
        """Return the opening and the closing tag of *element*."""
        tag, link = element.tag, self.links.get(index)
        if tag == "a":
            inside = any(outer.tag == "a" for outer, _ in opened)
            return draw_link_start(link if not inside else None)
        if tag == "img":
            return draw_picture(element, link), ""
        if tag == "transclusion":
            return draw_transclusion(link), ""
        if tag == "footnote-ref":
            number = escape(element.get("number"))
            return (
                f'<a class="fn" id="fr-{number}" href="#f{number}" role="doc-noteref">{number}</a>',
                "",
            )
        if tag in HEADINGS and not self.weaving.heading_base:
            return '<p class="heading">', "</p>"
        if tag in HEADINGS:
            # Levels never jump, whatever the text does: a screen reader walks them as a tree.
            wanted = self.weaving.heading_base + int(tag[1]) - 1
            self.heading = min(wanted, self.heading + 1, 6)
            tag = f"h{max(self.heading, self.weaving.heading_base)}"
        attrs = "".join(
            f' {name}="{escape(value)}"' for name, value in element.attrs if name in _WRITTEN and value
        )
        id = element.get("id")
        before, after = "", ""
        if id and not hoist:
            attrs = f' id="{escape(id)}"{attrs}'
            before, after = self._locator(id, tag)
        if tag == "table":
            named = self.locators.get(id)
            label = f' role="group" aria-label="{escape(named[1])}"' if named else ""
            return f'{before}<div class="scroll"{label}><table{attrs}>', "</table></div>"
        if tag == "pre" and self.text.startswith("\n", element.span.start):
            # A browser drops the first line feed of a listing, so that one more is needed.
            after = "\n"
        return f"{before}<{tag}{attrs}>{after}", "" if tag in VOIDS else f"</{tag}>"

    def _locator(self, id: str, tag: str) -> tuple[str, str]:
        known = self.locators.get(id)
        if known is None:
            return "", ""
        link = draw_locator(id, *known)
        return ("", link) if tag == "p" or tag in HEADINGS else (link, "")

    def _words(
        self, start: int, end: int, opened: Sequence[tuple[Element, str]], html: list[str]
    ) -> None:
        """Write text[start:end] in segments, each with the notes that cover all of it."""
        self._refs(start, opened, html)
        low = bisect_left(self.edges, start + 1)
        high = bisect_left(self.edges, end)
        points = [start, *self.edges[low:high], end]
        for left, right in zip(points, points[1:]):
            if left < right:
                html.append(self._segment(left, right))
            self._refs(right, opened, html)

    def _segment(self, start: int, end: int) -> str:
        marks = self.weaving.marks
        while self.next_mark < len(marks) and marks[self.next_mark].span.start <= start:
            self.active.append(marks[self.next_mark])
            self.next_mark += 1
        self.active = [mark for mark in self.active if mark.span.end > start]
        words = escape(self.text[start:end], quote=False)
        if self.weaving.spell_controls:
            words = spell_controls(words)
        tokens = self.weaving.tokens
        while self.next_token < len(tokens) and tokens[self.next_token][0].end <= start:
            self.next_token += 1
        if self.next_token < len(tokens) and tokens[self.next_token][0].start <= start:
            words = f'<span class="{tokens[self.next_token][1]}">{words}</span>'
        if not self.active or self._is_gap(start, end):
            return words
        named = " ".join(str(mark.number) for mark in self.active[-MOST_NAMED:])
        more = " two" if len(self.active) > 1 else ""
        colour = self.active[-1].colour
        return f'<span class="passage {colour}{more}" data-notes="{named}">{words}</span>'

    def _is_gap(self, start: int, end: int) -> bool:
        """Tell whether text[start:end] only parts or indents lines: no reader sees it marked."""
        words = self.text[start:end]
        return not words.strip() and "\n" in self.text[max(start - 1, 0) : end]

    def _refs(self, offset: int, opened: Sequence[tuple[Element, str]], html: list[str]) -> None:
        refs = self.weaving.refs
        if self.next_ref >= len(refs) or refs[self.next_ref].offset > offset:
            return
        if any(element.tag in _NO_REFS_INSIDE for element, _ in opened):
            return
        more = ""
        while self.next_ref < len(refs) and refs[self.next_ref].offset <= offset:
            ref = refs[self.next_ref]
            self.next_ref += 1
            html.append(
                f'<a class="ref {ref.colour}{more}" id="{escape(ref.id)}" href="{escape(ref.href)}" '
                f'role="doc-noteref" aria-label="{escape(ref.label)}">{ref.number}</a>'
            )
            more = " next"


def draw_locator(id: str, shown: str, label: str) -> str:
    """Return the link by which a place names itself; it is never part of what is copied."""
    return (
        f'<a class="locator" href="#{escape(id)}" aria-label="{escape(label)}">{escape(shown)}</a>'
    )
