"""Decoding: what a written file says, however its format spells it.

For everything that might say it: a reader, a program, a search engine, a link that is followed.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from html import unescape
from typing import NamedTuple
from urllib.parse import unquote

# A tag ends outside of the values of its attributes; a quotation mark without another is no such.
_TAG = re.compile(
    r"""(</?[a-zA-Z][^<>=]*+(?:=\s*+(?:"[^"]*+"|'[^']*+'|[^\s<>]*+)[^<>=]*+)*+>"""
    r"""|<[^<>]*+>)"""
)
# What stands among the words of a text and is no part of them: the numbers of notes and places.
_OURS = re.compile(
    r"""(<a class="(?:ref|fn|locator)\b[^"]*+"[^<>"']*+"""
    r"""(?:(?:"[^"]*+"|'[^']*+')[^<>"']*+)*+>)[^<]*</a>"""
)
_CODED = re.compile(r"[&%\\<]")
_VALUE = re.compile(r"""=\s*(?:"([^"]*)"|'([^']*)')""")
_INLINE = re.compile(
    r"</?(?:a|abbr|b|bdi|bdo|big|cite|code|del|dfn|em|font|i|ins|kbd|mark|q|s|samp|small|span"
    r"|strong|sub|sup|time|tspan|tt|u|var|wbr)\b",
    re.IGNORECASE,
)
_GAP = re.compile(r"""<(a|span)\b[^>]*\bclass="gap\b[^>]*>[^<]*</\1>""")
_LEAST = 20
# Those of JSON and of scripts.
_ESCAPE = re.compile(
    r"\\(?:u([0-9a-fA-F]{4})|u\{0*((?:10|[0-9a-fA-F])?[0-9a-fA-F]{1,4})\}|x([0-9a-fA-F]{2})|(.))",
    re.DOTALL,
)
_MARKUP = re.compile(r"\]\([^()\s]*(?:\([^()\s]*\)[^()\s]*)*\)|[*_\[\]`\\]|&#?\w{1,32};")
_TAG_OR_ENTITY = re.compile(rf"{_TAG.pattern}|&#?\w{{1,32}};")
_SPACES = frozenset("bfnrtv")
_HEX = re.compile(r"%[0-9a-fA-F]{2}")
_MARKED_UP = (".html", ".htm", ".xhtml", ".xml", ".svg")
_SCRIPTS = (".json", ".js", ".mjs", ".css")
_BINARY = (".png", ".jpg", ".jpeg", ".gif", ".webp", ".avif", ".ico", ".woff", ".woff2", ".zip")
_READABLE = re.compile(rb"[\t\n\r\x20-\x7e]{32,}")
_BYTE_ORDERS = ((b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be"))
# An address inside an address is decoded twice; more often nobody writes or reads it.
_ROUNDS = 3


class Said(NamedTuple):
    """What a file says: *texts*, and *tags*, of which each stands for itself (``read_tag``)."""

    texts: tuple[str, ...]
    tags: tuple[str, ...] = ()


def read_out(path: str, content: bytes) -> Said:
    """Return what the file at *path* says, in one or several texts and tags.

    Together they leave out nothing. Words that only marks of ours or tags inside a line part stand
    next to each other in one of the texts, and every block of a page has a line to itself. Of a
    picture it is what can be read without drawing it.
    """
    suffix = path[path.rfind(".") :].lower()
    if suffix in _BINARY:
        return Said(tuple(found.decode() for found in _READABLE.findall(content)))
    text = decode(content)
    if suffix in _MARKED_UP:
        return _read_marked_up(text.replace("\n", " "), picture=suffix == ".svg")
    if suffix == ".json":
        text = _ESCAPE.sub(_unescape, text)
    return Said(tuple(decode_fully(text)))


def _read_marked_up(text: str, *, picture: bool) -> Said:
    marks, text = set_marks_apart(text)
    pieces = _TAG.split(text)
    tags = filter(is_said, dict.fromkeys([*marks, *pieces[1::2]]))
    texts = list(decode_fully(unescape(_join(pieces))))
    if picture:
        texts += decode_fully(unescape(_join(pieces, between=" ")))
    return Said(tuple(texts), tuple(tags))


def set_marks_apart(text: str) -> tuple[list[str], str]:
    """Return the tags of the marks of ours in the page *text*, and *text* without these marks.

    In it every gap has a line to itself: it says how many words are missing, and its own words go
    on neither before nor behind it.
    """
    marks = _OURS.findall(text)
    if marks:
        text = _OURS.sub("", text)
    if 'class="gap' in text:
        text = _GAP.sub(r"\n\g<0>\n", text)
    return marks, text


def is_said(tag: str) -> bool:
    """Tell whether *tag* has room for what may not be said."""
    return len(tag) > _LEAST


def is_inline(tag: str) -> bool:
    """Tell whether what stands before and after *tag* is one line."""
    return bool(_INLINE.match(tag))


def is_coded(tag: str) -> bool:
    """Tell whether what *tag* says may be spelt in another way than it stands there."""
    return bool(_CODED.search(tag, 1))


def read_tag(tag: str) -> Iterator[str]:
    """Yield what *tag* says, in one or several texts, and what its attributes say, a line each."""
    yield from decode_fully(unescape(tag[1:-1]))
    yield "\n".join(unescape(double or single) for double, single in _VALUE.findall(tag))


def _join(pieces: Sequence[str], between: str = "") -> str:
    """Return the texts among *pieces*, of which every second one is a tag.

    A tag inside a line becomes what is *between*, any other one ends the line.
    """
    texts = [*pieces]
    texts[1::2] = [between if is_inline(tag) else "\n" for tag in pieces[1::2]]
    return "".join(texts)


def flatten(text: str, path: str = "") -> tuple[str, list[int]]:
    """Return the file of the authors at *path* without markup, and where each sign stood.

    What it says is found in it however it is emphasised, linked or spelt. What is neither a page
    nor a script is taken for Markdown.
    """
    markup, read = _choose_markup(path)
    pieces: list[str] = []
    offsets: list[int] = []
    end = 0
    for found in markup.finditer(text):
        said, own = read(found)
        pieces += (text[end : found.start()], said)
        offsets += (*range(end, found.start()), *own)
        end = found.end()
    return "".join([*pieces, text[end:]]), [*offsets, *range(end, len(text) + 1)]


_Read = Callable[[re.Match[str]], tuple[str, Sequence[int]]]


def _choose_markup(path: str) -> tuple[re.Pattern[str], _Read]:
    """Return what is markup in a file, and what tells what it says and where that stood."""
    suffix = path[path.rfind(".") :].lower()
    if suffix in _MARKED_UP:
        # A picture has no spaces between the pieces of a line.
        return _TAG_OR_ENTITY, partial(_flatten_tag, between=" " if suffix == ".svg" else "")
    if suffix in _SCRIPTS:
        return _ESCAPE, lambda found: _stand(_unescape(found), found)
    return _MARKUP, _flatten_mark


def _flatten_mark(found: re.Match[str]) -> tuple[str, Sequence[int]]:
    return _stand(unescape(found[0]) if found[0][0] == "&" else "", found)


def _flatten_tag(found: re.Match[str], between: str) -> tuple[str, Sequence[int]]:
    """Return what a tag or an entity says: of a tag, the longest of its attributes."""
    if found[0][0] == "&":
        return _stand(unescape(found[0]), found)
    value = max(_VALUE.finditer(found[0]), key=lambda each: len(each[0]), default=None)
    if value and is_said(value[0]):
        start, end = (found.start() + at for at in value.span())
        return f" {value[0]} ", (start, *range(start, end), end)
    return _stand(between if is_inline(found[0]) else " ", found)


def _stand(said: str, found: re.Match[str]) -> tuple[str, Sequence[int]]:
    return said, [found.start()] * len(said)


def decode(content: bytes) -> str:
    """Return the text of a file in whichever of the encodings of Unicode."""
    for mark, name in _BYTE_ORDERS:
        if content.startswith(mark):
            return content.decode(name, "replace")
    return content.decode("utf-8", "replace")


def decode_fully(text: str) -> Iterator[str]:
    """Yield *text*, and once more what it says when its escapes are read, as long as it has any.

    What is markup then is read as such: feeds and data may hold pages.
    """
    yield text
    yield from _decode_markup(text)
    for _ in range(_ROUNDS):
        decoded = unescape(text) if "&" in text else text
        if "%" in decoded and _HEX.search(decoded):
            decoded = unquote(decoded, errors="replace")
        if "\\" in decoded:
            decoded = _ESCAPE.sub(_unescape, decoded)
        if decoded == text:
            return
        text = decoded
        yield text
        yield from _decode_markup(text)


def _decode_markup(text: str) -> Iterator[str]:
    if "<" in text and len(pieces := _TAG.split(text)) > 1:
        yield _join(pieces)


def _unescape(found: re.Match[str]) -> str:
    number = found[1] or found[2] or found[3]
    if number:
        return chr(int(number, 16))
    return " " if found[4] in _SPACES else found[4]
