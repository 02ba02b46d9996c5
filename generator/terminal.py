"""The terminal: one sentence at a time, and one line on what is being done that comes and goes."""

import sys
import time


def say(words: str) -> None:
    """Say something to whoever gave the command."""
    print(f"postil: {words}", file=sys.stderr, flush=True)


class Progress:
    """One line on a terminal that says what is being done, once that has taken a while."""

    def __init__(self, *, wanted: bool) -> None:
        self.shown = wanted and sys.stderr.isatty()
        self.start = time.perf_counter()
        self.drawn = False

    def __enter__(self) -> "Progress":
        return self

    def __exit__(self, *_: object) -> None:
        self.end()

    def note(self, words: str) -> None:
        """Show *words* in place of what was shown before."""
        if self.shown and time.perf_counter() - self.start > 0.5:
            sys.stderr.write(f"\r\x1b[K{words} …")
            sys.stderr.flush()
            self.drawn = True

    def end(self) -> None:
        """Leave nothing behind, and begin anew."""
        if self.drawn:
            sys.stderr.write("\r\x1b[K")
            self.drawn = False
        self.start = time.perf_counter()
