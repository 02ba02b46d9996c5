"""Walking through folders of strangers: only ordinary files, no links, no surprises."""

import os
import re
import stat
import unicodedata
from dataclasses import dataclass, field
from pathlib import Path

from generator.diagnostics import Diagnostic

_PLAIN = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_.-]*")
_LEFTOVER = re.compile(
    r"\..*|.*~|#.*#|.*\.(?:sw[a-z]|tmp|bak|orig|rej)|.*___jb_(?:old|tmp)___|"
    r"Thumbs\.db|desktop\.ini",
    re.DOTALL,
)
# Controls, halves of surrogate pairs (bytes that are no UTF-8), line separators, what turns the
# direction of writing, and the separator of folders on Windows.
_UNSAFE = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff\\\\]")
_KINDS = {
    stat.S_IFDIR: "a folder",
    stat.S_IFIFO: "a pipe",
    stat.S_IFLNK: "a symbolic link",
    stat.S_IFREG: "a file",
    stat.S_IFSOCK: "a socket",
}


@dataclass(frozen=True, slots=True)
class Walk:
    """What stands below a folder: ordinary files, folders and problems, in the order of names.

    Paths are relative to the root, with forward slashes.
    """

    files: list[str] = field(default_factory=list)
    folders: list[str] = field(default_factory=list)
    problems: list[Diagnostic] = field(default_factory=list)


def walk(root: Path, top: str) -> Walk:
    """Walk through the folder *top* of *root*, if there is one; nothing is opened but folders.

    Links, pipes and the like are ``path-unsafe``, as are names that cannot be shown. Of names
    that differ in case or composition only, which are one name on many machines, the first
    counts and the rest are ``id-duplicate``. Hidden files and what editors leave behind are
    passed over.
    """
    found = Walk()
    waiting = [top] if _is_folder(root, top, found) else []
    while waiting:
        folder = waiting.pop()
        for entry in _list(root, folder, found):
            path = f"{folder}/{entry.name}"
            if entry.is_file(follow_symlinks=False):
                found.files.append(path)
            elif entry.is_dir(follow_symlinks=False):
                found.folders.append(path)
                waiting.append(path)
            else:
                found.problems.append(_refuse_entry(path, entry))
    found.files.sort()
    found.folders.sort()
    return found


def is_leftover(name: str) -> bool:
    """Tell whether a file of this *name* is hidden, or what an editor or a system leaves behind."""
    return _LEFTOVER.fullmatch(name) is not None


def unreadable(path: str, error: OSError) -> Diagnostic:
    """Return the problem of a file or folder that the machine does not let us read."""
    reason = (error.strerror or str(error)).lower()
    return Diagnostic("file-unreadable", f"this cannot be read: {reason}", path)


def unsafe(path: str, mode: int, wanted: str = "an ordinary file") -> Diagnostic:
    """Return the problem of something at *path* that is not what was *wanted* there."""
    kind = _KINDS.get(stat.S_IFMT(mode), "a device")
    return Diagnostic(
        "path-unsafe", f"{kind} is not read", path, None, f"put {wanted} in its place"
    )


def _is_folder(root: Path, path: str, found: Walk) -> bool:
    try:
        mode = os.lstat(root / path).st_mode
    except FileNotFoundError:
        return False
    except OSError as error:
        found.problems.append(unreadable(path, error))
        return False
    if not stat.S_ISDIR(mode):
        found.problems.append(unsafe(path, mode, "a folder"))
    return stat.S_ISDIR(mode)


def _list(root: Path, folder: str, found: Walk) -> list[os.DirEntry[str]]:
    """Return the entries of *folder* that may be read, in the order of their names."""
    try:
        with os.scandir(f"{root}/{folder}") as entries:
            listed = sorted(entries, key=lambda entry: entry.name)
    except OSError as error:
        found.problems.append(unreadable(folder, error))
        return []
    kept: dict[str, os.DirEntry[str]] = {}
    for entry in listed:
        name = entry.name
        if not _PLAIN.fullmatch(name) and _UNSAFE.search(name):
            message = "the name has characters that cannot be shown"
            path = f"{folder}/{_UNSAFE.sub(_escape, name)}"
            found.problems.append(Diagnostic("path-unsafe", message, path, None, "rename it"))
        elif not is_leftover(name):
            first = kept.setdefault(_fold(name), entry)
            if first is not entry:
                message = f"`{folder}/{first.name}` is the same name on many machines"
                path = f"{folder}/{name}"
                found.problems.append(
                    Diagnostic("id-duplicate", message, path, None, "rename one of them")
                )
    return list(kept.values())


def _fold(name: str) -> str:
    if name.isascii():
        return name.lower()
    return unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", name).casefold())


def _escape(found: re.Match[str]) -> str:
    code = ord(found[0])
    if 0xDC80 <= code <= 0xDCFF:  # A byte that is no UTF-8, as Python holds it in a name.
        return f"\\x{code - 0xDC00:02x}"
    return f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}"


def _refuse_entry(path: str, entry: os.DirEntry[str]) -> Diagnostic:
    try:
        return unsafe(path, entry.stat(follow_symlinks=False).st_mode)
    except OSError as error:
        return unreadable(path, error)
