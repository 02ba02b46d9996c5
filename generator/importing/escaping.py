r"""Markdown in which nothing is markup: words that come out as they went in.

A backslash is written only where Markdown, our own braces or GitHub would read a sign as
something else, so that an imported text still reads like text. The rules are those of CommonMark
0.31 (section 2.4 says what a backslash can hide) and of tables and footnotes as GitHub has them.
"""

import re
from collections import Counter
from collections.abc import Iterator

_LINE_START = re.compile(
    r"""(?:
        (?P<heading> \#{1,6} (?=[ \t]|$))
      | (?P<bullet>  [-+*]   (?=[ \t]|$))
      | \d{1,9} (?P<number> [.)] (?=[ \t]|$))
      | (?P<quote>   >)
      | (?P<fence>   ~{3,})
      | (?P<rule>    (?P<sign>[-*_]) (?:[ \t]*(?P=sign)){2,} [ \t]*$)
      | (?P<line>    (?:=+|-+) [ \t]*$)
      | (?P<table>   (?=[^-\n]*-) [-:|][-:|\ \t]* $)
      | (?P<braces>  \{ (?=\s*[\#.A-Za-z]))
    )""",
    re.VERBOSE | re.MULTILINE,
)
_ANYWHERE = re.compile(
    r"""
        (?P<slash>   \\ (?=[!-/:-@\[-`{-~]|\n|\Z))
      | (?P<tag>     <  (?=[A-Za-z/!?]))
      | (?P<entity>  &  (?=\#[0-9]{1,7};|\#[xX][0-9a-fA-F]{1,6};|[A-Za-z][A-Za-z0-9]*;))
      | (?P<link>    \] (?=\())
      | (?P<braces>  (?<=<!--) \s* \{)
    """,
    re.VERBOSE,
)
_OPENING_BRACKET = re.compile(r"^\[", re.MULTILINE)
_TICKS = re.compile(r"`+")
_RUNS = {sign: re.compile(rf"\{sign}+") for sign in "*_~"}
_CLOSING_SIGNS = re.compile(r"(?:^|(?<=[ \t]))#+$")


def escape_block(text: str) -> str:
    """Return Markdown that reads back as the paragraph *text*, line for line.

    The lines of *text* must neither be blank nor begin or end with spaces.
    """
    return _with_slashes(text, {*_at_line_starts(text), *_inside(text), *_definitions(text)})


def escape_heading(text: str) -> str:
    """Return Markdown that reads back as *text*, a single line, behind the signs of a heading."""
    braces = (found.start() for found in re.finditer(r"\{", text))
    closing = (found.start() for found in _CLOSING_SIGNS.finditer(text))
    return _with_slashes(text, {*_inside(text), *braces, *closing})


def fence(text: str) -> str:
    """Return *text* as a block of code, behind a fence longer than any inside it."""
    longest = max((len(ticks) for ticks in _TICKS.findall(text)), default=0)
    marks = "`" * max(3, longest + 1)
    return f"{marks}\n{text}\n{marks}"


def _with_slashes(text: str, places: set[int]) -> str:
    pieces, done = [], 0
    for place in sorted(places):
        pieces.append(text[done:place])
        done = place
    return "\\".join((*pieces, text[done:]))


def _at_line_starts(text: str) -> Iterator[int]:
    """Yield where a line begins as a block would; ``1.`` is broken up at its dot.

    A run such as ``***`` is yielded whole: a part of it that is left could close emphasis.
    """
    start = 0
    for line in text.split("\n"):
        found = _LINE_START.match(line)
        if found and line[0] in _RUNS:
            run = len(line) - len(line.lstrip(line[0]))
            yield from range(start, start + run)
        elif found:
            yield start + max(found.start("number"), 0)
        start += len(line) + 1


def _definitions(text: str) -> Iterator[int]:
    """Yield the brackets that could open the definition of a link or of a footnote."""
    return (found.start() for found in _OPENING_BRACKET.finditer(text, 0, text.rfind("]:") + 1))


def _inside(text: str) -> Iterator[int]:
    """Yield the signs that mean something wherever they stand."""
    for found in _ANYWHERE.finditer(text):
        yield found.end() - 1 if found["braces"] else found.start()
    if "`" in text:
        yield from _code_spans(text)
    for sign, runs in _RUNS.items():
        if sign in text:
            yield from _emphasis(text, list(runs.finditer(text)))


def _code_spans(text: str) -> Iterator[int]:
    """Yield every backtick, if a run of them could close another or open a fence.

    All or none: inside code a backslash hides nothing, so an escaped run could end another.
    """
    runs = list(_TICKS.finditer(text))
    lengths = Counter(len(run[0]) for run in runs)
    fences = any(len(run[0]) >= 3 and _before(text, run) in ("", "\n") for run in runs)
    if fences or any(count > 1 for count in lengths.values()):
        for run in runs:
            yield from range(*run.span())


def _emphasis(text: str, found: list[re.Match[str]]) -> Iterator[int]:
    """Yield every sign that may open or close emphasis, if there is a pair that does both.

    *found* are the runs of one sign. Underscores inside a word do neither.
    """
    runs = [
        (run, _may_open(text, run), _may_close(text, run))
        for run in found
        if not (run[0][0] == "_" and _is_inside_word(text, run))
    ]
    opening = next((run.end() for run, opens, _ in runs if opens), len(text))
    closing = max((run.start() for run, _, closes in runs if closes), default=-1)
    if opening <= closing:
        for run, opens, closes in runs:
            if opens or closes:
                yield from range(*run.span())


def _may_open(text: str, run: re.Match[str]) -> bool:
    return _behind(text, run) not in ("", " ", "\t", "\n")


def _may_close(text: str, run: re.Match[str]) -> bool:
    return _before(text, run) not in ("", " ", "\t", "\n")


def _is_inside_word(text: str, run: re.Match[str]) -> bool:
    return _before(text, run).isalnum() and _behind(text, run).isalnum()


def _before(text: str, run: re.Match[str]) -> str:
    return text[max(run.start() - 1, 0) : run.start()]


def _behind(text: str, run: re.Match[str]) -> str:
    return text[run.end() : run.end() + 1]
