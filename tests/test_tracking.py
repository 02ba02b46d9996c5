"""Tracking: a text that may not be published must not be in git either."""

import subprocess

import pytest

from tests.rights import OUTLINE, restricted
from tests.sites import BASE, Site

NOTE = "\n## A {#a}\n\n> on the water\n\nO.\n"


def git(site, *words):
    config = ("-c", "user.name=n", "-c", "user.email=n@e.org")
    subprocess.run(["git", "-C", str(site.root), *config, *words], check=True, capture_output=True)


@pytest.fixture
def site(tmp_path):
    """A site in git that has its text beside it and ignores it."""
    made = restricted(tmp_path / "root", "quote", NOTE)
    made.write("seeds/letter/.gitignore", "/*\n!/.gitignore\n!/source.toml\n!/outline.json\n")
    git(made, "init", "-q")
    git(made, "add", "-A")
    return made


def test_what_is_ignored_is_fine(site):
    """The facts and the outline are tracked, and the text is not."""
    assert [] == site.build().places
    git(site, "add", "-A")
    assert [] == site.build().places


@pytest.mark.parametrize("name", ["text.md", "text.md.orig", "scan/page-1.png", "saved.html"])
def test_what_git_tracks_is_an_error(site, name):
    """Be it the text, an older copy of it or a picture: whoever sees the repository can read it."""
    if name != "text.md":
        site.write(f"seeds/letter/{name}", "words")
    git(site, "add", "-f", f"seeds/letter/{name}")
    built = site.build()

    assert [("text-tracked", f"seeds/letter/{name}", "")] == built.places
    assert f"git rm --cached seeds/letter/{name}" in built.report.diagnostics[0].help


def test_what_git_would_take_along_is_a_warning(site):
    """Until somebody names it, the next `git add` publishes it."""
    site.remove("seeds/letter/.gitignore")
    built = site.build()

    assert [("text-unignored", "seeds/letter/text.md", "")] == built.places
    assert 0 == built.errors


def test_a_text_that_may_be_published_may_be_tracked(site):
    """Its rights are full."""
    git(site, "add", "-f", "seeds/letter/text.md")

    assert [] == site.edit("seeds/letter/source.toml", '"quote"', '"full"').build().places


def test_a_site_below_its_repository(tmp_path):
    """Paths are the site's, wherever its repository begins; somebody else's files are not asked."""
    outer = Site(tmp_path / "outer", {"seeds/letter/text.md": "words"})
    git(outer, "init", "-q")
    site = restricted(tmp_path / "outer/inner", "quote", NOTE)
    git(outer, "add", "-f", "inner/seeds/letter/text.md")

    assert [("text-tracked", "seeds/letter/text.md", "")] == site.build().places


def test_without_git_there_is_nothing_to_say(tmp_path, monkeypatch):
    """A folder that is no repository, and a machine without git, publish nothing by it."""
    site = restricted(tmp_path / "root", "quote", NOTE)
    assert [] == site.build().places
    monkeypatch.setenv("PATH", str(tmp_path))
    assert [] == site.build().places


def test_a_site_without_kept_texts_does_not_ask_git(tmp_path, monkeypatch):
    """Most sites have nothing to hide."""
    asked = []
    monkeypatch.setattr("generator.tracking._list_files", lambda *words: asked.append(words) or [])
    Site(tmp_path / "root", BASE).build()
    assert [] == asked
    restricted(tmp_path / "other", "quote", NOTE).build()
    assert asked


def test_the_outline_is_for_git(site):
    """It is what those build from who do not have the text."""
    site.build()
    git(site, "add", "-A")
    listed = subprocess.run(
        ["git", "-C", str(site.root), "ls-files", "seeds"], capture_output=True, check=True
    ).stdout.decode()

    assert OUTLINE in listed
    assert "text.md" not in listed
