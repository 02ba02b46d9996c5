"""Progress: what is being done, for somebody who waits for it."""

import argparse
import os
import sys
import threading
import time
from collections.abc import Callable
from typing import Protocol, Self

from generator.commands.answering import tell, wants_colour

# Whoever waits for less does not want to read.
PATIENCE = 0.5
_EVERY = 0.1


class _Display(Protocol):
    def start(self) -> None: ...

    def draw(self, phase: str, done: int, total: int) -> None: ...

    def tell(self, words: str) -> None: ...

    def stop(self) -> None: ...


class Progress:
    """Shows how far some work is: on a terminal, once it has taken *patience* seconds.

    With ``--verbose`` the end of each phase is a line of its own, also where there is no terminal.
    Nothing is left of the rest when the context ends, however it ends.
    """

    def __init__(self, options: argparse.Namespace, patience: float = PATIENCE) -> None:
        self._colour = wants_colour(options)
        self._verbose = bool(options.verbose)
        self._is_shown = options.format == "text" and not options.quiet and _is_terminal()
        self._begun = self._since = time.monotonic()
        self._due = self._begun + patience
        self._at = ("", 0, 0)
        self._display: _Display | None = None
        self._ticker: _Ticker | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        try:
            self._stop_ticking()
        finally:
            if self._verbose and kind is None:
                self._say_phase()
            if self._display is not None:
                self._display.stop()

    def note(self, phase: str, done: int = 0, total: int = 0) -> None:
        """Take notice of how far the work is (``Watch``)."""
        self._stop_ticking()
        if phase != self._at[0]:
            if self._verbose:
                self._say_phase()
            self._since = time.monotonic()
        self._at = (phase, done, total)
        if not self._is_shown:
            return
        if done or total:
            self._draw_if_due()
        else:
            # Nobody will call while this lasts. Where things are counted no thread may be about:
            # a process that is alone can be copied, and that is how workers start soonest.
            self._ticker = _Ticker(self._draw_if_due)
            self._ticker.start()

    def _stop_ticking(self) -> None:
        if self._ticker is not None:
            self._ticker.stop()
            self._ticker = None

    def _draw_if_due(self) -> None:
        now = time.monotonic()
        if now < self._due:
            return
        self._due = now + _EVERY
        if self._display is None:
            # Imported here: most builds are over before anybody wants to know.
            from generator.commands.display import Display

            self._display = Display(self._begun, colour=self._colour)
            self._display.start()
        self._display.draw(*self._at)

    def _say_phase(self) -> None:
        """Say how long the phase took that ends now."""
        words = f"{self._at[0]}: {time.monotonic() - self._since:.2f} s"
        if self._at[0] and self._display:
            self._display.tell(f"postil: {words}")
        elif self._at[0]:
            tell(words)


class _Ticker:
    """A thread that calls *tick* every now and then, from its start until it is stopped.

    It may be interrupted at any point and stopped once more.
    """

    def __init__(self, tick: Callable[[], None]) -> None:
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._run, args=(tick,), daemon=True)

    def start(self) -> None:
        """Begin to tick."""
        self._thread.start()

    def _run(self, tick: Callable[[], None]) -> None:
        while not self._ended.wait(_EVERY):
            tick()

    def stop(self) -> None:
        """Return when the thread has ended."""
        self._ended.set()
        if self._thread.ident is not None:
            self._thread.join()


def _is_terminal() -> bool:
    return sys.stderr.isatty() and os.environ.get("TERM") != "dumb"
