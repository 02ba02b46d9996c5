"""The command `explain` for a message."""

import argparse

from generator.catalogue import CODES
from generator.commands.answering import FINE, USAGE, tell
from generator.words import nearest


def run_explain(options: argparse.Namespace) -> int:
    """Say what a message means."""
    code = CODES.get(options.code)
    if code is None:
        close = nearest(options.code, list(CODES))
        tell(f"there is no code {options.code!r}" + (f": did you mean {close!r}?" if close else ""))
        return USAGE
    print(f"{options.code} ({code.severity})\n\n{code.explanation}")
    return FINE
