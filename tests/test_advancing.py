"""Closed commentaries of a large site are made some at a time, and nothing shows of it.

Every build here is held against one that holds all at once, which is what one without a cache does.
"""

from dataclasses import replace

import pytest

import generator.advancing
import generator.portioning
from generator.output import MANIFEST, MemoryTree
from generator.pipeline import Plan, build
from generator.reading import Desk
from generator.scan import scan
from tests.commentaries import NAMES, SETTINGS, write_commentary
from tests.sites import Site

ALL = ("alder", *NAMES, "ghyll", "heath", "inlet")


@pytest.fixture(autouse=True)
def home(tmp_path, monkeypatch):
    """A user of this test's own."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "home"))


@pytest.fixture(autouse=True)
def portions(monkeypatch):
    """Some four sources make a portion."""
    monkeypatch.setattr(generator.portioning, "PORTION", 900)
    monkeypatch.setattr(generator.portioning, "LARGE", 0)


@pytest.fixture(autouse=True)
def opened(monkeypatch):
    """The texts of sources as they are opened, one time after the other."""
    paths = []
    take = Desk.open

    def open(self, path):
        if path.startswith("seeds/") and path.endswith("text.md") and path not in self.texts:
            paths.append(path.split("/")[1])
        return take(self, path)

    monkeypatch.setattr(Desk, "open", open)
    return paths


@pytest.fixture(params=[True, False], ids=["note pages", "no note pages"])
def site(request, tmp_path):
    settings = SETTINGS if request.param else f"note_pages = false\n{SETTINGS}"
    site = Site(tmp_path / "root", {"site.toml": settings})
    for name in ALL:
        write_commentary(site, name)
    return site


def read_twice(site, opened):
    """Build some at a time and at once, compare, and return the sources that were read twice."""
    plan = Plan(site.root, site.root.parent / "ahead", cache=site.root / ".postil/store")
    opened.clear()
    report = build(plan, lambda *_: None)
    twice = {name for name in ALL if opened.count(name) > 1}
    files = read_files(plan.output)
    once = site.build()
    assert once.files == files
    assert sorted(once.report.made) == sorted(report.made)
    assert once.report.diagnostics == report.diagnostics
    assert once.report.read == report.read
    assert once.report.written == report.written
    told = (once.report.pages, once.report.sources, once.report.notes)
    assert told == (report.pages, report.sources, report.notes)

    # Into memory too; and what was kept lets the same site be made once more.
    del files[MANIFEST]
    tree = MemoryTree()
    build(replace(plan, clean=True, output=None), lambda *_: None, tree)
    assert files == tree.files
    assert build(plan, lambda *_: None).made == ()
    assert files == {k: v for k, v in read_files(plan.output).items() if k != MANIFEST}
    return twice


def read_files(folder):
    """Return what stands below *folder*, by path."""
    paths = (path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in paths}


def ends(site):
    """Return the first and last source of each portion, if pages of notes lead to neighbours.

    Which notes come before and after theirs is not known in time.
    """
    if "note_pages" in (site.root / "site.toml").read_text():
        return set()
    return {ALL[at] for at in (0, 3, 4, 7)}


def test_what_needs_nothing_of_others_is_read_once(site, opened):
    """Commentaries are read, joined, printed and let go."""
    assert ends(site) == read_twice(site, opened)


BOTH = {"bay", "heath"}
LATER = "content/annotations/heath.md"


@pytest.mark.parametrize(
    ("path", "old", "new", "read"),
    [
        (LATER, "More in", "Unlike [[bay-two]]. More in", BOTH),
        (LATER, "More in", "As in [[bay#p2]]. More in", BOTH),
        (LATER, "More in", "See [there](bay.md#bay-one). More in", BOTH),
        (LATER, "## The end", "## An answer {#answer re=bay-two}\n\nSo.\n\n## The end", BOTH),
        (LATER, "See [[heath#p1]].", "\n> last words of bay\n> — bay\n", BOTH),
        ("seeds/heath/text.md", "The first", "[More](../bay/text.md). The first", BOTH),
        ("content/annotations/bay.md", "More in", "As in [[heath-one]]. More in", BOTH),
        (LATER, "source: heath", "source: bay", BOTH),
        (LATER, "{#heath-one", "{#bay-one", set(ALL)),
        (LATER, "{#heath-one tags", "{#bay tags", set(ALL)),
        ("content/annotations/cape.md", "cape-two", "heath", set(ALL)),
        (LATER, "[[heath-two]]", "[[heath-tow]]", set(ALL)),
        (LATER, "> The **first words**", "> The **frist words**", set(ALL)),
        (LATER, "tags=start", "tags=Start", set(ALL)),
        ("seeds/heath/source.toml", '"full"', '"quote"', set()),
        ("seeds/heath/source.toml", 'rights = "full"', "", {"heath"}),
        ("seeds/heath/text.md", "# On", "\x00# On", {"heath"}),
        ("site.toml", 'title = "Site"', 'title = "Site"\nsearch = false', set()),
    ],
    ids=str,
)
def test_what_others_need_is_joined_with_them(site, opened, path, old, new, read):
    """A link, target, reply, tag or id that leads from one portion to another is no loss."""
    site.edit(path, old, new)
    twice = read_twice(site, opened)
    # With pages of their own, notes lead to those of their neighbours too.
    assert ends(site) or read == twice


def test_pages_lead_into_portions(site, opened):
    """What a free page leads to is joined with it."""
    site.write("content/pages/about.md", "---\ntitle: About\n---\n\nAll of [[bay-one]].\n")
    assert "bay" in read_twice(site, opened)


def test_what_stands_around_pages_may_come_late(site, opened):
    """That a site has tags at all, every page shows; the first portion had none."""
    for name in ALL[:4]:
        for tag in ("start", "end"):
            site.edit(f"content/annotations/{name}.md", f" tags={tag}", "")
    assert set(ALL) <= read_twice(site, opened)


def test_what_was_not_looked_into_is_not_published(site, opened, monkeypatch):
    """A source turns out to be under restricted rights after pages were printed ahead."""
    monkeypatch.setattr(generator.advancing, "may_be_restricted", lambda *_: False)
    site.edit("seeds/heath/source.toml", '"full"', '"quote"')
    words = "The last words of heath, of which nobody may say any more than these few."
    site.edit("seeds/heath/text.md", "The last words of heath.", words)
    site.edit("content/annotations/alder.md", "More in", f"{words} More in")
    plan = Plan(site.root, site.root.parent / "ahead", cache=site.root / ".postil/store")
    report = build(plan, lambda *_: None)
    assert report.withheld
    assert site.build().report.diagnostics == report.diagnostics
    assert not plan.output.exists()


def test_a_page_that_fails_is_made_again_with_the_rest(site, opened):
    """A mistake in a template is told once, and leaves the old site, whatever was printed ahead."""
    plan = Plan(site.root, site.root.parent / "ahead", cache=site.root / ".postil/store")
    build(plan, lambda *_: None)
    old = read_files(plan.output)
    assert "sources/bay.html" in old
    site.write("themes/mine/theme.toml", 'inherit = "default"\n')
    site.write("themes/mine/source.html", "{{ view.source.nothing.at_all }}\n")
    site.edit("site.toml", 'title = "Site"', 'title = "Site"\ntheme = "mine"')
    report, once = build(plan, lambda *_: None), site.build()
    assert once.report.diagnostics == report.diagnostics != ()
    assert old == read_files(plan.output)


def test_where_most_leads_elsewhere_nothing_more_is_tried(site, opened):
    """One portion tells that the rest is to be held at once."""
    for name, other in zip(ALL, reversed(ALL), strict=True):
        site.edit(f"content/annotations/{name}.md", "More in", f"As in [[{other}-one]]. More in")
    assert set(ALL[:4]) == read_twice(site, opened)


def test_files_are_guessed_by_name_or_head(site):
    """A file of notes goes with its source, however it is called; a small site is not portioned."""
    site.write("content/annotations/more/on-bay.md", "---\nby: editor\nsource: 'bay'\n---\n")
    site.write("content/annotations/on-nothing.md", "---\nby: editor\n---\n")
    site.write("content/annotations/bare.md", "## A note\n")
    inputs = scan(site.root).value
    first, last = generator.portioning.list_portions(site.root, inputs)
    assert list(ALL[:4]) == [source.id for source in first.sources]
    assert list(ALL[4:]) == [source.id for source in last.sources]
    names = ("alder", "bay", "cape", "dune", "more/on-bay")
    assert tuple(f"content/annotations/{name}.md" for name in names) == first.annotations
    assert tuple(f"content/annotations/{name}.md" for name in ALL[4:]) == last.annotations


def test_a_small_site_is_made_at_once(site, opened, monkeypatch):
    """Below a size nothing is gained by it."""
    monkeypatch.setattr(generator.portioning, "LARGE", 10_000)
    assert set() == read_twice(site, opened)
    assert () == generator.portioning.list_portions(site.root, scan(site.root).value)
