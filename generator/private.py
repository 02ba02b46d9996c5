"""Private editions: a site with all of its texts, for those who have them; every page says so."""

import re
from html import escape

from generator.interface import Strings
from generator.output import IGNORED
from generator.publishing import Tree

# What a page of a private edition is known by, to us and to whoever is about to publish it.
MARK = '<meta name="postil-edition" content="private">'
_HEAD = re.compile(r"<head\b[^>]*>", re.IGNORECASE)
_BODY = re.compile(r"<body\b[^>]*>", re.IGNORECASE)


class Marked:
    """A tree in which every page is marked as private, whatever its theme draws."""

    def __init__(self, tree: Tree, say: Strings) -> None:
        self._tree, self._say = tree, say
        tree.write(IGNORED, b"*\n")

    def write(self, url: str, content: bytes) -> None:
        """Write the file at the address *url*, once."""
        if url.endswith(".html"):
            content = mark(content.decode(), self._say).encode()
        self._tree.write(url, content)

    def take_over(self, url: str, digest: str) -> bool:
        """Put the old site's file at *url* into this one, if it is what *digest* says it was.

        No page is: the digest is that of a page without its mark.
        """
        return not url.endswith(".html") and self._tree.take_over(url, digest)


def mark(page: str, say: Strings) -> str:
    """Return *page* with the mark in its head and the words in its body."""
    head = f'{MARK}\n<meta name="robots" content="noindex">'
    banner = f'<p class="private" role="note">{escape(say("private"))}</p>'
    if not _HEAD.search(page):
        head = f"<head>\n{head}\n</head>"
        return f"{head}\n{banner}\n{page}"
    page = _HEAD.sub(lambda found: f"{found[0]}\n{head}", page, count=1)
    return _BODY.sub(lambda found: f"{found[0]}\n{banner}", page, count=1)
