"""Where every key and value of a TOML text stands: what ``tomllib`` does not tell.

The scanner reads TOML 1.0 and judges what authors get wrong in words that are the same on every
version of Python; what it lets pass, ``tomllib`` judges.
"""

import re
import tomllib
from dataclasses import dataclass, field

from generator.pairs import in_ticks
from generator.spans import Span

Path = tuple[str | int, ...]

_DEEPEST = 16
_LONGEST_BARE = 100
_QUOTES = "“”„‟«»‘’‚"

_SKIPPED = re.compile(r"(?:[ \t\n]++|#[^\n]*+)*+")
_BLANKS = re.compile(r"[ \t]*+")
_LINE_END = re.compile(r"(?:#[^\n]*+)?(?:\n|\Z)")
_REST = re.compile(r"[^\n]*")
_STRINGS = {
    '"""': re.compile(r'"""(?:[^"\\]++|\\.|"(?!""))*+"""(?:"{0,2})', re.DOTALL),
    "'''": re.compile(r"'''(?:[^']++|'(?!''))*+'''(?:'{0,2})"),
    '"': re.compile(r'"(?:[^"\\\n]++|\\[^\n])*+"'),
    "'": re.compile(r"'[^'\n]*+'"),
}
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f]")
_ESCAPE = re.compile(
    r"""\\(?:[btnfr"\\]
      | (?:u|U0000)(?![dD][89a-fA-F])[0-9A-Fa-f]{4} | U00(?:0[1-9A-Fa-f]|10)[0-9A-Fa-f]{4}
      | (?P<bad>[^ \t\n]))
    """,
    re.VERBOSE,
)
_BARE_PART = re.compile(r"[A-Za-z0-9_-]++")
_BARE = re.compile(r"[^,\]}#\n]*+")
_PAIR = re.compile(r"[A-Za-z0-9_-]++[ \t]*=")
_TYPED = re.compile(
    r"""true|false|[+-]?(?:inf|nan)
      | 0x[0-9A-Fa-f](?:_?[0-9A-Fa-f])* | 0o[0-7](?:_?[0-7])* | 0b[01](?:_?[01])*
      | [+-]?(?:0|[1-9](?:_?[0-9])*)(?:\.[0-9](?:_?[0-9])*)?(?:[eE][+-]?[0-9](?:_?[0-9])*)?
      | [0-9]{4}-[0-9]{2}-[0-9]{2}(?:[Tt ][0-9:.]+(?:[Zz]|[+-][0-9:]+)?)? | [0-9]{2}:[0-9:.]+
    """,
    re.VERBOSE,
)


@dataclass(frozen=True, slots=True)
class Places:
    """The place of each key and value by its path; the parts of a list are counted from 0."""

    keys: dict[Path, Span] = field(default_factory=dict)
    values: dict[Path, Span] = field(default_factory=dict)


class Stumble(Exception):
    """The text is no TOML at *place*, for a reason that its author can mend."""

    def __init__(self, message: str, place: Span, help: str) -> None:
        super().__init__(message)
        self.message, self.place, self.help = message, place, help


@dataclass(frozen=True, slots=True)
class _Scan:
    """A text and what was found in it so far.

    *counts* has the last index of each list of tables, *headers* the tables opened by name.
    """

    text: str
    places: Places = field(default_factory=Places)
    counts: dict[Path, int] = field(default_factory=dict)
    headers: set[Path] = field(default_factory=set)


def find_places(text: str) -> Places:
    """Find the places of all keys and values of *text*; raise ``Stumble`` where it is no TOML.

    It takes a time in proportion to the text, and what it lets pass is not nested deep.
    """
    control = _CONTROL.search(text)
    if control:
        place = Span(*control.span())
        raise Stumble("a control character has no place in TOML", place, "delete it")
    scan = _Scan(text)
    table: Path = ()
    at = _skip(_SKIPPED, text, 0)
    while at < len(text):
        if text[at] == "[":
            table, at = _read_header(scan, at)
        else:
            at = _read_pair(scan, at, table)
        at = _skip(_BLANKS, text, at)
        end = _LINE_END.match(text, at)
        if not end:
            raise Stumble("only a comment may follow here", _rest(text, at), "break the line")
        at = _skip(_SKIPPED, text, end.end())
    return scan.places


def _skip(pattern: re.Pattern[str], text: str, at: int) -> int:
    found = pattern.match(text, at)
    return found.end() if found else at


def _rest(text: str, at: int) -> Span:
    """Return the rest of the line from *at*, or the line's last character if none is left."""
    line = text[at : _skip(_REST, text, at)].rstrip(" \t")
    return Span(at, at + len(line)) if line else Span(max(at - 1, 0), at)


def _read_header(scan: _Scan, at: int) -> tuple[Path, int]:
    brackets = "[[" if scan.text.startswith("[[", at) else "["
    parts, end = _read_key(scan.text, at + len(brackets))
    closing = "]" * len(brackets)
    if not scan.text.startswith(closing, end):
        raise Stumble("these brackets are not closed", _rest(scan.text, at), f"write `{closing}`")
    end += len(closing)
    path: Path = ()
    for name, place in parts:
        if path in scan.counts:
            path += (scan.counts[path],)
        path += (name,)
        scan.places.keys.setdefault(path, place)
    if brackets == "[[":
        scan.counts[path] = scan.counts.get(path, -1) + 1
        return (*path, scan.counts[path]), end
    if path in scan.headers:
        message = f"{in_ticks(scan.text[at:end])} stands here twice"
        raise Stumble(message, Span(at, end), "put the keys of both below the first")
    scan.headers.add(path)
    return path, end


def _read_key(text: str, at: int) -> tuple[list[tuple[str, Span]], int]:
    """Read a key and its dots; return its names with their places, and where it ends."""
    parts: list[tuple[str, Span]] = []
    while True:
        at = _skip(_BLANKS, text, at)
        pattern = _STRINGS.get(text[at : at + 1], _BARE_PART)
        found = pattern.match(text, at)
        if not found:
            raise Stumble("a key is expected here", _rest(text, at), "write `key = value`")
        parts.append((_unquote(text, Span(*found.span())), Span(*found.span())))
        if len(parts) > _DEEPEST:
            raise Stumble("this key has too many parts", _rest(text, at), "write it without dots")
        at = _skip(_BLANKS, text, found.end())
        if not text.startswith(".", at):
            return parts, at
        at += 1


def _read_pair(scan: _Scan, at: int, table: Path) -> int:
    parts, end = _read_key(scan.text, at)
    typed = scan.text[at:end].strip(" \t")
    if not scan.text.startswith("=", end):
        message = f"`=` is missing after {in_ticks(typed)}"
        raise Stumble(message, _rest(scan.text, at), f"write `{in_ticks(typed)[1:-1]} = …`")
    path = table
    for name, place in parts:
        path += (name,)
        scan.places.keys.setdefault(path, place)
    if path in scan.places.values:
        place = Span(at, at + len(typed))
        raise Stumble(f"{in_ticks(typed)} is given twice", place, "leave one of the two")
    return _read_value(scan, _skip(_BLANKS, scan.text, end + 1), path)


def _read_value(scan: _Scan, at: int, path: Path) -> int:
    if len(path) > _DEEPEST:
        raise Stumble("this value is nested too deep", _rest(scan.text, at), "take it out")
    match scan.text[at : at + 1]:
        case "[":
            end = _read_list(scan, at, path)
        case "{":
            end = _read_inline_table(scan, at, path)
        case '"' | "'":
            end = _read_string(scan.text, at)
        case _:
            end = _read_bare(scan.text, at)
    scan.places.values[path] = Span(at, end)
    return end


def _read_list(scan: _Scan, start: int, path: Path) -> int:
    at, number = _skip(_SKIPPED, scan.text, start + 1), 0
    while not scan.text.startswith("]", at):
        if _PAIR.match(scan.text, at) or at == len(scan.text):
            raise _unclosed(scan.text, start, "]")
        at = _skip(_SKIPPED, scan.text, _read_value(scan, at, (*path, number)))
        if scan.text.startswith(",", at):
            at, number = _skip(_SKIPPED, scan.text, at + 1), number + 1
        elif not scan.text.startswith("]", at):
            raise _unclosed(scan.text, start, "]")
    return at + 1


def _read_inline_table(scan: _Scan, start: int, path: Path) -> int:
    at = _skip(_BLANKS, scan.text, start + 1)
    if scan.text.startswith("}", at):
        return at + 1
    while True:
        at = _skip(_BLANKS, scan.text, _read_pair(scan, at, path))
        if scan.text.startswith("}", at):
            return at + 1
        if not scan.text.startswith(",", at):
            raise _unclosed(scan.text, start, "}")
        at = _skip(_BLANKS, scan.text, at + 1)


def _unclosed(text: str, start: int, bracket: str) -> Stumble:
    message = "this bracket is not closed, or a comma is missing"
    return Stumble(message, _rest(text, start), f"write `,` between values and `{bracket}` at the end")


def _read_string(text: str, at: int) -> int:
    quote = next(quote for quote in _STRINGS if text.startswith(quote, at))
    found = _STRINGS[quote].match(text, at)
    if not found:
        raise Stumble("this quotation mark is not closed", _rest(text, at), f"write `{quote}` at the end")
    if quote[0] == '"':
        _check_escapes(text, Span(*found.span()))
    return found.end()


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
    try:
        return str(tomllib.loads(f"key = {part}")["key"])
    except ValueError:
        return part[1:-1]  # It will stumble over the same in the whole text.


def _read_bare(text: str, at: int) -> int:
    raw = text[at : _skip(_BARE, text, at)].rstrip(" \t")
    place = Span(at, at + len(raw))
    if not raw:
        raise Stumble("a value is missing here", _rest(text, at), 'write `""` for none')
    if not _TYPED.fullmatch(raw):
        words = f'"{in_ticks(raw.strip(_QUOTES))[1:-1]}"'
        meant = raw.lower() if raw.lower() in ("true", "false") else words
        message = "words in TOML stand in straight double quotes"
        raise Stumble(message, place, "" if '"' in raw else f"write `{meant}`")
    if len(raw) > _LONGEST_BARE:
        raise Stumble("this number is too long", place, "put it in double quotes if words are meant")
    return place.end
