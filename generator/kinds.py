"""Kinds of values: what a key may take, and how each kind is read from what was typed."""

import math
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from generator.pairs import Node, Scalar, Series
from generator.words import nearest

_BLANKS = re.compile(r"[ \t\n]+")
# The C0 and C1 controls, and halves of surrogate pairs, which escapes can smuggle into a value.
_CONTROLS = re.compile("[\x00-\x1f\x7f-\x9f\ud800-\udfff]")
_DATE = re.compile(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?")
_LOOSE_DATE = re.compile(r"([0-9]{4})([-/.])([0-9]{1,2})(?:\2([0-9]{1,2}))?")
_LANGUAGE = re.compile(r"(?:[A-Za-z]{2,3}(?:-[A-Za-z0-9]{1,8})*|[ix](?:-[A-Za-z0-9]{1,8})+)")
_ADDRESS = re.compile(
    r"""(?i:https?)://
        (?:[^\s/?\#@:\[\]<>"\\]+|\[[0-9A-Fa-f:.]+\])(?::[0-9]{1,5})?
        (?:[/?\#][^\s<>"\\]*)?""",
    re.VERBOSE,
)
_LIKE_ADDRESS = re.compile(r"[^/:]+\.[a-z]{2,}(?:/|\Z)")
_CLONE = re.compile(r"(?:ssh://)?git@([^:/]+)[:/](\S+?)(?:\.git)?")
_FLAGS = {"yes": "true", "on": "true", "true": "true", "no": "false", "off": "false"}


class Kind(StrEnum):
    """What a key takes, and (in brackets) what comes of it.

    TEXT: words in one line (``str``). TEXTS: a list of these, or one (``tuple[str, ...]``).
    WORDS: a list, or words with commas (``tuple[str, ...]``, none twice). FLAG: ``bool``.
    INTEGER: ``int``. NUMBER: finite (``float``). DATE: ISO 8601, as exact as known (``str``).
    LANGUAGE: a BCP 47 tag (``str``). ADDRESS: http or https (``str``). CHOICE: one of the key's
    words (``str``). NAMES: a table of texts by any key (``tuple[tuple[str, str], ...]``).
    TABLE: a table with known keys (``Values``). TABLES: such tables by any key
    (``tuple[tuple[str, Span, Values], ...]``, the place being the key's).
    """

    TEXT = "text"
    TEXTS = "texts"
    WORDS = "words"
    FLAG = "flag"
    INTEGER = "integer"
    NUMBER = "number"
    DATE = "date"
    LANGUAGE = "language"
    ADDRESS = "address"
    CHOICE = "choice"
    NAMES = "names"
    TABLE = "table"
    TABLES = "tables"


@dataclass(frozen=True, slots=True, eq=False)
class Key:
    """One key: its kind, what stands for it when it is missing, and what more is asked of it.

    *words* are those of a choice and *keys* those of a table's own. Texts must match *pattern*
    from end to end, and *expected* says so in words. Numbers lie from *least* to *most*.
    A *default* of None becomes the empty value of the kind.
    """

    name: str
    kind: Kind = Kind.TEXT
    default: Any = None
    required: bool = False
    words: tuple[str, ...] = ()
    keys: tuple["Key", ...] = ()
    pattern: str = ""
    expected: str = ""
    least: float = -math.inf
    most: float = math.inf


ANY_WORDS = Key("")


@dataclass(frozen=True, slots=True)
class Unfit:
    """Why a value is not of its key's kind: what was expected, and what stands there instead."""

    expected: str
    node: Node
    help: str = ""


def is_given(node: Node) -> bool:
    """Tell whether a value was given: null and ``""`` are the same as none."""
    return not (isinstance(node, Scalar) and (node.value is None or not node.text.strip()))


def read_text(node: Node, key: Key) -> str | Unfit:
    """Read one line of words; line breaks and runs of blanks become one space."""
    expected = key.expected or "words"
    match node:
        case Scalar(value=str(value)):
            text = _BLANKS.sub(" ", value).strip(" ")
            if _CONTROLS.search(text):
                return Unfit("words without control characters", node)
            fits = not key.pattern or re.fullmatch(key.pattern, text)
            return text if fits else Unfit(expected, node)
        case Scalar(text=text):
            return Unfit(expected, node, f'put it in quotation marks: `"{text}"`')
        case _:
            return Unfit(expected, node)


def _read_texts(node: Node, key: Key) -> tuple[str, ...] | Unfit:
    parts = node.parts if isinstance(node, Series) else (node,)
    texts: list[str] = []
    for part in parts:
        text = read_text(part, key)
        if isinstance(text, Unfit):
            return text if isinstance(part, Scalar) else Unfit("words or a list of them", part)
        texts.append(text)
    return tuple(dict.fromkeys(filter(None, texts)))


def _read_words(node: Node, key: Key) -> tuple[str, ...] | Unfit:
    if not isinstance(node, Scalar):
        return _read_texts(node, key)
    text = read_text(node, ANY_WORDS)
    if isinstance(text, Unfit):
        return text
    if not key.pattern:
        return tuple(dict.fromkeys(filter(None, (word.strip(" ") for word in text.split(",")))))
    words = [Scalar(word, word, node.place) for word in text.split(",")]
    return _read_texts(Series(tuple(words), node.place), key)


def _read_flag(node: Node, key: Key) -> bool | Unfit:
    if isinstance(node, Scalar) and isinstance(node.value, bool):
        return node.value
    meant = _FLAGS.get(node.text.lower(), "") if isinstance(node, Scalar) else ""
    return Unfit(
        "true or false", node, f"write `{meant}`, without quotation marks" if meant else ""
    )


def _read_integer(node: Node, key: Key) -> int | Unfit:
    match node:
        case Scalar(value=bool()):
            pass
        case Scalar(value=int(value)) if key.least <= value <= key.most:
            return value
    return Unfit("a whole number" + _range(key), node)


def _read_number(node: Node, key: Key) -> float | Unfit:
    match node:
        case Scalar(value=bool()):
            pass
        case Scalar(value=int() | float() as value) if _is_finite(value):
            if key.least <= value <= key.most:
                return float(value)
    return Unfit("a number" + _range(key), node)


def _is_finite(value: int | float) -> bool:
    return -1e300 < value < 1e300


def _range(key: Key) -> str:
    match math.isfinite(key.least), math.isfinite(key.most):
        case True, True:
            return f" from {key.least:g} to {key.most:g}"
        case True, False:
            return f" from {key.least:g}"
        case _:
            return ""


def _read_date(node: Node, key: Key) -> str | Unfit:
    expected = "a date as exact as it is known, `2016`, `2016-03` or `2016-03-20`"
    if not isinstance(node, Scalar):
        return Unfit(expected, node)
    text = node.text.strip()
    if is_date(text):
        return text
    if _DATE.fullmatch(text):
        return Unfit("a date of the calendar", node)
    loose = _LOOSE_DATE.fullmatch(text)
    meant = "-".join(part.zfill(2) for part in loose.group(1, 3, 4) if part) if loose else ""
    return Unfit(expected, node, f"did you mean `{meant}`?" if is_date(meant) else "")


def is_date(text: str) -> bool:
    """Tell whether *text* is a date of the calendar: a year, a month of it, or a day."""
    found = _DATE.fullmatch(text)
    if not found:
        return False
    try:
        date(int(found[1]), int(found[2] or 1), int(found[3] or 1))
    except ValueError:
        return False
    return True


def _read_language(node: Node, key: Key) -> str | Unfit:
    text = read_text(node, ANY_WORDS)
    if isinstance(text, str) and _LANGUAGE.fullmatch(text):
        return text
    meant = node.text.strip().replace("_", "-") if isinstance(node, Scalar) else ""
    help = f"did you mean `{meant}`?" if _LANGUAGE.fullmatch(meant) else ""
    return Unfit("the tag of a language, `en` or `pt-BR`", node, help)


def _read_address(node: Node, key: Key) -> str | Unfit:
    text = read_text(node, ANY_WORDS)
    if isinstance(text, str) and _ADDRESS.fullmatch(text):
        return text
    typed = node.text.strip() if isinstance(node, Scalar) else ""
    clone = _CLONE.fullmatch(typed)
    meant = f"https://{'/'.join(clone.groups()) if clone else typed}"
    likely = clone or _LIKE_ADDRESS.match(typed)
    help = f"did you mean `{meant}`?" if likely and _ADDRESS.fullmatch(meant) else ""
    return Unfit("an address that begins with `https://` or `http://`", node, help)


def _read_choice(node: Node, key: Key) -> str | Unfit:
    if isinstance(node, Scalar) and node.value in key.words:
        return node.text
    close = nearest(node.text, key.words) if isinstance(node, Scalar) else None
    help = f"did you mean `{close}`?" if close else ""
    return Unfit(list_words(key), node, help)


def list_words(key: Key) -> str:
    """Return the words of a choice as a sentence may hold them."""
    return f"{', '.join(key.words[:-1])} or {key.words[-1]}"


READERS: Mapping[Kind, Callable[[Node, Key], Any]] = {
    Kind.TEXT: read_text,
    Kind.TEXTS: _read_texts,
    Kind.WORDS: _read_words,
    Kind.FLAG: _read_flag,
    Kind.INTEGER: _read_integer,
    Kind.NUMBER: _read_number,
    Kind.DATE: _read_date,
    Kind.LANGUAGE: _read_language,
    Kind.ADDRESS: _read_address,
    Kind.CHOICE: _read_choice,
}
