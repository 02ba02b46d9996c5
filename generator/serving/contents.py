"""Contents: what the inputs held when they were last looked at. Only what differs is a change.

To touch a file, to save it as it was, or to read it does nothing: a digest decides, and times only
say where it is worth taking one.
"""

import os
import stat
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

from generator.digests import digest_bytes
from generator.scan import read_bytes
from generator.serving.watching import Touched
from generator.surveys import GONE, Look, is_new, survey

# From here on one look at everything is cheaper than many looks.
_MANY = 500
# What was touched while a build read it: no kind of file, so it differs from whatever is there now.
_DOUBTFUL = Look(0, -1)


class Contents:
    """What every input below *root* held; *places* lists where they are at the moment.

    Of folders it counts that they are there, and so with links and the like, which no build reads.
    """

    def __init__(
        self,
        root: Path,
        places: Callable[[], Iterable[Path]],
        is_input: Callable[[str], bool],
    ) -> None:
        self.root = root
        self._places, self._is_input = places, is_input
        self._looks: dict[str, Look] = {}
        self._seen = 0
        self.look_at_all()

    def doubt(self, touched: Touched) -> None:
        """Let all of *touched* count as changed: a build may have read what it held meanwhile."""
        doubtful = set(touched.files | touched.folders)
        if touched.lost:
            doubtful.update(self._looks)
        for folder in touched.folders:
            doubtful.update(self._list_below(folder))
        self._looks |= dict.fromkeys(doubtful, _DOUBTFUL)

    def refresh(self, touched: Touched) -> frozenset[str]:
        """Look at what was *touched* and return the paths of what changed.

        Where events were lost there is always a change, though nobody may know of what.
        """
        paths = touched.files | touched.folders
        if touched.lost:
            return self.look_at_all() or frozenset({"."})
        if len(paths) > _MANY:
            return self.look_at_all()
        changed: set[str] = set()
        for path in paths:
            changed |= self._look_below(path)
        return frozenset(changed)

    def look_at_all(self) -> frozenset[str]:
        """Look at everything and return the paths of what changed."""
        found = survey(self._places())
        changed = self._compare(found.looks, self._looks)
        self._seen = found.began
        return frozenset(changed)

    def _look_below(self, path: str) -> set[str]:
        """Look at *path*, which need not be still what it was: a file, a folder, or nothing."""
        known = {each: self._looks[each] for each in self._list_below(path)}
        found = survey([self.root / path])
        return self._compare(found.looks, known)

    def _list_below(self, path: str) -> list[str]:
        """Return what is known at *path* and below it."""
        look = self._looks.get(path)
        if look is None:
            return []
        if stat.S_ISREG(look.mode):
            return [path]
        return [each for each in self._looks if each == path or each.startswith(f"{path}/")]

    def _compare(self, found: Mapping[str, Look], known: Mapping[str, Look]) -> set[str]:
        """Put what was *found* in the place of what was *known*; return the paths that differ.

        Files are read again if they look different, or so new that their looks tell nothing.
        """
        looks = {}
        start = len(str(self.root)) + 1
        for place, look in found.items():
            path = place[start:].replace(os.sep, "/")
            if look != GONE and self._is_input(path):
                looks[path] = self._identify(path, look, known.get(path))
        changed = {
            path
            for path in known.keys() | looks.keys()
            if _differ(known.get(path), looks.get(path))
        }
        for path in tuple(known.keys() - looks.keys()):
            del self._looks[path]
        self._looks |= looks
        return changed

    def _identify(self, path: str, look: Look, before: Look | None) -> Look:
        """Return *look* with the digest of the contents, or *before* if it has to be the same."""
        if not stat.S_ISREG(look.mode):
            return look
        if before and before[:-1] == look[:-1] and not is_new(look, self._seen):
            return before
        try:
            return look._replace(digest=digest_bytes(read_bytes(self.root, path)))
        except OSError:
            return look  # it cannot be read, or has gone since


def _differ(before: Look | None, now: Look | None) -> bool:
    if before is None or now is None:
        return before is not now
    return stat.S_IFMT(before.mode) != stat.S_IFMT(now.mode) or before.digest != now.digest
