"""Mirroring: a site whose interface is written from the right, on a desk and on a phone."""

from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Open
from tests.browser.shelf import Shelf
from tests.browser.test_access import RULES
from tests.browser.test_layout import FRAME, PROBED

DESK, PHONE = 1280, 390
SIDES = """() => [...document.querySelectorAll(".noted")].map((block) => {
    const box = (css) => block.querySelector(css).getBoundingClientRect();
    const [words, notes, number] = [box(".words"), box(".notes"), box(".locator")];
    const isLeft = (one) => one.right <= words.left + 1;
    const isRight = (one) => one.left >= words.right - 1;
    const side = (one) => isLeft(one) ? "left" : isRight(one) ? "right" : "";
    return [side(notes), side(number), notes.top >= words.bottom - 1];
})"""


@pytest.mark.parametrize(
    ("text", "notes", "number"), [("rihla", "left", "right"), ("answer", "right", "left")]
)
def test_the_margin_is_where_lines_end(
    text: str, notes: str, number: str, shelf: Shelf, open_tab: Open
) -> None:
    """Beside a text from the right its notes stand at the left and the numbers of its places at the
    right, whatever the direction of one paragraph; on a phone notes stand below."""
    tab = open_tab(DESK)
    tab.goto(f"{shelf.address}rihla/sources/{text}.html")
    wide = tab.evaluate(SIDES)
    tab.set_viewport_size({"width": PHONE, "height": 900})
    narrow = tab.evaluate(SIDES)

    assert len(wide) >= 3
    assert {(notes, number)} == {(side, place) for side, place, _ in wide}
    assert {(number, True)} == {(place, below) for _, place, below in narrow}


def test_the_frame_is_mirrored(shelf: Shelf, open_tab: Open) -> None:
    """The site's name stands at the right and the ways of its header at the left; what is listed
    first stands first from the right, names of files too."""
    tab = open_tab(DESK)
    tab.goto(shelf.address + "rihla/positions/index.html")
    found = tab.evaluate("""() => {
        const place = (element) => element.getBoundingClientRect().left;
        const lefts = (css) => [...document.querySelectorAll(css)].map(place);
        const falls = (all) => all.length > 1 && all.every((left, at) => !at || left < all[at - 1]);
        const table = document.querySelector(".as-table");
        return [
            falls([...lefts(".site-title a"), ...lefts(".bar li")]),
            falls(lefts(".ways li")),
            falls([...table.querySelectorAll("thead th")].map(place)),
            falls(lefts(".as-data a")),
        ];
    }""")

    assert [True] * 4 == found


@pytest.mark.parametrize("width", [DESK, PHONE])
def test_nothing_overlaps_or_leaves_a_mirrored_page(
    width: int, shelf: Shelf, open_tab: Open
) -> None:
    """On every page, notes closed or open, nothing stands on anything else, and nothing scrolls
    sideways."""
    tab = open_tab(width)
    faults = {}
    for page in shelf.pages("rihla"):
        tab.goto(shelf.address + page.name)
        for state in ("closed", "open"):
            if state == "open":
                tab.evaluate("probes.openAll()")
            tab.evaluate(FRAME)
            if found := tab.evaluate(PROBED):
                faults[page.url, state] = found[:5]

    assert {} == faults


@pytest.mark.parametrize("width", [DESK, PHONE])
def test_axe_finds_nothing_in_mirrored_pages(
    width: int, shelf: Shelf, open_tab: Open, node_modules: Path
) -> None:
    """One page of each kind is free of what axe can find."""
    axe = (node_modules / "axe-core/axe.min.js").read_text("utf-8")
    run = f"axe.run(document, {{runOnly: {RULES}, resultTypes: ['violations']}})"
    pages = {page.kind: page for page in shelf.pages("rihla")}
    tab = open_tab(width)
    faults = {}
    for page in pages.values():
        tab.goto(shelf.address + page.name)
        tab.evaluate(axe)
        if found := tab.evaluate(run)["violations"]:
            faults[page.name] = [(each["id"], each["nodes"][0]["target"]) for each in found]

    assert {} == faults
    assert len(pages) > 14


@pytest.mark.parametrize("width", [DESK, PHONE])
def test_a_number_stands_after_its_words(width: int, shelf: Shelf, open_tab: Open) -> None:
    """A number stands where its words are read to their end, which is not where the paragraph reads
    on, and no sign of the words changes sides with it."""
    tab = open_tab(width)
    after = """(id) => {
        const ref = document.getElementById(id);
        const words = ref.closest(".words");
        const before = [...words.querySelectorAll(".passage")].filter((passage) =>
            passage.compareDocumentPosition(ref) & Node.DOCUMENT_POSITION_FOLLOWING);
        const box = [...before.at(-1).getClientRects()].at(-1);
        // Where directions change an empty edge of it may lie apart.
        const own = [...ref.getClientRects()].sort((a, b) => b.width - a.width)[0];
        if (Math.abs(box.top - own.top) > 40) return "";
        return own.right <= box.left + 1 ? "left" : own.left >= box.right - 1 ? "right" : "";
    }"""
    marked = {
        "answer": {"r-quotes-him": "right", "r-gate": "right"},
        "rihla": {"r-shuts": "left", "r-closing": "left", "r-master": "right"},
    }
    for text, sides in marked.items():
        tab.goto(f"{shelf.address}rihla/sources/{text}.html")
        assert sides == {id: tab.evaluate(after, id) for id in sides}


def test_code_runs_from_the_left(shelf: Shelf, open_tab: Open) -> None:
    """Code in an Arabic page, and what it says of itself, begins at the left."""
    tab = open_tab(DESK)
    tab.goto(shelf.address + "rihla/sources/answer.html")
    tab.evaluate("document.querySelector('article').dir = 'rtl'")
    code = "getComputedStyle(document.querySelector('pre')).direction"

    assert "ltr" == tab.evaluate(code)


def test_charts_are_mirrored_where_order_matters(shelf: Shelf, open_tab: Open) -> None:
    """In the map of agreement the heads of rows stand at the right; nothing leaves the picture."""
    tab = open_tab(DESK)
    tab.goto(shelf.address + "rihla/positions/agreement.html")
    found = tab.evaluate("""() => {
        const frame = document.querySelector(".map").getBoundingClientRect();
        const boxes = [...document.querySelectorAll(".map .name, .map g text")]
            .map((text) => text.getBoundingClientRect());
        const [head] = boxes;
        const cell = document.querySelector(".map g text").getBoundingClientRect();
        const { left, right } = frame;
        const inside = boxes.every((box) => box.left > left - 1 && box.right < right + 1);
        return [head.left > cell.right, inside, boxes.length >= 6];
    }""")

    assert [True] * 3 == found


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ("kind=note", "11 نتيجة"),
        ("tag=night", "نتيجتان"),
        ("kind=note&tag=night", "نتيجة واحدة"),
        ("kind=note&source=answer", "4 نتائج"),
        ("q=xyzzy", "لا نتائج"),
    ],
)
def test_a_search_counts_as_its_language_does(
    asked: str, said: str, shelf: Shelf, open_tab: Open
) -> None:
    """What is found is counted in the plural forms of the interface, in figures from 0 to 9."""
    tab = open_tab(DESK)
    tab.goto(f"{shelf.address}rihla/search.html?{asked}")

    expect(tab.locator(".found")).to_have_text(said)
