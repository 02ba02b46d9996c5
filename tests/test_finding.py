"""The index of the search: the same records make the same bytes, and a site can do without."""

import random
import re
import signal
import subprocess
import sys
import time
from dataclasses import replace

import pytest

from generator import finding, indexing
from generator.finding import BrokenOff, Record, make_index
from generator.interface import read_strings
from generator.output import MANIFEST
from generator.views.framing import index_site
from generator.views.records import BLOCK, PART
from generator.views.summaries import list_records
from tests.rights import PARAGRAPHS, find_leaks, restricted
from tests.sites import SEARCHED, Site

WORDS = "rail tax harbour council wall bridge water king letter night bread ship stone".split()


def make_records(count: int) -> list[Record]:
    """Return *count* records with several values in a filter, and two in other languages."""
    chance = random.Random(5)
    records = [
        Record(
            f"notes/n{number}.html",
            " ".join(chance.choices(WORDS, k=40)),
            "en",
            (("title", f"Note {number}"), ("kind", "note")),
            (("kind", "note"), *(("tag", word) for word in WORDS[: number % 7])),
        )
        for number in range(count)
    ]
    return [
        *records,
        Record("zh.html", "议会决定港口城市的税收太早了。", "zh", filters=(("kind", "passage"),)),
        Record("ar.html", "كان المجلس يجتمع في المدينة", "ar", filters=(("kind", "passage"),)),
    ]


def make_anew(records: list[Record]) -> dict[str, bytes]:
    made = make_index(records)
    assert () == made.diagnostics
    return dict(made.value)


def test_the_same_records_make_the_same_bytes():
    """Neither the run nor the order of the records is seen in an index; Pagefind draws lots."""
    records = make_records(60)
    first = make_anew(records)

    for seed in range(3):
        random.Random(seed).shuffle(records)
        assert first == make_anew(records)


def test_other_records_make_another_index():
    """What is asked for by its name is not taken for something older by any cache on the way."""
    records = make_records(5)
    changed = [replace(records[0], filters=(("kind", "note"), ("tag", "tide"))), *records[1:]]
    before, after = make_anew(records), make_anew(changed)
    named = {path for path in before.keys() & after.keys() if path.endswith(("_meta", "_filter"))}

    assert before != after
    assert {path: before[path] for path in named} == {path: after[path] for path in named}


def test_nothing_of_an_index_is_for_others():
    """Pagefind's own pages, which put HTML of an index into a page, are not published."""
    own = [path for path in make_anew(make_records(1)) if path.endswith((".js", ".css"))]

    assert ["pagefind.js"] == own


def run_instead(program, monkeypatch):
    """Let the Python *program* run in the place of Pagefind; return the processes as they start."""
    start, started = subprocess.Popen, []

    def pretend(_, **own):
        started.append(start([sys.executable, "-c", program], **own))
        return started[-1]

    monkeypatch.setattr(finding.subprocess, "Popen", pretend)
    return started


@pytest.mark.parametrize(
    ("program", "reason"),
    [
        ("import sys", "Pagefind stopped before it was done"),
        ("print('?', end=',')", "Pagefind answers in a way that is not known here"),
        ("import time; time.sleep(60)", "Pagefind took too long"),
    ],
)
def test_a_program_that_fails_is_one_warning(program, reason, monkeypatch):
    """A program that crashes, babbles or hangs costs the search, never the build."""
    run_instead(program, monkeypatch)
    monkeypatch.setattr(finding, "_SECONDS", 2.0)
    monkeypatch.setattr(finding, "_SECONDS_EACH", 0.0)
    (problem,) = make_index(make_records(2000)).diagnostics

    assert "search-missing" == problem.code
    assert f"the site has no search index: {reason}" == problem.message


def test_an_index_that_is_not_wanted_any_more_is_broken_off(monkeypatch):
    """Whoever has something better to do is let go at once, and the program is ended."""
    started = run_instead("import time; time.sleep(60)", monkeypatch)
    asked = iter([False, False, True])
    begin = time.monotonic()
    with pytest.raises(BrokenOff):
        make_index(make_records(20), lambda: next(asked))

    assert time.monotonic() - begin < 30
    assert [-signal.SIGKILL] == [process.returncode for process in started]


@pytest.fixture
def nobody_has_it(monkeypatch):
    """Return what takes Pagefind away: whoever needs it from then on is warned."""
    return lambda: monkeypatch.setattr(finding, "_PACKAGE", "a_package_that_nobody_has")


def index_of(built) -> dict[str, bytes]:
    return {url: content for url, content in built.files.items() if url.startswith("data/search/")}


def test_a_site_without_pagefind_is_whole_but_for_that(tmp_path, nobody_has_it):
    """Without the package there is one warning, and every page as it would be with it."""
    site = Site(tmp_path / "root", SEARCHED)
    whole = site.build()
    nobody_has_it()
    built = site.build()

    assert ["search-missing"] == built.codes
    assert not built.report.repeatable
    assert index_of(whole) and not index_of(built)
    pages = whole.files.keys() - index_of(whole).keys() - {MANIFEST}
    assert {url: whole.files[url] for url in pages} == {url: built.files[url] for url in pages}


@pytest.mark.parametrize("rights", ["full", "quote"])
def test_an_index_is_made_once(rights, tmp_path, nobody_has_it):
    """Where no word changed that is found, the index of the last build stands, Pagefind or not."""
    site = restricted(tmp_path / "root", rights, NOTE)
    first = searched(site).build(cache=tmp_path / "cache")
    nobody_has_it()
    site.edit("site.toml", "search", 'description = "Of a harbour"\nsearch')
    second = site.build(cache=tmp_path / "cache")
    site.edit("content/annotations/letter.md", "It silts up", "It fills up")

    assert [] == first.codes == second.codes
    assert first.files["index.html"] != second.files["index.html"]
    assert index_of(first) and index_of(first) == index_of(second)
    assert ["search-missing"] == site.build(cache=tmp_path / "cache").codes


def test_an_index_of_which_a_file_is_gone_is_made_again(tmp_path):
    """The old site is looked at, not believed."""
    site = Site(tmp_path / "root", SEARCHED)
    first = site.build(cache=tmp_path / "cache")
    fragment = next(url for url in index_of(first) if "fragment" in url)
    (tmp_path / "root-site" / fragment).unlink()

    assert first.files == site.build(cache=tmp_path / "cache").files


def test_a_site_can_refuse(tmp_path):
    """With `search = false` there is no page, no index, and no way to either."""
    built = Site(tmp_path / "root").build()

    assert [] == built.codes
    assert [] == [url for url in built.files if "search" in url and not url.startswith("assets/")]
    assert "search.html" not in built.page("index.html")


def test_warm_is_clean(tmp_path):
    """After a note is reworded a warm build has the index of one from nothing."""
    site = Site(tmp_path / "root", SEARCHED)
    site.build(cache=tmp_path / "cache")
    site.edit("content/annotations/letter.md", "The date, not the fee", "A day, and no fee")
    warm = site.build(cache=tmp_path / "cache").files

    assert any(url.startswith("data/search/fragment/") for url in warm)
    assert warm == site.build().files


def test_what_is_not_read_again_is_found(tmp_path):
    """A commentary that stands is in the page's choices and the index as if it had been read."""
    site = Site(tmp_path / "root", SEARCHED)
    site.write("seeds/tide/source.toml", 'title = "The tide"\nrights = "full"\nlanguage = "fr"\n')
    site.write("seeds/tide/text.md", "La mer monte.\n")
    site.write(
        "content/annotations/tide.md",
        "---\nsource: tide\nby: editor\n---\n\n## It rises {#rises tags=sea}\n\n> La mer\n",
    )
    site.build(cache=tmp_path / "cache")
    site.edit("content/annotations/letter.md", "See [[", "Look at [[")
    warm = site.build(cache=tmp_path / "cache")

    assert "seeds/tide/text.md" not in warm.report.texts
    assert "The tide" in warm.page("search.html")
    assert 'data-languages="en fr"' in warm.page("search.html")
    assert warm.files == site.build().files


SENTENCE = "Nobody on the water disputes that the basin silts up."
NOTE = "## It silts up {#silt}\n\n> the basin **silts up**\n"


def searched(site: Site) -> Site:
    """Return *site* with its search."""
    return site.edit("site.toml", "search = false", "search = true")


@pytest.mark.parametrize("rights", ["excerpt", "quote", "link"])
def test_words_that_are_kept_back_are_in_no_record(rights, tmp_path, monkeypatch):
    """Under restricted rights only what is published is indexed."""
    seen: list[Record] = []
    listed = indexing.list_records
    monkeypatch.setattr(
        indexing, "list_records", lambda index: seen.extend(listed(index)) or list(seen)
    )
    built = searched(restricted(tmp_path / "root", rights, NOTE)).build()
    told = "\n".join(" ".join([each.content, *dict(each.facts).values()]) for each in seen)

    assert [] == built.codes
    assert seen and index_of(built)
    assert [] == find_leaks({"records.txt": told.encode()}, [SENTENCE])
    assert PARAGRAPHS[2][:40] not in told
    assert [] == [each.url for each in seen if not each.content.strip("… \n")]


def test_words_of_an_author_set_no_part_of_a_record_apart(tmp_path):
    """The signs between parts and blocks are dropped where somebody typed them."""
    typed = "\u241e\u241f"
    site = searched(Site(tmp_path / "root"))
    site.edit("seeds/letter/text.md", "too soon", f"too {typed}soon")
    site.write(
        "content/annotations/letter.md",
        f"---\nsource: letter\nby: editor\n---\n\n## Late{typed} {{#late}}\n\n> too {typed}soon\n\n"
        f"One{typed}.\n\n{typed}\n\nTwo.\n",
    )
    index = index_site(site.join().value, read_strings("en"))
    records = {each.url: each for each in list_records(index)}
    note = records["notes/late.html"]
    places = [each for each in records.values() if ("kind", "passage") in each.facts]

    assert ["Late", "too soon", "One.", "Two."] == re.split(f"[\n{typed}]+", note.content)
    assert ("parts", "gqs") in note.filters
    assert 2 == note.content.count(PART)
    assert 1 == note.content.count(BLOCK)
    assert places
    assert [] == [each.url for each in places if set(typed) & set(each.content)]


def test_a_record_that_leaks_withholds_the_site(tmp_path, monkeypatch):
    """What is about to be indexed is looked at before it is packed."""
    leak = Record("sources/letter.html", PARAGRAPHS[2], "en")
    monkeypatch.setattr(indexing, "list_records", lambda index: [leak])
    built = searched(restricted(tmp_path / "root", "excerpt", NOTE)).build()

    assert built.report.withheld
    assert ["text-leaked"] == built.codes
