"""Versions: which commit a site is built from."""

from pathlib import Path

from generator.commits import read_commit
from generator.site import Version


def read_version(root: Path) -> Version:
    """Return the commit and its day at *root*; both are empty without git or a commit."""
    commit, _, date = read_commit(root).partition(" ")
    return Version(commit, date)
