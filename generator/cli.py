"""The command line: what is asked, who does it, how it ends."""

import argparse
import os
import sys
import traceback
from collections.abc import Callable, Sequence

from generator import __version__
from generator.commands.answering import FAULT, FINE, INTERRUPTED, tell
from generator.commands.parsing import parse
from generator.garbage import collected_seldom


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code; see ``--help`` for what the codes mean."""
    try:
        options = parse(list(sys.argv[1:] if argv is None else argv))
        with collected_seldom():
            run = _find(options)
        return run(options)
    except KeyboardInterrupt:
        tell("interrupted")
        return INTERRUPTED
    except BrokenPipeError:
        # Whoever read our output has had enough; the rest must not fail once more at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return FINE
    except Exception:
        traceback.print_exc()
        tell(f"this is a fault in postil {__version__}, not in your files: please report it")
        return FAULT


def _find(options: argparse.Namespace) -> Callable[[argparse.Namespace], int]:
    """Return the command of *options*, whose module is imported by that: not all are at once."""
    match options.command:
        case "build":
            from generator.commands.making import run_build as run
        case "check":
            from generator.commands.making import run_check as run
        case "serve":
            from generator.commands.serving import run_serve as run
        case "import":
            from generator.commands.importing import run_import as run
        case "new" if options.what == "note":
            from generator.commands.noting import run_note as run
        case "new":
            from generator.commands.starting import run_new as run
        case "explain" if options.code.endswith(".html"):
            from generator.commands.reasoning import run_explain_page as run
        case "explain":
            from generator.commands.explaining import run_explain as run
        case "test":
            from generator.commands.testing import run_tests as run
    return run
