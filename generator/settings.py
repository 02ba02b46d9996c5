"""Settings: a TOML file as keys and values, with the place of every one of them."""

import re
import tomllib
from typing import Any

from generator.diagnostics import Diagnostic, Outcome
from generator.pairs import Node, Pair, Scalar, Series, Table
from generator.spans import Span, TextFile
from generator.toml_places import Path, Places, find_places
from generator.toml_scalars import Stumble

LONGEST = 262144

_LINE = re.compile(r"\(at line (\d+), column \d+\)\Z")


def read_settings(file: TextFile) -> Outcome[Table | None]:
    """Read *file* as TOML 1.0; what is wrong with it is one ``settings-invalid``, and no value.

    Its words and its place are the same on every version of Python.
    """
    if len(file.text) > LONGEST:
        return _fail(file, "the file is longer than 256 KB", None)
    try:
        places = find_places(file.text)
    except Stumble as stumble:
        return _fail(file, stumble.message, stumble.place, stumble.help)
    try:
        content = tomllib.loads(file.text)
    except tomllib.TOMLDecodeError as error:
        help = "look for a name that stands for two things, as a key and as a table"
        return _fail(file, "this line is not valid TOML", _line(file, str(error)), help)
    return Outcome(_read_table(file.text, content, (), places))


def _fail(
    file: TextFile, message: str, place: Span | None, help: str = ""
) -> Outcome[Table | None]:
    return Outcome(None, (Diagnostic("settings-invalid", message, file.path, place, help),))


def _line(file: TextFile, message: str) -> Span:
    """Return the words of the line that the message of ``tomllib`` names, else of the last."""
    found = _LINE.search(message)
    number = int(found[1]) if found else len(file.line_starts)
    line = file.line(number)
    start = file.line_starts[number - 1] + len(line) - len(line.lstrip(" \t"))
    return Span(start, start + max(len(line.strip(" \t")), 1))


def _read_table(text: str, content: dict[str, Any], path: Path, places: Places) -> Table:
    pairs = (
        Pair(key, places.keys[*path, key], _read_node(text, value, (*path, key), places))
        for key, value in content.items()
    )
    return Table(tuple(pairs), places.keys.get(path))


def _read_node(text: str, value: Any, path: Path, places: Places) -> Node:
    if isinstance(value, dict):
        return _read_table(text, value, path, places)
    place = places.values.get(path) or places.keys[path]
    if isinstance(value, list):
        parts = enumerate(value)
        return Series(
            tuple(_read_node(text, part, (*path, number), places) for number, part in parts), place
        )
    typed = value if isinstance(value, str) else text[place.start : place.end]
    return Scalar(value, typed, place)
