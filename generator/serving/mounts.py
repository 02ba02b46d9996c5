"""Mounts: where a folder lies, and whether the system hears of changes there.

On Linux events come from the kernel of the machine at which somebody edits. What is edited at
another end, of a network, of a virtual machine, of a container's host, changes without one.
"""

import re
from pathlib import Path, PurePosixPath

_DEAF = frozenset(
    "9p afs ceph cifs fakeowner lustre nfs nfs4 osxfs prl_fs smb3 smbfs vboxsf virtiofs "
    "vmhgfs".split()
)
_TABLE = Path("/proc/self/mountinfo")


def find_deaf(folder: Path) -> str:
    """Return the kind of file system of *folder* if changes there raise no events, else ""."""
    try:
        table = _TABLE.read_text("utf-8", "surrogateescape")
    except OSError:
        return ""
    kind = kind_of(table, PurePosixPath(folder))
    return kind if kind in _DEAF or kind.startswith("fuse.") else ""


def kind_of(table: str, folder: PurePosixPath) -> str:
    """Return the kind of file system on which *folder* lies, by a *table* as of ``mountinfo``.

    The last of the mounts at the longest path counts: it lies over the others.
    """
    best, kind = -1, ""
    for line in table.splitlines():
        mount, _, rest = line.partition(" - ")
        words, kinds = mount.split(" "), rest.split(" ")
        if len(words) < 5 or not kinds[0]:
            continue
        place = PurePosixPath(re.sub(r"\\([0-7]{3})", _spell_out, words[4]))
        depth = len(place.parts)
        if (place == folder or place in folder.parents) and depth >= best:
            best, kind = depth, kinds[0]
    return kind


def _spell_out(found: re.Match[str]) -> str:
    return chr(int(found[1], 8))
