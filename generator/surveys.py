"""Surveys: what a folder looks like without reading it, to tell later whether anything changed.

A file whose size, times and inode are those of before has the contents of before, if its ctime is
older than the survey by more than a clock's grain: whatever changes a file's contents changes its
ctime. Where ctime means something else, or is too new to tell, the contents are compared.
"""

import os
import stat
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

from generator.digests import digest_bytes

# Clocks of file systems are as coarse as two seconds; one that counts parts of a millisecond goes
# on at every tick of its machine.
_GRAIN, _TICK = 2_000_000_000, 20_000_000
_HAS_CTIME = sys.platform != "win32"


class Look(NamedTuple):
    """What a file, folder or link looks like: its mode, its size, its times, its inode.

    Of a folder only the mode counts: what is in it is looked at by itself. *digest* is that of the
    contents where somebody knows it.
    """

    mode: int
    size: int = 0
    mtime: int = 0
    ctime: int = 0
    inode: int = 0
    digest: str = ""


# What was there when its folder was read, and no more a moment later.
GONE = Look(0)


class Survey(NamedTuple):
    """The looks of all that stands at some places, by path, and when the survey began.

    *is_ours* tells that we wrote it ourselves, and know what was in each file a moment before.
    """

    looks: dict[str, Look]
    began: int
    is_ours: bool = False


def survey(places: Iterable[Path], *, is_ours: bool = False) -> Survey:
    """Look at *places* and all that is below them; a place where nothing is is not in it."""
    began = time.time_ns()
    looks: dict[str, Look] = {}
    for place in places:
        looks.update(_look_below(str(place)))
    return Survey(looks, began, is_ours)


def _look_below(top: str) -> Iterator[tuple[str, Look]]:
    waiting = [top]
    while waiting:
        path = waiting.pop()
        try:
            found = os.lstat(path)
        except OSError:
            continue
        yield path, _look(found)
        if stat.S_ISDIR(found.st_mode):
            for entry in _list(path):
                if entry.is_dir(follow_symlinks=False):
                    waiting.append(entry.path)
                else:
                    try:
                        yield entry.path, _look(entry.stat(follow_symlinks=False))
                    except OSError:
                        yield entry.path, GONE


def _list(path: str) -> list[os.DirEntry[str]]:
    try:
        with os.scandir(path) as entries:
            return list(entries)
    except OSError:
        return []


def _look(found: os.stat_result) -> Look:
    if stat.S_ISDIR(found.st_mode):
        return Look(found.st_mode)
    times = (found.st_mtime_ns, found.st_ctime_ns if _HAS_CTIME else 0)
    return Look(found.st_mode, found.st_size, *times, found.st_ino)


def with_digests(made: Survey, digest_of: Callable[[str], str], *, every: bool = False) -> Survey:
    """Return *made* with the digests of the files that look too new to be told by their looks.

    With *every* all files have theirs.
    """
    looks = {
        path: look._replace(digest=digest_of(path)) if every or _is_new_in(made, look) else look
        for path, look in made.looks.items()
    }
    return made._replace(looks=looks)


def find_same(before: Survey, now: Survey) -> Iterator[tuple[str, str]]:
    """Yield the path and the digest of each file that has in it what it had *before*.

    One that cannot be told by its looks, or whose digest nobody knew, is left out.
    """
    for path, look in before.looks.items():
        seen = now.looks.get(path)
        if look.digest and seen and look[:-1] == seen[:-1] and not _is_new_in(before, look):
            yield path, look.digest


def is_unchanged(before: Survey, now: Survey) -> bool:
    """Tell whether all that *before* looked at stands as it was, and nothing else does."""
    if before.looks.keys() != now.looks.keys():
        return False
    return all(
        _is_same(path, look, now.looks[path], before) for path, look in before.looks.items()
    )


def _is_same(path: str, look: Look, now: Look, before: Survey) -> bool:
    if look[:-1] != now[:-1]:
        return False
    if not _is_new_in(before, look):
        return True
    return bool(look.digest) and look.digest == digest_file(path)


class Untouched:
    """Tells of files below *folder* what is in them without reading them, as *made* saw them."""

    def __init__(self, folder: str, made: Survey) -> None:
        self._folder, self._made = folder, made

    def __call__(self, path: str, found: os.stat_result, digest: str) -> bool:
        """Tell whether the file at *path*, which was *found* there now, has *digest* for sure."""
        look = self._made.looks.get(os.path.join(self._folder, path))
        if look is None or look.digest != digest or look[:-1] != _look(found)[:-1]:
            return False
        return bool(digest) and not _is_new_in(self._made, look)


def is_as_written(made: Survey, stamps: Mapping[str, tuple[int, int]]) -> bool:
    """Tell whether *made* saw the files at the paths of *stamps* with these sizes and mtimes.

    Where looks tell nothing they do not tell this either: then it is true.
    """
    looks = made.looks
    return not _HAS_CTIME or all(
        looks.get(path, GONE)[1:3] == stamp for path, stamp in stamps.items()
    )


def _is_new_in(made: Survey, look: Look) -> bool:
    return is_new(look, made.began, is_fine=made.is_ours and look.ctime % 1_000_000 != 0)


def is_new(look: Look, began: int, *, is_fine: bool = False) -> bool:
    """Tell whether a file that *began* saw may have changed since and look as it did.

    *is_fine* tells that the clock of its file system goes on at every tick.
    """
    if not stat.S_ISREG(look.mode):
        return False
    return not _HAS_CTIME or look.ctime + (_TICK if is_fine else _GRAIN) > began


def digest_file(path: str) -> str:
    """Return the digest of the file at *path*; "" if it cannot be read."""
    try:
        with open(path, "rb") as file:
            return digest_bytes(file.read())
    except OSError:
        return ""
