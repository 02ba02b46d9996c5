"""The same files give the same bytes: on any machine, at any place, in any order."""

import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.sites import Site

ROOT = Path(__file__).parents[1]
COMMAND = "import sys; from generator.cli import main; sys.exit(main())"


def build(root: Path, output: Path, **settings) -> str:
    """Build the site at *root* in a process of its own; return the digest of all that came out."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT), **settings.get("env", {})}
    command = [sys.executable, "-c", COMMAND, "--root", str(root), "--output", str(output), "-q"]
    old = os.umask(settings.get("umask", 0o022))
    try:
        subprocess.run(command, check=True, env=environment, cwd=settings.get("cwd", ROOT))
    finally:
        os.umask(old)
    digest = hashlib.sha256()
    for path in sorted(output.rglob("*")):
        if path.is_file():
            digest.update(path.relative_to(output).as_posix().encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()


@pytest.fixture(scope="module")
def copy(tmp_path_factory):
    """A copy of the repository's own texts, without git, and what it builds to."""
    folder = tmp_path_factory.mktemp("copy")
    for name in ("content", "seeds"):
        shutil.copytree(ROOT / name, folder / "root" / name)
    shutil.copy(ROOT / "site.toml", folder / "root")
    return folder / "root", build(folder / "root", folder / "first")


@pytest.mark.parametrize(
    "settings",
    [
        {"env": {"PYTHONHASHSEED": "0"}},
        {"env": {"PYTHONHASHSEED": "1"}},
        {"env": {"LC_ALL": "C", "LANG": "C", "TZ": "Pacific/Kiritimati"}},
        {"env": {"LC_ALL": "tr_TR.UTF-8", "PYTHONUTF8": "0"}},
        {"cwd": "/", "umask": 0o077},
    ],
)
def test_surroundings_change_nothing(copy, tmp_path, settings):
    """Neither hashes, locale, time zone, current folder nor umask shows in a page."""
    root, expected = copy

    assert expected == build(root, tmp_path / "again", **settings)


def test_another_place_and_another_order_change_nothing(copy, tmp_path):
    """Files that were made in another order, at another path, make the same site."""
    root, expected = copy
    files = sorted((path for path in root.rglob("*") if path.is_file()), reverse=True)
    for path in files:
        target = tmp_path / "an other root" / path.relative_to(root)
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(path.read_bytes())

    assert expected == build(tmp_path / "an other root", tmp_path / "out")


def test_building_twice_changes_nothing(copy, tmp_path):
    """A second build into the same folder leaves the same bytes."""
    root, expected = copy
    build(root, tmp_path / "out")

    assert expected == build(root, tmp_path / "out")


@pytest.fixture(scope="module")
def spoiled(tmp_path_factory):
    """A site with mistakes of many kinds, several of them at one place."""
    site = Site(tmp_path_factory.mktemp("spoiled") / "root")
    site.note('A {#a tags="c, c++, C#, 🎉" re=b}', "nowhere", "[[x]] [y](y.md) ![z](z.png)")
    site.note("B {#b re=a by=nobody}", "the\n— ghost", "[[a]] [[y]]")
    site.note("A {#a}", "sea", "[[#q]]")
    site.write("content/pages/notes.md", "---\ntitl: x\n---\n").write("seeds/empty/text.md", "")
    return site


@pytest.mark.parametrize("command", ["check", "build"])
@pytest.mark.parametrize("format", ["text", "json", "github"])
def test_messages_come_in_one_order(spoiled, tmp_path, command, format):
    """What is wrong is said in the same words and order whatever Python's hashes are."""
    said = set()
    for seed in ("0", "1", "random"):
        options = ["--root", str(spoiled.root), "--format", format, "--color", "never", "-q"]
        options += ["--output", str(tmp_path / "out")] if command == "build" else []
        environment = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONHASHSEED": seed}
        done = subprocess.run(
            [sys.executable, "-c", COMMAND, command, *options], env=environment, capture_output=True
        )
        assert 1 == done.returncode
        said.add(done.stdout + done.stderr)

    assert 1 == len(said)
    assert said.pop().count(b"notes.md") >= 2
