"""Bodies: our own prose and cut-out passages as HTML, with every link relative to its page."""

from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from html import escape

from generator.addresses import relative
from generator.editions import GAP
from generator.interface import Strings
from generator.model import Element, Prose, Reference
from generator.render.gaps import show_gap
from generator.render.highlight import Highlighter
from generator.render.links import ShownLink
from generator.render.weave import Weaving, weave_blocks, weave_inline
from generator.site import Excerpt, Link, Linked
from generator.spans import Span
from generator.views.shown import Mark, ShownPlace
from generator.words import spell_controls


@dataclass(frozen=True, slots=True)
class Hand:
    """What rendering needs besides a view: the page's address, the interface's words, a colourer.

    *slow* collects the code whose colouring had to be stopped.
    """

    url: str
    say: Strings
    colourer: Highlighter
    slow: list[str]


Tokens = tuple[tuple[Span, str], ...]


def colour_code(text: str, elements: Sequence[Element], hand: Hand) -> Tokens:
    """Return the coloured stretches of the code in *text*, in order."""
    tokens: list[tuple[Span, str]] = []
    for element in elements:
        if element.tag == "pre" and element.get("language"):
            start, end = element.span
            coloured = _colour(text[start:end], element.get("language"), hand)
            tokens += ((Span(start + a, start + b), name) for (a, b), name in coloured)
    return tuple(tokens)


def _colour(code: str, language: str, hand: Hand) -> Tokens:
    coloured = hand.colourer.highlight(code, language)
    if coloured.stopped:
        hand.slow.append(code)
    return coloured.spans


def _colour_excerpt(excerpt: Excerpt, hand: Hand) -> Tokens:
    """Return the coloured stretches of *excerpt*; of code that was cut, as in the whole of it."""
    tokens: list[tuple[Span, str]] = []
    for element in excerpt.elements:
        language = element.get("language")
        if element.tag != "pre" or not language:
            continue
        place = Span(excerpt.start + element.span.start, excerpt.start + element.span.end)
        own = (place.start, excerpt.text[slice(*element.span)])
        start, code = next((cut for cut in excerpt.listings if _holds(cut, place)), own)
        shift = start - excerpt.start
        tokens += _clip(_colour(code, language, hand), shift, element.span)
    return tuple(tokens)


def _holds(listing: tuple[int, str], place: Span) -> bool:
    return Span(listing[0], listing[0] + len(listing[1])).covers(place)


def _clip(tokens: Tokens, shift: int, window: Span) -> Iterator[tuple[Span, str]]:
    """Yield *tokens* moved by *shift*, as far as they are in *window*."""
    first = bisect_right(tokens, window.start - shift, key=lambda token: token[0].end)
    for at in range(first, len(tokens)):
        (start, end), name = tokens[at]
        if start + shift >= window.end:
            break
        yield Span(max(start + shift, window.start), min(end + shift, window.end)), name


def show_links(
    links: Sequence[Link], references: Sequence[Reference], elements: Sequence[Element], hand: Hand
) -> dict[int, ShownLink]:
    """Return what each link shows on the page, by the index of its element."""
    shown = {}
    for reference, link in zip(references, links, strict=True):
        element = elements[reference.element]
        if element.tag == "img":
            shown[reference.element] = _show_picture(link, element, hand)
            continue
        if reference.form == GAP:
            shown[reference.element] = show_gap(link, element, hand.say)
            continue
        words = "" if reference.words or not link.url else link.title
        href = link.url if link.external or not link.url else relative(link.url, hand.url)
        html = ""
        if reference.form == "transclusion":
            words = words or f"![[{reference.href}]]"
            html = _draw_passage(link, hand) if link.url else ""
        shown[reference.element] = ShownLink(href, words, reference.kind, link.external, html)
    return shown


def _show_picture(link: Link, element: Element, hand: Hand) -> ShownLink:
    name = element.get("alt") or link.url.rsplit("/", 1)[-1]
    if not link.url:
        return ShownLink(words=hand.say("picture_missing", name=name or element.get("src")))
    if link.external:
        return ShownLink(link.url, hand.say("picture_elsewhere", name=name), external=True)
    return ShownLink(relative(link.url, hand.url))


def _draw_passage(link: Link, hand: Hand) -> str:
    words = "\n".join(_weave_excerpt(excerpt, (), link.url, hand) for excerpt in link.excerpts)
    lang = f' lang="{escape(link.language)}"' if link.language else ""
    href = escape(relative(link.url, hand.url))
    ours = f'lang="{escape(hand.say.language)}" dir="{hand.say("direction")}"'
    return (
        f'<blockquote class="transclusion"><div class="theirs" dir="auto"{lang}>{words}</div>'
        f"<footer {ours}>{escape(hand.say('transcluded'))} "
        f'<a href="{href}"><bdi>{escape(link.title)}</bdi></a></footer></blockquote>'
    )


def draw_body(linked: Linked, hand: Hand, base: int = 0) -> str:
    """Return *linked* as blocks; headings begin at the level *base*, 0 makes them paragraphs."""
    prose = linked.prose
    links = show_links(linked.links, prose.references, prose.elements, hand)
    tokens = colour_code(prose.text, prose.elements, hand)
    weaving = Weaving(links=links, tokens=tokens, heading_base=base, spell_controls=True)
    return weave_blocks(prose.text, _make_room(prose, links), weaving)


def draw_line(linked: Linked, hand: Hand) -> str:
    """Return a line of ours, such as a gist, without a block around it."""
    prose = linked.prose
    if not prose.elements:
        return spell_controls(escape(prose.text, quote=False))
    links = show_links(linked.links, prose.references, prose.elements, hand)
    lines = {index: replace(link, html="") for index, link in links.items()}
    return weave_inline(prose, Weaving(links=lines, spell_controls=True))


def draw_place(place: ShownPlace, hand: Hand) -> str:
    """Return a passage in its context, the words that are meant marked."""
    excerpts = (_weave_excerpt(each, place.marks, place.url, hand) for each in place.excerpts)
    return "\n".join(excerpts)


def _weave_excerpt(excerpt: Excerpt, marks: Sequence[Mark], url: str, hand: Hand) -> str:
    """Return *excerpt* as HTML; it was cut out of the page at *url*."""
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
    weaving = Weaving(
        marks=shifted,
        tokens=_colour_excerpt(excerpt, hand),
        links=show_links(excerpt.links, excerpt.references, excerpt.elements, hand),
        heading_base=0,
        footnotes_at=relative(url.partition("#")[0], hand.url),
    )
    html = weave_blocks(excerpt.text, excerpt.elements, weaving)
    dots = '<p class="cut">…</p>'
    return "\n".join(
        [*([dots] if excerpt.goes_before else []), html, *([dots] if excerpt.goes_on else [])]
    )


def _make_room(prose: Prose, links: Mapping[int, ShownLink]) -> tuple[Element, ...]:
    """Turn every paragraph that shows a passage into a plain block; indices stay as they are.

    A passage is made of blocks, and blocks do not stand in paragraphs.
    """
    if not any(link.html for link in links.values()):
        return prose.elements
    elements = list(prose.elements)
    around = -1
    for index, element in enumerate(elements):
        if element.tag == "p":
            around = index
        elif around >= 0 and element.depth <= elements[around].depth:
            around = -1
        elif (
            element.tag == "transclusion"
            and links[index].html
            and around >= 0
            and element.depth == elements[around].depth + 1
        ):
            elements[around] = replace(elements[around], tag="div")
    return tuple(elements)
