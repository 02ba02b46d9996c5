"""The index of the search: the same records make the same bytes, and a site can do without."""

import random
import subprocess
import sys
from dataclasses import replace

import pytest

from generator import finding
from generator.finding import Record, make_index
from generator.store import Store
from tests.rights import PARAGRAPHS, find_leaks, restricted
from tests.sites import Site

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
    made = make_index(records, Store(None, ""))
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


def test_an_index_is_made_once(monkeypatch):
    """The same records are not indexed again: the index of the last build stands."""
    store, records = Store(None, ""), make_records(3)
    made = make_index(records, store)
    monkeypatch.setattr(finding, "_PACKAGE", "a_package_that_nobody_has")

    assert made == make_index(records[::-1], store)
    assert ["search-missing"] == [p.code for p in make_index(records[1:], store).diagnostics]


def test_nothing_of_an_index_is_for_others():
    """Pagefind's own pages, which put HTML of an index into a page, are not published."""
    own = [path for path in make_anew(make_records(1)) if path.endswith((".js", ".css"))]

    assert ["pagefind.js"] == own


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
    start = subprocess.Popen
    command = [sys.executable, "-c", program]
    monkeypatch.setattr(finding.subprocess, "Popen", lambda _, **own: start(command, **own))
    monkeypatch.setattr(finding, "_SECONDS", 2.0)
    (problem,) = make_index(make_records(2000), Store(None, "")).diagnostics

    assert "search-missing" == problem.code
    assert f"the site has no search index: {reason}" == problem.message


def test_a_site_without_pagefind_is_whole_but_for_that(tmp_path, monkeypatch):
    """Without the package there is one warning, and every page as it would be with it."""
    site = Site(tmp_path / "root")
    whole = site.build().files
    monkeypatch.setattr(finding, "_PACKAGE", "a_package_that_nobody_has")
    built = site.build()

    assert ["search-missing"] == built.codes
    assert not built.report.repeatable
    pages = {url for url in whole if not url.startswith(("data/search/", ".postil"))}
    assert {url: whole[url] for url in pages} == {url: built.files[url] for url in pages}


def test_a_site_can_refuse(tmp_path):
    """With `search = false` there is no page, no index, and no way to either."""
    site = Site(tmp_path / "root").edit("site.toml", '"Site"\n', '"Site"\nsearch = false\n')
    built = site.build()

    assert [] == built.codes
    assert [] == [url for url in built.files if "search" in url and not url.startswith("assets/")]
    assert "search.html" not in built.page("index.html")


def test_warm_is_clean(tmp_path):
    """After a note is reworded a warm build has the index of one from nothing."""
    site = Site(tmp_path / "root")
    site.build(cache=tmp_path / "cache")
    site.edit("content/annotations/letter.md", "The date, not the fee", "A day, and no fee")
    warm = site.build(cache=tmp_path / "cache").files

    assert any(url.startswith("data/search/fragment/") for url in warm)
    assert warm == site.build().files


SENTENCE = "Nobody on the water disputes that the basin silts up."
NOTE = "## It silts up {#silt}\n\n> the basin **silts up**\n"


@pytest.mark.parametrize("rights", ["excerpt", "quote", "link"])
def test_words_that_are_kept_back_are_in_no_record(rights, tmp_path, monkeypatch):
    """Under restricted rights only what is published is indexed."""
    seen: list[Record] = []
    monkeypatch.setattr("generator.indexing.make_index", _remember(seen))
    built = restricted(tmp_path / "root", rights, NOTE).build()
    told = "\n".join(" ".join([each.content, *dict(each.facts).values()]) for each in seen)

    assert [] == built.codes
    assert seen
    assert [] == find_leaks({"records.txt": told.encode()}, [SENTENCE])
    assert PARAGRAPHS[2][:40] not in told
    assert [] == [each.url for each in seen if not each.content.strip("… \n")]


def test_a_record_that_leaks_withholds_the_site(tmp_path, monkeypatch):
    """What is about to be indexed is looked at before it is packed."""
    leak = Record("sources/letter.html", PARAGRAPHS[2], "en")
    monkeypatch.setattr("generator.indexing.list_records", lambda index: [leak])
    built = restricted(tmp_path / "root", "excerpt", NOTE).build()

    assert built.report.withheld
    assert ["text-leaked"] == built.codes


def _remember(seen: list[Record]):
    def remember(records, store):
        seen.extend(records)
        return make_index(records, store)

    return remember
