"""Gaps: what stands where words of a text are kept back, and how many blocks of them are one."""

from collections.abc import Sequence
from html import escape

from generator.interface import Strings
from generator.model import Element
from generator.render.links import ShownLink, draw_link_start
from generator.site import Link


def show_gap(link: Link, element: Element, say: Strings) -> ShownLink:
    """Return what a gap shows: how much is missing, and the way to the original."""
    place = element.get("label")
    picture = say("a_picture") if element.get("title") == "picture" else ""
    words = say_gap(place, int(element.get("value")), say, picture, leads=bool(link.url))
    return ShownLink(link.url, words, "gap", bool(link.url), "", say.language, say("direction"))


def say_gap(place: str, count: int, say: Strings, otherwise: str = "", *, leads: bool) -> str:
    """Return the words of a gap of *count* words; *place* is that of a whole block, or blocks."""
    parts = [place, say("n_words", n=count) if count else ""]
    parts += [otherwise if not count else "", say("at_original") if leads and place else ""]
    return f"[… {say('comma').join(filter(None, parts))}]" if any(parts) else "[…]"


def draw_gap(shown: ShownLink) -> str:
    """Return a gap as HTML, as it stands in the words of its block."""
    start, end = draw_link_start(shown)
    return f"{start}{escape(shown.words, quote=False)}{end}"


def name_blocks(labels: Sequence[str]) -> str:
    """Return how several blocks in a row are cited: by the first and the last of them."""
    return "–".join(dict.fromkeys((labels[0], labels[-1])))
