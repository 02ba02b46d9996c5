"""Lexing, in a process of its own: ``highlight.Highlighter`` starts it, and nobody else.

Requests and replies are lines of JSON: ``[code, language]`` in, and out the starts, the ends and
the classes of the stretches that are coloured.
"""

import faulthandler
import json
import signal
import sys
from functools import cache
from typing import Any

from pygments.lexer import Lexer
from pygments.lexers import get_lexer_by_name
from pygments.token import STANDARD_TYPES, Error, Name, Other, Punctuation, Text, Whitespace

Stretches = tuple[list[int], list[int], list[str]]

# Words and signs without a colour of their own, and what the lexer did not understand.
PLAIN = frozenset(
    STANDARD_TYPES[kind] for kind in (Text, Whitespace, Error, Name, Other, Punctuation)
)


def answer_requests(deadline: float) -> None:
    """Answer the requests of standard input until it ends; the first line out says ``ready``.

    A lexer that runs longer than *deadline* seconds ends the process with status 1. The clock is
    a thread of C that needs no lock of Python's, so it also ends a regular expression that does
    not come back, and it does so when the process that asked is long gone.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    print("ready", flush=True)
    for request in sys.stdin.buffer:
        code, language = json.loads(request)
        lexer = _lexer(language, startinline="<?" not in code)
        faulthandler.dump_traceback_later(deadline, exit=True)
        stretches = lex(code, lexer)
        faulthandler.cancel_dump_traceback_later()
        print(json.dumps(stretches), flush=True)


def lex(code: str, lexer: Lexer) -> Stretches:
    """Return which stretches of *code* have which of Pygments' short classes, in order.

    Equal ones that touch are one. There are none if the lexer fails, or does not give back the
    very text that it got: neither is the fault of whoever wrote the code.
    """
    starts: list[int] = []
    ends: list[int] = []
    classes: list[str] = []
    try:
        tokens = list(lexer.get_tokens(code))
    except Exception:
        return starts, ends, classes
    # A lexer ends the last line if the code does not: some know no other kind of line.
    if "".join(words for _, words in tokens) not in (code, code + "\n"):
        return starts, ends, classes
    end = 0
    for kind, words in tokens:
        start, end = end, min(end + len(words), len(code))
        name = _class(kind)
        if name in PLAIN or start == end:
            continue
        if classes and ends[-1] == start and classes[-1] == name:
            ends[-1] = end
        else:
            starts.append(start)
            ends.append(end)
            classes.append(name)
    return starts, ends, classes


@cache
def _class(kind: Any) -> str:
    """Return the class of a token's kind; a lexer's own kinds have that of the nearest parent."""
    while kind not in STANDARD_TYPES:
        kind = kind.parent
    name: str = STANDARD_TYPES[kind]
    return name


@cache
def _lexer(language: str, *, startinline: bool) -> Lexer:
    """Return the lexer of *language*, which keeps to itself: code inside of Markdown is plain,
    as it may name any lexer there is. PHP may do without its opening tag."""
    options = {"stripnl": False, "handlecodeblocks": False, "startinline": startinline}
    return get_lexer_by_name(language, **options)
