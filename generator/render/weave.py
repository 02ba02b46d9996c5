"""Weaving: from a text, its markup and the passages noted in it to HTML.

Elements and passages both stand off from the text, so they may cross. Elements are never cut;
the text is, wherever a passage begins or ends: into flat segments that name all their notes.
"""

from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from html import escape
from itertools import takewhile

from generator.directions import follows_sign, has_both
from generator.markup import HEADINGS, INLINES, VOIDS
from generator.model import Element, Prose
from generator.render.links import ShownLink, draw_link_start, draw_picture, draw_transclusion
from generator.render.marking import Marker
from generator.render.tables import is_wide, name_table
from generator.spans import Span
from generator.units import group_units
from generator.views.shown import Mark, RefMark, pair
from generator.words import spell_controls

# No offset of a text is as great.
_NEVER = 1 << 62
_WRITTEN = ("class", "lang", "dir", "start", "colspan", "rowspan", "scope", "datetime", "title")
# Their place's number stands inside them, for they hold words or may stand beside nothing else.
_NUMBERED_INSIDE = frozenset(
    {"p", "li", "dt", "dd", "th", "td", "caption", "figcaption", *HEADINGS}
)
# These show something else than their words, or nothing but their words.
_SHOWN = frozenset({"a", "img", "transclusion", "footnote-ref"})
_NO_REFS_INSIDE = frozenset({"a", "rt", "rp"})
_HOLDS_WORDS = INLINES | HEADINGS
_HOLDS_NO_WORDS = frozenset("table thead tbody tfoot tr ul ol dl".split())


@dataclass(frozen=True, slots=True)
class Weaving:
    """All that is woven into one text.

    *marks* and *refs* are in the order of their starts and offsets; *tokens* (coloured code) are
    disjoint and in order; *links* maps the index of an element to what it shows.
    *spell_controls* shows characters that turn the direction of writing by their numbers.
    *heading_base* is the level of the first heading; 0 makes headings paragraphs.
    *locators* maps the id of a place to what its link shows and how it is called aloud.
    *footnotes_at* is the address of the page that has the text's footnotes, "" for this one.
    """

    marks: tuple[Mark, ...] = ()
    refs: tuple[RefMark, ...] = ()
    tokens: tuple[tuple[Span, str], ...] = ()
    links: Mapping[int, ShownLink] | None = None
    heading_base: int = 2
    locators: Mapping[str, tuple[str, str]] | None = None
    spell_controls: bool = False
    footnotes_at: str = ""


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


def weave_blocks(text: str, elements: Sequence[Element], weaving: Weaving) -> str:
    """Return the units of a text as HTML, all in one string, with the ids that they have."""
    weaver = _Weaver(text, weaving)
    return "\n".join(
        weaver.run(elements[low:high], low, element.span, hoist=False)
        for kind, element, low, high in group_units(elements)
        if kind == "unit"
    )


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
        self.ranks: list[int] = []
        self.mentions: dict[str, int] = {}
        edges: set[int] = set()
        for mark in weaving.marks:
            edges.update(mark.span)
        for span, _ in weaving.tokens:
            edges.update(span)
        edges.update([ref.offset for ref in weaving.refs])
        self.edges = sorted(edges)
        self.marker = Marker(weaving.marks) if weaving.marks else None
        self.next_token = self.next_ref = 0
        self.ref_at = weaving.refs[0].offset if weaving.refs else _NEVER
        self.has_both = has_both(text)

    def weave(self, elements: Sequence[Element], index: int) -> str:
        return self.run(elements, index, elements[0].span, hoist=True)

    def run(self, elements: Sequence[Element], index: int, span: Span, *, hoist: bool) -> str:
        """Return the HTML of *elements*, which begin at *index* of all and lie within *span*.

        With *hoist* the first element's id and locator are left to the page, which puts them on
        the unit around it.
        """
        html: list[str] = []
        opened: list[tuple[Element, str]] = []
        position, end = span
        replaced: Element | None = None
        for offset, element in enumerate(elements):
            while opened and opened[-1][0].depth >= element.depth:
                position = self._close(opened, position, html)
            start = element.span.start
            if start > position:
                self._words(position, start, opened, html)
                position = start
            if replaced is not None and element.depth > replaced.depth:
                continue
            replaced = None
            own = self._tag(element, index + offset, opened, hoist=hoist and offset == 0)
            if element.tag == "table":
                own = self._let_scroll(element, elements[offset + 1 :], own)
            html.append(own[0])
            if element.tag in VOIDS:
                continue
            opened.append((element, own[1]))
            if element.tag == "a":
                link = self.links.get(index + offset)
                if link is not None and link.words:
                    html.append(escape(link.words, quote=False))
                    position = max(position, element.span.end)
                    replaced = element
        while opened:
            position = self._close(opened, position, html)
        self._words(position, end, opened, html)
        self._refs(end, opened, html)
        return "".join(html)

    def _close(self, opened: list[tuple[Element, str]], position: int, html: list[str]) -> int:
        element, tag = opened[-1]
        end = element.span.end
        if end > position:
            self._words(position, end, opened, html)
            position = end
        if self.ref_at <= position:
            self._refs(position, opened, html)
        opened.pop()
        html.append(tag)
        if self.ref_at <= position and element.tag in INLINES:
            self._refs(position, opened, html)
        return position

    def _tag(
        self, element: Element, index: int, opened: Sequence[tuple[Element, str]], *, hoist: bool
    ) -> tuple[str, str]:
        """Return the opening and the closing tag of *element*."""
        tag = element.tag
        if tag in _SHOWN:
            return self._show(element, self.links.get(index), opened)
        if tag in HEADINGS and not self.weaving.heading_base:
            return '<p class="heading">', "</p>"
        if tag in HEADINGS:
            tag = self._find_level(int(tag[1]))
        attrs = before = after = id = side = ""
        for name, value in element.attrs:
            if name == "id":
                id = id or value
            elif name == "align":
                side = side or value
            elif name in _WRITTEN and value:
                attrs += f' {name}="{escape(value)}"'
        if side:
            attrs += f' class="{escape(side)}"'
        if id and not hoist:
            attrs = f' id="{escape(id)}"{attrs}'
            before, after = self._locator(id, tag)
        if tag == "pre" and self.text.startswith("\n", element.span.start):
            # A browser drops the first line feed of a listing, so that one more is needed.
            after = "\n"
        return f"{before}<{tag}{attrs}>{after}", "" if tag in VOIDS else f"</{tag}>"

    def _show(
        self, element: Element, link: ShownLink | None, opened: Sequence[tuple[Element, str]]
    ) -> tuple[str, str]:
        """Return the tags of a link, or all that stands for a picture, passage or footnote."""
        linked = any(outer.tag == "a" for outer, _ in opened)
        match element.tag:
            case "a":
                return draw_link_start(None if linked else link)
            case "img":
                return draw_picture(element, link, inside_link=linked), ""
            case "transclusion":
                inline = any(outer.tag in _HOLDS_WORDS for outer, _ in opened)
                return draw_transclusion(link, inline=inline), ""
            case _:
                return self._mention(element, inside_link=linked), ""

    def _find_level(self, rank: int) -> str:
        """Return the tag of a heading: ranks that the text skips are not skipped on the page."""
        while self.ranks and self.ranks[-1] >= rank:
            self.ranks.pop()
        self.ranks.append(rank)
        return f"h{min(self.weaving.heading_base + len(self.ranks) - 1, 6)}"

    def _isolate(self, offset: int) -> str:
        """Return the attribute of a number at *offset*, if it would turn the sign before it."""
        return ' dir="ltr"' if self.has_both and follows_sign(self.text, offset) else ""

    def _mention(self, element: Element, *, inside_link: bool) -> str:
        """Return the mark of a footnote; the first in its page is where the footnote leads back."""
        number, apart = escape(element.get("number")), self._isolate(element.span.start)
        count, page = self.mentions.get(number, 0) + 1, self.weaving.footnotes_at
        self.mentions[number] = count
        id = f' id="fr-{number}{f".{count}" if count > 1 else ""}"' if not page else ""
        if inside_link:
            return f'<span class="fn"{id}{apart}>{number}</span>'
        href = f"{escape(page)}#f{number}"
        return f'<a class="fn"{id} href="{href}" role="doc-noteref"{apart}>{number}</a>'

    def _let_scroll(
        self, table: Element, following: Sequence[Element], tags: tuple[str, str]
    ) -> tuple[str, str]:
        """Put a table that is wider than any column into a region that scrolls and has a name."""
        inner = tuple(takewhile(lambda element: element.depth > table.depth, following))
        if not is_wide(self.text, inner):
            return tags
        _, name = self.locators.get(table.get("id"), ("", name_table(self.text, inner)))
        region = f'<div class="scroll" role="group" tabindex="0" aria-label="{escape(name)}">'
        return region + tags[0], f"{tags[1]}</div>"

    def _locator(self, id: str, tag: str) -> tuple[str, str]:
        known = self.locators.get(id)
        if known is None:
            return "", ""
        link = draw_locator(id, *known)
        return ("", link) if tag in _NUMBERED_INSIDE else (link, "")

    def _words(
        self, start: int, end: int, opened: Sequence[tuple[Element, str]], html: list[str]
    ) -> None:
        """Write text[start:end] in segments, each with the notes that cover all of it."""
        if self.ref_at <= start:
            self._refs(start, opened, html)
        low = bisect_left(self.edges, start + 1)
        high = bisect_left(self.edges, end, low) if start < end else low
        for right in (*self.edges[low:high], end):
            if start < right:
                html.append(self._segment(start, right))
            if self.ref_at <= right:
                self._refs(right, opened, html)
            start = right

    def _segment(self, start: int, end: int) -> str:
        words = escape(self.text[start:end], quote=False)
        if self.weaving.spell_controls:
            words = spell_controls(words)
        tokens = self.weaving.tokens
        if tokens:
            while self.next_token < len(tokens) and tokens[self.next_token][0].end <= start:
                self.next_token += 1
            if self.next_token < len(tokens) and tokens[self.next_token][0].start <= start:
                words = f'<span class="{tokens[self.next_token][1]}">{words}</span>'
        named = self.marker.marks_at(start) if self.marker else ()
        if not named or self._is_gap(start, end):
            return words
        numbers = " ".join(str(mark.number) for mark in named if mark.number)
        noted = f' data-notes="{numbers}"' if numbers else ""
        more = " two" if len(named) > 1 else ""
        layers = " ".join(dict.fromkeys(mark.colour for mark in named))
        kinds = "".join(dict.fromkeys(f" k-{mark.kind}" for mark in named if mark.kind))
        pairs = "".join(dict.fromkeys(f" {pair(mark.number)}" for mark in named if mark.number))
        return f'<span class="passage {layers}{kinds}{pairs}{more}"{noted}>{words}</span>'

    def _is_gap(self, start: int, end: int) -> bool:
        """Tell whether text[start:end] only parts or indents lines: no reader sees it marked."""
        words = self.text[start:end]
        return not words.strip() and "\n" in self.text[max(start - 1, 0) : end]

    def _may_hold_ref(self, innermost: Element, offset: int) -> bool:
        """Tell whether a number may stand in *innermost*, and not better behind it."""
        ends = innermost.tag in INLINES and innermost.span.end <= offset
        return not ends and innermost.tag not in _HOLDS_NO_WORDS

    def _refs(self, offset: int, opened: Sequence[tuple[Element, str]], html: list[str]) -> None:
        if self.ref_at > offset:
            return
        if opened and not self._may_hold_ref(opened[-1][0], offset):
            return
        if any(element.tag in _NO_REFS_INSIDE for element, _ in opened):
            return
        more, refs = "", self.weaving.refs
        while self.next_ref < len(refs) and refs[self.next_ref].offset <= offset:
            ref = refs[self.next_ref]
            self.next_ref += 1
            kind = f" k-{ref.kind}" if ref.kind else ""
            html.append(
                f'<a class="ref {ref.colour}{kind} {pair(ref.number)}{more}" id="{escape(ref.id)}" '
                f'href="{escape(ref.href)}" '
                f'role="doc-noteref"{self._isolate(ref.offset)} '
                f'aria-label="{escape(ref.label)}">{ref.number}</a>'
            )
            more = " next"
        self.ref_at = refs[self.next_ref].offset if self.next_ref < len(refs) else _NEVER


def draw_locator(id: str, shown: str, label: str) -> str:
    """Return the link by which a place names itself; it is never part of what is copied."""
    return (
        f'<a class="locator" href="#{escape(id)}" aria-label="{escape(label)}">{escape(shown)}</a>'
    )
