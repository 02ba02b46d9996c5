"""Searching: by words and filters, in any script, by keyboard, and what there is without it."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Open
from tests.browser.serving import serve
from tests.browser.shelf import Shelf
from tests.sites import SEARCHED, Site

MANY = re.compile(r"^\d+ results$")
HOSTILE = '<img src=x onerror="document.title=1"><mark>tide</mark>'


@pytest.fixture(scope="module")
def tongues(tmp_path_factory: pytest.TempPathFactory):
    """A site in three scripts, one text of which is code that looks like markup, being served."""
    folder = tmp_path_factory.mktemp("tongues")
    files = {
        **SEARCHED,
        "seeds/zh/source.toml": 'title = "港口的信"\nrights = "full"\nlanguage = "zh"\n',
        "seeds/zh/text.md": "议会决定港口城市的税收太早了。\n\n海水不听任何人的话。\n",
        "seeds/ar/source.toml": 'title = "رسالة الميناء"\nrights = "full"\nlanguage = "ar"\n',
        "seeds/ar/text.md": "كان المجلس يجتمع في المدينة كل شتاء.\n\nلا يطيع البحر أحدا منا.\n",
        "seeds/tag/source.toml": 'title = "A tag"\nrights = "full"\nlanguage = "en"\n',
        "seeds/tag/text.md": f"```html\n{HOSTILE}\n```\n",
    }
    assert [] == Site(folder / "root", files).build().codes
    with serve(folder) as address:
        yield f"{address}root-site/"


def ask(tab: Page, words: str) -> None:
    tab.get_by_role("searchbox").fill(words)
    tab.keyboard.press("Enter")


def test_words_and_filters_find_by_keyboard(shelf: Shelf, open_tab: Open) -> None:
    """Typing and Enter finds; the count is announced, the address is that of the search."""
    tab = open_tab()
    failed, elsewhere = [], []
    tab.on("console", lambda message: failed.append(message.text))
    tab.on("request", lambda each: elsewhere.append(each.url))
    tab.route("**/favicon.ico", lambda route: route.fulfill(status=204))
    tab.goto(shelf.address + "own/search.html")
    tab.get_by_role("searchbox").focus()
    ask(tab, "harbour fee")

    expect(tab.get_by_role("status")).to_have_text(MANY)
    assert tab.url.endswith("?q=harbour+fee")
    count = tab.locator("#results li").count()
    tab.get_by_label("Kind").select_option("note")
    expect(tab.locator("#results .kind", has_text="passage")).to_have_count(0)
    expect(tab.locator("#results .kind", has_text="note").first).to_be_visible()
    assert tab.locator("#results li").count() < count
    assert tab.url.endswith("?q=harbour+fee&kind=note")
    tab.go_back()
    expect(tab.locator("#results li")).to_have_count(count)
    assert "" == tab.get_by_label("Kind").input_value()
    tab.keyboard.press("Escape")
    assert [] == failed
    assert [] == [url for url in elsewhere if not url.startswith(shelf.address)]


def test_a_search_can_be_linked_to(shelf: Shelf, open_tab: Open) -> None:
    """An address holds words and filters; its results lead to what they show."""
    tab = open_tab(390)
    tab.goto(shelf.address + "own/search.html?q=harbour&kind=passage&source=harbour")
    expect(tab.get_by_role("status")).to_have_text(MANY)

    assert "harbour" == tab.get_by_role("searchbox").input_value()
    first = tab.locator("#results a").first
    link = first.get_attribute("href") or ""
    first.click()
    tab.wait_for_url(f"**/own/{link}")
    assert link.startswith("sources/harbour.html#")
    assert tab.locator(f'[id="{link.partition("#")[2]}"]').count()


@pytest.mark.parametrize("width", [360, 1280])
def test_filters_leave_room_for_results(width: int, shelf: Shelf, open_tab: Open) -> None:
    """On a phone they are folded away until asked for, by keyboard too, or until one is in use."""
    tab = open_tab(width)
    tab.goto(shelf.address + "own/search.html?q=harbour")
    expect(tab.get_by_role("status")).to_have_text(MANY)
    kind = tab.get_by_label("Kind")
    assert (width > 1000) == kind.is_visible()
    first = tab.locator("#results li").first.bounding_box()
    assert first and first["y"] < 700
    tab.locator(".choices summary").focus()
    tab.keyboard.press("Enter")
    assert (width < 1000) == kind.is_visible()
    tab.goto(shelf.address + "own/search.html?q=harbour&kind=note")

    expect(kind).to_be_visible()
    assert "note" == kind.input_value()


def test_more_than_fits_is_shown_when_asked_for(shelf: Shelf, open_tab: Open) -> None:
    """Of many results some are shown; the next ones come on a button, which moves the focus."""
    tab = open_tab()
    tab.goto(shelf.address + "own/search.html?source=harbour")
    expect(tab.get_by_role("status")).to_have_text(MANY)
    before = tab.locator("#results li").count()
    tab.get_by_role("button", name="Show more").press("Enter")

    expect(tab.locator("#results li")).to_have_count(2 * before)
    expect(tab.locator("#results a").nth(before)).to_be_focused()


@pytest.mark.parametrize(
    ("words", "marked", "source"),
    [
        ("税收", "税收", "zh"),
        ("港口城市", "港口", "zh"),
        ("المدينة", "المدينة", "ar"),
        ("مدينة", "المدينة", "ar"),
        ("deciding", "decided", "letter"),
    ],
)
def test_every_script_is_found(
    words: str, marked: str, source: str, tongues: str, open_tab: Open
) -> None:
    """Words of scripts without spaces are told apart, and each language has its own stems."""
    tab = open_tab()
    tab.goto(f"{tongues}search.html")
    ask(tab, words)

    expect(tab.get_by_role("status")).to_have_text("1 result")
    assert f"sources/{source}.html#p1" == tab.locator("#results a").get_attribute("href")
    assert marked == tab.locator("#results mark").first.inner_text()


def test_words_from_different_places_are_set_apart(shelf: Shelf, open_tab: Open) -> None:
    """A note that was found shows its gist as its title, under it whose it is and where it stands,
    then the words from each of its parts by themselves: quoted ones as such, none of them twice."""
    tab = open_tab()
    tab.goto(shelf.address + "own/search.html?q=close+the+basin+harbour&kind=note")
    expect(tab.get_by_role("status")).to_have_text(re.compile("result"))
    item = tab.locator("#results li", has=tab.locator("a[href='notes/not-his-words.html']"))

    assert "The harbour master, in words that are not his" == item.locator("a").inner_text()
    assert "note · What the town thinks of its harbour · c3.1 · The editor" == item.locator(
        ".from"
    ).inner_text()
    quoted = item.locator(".words.theirs").all_inner_texts()
    assert "would rather close the harbour than see the fee doubled" in quoted
    said = item.locator(".words:not(.theirs)").all_inner_texts()
    assert 1 == len(said)
    assert not any(quote in said[0] for quote in quoted)
    assert not re.search("[\u241e\u241f]", tab.locator("#results").inner_text())
    assert "close" in item.locator("mark").all_inner_texts()


def test_a_source_title_finds_no_note(shelf: Shelf, open_tab: Open) -> None:
    """Where a note stands is shown with it, and is no reason to find it."""
    tab = open_tab()
    tab.goto(shelf.address + "own/search.html?q=town+thinks&kind=note&source=harbour")
    expect(tab.get_by_role("status")).not_to_have_text("")
    expect(tab.get_by_role("status")).to_have_text(re.compile("result|Nothing"))

    assert 10 > tab.locator("#results li").count()


def test_results_are_text(tongues: str, open_tab: Open) -> None:
    """Markup in a text, or in what is asked for, is shown as it is written."""
    tab = open_tab()
    tab.goto(f"{tongues}search.html?source=tag")
    expect(tab.locator("#results .words")).to_have_text(HOSTILE)
    ask(tab, HOSTILE)
    expect(tab.get_by_role("status")).to_have_text(re.compile("result|Nothing"))

    assert 0 == tab.locator("#results img").count()
    assert "1" != tab.title()


def test_without_script_lists_lead_on(shelf: Shelf, open_tab: Open) -> None:
    """Script off: no form that does nothing, but words about it and the lists."""
    tab = open_tab(script=False)
    tab.goto(shelf.address + "own/search.html")

    assert not tab.locator("form.search").is_visible()
    assert "The search needs JavaScript" in tab.locator("noscript p").inner_text()
    links = tab.locator(".otherwise a")
    assert {"sources/index.html", "notes/index.html", "positions/index.html"} == {
        link.get_attribute("href") for link in links.all()
    }


def test_from_a_disk_lists_lead_on(shelf: Shelf, open_tab: Open) -> None:
    """From `file://`, where browsers read no module, the page says so and leads to the lists."""
    tab = open_tab()
    failed = []
    tab.on("console", lambda message: failed.append(message.text))
    tab.goto(Path(shelf.folder, "own/search.html").as_uri())

    expect(tab.get_by_role("status")).to_contain_text("opened from a disk")
    assert not tab.locator("form.search").is_visible()
    tab.locator(".otherwise a", has_text="Notes").click()
    assert tab.url.endswith("own/notes/index.html")
    assert [] == failed


def test_only_the_search_page_may_run_webassembly(shelf: Shelf) -> None:
    """`'wasm-unsafe-eval'` is in the policy of `search.html` and of no other page."""
    allowed = {
        page.url
        for page in shelf.pages()
        if "wasm-unsafe-eval" in Path(shelf.folder, page.name).read_text("utf-8").split("<body")[0]
    }

    assert {"search.html"} == allowed
