"""Reading code: a source whose every line is a place of its own."""

import re

from generator.diagnostics import Diagnostic, Outcome
from generator.digests import digest_bytes
from generator.languages import language_of
from generator.model import Document, Element, Locator
from generator.spans import Span, TextFile

_WORD = re.compile(r"[^\W_]")


def read_code(file: TextFile, id: str) -> Outcome[Document]:
    """Read *file* as the code it stands for; its suffix tells the language.

    The text is the file's, without one final line feed. Every line has a locator, an empty one
    too; only line feeds end lines. A file without a letter or digit is ``text-empty``.
    """
    text = file.text.removesuffix("\n")
    language = language_of(file.path)
    document = Document(
        id=id,
        digest=digest_bytes(f"code\n{language}\n{text}".encode("utf-8", "surrogatepass")),
        text=text,
        elements=(Element(Span(0, len(text)), 0, "pre", (("language", language),)),),
        locators=_locate_lines(text),
    )
    if _WORD.search(text):
        return Outcome(document)
    return Outcome(document, (Diagnostic("text-empty", "the source has no words", file.path),))


def _locate_lines(text: str) -> tuple[Locator, ...]:
    locators = []
    start = 0
    for number, line in enumerate(text.split("\n"), 1):
        label = f"L{number}"
        locators.append(Locator(label, "line", Span(start, start + len(line)), label))
        start += len(line) + 1
    return tuple(locators)
