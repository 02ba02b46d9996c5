"""Words as people count and name them: word counts and slugs."""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from difflib import get_close_matches

from generator.characters import is_mostly_ascii, list_foreign

# Scripts that are written without spaces are counted by the letter, as their readers do.
UNSPACED = (
    "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
)
_WORD = re.compile(rf"[{UNSPACED}]|[^\W{UNSPACED}](?:[^\s{UNSPACED}]*[^\W{UNSPACED}])?")
_UNSPACED = re.compile(f"[{UNSPACED}]")
_NOT_IN_ID = re.compile(r"[^a-z0-9]+")
# To replace so many different characters is faster than to look for words one by one.
_FEW = 24
# Every letter, digit and low line is as good as another.
_ALIKE = bytes(ord(" " if chr(code).isspace() else "x") for code in range(128)).ljust(256)
_SIGNS = bytes(
    code for code in range(128) if not (chr(code).isalnum() or chr(code).isspace() or code == 95)
)


# Embeddings, overrides and isolates: they turn the direction of what follows them.
BIDI_CONTROLS = re.compile("[\u202a-\u202e\u2066-\u2069]")


def spell_controls(text: str) -> str:
    """Return *text* with every control that turns the direction of writing called by its number."""
    if text.isascii():
        return text
    return BIDI_CONTROLS.sub(lambda found: f"[U+{ord(found[0]):04X}]", text)


def count_words(text: str) -> int:
    """Return the number of words of *text*; signs that stand alone are none."""
    if not text.isascii():
        foreign = list_foreign(text) if is_mostly_ascii(text) else ()
        if not 0 < len(foreign) <= _FEW:
            return len(_WORD.findall(text))
        for sign in foreign:
            text = text.replace(sign, _stand_in(sign))
    # Without its signs a text has as many words as it has runs between blanks.
    runs = b" " + text.encode("ascii").translate(_ALIKE, _SIGNS)
    return runs.count(b" x")


def word_spans(text: str) -> Iterator[tuple[int, int]]:
    """Yield where each of the words that ``count_words`` counts begins and ends."""
    return (found.span() for found in _WORD.finditer(text))


def _stand_in(sign: str) -> str:
    """Return what counts like *sign*, in ASCII."""
    if _UNSPACED.match(sign):
        return " x "
    return "x" if sign.isalnum() else " " if sign.isspace() else ""


def slug(text: str) -> str:
    """Return GitHub's slug of *text*: lower case, letters of every script, hyphens for spaces.

    It may be empty, and two texts may share one: the caller numbers or refuses them.
    """
    kept = (
        char
        for char in text.strip().lower()
        if char in "-_ " or unicodedata.category(char)[0] in "LNM" or char == "\u200d"
    )
    return "".join(kept).replace(" ", "-")


def plain_slug(text: str) -> str:
    """Return an id made of ``[a-z0-9-]`` only, for *text*; empty if nothing of it is left."""
    bare = text.lower()
    if not bare.isascii():
        apart = unicodedata.normalize("NFKD", bare)
        bare = "".join(char for char in apart if not unicodedata.combining(char))
    return _NOT_IN_ID.sub("-", bare).strip("-")


def shorten(text: str, most: int) -> str:
    """Return *text* on one line; of a long one the beginning and the end, *most* letters or so."""
    if len(text) > 8 * most:
        text = f"{text[: 4 * most]} {text[-4 * most :]}"
    line = " ".join(text.split())
    if len(line) <= most:
        return line
    half = most // 2
    return f"{line[:half].rsplit(' ', 1)[0]} … {line[-half:].split(' ', 1)[-1]}"


def nearest(word: str, known: Iterable[str], least: float = 0.6) -> str | None:
    """Return the word of *known* that *word* was most likely meant to be, if any is close.

    At *least* such a share of the letters of both are the same, in their order. Case does not
    matter. Of two that are equally close the later in the alphabet wins, so the order of *known*
    never shows.
    """
    if len(word) > 100:
        return None
    folded = {each.casefold(): each for each in sorted(known)}
    close = get_close_matches(word.casefold(), folded, n=1, cutoff=least)
    return folded[close[0]] if close else None


def nearest_id(id: str, known: Iterable[str]) -> str | None:
    """Return the id of *known* that *id* was meant to be, if any is.

    Among many ids one is always a bit like it: only a slip of the hand counts, and words that are
    missing or too many.
    """
    ids = list(known)
    close = nearest(id, ids, 0.75)
    if close:
        return close
    words = set(id.casefold().split("-"))
    holding = [each for each in ids if words < set(each.split("-")) or words > set(each.split("-"))]
    return nearest(id, holding, 0.0)
