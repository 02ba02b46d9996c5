"""The command `test`."""

import argparse
import os
import sys

import pytest

from generator.commands.answering import FINE, HOME, PROBLEMS

_SUITE = (
    "(tests/browser/, the suite that needs a browser, is a selection of its own: .ci/run installs "
    "what it needs and runs it)"
)


def run_tests(options: argparse.Namespace) -> int:
    """Run the tests of the generator."""
    os.chdir(HOME)
    code = pytest.main(["--ignore=tests/browser", *(options.arguments or ["tests"])])
    sys.stdout.flush()
    print(_SUITE)
    return FINE if code == 0 else PROBLEMS
