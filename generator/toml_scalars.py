"""The names, strings and other plain values of TOML: where each ends, and what is wrong in it."""

import re
import tomllib
from datetime import date

from generator.pairs import in_ticks
from generator.spans import Span

_LONGEST_BARE = 100
_QUOTES = "“”„‟«»‘’‚"
# Atomic groups, not possessive ones: before Python 3.11.4 a possessive group that ends with a look
# ahead forgets its last match.
_STRINGS = {
    '"""': re.compile(r'"""(?>(?:[^"\\]++|\\.|"(?!""))*)"""(?:"{0,2})', re.DOTALL),
    "'''": re.compile(r"'''(?>(?:[^']++|'(?!''))*)'''(?:'{0,2})"),
    '"': re.compile(r'"(?>(?:[^"\\\n]++|\\[^\n])*)"'),
    "'": re.compile(r"'[^'\n]*+'"),
}
_ESCAPE = re.compile(
    r"""\\(?:[btnfr"\\]
      | (?:u|U0000)(?![dD][89a-fA-F])[0-9A-Fa-f]{4} | U00(?:0[1-9A-Fa-f]|10)[0-9A-Fa-f]{4}
      | [ \t]*\n | (?P<bad>[^\n]))
    """,
    re.VERBOSE,
)
_REST = re.compile(r"[^\n]*+")
_BARE_PART = re.compile(r"[A-Za-z0-9_-]++")
_WORD = re.compile(r"""[^\s=:.,#"'\[\]{}]++""")
_BARE = re.compile(r"[^,\]}#\n]*+")
_DAY = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})")
_TYPED = re.compile(
    r"""true|false|[+-]?(?:inf|nan)
      | 0x[0-9A-Fa-f](?:_?[0-9A-Fa-f])* | 0o[0-7](?:_?[0-7])* | 0b[01](?:_?[01])*
      | [+-]?(?:0|[1-9](?:_?[0-9])*)(?:\.[0-9](?:_?[0-9])*)?(?:[eE][+-]?[0-9](?:_?[0-9])*)?
      | [0-9]{4}-[0-9]{2}-[0-9]{2}(?:[Tt ][0-9:.]+(?:[Zz]|[+-][0-9:]+)?)? | [0-9]{2}:[0-9:.]+
    """,
    re.VERBOSE,
)


class Stumble(Exception):
    """The text is no TOML at *place*, for a reason that its author can mend."""

    def __init__(self, message: str, place: Span, help: str) -> None:
        super().__init__(message)
        self.message, self.place, self.help = message, place, help


def rest_of_line(text: str, at: int) -> Span:
    """Return the rest of the line from *at*, or the character before if none is left."""
    line = text[at : end_of(_REST, text, at)].rstrip(" \t")
    return Span(at, at + len(line)) if line else Span(max(at - 1, 0), at)


def end_of(pattern: re.Pattern[str], text: str, at: int) -> int:
    """Return where *pattern* ends that begins at *at*; *at* itself if it does not."""
    found = pattern.match(text, at)
    return found.end() if found else at


def read_name(text: str, at: int) -> tuple[str, Span]:
    """Read one part of a key at *at*: return its name, and where it stands."""
    word = Span(at, end_of(_WORD, text, at))
    found = _STRINGS.get(text[at : at + 1], _BARE_PART).match(text, at)
    if found and found.end() >= word.end:
        return _unquote(text, Span(*found.span())), Span(*found.span())
    if word.end > at:
        message = "a key is made of letters from a to z, digits, `_` and `-`"
        raise Stumble(message, word, "take the other signs out of it")
    raise Stumble("a key is expected here", rest_of_line(text, at), "write `key = value`")


def read_string(text: str, at: int) -> int:
    """Return where the string that begins at *at* ends."""
    quote = next(quote for quote in _STRINGS if text.startswith(quote, at))
    found = _STRINGS[quote].match(text, at)
    if not found:
        place = rest_of_line(text, at)
        raise Stumble("this quotation mark is not closed", place, f"write `{quote}` at the end")
    if quote[0] == '"':
        _check_escapes(text, Span(*found.span()))
    return found.end()


def read_bare(text: str, at: int) -> int:
    """Return where the number, date or flag at *at* ends."""
    raw = text[at : end_of(_BARE, text, at)].rstrip(" \t")
    place = Span(at, at + len(raw))
    if not raw:
        raise Stumble("a value is missing here", rest_of_line(text, at), 'write `""` for none')
    if not _TYPED.fullmatch(raw):
        words = f'"{in_ticks(raw.strip(_QUOTES))[1:-1]}"'
        meant = raw.lower() if raw.lower() in ("true", "false") else words
        message = "words in TOML stand in straight double quotes"
        raise Stumble(message, place, "" if '"' in raw else f"write `{meant}`")
    if len(raw) > _LONGEST_BARE:
        help = "put it in double quotes if words are meant"
        raise Stumble("this number is too long", place, help)
    day = _DAY.match(raw)
    if day and not _exists(*map(int, day.groups())):
        raise Stumble("there is no such day", place, "correct the date")
    return place.end


def _exists(year: int, month: int, day: int) -> bool:
    try:
        date(year, month, day)
    except ValueError:
        return False
    return True


def _check_escapes(text: str, span: Span) -> None:
    for found in _ESCAPE.finditer(text, *span):
        if found["bad"]:
            raise Stumble(
                f"{in_ticks(found[0])} means nothing in a text of TOML",
                Span(*found.span()),
                "write `\\\\` for a backslash, or put the text in single quotes",
            )


def _unquote(text: str, span: Span) -> str:
    part = text[span.start : span.end]
    if part[0] not in "\"'":
        return part
    if "\\" not in part or part[0] == "'":
        return part[1:-1]
    _check_escapes(text, span)
    return str(tomllib.loads(f"key = {part}")["key"])
