"""Output: one swap, and nothing that is not ours is touched."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from generator.digests import digest_bytes
from generator.output import MANIFEST, MemoryTree, OutputRefused, replace_tree


def write(output, files):
    with replace_tree(output) as tree:
        for url, content in files.items():
            tree.write(url, content)


AGAIN = """\
import sys
from pathlib import Path
from generator.output import replace_tree
from generator.parallel import Hands
from tests.test_parallel import double

output = Path(sys.argv[1])
with Hands(2) as hands:
    with replace_tree(output) as tree:
        print(list(hands.run(double, [[1], [2]])))
    with replace_tree(output) as tree:
        print("again")
"""


def read(output):
    found = (path for path in output.rglob("*") if path.is_file() and path.name != MANIFEST)
    return {path.relative_to(output).as_posix(): path.read_bytes() for path in found}


def test_a_new_tree_replaces_the_old_one_whole(tmp_path):
    """Pages that are no longer made are gone after the swap."""
    write(tmp_path / "site", {"a.html": b"1", "x/b.html": b"2"})

    write(tmp_path / "site", {"a.html": b"3"})

    assert {"a.html": b"3"} == read(tmp_path / "site")
    assert ["site"] == os.listdir(tmp_path)


@pytest.mark.parametrize("is_sure", [False, True])
def test_a_file_is_taken_over_by_its_digest_unless_somebody_is_sure_of_it(tmp_path, is_sure):
    """What is sure to be untouched is not read: here it would be refused."""
    write(tmp_path / "site", {"a.html": b"1"})
    (tmp_path / "site/a.html").write_bytes(b"2")
    asked = []

    def is_untouched(path, found, digest):
        asked.append((path, found.st_size, digest))
        return is_sure

    with replace_tree(tmp_path / "site", is_untouched) as tree:
        assert is_sure == tree.take_over("a.html", digest_bytes(b"1"))

    assert [("a.html", 1, digest_bytes(b"1"))] == asked


def test_a_tree_tells_when_its_files_were_written(tmp_path):
    """Those that were taken over keep the time they had."""
    write(tmp_path / "site", {"a.html": b"1"})
    before = (tmp_path / "site/a.html").stat()

    with replace_tree(tmp_path / "site") as tree:
        tree.take_over("a.html", digest_bytes(b"1"))
        tree.write("b.html", b"23")

    after = (tmp_path / "site/b.html").stat()
    assert (1, before.st_mtime_ns) == tree.stamps["a.html"]
    assert (2, after.st_mtime_ns) == tree.stamps["b.html"]
    assert {"a.html", "b.html", MANIFEST} == tree.stamps.keys()


def test_a_build_that_fails_leaves_the_old_tree(tmp_path):
    """When anything is raised while writing, readers keep what they had."""
    write(tmp_path / "site", {"a.html": b"1"})

    with pytest.raises(ValueError, match="broken"), replace_tree(tmp_path / "site") as tree:
        tree.write("a.html", b"2")
        raise ValueError("broken")

    assert {"a.html": b"1"} == read(tmp_path / "site")
    assert ["site"] == os.listdir(tmp_path)


def test_files_of_others_are_kept(tmp_path):
    """What we did not write stays, at its place and as it is."""
    write(tmp_path / "site", {"a.html": b"1"})
    (tmp_path / "site" / "sub").mkdir()
    (tmp_path / "site" / "sub" / "CNAME").write_bytes(b"example.org")

    write(tmp_path / "site", {"b.html": b"2"})

    assert {"b.html": b"2", "sub/CNAME": b"example.org"} == read(tmp_path / "site")


def test_a_page_never_overwrites_a_file_of_others(tmp_path):
    """A new page at the address of a stranger's file is refused."""
    write(tmp_path / "site", {"a.html": b"1"})
    (tmp_path / "site" / "b.html").write_bytes(b"theirs")

    with pytest.raises(OutputRefused, match="not written by postil"):
        write(tmp_path / "site", {"b.html": b"2"})

    assert {"a.html": b"1", "b.html": b"theirs"} == read(tmp_path / "site")


def test_a_folder_that_was_never_ours_is_refused(tmp_path):
    """A folder with files and without our record is not replaced."""
    (tmp_path / "home").mkdir()
    (tmp_path / "home" / "letter.txt").write_text("dear")

    with pytest.raises(OutputRefused, match="did not write"):
        write(tmp_path / "home", {"a.html": b"1"})

    assert {"letter.txt": b"dear"} == read(tmp_path / "home")


def test_an_empty_folder_and_a_file(tmp_path):
    """An empty folder is taken; a file of that name is not."""
    (tmp_path / "empty").mkdir()
    (tmp_path / "file").write_text("x")

    write(tmp_path / "empty", {"a.html": b"1"})

    assert {"a.html": b"1"} == read(tmp_path / "empty")
    with pytest.raises(OutputRefused, match="is a file"):
        write(tmp_path / "file", {"a.html": b"1"})


def test_leftovers_of_a_killed_build_go(tmp_path):
    """What a killed build left beside the output is cleared by the next."""
    (tmp_path / ".site.postil-00ff").mkdir()
    (tmp_path / ".site.postil-00ff" / "half.html").write_text("half")

    write(tmp_path / "site", {"a.html": b"1"})

    assert ["site"] == os.listdir(tmp_path)


def test_addresses_are_decoded_on_disk(tmp_path):
    """A file is named by what its percent-encoded address means."""
    write(tmp_path / "site", {"tags/%C3%A9t%C3%A9.html": b"1"})

    assert {"tags/été.html": b"1"} == read(tmp_path / "site")


@pytest.mark.parametrize("umask", [0o077, 0o022, 0o000])
def test_what_is_published_may_be_read(tmp_path, umask):
    """A web server can read every file and folder, whatever the umask of who built them."""
    old = os.umask(umask)
    try:
        write(tmp_path / "site", {"a.html": b"1", "x/y/b.html": b"2"})
        (tmp_path / "site" / "theirs").mkdir(mode=0o700)
        (tmp_path / "site" / "theirs" / "key").write_bytes(b"secret")
        os.chmod(tmp_path / "site" / "theirs" / "key", 0o600)
        write(tmp_path / "site", {"a.html": b"3", "x/y/b.html": b"4"})
    finally:
        os.umask(old)

    modes = {
        path.relative_to(tmp_path).as_posix(): path.stat().st_mode & 0o777
        for path in (tmp_path / "site").rglob("*")
    }
    # A file of somebody else keeps what it was.
    assert 0o600 == modes.pop("site/theirs/key")
    assert 0o755 == (tmp_path / "site").stat().st_mode & 0o777
    assert {0o644} == {mode for path, mode in modes.items() if path.endswith((".html", ".json"))}
    assert {0o755} == {
        mode for path, mode in modes.items() if not path.endswith((".html", ".json"))
    }


def fill(tree, files):
    for url, content in files.items():
        tree.write(url, content)
    return tree


def test_a_tree_in_memory_is_the_tree_on_the_disk(tmp_path):
    """The same files under the same paths, with the same digests."""
    files = {"index.html": b"1", "tags/%C3%A9t%C3%A9.html": b"2", ".nojekyll": b""}
    write(tmp_path / "site", files)
    tree = fill(MemoryTree(), files)

    assert read(tmp_path / "site") == tree.files
    assert {path: digest_bytes(content) for path, content in tree.files.items()} == tree.digests
    with pytest.raises(FileExistsError):
        tree.write("index.html", b"3")


def test_a_tree_in_memory_takes_over_what_stands(tmp_path):
    """A file of the tree before, or of the folder, stands if it is what it should be; once."""
    write(tmp_path / "site", {"disk.html": b"disk", "both.html": b"old", "spoiled.html": b"x"})
    before = fill(MemoryTree(), {"memory.html": b"memory", "both.html": b"new", "same.css": b"s"})
    tree = fill(MemoryTree(before, tmp_path / "site"), {"same.css": bytes(bytearray(b"s"))})

    taken = {
        url: tree.take_over(url, digest_bytes(content))
        for url, content in {
            "memory.html": b"memory",
            "disk.html": b"disk",
            "both.html": b"old",
            "spoiled.html": b"y",
            "nowhere.html": b"",
        }.items()
    }

    assert {url: url in ("memory.html", "disk.html") for url in taken} == taken
    assert {"memory.html": b"memory", "disk.html": b"disk", "same.css": b"s"} == tree.files
    assert tree.files["memory.html"] is before.files["memory.html"]
    assert tree.files["same.css"] is before.files["same.css"]


def test_a_folder_of_a_tree_is_replaced_as_a_whole():
    """The tree that was stays as it is, and what is the same in both is kept once."""
    before = fill(MemoryTree(), {"a.html": b"a", "x/old": b"o", "x/same": b"s", "xy": b"y"})
    files = [("same", bytes(bytearray(b"s"))), ("new", b"n")]
    tree = before.replacing("x/", files)

    assert {"a.html": b"a", "xy": b"y", "x/same": b"s", "x/new": b"n"} == tree.files
    assert {path: digest_bytes(content) for path, content in tree.files.items()} == tree.digests
    assert tree.files["x/same"] is before.files["x/same"]
    assert {"old": b"o", "same": b"s"} == dict(before.below("x/"))


def test_what_is_taken_back_leaves_nothing(tmp_path):
    """Neither a file nor an empty folder; a folder in which something is stays."""
    with replace_tree(tmp_path / "site") as tree:
        for path in ("x/y/a.html", "x/y/b.html", "z/c.html"):
            tree.write(path, b"1")
        tree.take_back("x/y/a.html")
        assert {"x/y/b.html", "z/c.html"} == tree.digests.keys() == tree.stamps.keys()
        tree.take_back("x/y/b.html")
        assert ["z"] == [path.name for path in tree.folder.iterdir()]
        tree.write("x/y/a.html", b"2")
    assert {"x/y/a.html": b"2", "z/c.html": b"1"} == read(tmp_path / "site")


def test_workers_that_live_on_hold_no_tree(tmp_path):
    """Who was started while a tree was written does not keep others from writing the next."""
    command = [sys.executable, "-c", AGAIN, str(tmp_path / "site")]
    root = Path(__file__).parents[1]
    done = subprocess.run(command, cwd=root, capture_output=True, text=True, timeout=60)
    assert (0, "[2, 4]\nagain\n") == (done.returncode, done.stdout)
