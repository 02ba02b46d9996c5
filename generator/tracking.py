"""Tracking: which files git knows, or would take along, of those that may not be published."""

import os
import subprocess
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from generator.diagnostics import Diagnostic
from generator.scan import OUTLINE

_PUBLIC = frozenset({"source.toml", OUTLINE, ".gitignore", "README.md", "LICENSE"})

Exposed = tuple[tuple[str, bool], ...]


def list_exposed(root: Path, folders: Sequence[str]) -> Exposed:
    """Return what git would publish of *folders*, and of each whether it tracks it already.

    What is not tracked yet and not ignored goes with somebody's next commit. A scan or an older
    copy of a text is the text too, so that all counts but what every source has in public. Without
    git there is nothing.
    """
    if not folders:
        return ()
    tracked = set(_list_files(root, folders, "--cached"))
    loose = set(_list_files(root, folders, "--others", "--exclude-standard"))
    return tuple(
        (path, path in tracked)
        for path in sorted(tracked | loose)
        if not any(path.removeprefix(f"{folder}/") in _PUBLIC for folder in folders)
    )


def _list_files(root: Path, folders: Iterable[str], *options: str) -> list[str]:
    command = ["git", "-C", str(root), "ls-files", "-z", *options, "--", *folders]
    # A hook runs with the name of its own repository, which need not be that of the site.
    environment = {key: word for key, word in os.environ.items() if not key.startswith("GIT_")}
    try:
        done = subprocess.run(command, capture_output=True, timeout=10, check=True, env=environment)
    except (OSError, subprocess.SubprocessError):
        return []
    return [path for path in done.stdout.decode("utf-8", "replace").split("\0") if path]


def judge_tracking(exposed: Exposed) -> Iterator[Diagnostic]:
    """Yield a problem for each file that git would publish: an error for one that it tracks."""
    for path, is_tracked in exposed:
        folder = "/".join(path.split("/")[:2])
        if is_tracked:
            message = "git tracks this file, and its words may not be published"
            help = f"`git rm --cached {path}` in the site's folder; what was pushed stays in git"
            yield Diagnostic("text-tracked", message, path, None, help)
        else:
            message = "git does not ignore this file, and its words may not be published"
            kept = ", ".join(f"`!/{name}`" for name in (".gitignore", "source.toml", OUTLINE))
            help = f"write `/*` into {folder}/.gitignore, and below it, a line each, {kept}"
            yield Diagnostic("text-unignored", message, path, None, help)
