"""The examples of the CommonMark specification, compared with what we read: by their words."""

import json
import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from html import unescape
from pathlib import Path

from selectolax.lexbor import LexborHTMLParser, LexborNode

from generator.markup import HEADINGS
from generator.model import Document

_LEAVES = HEADINGS | {"p", "pre", "th", "td"}
_BLOCKS = _LEAVES | {"ul", "ol", "li", "blockquote", "hr"}
_TAG = re.compile(r"<(?:[a-zA-Z/][^<>]*|[!?](?s:.)*?)>")
_WORD = re.compile(r"[^\W_]+")
_BREAK = "\ufdd0"
# What no reader sees of Markdown: the language of code, definitions, addresses, labels.
_UNSEEN = re.compile(r"^ {0,3}```.*$|^\[[^\]]*\]:.*$|\]\([^)]*\)|\]\[[^\]]*\]", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Example:
    """One example: its Markdown, and the HTML that the specification gives for it."""

    number: int
    section: str
    markdown: str
    html: str

    @property
    def has_raw_html(self) -> bool:
        """Tell whether tags of the HTML were typed: they are text to us."""
        typed = any(tag in self.markdown for tag in _TAG.findall(self.html))
        return typed or self.section == "HTML blocks"


def load_examples() -> list[Example]:
    """Read the examples from the file that POSTIL_COMMONMARK names; a KeyError if it names none.

    The specification writes its tabs as arrows.
    """
    rows = json.loads(Path(os.environ["POSTIL_COMMONMARK"]).read_text("utf-8"))
    for row in rows:
        row.update({name: row[name].replace("\u2192", "\t") for name in ("markdown", "html")})
    return [Example(row["number"], row["section"], row["markdown"], row["html"]) for row in rows]


def words_of_page(html: str) -> list[str]:
    """Return the words of each block that a browser shows of *html*, without empty ones."""
    body = LexborHTMLParser(html).body
    return [words for words in _blocks(body) if words] if body else []


def words_of_document(document: Document) -> list[str]:
    """Return the words of each leaf of *document*, without empty ones."""
    leaves = (each for each in document.elements if each.tag in _LEAVES)
    return [words for each in leaves if (words := document.text[slice(*each.span)])]


def missing_words(example: Example, document: Document) -> list[str]:
    """Return the words of the Markdown that the text of *document* has not, in that order."""
    at, missing = 0, []
    for word in _WORD.findall(unescape(_UNSEEN.sub(" ", example.markdown))):
        found = document.text.find(word, at)
        if found == -1:
            missing.append(word)
        else:
            at = found + len(word)
    return missing


def _blocks(node: LexborNode) -> Iterator[str]:
    """Yield the words of the blocks inside *node*; those of its own stand between its blocks."""
    if node.tag == "pre":
        yield (node.text() or "").removesuffix("\n")
        return
    own: list[str] = []
    child = node.child
    while child is not None:
        if child.tag in _BLOCKS:
            yield _loose(own)
            own = []
            yield from _blocks(child)
        else:
            own.append(_BREAK if child.tag == "br" else child.text() or "")
        child = child.next
    yield "".join(own).replace(_BREAK, "") if node.tag in _LEAVES else _loose(own)


def _loose(own: list[str]) -> str:
    """Return words that stand between blocks; a line feed beside a block is none of theirs."""
    return "".join(own).strip("\n").replace(_BREAK, "")
