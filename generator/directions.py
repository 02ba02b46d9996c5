"""Directions of writing: that of a text, and words that turn nothing around them."""

import re
from functools import lru_cache
from unicodedata import bidirectional

# So many characters tell in which direction a text is written.
_HEAD = 2000
_STRONG = frozenset({"L", "R", "AL"})
# Marks go with their letters, and digits with other digits.
_DIRECTED = _STRONG | {"NSM", "EN", "AN"}
# All letters that are written from the right are among these: Unicode keeps these blocks for them.
_FROM_RIGHT = re.compile(
    "[\u0590-\u08ff\u200f\ufb1d-\ufdff\ufe70-\ufeff\U00010800-\U00010fff\U0001e800-\U0001efff]"
)
_ISOLATED = re.compile("\u2068[^\u2068\u2069]*\u2069")


# Of the places of one text that are shown, each asks for the direction of the text.
@lru_cache(maxsize=4)
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


def find_first(text: str) -> str:
    """Return the direction of the first letter of *text*; "" if there is none at its head."""
    first = next((kind for kind in map(bidirectional, text[:_HEAD]) if kind in _STRONG), "")
    return {"": "", "L": "ltr"}.get(first, "rtl")


def find_own(text: str, around: str) -> str:
    """Return the direction of a block: that of the text *around* it, if the block begins so.

    A paragraph that quotes more of another language than it says itself is not turned by that.
    """
    return around if find_first(text) == around else find_direction(text, around)


def has_both(text: str) -> bool:
    """Tell whether letters from the right are in *text*, beside which a number may be turned."""
    return not text.isascii() and bool(_FROM_RIGHT.search(text))


def follows_sign(text: str, offset: int) -> bool:
    """Tell whether a sign without a direction of its own ends at *offset*.

    A number behind it would draw it along, to the wrong side of quoted words.
    """
    return offset > 0 and bidirectional(text[offset - 1]) not in _DIRECTED


def isolate(words: str) -> str:
    """Return *words* so that their direction turns nothing around them (``bdi`` in plain text)."""
    return f"\u2068{words}\u2069"


def isolate_foreign(words: str, around: str) -> str:
    """Return *words* as they can stand in a sentence whose direction is *around*.

    They are isolated if they hold letters of the other direction that are not isolated yet.
    """
    if not _turns(words, around):
        return words
    bare, count = _ISOLATED.subn("", words)
    return words if count and not _turns(bare, around) else isolate(words)


def _turns(words: str, around: str) -> bool:
    if around == "rtl":
        return any(bidirectional(sign) == "L" for sign in words)
    return not words.isascii() and bool(_FROM_RIGHT.search(words))
