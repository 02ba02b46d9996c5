"""New files: all of them or none, over nothing that is there, and never behind a link."""

import os
import secrets
import shutil
import stat
from collections.abc import Iterator, Sequence
from contextlib import suppress
from pathlib import Path

from generator.scan import read_bytes


class Refused(Exception):
    """Something cannot be started; the message says why, and what to do instead."""


def place_files(root: Path, files: Sequence[tuple[str, bytes]]) -> None:
    """Write *files*, by their paths below the folder *root*, which is made if it is missing.

    Raises ``Refused`` where something is in the way, ``OSError`` for what the machine refuses;
    nothing is left in both cases.
    """
    for path, _ in files:
        refuse_links(root, path)
        if os.path.lexists(root / path):
            raise Refused(f"{path} is there already, and nothing is written over it")
    made: list[Path] = []
    try:
        for path, content in files:
            made += _make_folders(root / path)
            _place(root / path, content)
            made.append(root / path)
    except BaseException as error:
        for each in reversed(made):
            with suppress(OSError):
                each.rmdir() if each.is_dir() else each.unlink()
        if isinstance(error, FileExistsError):
            raise Refused(f"{path} has just come to be, and nothing is written over it") from None
        raise


def replace_file(root: Path, path: str, old: bytes, new: bytes) -> None:
    """Put *new* in the place of what the file at *path* below *root* holds, at once.

    Raises ``Refused`` if that is no longer *old*, ``OSError`` for what the machine refuses.
    """
    whole = root / path
    aside = _beside(whole)
    try:
        _write(aside, new)
        shutil.copymode(whole, aside)
        with suppress(OSError, AttributeError):
            kept = os.stat(whole)
            os.chown(aside, kept.st_uid, kept.st_gid)
        if read_bytes(root, path) != old:
            raise Refused(f"{path} has changed in the meantime: once more, please")
        os.replace(aside, whole)
    finally:
        aside.unlink(missing_ok=True)


def refuse_links(root: Path, path: str) -> None:
    """Refuse a *path* below *root* that leads through anything but ordinary folders."""
    for folder in reversed(Path(path).parents[:-1]):
        try:
            mode = os.lstat(root / folder).st_mode
        except FileNotFoundError:
            return
        if not stat.S_ISDIR(mode):
            raise Refused(f"{folder.as_posix()} is no ordinary folder: put one in its place")


def _make_folders(path: Path) -> Iterator[Path]:
    """Make the folders that *path* lacks, and yield each."""
    lacking = [folder for folder in path.parents if not folder.exists()]
    for folder in reversed(lacking):
        folder.mkdir()
        yield folder


def _place(path: Path, content: bytes) -> None:
    """Write a file that appears whole or not at all; raise ``FileExistsError`` if there is one."""
    aside = _beside(path)
    try:
        _write(aside, content)
        try:
            os.link(aside, path)
        except FileExistsError:
            raise
        except OSError:
            # A file system without hard links: less sure against a crash, not against overwriting.
            _write(path, content)
    finally:
        aside.unlink(missing_ok=True)


def _beside(path: Path) -> Path:
    """Return a name beside *path* that scanning passes over, should it ever be left."""
    return path.with_name(f".{path.name}.{secrets.token_hex(4)}.tmp")


def _write(path: Path, content: bytes) -> None:
    with open(path, "xb") as file:
        file.write(content)
