"""YAML 1.2's core schema: which plain words are null, a flag or a number (section 10.3.2)."""

import re

_NULL = frozenset(("", "~", "null", "Null", "NULL"))
_FLAGS = {"true": True, "True": True, "TRUE": True, "false": False, "False": False, "FALSE": False}
_INTEGER = re.compile(r"[-+]?[0-9]+")
_OCTAL = re.compile(r"0o[0-7]+")
_HEXADECIMAL = re.compile(r"0x[0-9a-fA-F]+")
_FLOAT = re.compile(r"[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?")
_INFINITE = re.compile(r"[-+]?\.(?:inf|Inf|INF)")
_NOT_A_NUMBER = frozenset((".nan", ".NaN", ".NAN"))
# Python refuses to convert much longer runs of digits, and nobody means them as numbers.
_LONGEST_NUMBER = 1000


def resolve(text: str) -> str | int | float | bool | None:
    """Return what the unquoted *text* stands for: null, a flag, a number, or the words it is.

    ``no``, ``12:30`` and ``2016-03-20`` are words; so is a number of more than 1000 characters.
    """
    if text in _NULL:
        return None
    if text in _FLAGS:
        return _FLAGS[text]
    if text[0] not in "+-.0123456789" or len(text) > _LONGEST_NUMBER:
        return text
    if _INTEGER.fullmatch(text):
        return int(text)
    if _OCTAL.fullmatch(text):
        return int(text[2:], 8)
    if _HEXADECIMAL.fullmatch(text):
        return int(text[2:], 16)
    if _FLOAT.fullmatch(text) or _INFINITE.fullmatch(text) or text in _NOT_A_NUMBER:
        return float(
            text.replace(".i", "i").replace(".I", "I").replace(".n", "n").replace(".N", "N")
        )
    return text
