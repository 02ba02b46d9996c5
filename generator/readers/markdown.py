"""Reading Markdown: CommonMark, tables and footnotes, with braces and threads."""

import re
from collections.abc import Callable, Iterator, Sequence
from typing import Any
from urllib.parse import unquote

from generator.blocks import number_blocks
from generator.bracing import dress_blocks, install_braces, take_braces
from generator.commonmark import Marked, new_parser, parse_blocks, parse_inlines, read_tokens
from generator.diagnostics import Diagnostic, Outcome
from generator.digests import digest_bytes
from generator.mentions import gather_mentions
from generator.model import Document
from generator.placeholders import find_text, report_left
from generator.spans import Span, TextFile
from generator.threads import find_threads
from generator.whereabouts import line_span

_PARSER = new_parser(footnotes=True)
install_braces(_PARSER)

# How far an address is looked for: every one that is not to be found costs as much.
_FAR = 5_000
_WORD = re.compile(r"[^\W_]")


def read_markdown(file: TextFile, id: str) -> Outcome[Document]:
    """Read *file* as a source in Markdown; raw HTML in it is text.

    Braces and the heads of comments are no part of the text. Its language is unknown here. A
    file without a letter or digit is ``text-empty``; what is nested too deep is kept, flat.
    """
    env: dict[str, Any] = {}
    tokens, problems = take_braces(parse_blocks(_PARSER, file.text, env), file, env)
    threaded = find_threads(tokens, file.path)
    problems += threaded.diagnostics
    problems += dress_blocks(threaded.tokens, file.path)
    marked = read_tokens(parse_inlines(_PARSER, threaded.tokens, env))
    problems += _report_depth(marked.too_deep, file)
    if not _WORD.search(marked.text):
        problems.append(Diagnostic("text-empty", "the source has no words", file.path))
    left = find_text(marked.text, file.text)
    if left is not None:
        help = "put the words of the source in its place"
        problems.append(report_left(file.path, left, help))
    elements, locators = number_blocks(marked.text, marked.elements)
    document = Document(
        id=id,
        digest=digest_bytes(f"markdown\n{file.text}".encode("utf-8", "surrogatepass")),
        text=marked.text,
        elements=elements,
        locators=locators,
        references=tuple(gather_mentions(marked.text, elements, _places(marked, file))),
        announced=threaded.announced,
    )
    return Outcome(document, tuple(problems))


def _report_depth(lines: Sequence[int], file: TextFile) -> Iterator[Diagnostic]:
    """Yield one problem for each passage of *lines* that lie together."""
    before = -3
    for line in sorted(lines):
        if line - before > 2:
            message = "this is nested too deep; its inner marks are shown as text"
            yield Diagnostic("text-too-deep", message, file.path, line_span(file, line))
        before = line


def _places(marked: Marked, file: TextFile) -> Callable[[int, str], Span]:
    """Return a function that finds an address in the lines of its block.

    An address may be written otherwise than it is read, or stand elsewhere or far from the one
    before it; then its place is the first line of the block.
    """
    starts = (*file.line_starts, len(file.text))
    reached = 0

    def place(index: int, href: str) -> Span:
        nonlocal reached
        first, last = marked.lines[index]
        low, high = starts[first], starts[min(last, len(starts) - 1)]
        for start in dict.fromkeys((max(low, reached), low)):
            for written in dict.fromkeys((href, unquote(href))):
                at = file.text.find(written, start, min(high, start + _FAR))
                if at != -1:
                    reached = at + len(written)
                    return Span(at, reached)
        return line_span(file, first)

    return place
