"""Colouring code: which stretches of it are a keyword, a string, a comment.

Lexers are regular expressions that can run for ever on a few characters, so they run in a
process of their own that ends itself after a deadline. What came of one is kept, if there is a
place for it: most builds colour nothing that no build has coloured before.
"""

import json
import sys
from contextlib import suppress
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from subprocess import DEVNULL, PIPE, Popen
from threading import Lock
from types import TracebackType
from typing import Protocol, Self

from generator.codec import Unreadable, decode, encode, fingerprint
from generator.languages import COLOURED, language_named
from generator.spans import Span

LARGEST_BLOCK = 65_536
LONGEST_LINE = 2_000
DEADLINE = 10.0

# The starts, ends and classes of all stretches.
_Columns: type[tuple[list[int], list[int], list[str]]] = tuple[list[int], list[int], list[str]]

# One source is shown on many pages, one after the other.
_REMEMBERED = 16

_ROOT = str(Path(__file__).resolve().parents[2])
_CHILD = (
    "import sys; sys.path[:] = sys.argv[2:];"
    "from generator.render.lexing import answer_requests; answer_requests(float(sys.argv[1]))"
)


@dataclass(frozen=True, slots=True)
class Coloured:
    """The coloured stretches of a block of code, in order and disjoint, with their classes.

    Spans count the block's own code points; a class is one of Pygments' short ones (``k``,
    ``s2``). A plain block has none. *stopped* tells that the lexer had to be stopped, or brought
    its process down: the caller warns (``lexer-slow``) and keeps nothing of it for other builds.
    """

    spans: tuple[tuple[Span, str], ...] = ()
    stopped: bool = False


class Kept(Protocol):
    """Where the outcome of what takes long is kept from one build to the next, by key."""

    def get(self, key: str) -> bytes | None:
        """Return what was kept under *key*, None if nothing was."""

    def put(self, key: str, content: bytes) -> None:
        """Keep *content* under *key*."""


class Notebook:
    """A place that lasts as long as a process, and tells once what was put there."""

    def __init__(self) -> None:
        self._entries: dict[str, bytes] = {}

    def get(self, key: str) -> bytes | None:
        """Return nothing: what was put here is told, and kept elsewhere."""
        return None

    def put(self, key: str, content: bytes) -> None:
        """Note *content* under *key*."""
        self._entries[key] = content

    def tell(self) -> tuple[tuple[str, bytes], ...]:
        """Return what was put here since the last time."""
        told, self._entries = tuple(self._entries.items()), {}
        return told


class Highlighter:
    """The colouring of code; a resource that owns a process while it is entered.

    What is in *kept* is taken from there. The process starts with the first block that is not
    there and ends with the ``with`` block. It is no child of ``multiprocessing``, so daemonic
    workers may have one. Threads may share a highlighter; the copy in a forked process starts a
    process of its own.
    """

    def __init__(self, deadline: float = DEADLINE, kept: Kept | None = None) -> None:
        self._deadline = deadline
        self._kept = kept or Notebook()
        self._lock = Lock()
        self._child: Popen[bytes] | None = None
        self._stopped: set[tuple[str, str]] = set()
        self._colour = lru_cache(_REMEMBERED)(self._ask)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        with self._lock:
            self._end()

    def highlight(self, code: str, language: str) -> Coloured:
        """Return the coloured stretches of *code*; *language* is any name of one, or none.

        By rule a block is plain if its language is not one of ``languages.COLOURED``, if it has
        more than ``LARGEST_BLOCK`` bytes, or a line of more than ``LONGEST_LINE`` characters.
        """
        named = language_named(language)
        if named not in COLOURED or not _is_small(code):
            return Coloured()
        return self._colour(code, named)

    def _ask(self, code: str, language: str) -> Coloured:
        key = "colours " + fingerprint((code, language))
        with self._lock, suppress(Unreadable):
            if content := self._kept.get(key):
                return _read(*decode(_Columns, content))
        with self._lock:
            if (code, language) in self._stopped:
                return Coloured(stopped=True)
            try:
                reply = self._exchange(json.dumps((code, language)))
            except BaseException:
                self._end()  # a reply that nobody waits for would answer the next request
                raise
            if reply.endswith(b"\n"):
                columns = json.loads(reply)
                self._kept.put(key, encode(columns))
                return _read(*columns)
            self._end()
            self._stopped.add((code, language))
            return Coloured(stopped=True)

    def _exchange(self, request: str) -> bytes:
        """Return the reply to *request*: a whole line, or less if the process ended instead."""
        child = self._running()
        assert child.stdin and child.stdout
        try:
            child.stdin.write(request.encode() + b"\n")
            child.stdin.flush()
        except OSError:
            return b""
        return child.stdout.readline()

    def _running(self) -> Popen[bytes]:
        # In a forked copy the child is a stranger: to poll() that is as good as gone.
        if self._child and self._child.poll() is not None:
            self._end()
        if not self._child:
            self._child = _start(self._deadline)
        return self._child

    def _end(self) -> None:
        child, self._child = self._child, None
        if child:
            # It closes the pipes and waits; a stranger is neither killed nor waited for.
            with suppress(OSError), child:
                child.kill()


def _read(starts: list[int], ends: list[int], classes: list[str]) -> Coloured:
    return Coloured(tuple(zip(map(Span, starts, ends), classes, strict=True)))


def _start(deadline: float) -> Popen[bytes]:
    """Start a process that lexes, with this one's import path and nothing of its environment."""
    path = [*filter(None, sys.path), _ROOT]
    flags = ["-I", "-S", *(["-B"] if sys.dont_write_bytecode else [])]
    command = [sys.executable, *flags, "-c", _CHILD, str(deadline), *path]
    child = Popen(command, stdin=PIPE, stdout=PIPE, stderr=DEVNULL)
    assert child.stdout
    if child.stdout.readline().rstrip() != b"ready":
        with child:
            child.kill()
        raise RuntimeError("the process that colours code did not start")
    return child


def _is_small(code: str) -> bool:
    return (
        len(code) <= LARGEST_BLOCK
        and len(code.encode("utf-8", "surrogatepass")) <= LARGEST_BLOCK
        and max(map(len, code.split("\n"))) <= LONGEST_LINE
    )
