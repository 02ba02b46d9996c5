"""Layout: nothing stands on anything else, nothing leaves the page."""

import pytest

from tests.browser.conftest import Open
from tests.browser.shelf import Shelf

WIDTHS = (320, 360, 768, 1000, 1400)
# Notes are placed anew before a frame is drawn.
FRAME = "new Promise((go) => requestAnimationFrame(() => requestAnimationFrame(go)))"
PROBED = """[
    ...probes.collisions(), ...probes.crossings(), ...probes.overflows(), ...probes.tears(),
]"""


def test_nothing_overlaps_and_nothing_leaves_the_page(shelf: Shelf, open_tab: Open) -> None:
    """At every width, notes closed or open: no note on a note, on words or on the footer, no words
    on words, no number torn from its word, and nothing that scrolls sideways but regions with a
    name that Tab reaches."""
    tab = open_tab()
    faults = {}
    for page in shelf.sample("own", "torture", "harbour", "many") + shelf.readings("bare"):
        tab.goto(shelf.address + page.name)
        for state, widths in (("closed", WIDTHS), ("open", (320, 1000, 1400))):
            if state == "open":
                tab.evaluate("probes.openAll()")
            for width in widths:
                tab.set_viewport_size({"width": width, "height": 900})
                tab.evaluate(FRAME)
                found = tab.evaluate(PROBED)
                if found:
                    faults[page.name, width, state] = found[:5]

    assert {} == faults


def test_notes_are_beside_their_words_where_there_is_room(shelf: Shelf, open_tab: Open) -> None:
    """On a wide page a block's notes begin beside it, after its words; on a narrow one below it:
    so it is without script."""
    where = """() => [...document.querySelectorAll(".noted")].map((block) => {
        const words = block.querySelector(".words").getBoundingClientRect();
        const notes = block.querySelector(".notes").getBoundingClientRect();
        const rtl = getComputedStyle(block).direction === "rtl";
        const beside = rtl ? notes.right <= words.left : notes.left >= words.right;
        if (beside && Math.abs(notes.top - words.top) < 16) return "beside";
        return notes.top >= words.bottom && notes.left >= 0 ? "below" : block.id;
    }).filter((place, at, all) => all.indexOf(place) === at)"""
    places = {}
    tab = open_tab(script=False)
    for page in shelf.readings("own", "torture"):
        tab.goto(shelf.address + page.name)
        for width in WIDTHS:
            tab.set_viewport_size({"width": width, "height": 900})
            places.setdefault(width, set()).update(tab.evaluate(where))

    narrow, wide = {"below"}, {"beside"}
    assert {320: narrow, 360: narrow, 768: narrow, 1000: narrow, 1400: wide} == places


def test_the_first_screen_says_what_this_is(shelf: Shelf, open_tab: Open) -> None:
    """Title, facts, two lines of text and a note beside them are on a laptop's first screen."""
    tab = open_tab(1280)
    tab.set_viewport_size({"width": 1280, "height": 720})
    tab.goto(shelf.address + "own/sources/harbour.html")
    seen = tab.evaluate("""() => {
        const low = (selector) => document.querySelector(selector).getBoundingClientRect().bottom;
        const lines = probes.lines().filter(({ text, bottom }) =>
            text.parentElement.closest("#p1 .words p") && bottom < innerHeight);
        const tops = new Set(lines.map(({ top }) => Math.round(top)));
        return [low("h1"), low(".facts"), low("#p1 .note")]
            .every((bottom) => bottom < innerHeight) && tops.size >= 2;
    }""")

    assert seen


@pytest.mark.parametrize("width", [1280, 390])
def test_what_a_note_says_begins_on_its_first_line(
    width: int, shelf: Shelf, open_tab: Open
) -> None:
    """A gist runs on from the number and from who says it, unless long words leave it no room."""
    tab = open_tab(width)
    first = """() => [...document.querySelectorAll(".text .note-head:has(+ .gist)")].map((it) =>
        it.nextElementSibling.getClientRects()[0].top
            < it.querySelector(".who").getBoundingClientRect().bottom)"""
    for url in ("own/sources/harbour.html", "rihla/sources/rihla.html"):
        tab.goto(shelf.address + url)
        found = tab.evaluate(first)
        assert len(found) > 5
        assert sum(found) > 0.9 * len(found)


def test_what_a_note_states_names_the_issue(shelf: Shelf, open_tab: Open) -> None:
    """In the margin, in each language, the stances on an issue are followed by it: each once."""
    tab = open_tab()
    for site, url in (("own", "sources/harbour.html"), ("rihla", "sources/rihla.html")):
        tab.goto(f"{shelf.address}{site}/issues/index.html")
        issues = tab.locator("main li > a").all_text_contents()
        tab.goto(f"{shelf.address}{site}/{url}")
        stated = tab.locator(".text .stated li").all_text_contents()
        assert stated
        assert [] == [words for words in stated if not words.endswith(tuple(issues))]
        named = tab.locator(".text .stated").evaluate_all(
            "(all) => all.map((it) => [...it.querySelectorAll('li > bdi')].map((b) => b.innerText))"
        )
        assert all(len(each) == len({*each}) for each in named)
@pytest.mark.parametrize(("width", "height"), [(1280, 800), (390, 844)])
@pytest.mark.parametrize("script", [True, False])
def test_the_first_screen_of_a_site_leads_to_its_texts(
    width: int, height: int, script: bool, shelf: Shelf, open_tab: Open
) -> None:
    """However long the introduction is, texts are led to on the first screen, and its first words
    are there too."""
    tab = open_tab(width, script=script)
    tab.set_viewport_size({"width": width, "height": height})
    for site, least in (("own", 3), ("torture", 6), ("rihla", 1)):
        tab.goto(f"{shelf.address}{site}/index.html")
        links, words = tab.evaluate("""() => {
            const seen = ({ top, bottom, height }) =>
                height > 0 && top >= 0 && bottom <= innerHeight;
            const links = [...document.querySelectorAll("main a[href^='sources/']")].filter((a) =>
                !a.closest(".body") && seen(a.getBoundingClientRect()) && !a.hash);
            const [body] = document.querySelectorAll(".body");
            return [new Set(links.map(({ pathname }) => pathname)).size,
                !body || body.getBoundingClientRect().top < innerHeight - 48];
        }""")
        assert words and links >= least, site


def test_levels_of_headings_and_order_down_the_page(shelf: Shelf, open_tab: Open) -> None:
    """Every page has one h1 and skips no level; blocks and notes follow each other downwards."""
    faults = {}
    tab = open_tab()
    for page in shelf.sample("own", "torture", "harbour", "many"):
        tab.goto(shelf.address + page.name)
        found = tab.evaluate("[...probes.skippedHeadings(), ...probes.disorder()]")
        if found:
            faults[page.name] = found[:5]

    assert {} == faults
