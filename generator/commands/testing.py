"""The command `test`."""

import argparse
import os
import sys

import pytest

from generator.commands.answering import FINE, HOME, PROBLEMS

_SUITE = (
    "(tests/browser/ and tests/cluster/, which need a browser and a cluster, are selections of "
    "their own: .ci/run installs what they need and runs them)"
)


def run_tests(options: argparse.Namespace) -> int:
    """Run the tests of the generator."""
    os.chdir(HOME)
    left_out = ["--ignore=tests/browser", "--ignore=tests/cluster"]
    code = pytest.main([*left_out, *(options.arguments or ["tests"])])
    sys.stdout.flush()
    print(_SUITE)
    return FINE if code == 0 else PROBLEMS
