"""Bodies: our own prose and cut-out passages as HTML, with every link relative to its page."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from html import escape

from generator.addresses import relative
from generator.interface import Strings
from generator.model import Element, Excerpt, Prose, Reference
from generator.render.highlight import Highlighter
from generator.render.links import ShownLink
from generator.render.weave import Weaving, weave_inline, weave_pieces
from generator.site import Link, Linked
from generator.spans import Span
from generator.views.shown import Mark, ShownPlace


@dataclass(frozen=True, slots=True)
class Hand:
    """What rendering needs besides a view: the page's address, the interface's words, a colourer.

    *slow* collects the code whose colouring had to be stopped.
    """

    url: str
    say: Strings
    colourer: Highlighter
    slow: list[str]


def colour_code(
    text: str, elements: Sequence[Element], hand: Hand
) -> tuple[tuple[Span, str], ...]:
    """Return the coloured stretches of the code in *text*, in order."""
    tokens: list[tuple[Span, str]] = []
    for element in elements:
        language = element.get("language")
        if element.tag != "pre" or not language:
            continue
        start, end = element.span
        coloured = hand.colourer.highlight(text[start:end], language)
        if coloured.stopped:
            hand.slow.append(text[start:end])
        tokens += ((Span(start + a, start + b), name) for (a, b), name in coloured.spans)
    return tuple(tokens)


def show_links(
    links: Sequence[Link], references: Sequence[Reference], elements: Sequence[Element], hand: Hand
) -> dict[int, ShownLink]:
    """Return what each link shows on the page, by the index of its element."""
    shown = {}
    for reference, link in zip(references, links, strict=True):
        element = elements[reference.element]
        if reference.form == "transclusion":
            shown[reference.element] = ShownLink(html=_draw_passage(link, hand))
        elif element.tag == "img":
            shown[reference.element] = _show_picture(link, element, hand)
        else:
            words = "" if reference.words or not link.url else link.title
            href = link.url if link.external or not link.url else relative(link.url, hand.url)
            shown[reference.element] = ShownLink(href, words, reference.kind, link.external)
    return shown


def _show_picture(link: Link, element: Element, hand: Hand) -> ShownLink:
    name = element.get("alt") or link.url.rsplit("/", 1)[-1]
    if not link.url:
        return ShownLink(words=hand.say("picture_missing", name=name or element.get("src")))
    if link.external:
        return ShownLink(link.url, hand.say("picture_elsewhere", name=name), external=True)
    return ShownLink(relative(link.url, hand.url))


def _draw_passage(link: Link, hand: Hand) -> str:
    if link.passage is None:
        return ""
    words = "\n".join(_weave_excerpt(excerpt, (), hand) for excerpt in link.excerpts)
    title = escape(f"{link.title}, {'–'.join(link.passage.labels)}")
    href = escape(relative(link.url, hand.url))
    return (
        f'<blockquote class="transclusion theirs">{words}'
        f'<footer>{escape(hand.say("transcluded"))} <a href="{href}">{title}</a></footer></blockquote>'
    )


def draw_body(linked: Linked, hand: Hand, base: int = 0) -> str:
    """Return *linked* as blocks; headings begin at the level *base*, 0 makes them paragraphs."""
    prose = linked.prose
    links = show_links(linked.links, prose.references, prose.elements, hand)
    elements = _lift_transclusions(prose)
    tokens = colour_code(prose.text, elements, hand)
    weaving = Weaving(links=links, tokens=tokens, heading_base=base, spell_controls=True)
    pieces = weave_pieces(prose.text, elements, weaving)
    return "\n".join(piece.html for piece in pieces if piece.kind == "unit")


def draw_line(linked: Linked, hand: Hand) -> str:
    """Return a line of ours, such as a gist, without a block around it."""
    prose = linked.prose
    links = show_links(linked.links, prose.references, prose.elements, hand)
    return weave_inline(prose, Weaving(links=links, spell_controls=True))


def draw_place(place: ShownPlace, hand: Hand) -> str:
    """Return a passage in its context, the words that are meant marked."""
    return "\n".join(_weave_excerpt(excerpt, place.marks, hand) for excerpt in place.excerpts)


def _weave_excerpt(excerpt: Excerpt, marks: Sequence[Mark], hand: Hand) -> str:
    window = Span(excerpt.start, excerpt.start + len(excerpt.text))
    shifted = tuple(
        replace(
            mark,
            span=Span(
                max(mark.span.start, window.start) - window.start,
                min(mark.span.end, window.end) - window.start,
            ),
        )
        for mark in marks
        if mark.span.meets(window)
    )
    tokens = colour_code(excerpt.text, excerpt.elements, hand)
    weaving = Weaving(marks=shifted, tokens=tokens, heading_base=0)
    pieces = weave_pieces(excerpt.text, excerpt.elements, weaving)
    html = "\n".join(piece.html for piece in pieces if piece.kind == "unit")
    return html + ('\n<p class="cut">…</p>' if excerpt.cut else "")


def _lift_transclusions(prose: Prose) -> tuple[Element, ...]:
    """Turn every paragraph that shows a passage into a plain block; indices stay as they are.

    A passage is made of blocks, and blocks do not stand in paragraphs.
    """
    elements = list(prose.elements)
    for index, element in enumerate(elements):
        if element.tag != "transclusion":
            continue
        for around in range(index - 1, -1, -1):
            if elements[around].tag == "p" and elements[around].depth < element.depth:
                elements[around] = replace(elements[around], tag="div")
                break
    return tuple(elements)
