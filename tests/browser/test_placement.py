"""Placement: on wide screens notes stand at their words, as near as they can."""

import pytest
from playwright.sync_api import Page

from tests.browser.conftest import PROBES, Open
from tests.browser.shelf import ROOT, Shelf

PLACE = (ROOT / "themes/default/static/place.js").read_text("utf-8")
# Every way to cut the notes into rows that touch; the best of those that may stand so.
LAWS = """(seed) => {
    const random = () => (seed = (seed * 48271) % 2147483647) / 2147483647;
    const faults = [];
    for (let turn = 0; turn < 400; turn++) {
        const count = 1 + Math.floor(random() * 7), gap = 8;
        const wanted = Array.from({ length: count }, () => random() * 500);
        if (random() < 0.7) wanted.sort((one, two) => one - two);
        const heights = wanted.map(() => 10 + random() * 120);
        const focus = Math.floor(random() * (count + 1)) - 1;
        const above = heights.map((_, at) =>
            heights.slice(0, at).reduce((sum, height) => sum + height + gap, 0));
        const cost = (places) => places.reduce((sum, y, at) => sum + (y - wanted[at]) ** 2, 0);
        const places = postil.place(wanted, heights, gap, focus);
        const pin = focus < 0 ? 0 : Math.max(0, wanted[focus] - above[focus]);
        const fits = (ys) => ys.every((y, at) =>
            y >= above[at] - 1e-6
            && (!at || y >= ys[at - 1] + heights[at - 1] + gap - 1e-6)
            && (at !== focus || Math.abs(y - pin - above[at]) < 1e-6));
        const whole = places.length === count;
        if (!whole || !fits(places)) faults.push(`${turn}: may not stand so`);
        let best = Infinity;
        for (let cuts = 0; cuts < 1 << (count - 1); cuts++) {
            const ys = [];
            for (let from = 0, at = 0; at < count; at++) {
                if (at < count - 1 && !((cuts >> at) & 1)) continue;
                const run = wanted.slice(from, at + 1).map((want, i) => want - above[from + i]);
                const mean = run.reduce((sum, each) => sum + each, 0) / run.length;
                let free = Math.max(0, mean);
                if (focus >= 0 && at < focus) free = Math.min(pin, free);
                else if (focus >= 0) free = from > focus ? Math.max(pin, free) : pin;
                while (from <= at) ys.push(free + above[from++]);
            }
            if (fits(ys)) best = Math.min(best, cost(ys));
        }
        if (cost(places) > best + 1e-6 * (1 + best)) faults.push(`${turn}: over ${best}`);
    }
    return faults;
}"""
PROBED = "[...probes.collisions(), ...probes.crossings(), ...probes.disorder()]"
DRIFT = 20  # pixels: what the style sheet allows
NEAR = 16  # pixels: half a line
EMPTY = 80  # pixels: nearly three lines
TOP = ".noted > .notes > .note"


@pytest.mark.parametrize("seed", [1, 20261124])
def test_places_are_the_nearest_that_do_not_overlap(seed: int, open_tab: Open) -> None:
    """Order is kept, gaps are kept, the focus stands at its words, and no other places are nearer:
    held against every way to cut the notes into rows."""
    tab = open_tab()
    tab.add_script_tag(content=PLACE)

    assert [] == tab.evaluate(LAWS, seed)
    assert [] == tab.evaluate("postil.place([], [], 8)")


def test_many_notes_are_placed_at_once(open_tab: Open) -> None:
    """Five thousand notes that all want to stand in one place take less than half a second."""
    tab = open_tab()
    tab.add_script_tag(content=PLACE)
    took = tab.evaluate("""() => {
        const start = performance.now();
        postil.place(Array(5000).fill(9), Array(5000).fill(20), 8, 4000);
        return performance.now() - start;
    }""")

    assert took < 500


def test_notes_stand_nearer_to_their_words_than_in_the_grid(shelf: Shelf, open_tab: Open) -> None:
    """Of every text, in the mean, but for the little that they may drift so that the text waits
    less; where there is room for all of them, they are at their words."""
    plain, placed = open_tab(script=False), open_tab()
    means = {}
    for page in shelf.readings("own", "torture"):
        for tab in (plain, placed):
            tab.goto(shelf.address + page.name)
        plain.evaluate(PROBES)
        means[page.name] = (_mean(placed), _mean(plain))

    assert {} == {name: pair for name, pair in means.items() if pair[0] > pair[1] + DRIFT}
    assert means["own/sources/manual.html"][0] < 10 < means["own/sources/manual.html"][1]


def test_the_text_waits_for_notes_that_have_no_room(open_tab: Open) -> None:
    """A block waits so long that its notes push the next no further than they may drift: for where
    they stand in the end, not for notes that have nothing below them, and never after a heading."""
    tab = open_tab()
    tab.add_script_tag(content=PLACE)
    wait = """([wanted, blocks, stays]) =>
        postil.wait(wanted, wanted.map(() => 50), 10, blocks, stays, 5)"""

    assert [0, 0] == tab.evaluate(wait, [[0, 0, 0], [0, 0, 0], [False, False]])
    assert [0, 0] == tab.evaluate(wait, [[0, 60], [0, 1], [False, False]])
    assert [75, 0] == tab.evaluate(wait, [[0, 0, 40], [0, 0, 1], [False, False]])
    assert [0, 0] == tab.evaluate(wait, [[0, 0, 40], [0, 0, 1], [True, False]])
    assert [0, 75, 0] == tab.evaluate(wait, [[100, 100, 110], [1, 1, 2], [False, False, False]])
    assert [45, 60, 0] == tab.evaluate(wait, [[0, 10, 10], [0, 1, 2], [False, False, False]])


@pytest.mark.parametrize("width", [1280, 1400])
def test_no_part_of_a_text_is_empty(width: int, shelf: Shelf, open_tab: Open) -> None:
    """Where the text waits for notes these stand beside it, and not above, so that no part of the
    text is empty but what is between a text and its comments, the most that a style sheet asks."""
    tab = open_tab(width)
    empty, count = {}, 0
    for page in shelf.readings("own", "torture", "rihla"):
        tab.goto(shelf.address + page.name)
        bands = tab.evaluate("probes.bands()")
        count += len(bands)
        if found := [band for band in bands if band[0] > EMPTY]:
            empty[page.name] = found

    assert {} == empty
    assert count > 1000


def test_a_heading_stands_by_what_it_heads(shelf: Shelf, open_tab: Open) -> None:
    """However many notes are on a heading, what follows it is as near as to any other."""
    tab = open_tab(1280)
    gaps = """() => [...document.querySelectorAll(".text .heading.noted:has(+ .block)")].map((it) =>
        it.nextElementSibling.querySelector(".words").getBoundingClientRect().top
            - it.querySelector(".words").getBoundingClientRect().bottom)"""
    found: list[float] = []
    for page in shelf.readings("own", "torture", "rihla"):
        tab.goto(shelf.address + page.name)
        found += tab.evaluate(gaps)

    assert [] == [gap for gap in found if gap > NEAR]
    assert len(found) > 3


@pytest.mark.parametrize("width", [1024, 1280, 1400, 390])
def test_a_note_in_focus_stands_at_its_words(width: int, shelf: Shelf, open_tab: Open) -> None:
    """By a number, by an address or by Tab: its note stands at its line, in view, and the others
    part; nothing overlaps at any time after."""
    tab = open_tab(width)
    tab.emulate_media(reduced_motion="reduce")
    tab.goto(shelf.address + "torture/sources/crossing.html#n-range-30")
    faults = []
    for id in ("range-30", "range-45", "range-20"):
        if id != "range-30":
            tab.locator(f"#r-{id}").click()
        tab.wait_for_function("(id) => location.hash === `#n-${id}`", arg=id)
        off = tab.evaluate(
            """(id) => {
                const all = [...document.querySelectorAll(".noted > .notes > .note")];
                const at = all.indexOf(document.getElementById(`n-${id}`));
                const { top, bottom } = all[at].getBoundingClientRect();
                const seen = top >= 0 && bottom <= innerHeight;
                const room = all.slice(0, at).reduce((sum, it) => sum + it.offsetHeight + 12, 0);
                const start = document.querySelector(".text").getBoundingClientRect().top;
                // The notes above it may fill the margin from the top of the text.
                return [seen, Math.abs(probes.distances()[at]) < 3 || top - start >= room];
            }""",
            id,
        )
        faults += [] if off[0] and (off[1] or width == 390) else [(id, off)]
        faults += tab.evaluate(PROBED)

    assert [] == faults


def test_open_notes_hidden_notes_and_new_widths_are_placed_anew(
    shelf: Shelf, open_tab: Open
) -> None:
    """Whatever changes, nothing overlaps, and a note alone stands at its words."""
    tab = open_tab()
    tab.emulate_media(reduced_motion="reduce")
    tab.goto(shelf.address + "torture/sources/crowd.html")
    for change in ("probes.openAll()", "document.querySelector('#show-gists').click()"):
        tab.evaluate(change)
        assert [] == _settle(tab)
    for width in (1280, 700, 1250):
        tab.set_viewport_size({"width": width, "height": 900})
        assert [] == _settle(tab)
    tab.evaluate("for (const it of document.querySelectorAll('.layers input')) it.click()")
    tab.evaluate("document.querySelector('#layer-a4').click()")
    _settle(tab)
    distances = tab.evaluate("probes.distances()")

    assert 1 == len(distances)
    assert abs(distances[0]) < 3


def test_notes_move_only_when_a_reader_moves_them(shelf: Shelf, open_tab: Open) -> None:
    """At first, and where less motion is asked for, notes do not glide; after that they do."""
    gliding = f"getComputedStyle(document.querySelector('{TOP}')).transitionDuration !== '0s'"
    tab = open_tab()
    tab.goto(shelf.address + "torture/sources/crowd.html")
    first = tab.evaluate(gliding)
    tab.focus("#r-fair")
    later = tab.evaluate(gliding)
    tab.emulate_media(reduced_motion="reduce")

    assert (False, True, False) == (first, later, tab.evaluate(gliding))


def test_a_note_does_not_leave_while_it_is_pressed(shelf: Shelf, open_tab: Open) -> None:
    """What opens a note is pressed where it is, though the note then moves to its words."""
    tab = open_tab()
    tab.goto(shelf.address + "torture/sources/crowd.html")
    for summary in tab.locator(f"{TOP} > details > summary").all():
        summary.scroll_into_view_if_needed()
        box = summary.bounding_box()
        assert box
        tab.mouse.move(box["x"] + 8, box["y"] + box["height"] / 2)
        tab.mouse.down()
        tab.wait_for_timeout(60)
        assert box == summary.bounding_box()
        tab.mouse.up()
        tab.wait_for_timeout(260)
        assert summary.evaluate("(it) => it.parentElement.open")
    assert [] == _settle(tab)


def test_from_a_number_to_its_note_nothing_scrolls(shelf: Shelf, open_tab: Open) -> None:
    """Where note and number are in view, pressing one or the other leaves the page in place."""
    tab = open_tab()
    tab.emulate_media(reduced_motion="reduce")
    tab.goto(shelf.address + "own/sources/harbour.html")
    tab.locator("#r-to-the-penny").scroll_into_view_if_needed()
    tab.evaluate("scrollBy(0, 300)")
    before = tab.evaluate("scrollY")
    tab.locator("#r-to-the-penny").click()
    there = tab.evaluate("[scrollY, document.activeElement.id, location.hash]")
    tab.locator("#n-to-the-penny .number").click()
    back = tab.evaluate("[scrollY, document.activeElement.id, location.hash]")

    assert [before, "n-to-the-penny", "#n-to-the-penny"] == there
    assert [before, "r-to-the-penny", "#r-to-the-penny"] == back


def _mean(tab: Page) -> float:
    distances = [abs(each) for each in tab.evaluate("probes.distances()")]
    return sum(distances) / len(distances)


def _settle(tab: Page) -> list[str]:
    """Return what overlaps once two frames have been drawn."""
    tab.evaluate("new Promise((go) => requestAnimationFrame(() => requestAnimationFrame(go)))")
    found: list[str] = tab.evaluate(PROBED)
    return found
