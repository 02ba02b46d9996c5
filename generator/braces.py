"""Braces: the id, classes and keys that an author writes at the end of a line."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from generator.spans import Span

_SPACES = re.compile(r"\s*")
_OPENING = re.compile(r"(?<!\\)(?:\\\\)*(\{)")
_KEY = re.compile(r"[A-Za-z][\w-]*")
_PART = re.compile(
    r"""(?:(?P<sign>[#.])(?P<name>[^\s{}#.][^\s{}]*)
      | (?P<key>[A-Za-z][\w-]*)=(?:"(?P<quoted>(?:[^"\\]|\\.)*)"|(?P<value>[^\s{}"][^\s{}]*))
      | (?P<alone>draft)
    )(?=[\s{}]|\Z)""",
    re.VERBOSE,
)
_ESCAPED = re.compile(r'\\(["\\])')
_WORD = re.compile(r"[^\s{}]+")


@dataclass(frozen=True, slots=True)
class Braces:
    """What braces say, and where in their line.

    *span* is all that has to be cut from the line: the space before, comment marks if the braces
    stand in a comment, and the space after. *places* names the columns of ``#``, of ``.`` with
    each class, and of each key; a key's are those of the whole ``key=value``.
    """

    id: str
    classes: tuple[str, ...]
    pairs: tuple[tuple[str, str], ...]
    span: Span
    places: tuple[tuple[str, Span], ...]

    def place(self, name: str) -> Span:
        """Return the columns of *name* (``#``, ``.class`` or a key), else of all the braces."""
        return dict(self.places).get(name, self.span)


@dataclass(frozen=True, slots=True)
class BracesFault:
    """Braces that are meant and do not parse; *span* is theirs, in columns of the line."""

    span: Span
    message: str
    help: str


@dataclass(frozen=True, slots=True)
class _Part:
    """One piece between braces: its *name* is ``#``, ``.`` or a key."""

    name: str
    value: str
    span: Span


class _Stumble(Exception):
    """The reading of braces stopped at a column, for a reason."""

    def __init__(self, at: int, message: str, help: str) -> None:
        super().__init__(message)
        self.at, self.message, self.help = at, message, help


def find_braces(line: str, known: frozenset[str]) -> Braces | BracesFault | None:
    r"""Find the braces that close *line*, also those in an HTML comment at its end.

    *known* are the keys that make braces meant: ``{by=x}`` is text where ``by`` is not known, as
    is what follows ``\{``. An unknown key after a meant beginning is returned like the rest: the
    caller refuses it. None: the line has no braces of ours.
    """
    if "{" not in line:
        return None
    for opening, start, end in _candidates(line, len(line.rstrip())):
        if not _is_meant(line, opening + 1, known):
            continue
        in_comment = start != opening
        try:
            parts, closed = _read_parts(line, Span(opening + 1, end), known)
        except _Stumble as stumble:
            if in_comment or line.rfind("}", 0, end - 1) < stumble.at:
                return BracesFault(Span(opening, end), stumble.message, stumble.help)
            continue
        if closed == end - 1:
            return _gather(parts, Span(len(line[:start].rstrip()), len(line)))
        if in_comment:
            return BracesFault(
                Span(opening, end),
                "these braces share their comment with other words",
                "leave the braces alone in their comment, and write another for the words",
            )
    return None


def _candidates(line: str, end: int) -> Iterator[tuple[int, int, int]]:
    """Yield where braces may open, where the cut would begin, and where they must have closed."""
    comment = line.rfind("<!--", 0, end)
    if comment != -1 and line.find("-->", comment + 4, end) == end - 3:
        opening = _SPACES.match(line, comment + 4).end()  # type: ignore[union-attr]
        if line.startswith("{", opening):
            yield opening, comment, len(line[: end - 3].rstrip())
        return
    for found in _OPENING.finditer(line, 0, end):
        yield found.start(1), found.start(1), end


def _is_meant(line: str, at: int, known: frozenset[str]) -> bool:
    """Tell whether what stands behind an opening brace begins like ours."""
    at = _SPACES.match(line, at).end()  # type: ignore[union-attr]
    key = _KEY.match(line, at)
    if key is None:
        return line.startswith(("#", "."), at)
    behind = line[key.end() : key.end() + 1]
    return key[0] in known and (behind in ("", "=", "}") or behind.isspace())


def _read_parts(line: str, span: Span, known: frozenset[str]) -> tuple[list[_Part], int]:
    """Read what stands between braces, and return it with the column of the closing one."""
    parts: list[_Part] = []
    names: set[str] = set()
    at = span.start
    while True:
        at = _SPACES.match(line, at, span.end).end()  # type: ignore[union-attr]
        if at == span.end:
            raise _Stumble(at, "these braces are not closed", "write `}` at the end of the line")
        if line[at] == "}":
            return parts, at
        part = _read_part(line, Span(at, span.end), known)
        if part.name in names:
            name = "id" if part.name == "#" else f"`{part.name}`"
            raise _Stumble(at, f"these braces give {name} twice", "leave one of the two")
        parts.append(part)
        names.update({part.name} - {"."})
        at = part.span.end


def _read_part(line: str, span: Span, known: frozenset[str]) -> _Part:
    found = _PART.match(line, *span)
    if found is None or (found["alone"] and "draft" not in known):
        raise _stumble_over(line, span, known)
    place = Span(*found.span())
    if found["sign"]:
        return _Part(found["sign"], found["name"], place)
    if found["alone"]:
        return _Part("draft", "true", place)
    if found["quoted"] is not None:
        return _Part(found["key"], _ESCAPED.sub(r"\1", found["quoted"]), place)
    return _Part(found["key"], found["value"], place)


def _stumble_over(line: str, span: Span, known: frozenset[str]) -> _Stumble:
    """Say what is wrong with the piece of braces at the start of *span*."""
    at = span.start
    found = _WORD.match(line, *span)
    word = found[0] if found else line[at]
    key, equals, value = word.partition("=")
    if value.startswith('"'):
        quotes = 'write `key="value"`, and `\\"` for a quotation mark inside'
        return _Stumble(at, f"the value of `{key}` does not end with its quotes", quotes)
    if not value and (equals or key in known):
        return _Stumble(at, f"`{key}` has no value", f"write `{key}=…`, without spaces")
    return _Stumble(
        at,
        f"`{word}` is no `#id`, `.class` or `key=value`",
        "put a value with spaces in straight double quotes; write `\\{` if no braces are meant",
    )


def _gather(parts: list[_Part], span: Span) -> Braces:
    return Braces(
        id=next((part.value for part in parts if part.name == "#"), ""),
        classes=tuple(part.value for part in parts if part.name == "."),
        pairs=tuple((part.name, part.value) for part in parts if part.name not in "#."),
        span=span,
        places=tuple(
            (part.name + part.value if part.name == "." else part.name, part.span) for part in parts
        ),
    )
