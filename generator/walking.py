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
    r"\..*|.*~|#.*#|.*\.(?:sw[a-z]|tmp|bak|orig|rej)|Thumbs\.db|desktop\.ini", re.DOTALL
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

    Links, pipes and the like are ``path-unsafe``, as are names that cannot be shown; names that
    differ in case or composition only are ``id-duplicate``, and the first of them counts.
    Hidden files and what editors leave behind are passed over.
    """
    found = Walk()
    mode = _mode(root, top, found)
    if mode is not None and not stat.S_ISDIR(mode):
        found.problems.append(unsafe(top, mode, "a folder"))
    waiting = [top] if mode is not None and stat.S_ISDIR(mode) else []
    while waiting:
        folder = waiting.pop()
        try:
            with os.scandir(f"{root}/{folder}") as entries:
                names = sorted(((entry.name, entry) for entry in entries), reverse=True)
        except OSError as error:
            found.problems.append(unreadable(folder, error))
            continue
        ...
    return found
