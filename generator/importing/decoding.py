"""From the bytes of a saved page to its text, and what must not be parsed."""

import re

from generator.diagnostics import Diagnostic, Outcome
from generator.spans import Span

_DEEPEST = 500
_MOST_COPIES = 2_000_000
_TAG = re.compile(r"<(/?)([A-Za-z][A-Za-z0-9]*)")
# Their ends are implied, so that many of them do not nest.
_FLAT = frozenset(
    "area base br col embed hr img input link meta source track wbr "
    "p li dt dd option optgroup tr td th thead tbody tfoot rt rp".split()
)
_FORMATTING = frozenset("a b big code em font i nobr s small strike strong tt u".split())


def decode_page(content: bytes, name: str) -> Outcome[str]:
    """Return the text of *content*, which must be UTF-8 without NUL bytes, with plain line feeds.

    Otherwise the text is empty, and a diagnostic names the first place that is wrong.
    """
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError as error:
        before = _normalise(content[: error.start].decode("utf-8"))
        if content.startswith((b"\xff\xfe", b"\xfe\xff")):
            return _refuse("the file is UTF-16", before, name)
        return _refuse(f"byte 0x{content[error.start]:02x} is not UTF-8", before, name)
    text = _normalise(text)
    nul = text.find("\0")
    return _refuse("there is a NUL byte", text[:nul], name) if nul != -1 else Outcome(text)


def _normalise(text: str) -> str:
    return text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")


def _refuse(what: str, before: str, name: str) -> Outcome[str]:
    message = f"{what} in line {before.count(chr(10)) + 1}"
    help = "save the page again, as UTF-8 text or as HTML"
    span = Span(len(before), len(before) + 1)
    return Outcome("", (Diagnostic("text-not-utf8", message, name, span, help),))


def too_deep(source: str) -> bool:
    """Tell whether HTML would make a tree too deep, or too large for its length.

    A parser copies formatting that was never closed into every later block: some 100 KB of tags
    can become millions of nodes.
    """
    depth = formatting = copies = 0
    for closing, written in _TAG.findall(source):
        tag = written.lower()
        step = -1 if closing else 1
        if tag in _FORMATTING:
            formatting = max(formatting + step, 0)
        elif not closing:
            copies += formatting
        if tag not in _FLAT:
            depth = max(depth + step, 0)
        if depth > _DEEPEST or copies > _MOST_COPIES:
            return True
    return False
