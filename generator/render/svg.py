"""Pictures as SVG, to stand inside a page: the same bytes on every machine, colours by classes.

The policy of our pages forbids ``style`` attributes, so a picture has classes and presentation
attributes; what these leave open is the page's own ink. It is one image (``role="img"``): titles
inside it are for those who point at it, and the table beside it is for everybody.
"""

import unicodedata
from collections.abc import Iterable
from html import escape

from generator.directions import find_first
from generator.words import shorten

# In pixels, which stay what they are: a picture is never made smaller, it scrolls.
NAME, LABEL, SMALL = 13, 12, 11
GAP = 10
_LONGEST = 24


def frame_picture(
    kind: str, title: str, text: str, prefix: str, size: tuple[int, int], parts: Iterable[str]
) -> str:
    """Return the ``svg`` element of a picture with its *title* and what it shows in words.

    The ids in it begin with *prefix*, which must be another for each picture of a page.
    """
    name, words = f"{escape(prefix)}-title", f"{escape(prefix)}-text"
    return (
        # Pictures are laid out from left to right, whatever the page around does; words are not.
        f'<svg class="chart {kind}" role="img" aria-labelledby="{name}" aria-describedby="{words}"'
        f' direction="ltr" width="{size[0]}" height="{size[1]}" viewBox="0 0 {size[0]} {size[1]}"'
        f' fill="currentColor" font-size="{NAME}">\n'
        f'<title id="{name}">{escape_text(title)}</title>\n'
        f'<desc id="{words}">{escape_text(text)}</desc>\n' + "\n".join(parts) + "\n</svg>"
    )


def draw_name(name: str, place: str, anchor: str = "") -> str:
    """Return a name at its *place*; of a long one the ends, and all of it for who points at it.

    *anchor* is which edge of it stands there: the left one is ``start``, as is none.
    """
    brief = shorten(name, _LONGEST)
    whole = f"<title>{escape_text(name)}</title>" if brief != name else ""
    if find_first(brief) == "rtl":
        # It begins at its right edge.
        place = f'direction="rtl" {place}'
        anchor = {"end": "start", "middle": "middle"}.get(anchor, "end")
    if anchor:
        place += f' text-anchor="{anchor}"'
    return f'<text class="name" unicode-bidi="isolate" {place}>{escape_text(brief)}{whole}</text>'


def direct(direction: str) -> str:
    """Return the attribute of words of the interface, if its *direction* is not the picture's."""
    return ' direction="rtl"' if direction == "rtl" else ""


def find_widest(names: Iterable[str]) -> float:
    """Return about how wide the widest of *names* is drawn."""
    return max((measure(shorten(name, _LONGEST), NAME) for name in names), default=0.0)


def measure(text: str, size: int) -> float:
    """Return about how wide *text* is, rather too much than too little."""
    # Whole hundredths: how fractions add up is not the same in every Python.
    return sum(map(_hundredths, text)) * size / 100


def _hundredths(char: str) -> int:
    if unicodedata.combining(char):
        return 0
    return 100 if unicodedata.east_asian_width(char) in "WF" else 62


def show_number(number: float) -> str:
    """Return *number* with one decimal, or none if that is nought: the same on every machine."""
    return f"{number + 0.0:.1f}".removesuffix(".0")


def escape_text(text: str) -> str:
    """Return *text* as it stands between tags."""
    return escape(text, quote=False)
