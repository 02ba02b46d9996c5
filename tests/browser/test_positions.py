"""Positions: at each width the tables or the lists, never both; heads that stay; paper."""

import re
from pathlib import Path

import pytest

from tests.browser.conftest import Open
from tests.browser.shelf import Shelf
from tests.browser.test_paper import print_page

PAGES = (
    "harbour/positions/index.html",
    "harbour/positions/turned.html",
    "harbour/positions/agreement.html",
    "many/positions/war.html",
    "many/positions/war-turned.html",
    "many/positions/peace.html",
    "many/positions/law.html",
)
SHOWN = """() => [...document.querySelectorAll(".matrix:has(table)")].map((section) => {
    const seen = (css) => section.querySelector(css).checkVisibility();
    return [seen(".as-table"), seen(".as-list")];
})"""


@pytest.mark.parametrize("url", PAGES)
def test_a_table_or_a_list_but_never_both(url: str, shelf: Shelf, open_tab: Open) -> None:
    """At every width one of the two forms is shown, on a phone the list, on a desk the table."""
    tab = open_tab()
    tab.goto(shelf.address + url)
    for width in (320, 390, 600, 768, 860, 1000, 1100, 1280, 1400, 1920):
        tab.set_viewport_size({"width": width, "height": 900})
        shown = tab.evaluate(SHOWN)
        assert shown
        assert [1] * len(shown) == [sum(each) for each in shown], width
        if width < 768:
            assert {(False, True)} == set(map(tuple, shown))
        if width >= 1280:
            assert {(True, False)} == set(map(tuple, shown))


@pytest.mark.parametrize("width", [1100, 1280, 1400, 1920])
@pytest.mark.parametrize("url", PAGES)
def test_a_table_stays_in_its_page(url: str, width: int, shelf: Shelf, open_tab: Open) -> None:
    """What is shown as a table and does not scroll is no wider than its room, to the pixel; words
    of a cell stay in the cell."""
    tab = open_tab(width)
    tab.goto(shelf.address + url)
    faults = tab.evaluate("""() => {
        const faults = [];
        for (const cell of document.querySelectorAll(".as-table :is(td, th)"))
            if (cell.checkVisibility() && cell.scrollWidth > cell.clientWidth + 1)
                faults.push(cell.textContent);
        for (const table of document.querySelectorAll(".as-table:not(.wide) table"))
            if (table.checkVisibility() && table.offsetWidth > table.closest(".matrix").clientWidth)
                faults.push(table.caption.textContent);
        return faults;
    }""")

    assert [] == faults


def test_a_chart_is_shown_where_it_has_room(shelf: Shelf, open_tab: Open) -> None:
    """On a phone there is no chart, and nothing that announces one; on a desk it is all there."""
    tab = open_tab()
    tab.goto(shelf.address + "harbour/positions/agreement.html")
    seen = """() => [...document.querySelectorAll(".charted")].map((section) => [
        section.checkVisibility(),
        section.querySelector("svg").getBoundingClientRect().right <= innerWidth,
    ])"""
    found = {}
    for width in (320, 390, 1400):
        tab.set_viewport_size({"width": width, "height": 900})
        found[width] = tab.evaluate(seen)

    assert [[True, True]] * 2 == found[1400]
    assert [[False, True]] * 2 == found[320] == found[390]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_heads_stay_in_sight(scheme: str, shelf: Shelf, open_tab: Open) -> None:
    """Wherever one is in a table its head is at the top of the window and its first column at the
    edge, above the cells that pass below them: also in one that is wider than the page."""
    tab = open_tab(1280, scheme)
    for name, wide in (("war", True), ("peace", False), ("law", False)):
        tab.goto(f"{shelf.address}many/positions/{name}.html")
        stays = """async () => {
            const frame = document.querySelector(".as-table");
            frame.querySelector("tbody tr:nth-child(50)").scrollIntoView();
            frame.scrollTo(2000, 0);
            await new Promise((go) => requestAnimationFrame(() => requestAnimationFrame(go)));
            const [corner, ...heads] = frame.querySelectorAll("thead th");
            const row = frame.querySelector("tbody tr:nth-child(56) th").getBoundingClientRect();
            const { left } = frame.getBoundingClientRect();
            const at = corner.getBoundingClientRect();
            const seen = document.elementFromPoint(at.left + 5, at.top + 5);
            return [
                heads.every((each) => Math.abs(each.getBoundingClientRect().top) < 2),
                Math.abs(at.top) < 2 && seen === corner,
                Math.abs(row.left - left) < 2 && Math.abs(at.left - left) < 2,
                frame.scrollLeft > 50,
            ];
        }"""
        assert [True, True, True, wide] == tab.evaluate(stays), name


@pytest.mark.parametrize("url", ["many/positions/war.html", "harbour/positions/turned.html"])
@pytest.mark.parametrize("script", [True, False])
def test_a_table_scrolls_sideways_only(
    url: str, script: bool, shelf: Shelf, open_tab: Open
) -> None:
    """A table is as high as it is, so that it scrolls with the page; no page scrolls sideways."""
    tab = open_tab(1280, script=script)
    tab.goto(shelf.address + url)
    found = tab.evaluate("""() => {
        const both = (box) => [box.clientHeight, box.scrollHeight];
        const [root] = document.querySelectorAll("html");
        return [[...document.querySelectorAll(".as-table")].map(both), root.scrollWidth];
    }""")

    boxes, width = found
    assert all(inner <= height + 1 for height, inner in boxes)
    assert 1280 == width


def test_a_region_scrolls_by_keyboard(shelf: Shelf, open_tab: Open) -> None:
    """Tab comes to a table that scrolls, and the arrows move it."""
    tab = open_tab(1280)
    tab.goto(shelf.address + "many/positions/war.html")
    tab.focus(".wide")
    for _ in range(5):
        tab.keyboard.press("ArrowRight")
    tab.wait_for_timeout(500)

    assert tab.evaluate("document.querySelector('.wide').scrollLeft > 20")
    assert tab.evaluate("document.activeElement.className").endswith("wide")


@pytest.mark.parametrize(
    "url",
    ["harbour/positions/index.html", "harbour/positions/turned.html", "many/positions/war.html"],
)
def test_a_printed_page_has_every_cell_once(
    url: str, shelf: Shelf, open_tab: Open, tmp_path: Path
) -> None:
    """Nothing of a table is cut off by the edge of the paper: where it is too wide the list is
    printed."""
    tab = open_tab()
    tab.goto(shelf.address + url)
    cells = tab.locator(".as-table td a b").all_text_contents()
    paper = print_page(tab, tmp_path / "page.pdf", "-raw")

    words = re.findall("contested|undeclared|not applicable|unclear", " ".join(cells))
    assert words
    plain = re.sub(r"\\s+", " ", paper)
    legend = tab.locator(".legend").all_text_contents()
    for word in set(words):
        told = sum(len(re.findall(word, each)) for each in legend)
        assert words.count(word) + told == len(re.findall(word, plain)), word


@pytest.mark.parametrize("width", [390, 1280])
def test_a_link_to_a_cell_shows_the_actor(width: int, shelf: Shelf, open_tab: Open) -> None:
    """Following a cell brings the actor's section of the issue to the top of the window."""
    tab = open_tab(width)
    tab.goto(shelf.address + "harbour/positions/index.html")
    tab.locator("a[href$='issues/toll.html#harbour-master']:visible").first.click()
    top = "document.querySelector('#harbour-master').getBoundingClientRect().top"

    assert tab.url.endswith("issues/toll.html#harbour-master")
    assert 0 <= tab.evaluate(top) < 300


def test_columns_of_figures_are_aligned(shelf: Shelf, open_tab: Open) -> None:
    """In every table figures are of one width; in ours a column of them stands at its end side with
    its head. Where its columns stand in a table of an author is his to say."""
    tab = open_tab(1400)
    faults = {}
    columns = 0
    for page in shelf.sample("own", "harbour", "torture", "rihla"):
        tab.goto(shelf.address + page.name)
        found, seen = tab.evaluate("""() => {
            const [faults, counted] = [[], []];
            for (const table of document.querySelectorAll("table")) {
                const rows = [...table.tBodies].flatMap((body) => [...body.rows]);
                const ours = !table.closest(".words, .body");
                for (let at = 0; at < Math.max(...rows.map((row) => row.cells.length)); at += 1) {
                    const cells = rows.map((row) => row.cells[at]).filter(Boolean);
                    const told = cells.filter((cell) => !cell.querySelector(".not-coded"));
                    const figures = (cell) => /^[\\d.,\\s%]+( (over|on|of) .*)?$/
                        .test(cell.textContent.trim());
                    if (!told.length || !told.every(figures)) continue;
                    counted.push(at);
                    const head = table.tHead?.rows[0]?.cells[at];
                    for (const cell of [...cells, ...(head ? [head] : [])]) {
                        const style = getComputedStyle(cell);
                        if (!style.fontVariantNumeric.includes("tabular-nums")
                            || (ours && style.textAlign !== "end")) faults.push(cell.outerHTML);
                    }
                }
            }
            return [faults, counted.length];
        }""")
        columns += seen
        if found:
            faults[page.name] = found[:3]

    assert {} == faults
    assert columns > 10
