"""The comments below a page: the line that announces them, and where each of them begins."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import zip_longest

from generator.importing.lines import Block, Line

_COUNT = r"(?P<count>\d{1,3}(?:,\d{3}){1,2}|\d{1,6}|one|no)"
_NOUN = r"(?:thoughts?|comments?|responses?|replies|reply|reactions?)"
_HEADING = re.compile(
    rf"""(?: {_COUNT}\ {_NOUN} (?:\ (?:on|to|for)\ (?P<subject>.+))? :?
       | (?:reader\ )?(?:comments|responses|replies) \ ?[:(]?\ ? (?P<behind>\d{{1,6}})? \)?:?
    )""",
    re.IGNORECASE | re.VERBOSE,
)
_NUMBER = re.compile(r"(?P<number>\d{1,5})[.)](?:\s+|$)")
_SAYS = re.compile(r"(?P<name>[^\s.,:;!?].{0,59}?),? (?:says|said|writes|wrote|commented):?", re.I)
_SAYS_ON = re.compile(
    r"(?P<name>[^\s.,:;!?].{0,59}?),? on (?P<date>.{6,40}?),? (?:says|said|writes|wrote):?", re.I
)
_MONTHS = "january february march april may june july august september october november december"
_MONTH = r"(?P<month>[A-Za-z]{3,9})\.?"
_DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?"
_TIME = r"(?:,?(?: at| @|,| -)? ?\d{1,2}[:.]\d{2}(?:[:.]\d{2})?(?: ?[ap]\.?m\.?)?(?: [A-Z]{2,4})?)?"
_DATES = tuple(
    re.compile(form + _TIME, re.IGNORECASE)
    for form in (
        rf"{_MONTH} {_DAY},? (?P<year>\d{{4}})",
        rf"{_DAY} {_MONTH},? (?P<year>\d{{4}})",
        r"(?P<year>\d{4})-(?P<number>\d{2})-(?P<day>\d{2})(?:T[\d:.]+(?:Z|[+-][\d:]+)?)?",
    )
)
_QUOTES = "\"'“”„‟‘’‚‛«»‹›`"
_SPACES = re.compile(r"\s+")
_NO_LINE = Line(0, "")


@dataclass(frozen=True, slots=True)
class ThreadHeading:
    """A line that announces comments: how many (-1: it does not say), and on which title."""

    announced: int
    subject: str


@dataclass(frozen=True, slots=True)
class Start:
    """A line with which a comment begins: its number as printed, and the words behind it."""

    number: int
    words: str


@dataclass(frozen=True, slots=True)
class Thread:
    """The comments below a thread's heading: the start and the blocks of each.

    A comment's first block begins with the line that starts it. *is_set_in* tells that the
    comments stand deeper than the heading, *indent* how deep.
    """

    comments: tuple[tuple[Start, tuple[Block, ...]], ...]
    indent: int
    is_set_in: bool


def read_thread_heading(words: str) -> ThreadHeading | None:
    """Read *words* as the line above a thread ("14 thoughts on …"); None if they are none."""
    found = _HEADING.fullmatch(_SPACES.sub(" ", words)) if len(words) <= 400 else None
    if found is None:
        return None
    count = (found["count"] or found["behind"] or "-1").lower().replace(",", "")
    announced = {"one": 1, "no": 0}.get(count)
    return ThreadHeading(int(count) if announced is None else announced, found["subject"] or "")


def is_same_title(one: str, other: str) -> bool:
    """Tell whether two lines name one title, whatever their quotes, spaces and case."""
    return bare_title(one).casefold() == bare_title(other).casefold() != ""


def bare_title(words: str) -> str:
    """Return *words* without the quotation marks around them."""
    return _SPACES.sub(" ", words).strip(" " + _QUOTES)


def is_quoted(words: str) -> bool:
    """Tell whether *words* begin with a quotation mark."""
    return words[:1] != "" and words[0] in _QUOTES


def read_start(line: Line) -> Start | None:
    """Read the number with which *line* begins as a comment of a list does; None without one."""
    found = _NUMBER.match(line.words)
    return Start(int(found["number"]), line.words[found.end() :]) if found else None


def begins_thread(lines: Sequence[Line], announced: int) -> bool:
    """Tell whether a comment begins with the first of *lines*, those directly below a heading."""
    first, below = (*lines, _NO_LINE, _NO_LINE)[:2]
    return _is_first_number(first, announced) or _is_named(first, below)


def split_thread(blocks: Sequence[Block], heading: Line, announced: int) -> Thread:
    """Part the *blocks* below a thread's *heading*, the first line of which begins a comment.

    As the first begins, so do all: with a number, or with "NAME says:" above a date.
    """
    lines = [line for block in blocks for line in block.lines]
    if _is_first_number(lines[0], announced):
        starts = _numbered_starts(lines, heading, announced)
    else:
        starts = _named_starts(lines)
    parts: list[tuple[Start, list[Block]]] = []
    for block in blocks:
        run: list[Line] = []
        for line in block.lines:
            if line.number in starts:
                if run:
                    parts[-1][1].append(Block(tuple(run)))
                parts.append((starts[line.number], []))
                run = []
            run.append(line)
        parts[-1][1].append(Block(tuple(run)))
    return Thread(
        comments=tuple((start, tuple(found)) for start, found in parts),
        indent=lines[0].indent,
        is_set_in=lines[0].indent > heading.indent,
    )


def _is_first_number(line: Line, announced: int) -> bool:
    start = read_start(line)
    return start is not None and _counts_on(start, {}, announced)


def _numbered_starts(lines: Sequence[Line], heading: Line, announced: int) -> dict[int, Start]:
    """Find the numbered lines that begin a comment, by their line's number.

    In a list that is set in, a comment's number stands below the first one's, or ends below it.
    In one that is not, any paragraph may begin with a number: there it has to count on, by one or
    up to what was *announced* (comments may be missing).
    """
    starts: dict[int, Start] = {}
    first: Line | None = None
    for line in lines:
        start = read_start(line)
        if start is None:
            continue
        if first and first.indent > heading.indent:
            begins = _stands_below(line, first)
        else:
            begins = _counts_on(start, starts, announced)
        if begins:
            first = first or line
            starts[line.number] = start
    return starts


def _named_starts(lines: Sequence[Line]) -> dict[int, Start]:
    return {
        line.number: Start(0, line.words)
        for line, below in zip_longest(lines, lines[1:], fillvalue=_NO_LINE)
        if _is_named(line, below)
    }


def _is_named(line: Line, below: Line) -> bool:
    name, day = read_name(line.words)
    return bool(name and (day or read_date(below.words)))


def _stands_below(line: Line, first: Line) -> bool:
    return line.indent == first.indent or _dot(line) == _dot(first)


def _dot(line: Line) -> int:
    found = _NUMBER.match(line.words)
    return line.indent + (len(found["number"]) if found else 0)


def _counts_on(start: Start, before: dict[int, Start], announced: int) -> bool:
    last = next(reversed(before.values())).number if before else 0
    return start.number == last + 1 or last < start.number <= (announced if announced >= 0 else 999)


def read_name(words: str) -> tuple[str, str]:
    """Return the name and the ISO date in "NAME says:" or "NAME on DATE said:", or nothing."""
    words = words[:160]
    found = _SAYS_ON.fullmatch(words)
    if found and (day := read_date(found["date"])):
        return found["name"], day
    found = _SAYS.fullmatch(words)
    return (found["name"], "") if found else ("", "")


def read_date(words: str) -> str:
    """Return the ISO date that *words*, a date and perhaps a time, are; nothing for others."""
    for form in _DATES:
        found = form.fullmatch(words[:80])
        if found:
            return _iso_date(found.groupdict())
    return ""


def _iso_date(parts: dict[str, str]) -> str:
    names = _MONTHS.split()
    named = parts.get("month", "").lower()
    month = next((at for at, name in enumerate(names, 1) if named in (name, name[:3])), 0)
    try:
        day = date(int(parts["year"]), int(parts.get("number", month)), int(parts["day"]))
    except ValueError:
        return ""
    return day.isoformat()
