"""Output: a complete new tree beside the old one, then one swap.

A reader or a deploy never sees half a site. What we wrote and no longer make goes; what we did
not write is never touched. This module knows no noun of the field.
"""

import ctypes
import errno
import json
import os
import secrets
import shutil
import stat
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from urllib.parse import unquote

from generator.digests import digest_bytes

if sys.platform != "win32":
    import fcntl

MANIFEST = ".postil-output.json"
# A private edition has this file, which tells git to leave all of it alone.
IGNORED = ".gitignore"
_EXCHANGE = 2
_AT_FDCWD = -100
# Tells of a file of the old tree, by its path and how it was found, whether it has a digest.
IsUntouched = Callable[[str, os.stat_result, str], bool]
_FOR_ALL, _FOLDER_FOR_ALL = 0o644, 0o755


class OutputRefused(Exception):
    """The output folder is not ours to replace; the message says why and what to do."""


def refuse_overlap(output: Path, root: Path, inputs: Iterable[str]) -> None:
    """Refuse an output folder that is, holds or lies in what the site is made from."""
    real, base = Path(os.path.realpath(output)), Path(os.path.realpath(root))
    if base.is_relative_to(real):
        raise OutputRefused(f"{output} holds the site's own sources: name another folder")
    for name in inputs:
        if real.is_relative_to(base / name):
            raise OutputRefused(f"{output} lies in {name}/, where sources are: name another folder")


def refuse_public(output: Path, root: Path) -> None:
    """Refuse to put a private edition where a public site is, or is going to be."""
    real = Path(os.path.realpath(output))
    usual = Path(os.path.realpath(root)) / "site"
    # What lies in a public site is taken for somebody else's by its next build, and is kept there.
    for folder in (real, *real.parents):
        manifest = _read_manifest(folder)
        same = folder.exists() and usual.exists() and os.path.samefile(folder, usual)
        if folder == usual or same or (manifest and IGNORED not in manifest):
            raise OutputRefused(f"{output} is for what is published: name another folder")


def know_nothing(path: str, found: os.stat_result, digest: str) -> bool:
    """Say of no file that it is sure to have *digest* (``IsUntouched``)."""
    return False


class OutputTree:
    """A new tree that is being written; it replaces the old one when it is complete.

    Everything in it may be read by everybody, whatever the umask: it is there to be published.
    *digests* and *stamps* (size, mtime in ns) are those of its files, by path.
    """

    def __init__(self, folder: Path, old: Path | None, is_untouched: IsUntouched) -> None:
        self.folder, self.old = folder, old
        self.digests: dict[str, str] = {}
        self.stamps: dict[str, tuple[int, int]] = {}
        self._is_untouched = is_untouched
        self._before = (_read_manifest(old) if old else None) or {}
        self._made: set[str] = set()
        self._make("")

    def write(self, url: str, content: bytes) -> None:
        """Write the file at the address *url*, once."""
        path = unquote(url)
        self._make(os.path.dirname(path))
        self._fill(path, content)
        self.digests[path] = digest_bytes(content)

    def take_over(self, url: str, digest: str) -> bool:
        """Put the old tree's file at *url* into this one, if it is what *digest* says it was.

        It is a second name of the same file, and the only one when the old tree has gone.
        """
        path = unquote(url)
        if self.old is None or self._before.get(path) != digest:
            return False
        # Paths are put together as words: there are very many, and each would be taken apart first.
        old, new = f"{self.old}/{path}", f"{self.folder}/{path}"
        try:
            found = os.lstat(old)
            if stat.S_ISLNK(found.st_mode):
                return False
            if not self._is_untouched(path, found, digest) and _digest_of(old) != digest:
                return False
            self._make(os.path.dirname(path))
            os.link(old, new, follow_symlinks=False)
        except OSError:
            return False
        os.chmod(new, _FOR_ALL)
        self.digests[path] = digest
        self.stamps[path] = (found.st_size, found.st_mtime_ns)
        return True

    def take_back(self, path: str) -> None:
        """Remove the file at *path*, which is here, and the folders that are empty without it."""
        os.unlink(self.folder / path)
        del self.digests[path], self.stamps[path]
        with suppress(OSError):
            while path := os.path.dirname(path):
                os.rmdir(self.folder / path)
                self._made.remove(path)

    def finish(self) -> None:
        """Write down what the tree is made of, so that the next one may replace it."""
        record = json.dumps(dict(sorted(self.digests.items())), indent=0, ensure_ascii=False)
        self._fill(MANIFEST, f"{record}\n".encode())

    def _fill(self, path: str, content: bytes) -> None:
        with open(self.folder / path, "xb") as file:
            file.write(content)
            file.flush()
            found = os.fstat(file.fileno())
        self.stamps[path] = (found.st_size, found.st_mtime_ns)
        os.chmod(self.folder / path, _FOR_ALL)

    def _make(self, path: str) -> None:
        if path in self._made:
            return
        if path:
            self._make(os.path.dirname(path))
        (self.folder / path).mkdir()
        os.chmod(self.folder / path, _FOLDER_FOR_ALL)
        self._made.add(path)

    def keep(self, old: Path, paths: Iterable[str]) -> None:
        """Take over files of the tree *old* that are not ours."""
        for path in paths:
            if path in self.digests:
                raise OutputRefused(f"{old / path} was not written by postil: move it elsewhere")
            self._make(os.path.dirname(path))
            try:
                os.link(old / path, self.folder / path, follow_symlinks=False)
            except OSError:
                shutil.copy2(old / path, self.folder / path, follow_symlinks=False)


def _digest_of(path: str) -> str:
    with open(path, "rb") as file:
        return digest_bytes(file.read())


class MemoryTree:
    """A tree that is kept in memory: the same files, by the paths that they would have on a disk.

    What is the same as in the tree *before* is kept once. What is not there may be taken over from
    *folder*, where another build once wrote; it is only read.
    """

    def __init__(self, before: "MemoryTree | None" = None, folder: Path | None = None) -> None:
        self.files: dict[str, bytes] = {}
        self.digests: dict[str, str] = {}
        # Not the tree itself, which holds on to the one before it.
        self._before = dict(before.files) if before else {}
        self._known = dict(before.digests) if before else {}
        self._folder = folder

    def write(self, url: str, content: bytes) -> None:
        """Write the file at the address *url*, once."""
        path = unquote(url)
        if path in self.files:
            raise FileExistsError(errno.EEXIST, "this was written before", path)
        if self._before.get(path) == content:
            self.files[path], self.digests[path] = self._before[path], self._known[path]
        else:
            self.files[path], self.digests[path] = content, digest_bytes(content)

    def take_back(self, path: str) -> None:
        """Remove the file at *path*, which is here."""
        del self.files[path], self.digests[path]

    def clear(self) -> None:
        """Let go of all that was written."""
        self.files.clear()
        self.digests.clear()

    def take_over(self, url: str, digest: str) -> bool:
        """Take the file at *url* of the tree before, or else of the folder, if it is *digest*'s."""
        path = unquote(url)
        content = self._before[path] if self._known.get(path) == digest else self._read(path)
        if content is None or (path not in self._known and digest_bytes(content) != digest):
            return False
        self.files[path], self.digests[path] = content, digest
        return True

    def replacing(self, folder: str, files: Iterable[tuple[str, bytes]]) -> "MemoryTree":
        """Return a tree like this one that has *files*, and no others, below *folder* (``x/``)."""
        tree = MemoryTree(self)
        for path in self.files:
            if not path.startswith(folder):
                tree.files[path], tree.digests[path] = self.files[path], self.digests[path]
        for name, content in files:
            tree.write(folder + name, content)
        return tree

    def below(self, folder: str) -> Iterator[tuple[str, bytes]]:
        """Yield the files below *folder* (``x/``) by their names there."""
        for path, content in self.files.items():
            if path.startswith(folder):
                yield path.removeprefix(folder), content

    def _read(self, path: str) -> bytes | None:
        """Return what the folder has at *path*; nobody looks there for what was made since."""
        if self._folder is None or path in self._known:
            return None
        try:
            return (self._folder / path).read_bytes()
        except OSError:
            return None


@contextmanager
def replace_tree(output: Path, is_untouched: IsUntouched = know_nothing) -> Iterator[OutputTree]:
    """Give a new tree to write; at the end it takes the place of *output*, at once and whole.

    What *is_untouched* is sure of is not read to see what is in it. When anything is raised
    meanwhile, the old tree stays as it was. Raises ``OutputRefused`` for a folder with files that
    no build of ours made.
    """
    output = Path(os.path.realpath(output))
    output.parent.mkdir(parents=True, exist_ok=True)
    with _locked(output.parent):
        _clear_leftovers(output)
        foreign = _find_foreign(output)
        aside = output.parent / f".{output.name}.postil-{secrets.token_hex(4)}"
        try:
            tree = OutputTree(aside, output, is_untouched)
            yield tree
            tree.keep(output, foreign)
            tree.finish()
            _swap(aside, output)
        finally:
            shutil.rmtree(aside, ignore_errors=True)


def _find_foreign(output: Path) -> list[str]:
    """Return the files below *output* that are not ours, or refuse a folder that never was."""
    if not output.exists():
        return []
    if not output.is_dir():
        raise OutputRefused(f"{output} is a file: name a folder")
    ours = _read_manifest(output)
    if ours is None:
        if any(output.iterdir()):
            raise OutputRefused(
                f"{output} holds files that postil did not write: name another folder with "
                "--output, or empty this one"
            )
        return []
    found = []
    for folder, folders, files in os.walk(output):
        linked = [name for name in folders if os.path.islink(os.path.join(folder, name))]
        for name in [*files, *linked]:
            path = os.path.relpath(os.path.join(folder, name), output).replace(os.sep, "/")
            if path not in ours and path != MANIFEST:
                found.append(path)
    return sorted(found)


def _read_manifest(output: Path) -> dict[str, str] | None:
    """Return the digest of each file that our last build wrote, or None if there was none."""
    try:
        record = json.loads((output / MANIFEST).read_text("utf-8"))
    except (OSError, ValueError):
        return None
    return record if isinstance(record, dict) else None


def _clear_leftovers(output: Path) -> None:
    """Remove what a killed build left; the lock says that no other one is at work."""
    for leftover in output.parent.glob(f".{_escape(output.name)}.postil-*"):
        shutil.rmtree(leftover, ignore_errors=True)


def _escape(name: str) -> str:
    return "".join(f"[{char}]" if char in "*?[" else char for char in name)


@contextmanager
def _locked(folder: Path) -> Iterator[None]:
    if sys.platform == "win32":
        # There folders cannot be locked, so two builds at once are not kept apart.
        yield
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        with suppress(OSError):  # not every network's file system has locks
            fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        with suppress(OSError):
            # Processes that were started meanwhile have the descriptor too, and would keep it.
            fcntl.flock(descriptor, fcntl.LOCK_UN)
        os.close(descriptor)


def _swap(new: Path, output: Path) -> None:
    """Put *new* where *output* is: in one step where the system can, else in two."""
    if not output.exists():
        os.rename(new, output)
        return
    if _exchange(new, output):
        return
    old = new.with_name(new.name + "-old")
    os.rename(output, old)
    try:
        os.rename(new, output)
    except OSError:
        os.rename(old, output)
        raise
    shutil.rmtree(old, ignore_errors=True)


def _exchange(one: Path, other: Path) -> bool:
    with suppress(AttributeError, OSError):
        library = ctypes.CDLL(None, use_errno=True)
        arguments = (_AT_FDCWD, os.fsencode(one), _AT_FDCWD, os.fsencode(other), _EXCHANGE)
        return bool(library.renameat2(*arguments) == 0)
    return False
