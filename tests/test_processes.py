"""Processes that work for a build end with it, also when nobody waits for their work any more."""

import contextlib
import multiprocessing
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from generator.parallel import Hands

ROOT = Path(__file__).parents[1]
KILLED = """\
import multiprocessing, os, signal
from generator.parallel import Hands
from tests.test_processes import take_long

with Hands(3) as hands:
    next(hands.run(take_long, [range(20)] * 5))
    print(len(multiprocessing.active_children()), flush=True)
    os.kill(os.getpid(), signal.SIGKILL)
"""


def take_long(numbers):
    """Work on each of *numbers* for a tenth of a second."""
    return [time.sleep(0.1) or number for number in numbers]


@pytest.mark.skipif(sys.platform == "win32", reason="there, processes cannot be told")
def test_an_interrupt_does_not_wait_for_batches():
    """What is under way is dropped in its midst, what waits is not begun, and no process stays."""
    batches = [range(600)] * 10  # each a minute of work
    begin = time.monotonic()
    before = signal.signal(signal.SIGALRM, signal.default_int_handler)
    try:
        with pytest.raises(KeyboardInterrupt), Hands(2) as hands:
            signal.setitimer(signal.ITIMER_REAL, 1.0)
            list(hands.run(take_long, batches))
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)

    assert time.monotonic() - begin < 40
    assert [] == multiprocessing.active_children()


def test_work_that_is_waited_for_is_done():
    """Results come in the order of the tasks, all of them."""
    with Hands(2) as hands:
        batches = [range(start, start + 4) for start in range(0, 20, 4)]
        assert list(range(20)) == list(hands.run(take_long, batches))
    assert [] == multiprocessing.active_children()


@pytest.mark.skipif(sys.platform == "win32", reason="there, processes are asked for otherwise")
def test_nobody_works_for_a_build_that_was_killed():
    """Its processes end with it, though it could not tell them to."""
    command = [sys.executable, "-c", KILLED]
    killed = subprocess.Popen(command, stdout=subprocess.PIPE, cwd=ROOT, start_new_session=True)
    try:
        # The output ends when the last of them does.
        assert (b"3\n", None) == killed.communicate(timeout=20)
    finally:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(killed.pid, signal.SIGKILL)
    assert -signal.SIGKILL == killed.returncode
