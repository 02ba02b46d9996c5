"""Watching: every way of saving is heard once, and nothing else is a change."""

import logging
import os
import queue
import shutil
import threading
import time
from pathlib import Path, PurePosixPath, PureWindowsPath

import pytest

from generator.serving import watcher as watcher_module
from generator.serving.contents import Contents
from generator.serving.hearing import Ears
from generator.serving.mounts import find_deaf, kind_of
from generator.serving.watcher import Watcher, collect
from generator.serving.watching import Event, Touched, is_input, sift
from generator.surveys import survey
from tests.serving import wait_for
from tests.sites import Site

NOTES = "content/annotations/letter.md"
TEXT = "seeds/letter/text.md"
AT = PurePosixPath("/site")


def at(path, kind="modified", other="", *, is_folder=False):
    """Return an event at *path* of the site."""
    return Event(kind, f"/site/{path}", f"/site/{other}" if other else "", is_folder)


def touched(*files, folders=(), lost=False):
    return Touched(frozenset(files), frozenset(folders), lost)


# From events to paths: the sequences are those that watchdog 7.1 was seen to give on Linux.

SAVES = {
    "read": ([at(NOTES, "opened"), at(NOTES, "closed_no_write")], touched()),
    "written": (
        [
            at(NOTES, "opened"),
            at(NOTES),
            at(NOTES, "closed"),
            at("content/annotations", is_folder=True),
        ],
        touched(NOTES),
    ),
    "renamed over the old one": (
        [
            at("content/annotations/.letter.md.tmp", "created"),
            at("content/annotations/.letter.md.tmp"),
            at("content/annotations/.letter.md.tmp", "moved", NOTES),
            at("content/annotations", is_folder=True),
        ],
        touched(NOTES),
    ),
    "moved away and made anew": (
        [
            at(NOTES, "moved", f"{NOTES}~"),
            at(NOTES, "created"),
            at(NOTES),
            at(NOTES, "closed"),
            at(f"{NOTES}~", "deleted"),
        ],
        touched(NOTES),
    ),
    "deleted and made, as polling has it": (
        [at(NOTES, "deleted"), at(NOTES, "created")],
        touched(NOTES),
    ),
    "another mode": ([at(NOTES, "attrib")], touched(NOTES)),
    "a folder moved": (
        [at("seeds/letter", "moved", "seeds/other", is_folder=True)],
        touched(folders=["seeds/letter", "seeds/other"]),
    ),
    "a folder from elsewhere": (
        [at("seeds/new", "created", is_folder=True), at("seeds/new/text.md", "created")],
        touched("seeds/new/text.md", folders=["seeds/new"]),
    ),
    "all of them": ([at("content", "deleted", is_folder=True)], touched(folders=["content"])),
    "settings": ([at("site.toml", "closed")], touched("site.toml")),
    "no inputs": (
        [
            at("site/index.html", "created"),
            at(".postil/store/index", "moved", ".postil/store/index2"),
            at(".git/index"),
            at(".venv/lib/x.py"),
            at("README.md"),
            at("content/.letter.md.swp", "created"),
            at(f"{NOTES}___jb_tmp___", "created"),
            at("content/annotations/#letter.md#", "created"),
            at("content/.git/x"),
            Event("modified", "/elsewhere/content/x.md"),
            Event("modified", "/site"),
        ],
        touched(),
    ),
    "lost": ([at("README.md"), None], touched(lost=True)),
}


@pytest.mark.parametrize("name", SAVES)
def test_events_become_paths(name):
    """Each way of saving touches the file that was saved and nothing else."""
    events, expected = SAVES[name]

    assert expected == sift(events, AT, is_input)


def test_paths_of_windows():
    """Paths are the same with either slash."""
    events = [Event("modified", r"C:\site\content\annotations\letter.md")]

    assert touched(NOTES) == sift(events, PureWindowsPath(r"C:\site"), is_input)


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("extra.py", True),
        ("more", True),
        ("more/deep/x.py", True),
        ("more/deep", True),
        ("more/picture.png", False),
        ("more/__pycache__/x.py", False),
        ("other.py", False),
        ("generator/cli.py", False),
        ("contents/x.md", False),
        ("site.toml.old", False),
    ],
)
def test_modules_of_the_site_are_inputs(path, expected):
    """A site may be made from modules of its own, and from none of ours while it is served."""
    assert expected is is_input(path, ("extra", "more.deep", "generator.cli"))


def test_what_was_touched_adds_up():
    """Two times of listening are one."""
    one, two = touched("a", folders=["b"]), touched("c", lost=True)

    assert touched("a", "c", folders=["b"], lost=True) == one | two
    assert (True, False) == (bool(one), bool(touched()))


# One quiet interval.


class Clocked:
    """A queue whose events come at times of their own."""

    def __init__(self, times):
        self.now, self.times = 0.0, list(times)

    def get(self, timeout):
        if self.times and self.times[0] <= self.now + timeout:
            self.now = max(self.now, self.times[0])
            return self.times.pop(0)
        self.now += timeout
        raise queue.Empty


@pytest.mark.parametrize(
    ("times", "heard", "end"),
    [
        ([7.0], 1, 7.05),
        ([1.0, 1.04, 1.08, 1.2], 3, 1.13),
        ([n / 50 for n in range(100)], 26, 0.5),
    ],
)
def test_listening_ends_when_it_is_quiet(times, heard, end, monkeypatch):
    """A save is over when nothing more comes for a while; a flood is cut after a longer one."""
    events = Clocked(times)
    monkeypatch.setattr(watcher_module.time, "monotonic", lambda: events.now)

    got = list(collect(events, 0.05, 0.5, begun=False))

    assert heard == len(got)
    assert end == pytest.approx(events.now)


def test_what_has_begun_is_not_waited_for(monkeypatch):
    """After events that came during a build nothing need follow."""
    events = Clocked([])
    monkeypatch.setattr(watcher_module.time, "monotonic", lambda: events.now)

    assert [] == list(collect(events, 0.05, 0.5, begun=True))
    assert 0.05 == pytest.approx(events.now)


# Contents decide.


@pytest.fixture
def site(tmp_path):
    return Site(tmp_path / "root")


@pytest.fixture
def contents(site):
    places = [site.root / name for name in ("site.toml", "content", "seeds", "themes")]
    return Contents(site.root, lambda: places, is_input)


def hurt_nothing(site):
    path = site.root / NOTES
    path.touch()
    os.utime(path, (1, 1))
    path.write_bytes(path.read_bytes())
    path.chmod(0o600)


def keep_looks(site):
    path = site.root / NOTES
    found = path.stat()
    site.edit(NOTES, "soon", "late")
    os.utime(path, ns=(found.st_atime_ns, found.st_mtime_ns))


def link(site):
    (site.root / NOTES).unlink()
    (site.root / NOTES).symlink_to(site.root / TEXT)


CHANGES = {
    "nothing": (hurt_nothing, set()),
    "moved and moved back": (
        lambda site: (
            (site.root / NOTES).rename(site.root / "x.tmp"),
            (site.root / "x.tmp").rename(site.root / NOTES),
        ),
        set(),
    ),
    "edited": (lambda site: site.edit(NOTES, "soon", "late"), {NOTES}),
    "edited with its looks kept": (keep_looks, {NOTES}),
    "emptied": (lambda site: site.write(NOTES, ""), {NOTES}),
    "removed": (lambda site: site.remove(NOTES), {NOTES}),
    "made": (lambda site: site.write("content/x.md", ""), {"content/x.md"}),
    "left over": (lambda site: site.write("content/x.md~", ""), set()),
    "linked": (link, {NOTES}),
    "a folder in its place": (
        lambda site: (site.remove(TEXT), (site.root / TEXT).mkdir()),
        {TEXT},
    ),
    "a folder": (lambda site: (site.root / "seeds/new").mkdir(), {"seeds/new"}),
    "a folder removed": (
        lambda site: shutil.rmtree(site.root / "seeds/letter"),
        {"seeds/letter", TEXT, "seeds/letter/source.toml"},
    ),
}


@pytest.mark.parametrize("name", CHANGES)
@pytest.mark.parametrize("how", ["everything", "lost", "files", "folders"])
def test_only_other_contents_are_a_change(site, contents, name, how):
    """Whatever is said to be touched, what differs is told, once."""
    change, expected = CHANGES[name]
    change(site)

    def look():
        paths = expected or {NOTES}
        match how:
            case "everything":
                return contents.look_at_all()
            case "lost":
                return contents.refresh(touched(lost=True))
            case "files":
                return contents.refresh(touched(*paths))
        return contents.refresh(touched(folders={path.rpartition("/")[0] for path in paths}))

    assert (expected or ({"."} if how == "lost" else set())) == set(look())
    assert ({"."} if how == "lost" else set()) == set(look())


@pytest.mark.parametrize("old", [False, True])
def test_a_clock_that_is_coarse(site, monkeypatch, old):
    """Of a file as new as the last look its looks tell nothing: it is read. Old ones are not."""
    places = [site.root / "content"]
    day = 86_400 * 10**9

    def look_coarsely(places):
        made = survey(places)
        at = made.began // day * day - (day if old else 0)
        looks = {
            path: look._replace(mtime=at, ctime=at + (0 if old else day)) if look.size else look
            for path, look in made.looks.items()
        }
        return made._replace(looks=looks)

    monkeypatch.setattr("generator.serving.contents.survey", look_coarsely)
    contents = Contents(site.root, lambda: places, is_input)
    contents.look_at_all()
    site.edit(NOTES, "soon", "late")

    assert ({NOTES} if not old else set()) == contents.look_at_all()


def test_what_was_touched_during_a_build_counts(site, contents):
    """A file that was changed and changed back while it was read is read again."""
    for doubt in (
        touched(NOTES),
        touched("content/gone.md"),
        touched(folders=["content"]),
        touched(lost=True),
    ):
        contents.doubt(doubt)

        assert contents.refresh(doubt) >= doubt.files
        assert frozenset() == contents.refresh(touched(NOTES, folders=["content"]))


def test_many_files_are_looked_at_together(site, contents):
    """Where a thousand files are touched, those that differ are found."""
    names = [f"content/annotations/n{number}.md" for number in range(1000)]
    for name in names:
        site.write(name, "x")

    assert set(names) == contents.refresh(touched(*names, NOTES))


# Where the file system tells of nothing.

MOUNTS = r"""22 1 0:21 / / rw,relatime shared:1 - ext4 /dev/sda1 rw
23 22 0:5 / /proc rw - proc proc rw
40 22 0:40 / /mnt/c rw,noatime - 9p drivers rw,trans=fd
41 22 0:41 / /home/me/a\040folder rw master:3 propagate_from:2 - nfs4 host:/x rw
42 22 0:42 / /home/me/a\040folder/local rw - ext4 /dev/sdb1 rw
43 22 0:43 / /media rw - vboxsf share rw
44 22 0:44 / /media rw - ext4 /dev/sdc1 rw
a broken line
"""


@pytest.mark.parametrize(
    ("folder", "kind"),
    [
        ("/home/me", "ext4"),
        ("/mnt/c/site", "9p"),
        ("/mnt/c", "9p"),
        ("/mnt/cd", "ext4"),
        ("/home/me/a folder/site", "nfs4"),
        ("/home/me/a folder/local/site", "ext4"),
        ("/media/site", "ext4"),
    ],
)
def test_the_file_system_of_a_folder(folder, kind):
    """The deepest mount counts, and of several at one place the last."""
    assert kind == kind_of(MOUNTS, PurePosixPath(folder))


def test_deaf_file_systems(monkeypatch, tmp_path):
    """Network and guest file systems tell of nothing, local ones do, and elsewhere nobody asks."""
    for kind, expected in (("nfs", "nfs"), ("fuse.sshfs", "fuse.sshfs"), ("ext4", "")):
        (tmp_path / "mountinfo").write_text(f"22 1 0:21 / / rw - {kind} x rw\n")
        monkeypatch.setattr("generator.serving.mounts._TABLE", tmp_path / "mountinfo")
        assert expected == find_deaf(tmp_path)
    monkeypatch.setattr("generator.serving.mounts._TABLE", tmp_path / "none")
    assert "" == find_deaf(tmp_path)


# The whole of it, with a real watchdog.


class Watched:
    """A watcher that waits in a thread, as `serve` does in between; *changes* are what it saw."""

    def __init__(self, root, *, listen=Ears, poll=False, modules=()):
        self.said, self.changes = [], []
        self.watcher = Watcher(root, listen, self.said.append, poll=poll)
        self.watcher.include(modules)
        self.building = threading.Event()
        self.building.set()
        threading.Thread(target=self._wait, daemon=True).start()

    def _wait(self):
        while True:
            self.building.wait()
            self.changes.append(self.watcher.wait())

    @property
    def seen(self):
        """All paths that changed, in whatever order."""
        return set().union(*self.changes)


@pytest.fixture
def watch(site):
    """Watch the site in the background."""
    open_ones = []

    def watch(**how):
        watched = Watched(site.root, **how)
        open_ones.append(watched)
        return watched

    yield watch
    for each in open_ones:
        each.watcher.__exit__(None, None, None)


def replace(path, content):
    aside = path.with_name(f".{path.name}.tmp")
    aside.write_text(content)
    os.replace(aside, path)


def move_and_make(path, content):
    path.rename(f"{path}~")
    path.write_text(content)
    Path(f"{path}~").unlink()


def truncate_and_write(path, content):
    with open(path, "w") as file:
        file.flush()
        time.sleep(0.02)
        file.write(content)


def write_beside(path, content):
    aside = path.with_name(f"{path.name}___jb_tmp___")
    aside.write_text(content)
    path.rename(path.with_name(f"{path.name}___jb_old___"))
    aside.rename(path)
    path.with_name(f"{path.name}___jb_old___").unlink()


SAVING = (Path.write_text, replace, move_and_make, truncate_and_write, write_beside)


@pytest.mark.parametrize("save", SAVING)
@pytest.mark.parametrize("poll", [False, True])
def test_every_way_of_saving_is_heard(site, watch, save, poll, monkeypatch):
    """However an editor saves, the next save of the same file is heard too."""
    monkeypatch.setattr(watcher_module, "POLLING", 0.05)
    watched = watch(poll=poll)
    for number in range(3):
        del watched.changes[:]
        save(site.root / NOTES, f"{number}")
        wait_for(lambda: NOTES in watched.seen)

    assert {NOTES} == watched.seen


@pytest.mark.parametrize("poll", [False, True])
def test_nothing_comes_of_nothing(site, watch, poll, monkeypatch):
    """Reading, touching, saving what was there and what editors leave are no change."""
    monkeypatch.setattr(watcher_module, "POLLING", 0.05)
    watched = watch(poll=poll)
    for path in site.root.rglob("*.md"):
        path.read_bytes()
    hurt_nothing(site)
    site.write("site/index.html", "x").write(".postil/x", "x").write("content/x.md.swp", "x")
    site.edit(TEXT, "sea", "tide")
    wait_for(lambda: watched.changes)

    assert [{TEXT}] == watched.changes


@pytest.mark.parametrize("poll", [False, True])
def test_a_watcher_tells_that_it_would_not_wait(site, poll, monkeypatch):
    """Whoever works while nobody waits learns of a change, which is not lost by that."""
    monkeypatch.setattr(watcher_module, "POLLING", 0.05)
    with Watcher(site.root, Ears, print, poll=poll) as watcher:
        for path in site.root.rglob("*.md"):
            path.read_bytes()
        site.write("site/index.html", "x").write("content/x.md.swp", "x")
        time.sleep(0.2)
        assert not watcher.is_disturbed
        site.edit(TEXT, "sea", "tide")
        wait_for(lambda: watcher.is_disturbed)

        assert watcher.is_disturbed
        assert {TEXT} == watcher.wait()
        assert not watcher.is_disturbed


def test_folders_come_and_go(site, watch, tmp_path):
    """What is in a folder that was moved in, made anew or moved is heard of from then on."""
    watched = watch()
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "elsewhere/a.md").write_text("a")
    (tmp_path / "elsewhere").rename(site.root / "content/annotations/new")
    wait_for(lambda: "content/annotations/new/a.md" in watched.seen)
    site.write("content/annotations/new/a.md", "b")
    wait_for(lambda: "content/annotations/new/a.md" in watched.changes[-1])
    shutil.rmtree(site.root / "content")
    wait_for(lambda: "content" in watched.seen)
    site.write("content/annotations/again/x.md", "x")
    wait_for(lambda: "content/annotations/again/x.md" in watched.seen)
    del watched.changes[:]
    site.write("content/annotations/again/x.md", "y")
    wait_for(lambda: "content/annotations/again/x.md" in watched.seen)
    (site.root / "themes/mine").mkdir(parents=True)
    wait_for(lambda: "themes/mine" in watched.seen)
    site.write("themes/mine/base.html", "x")
    wait_for(lambda: "themes/mine/base.html" in watched.seen)


def test_the_settings_are_heard_of(site, watch):
    """A file of the root itself is watched without all that lies beside it."""
    watched = watch()
    site.write("big/heap.md", "x").write("notes.txt", "x")
    replace(site.root / "site.toml", 'title = "New"\n')
    wait_for(lambda: watched.changes)

    assert {"site.toml"} == watched.seen


def test_modules_are_heard_of(site, watch):
    """The site's own modules are inputs as soon as a build has said which they are."""
    site.write("extra.py", "1").write("more/part.py", "1").write("other.py", "1")
    watched = watch(modules=("extra", "more.part"))
    site.write("other.py", "2").write("extra.py", "2").write("more/part.py", "2")
    wait_for(lambda: {"extra.py", "more/part.py"} <= watched.seen)

    assert {"extra.py", "more/part.py"} == watched.seen


def test_a_change_back_during_a_build_is_a_change(site, tmp_path):
    """Nobody knows which of the two the build has read."""
    watcher = Watcher(site.root, Ears, lambda words: None)
    with watcher:
        site.edit(NOTES, "soon", "late").edit(NOTES, "late", "soon")
        wait_for(lambda: not watcher._events.empty())

        assert {NOTES} == watcher.wait()


def test_a_flood_is_a_few_changes(site, watch):
    """A thousand files that come at once are built a few times, not a thousand."""
    watched = watch()
    names = {f"content/annotations/n{number}.md" for number in range(1000)}
    for name in names:
        site.write(name, "x")
    wait_for(lambda: names <= watched.seen)

    assert len(watched.changes) < 200


def test_lost_events_are_a_change(site, watch):
    """When the queue of the system has run over, the site is built again in any case."""
    watched = watch()
    logging.getLogger("watchdog.observers.inotify_c").warning("Inotify queue overflowed")
    wait_for(lambda: watched.changes)

    assert [{"."}] == watched.changes
    site.edit(TEXT, "sea", "tide")
    wait_for(lambda: TEXT in watched.seen)


class NoMore:
    """What hears until it is asked for the *limit*-th time."""

    def __init__(self, limit):
        self.limit, self.closed = limit, False

    def __call__(self, root, heard):
        if not self.limit:
            raise OSError(24, "inotify instance limit reached")
        return self

    def follow(self, folders):
        self.limit -= 1
        if not self.limit:
            raise OSError(28, "inotify watch limit reached")

    def close(self):
        self.closed = True


@pytest.mark.parametrize("limit", [0, 1, 2])
def test_where_no_watch_is_left_it_looks_instead(site, watch, limit, monkeypatch):
    """A limit of the system is said in one sentence, and changes are seen all the same."""
    monkeypatch.setattr(watcher_module, "POLLING", 0.05)
    hearing = NoMore(limit)
    watched = watch(listen=hearing, modules=("extra",))
    assert watched.watcher.is_polling
    site.edit(NOTES, "soon", "late")
    wait_for(lambda: watched.changes)

    assert [{NOTES}] == watched.changes
    (said,) = watched.said
    assert said.endswith("limit reached): looking for changes every second instead")
    assert bool(limit) is hearing.closed


def test_a_deaf_file_system_is_said_once(site, watch, monkeypatch):
    """Where events never come, nobody waits for them."""
    monkeypatch.setattr(watcher_module, "POLLING", 0.05)
    monkeypatch.setattr(watcher_module, "find_deaf", lambda folder: "nfs4")
    watched = watch()
    replace(site.root / NOTES, "x")
    wait_for(lambda: watched.changes)

    assert ["a file system of the kind nfs4 tells of no changes: " + watcher_module._POLLING] == (
        watched.said
    )


def test_a_site_behind_a_link(site, watch, tmp_path):
    """The root may be named by another path than its own."""
    (tmp_path / "link").symlink_to(site.root)
    watched = Watched(tmp_path / "link")
    site.edit(NOTES, "soon", "late")
    wait_for(lambda: watched.changes)
    watched.watcher.__exit__(None, None, None)

    assert [{NOTES}] == watched.changes
