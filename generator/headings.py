"""The heading of a note: its gist, and what its braces say."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from markdown_it.token import Token

from generator.braces import Braces, BracesFault, find_braces
from generator.diagnostics import Diagnostic, Outcome
from generator.kinds import Key, Kind
from generator.model import Motivation
from generator.pairs import Pair, Scalar, Table
from generator.schema import Values, check_keys
from generator.spans import Span, TextFile
from generator.whereabouts import line_span
from generator.words import nearest

NOTE_KEYS = (
    Key("by"),
    Key("tags", Kind.WORDS),
    Key("date", Kind.DATE),
    Key("re"),
    Key("lang", Kind.LANGUAGE),
    Key("draft", Kind.FLAG),
)
NOTE_KEY_NAMES = frozenset(key.name for key in NOTE_KEYS)

# A heading whose author forgot the space; `##1` and `##-` may be meant as they stand.
_CROWDED = re.compile(r"##[^\W\d_]")
_OPENING = re.compile(r" {0,3}##(?:[ \t]+|$)")
_CLOSING = re.compile(r"(?:^|[ \t]+)#+[ \t]*$")
_FAULTY_ID = re.compile(r"\{\s*#([a-z0-9-]+)")
_MOTIVATIONS = tuple(motivation.value for motivation in Motivation)
_FLAGS = {"true": True, "false": False}


@dataclass(frozen=True, slots=True)
class Heading:
    """A note's heading as written: *gist* is the span of the gist's Markdown in the file.

    *id* is empty when the braces give none; *id_place* is where it stands.
    """

    place: Span
    gist: Span
    id: str
    id_place: Span
    motivation: Motivation
    values: Values


def read_heading(file: TextFile, line: int) -> Outcome[Heading]:
    """Read the 0-based *line* of *file*, which begins with ``##``.

    Braces that do not parse are ``braces-invalid``; their id, if it can be told, still counts, so
    that links to the note stay alive.
    """
    text = file.line(line + 1)
    place, start = line_span(file, line), file.line_starts[line]
    body = _without_closing(_without_comments(text))
    found = find_braces(body, NOTE_KEY_NAMES)
    end = len(_without_closing(body[: found.span.start])) if found else len(body)
    opening = _OPENING.match(text)
    gist_start = min(opening.end() if opening else 0, end)
    gist = Span(start + gist_start, start + gist_start + len(body[gist_start:end].rstrip()))
    if isinstance(found, Braces):
        keys = check_keys(_table(found, start), NOTE_KEYS, file.path)
        motivation = _read_motivation(found, file, start)
        heading = Heading(
            place, gist, found.id, _moved(found.place("#"), start), motivation.value, keys.value
        )
        return Outcome(heading, (*keys.diagnostics, *motivation.diagnostics))
    values = check_keys(Table(), NOTE_KEYS, file.path).value
    faults: tuple[Diagnostic, ...] = ()
    id = ""
    if isinstance(found, BracesFault):
        span = _moved(found.span, start)
        faults = (Diagnostic("braces-invalid", found.message, file.path, span, found.help),)
        known = _FAULTY_ID.match(body, found.span.start)
        id = known[1] if known else ""
    return Outcome(Heading(place, gist, id, place, Motivation.COMMENTING, values), faults)


def _moved(span: Span, by: int) -> Span:
    return Span(span.start + by, span.end + by)


def _without_comments(line: str) -> str:
    """Cut the comments at the end of *line*, but not one that holds braces."""
    while line.rstrip().endswith("-->"):
        opening = line.rfind("<!--")
        if opening == -1 or line.startswith("{", _first_word(line, opening + 4)):
            break
        line = line[:opening]
    return line


def _first_word(line: str, at: int) -> int:
    return len(line) - len(line[at:].lstrip())


def _without_closing(line: str) -> str:
    """Cut the number signs that may close a heading, and the space around them."""
    if not line.rstrip(" \t").endswith("#"):
        return line.rstrip()
    opening = _OPENING.match(line)
    start = opening.end() if opening else 0
    closing = _CLOSING.search(line, start)
    return line[: closing.start()].rstrip() if closing else line.rstrip()


def _table(braces: Braces, start: int) -> Table:
    """Return the keys of *braces* as the schema reads them."""
    pairs = []
    for name, text in braces.pairs:
        place = _moved(braces.place(name), start)
        key = Span(place.start, place.start + len(name))
        value = Span(min(key.end + 1, place.end), place.end) if key != place else place
        known = _FLAGS.get(text, text) if name == "draft" else text
        pairs.append(Pair(name, key, Scalar(known, text, value)))
    return Table(tuple(pairs))


def _read_motivation(braces: Braces, file: TextFile, start: int) -> Outcome[Motivation]:
    """Return the motivation that the classes name: at most one, and a word of the W3C's."""
    faults: list[Diagnostic] = []
    motivations: list[Motivation] = []
    for name in braces.classes:
        span = _moved(braces.place(f".{name}"), start)
        if name not in _MOTIVATIONS:
            close = nearest(name, _MOTIVATIONS)
            known = f"the words are {', '.join(_MOTIVATIONS)}"
            help = f"did you mean `.{close}`?" if close else known
            message = f"`{name}` is no kind of note"
            faults.append(Diagnostic("value-invalid", message, file.path, span, help))
        elif motivations:
            message = f"a note has one kind, and this one is {motivations[0]} already"
            help = "leave one of the two; the other may be a tag"
            faults.append(Diagnostic("value-invalid", message, file.path, span, help))
        else:
            motivations.append(Motivation(name))
    return Outcome(motivations[0] if motivations else Motivation.COMMENTING, tuple(faults))


def is_heading(token: Token) -> bool:
    """Tell whether *token* opens a heading that is in no quotation and no list."""
    return token.type == "heading_open" and token.level == 0


def judge_headings(file: TextFile, first: int, tokens: Sequence[Token]) -> Iterator[Diagnostic]:
    """Yield the headings among *tokens* whose author meant to start a note, or a file.

    The tokens are those of the file's blocks, their lines counted from its 0-based line *first*.
    """
    begun = False
    for token, words in pairwise(tokens):
        crowded = token.type == "paragraph_open" and _CROWDED.match(words.content)
        if not crowded and not is_heading(token):
            continue
        span = line_span(file, first + (token.map[0] if token.map else 0))
        if crowded and token.level == 0:
            message = "a space is missing after `##`, so that this is no heading"
            help = f"write `## {words.content.splitlines()[0][2:].strip()}`"
            yield Diagnostic("heading-misplaced", message, file.path, span, help)
        if crowded:
            continue
        if token.markup == "##":
            begun = True
        elif token.markup == "-":
            message, help = (
                "a note's heading is not underlined",
                "write `## ` before it, in one line",
            )
            yield Diagnostic("heading-underlined", message, file.path, span, help)
        elif begun and token.tag == "h1":
            message = "the title of the file stands before its first note"
            help = "write `## ` for a note, and `### ` for a heading within one"
            yield Diagnostic("heading-misplaced", message, file.path, span, help)
        elif begun and find_braces(words.content, NOTE_KEY_NAMES):
            message = "this heading is part of the note above, and cannot have braces"
            help = "write `## ` to start a note"
            yield Diagnostic("heading-misplaced", message, file.path, span, help)
