"""Progress: what is being done, for somebody who waits for it at a terminal."""

import argparse
import sys
import time
from typing import Self


class Progress:
    """One line on a terminal that says what is being done, once that has taken a while."""

    def __init__(self, options: argparse.Namespace) -> None:
        self.shown = sys.stderr.isatty() and not options.quiet and options.format == "text"
        self.start = time.perf_counter()
        self.drawn = False

    def __enter__(self) -> Self:
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
        """Leave nothing behind."""
        if self.drawn:
            sys.stderr.write("\r\x1b[K")
            self.drawn = False
