"""Commentaries that need nothing of others stand: they are neither read nor joined again.

Every build here is held against one from nothing, byte for byte.
"""

import os
import subprocess

import pytest

from generator.digests import digest_bytes
from generator.output import MANIFEST, MemoryTree
from generator.pipeline import Plan, build
from tests.commentaries import NAMES, SETTINGS, write_commentary
from tests.sites import Site


@pytest.fixture(autouse=True)
def home(tmp_path, monkeypatch):
    """A user of this test's own."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "home"))


@pytest.fixture(params=[True, False], ids=["note pages", "no note pages"])
def site(request, tmp_path):
    site = Site(tmp_path / "root", {"site.toml": SETTINGS})
    for name in NAMES:
        write_commentary(site, name)
    if not request.param:
        site.edit("site.toml", 'title = "Site"', 'title = "Site"\nnote_pages = false')
    return site


def has_note_pages(site):
    return "note_pages" not in (site.root / "site.toml").read_text()


def read_by(site):
    """Build with what earlier builds kept, as if from nothing; return the sources that were read.

    What stands is not opened, so that a problem could not be shown in it.
    """
    output = site.root.parent / "warm"
    report = build(Plan(site.root, output, cache=site.root / ".postil/store"), lambda *_: None)
    clean = site.build()
    files = {
        path.relative_to(output).as_posix(): path.read_bytes()
        for path in output.rglob("*")
        if path.is_file()
    }
    assert clean.files == files
    assert clean.report.diagnostics == report.diagnostics
    assert clean.report.read == report.read
    told = (clean.report.pages, clean.report.sources, clean.report.notes)
    assert told == (report.pages, report.sources, report.notes)
    return {path.split("/")[1] for path in report.texts if path.startswith("seeds/")}


def test_only_what_was_edited_is_read(site):
    """An edit opens the source that it is about, and no other."""
    assert set(NAMES) == read_by(site)
    assert set() == read_by(site)

    site.edit("content/annotations/cape.md", "More in", "There is more in")
    assert {"cape"} == read_by(site)
    site.edit("seeds/dune/text.md", "last words", "last, last words")
    # The quotation is not found any more: how that is said depends on all of the site.
    assert set(NAMES) == read_by(site)
    assert set(NAMES) == read_by(site)

    site.edit("seeds/dune/text.md", "last, last words", "last words")
    read_by(site)
    assert set() == read_by(site)


def test_neighbours_show_a_new_title(site):
    """Pages of notes lead to the notes before and after, also those of other sources."""
    read_by(site)
    site.edit("content/annotations/cape.md", "## The end of cape", "## Where cape ends")
    assert ({"cape", "dune"} if has_note_pages(site) else {"cape"}) == read_by(site)


def test_neighbours_show_a_new_language(site):
    """The title of a note before or after says its language."""
    read_by(site)
    site.edit("content/annotations/cape.md", "source: cape\n", "source: cape\nlang: ar\n")
    near = {"bay", "cape", "dune"}
    assert (near if has_note_pages(site) else {"cape"}) == read_by(site)


@pytest.mark.parametrize(
    ("path", "old", "new", "read"),
    [
        ("content/annotations/cape.md", "More in", "Unlike [[bay-two]]. More in", {"bay"}),
        ("content/annotations/cape.md", "More in", "As in [[bay#p2]]. More in", {"bay"}),
        ("content/annotations/cape.md", "More in", "As in [[bay]]. More in", {"bay"}),
        (
            "content/annotations/cape.md",
            "More in",
            "See [there](bay.md#bay-one). More in",
            {"bay"},
        ),
        (
            "content/annotations/cape.md",
            "## The end",
            "## Also there {#there}\n\n> The **first words**\n> — bay\n\nSo.\n\n## The end",
            {"bay"},
        ),
        (
            "content/annotations/cape.md",
            "## The end",
            "## An answer {#answer re=dune-two}\n\nSo.\n\n## The end",
            {"dune"},
        ),
        (
            "content/annotations/cape.md",
            "## The end",
            "## Both {#both}\n\n> last words of cape\n\n> last words of bay\n> — bay\n\n## The end",
            {"bay"},
        ),
        (
            "content/annotations/cape.md",
            "{#cape-two",
            "{#cape-two re=dune-two",
            {"dune"},
        ),
        ("seeds/cape/text.md", "The first", "[More](../bay/text.md). The first", {"bay"}),
        ("content/annotations/cape.md", "{#cape-one", "{#bay-one", set(NAMES)),
        ("content/annotations/cape.md", "tags=start", "tags=Start", set(NAMES)),
        ("content/annotations/cape.md", "[[cape-two]]", "[[cape-tow]]", set(NAMES)),
        (
            "content/annotations/cape.md",
            "> The **first words**",
            "> The **frist words**",
            set(NAMES),
        ),
        ("site.toml", '"Site"', '"A site"', set(NAMES)),
    ],
    ids=str,
)
def test_what_leads_elsewhere_is_joined_with_it(site, path, old, new, read):
    """What a link, a target, a reply, a tag or an id may change elsewhere is read again."""
    read_by(site)
    site.edit(path, old, new)
    opened = read_by(site)
    assert {"cape", *read} <= opened
    # With pages of their own, notes lead to those of their neighbours too.
    assert has_note_pages(site) or {"cape", *read} == opened
    for name in read:
        site.edit(f"content/annotations/{name}.md", "## The ", "## An ")
        read_by(site)
    site.edit(path, new, old)
    read_by(site)


@pytest.mark.parametrize(
    ("path", "content"),
    [
        (
            "content/pages/about.md",
            "---\ntitle: About\n---\n\nAll about [the bay](../../seeds/bay/text.md).\n",
        ),
        (
            "content/pages/about.md",
            "---\ntitle: About\n---\n\nAll about [[bay-one]] and [[bay#p1]].\n",
        ),
        ("content/pages/about.md", "---\ntitle: About\n---\n\nNothing.\n"),
        ("content/annotations/more.md", "---\nsource: bay\n---\n\n## More\n\n> last words\n"),
        ("content/annotations/draft.md", "---\nsource: bay\ndraft: true\n---\n\n## More\n\nSo.\n"),
        ("content/annotations/free.md", "## Nowhere\n\nNothing.\n"),
        ("seeds/bay/text.txt", "Two texts.\n"),
        ("seeds/ebb/text.md", "# Ebb\n\nA text without facts.\n"),
        ("themes/default/theme.toml", 'inherit = "default"\n'),
        ("themes/default/404.html", "gone"),
        ("content/annotations/bay.md", "---\nsource: bay\n---\n"),
        ("content/annotations/bay.md", "---\nsource: bay\nsorce: bay\n---\n\n## Bay\n\n> first\n"),
    ],
    ids=str,
)
def test_what_comes_and_goes(site, path, content):
    """A file that is new, and then is not there any more, changes what it would from nothing."""
    before = (site.root / path).read_bytes() if (site.root / path).exists() else None
    read_by(site)
    site.write(path, content)
    read_by(site)
    read_by(site)
    site.write(path, before) if before else site.remove(path)
    read_by(site)
    read_by(site)


def test_sources_come_and_go(site):
    """A source at any place among the others moves their neighbours, and what leads to them."""
    read_by(site)
    for name in ("ant", "ebb", "zoo"):
        write_commentary(site, name)
        assert name in read_by(site)
    for name in ("zoo", *NAMES[1:], "ebb", "ant"):
        for path in (f"seeds/{name}/text.md", f"seeds/{name}/source.toml"):
            site.remove(path)
        site.remove(f"content/annotations/{name}.md")
        (site.root / f"seeds/{name}").rmdir()
        read_by(site)


def test_rights_open_all(site):
    """Beside a text that may not be published whole everything is looked at."""
    read_by(site)
    site.edit("seeds/dune/source.toml", '"full"', '"quote"')
    site.write("seeds/dune/.gitignore", "*\n")
    assert set(NAMES) == read_by(site)
    assert set(NAMES) == read_by(site)
    site.edit("seeds/dune/source.toml", '"quote"', '"full"')
    assert {"dune"} == read_by(site)


def test_a_picture_stands_with_its_text(site):
    """A picture that a standing text shows is published, as it is now; without it, it is told."""
    site.edit("seeds/bay/text.md", "The first", "![A map](map.png) The first")
    site.write("seeds/bay/map.png", b"one")
    read_by(site)
    site.write("seeds/bay/map.png", b"two")
    assert set() == read_by(site)
    site.remove("seeds/bay/map.png")
    assert set(NAMES) == read_by(site)


def test_a_page_that_was_touched_is_made_again(site):
    """What stands is held against the site as it is; if that was edited, all is joined."""
    read_by(site)
    (site.root.parent / "warm/sources/bay.html").write_text("mine")
    assert set(NAMES) == read_by(site)
    (site.root.parent / "warm/sources/cape.html").unlink()
    assert set(NAMES) == read_by(site)
    assert set() == read_by(site)


def test_the_memory_of_a_server(site):
    """What a server builds is that site too, also over one on the disk that somebody touched."""
    read_by(site)
    output = site.root.parent / "warm"
    (output / "sources/fjord.html").write_text("mine")
    site.edit("content/annotations/bay.md", "## The beginning", "## A beginning")
    tree = MemoryTree(None, output)
    build(Plan(site.root, output, cache=site.root / ".postil/store"), lambda *_: None, tree)
    assert site.build().files.keys() - {MANIFEST} == tree.files.keys()
    assert {path: site.build().files[path] for path in tree.files} == tree.files


def test_a_draft_is_checked_with_the_rest(site):
    """What a draft leads to may go, while nothing that is published leads there."""
    site.write(
        "content/annotations/bay-2.md",
        "---\nsource: bay\ndraft: true\n---\n\n## More\n\n> first words\n\nSee [[cape-one]].\n",
    )
    read_by(site)
    site.edit("content/annotations/cape.md", "#cape-one", "#cape-won")
    read_by(site)
    assert ["link-dead"] == site.build().codes


def test_a_tag_has_its_own_name_again(site):
    """A tag is called as it was first spelt, also in a draft; where that goes, as it is next."""
    site.edit("content/annotations/bay.md", "tags=start", "tags=Start")
    read_by(site)
    site.edit("content/annotations/bay.md", "source: bay", "source: bay\ndraft: true")
    read_by(site)
    assert ["Start"] == [tag for note in site.build().data["notes"] for tag in note["tags"]][:1]
    site.edit("content/annotations/bay.md", "tags=Start", "tags=start")
    read_by(site)
    assert ["start"] == [tag for note in site.build().data["notes"] for tag in note["tags"]][:1]
    site.edit("content/annotations/bay.md", "tags=start", "tags=Start")
    site.edit("content/annotations/bay.md", "draft: true", "draft: false")
    read_by(site)
    site.edit("content/annotations/bay.md", "tags=Start", "tags=start")
    read_by(site)
    site.edit("content/annotations/bay.md", "draft: false", "draft: true")
    site.edit("content/annotations/bay.md", "tags=start", "tags=Start")
    read_by(site)


def test_a_text_that_leads_to_what_is_not_there_yet(site):
    """A link of an original leads to our copy as soon as there is one."""
    site.edit("seeds/bay/source.toml", "title", 'url = "https://example.org/a/b"\ntitle')
    site.edit("seeds/bay/text.md", "The first", "[More](../ebb/text.md). The first")
    read_by(site)
    write_commentary(site, "ebb")
    assert "bay" in read_by(site)
    assert "ebb.html" in site.build().page("sources/bay.html")


def test_a_text_under_rights_is_looked_at_in_every_build(site):
    """Also one of which all words may be shown by now."""
    site.write("seeds/dune/.gitignore", "*\n")
    site.edit("seeds/dune/source.toml", '"full"', '"excerpt"')
    site.write("seeds/dune/text.md", "The first words of dune.\n")
    site.write(
        "content/annotations/dune.md",
        "---\nsource: dune\n---\n\n## All {#all}\n\n> The first words of dune.\n",
    )
    read_by(site)
    assert set(NAMES) == read_by(site)


def test_a_page_that_leads_there_no_more(site):
    """What a free page says of a commentary is shown with it as long as it says so."""
    site.write(
        "content/pages/about.md",
        "---\ntitle: About\n---\n\nAll about [[bay-one]] and [[bay#p1]].\n",
    )
    read_by(site)
    site.edit("content/pages/about.md", "All about [[bay-one]] and [[bay#p1]]", "Nothing")
    assert {"bay"} == read_by(site)


def test_a_codebook_reads_every_text(site):
    """Who is named where is shown with the actor, whether or not somebody states anything."""
    actor = "---\nname: words of bay\nkind: group\nnamed: true\n---\n\nThey live there.\n"
    site.write("content/actors/bay-folk.md", actor)
    site.write("content/pages/about.md", "---\ntitle: About\n---\n\nOf [[bay-folk]].\n")
    assert set(NAMES) == read_by(site)
    assert set(NAMES) == read_by(site)
    assert [] == site.build().codes
    assert "sources/bay.html" in site.build().page("actors/bay-folk.html")


def test_a_commit_makes_no_page_again(site):
    """Which commit a site is from stands once, in its data."""
    read_by(site)
    git = ["git", "-C", str(site.root), "-c", "user.name=x", "-c", "user.email=x@example.org"]
    subprocess.run([*git[:3], "init", "-q"], check=True)
    for words in ("one", "two"):
        subprocess.run([*git, "commit", "-q", "--allow-empty", "-m", words], check=True)
        assert set() == read_by(site)
    assert site.build().data["version"]["commit"]


def test_what_was_read_outweighs_what_was_known(site):
    """An edit that is taken back while a build is under way leaves no page behind."""
    path = "content/annotations/bay.md"
    for file in site.root.rglob("*"):
        os.utime(file, (1, 1))
    plan = Plan(site.root, site.root.parent / "warm", cache=site.root / ".postil/store")
    before = (site.root / path).read_bytes()
    known = {path: digest_bytes(before)}
    build(plan, lambda *_: None)
    site.edit("site.toml", '"Site"', '"A site"')

    def note(phase, *_):
        if phase == "reading":
            (site.root / path).write_bytes(before.replace(b"## The", b"## Not the"))

    build(plan, note, known=known)
    site.write(path, before)
    read_by(site)


def test_drafts_are_seen_where_they_are_asked_for(site):
    """A commentary with a draft is another with `--drafts`, and stands in neither for the other."""
    site.edit("content/annotations/bay.md", "## The end of bay {", "## The end of bay {draft=true ")
    site.edit("content/annotations/bay.md", "More in [[bay-two]]", "More")
    site.edit("content/annotations/bay.md", "See [[bay#p1]].", "")
    for drafts in (False, True, False):
        plan = Plan(
            site.root, site.root.parent / "warm", drafts=drafts, cache=site.root / ".postil/store"
        )
        build(plan, lambda *_: None)
        page = (site.root.parent / "warm/sources/bay.html").read_text()
        assert drafts == ("The end of bay" in page)
