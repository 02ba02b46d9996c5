"""Skimming: what pages say, read quickly, since most of what one has others have too.

``decoding`` defines what a file says. Here a page is cut before every tag, and what becomes of
each piece is remembered; where a tag holds what only the definition understands, that is asked.
"""

import re
from html import unescape

from generator.decoding import (
    Said,
    decode,
    decode_fully,
    is_inline,
    is_said,
    read_out,
    set_marks_apart,
)

_PAGES = (".html", ".htm")
# A tag of which it is plain where it ends, whatever comes behind.
_TAG = re.compile(
    r"""![^>]*+>"""
    r"""|/?[a-zA-Z][^>="']*+(?:=(?:"[^"]*+"|'[^']*+'|[^\s>"'=]++(?=[\s>]))[^>="']*+)*+>"""
)
_MANY = 100_000


class Skimmer(dict[str, str]):
    """What pieces of pages say, each of which begins behind the ``<`` of a tag."""

    def __init__(self) -> None:
        self._new: dict[str, str] = {}

    def __missing__(self, piece: str) -> str:
        """Learn what *piece* says; raises ``LookupError`` if its tag may end in another one."""
        found = _TAG.match(piece)
        if not found:
            raise LookupError(piece)
        self._new[piece] = tag = f"<{found[0]}"
        self[piece] = text = ("" if is_inline(tag) else "\n") + piece[found.end() :]
        return text

    def read(self, path: str, content: bytes) -> Said:
        """Return what the file at *path* says, with no tag that was met and not forgotten."""
        if not path.endswith(_PAGES):
            return read_out(path, content)
        if len(self) > _MANY:
            self.clear()
        self._new = {}
        marks, text = set_marks_apart(decode(content).replace("\n", " "))
        first, *pieces = text.split("<")
        try:
            joined = first + "".join(map(self.__getitem__, pieces))
            for mark in marks:
                self[mark[1:]]
        except LookupError:
            return read_out(path, content)
        tags = dict.fromkeys(filter(is_said, self._new.values()))
        return Said(tuple(decode_fully(unescape(joined))), tuple(tags))

    def forget(self) -> None:
        """Let the tags of the last page be met again: there is something in them."""
        for piece in self._new:
            del self[piece]
        self._new = {}
