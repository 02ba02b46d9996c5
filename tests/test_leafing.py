"""Lists of very many notes: they go on over several pages, and no note is lost between them."""

from itertools import chain

import pytest
from selectolax.lexbor import LexborHTMLParser

from tests.commentaries import SETTINGS, write_commentary
from tests.crawling import find_faults
from tests.sites import Site

NAMES = ("bay", "cape", "dune")


@pytest.fixture
def site(tmp_path, monkeypatch):
    monkeypatch.setattr("generator.views.leafing.MOST_NOTES", 3)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "home"))
    site = Site(tmp_path / "root", {"site.toml": SETTINGS})
    for name in NAMES:
        write_commentary(site, name)
    return site


def list_notes(built, *urls):
    """Return the ids of the notes in the tables of the pages at *urls*."""
    rows = (
        link.attributes["href"]
        for url in urls
        for link in LexborHTMLParser(built.page(url)).css("tbody td:nth-child(3) a")
    )
    return [row.rpartition("/")[2].removesuffix(".html") for row in rows]


def test_a_source_with_its_notes_stands_on_one_page(site):
    """A page is turned between two sources, unless one has more than a page by itself."""
    for number in range(5):
        site.write(
            "content/annotations/dune.md",
            (site.root / "content/annotations/dune.md").read_text()
            + f"\n## More {{#dune-{number} tags=start}}\n\n> The **last words**\n\nSo.\n",
        )
    built = site.build()
    urls = ["notes/index.html", *(f"notes/index/{number}.html" for number in (2, 3, 4, 5))]
    assert sorted(urls) == sorted(url for url in built.files if url.startswith("notes/index"))
    parts = [list_notes(built, url) for url in urls]
    assert [["bay-one", "bay-two"], ["cape-one", "cape-two"]] == parts[:2]
    assert [3, 3, 1] == list(map(len, parts[2:]))
    assert sorted(note["id"] for note in built.data["notes"]) == sorted(chain(*parts))
    assert [] == find_faults(built.files)


def test_the_first_page_leads_to_all(site):
    """It names every source, and counts by whom notes are and of which kind."""
    site.edit("content/annotations/cape.md", "tags=end", "tags=end .questioning")
    built = site.build()
    first = LexborHTMLParser(built.page("notes/index.html"))
    ways = [link.attributes["href"] for link in first.css(".jump a")]
    assert ["index.html#in-bay", "index/2.html#in-cape", "index/3.html#in-dune"] == [
        way if "html" in way else f"index.html{way}" for way in ways[:3]
    ]
    assert ["1 note", "5 notes"] == sorted(
        each.text() for each in first.css("section[aria-labelledby='by-kind'] .count")
    )
    assert 2 == len(first.css("tbody tr"))
    assert ["1", "2", "3"] == [each.text() for each in first.css("nav.leaves li")]
    second = LexborHTMLParser(built.page("notes/index/2.html"))
    assert "Notes, page 2" in second.css_first("title").text()
    assert "2" == second.css_first("nav.leaves [aria-current]").text()


def test_a_tag_borne_by_many(site):
    """The pages of a tag have the tag's own address, and their numbers below it."""
    for name in NAMES:
        site.edit(f"content/annotations/{name}.md", "tags=end", "tags=start")
    built = site.build()
    urls = ("tags/start.html", "tags/start/2.html")
    assert sorted(f"{name}-{part}" for name in NAMES for part in ("one", "two")) == sorted(
        list_notes(built, *urls)
    )
    assert "6 notes" in built.page(urls[1])
    assert [] == find_faults(built.files)


def test_an_edit_makes_the_page_again_that_lists_it(site):
    """The others stand."""
    plan = {"cache": site.root / ".postil/store"}
    site.build(**plan)
    site.edit("content/annotations/dune.md", "## The end", "## An end")
    made = site.build(**plan).report.made
    assert ["notes/index/3.html"] == [url for url in made if url.startswith("notes/index")]
