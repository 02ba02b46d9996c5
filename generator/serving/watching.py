"""Watching: from what the system says happened to the paths that have to be looked at again.

Pure: nothing here looks at a disk. One save is up to ten events, in many orders: a file written
in place, renamed over the old one, or moved away and made anew. So an event is only a hint at
which path something may have happened; contents tell whether it did (``contents``).
"""

from collections.abc import Callable, Iterable
from pathlib import PurePath
from typing import NamedTuple

from generator.walking import is_leftover

# Where the inputs of every site are; the modules of its own are besides.
FOLDERS = ("content", "seeds", "themes")
SETTINGS = "site.toml"
# To read a file is no change; the build itself does hardly anything else.
_IDLE = frozenset({"opened", "closed_no_write"})


class Event(NamedTuple):
    """What happened at *path*, both absolute: of what was moved, *other* is where it is now."""

    kind: str
    path: str
    other: str = ""
    is_folder: bool = False


class Touched(NamedTuple):
    """What has to be looked at again, by path from the root: files, and all below some folders.

    With *lost* events nobody knows what happened: everything counts as changed.
    """

    files: frozenset[str] = frozenset()
    folders: frozenset[str] = frozenset()
    lost: bool = False

    def __bool__(self) -> bool:
        return bool(self.files or self.folders or self.lost)

    def __or__(self, other: object) -> "Touched":
        if not isinstance(other, Touched):
            return NotImplemented
        return Touched(
            self.files | other.files, self.folders | other.folders, self.lost or other.lost
        )


def sift(
    events: Iterable[Event | None], root: PurePath, is_input: Callable[[str], bool]
) -> Touched:
    """Return what *events* may have changed below *root*; None stands for events that were lost.

    What is no input is passed over: the built site, the cache, git's own files, and what editors
    leave behind. That a folder was modified only repeats what is said of a file in it.
    """
    files, folders = set[str](), set[str]()
    lost = False
    for event in events:
        if event is None:
            lost = True
            continue
        if event.kind in _IDLE or (event.is_folder and event.kind == "modified"):
            continue
        for path in filter(None, (event.path, event.other)):
            name = _name_below(path, root)
            if name and is_input(name):
                (folders if event.is_folder else files).add(name)
    return Touched(frozenset(files), frozenset(folders), lost)


def _name_below(path: str, root: PurePath) -> str:
    """Return *path* as seen from *root*, with forward slashes; "" if it is not below it."""
    pure = type(root)(path)
    return pure.relative_to(root).as_posix() if root in pure.parents else ""


def is_input(path: str, modules: Iterable[str] = ()) -> bool:
    """Tell whether a site may be made from what is at *path*, by name alone.

    *modules* are the dotted names of the site's own modules.
    """
    parts = path.split("/")
    if any(map(is_leftover, parts)) or "__pycache__" in parts:
        return False
    if parts[0] in FOLDERS or path == SETTINGS:
        return True
    tops = {name.partition(".")[0] for name in modules}
    is_module = parts[0].removesuffix(".py") in tops and parts[0] not in ("generator", "tests")
    return is_module and (path.endswith(".py") or "." not in parts[-1])
