"""A site whose interface is Arabic: mirrored, and every language under its own name."""

import re
import shutil

import pytest

from tests.sites import ROOT, Site


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    """The Arabic site with its English commentary."""
    root = tmp_path_factory.mktemp("sites") / "rihla"
    shutil.copytree(ROOT / "tests/sites/rihla", root)
    return Site(root, {}).build()


def test_the_frame_is_arabic(built):
    """Every page says its language and direction, and no word of the interface stays English."""
    assert [] == built.codes
    pages = [url for url in built.files if url.endswith(".html")]
    assert len(pages) > 10
    for url in pages:
        assert '<html lang="ar" dir="rtl">' in built.page(url), url
        assert "Skip to" not in built.page(url), url


def test_notes_and_texts_keep_their_languages(built):
    """A note in English stands under its language and direction in an Arabic page."""
    page = built.page("sources/rihla.html")

    assert '<article class="text" lang="ar" dir="rtl">' in page
    assert re.search(r'<aside [^>]*id="n-not-asked"[^>]* lang="en"', page)
    assert '<p class="gist" dir="auto">The sailors were not asked</p>' in page
    assert "3 حواشٍ" in page
    assert "<bdi>كاتب الميناء</bdi>، " in page


def test_a_long_quotation_does_not_turn_its_paragraph(built):
    """A paragraph that begins in Arabic is Arabic, however much English it quotes."""
    page = built.page("sources/rihla.html")
    block = page[page.index('id="p2"') : page.index('id="n-master"')]

    assert 'dir="ltr"' not in block.split("</p>")[0]


def test_what_comes_later_lies_to_the_left(tmp_path):
    """The sign of a change points where the interface reads on."""
    root = tmp_path / "harbour"
    shutil.copytree(ROOT / "tests/sites/harbour", root)
    site = Site(root, {}).edit("site.toml", 'language = "en"', 'language = "ar"')

    page = site.build().page("positions/index.html")

    assert "←" in page
    assert "→" not in page
