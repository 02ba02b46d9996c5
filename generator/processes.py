"""Processes of this machine that work for one build."""

import multiprocessing
import os
import signal
import sys
import threading
from collections.abc import Callable, Sequence
from concurrent.futures import Executor, ProcessPoolExecutor
from types import FrameType
from typing import TypeVar

Task = TypeVar("Task")
Result = TypeVar("Result")


class Ended(Exception):
    """Nobody waits for this work any more."""


class _Worker:
    """What the main thread of a process is about."""

    is_busy = False
    is_ended = False


_WORKER = _Worker()


def start_processes(count: int) -> Executor:
    """Return an executor of *count* processes; what they need is imported already where it can be.

    On Linux a copy of this process is ready at once, and safe where no other thread is at work.
    """
    alone = sys.platform == "linux" and threading.active_count() == 1
    way = "fork" if alone else "spawn"
    return ProcessPoolExecutor(count, multiprocessing.get_context(way), initializer=_settle)


def work(function: Callable[[Sequence[Task]], list[Result]], batch: Sequence[Task]) -> list[Result]:
    """Return what *function* makes of *batch* in a process of ``start_processes``.

    Raises ``Ended``, in the midst of it or at its beginning, after ``end_processes``.
    """
    if _WORKER.is_ended:
        raise Ended
    _WORKER.is_busy = True
    try:
        return function(batch)
    finally:
        _WORKER.is_busy = False


def end_processes() -> None:
    """Let the processes that were started here drop their work: their executor ends soon then.

    They are not killed, which would leave half a message for the executor to wait for.
    """
    if sys.platform != "win32":
        for child in multiprocessing.active_children():
            child.terminate()


def _settle() -> None:
    # An interrupt goes to the whole group; the process that was asked ends the others.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, _drop)
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    """End this process when the one that it works for was killed, and could tell nobody."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


def _drop(number: int, frame: FrameType | None) -> None:
    dropped, _WORKER.is_ended = _WORKER.is_ended, True
    if _WORKER.is_busy and not dropped:
        raise Ended
