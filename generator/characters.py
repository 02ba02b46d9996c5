"""Characters: which count as the same when words are looked up, and which belong together."""

import re
import unicodedata

# Grave and acute accents that stand alone are here because they are typed as apostrophes; primes
# and Hebrew geresh are what many keyboards have for them.
_SINGLE_QUOTES = (
    "`\u00b4\u1ffd\u02b9\u02bb\u02bc\u02bd\u05f3\u2018\u2019\u201a\u201b\u2032\u2035"
    "\u2039\u203a\u275b\u275c\u276e\u276f"
)
_DOUBLE_QUOTES = (
    "\u00ab\u00bb\u02ba\u02ee\u05f4\u201c\u201d\u201e\u201f\u2033\u2036\u275d\u275e\u2e42"
    "\u301d\u301e\u301f"
)
# The minus, and the rest of Unicode's category Pd.
_DASHES = (
    "\u2212\u058a\u05be\u1400\u1806\u2010\u2011\u2012\u2013\u2014\u2015\u2e17\u2e1a\u2e3a\u2e3b"
    "\u2e40\u2e5d\u301c\u3030\u30a0\ufe31\ufe32\ufe58\ufe63\uff0d\U00010d6e\U00010ead"
)
_SPACES = (
    "\t\n\v\f\r\x1c\x1d\x1e\x1f\x85\xa0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007"
    "\u2008\u2009\u200a\u2028\u2029\u202f\u205f\u3000"
)
# Unicode's Default_Ignorable_Code_Point: soft hyphen, joiners, direction marks, variation
# selectors, fillers, tags.
_IGNORABLE = (
    *(("\xad", "\xad"), ("\u034f", "\u034f"), ("\u061c", "\u061c"), ("\u115f", "\u1160")),
    *(("\u17b4", "\u17b5"), ("\u180b", "\u180f"), ("\u200b", "\u200f"), ("\u202a", "\u202e")),
    *(("\u2060", "\u206f"), ("\u3164", "\u3164"), ("\ufe00", "\ufe0f"), ("\ufeff", "\ufeff")),
    *(("\uffa0", "\uffa0"), ("\ufff0", "\ufff8"), ("\U0001bca0", "\U0001bca3")),
    *(("\U0001d173", "\U0001d17a"), ("\U000e0000", "\U000e01ef")),
)
# Vowels and finals of Hangul, and the vowels of Kirat Rai, are letters and yet compose with what
# stands before them.
_COMPOSING_LETTERS = re.compile("[\u1160-\u11ff\ud7b0-\ud7ff\U00016d63-\U00016d6a]")

# Before NFKC, which would take a double prime for two single ones and an acute accent for a space
# with a mark, and would not compose across a soft hyphen.
_EARLY = "\u00b4\u1ffd\u2033\u2036"
_MET_EARLY = re.compile(f"[{_EARLY}{''.join(f'{first}-{last}' for first, last in _IGNORABLE)}]")
_SIGNS: dict[int, str | None] = {
    ord(char): sign
    for chars, sign in (
        (_SINGLE_QUOTES, "'"),
        (_DOUBLE_QUOTES, '"'),
        (_DASHES, "-"),
        (_SPACES, " "),
    )
    for char in chars
}
_EARLY_SIGNS = {ord(char): _SIGNS[ord(char)] for char in _EARLY} | {
    code: None for first, last in _IGNORABLE for code in range(ord(first), ord(last) + 1)
}
_SPACE_RUNS = re.compile("  +")
# All other characters of ASCII stay what they are, whatever stands beside them.
ASCII_SIGNS = "".join(filter(str.isascii, map(chr, _SIGNS)))
_ASCII_SIGN = re.compile(f"[{re.escape(ASCII_SIGNS)}]")
_ASCII = re.compile(r"[\x00-\x7f]+")
# Normalising sorts marks in a time that grows with the square of their number; no language has
# so many in a row, so each such run is taken for itself.
_MARK_RUN = re.compile(r"([^\w\s\x00-\x7f]{64})")


def is_mostly_ascii(text: str) -> bool:
    """Tell whether only a few characters of *text* are beyond ASCII, at most one in five."""
    return len(text.encode("utf-8", "surrogatepass")) <= 1.2 * len(text)


def list_foreign(text: str) -> set[str]:
    """Return the characters of *text* that are beyond ASCII."""
    if text.isascii():
        return set()
    if is_mostly_ascii(text):
        return set(_ASCII.sub("", text))
    return set(filter("\x7f".__lt__, set(text)))


def fold_words(text: str) -> str:
    """Return *text* with all that does not matter made equal; it is the definition of folding.

    White space at the ends becomes one space and is kept.
    """
    if text.isascii():
        if "  " not in text and not _ASCII_SIGN.search(text):
            return text
    else:
        if _MET_EARLY.search(text):
            text = text.translate(_EARLY_SIGNS)
        text = "".join(unicodedata.normalize("NFKC", part) for part in _MARK_RUN.split(text))
    return _SPACE_RUNS.sub(" ", text.translate(_SIGNS))


def may_compose(char: str) -> bool:
    """Tell whether NFKC may join *char* with the one before, or put it before that one."""
    first = unicodedata.normalize("NFKC", char)[0]
    return unicodedata.category(first)[0] == "M" or bool(_COMPOSING_LETTERS.match(first))


def extends(char: str) -> bool:
    """Tell whether *char* is part of the character before it, as readers see it."""
    if char < "\u0300":
        return False
    first = unicodedata.normalize("NFKC", char)[0]
    return unicodedata.category(first)[0] == "M" or bool(_COMPOSING_LETTERS.match(char))
