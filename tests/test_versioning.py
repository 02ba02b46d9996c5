"""Versions: which commit a site says it was built from."""

import os
import subprocess

import pytest

from generator.site import Version
from generator.versioning import read_version

WHO = ["-c", "user.name=x", "-c", "user.email=x@example.org", "-c", "commit.gpgsign=false"]


def git(folder, *words, **more):
    command = ["git", "-C", str(folder), *WHO, *words]
    surroundings = {**os.environ, **more}
    done = subprocess.run(command, env=surroundings, capture_output=True, check=True)
    return done.stdout.decode().strip()


@pytest.fixture
def repository(tmp_path):
    """A repository with one commit of a day long ago."""
    folder = tmp_path / "repository"
    (folder / "site").mkdir(parents=True)
    git(folder, "init", "--quiet")
    (folder / "site" / "a.txt").write_text("a")
    git(folder, "add", ".")
    date = "2001-02-03T23:30:00-0800"
    git(folder, "commit", "--quiet", "-m", "x", GIT_COMMITTER_DATE=date)
    return folder


def test_the_commit_and_its_day(repository):
    """The day is that of whoever committed, wherever the site is built; a folder in it will do."""
    commit = git(repository, "rev-parse", "HEAD")

    assert Version(commit, "2001-02-03") == read_version(repository)
    assert Version(commit, "2001-02-03") == read_version(repository / "site")


def test_without_a_commit(tmp_path):
    """Without git, or before the first commit, there is no version."""
    assert Version() == read_version(tmp_path)
    git(tmp_path, "init", "--quiet")
    assert Version() == read_version(tmp_path)
    assert Version() == read_version(tmp_path / "nowhere")


def test_a_hook_of_another_repository(repository, tmp_path, monkeypatch):
    """What git tells its hooks of their own repository does not lead elsewhere."""
    other = tmp_path / "other"
    other.mkdir()
    git(other, "init", "--quiet")
    monkeypatch.setenv("GIT_DIR", str(other / ".git"))

    assert "2001-02-03" == read_version(repository).date


def test_signatures_are_not_shown(repository):
    """A setting that prints more about commits changes nothing."""
    git(repository, "config", "log.showSignature", "true")

    assert "2001-02-03" == read_version(repository).date
