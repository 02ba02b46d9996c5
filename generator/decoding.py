"""Decoding: what a written file says, however its format spells it.

For everything that might say it: a reader, a program, a search engine, a link that is followed.
"""

import re
from collections.abc import Iterator
from html import unescape
from urllib.parse import unquote

# What stands among the words of a text and is no part of them: the numbers of notes and places.
_OURS = re.compile(r'<a class="(?:ref|fn|locator)\b[^>]*>[^<]*</a>')
_INLINE = re.compile(
    r"</?(?:a|abbr|b|bdi|bdo|big|cite|code|del|dfn|em|font|i|ins|kbd|mark|q|s|samp|small|span"
    r"|strong|sub|sup|time|tspan|tt|u|var|wbr)\b[^>]*>",
    re.IGNORECASE,
)
_TAG = re.compile(r"<[^>]*>")
_GAP = re.compile(r"""<(a|span)\b[^>]*\bclass="gap\b[^>]*>[^<]*</\1>""")
_LEAST = 20
# Those of JSON and of scripts.
_ESCAPE = re.compile(
    r"\\(?:u([0-9a-fA-F]{4})|u\{0*((?:10|[0-9a-fA-F])?[0-9a-fA-F]{1,4})\}|x([0-9a-fA-F]{2})|(.))",
    re.DOTALL,
)
_MARKUP = re.compile(r"\]\([^()\s]*(?:\([^()\s]*\)[^()\s]*)*\)|[*_\[\]`\\]|&#?\w{1,32};")
_SPACES = frozenset("bfnrtv")
_HEX = re.compile(r"%[0-9a-fA-F]{2}")
_MARKED_UP = (".html", ".htm", ".xhtml", ".xml", ".svg")
_BINARY = (".png", ".jpg", ".jpeg", ".gif", ".webp", ".avif", ".ico", ".woff", ".woff2", ".zip")
_READABLE = re.compile(rb"[\t\n\r\x20-\x7e]{32,}")
_BYTE_ORDERS = ((b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be"))
# An address inside an address is decoded twice; more often nobody writes or reads it.
_ROUNDS = 3


def read_out(path: str, content: bytes) -> Iterator[str]:
    """Yield what the file at *path* says, in one or several texts; together they leave out nothing.

    Words that only marks of ours or tags inside a line part stand next to each other in one of
    them, and every block of a page has a line to itself. Of a picture
    it is what can be read without drawing it.
    """
    suffix = path[path.rfind(".") :].lower()
    if suffix in _BINARY:
        yield from (found.decode() for found in _READABLE.findall(content))
        return
    text = _decode(content)
    if suffix in _MARKED_UP:
        # Only a long one has room for what may not be said, and the same ones come again and again.
        tags = dict.fromkeys(tag for tag in _TAG.findall(text) if len(tag) > _LEAST)
        yield from _decode_fully(unescape("\n".join(tags)))
        # A gap says how many words are missing: its own words go on neither before nor behind it.
        text = _GAP.sub(r"\n\g<0>\n", _OURS.sub("", text.replace("\n", " ")))
        if suffix == ".svg":
            # A picture has no spaces between the pieces of a line.
            yield from _decode_fully(unescape(_TAG.sub("\n", _INLINE.sub(" ", text))))
        text = unescape(_TAG.sub("\n", _INLINE.sub("", text)))
    elif suffix == ".json":
        text = _ESCAPE.sub(_unescape, text)
    yield from _decode_fully(text)


def flatten(text: str) -> tuple[str, list[int]]:
    """Return a file of the authors without the markup inside its lines, and where each sign stood.

    What it says is found in it however it is emphasised, linked or spelt.
    """
    pieces: list[str] = []
    offsets: list[int] = []
    end = 0
    for found in _MARKUP.finditer(text):
        pieces.append(text[end : found.start()])
        offsets += range(end, found.start())
        said = unescape(found[0]) if found[0][0] == "&" else ""
        pieces.append(said)
        offsets += [found.start()] * len(said)
        end = found.end()
    return "".join([*pieces, text[end:]]), [*offsets, *range(end, len(text) + 1)]


def _decode(content: bytes) -> str:
    for mark, name in _BYTE_ORDERS:
        if content.startswith(mark):
            return content.decode(name, "replace")
    return content.decode("utf-8", "replace")


def _decode_fully(text: str) -> Iterator[str]:
    """Yield *text*, and once more what it says when its escapes are read, as long as it has any.

    What is markup then is read as such: feeds and data may hold pages.
    """
    yield text
    if "<" in text and _TAG.search(text):
        yield _TAG.sub("\n", _INLINE.sub("", text))
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
        if "<" in text and _TAG.search(text):
            yield _TAG.sub("\n", _INLINE.sub("", text))


def _unescape(found: re.Match[str]) -> str:
    number = found[1] or found[2] or found[3]
    if number:
        return chr(int(number, 16))
    return " " if found[4] in _SPACES else found[4]
