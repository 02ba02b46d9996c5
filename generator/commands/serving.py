"""The command `serve`."""

import argparse
import signal
import traceback
from contextlib import ExitStack
from typing import NoReturn

from generator import __version__
from generator.commands.answering import MACHINE, USAGE, find_root, is_site, tell
from generator.commands.planning import make_plan, usual_output
from generator.commands.progress import Progress
from generator.commands.showing import show_report
from generator.plans import Report
from generator.serving.loop import serve


def run_serve(options: argparse.Namespace) -> int:
    """Show the site while it is written, until interrupted."""
    root = find_root(options)
    if not is_site(root):
        return USAGE
    for name in ("SIGTERM", "SIGHUP"):
        if hasattr(signal, name):
            signal.signal(getattr(signal, name), _end)
    plan = make_plan(options, root, usual_output(options, root))
    with Terminal(options) as terminal:
        try:
            serve(plan, options.port, terminal, poll=options.poll)
        except OSError as error:
            tell(f"cannot serve at port {options.port}: {error.strerror or error}")
            return MACHINE


def _end(number: int, _: object) -> NoReturn:
    """End as a program does that a signal ended, but put everything away first."""
    raise SystemExit(128 + number)


class Terminal:
    """Where it is said what goes on, build after build; each has a progress display of its own."""

    def __init__(self, options: argparse.Namespace) -> None:
        self._options = options
        self._progress: Progress | None = None
        self._display = ExitStack()

    def __enter__(self) -> "Terminal":
        return self

    def __exit__(self, *_: object) -> None:
        self._stop()

    def note(self, phase: str, done: int = 0, total: int = 0) -> None:
        """Show what is being done, if it takes a while."""
        if self._progress is None:
            self._progress = self._display.enter_context(Progress(self._options))
        self._progress.note(phase, done, total)

    def say(self, words: str) -> None:
        """Say something once."""
        self._stop()
        tell(words)

    def tell(self, report: Report, seconds: float) -> None:
        """Show what came of a build, as `build` does."""
        self._stop()
        show_report(self._options, report, "memory" if report.pages else "", seconds)

    def fail(self, error: Exception) -> None:
        """Show what broke a build off: the machine's words, or where our fault is."""
        self._stop()
        if isinstance(error, OSError):
            tell(f"cannot read or write {error.filename}: {error.strerror or error}")
        else:
            traceback.print_exception(error)
            tell(f"this is a fault in postil {__version__}, not in your files: please report it")

    def _stop(self) -> None:
        """Take the display of the last build away."""
        self._progress = None
        self._display.close()
