"""Hearing: what the system says of changes below a folder, by way of watchdog.

Folders are watched and never single files, whose watch would end with the first editor that saves
by renaming. Opening and reading are not even asked for.
"""

import logging
import os
import warnings
from collections.abc import Callable, Iterable
from pathlib import Path

from watchdog.events import (
    DirCreatedEvent,
    DirDeletedEvent,
    DirMovedEvent,
    FileAttribEvent,
    FileClosedEvent,
    FileCreatedEvent,
    FileDeletedEvent,
    FileModifiedEvent,
    FileMovedEvent,
    FileSystemEvent,
    FileSystemEventHandler,
)
from watchdog.observers import Observer
from watchdog.observers.api import BaseObserver, ObservedWatch

from generator.serving.watching import Event

_ASKED_FOR: list[type[FileSystemEvent]] = [
    DirCreatedEvent,
    DirDeletedEvent,
    DirMovedEvent,
    FileAttribEvent,
    FileClosedEvent,
    FileCreatedEvent,
    FileDeletedEvent,
    FileModifiedEvent,
    FileMovedEvent,
]
# A folder that is always there and never watched for its own sake.
_SPARE = Path(__file__).parent
_STOPPING = 2.0


class Ears(FileSystemEventHandler):
    """Watches of *root* and of folders below it; a resource with threads while it is open.

    *heard* is called, in another thread, with each event, and with None where some were lost.
    ``follow`` raises ``OSError`` where the system has no more watches to give.
    """

    def __init__(self, root: Path, heard: Callable[[Event | None], None]) -> None:
        self.root, self._heard = root, heard
        self._observer: BaseObserver = Observer()
        self._watches: dict[str, tuple[tuple[int, int], ObservedWatch]] = {}
        # It comes with every folder that is made inside a new one, and means nothing.
        warnings.filterwarnings("ignore", "Callback with id", RuntimeWarning)
        self._complaints = _Complaints(heard)
        logging.getLogger("watchdog").addHandler(self._complaints)
        self._observer.start()

    def follow(self, folders: Iterable[str]) -> None:
        """Watch those of *folders*, below the root, that are there now, and the root without depth.

        A folder that was put in another's place is watched in its stead.
        """
        # The root comes last: watchdog passes over folders within for which no watch was left,
        # and it is the next one asked for that fails.
        for folder in (*folders, ""):
            self._follow(folder)
        self._probe()

    def _follow(self, folder: str) -> None:
        identity = _identify(self.root / folder)
        known = self._watches.get(folder)
        if known is not None and known[0] == identity:
            return
        if known is not None:
            del self._watches[folder]
            self._observer.unschedule(known[1])
        if identity is not None:
            self._watches[folder] = (identity, self._watch(self.root / folder, deep=bool(folder)))

    def _watch(self, folder: Path, *, deep: bool) -> ObservedWatch:
        return self._observer.schedule(self, str(folder), recursive=deep, event_filter=_ASKED_FOR)

    def _probe(self) -> None:
        """Ask for one watch more and give it back."""
        self._observer.unschedule(self._watch(_SPARE, deep=False))

    def on_any_event(self, event: FileSystemEvent) -> None:
        """Pass on what watchdog says."""
        path, other = os.fsdecode(event.src_path), os.fsdecode(event.dest_path)
        self._heard(Event(event.event_type, path, other, event.is_directory))

    def close(self) -> None:
        """Hear no more."""
        self._observer.stop()
        self._observer.join(_STOPPING)
        logging.getLogger("watchdog").removeHandler(self._complaints)


class _Complaints(logging.Handler):
    """What watchdog warns of: its queue ran over, or it could not watch what it should."""

    def __init__(self, heard: Callable[[Event | None], None]) -> None:
        super().__init__(logging.WARNING)
        self._heard = heard

    def emit(self, record: logging.LogRecord) -> None:
        """Take any warning for lost events."""
        self._heard(None)


def _identify(folder: Path) -> tuple[int, int] | None:
    """Return what tells the folder at this path from another one; None if there is no folder."""
    try:
        found = os.lstat(folder)
    except OSError:
        return None
    return (found.st_dev, found.st_ino) if folder.is_dir() and not folder.is_symlink() else None
