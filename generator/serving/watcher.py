"""The watcher: waits until an input of a site is another one, however that becomes known."""

import os
import queue
import time
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from types import TracebackType
from typing import Protocol, Self

from generator.serving.contents import Contents
from generator.serving.mounts import find_deaf
from generator.serving.watching import (
    FOLDERS,
    SETTINGS,
    Event,
    Touched,
    is_input,
    sift,
)

# Seconds without an event that end a save, and how long a flood of them is listened to.
QUIET, LONGEST = 0.05, 0.5
# Seconds between two looks where nothing is heard, but never more than a part of the time.
POLLING, _PART = 1.0, 20
# So often an interrupt is noticed on systems where waiting keeps it off.
_NAP = 0.5


class Hearing(Protocol):
    """Whatever tells of changes below the folders that it follows."""

    def follow(self, folders: Iterable[str]) -> None:
        """Tell of changes below *folders* from now on; raises ``OSError`` if that is too much."""

    def close(self) -> None:
        """Tell of nothing any more."""


Listen = Callable[[Path, Callable[[Event | None], None]], Hearing]


class Watcher:
    """Waits for changes of the inputs below *root*; a resource while it is entered.

    *listen* begins to hear of events. Where it cannot, or where the file system tells of none, all
    inputs are looked at again and again, and *say* is told so, once; *poll* asks for it anyway.
    """

    def __init__(
        self, root: Path, listen: Listen, say: Callable[[str], None], *, poll: bool = False
    ) -> None:
        self.root = Path(os.path.realpath(root))
        self._listen, self._say = listen, say
        self._events: queue.SimpleQueue[Event | None] = queue.SimpleQueue()
        self._hearing: Hearing | None = None
        self._modules: tuple[str, ...] = ()
        self._interval, self._last_look = POLLING, time.monotonic()
        self._touched, self._seen = Touched(), frozenset[str]()
        deaf = "" if poll else find_deaf(self.root)
        if deaf:
            self._say(f"a file system of the kind {deaf} tells of no changes: {_POLLING}")
        elif not poll:
            self._begin_to_hear()
        self._contents = Contents(self.root, self._list_places, self._is_input)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._hearing is not None:
            self._hearing.close()

    @property
    def is_polling(self) -> bool:
        """Tell whether nothing is heard."""
        return self._hearing is None

    def include(self, modules: Iterable[str]) -> None:
        """Watch the site's own *modules*, by their dotted names, besides what every site has."""
        if (names := tuple(modules)) == self._modules:
            return
        self._modules = names
        self._follow()
        # Only there: of all else nobody has said yet that a build knows it.
        tops = frozenset(self._list_tops())
        self._contents.refresh(Touched(frozenset(f"{top}.py" for top in tops), tops))

    @property
    def is_disturbed(self) -> bool:
        """Tell whether `wait` would not have to wait; it may be asked very often."""
        if self._hearing is None:
            if time.monotonic() >= self._last_look + self._interval:
                self._seen |= self._look_at_all()
            return bool(self._seen)
        self._touched |= self._sift(_drain(self._events))
        return bool(self._touched)

    def wait(self) -> frozenset[str]:
        """Return the paths of what changed, from the root, as soon as something did.

        What is heard before it is called happened during a build: it counts whatever it was.
        """
        touched = self._touched | self._sift(_drain(self._events))
        seen, self._touched, self._seen = self._seen, Touched(), frozenset()
        self._contents.doubt(touched)
        while True:
            changed = seen or (self._look() if self._hearing is None else self._hear(touched))
            if changed:
                return changed
            touched = Touched()

    def _hear(self, touched: Touched) -> frozenset[str]:
        """Wait until something was *touched* and it is quiet; return what changed, if anything."""
        heard = collect(self._events, QUIET, LONGEST, begun=bool(touched))
        touched |= self._sift(list(heard))
        if touched.folders or touched.lost:
            self._follow()
        return self._contents.refresh(touched)

    def _look(self) -> frozenset[str]:
        """Sleep, then look at everything; the more there is, the longer the sleep."""
        wake = self._last_look + self._interval
        while (left := wake - time.monotonic()) > 0:
            time.sleep(min(left, _NAP))
        return self._look_at_all()

    def _look_at_all(self) -> frozenset[str]:
        begin = time.monotonic()
        changed = self._contents.look_at_all()
        self._last_look = time.monotonic()
        self._interval = max(POLLING, _PART * (self._last_look - begin))
        return changed

    def _begin_to_hear(self) -> None:
        try:
            self._hearing = self._listen(self.root, self._events.put)
        except OSError as error:
            self._say(f"cannot watch files ({_reason(error)}): {_POLLING}")
            return
        self._follow()

    def _follow(self) -> None:
        if self._hearing is None:
            return
        try:
            self._hearing.follow(self._list_folders())
        except OSError as error:
            self._hearing.close()
            self._hearing = None
            self._say(f"cannot watch all files ({_reason(error)}): {_POLLING}")

    def _list_tops(self) -> list[str]:
        """Return where modules of the site's own begin."""
        return list(dict.fromkeys(name.partition(".")[0] for name in self._modules))

    def _list_folders(self) -> list[str]:
        return [*FOLDERS, *self._list_tops()]

    def _list_places(self) -> list[Path]:
        files = [SETTINGS, *(f"{top}.py" for top in self._list_tops())]
        return [self.root / name for name in (*files, *self._list_folders())]

    def _is_input(self, path: str) -> bool:
        return is_input(path, self._modules)

    def _sift(self, events: Iterable[Event | None]) -> Touched:
        return sift(events, self.root, self._is_input)


_POLLING = "looking for changes every second instead"


def collect(
    events: "queue.SimpleQueue[Event | None]", quiet: float, longest: float, *, begun: bool
) -> Iterator[Event | None]:
    """Wait for an event; yield it and what follows, until it is *quiet*, or after the *longest*.

    What has *begun* is not waited for.
    """
    while not begun:
        try:
            yield events.get(timeout=_NAP)
            break
        except queue.Empty:
            continue
    end = time.monotonic() + longest
    while (left := end - time.monotonic()) > 0:
        try:
            yield events.get(timeout=min(quiet, left))
        except queue.Empty:
            return


def _drain(events: "queue.SimpleQueue[Event | None]") -> Iterator[Event | None]:
    while True:
        try:
            yield events.get_nowait()
        except queue.Empty:
            return


def _reason(error: OSError) -> str:
    return (error.strerror or str(error)).lower()
