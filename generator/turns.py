"""Let one process at a time do what two at once would spoil."""

import contextlib
import sys
from collections.abc import Callable, Iterator
from typing import IO

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl


@contextlib.contextmanager
def turn(path: str, when_waiting: Callable[[], None]) -> Iterator[bool]:
    """Hold the lock file at `path`, which stays there, until the block or the process ends.

    Yields False on a disk that has no locks: then nobody is kept out. Raises OSError where the
    file cannot be written.
    """
    with open(path, "a", encoding="utf-8") as file:
        yield take(file, when_waiting)


if sys.platform == "win32":

    def take(file: IO[str], when_waiting: Callable[[], None]) -> bool:
        """Lock an open file for this process."""
        try:
            msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
            return True
        except OSError:
            when_waiting()
        while True:
            with contextlib.suppress(OSError):  # it gives up after ten seconds
                msvcrt.locking(file.fileno(), msvcrt.LK_LOCK, 1)
                return True

else:

    def take(file: IO[str], when_waiting: Callable[[], None]) -> bool:
        """Lock an open file for this process; False on a disk that cannot."""
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            when_waiting()
            fcntl.flock(file, fcntl.LOCK_EX)
        except OSError:
            return False
        return True
