"""Nothing changed: the last report is given again, and only where a build would give the same."""

import os
import subprocess
import time

import pytest

from generator.pipeline import Plan, build
from generator.surveys import Look, Survey, is_unchanged, survey, with_digests
from generator.unchanged import build_noted, look_back, recall
from tests.sites import Site

NOTES = "content/annotations/letter.md"


@pytest.fixture(autouse=True)
def home(tmp_path, monkeypatch):
    """A user of this test's own."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "home"))


@pytest.fixture
def site(tmp_path):
    """A site with a problem, built and noted."""
    made = Site(tmp_path / "root").note("Lost {#lost}", "no such words", "")
    build_noted(plan(made), build, lambda *_: None)
    return made


def plan(site, **options):
    root = site.root
    return Plan(root, root.parent / "site", **{"cache": root / ".postil/store", **options})


def test_the_report_is_given_again(site):
    """Problems come with the files in which they stand, and the counts are those of the build."""
    report = recall(plan(site))

    assert (1, 2) == (report.sources, report.notes)
    assert ["quote-not-found"] == [problem.code for problem in report.diagnostics]
    assert "no such words" in report.texts[NOTES].text
    assert () == report.made


def change_and_keep_times(path):
    found = path.stat()
    path.write_bytes(path.read_bytes().replace(b"soon", b"late"))
    os.utime(path, ns=(found.st_atime_ns, found.st_mtime_ns))


@pytest.mark.parametrize(
    "change",
    [
        lambda root: (root / NOTES).write_text("x"),
        lambda root: (root / NOTES).unlink(),
        lambda root: change_and_keep_times(root / NOTES),
        lambda root: (root / NOTES).rename(root / "content/annotations/other.md"),
        lambda root: (root / "content/annotations/new.md").write_text(""),
        lambda root: (root / "content/more").mkdir(),
        lambda root: (root / "seeds/letter/text.md").chmod(0),
        lambda root: (root / "site.toml").write_text('title = "T"\n'),
        lambda root: (root / "themes").mkdir(),
        lambda root: (root.parent / "site/index.html").unlink(),
        lambda root: (root.parent / "site/index.html").write_text("x"),
        lambda root: (root.parent / "site/more.html").write_text("x"),
        lambda root: (root / ".postil/store/last").write_bytes(b"x" * 99),
        lambda root: (root.parent / "home/postil/key").unlink(),
    ],
)
@pytest.mark.parametrize("wait", [False, True])
def test_whatever_changes_is_seen(site, change, wait, monkeypatch):
    """Any change of inputs or site, of the note or its key, and the shortcut is closed."""
    if wait:
        # As if the build had been long ago: then looks alone must tell.
        monkeypatch.setattr("generator.surveys._GRAIN", 0)
        assert recall(plan(site)) is not None
        time.sleep(0.02)
    change(site.root)

    assert None is recall(plan(site))


@pytest.mark.parametrize(
    "options",
    [{"drafts": True}, {"base_url": "https://e.org/"}, {"clean": True}, {"cache": None}],
)
def test_another_plan_is_another_build(site, options):
    """What was asked for must be the same, and the cache must be wanted."""
    assert None is recall(plan(site, **options))


def test_another_program_is_another_build(site, monkeypatch):
    """What another version said is not said again."""
    monkeypatch.setattr("generator.unchanged.digest_program", lambda: "another")

    assert None is recall(plan(site))


def test_head_moved(site):
    """The commit is part of the site."""
    git = ["git", "-C", str(site.root), "-c", "user.name=n", "-c", "user.email=e@e.org"]
    subprocess.run(["git", "init", "-q", str(site.root)], check=True)
    subprocess.run([*git, "commit", "-q", "--allow-empty", "-m", "x"], check=True)

    assert None is recall(plan(site))


def test_a_touched_file_is_read_again_and_is_the_same(site):
    """To touch a file closes the shortcut, and the build behind it makes nothing."""
    (site.root / NOTES).touch()

    assert None is recall(plan(site))
    assert () == build_noted(plan(site), build, lambda *_: None).made
    assert recall(plan(site)) is not None


def test_a_site_with_modules_of_its_own_is_always_built(tmp_path):
    """Code that is not ours may depend on anything."""
    made = Site(tmp_path / "mine").write("extra.py", "VIEWS = ()\n")
    made.edit("site.toml", '"Site"\n', '"Site"\n[extend]\nmodules = ["extra"]\n')
    build_noted(plan(made), build, lambda *_: None)

    assert None is recall(plan(made))


def test_what_changes_during_a_build_is_seen_afterwards(site):
    """Inputs are looked at before they are read."""
    site.edit(NOTES, "The date", "The day")

    def note(words, *_):
        if words == "joining":
            (site.root / NOTES).write_text("x")

    build_noted(plan(site), build, note)

    assert None is recall(plan(site))


def test_what_changes_after_the_look_back_is_seen_afterwards(site):
    """A build that was spared the second look must not take what came since for what it saw."""
    before = look_back(plan(site))
    (site.root / NOTES).write_text("x")

    build_noted(plan(site), build, lambda *_: None, before)

    assert None is recall(plan(site))


def spoil(path):
    """Write other words of the same length into *path*, as somebody might by hand."""
    path.write_bytes(path.read_bytes()[::-1])


def test_what_is_written_into_the_site_before_it_is_looked_at_is_seen(site):
    """Only a moment lies between the swap and the look, but anybody may write in it."""

    def build_and_spoil(*given, **more):
        report = build(*given, **more)
        spoil(site.root.parent / "site/404.html")
        time.sleep(0.03)
        return report

    site.edit(NOTES, "The date", "The day")
    build_noted(plan(site), build_and_spoil, lambda *_: None)

    assert None is recall(plan(site))


@pytest.mark.parametrize("keep_time", [False, True])
def test_a_page_that_was_touched_does_not_stand(site, keep_time):
    """It does not matter how its looks are made to be those of before."""
    page = site.root.parent / "site/404.html"
    whole, found = page.read_bytes(), page.stat()
    time.sleep(0.03)
    assert recall(plan(site)) is not None
    spoil(page)
    if keep_time:
        os.utime(page, ns=(found.st_atime_ns, found.st_mtime_ns))
    site.edit(NOTES, "The date", "The day")

    assert "404.html" in build_noted(plan(site), build, lambda *_: None).made
    assert whole == page.read_bytes()


def test_a_page_that_stands_is_not_read(site, monkeypatch):
    """Its looks tell what is in it once they are old enough."""
    monkeypatch.setattr("generator.surveys._GRAIN", 0)
    monkeypatch.setattr("generator.surveys._TICK", 0)
    monkeypatch.setattr("generator.output._digest_of", lambda path: pytest.fail(path))
    site.edit(NOTES, "The date", "The day")

    assert "404.html" not in build_noted(plan(site), build, lambda *_: None).made


def test_a_new_look_tells_nothing_without_its_contents(tmp_path):
    """A file changed within a clock's grain may look as before: then its digest decides."""
    path = tmp_path / "a"
    path.write_text("one")
    before = survey([tmp_path])
    known = with_digests(before, lambda path: "")
    assert not is_unchanged(known, survey([tmp_path]))

    looks = {
        place: look if place != str(path) else look._replace(ctime=0, digest="")
        for place, look in before.looks.items()
    }
    old = Survey(looks, before.began)
    assert is_unchanged(old, old)
    assert Look(0o40755) == Look(0o40755, 0, 0, 0, 0, "")
