"""A site whose interface is Arabic: mirrored, and every language under its own name."""

import re
import shutil
import tomllib

import pytest

from tests.directions import find_turning
from tests.sites import ROOT, Site

RIHLA = ROOT / "tests/sites/rihla"
LATIN = "[A-Za-z]"
ARABIC = "[\u0600-\u06ff]"


def copy(folder, site=RIHLA):
    shutil.copytree(site, folder)
    return Site(folder, {})


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    """The Arabic site: a letter with English notes, and an English answer with Arabic ones."""
    return copy(tmp_path_factory.mktemp("sites") / "rihla").build()


@pytest.fixture(scope="module")
def english(tmp_path_factory):
    """The same with an English interface."""
    site = copy(tmp_path_factory.mktemp("sites") / "rihla")
    return site.edit("site.toml", 'language = "ar"', 'language = "en"').build()


def list_pages(built):
    return [url for url in built.files if url.endswith(".html")]


def test_the_frame_is_arabic(built):
    """Every page says its language and direction, and no word of the interface stays English."""
    assert ["position-contested"] == built.codes
    pages = list_pages(built)
    assert len(pages) > 30
    for url in pages:
        assert '<html lang="ar" dir="rtl">' in built.page(url), url
        assert "Skip to" not in built.page(url), url


def test_notes_and_texts_keep_their_languages(built):
    """The words of an English note are English in an Arabic page, and what is said of it is not."""
    page = built.page("sources/rihla.html")

    assert '<article class="text" lang="ar" dir="rtl">' in page
    note = page[page.index('id="n-not-asked"') : page.index('id="n-closing"')]
    assert ' lang="' not in note[: note.index(">")]
    assert '<p class="gist" dir="auto" lang="en">The sailors were not asked</p>' in note
    assert '<div class="body" dir="auto" lang="en">' in note
    assert '<p class="gist" dir="auto">رد على السؤال</p>' in note
    assert "7 حواشٍ" in page
    assert "<bdi>كاتب الميناء</bdi>، " in page


def test_words_in_another_language_say_so_wherever_they_are_listed(built):
    """In an index, as a way on and beside their evidence the titles of notes keep their language,
    and so do those of texts."""
    index = built.page("notes/index.html")

    assert '<bdi lang="en">The sailors were not asked</bdi>' in index
    assert '<bdi lang="en">A gate stops nobody who cannot see it</bdi>' in index
    assert "<bdi>الباب لا يوقف أحدًا</bdi>" in index
    assert '<bdi lang="en">A pilot&#39;s answer: the bar, the lamp</bdi>' in built.page(
        "notes/gate.html"
    )
    assert ' rel="next" href="master.html"><bdi lang="en">' in built.page(
        "notes/other-reading.html"
    )
    assert 'dir="auto" lang="en">The market shuts the gate</a>' in built.page("issues/close.html")


@pytest.mark.parametrize("side", ["built", "english"])
def test_no_foreign_words_turn_what_stands_around_them(side, request):
    """Whatever of the site's own is named in the frame of a page is isolated: in the text by
    elements, in labels and in the page's title by signs."""
    site = request.getfixturevalue(side)
    foreign = {"built": LATIN, "english": ARABIC}[side]
    tables = tomllib.loads((ROOT / "generator/strings/ar.toml").read_text("utf-8"))
    said = " ".join(str(value) for value in tables.values())
    known = set(re.findall(r"(?<!\{)\b[A-Z][A-Za-z-]+\b(?!\})", said))

    turned = {
        url: found
        for url in list_pages(site)
        if (found := find_turning(site.page(url), foreign, sorted(known)))
    }

    assert {} == turned


def test_a_long_quotation_does_not_turn_its_paragraph(built):
    """A paragraph that begins in Arabic is Arabic, however much English it quotes, in the text and
    wherever it is shown."""
    page = built.page("sources/rihla.html")
    block = page[page.index('id="p2"') : page.index('id="n-master"')]
    shown = built.page("notes/master.html")

    assert 'dir="ltr"' not in block.split("</p>")[0]
    assert '<blockquote class="theirs" dir="rtl" lang="ar">' in shown
    assert '<blockquote class="theirs" dir="ltr" lang="en">' in built.page("notes/gate.html")


def test_a_number_after_a_sign_is_isolated(built):
    """Beside Arabic a number would draw the sign before it along; behind letters it goes on."""
    answer, letter = built.page("sources/answer.html"), built.page("sources/rihla.html")
    number = r'<a class="ref[^>]* id="r-([^"]+)"[^>]* role="doc-noteref"([^>]*) aria'
    numbers = dict(re.findall(number, answer + letter))

    assert ' dir="ltr"' == numbers["quotes-him"]
    assert {""} == {numbers[id] for id in ("gate", "master", "shuts", "closing")}
    assert 'href="#f1" role="doc-noteref" dir="ltr">1</a>' in answer


def test_dates_and_signs_are_those_of_the_interface(built):
    """A month is called by its name, a list has the commas of its language, a minus its side."""
    page = built.page("sources/answer.html")

    assert '<time datetime="1868-04-12">12 أبريل 1868</time>' in page
    assert "(اطُّلع عليه في 1 نوفمبر 2026)" in page
    assert "<bdi>A pilot</bdi>، <time" in page
    assert "؛ من يقول ذلك" in built.page("positions/disagreement.html")
    assert "لم يُرمَّز: \u2068The lamp-lighters&#39; guild\u2069 · أهل السوق<" in built.page(
        "positions/index.html"
    )
    assert '<g class="labels" direction="rtl"' in built.page("positions/agreement.html")
    assert "\u200e−2" in built.page("positions/agreement.html")


def test_what_comes_later_lies_to_the_left(tmp_path):
    """The sign of a change points where the interface reads on."""
    site = copy(tmp_path / "harbour", ROOT / "tests/sites/harbour")

    page = site.edit("site.toml", 'language = "en"', 'language = "ar"').build()
    page = page.page("positions/index.html")

    assert "←" in page
    assert "→" not in page
