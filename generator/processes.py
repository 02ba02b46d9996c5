"""Processes of this machine that work for one build."""

import multiprocessing
import signal
import sys
import threading
from concurrent.futures import Executor, ProcessPoolExecutor


def start_processes(count: int) -> Executor:
    """Return an executor of *count* processes; what they need is imported already where it can be.

    On Linux a copy of this process is ready at once, and safe where no other thread is at work.
    """
    alone = sys.platform == "linux" and threading.active_count() == 1
    way = "fork" if alone else "spawn"
    return ProcessPoolExecutor(count, multiprocessing.get_context(way), initializer=_settle)


def _settle() -> None:
    # An interrupt goes to the whole group; the process that was asked ends the others.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
