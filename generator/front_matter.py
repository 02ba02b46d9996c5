"""Front matter: the YAML between `---` lines at the top of a file, with the place of every key.

What counts as front matter is GitHub's rule: three hyphens on the very first line, blanks after
them at most, up to the next such line. Three dots do not close it.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from generator.diagnostics import Diagnostic, Outcome
from generator.pairs import Pair, Table
from generator.spans import Span, TextFile
from generator.yaml_pairs import Fault, read_pairs

LONGEST = 65536

_FENCE = re.compile(r"^---[ \t]*$", re.MULTILINE)
_KEY_LINE = re.compile(r"(?:[ \t]*#[^\n]*\n)*[A-Za-z_][\w-]*[ \t]*:(?:[ \t\n]|\Z)")
_END_OF_KEYS = re.compile(r"^(?:[ \t]*$|#{1,6} )", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """The keys at the top of a file, and the offset at which its body starts.

    A file without front matter has an empty table, and its body starts at 0.
    """

    table: Table
    body_start: int


def read_front_matter(file: TextFile) -> Outcome[FrontMatter]:
    """Read the front matter of *file*; all that is wrong with it is ``front-matter-invalid``.

    What could be read is returned in any case. A first line `---` that no other follows is a
    rule, as on GitHub, unless a line that looks like a key stands below it: then the front
    matter is taken to end at the first empty line or heading.
    """
    text = file.text
    opening = _FENCE.match(text)
    if not opening:
        return Outcome(FrontMatter(Table(), 0))
    place = Span(0, 3)
    start = min(opening.end() + 1, len(text))
    closing = _FENCE.search(text, start)
    if closing:
        end, body_start = closing.start(), min(closing.end() + 1, len(text))
    elif _KEY_LINE.match(text, start):
        found = _END_OF_KEYS.search(text, start)
        end = body_start = found.start() if found else len(text)
    else:
        return Outcome(FrontMatter(Table(), 0))
    if end - start > LONGEST:
        faults = [_too_long(place)]
        pairs: tuple[Pair, ...] = ()
    else:
        pairs, faults = read_pairs(text[start:end], start)
    if not closing:
        faults = [_unclosed(place)]
    problems = (
        Diagnostic("front-matter-invalid", fault.message, file.path, fault.place, fault.help)
        for fault in faults
    )
    return Outcome(FrontMatter(Table(pairs, place), body_start), tuple(problems))
