"""The languages of code: which files are code, what a language is called, which are coloured.

Names are Pygments' own (the first of a lexer's aliases). Only its index of names is read here:
no lexer is loaded.
"""

from collections.abc import Iterator
from pathlib import PurePosixPath

from pygments.lexers import get_all_lexers

# A language is coloured if its lexer passed a trial (2026-11-23, Pygments 2.21.0): every sign and
# many pairs of signs, repeated behind every usual opening and never closed. Those that took
# exponential time are out (Common Lisp on `*.....`, fish), and those that hand text on
# to whichever lexer the text names (HTTP). Scala's is as bad (40 backslashes in an open string)
# but widely read: it stays. Many of the others are quadratic (Python on lines of a single space,
# C# on lines of a single word), so size and time are bounded as well: see `render/highlight.py`.
COLOURED = frozenset(
    """
    ada apacheconf awk bash batch bibtex c clojure cmake console coq cpp cr csharp css
    cython d dart delphi diff django docker elixir elm erlang fortran fsharp gas glsl go graphql
    groovy haskell html html+django ini java javascript json json5 jsx julia kotlin lean4 less
    lua make markdown matlab nasm nginx nimrod nixos objective-c ocaml octave perl php
    powershell prolog properties protobuf pycon pytb python racket ruby rust sass scala scheme
    scss solidity sparql splus sql swift systemverilog tcl terraform tex toml tsx turtle
    typescript typst verilog vhdl vim vue xml xslt yaml zig
    """.split()
)

# Pictures, though Pygments reads their source.
_NOT_CODE = frozenset({".svg"})

# Suffixes that several of these claim, where one is what nearly everybody means.
_USUAL = {
    ".c": "c",
    ".h": "c",
    ".pl": "perl",
    ".s": "gas",
    ".v": "verilog",
    ".xsl": "xslt",
    ".xslt": "xslt",
}


def _suffixes(pattern: str) -> Iterator[str]:
    """Yield the suffixes that a file name pattern stands for: ``*.php[345]``, ``*.[1-9]``."""
    if not pattern.startswith("*.") or "*" in pattern[1:]:
        return
    head, _, rest = pattern[1:].lower().partition("[")
    signs, _, tail = rest.partition("]")
    if len(signs) == 3 and signs[1] == "-":
        signs = "".join(map(chr, range(ord(signs[0]), ord(signs[2]) + 1)))
    yield from (head + sign + tail for sign in signs or [""])


def _list_claims() -> dict[str, list[str]]:
    """Return for every suffix the languages that claim it, in Pygments' order."""
    claims: dict[str, list[str]] = {}
    for _, aliases, patterns, _ in get_all_lexers(plugins=False):
        for suffix in (each for pattern in patterns for each in _suffixes(pattern)):
            claims.setdefault(suffix, []).extend(aliases[:1])
    return claims


def _pick(suffix: str, claimed: list[str]) -> str:
    """Return the language of a suffix: the usual, else the only one, else the only coloured."""
    coloured = set(claimed) & COLOURED
    if suffix in _USUAL:
        return _USUAL[suffix]
    if len(set(claimed)) == 1:
        return claimed[0]
    return coloured.pop() if len(coloured) == 1 else "text"


_BY_NAME = {
    alias.lower(): aliases[0]
    for _, aliases, _, _ in get_all_lexers(plugins=False)
    for alias in aliases
}
_BY_SUFFIX = {
    suffix: _pick(suffix, claimed)
    for suffix, claimed in _list_claims().items()
    if suffix not in _NOT_CODE
}


def is_code(suffix: str) -> bool:
    """Tell whether Pygments knows *suffix* (with its dot, in any case).

    It also knows those of Markdown, HTML and plain text, which have readers of their own: ask
    for these first.
    """
    return suffix.lower() in _BY_SUFFIX


def language_of(path: str) -> str:
    """Return the language of the file at *path* by its suffix, "" if it is not code.

    It is ``text`` where several languages share the suffix and none is the usual one.
    """
    return _BY_SUFFIX.get(PurePosixPath(path).suffix.lower(), "")


def language_named(name: str) -> str:
    """Return the language that *name* means: one of its names, or a suffix as on GitHub.

    Case does not matter; "" if there is none.
    """
    return _BY_NAME.get(name.lower()) or _BY_SUFFIX.get("." + name.lower(), "")
