"""Lexing: a lexer's word is checked, and its time is limited."""

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from pygments.lexer import Lexer
from pygments.lexers import get_lexer_by_name
from pygments.token import Keyword, Token

from generator.render.lexing import lex

ROOT = Path(__file__).resolve().parents[1]
# Scala's lexer tries every way to read these backslashes as escapes: years of them.
ENDLESS = '"' + "\\" * 40


class _Shouting(Lexer):
    def get_tokens(self, text: str) -> Iterator[tuple[object, str]]:
        yield Keyword, text.upper()


class _Failing(Lexer):
    def get_tokens(self, text: str) -> Iterator[tuple[object, str]]:
        yield Keyword, text
        raise RecursionError


class _Special(Lexer):
    def get_tokens(self, text: str) -> Iterator[tuple[object, str]]:
        yield Token.Keyword.Of.Its.Own, text + "\n"


def test_a_lexer_that_changes_the_code_is_not_believed() -> None:
    """Colours that belong to another text, or to half of one, are dropped."""
    assert ([], [], []) == lex("if", _Shouting())
    assert ([], [], []) == lex("if", _Failing())
    assert ([], [], []) == lex("a\r\nb", get_lexer_by_name("python"))


def test_a_lexer_may_have_kinds_of_its_own() -> None:
    """A kind that Pygments has no class for is drawn like the nearest that has one."""
    assert ([0], [2], ["k"]) == lex("if", _Special())


def test_the_process_ends_itself() -> None:
    """A process that lexes ends at its deadline, with nobody there to stop it, or at the end of
    what it is asked; so it never outlives a build that was killed."""
    code = "from generator.render.lexing import answer_requests; answer_requests(0.5)"
    endless = json.dumps((ENDLESS, "scala"))
    ends = [
        subprocess.run(
            [sys.executable, "-c", code], input=asked, cwd=ROOT, capture_output=True, timeout=30
        ).returncode
        for asked in (endless.encode() + b"\n", b'["x = 1", "python"]\n', b"")
    ]
    assert [1, 0, 0] == ends
