"""Reading HTML: what a browser would show of a page, in the elements that a document may have."""

import re
from collections.abc import Callable
from html import escape

from generator.blocks import number_blocks
from generator.diagnostics import Diagnostic, Outcome
from generator.digests import digest_bytes
from generator.flow import Flow
from generator.hypertext import flatten_depth, walk_page
from generator.mentions import gather_mentions
from generator.model import Document, Element
from generator.spans import Span, TextFile
from generator.whereabouts import line_span

# How far an address is looked for: every one that is not to be found costs as much.
_FAR = 20_000
_WORD = re.compile(r"[^\W_]")


def read_html(file: TextFile, id: str) -> Outcome[Document]:
    """Read *file* as a page of HTML; elements that are not on the allow-list leave their words.

    What nests deeper than browsers go is kept, flat, and ``text-too-deep``; a page without a
    letter or digit is ``text-empty``.
    """
    problems: list[Diagnostic] = []
    html, too_deep = flatten_depth(file.text)
    if too_deep != -1:
        place = line_span(file, file.line_column(too_deep)[0] - 1)
        message = "this is nested too deep; what is inside is shown as plain paragraphs"
        problems.append(Diagnostic("text-too-deep", message, file.path, place))
    flow = Flow()
    for event in walk_page(html):
        flow.take(event)
    flow.finish()
    text = flow.draft.text()
    if not _WORD.search(text):
        problems.append(Diagnostic("text-empty", "the source has no words", file.path))
    elements, locators = number_blocks(text, [Element(*row) for row in flow.draft.rows()])
    document = Document(
        id=id,
        digest=digest_bytes(f"html\n{file.text}".encode("utf-8", "surrogatepass")),
        text=text,
        elements=elements,
        locators=locators,
        references=tuple(gather_mentions(text, elements, _places(file))),
    )
    return Outcome(document, tuple(problems))


def _places(file: TextFile) -> Callable[[int, str], Span]:
    """Return a function that finds one address after the other; the parser tells no places.

    An element that was cut up has several; an address that is written otherwise than it is read,
    or stands far from the one before it, has the place of the whole file.
    """
    reached = 0
    found: dict[str, Span] = {}

    def place(index: int, href: str) -> Span:
        nonlocal reached
        for written in dict.fromkeys((href, escape(href, quote=False))):
            at = file.text.find(written, reached, reached + _FAR)
            if at != -1:
                reached = at + len(written)
                found[href] = Span(at, reached)
                return found[href]
        return found.get(href, Span(0, len(file.text)))

    return place
