"""Builds in a process of their own: one that is killed in its middle, one by an older program."""

import functools
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from generator.pipeline import Plan

ROOT = Path(__file__).parents[2]
_CHILD = Path(__file__).with_name("child.py")
# Words of the program, and what an older one says in their place: on pages, and of what is read.
_OLDER = {
    "generator/strings/en.toml": ('skip = "', 'skip = "Older: '),
    "generator/schema.py": ('f"unknown key ', 'f"older unknown key '),
}


def start_build(
    plan: Plan, program: Path = ROOT, *, phase: str = "", moment: int = 0
) -> subprocess.Popen:
    """Start a build of *plan* by *program*, the folder that its package is in.

    With a *phase* it is killed when it touches files for the *moment*-th time in it.
    """
    assert plan.output and plan.cache
    places = (plan.root, plan.output, plan.cache)
    command = (sys.executable, _CHILD, *places, str(plan.jobs), phase, str(moment))
    return subprocess.Popen(command, env={**os.environ, "PYTHONPATH": str(program)})


@functools.cache
def _make_older() -> "tempfile.TemporaryDirectory[str]":
    folder = tempfile.TemporaryDirectory(prefix="older-")
    for name in ("generator", "themes"):
        ignored = shutil.ignore_patterns("__pycache__")
        shutil.copytree(ROOT / name, Path(folder.name, name), ignore=ignored)
    for path, (new, old) in _OLDER.items():
        file = Path(folder.name, path)
        text = file.read_text("utf-8")
        assert new in text
        file.write_text(text.replace(new, old), "utf-8")
    return folder


def older_program() -> Path:
    """Return the folder of an older version of this program; it goes when the tests end."""
    return Path(_make_older().name)
