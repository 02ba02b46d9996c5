"""What a command costs, measured from outside: time, processor time, and memory of all it starts.

Memory is what the command and every process that descends from it hold together, the most that was
seen: a look every 20 ms, or less often, so that looking takes no more than a twentieth of one
processor. A page that processes share counts once in all (Linux says so: "proportional set size").
Where no system tells, it is the greatest single process, as that is known when it has ended.
"""

import contextlib
import os
import re
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import IO, NamedTuple

MEGABYTE = 1e6
_EVERY = 0.02
_REST = 20
# The unit of ru_maxrss, in bytes.
_UNIT = 1 if sys.platform == "darwin" else 1024
_PROC = Path("/proc")


class Cost(NamedTuple):
    """Wall seconds, user and system seconds of all processes, and their peak memory in MB."""

    wall: float
    cpu: float
    memory: float


class Failed(Exception):
    """A command that ended otherwise than it should; the message says how."""


def find_tree(process: int) -> Iterator[int]:
    """Yield *process* and those that descend from it, as far as they are there."""
    waiting = [process]
    while waiting:
        yield (found := waiting.pop())
        for children in _PROC.glob(f"{found}/task/*/children"):
            try:
                waiting += map(int, children.read_text().split())
            except OSError:  # it has just ended
                continue


def weigh(process: int) -> int:
    """Return the bytes that *process* and its descendants hold at this moment."""
    total = 0
    for each in find_tree(process):
        with contextlib.suppress(OSError):
            rollup = Path(_PROC, str(each), "smaps_rollup").read_text()
            total += sum(map(int, re.findall(r"^Pss: *(\d+) kB$", rollup, re.M)))
    return total * 1024


class Watch(threading.Thread):
    """Weighs a process and its descendants again and again until it is stopped."""

    def __init__(self, process: int, limit: float) -> None:
        super().__init__(daemon=True)
        self.process, self.end = process, time.monotonic() + limit
        self.peak, self.late, self.stopped = 0, False, threading.Event()

    def run(self) -> None:
        """Keep the greatest weight; end the whole group of processes when its time is over."""
        pause = _EVERY
        while not self.stopped.wait(pause):
            start = time.perf_counter()
            self.peak = max(self.peak, weigh(self.process))
            pause = max(_EVERY, _REST * (time.perf_counter() - start))
            if time.monotonic() > self.end and not self.late:
                self.late = True
                with contextlib.suppress(ProcessLookupError):
                    os.killpg(self.process, signal.SIGKILL)


def _last_line(file: IO[bytes]) -> str:
    file.seek(0)
    return file.read().decode(errors="replace").strip().rpartition("\n")[2]


def measure(command: Sequence[str], folder: Path | None = None, limit: float = 3600) -> Cost:
    """Run *command* in *folder* to its end and return what it cost.

    Raises Failed if it exits with anything but 0, or takes longer than *limit* seconds.
    """
    with tempfile.TemporaryFile() as output, tempfile.TemporaryFile() as errors:
        start = time.perf_counter()
        child = subprocess.Popen(
            command,
            cwd=folder,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=errors,
            start_new_session=True,
        )
        watch = Watch(child.pid, limit)
        watch.start()
        _, status, usage = os.wait4(child.pid, 0)
        wall = time.perf_counter() - start
        watch.stopped.set()
        watch.join()
        child.returncode = os.waitstatus_to_exitcode(status)
        if child.returncode:
            said = _last_line(errors) or _last_line(output)
            what = f"took over {limit:.0f} s" if watch.late else f"exit {child.returncode}: {said}"
            raise Failed(f"{Path(command[0]).name}: {what}")
    # What the system tells counts, until the command begins, the process that starts it.
    peak = watch.peak or usage.ru_maxrss * _UNIT
    return Cost(wall, usage.ru_utime + usage.ru_stime, peak / MEGABYTE)
