"""Processes that work for a build end with it, also when nobody waits for their work any more."""

import multiprocessing
import signal
import sys
import time

import pytest

from generator.parallel import Hands


def take_long(numbers):
    """Work on each of *numbers* for a tenth of a second."""
    return [time.sleep(0.1) or number for number in numbers]


@pytest.mark.skipif(sys.platform == "win32", reason="there, processes cannot be told")
def test_an_interrupt_does_not_wait_for_batches():
    """What is under way is dropped in its midst, what waits is not begun, and no process stays."""
    tasks = range(6000)  # ten minutes of work, in batches of a minute
    begin = time.monotonic()
    before = signal.signal(signal.SIGALRM, signal.default_int_handler)
    try:
        with pytest.raises(KeyboardInterrupt), Hands(2) as hands:
            signal.setitimer(signal.ITIMER_REAL, 1.0)
            list(hands.run(take_long, tasks))
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)

    assert time.monotonic() - begin < 40
    assert [] == multiprocessing.active_children()


def test_work_that_is_waited_for_is_done():
    """Results come in the order of the tasks, all of them."""
    with Hands(2) as hands:
        assert list(range(20)) == list(hands.run(take_long, range(20)))
    assert [] == multiprocessing.active_children()
