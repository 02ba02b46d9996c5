"""Builds one after another: what did not change is not made again, and nothing else differs."""

import os

import pytest

from generator.cli import main
from generator.pipeline import Plan, build
from tests.sites import Site

ALL = ("404.html", "index.html", "notes/index.html", "notes/timing.html", "sources/index.html")


@pytest.fixture(autouse=True)
def home(tmp_path, monkeypatch):
    """A user of this test's own."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "home"))


@pytest.fixture
def site(tmp_path):
    return Site(tmp_path / "root")


def warm(site, **plan):
    """Build with what earlier builds kept; what comes out is what a build from nothing makes."""
    built = site.build(cache=site.root / ".postil/store", **plan)
    clean = Site(site.root, {}).root
    output = site.root.parent / "clean"
    report = build(Plan(clean, output), lambda *_: None)
    files = {
        path.relative_to(output).as_posix(): path.read_bytes()
        for path in output.rglob("*")
        if path.is_file()
    }
    assert files == built.files
    assert sorted(map(repr, report.diagnostics)) == sorted(map(repr, built.report.diagnostics))
    return sorted(built.report.made)


def test_what_did_not_change_is_not_made_again(site):
    """The second build makes no page, and an edit makes those that show it."""
    assert sorted([*ALL, "sources/letter.html"]) == warm(site)
    assert [] == warm(site)

    site.edit("content/annotations/letter.md", "See [[letter#p2]]", "Look at [[letter#p2]]")
    # The passage that is linked to shows the sentence around the link.
    assert ["notes/timing.html", "sources/letter.html"] == warm(site)

    site.edit("content/annotations/letter.md", "The date, not", "The day, not")
    assert "notes/index.html" in warm(site)


def test_a_theme_makes_all_pages_again(site):
    """Every page depends on the templates, and not on a style sheet."""
    warm(site)
    site.write("themes/mine/theme.toml", 'inherit = "default"\n')
    site.edit("site.toml", '"Site"', '"Site"\ntheme = "mine"')
    assert sorted([*ALL, "sources/letter.html"]) == warm(site)

    site.write("themes/mine/static/more.css", "p { color: red }")
    assert [] == warm(site)


def test_pages_edited_by_hand_are_made_again(site):
    """What stands in the site is held against what was written there."""
    warm(site)
    output = site.root.parent / "root-site"
    (output / "index.html").write_text("mine")
    (output / "404.html").unlink()
    (output / "sources/letter.html").chmod(0o600)

    assert ["404.html", "index.html"] == warm(site)
    assert 0o644 == (output / "sources/letter.html").stat().st_mode & 0o777


def test_nothing_published_has_a_second_name(site):
    """Pages that stand are taken over from the old site, which then is gone."""
    warm(site)
    warm(site)
    output = site.root.parent / "root-site"

    assert {1} == {path.stat().st_nlink for path in output.rglob("*.html")}
    assert ["clean", "home", "root", "root-site"] == sorted(os.listdir(site.root.parent))


def test_problems_are_told_again(site):
    """A problem is in every build's report as long as it is there."""
    site.edit("content/annotations/letter.md", "decided **too soon**", "decided **too late**")
    warm(site)
    assert [] == warm(site)
    site.edit("content/annotations/letter.md", "decided **too late**", "decided **too soon**")
    assert "notes/timing.html" in warm(site)


def test_a_page_with_a_problem_of_its_template_is_tried_again(site):
    """What failed is not taken for made."""
    site.write("themes/default/theme.toml", 'inherit = "default"\n')
    site.write("themes/default/404.html", "{{ nothing }}")
    warm(site)
    warm(site)
    (site.root / "themes/default/404.html").unlink()
    assert "404.html" in warm(site)


def test_a_clean_build_uses_nothing(site):
    """With `clean` all is made again, and kept for the next."""
    warm(site)
    assert sorted([*ALL, "sources/letter.html"]) == warm(site, clean=True)
    assert [] == warm(site)


@pytest.mark.parametrize("jobs", [1, 2])
def test_many_hands_make_the_same(site, jobs, monkeypatch):
    """What other processes read and print is what this one would."""
    monkeypatch.setattr("generator.studies.WORTH_SHARING", 0)
    monkeypatch.setattr("generator.render.sheets.WORTH_SHARING", 0)
    site.write("seeds/code/source.toml", 'title = "C"\nrights = "full"\n')
    site.write("seeds/code/text.py", "def f():\n    return 1\n")
    site.note("Code {#code}", "return 1\n— code", "")

    assert "sources/code.html" in warm(site, jobs=jobs)
    assert [] == warm(site, jobs=jobs)


def test_why_a_page_was_made_again(site, capsys):
    """`explain URL` says what is not as it was when the page was made before."""
    root = str(site.root)

    def ask(url):
        code = main(["explain", url, "--root", root])
        return code, capsys.readouterr().out.partition("because ")[2].strip()

    warm(site)
    assert (0, "it is new, or nothing was kept of it") == ask("index.html")
    site.edit("content/annotations/letter.md", "The date, not", "The day, not")
    warm(site)
    assert (0, "its sources changed") == ask("index.html")
    site.write("themes/default/theme.toml", 'inherit = "default"\n')
    site.write("themes/default/page.html", "{% extends 'bundled-default/page.html' %}")
    warm(site)
    assert (0, "the theme or the language of the interface changed") == ask("index.html")
    (site.root.parent / "root-site/index.html").write_text("mine")
    warm(site)
    assert (0, "its file in the site was not what was written there") == ask("index.html")
    assert (2, "") == ask("gone.html")
