"""Front matter: the YAML between `---` lines at the top of a file, with the place of every key.

What counts as front matter is GitHub's rule: three hyphens on the very first line, blanks after
them at most, up to the next such line. Three dots do not close it.
"""

import re
from dataclasses import dataclass

from generator.diagnostics import Diagnostic, Outcome
from generator.pairs import Table
from generator.spans import Span, TextFile
from generator.yaml_faults import Fault
from generator.yaml_pairs import FASTEST, Loader, read_pairs

LONGEST = 65536

_FENCE = re.compile(r"^---[ \t]*$", re.MULTILINE)
_KEY_LINE = re.compile(r"(?:[ \t]*#[^\n]*\n)*[A-Za-z_][\w-]*[ \t]*:(?:[ \t\n]|\Z)")
_END_OF_KEYS = re.compile(r"^(?:[ \t]*$|#{1,6} )", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """The keys at the top of a file, and the offset at which its body starts.

    A file without front matter has an empty table, and its body starts at 0. It is *broken* where
    a line between the two others is no YAML at all, as in a letter between two rules.
    """

    table: Table
    body_start: int
    broken: bool = False


def read_front_matter(file: TextFile, loader: Loader = FASTEST) -> Outcome[FrontMatter]:
    """Read the front matter of *file*; all that is wrong with it is ``front-matter-invalid``.

    What could be read is returned in any case. A first line `---` that no other follows is a
    rule, as on GitHub, unless a line that looks like a key stands below it: then the front
    matter is taken to end at the first empty line or heading. Keys right above the first `---` are
    front matter that was not opened. *loader* is a class of PyYAML.
    """
    text = file.text
    opening = _FENCE.match(text)
    if not opening:
        return _read_unopened(file, loader)
    fence = Span(0, 3)
    start = min(opening.end() + 1, len(text))
    closing = _FENCE.search(text, start)
    if not closing:
        return _read_unclosed(file, start, loader)
    body_start = min(closing.end() + 1, len(text))
    if closing.start() - start > LONGEST:
        fault = Fault("the front matter is longer than 64 KB", fence, "close it with `---`")
        return _outcome(file, FrontMatter(Table((), fence, whole=False), body_start), (fault,))
    pairs, faults = read_pairs(text[start : closing.start()], start, loader)
    table = Table(pairs, fence, whole=not faults)
    broken = any(fault.broken for fault in faults)
    return _outcome(file, FrontMatter(table, body_start, broken), faults)


def _read_unopened(file: TextFile, loader: Loader) -> Outcome[FrontMatter]:
    """Read keys at the top of a file above a line ``---``, where the one above them is missing.

    Markdown takes the last of them for a heading. It is missing, too, if empty lines stand above.
    A word with a capital is no key but the beginning of a heading that is underlined.
    """
    text = file.text
    first = len(text) - len(text.lstrip())
    opening = _FENCE.match(text, first)
    start = opening.end() + 1 if opening else first
    closing = _FENCE.search(text, start, start + LONGEST)
    keys = text[start : closing.start()] if closing else ""
    pairs, faults = read_pairs(keys, start, loader) if _KEY_LINE.match(keys) else ((), ())
    is_heading = opening is None and bool(pairs) and not pairs[0].key.islower()
    if closing is None or not pairs or "\n\n" in keys or is_heading:
        return Outcome(FrontMatter(Table(), 0))
    place = Span(first, text.find("\n", first))
    message, help = "the front matter has no `---` above it", "write `---` above this line"
    if opening:
        message = "front matter begins on the first line of a file"
        help = "take away what stands above it"
    table = Table(pairs, place, whole=False)
    body_start = min(closing.end() + 1, len(text))
    return _outcome(file, FrontMatter(table, body_start), (Fault(message, place, help), *faults))


def _read_unclosed(file: TextFile, start: int, loader: Loader) -> Outcome[FrontMatter]:
    if not _KEY_LINE.match(file.text, start):
        return Outcome(FrontMatter(Table(), 0))
    fence = Span(0, 3)
    found = _END_OF_KEYS.search(file.text, start)
    end = min(found.start() if found else len(file.text), start + LONGEST)
    pairs, _ = read_pairs(file.text[start:end], start, loader)
    fault = Fault(
        "the front matter is not closed",
        fence,
        "write `---` on a line of its own below the keys, or `***` here if a rule is meant",
    )
    return _outcome(file, FrontMatter(Table(pairs, fence, whole=False), end), (fault,))


def _outcome(
    file: TextFile, front_matter: FrontMatter, faults: tuple[Fault, ...]
) -> Outcome[FrontMatter]:
    problems = (
        Diagnostic("front-matter-invalid", fault.message, file.path, fault.place, fault.help)
        for fault in faults
    )
    return Outcome(front_matter, tuple(problems))
