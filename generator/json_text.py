"""JSON as text: UTF-8, two spaces deep, one line feed at the end, the same on every machine."""

import json
from collections.abc import Mapping
from json.encoder import encode_basestring as _quote
from typing import Any, NamedTuple

from generator.codec import draw


class Drawn(NamedTuple):
    """A value that was drawn before, so that it need not be made again to be written."""

    text: str


def draw_row(value: Mapping[str, Any]) -> Drawn:
    """Return *value* drawn, to stand in other values; it has no fractions."""
    return Drawn(draw(value))


def dump_json(value: Mapping[str, Any]) -> bytes:
    """Return *value* as JSON, two spaces deep, keys in their order.

    It is made of dicts with words for keys, lists, tuples, words, numbers, truths, None, and of
    what was drawn before. The library writes without an indent in C, and with one in Python, sign
    by sign.
    """
    return (_draw(value, "\n") + "\n").encode()


def _draw(value: Any, margin: str) -> str:
    """Return *value* as JSON; *margin* is the line feed and the spaces before what is around it."""
    inner = margin + "  "
    match value:
        case str():
            return _quote(value)
        case Drawn():
            # A line feed of a word is escaped, so that each one here begins a line.
            return value.text.replace("\n", margin)
        case dict() if value:
            rows = [f"{_quote(key)}: {_draw(each, inner)}" for key, each in value.items()]
            return f"{{{inner}{f',{inner}'.join(rows)}{margin}}}"
        case list() | tuple() if value:
            return f"[{inner}{f',{inner}'.join([_draw(each, inner) for each in value])}{margin}]"
        case int() if not isinstance(value, bool):
            return str(value)
        case _:
            return json.dumps(value)
