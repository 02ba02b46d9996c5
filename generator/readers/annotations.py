"""Annotation files: the notes, each a heading, what it is about, and what it says."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from markdown_it.token import Token

from generator.advising import report_running_on
from generator.diagnostics import Diagnostic, Outcome
from generator.front_matter import read_front_matter
from generator.headings import Heading, is_heading, judge_headings, read_heading
from generator.identifiers import LONGEST_ID, check_id, proposal
from generator.kinds import Key, Kind
from generator.model import Annotation, Motivation, Prose, Target
from generator.placeholders import find_left
from generator.prose import Content, parse_content, warn_of_bidi, write_prose
from generator.quotations import find_end, find_lazy, quotation_span, read_quotation
from generator.readings import read_readings
from generator.schema import Values, check_keys
from generator.spans import Span, TextFile
from generator.statements import take_statements
from generator.whereabouts import line_span
from generator.words import plain_slug

LONGEST_GIST = 160
_PROPOSED_WORDS = 5

FILE_KEYS = (
    Key("source"),
    Key("by"),
    Key("tags", Kind.WORDS),
    Key("date", Kind.DATE),
    Key("lang", Kind.LANGUAGE),
    Key("draft", Kind.FLAG),
)


@dataclass(frozen=True, slots=True)
class _Section:
    """A note as blocks: the 0-based line of its heading, and the tokens below it."""

    line: int
    tokens: list[Token]


def read_annotations(file: TextFile) -> Outcome[tuple[Annotation, ...]]:
    """Read the notes of *file*, as ``formats.md`` describes an annotation file.

    Every note is returned, whatever is wrong with it; one without a usable id has the one that
    its message proposes. Sources, annotators, links and replies are judged later.
    """
    front = read_front_matter(file)
    defaults = check_keys(front.value.table, FILE_KEYS, file.path)
    content, open_comments = parse_content(file, Span(front.value.body_start, len(file.text)))
    intro, sections = _split(content)
    problems = [*front.diagnostics, *defaults.diagnostics, *open_comments]
    problems += _judge_intro(content, intro)
    problems += judge_headings(file, content.first, content.tokens)
    notes = []
    for number, section in enumerate(sections, 1):
        note = _read_note(content, section, defaults.value, f"note-{number}")
        notes.append(note.value)
        problems += note.diagnostics
    problems += warn_of_bidi(file, Span(0, len(file.text)))
    return Outcome(tuple(notes), tuple(problems))


def _split(content: Content) -> tuple[list[Token], list[_Section]]:
    """Part the tokens before the first note from the sections of the notes."""
    tokens = content.tokens
    starts = [at for at, token in enumerate(tokens) if is_heading(token) and token.markup == "##"]
    sections = [
        _Section(_line(content, tokens[start]), tokens[start + 3 : end])
        for start, end in pairwise([*starts, len(tokens)])
    ]
    return tokens[: starts[0]] if starts else tokens, sections


def _line(content: Content, token: Token) -> int:
    return content.first + (token.map[0] if token.map else 0)


def _judge_intro(content: Content, tokens: Sequence[Token]) -> Iterator[Diagnostic]:
    """Yield what looks like part of a note among *tokens*, which stand before the first one."""
    for token in tokens:
        if token.type in ("blockquote_open", "table_open"):
            kind = "quotation" if token.type == "blockquote_open" else "table"
            message = f"this {kind} stands before the first note and is not published"
            span = line_span(content.file, _line(content, token))
            help = "a note starts with `## ` and its gist"
            yield Diagnostic("text-outside-note", message, content.file.path, span, help)
            break


def _read_note(
    content: Content, section: _Section, defaults: Values, name: str
) -> Outcome[Annotation]:
    """Read one note; *name* is its id when nothing else makes one."""
    file = content.file
    heading = read_heading(file, section.line)
    gist = _read_gist(content, heading.value)
    targets, rest, problems = _read_targets(content, section.tokens, defaults["source"])
    stated = take_statements(content, rest)
    body = write_prose(content, stated.value.rest)
    id = _choose_id(heading.value, gist.value, targets, name, file)
    own = heading.value.values
    note = Annotation(
        id=id.value,
        gist=gist.value,
        targets=targets,
        body=body.value,
        motivation=heading.value.motivation,
        path=file.path,
        place=heading.value.place,
        source=defaults["source"],
        by=_prefer(own, defaults, "by"),
        tags=tuple(dict.fromkeys((*defaults["tags"], *own["tags"]))),
        date=_prefer(own, defaults, "date"),
        re=own["re"],
        lang=_prefer(own, defaults, "lang"),
        draft=_prefer(own, defaults, "draft"),
        places=tuple(_places(own, defaults)),
        statements=stated.value.statements,
    )
    parts = (heading, gist, id, stated, body)
    found = [diagnostic for part in parts for diagnostic in part.diagnostics]
    found += find_left(note, heading.value.gist)
    return Outcome(note, (*found, *problems))


def _prefer(own: Values, defaults: Values, key: str) -> Any:
    """Return the value of *key* that the note gives, else that of its file."""
    return (defaults if own.place(key) is None else own)[key]


def _places(own: Values, defaults: Values) -> Iterator[tuple[str, Span]]:
    for key in ("by", "re", "source", "tags"):
        place = own.place(key) or defaults.place(key)
        if place is not None:
            yield key, place


def _read_gist(content: Content, heading: Heading) -> Outcome[Prose]:
    """Read the gist as words and markup within a line, and judge its length."""
    file, span = content.file, heading.gist
    words = Token("inline", "", 0, content=file.text[span.start : span.end])
    line = file.line_column(heading.place.start)[0] - 1 - content.first
    words.map = [line, line + 1]
    gist = write_prose(content, [words])
    found = list(gist.diagnostics)
    if not gist.value.text.strip() and heading.motivation is not Motivation.HIGHLIGHTING:
        message, help = "this note has no gist", "say in one line what the note says"
        found.append(Diagnostic("gist-missing", message, file.path, heading.place, help))
    if (length := len(gist.value.text)) > LONGEST_GIST:
        message = f"this gist has {length} characters, and the margin room for {LONGEST_GIST}"
        help = "say the rest below the quotation"
        found.append(Diagnostic("gist-long", message, file.path, span, help))
    for reference in gist.value.references:
        message, help = "a gist holds no link", "put the link below the quotation"
        found.append(Diagnostic("gist-long", message, file.path, reference.place, help))
    return Outcome(gist.value, tuple(found))


def _choose_id(
    heading: Heading, gist: Prose, targets: Sequence[Target], name: str, file: TextFile
) -> Outcome[str]:
    """Return the id that the heading gives or the gist makes, else one that would do."""
    id = heading.id or _make_id(gist.text)
    if id:
        found = check_id(id, file.path, heading.id_place if heading.id else heading.gist)
        return Outcome(proposal(id) or name if found else id, found)
    quote = targets[0].quote if targets else ""
    other = proposal(" ".join(quote.split()[:_PROPOSED_WORDS])) or name
    if not gist.text.strip() and heading.motivation is not Motivation.HIGHLIGHTING:
        return Outcome(other)
    message = "no id can be made of this heading"
    help = f"give the note one: {{#{other}}}"
    return Outcome(other, (Diagnostic("id-missing", message, file.path, heading.place, help),))


def _make_id(gist: str) -> str:
    slug = plain_slug(gist)
    return slug if len(slug) <= LONGEST_ID else proposal(gist)


def _read_targets(
    content: Content, tokens: list[Token], source: str
) -> tuple[tuple[Target, ...], list[Token], list[Diagnostic]]:
    """Read the quotations that *tokens* begin with; return the tokens that are left, the body."""
    targets: list[Target] = []
    problems: list[Diagnostic] = []
    at = 0
    while at < len(tokens) and tokens[at].type == "blockquote_open":
        first, end = (content.first + line for line in tokens[at].map or (0, 0))
        meant = find_end(content.file, first, end)
        target = read_target(content.file, Span(first, meant), source)
        targets += [target.value] if target.value else []
        problems += target.diagnostics
        at = next(n for n in range(at, len(tokens)) if _closes_quote(tokens[n])) + 1
        if meant < end:
            problems.append(report_running_on(content.file.path, line_span(content.file, meant)))
            return tuple(targets), _read_lines(content, meant, end) + tokens[at:], problems
    if at < len(tokens) and tokens[at].type == "hr" and tokens[at].markup[0] == "*":
        at += 1
    return tuple(targets), tokens[at:], problems


def read_target(file: TextFile, lines: Span, source: str) -> Outcome[Target | None]:
    """Read the quotation in the 0-based *lines* of *file*; an empty one is no target.

    Without a source of its own it is about *source*.
    """
    read = read_quotation(file, *lines)
    if read is None:
        message, help = "this quotation is empty", "quote some words of the source, or take it out"
        span = quotation_span(file, *lines)
        return Outcome(None, (Diagnostic("quote-empty", message, file.path, span, help),))
    lazy = find_lazy(file, *lines)
    lead = read_quotation(file, lines.start, lazy) if lazy else None
    target = Target(
        source=read.where.source or source,
        locators=read.where.locators,
        readings=read_readings(read.typed, read.words) if read.words.text else (),
        quote=read.words.text,
        path=file.path,
        place=read.place,
        where=read.where_place,
        lazy=line_span(file, lazy) if lazy else None,
        lead=read_readings(lead.typed, lead.words) if lead and lead.words.text else (),
    )
    return Outcome(target)


def _closes_quote(token: Token) -> bool:
    return token.type == "blockquote_close" and token.level == 0


def _read_lines(content: Content, first: int, end: int) -> list[Token]:
    """Return the blocks of some lines of the file, as if they stood alone."""
    starts = [*content.file.line_starts, len(content.file.text) + 1]
    span = Span(starts[first], starts[end] - 1)
    tokens = parse_content(content.file, span)[0].tokens
    moved = first - content.first
    for token in tokens:
        if token.map:
            token.map = [token.map[0] + moved, token.map[1] + moved]
    return tokens
