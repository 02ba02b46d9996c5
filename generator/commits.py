"""Commits: which one is checked out, as git says."""

import os
import subprocess
from pathlib import Path


def read_commit(root: Path) -> str:
    """Return the commit and its day at *root*, a space between; empty without git or a commit.

    Only the commit counts: what is not committed is not told apart.
    """
    command = ["git", "-C", str(root), "log", "-1", "--no-show-signature", "--format=%H %cs"]
    # A hook runs with the name of its own repository, which need not be that of the site.
    environment = {key: word for key, word in os.environ.items() if not key.startswith("GIT_")}
    try:
        done = subprocess.run(command, capture_output=True, timeout=10, check=True, env=environment)
    except (OSError, subprocess.SubprocessError):
        return ""
    return done.stdout.decode("ascii", "replace").strip()
