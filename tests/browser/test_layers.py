"""Layers: readers choose whose notes they see and how much of each, without script and with it."""

import pytest
from playwright.sync_api import Page

from tests.browser.conftest import PROBES, Open
from tests.browser.shelf import Shelf

CROWD = "torture/sources/crowd.html"
SHOWN = """() => {
    const seen = (selector) => [...document.querySelectorAll(selector)]
        .filter((it) => it.getClientRects().length);
    const line = (it) => {
        const { textDecorationLine, textDecorationColor } = getComputedStyle(it);
        return textDecorationLine === "underline" && !/, 0\\)$|\\/ 0\\)$/.test(textDecorationColor);
    };
    return {
        notes: seen(".note").map((it) => it.id),
        refs: seen(".ref").map((it) => it.hash.replace("#", "")),
        ticks: seen(".tick").map((it) => it.getAttribute("href").replace("#", "")),
        marked: new Set(seen(".passage").filter(line).flatMap((it) => it.dataset.notes.split(" ")))
            .size,
        heads: seen(".note-head > .kind").length,
        locators: seen(".words .locator").length,
    };
}"""


def _open(url: str, shelf: Shelf, open_tab: Open, *, script: bool = True) -> Page:
    tab = open_tab(script=script)
    tab.goto(shelf.address + url)
    if not script:
        tab.evaluate(PROBES)
    return tab


@pytest.mark.parametrize("script", [False, True])
def test_layers_and_kinds_hide_notes_numbers_and_marks(
    script: bool, shelf: Shelf, open_tab: Open
) -> None:
    """What is not checked is gone from margin, text and strip; what is checked is all there."""
    tab = _open(CROWD, shelf, open_tab, script=script)
    before = tab.evaluate(SHOWN)
    tab.locator("#layer-a2").uncheck()
    without = tab.evaluate(SHOWN)
    tab.locator(".kinds summary").click()
    for box in tab.locator(".kinds input").all():
        box.uncheck()
    nothing = tab.evaluate(SHOWN)
    second = tab.evaluate("[...document.querySelectorAll('.note.a2')].map((it) => it.id)")

    assert second
    assert {*before["notes"]} - {*second} == {*without["notes"]}
    assert {*before["refs"]} - {*second} == {*without["refs"]} == {*without["ticks"]}
    assert {*before["refs"]} == {*before["ticks"]}
    assert ([], [], [], 0) == tuple(nothing[key] for key in ("notes", "refs", "ticks", "marked"))
    assert without["marked"] > 0


@pytest.mark.parametrize("script", [False, True])
def test_how_much_of_each_note(script: bool, shelf: Shelf, open_tab: Open) -> None:
    """Gists without heads; numbers without notes; the text and nothing else; all again."""
    tab = _open(CROWD, shelf, open_tab, script=script)
    seen = {}
    for way in ("all", "gists", "numbers", "text", "all"):
        tab.locator(f"#show-{way}").check()
        shown = tab.evaluate(SHOWN)
        seen[way] = tuple(
            bool(shown[key]) for key in ("heads", "notes", "refs", "marked", "locators")
        )

    assert {
        "all": (True, True, True, True, True),
        "gists": (False, True, True, True, True),
        "numbers": (False, False, True, True, True),
        "text": (False, False, False, False, False),
    } == seen


@pytest.mark.parametrize("script", [False, True])
def test_what_a_link_leads_to_is_shown(script: bool, shelf: Shelf, open_tab: Open) -> None:
    """A note that is left out is shown when its number, or an address, leads to it."""
    tab = _open(CROWD, shelf, open_tab, script=script)
    tab.locator("#show-numbers").check()
    tab.locator("#r-fair").click()
    tab.locator("#layer-a1").uncheck()

    assert ["n-fair"] == tab.evaluate(SHOWN)["notes"]


@pytest.mark.parametrize("script", [False, True])
def test_a_gist_is_opened_by_its_number(script: bool, shelf: Shelf, open_tab: Open) -> None:
    """Among gists the one to which its number leads is a whole note: who says it, and more."""
    tab = _open(CROWD, shelf, open_tab, script=script)
    tab.locator("#show-gists").check()
    assert not tab.locator("#n-fair > .note-head .kind").is_visible()
    tab.locator("#r-fair").click()
    assert tab.locator("#n-fair > .note-head .kind").is_visible()


@pytest.mark.parametrize("url", [CROWD, "own/sources/harbour.html"])
def test_only_marks_of_notes_that_are_shown(url: str, shelf: Shelf, open_tab: Open) -> None:
    """With one layer and one kind, whichever they are, words are marked just if a note on them is
    shown."""
    tab = _open(url, shelf, open_tab)
    stray = tab.evaluate("""() => {
        const boxes = (name) => [...document.querySelectorAll(`.${name} input`)];
        const only = (name, one) => {
            for (const box of boxes(name)) if (box.checked !== (box === one)) box.click();
        };
        const faults = [];
        for (const layer of boxes("layers")) for (const kind of boxes("kinds")) {
            only("layers", layer);
            only("kinds", kind);
            const shown = new Set([...document.querySelectorAll(".ref")]
                .filter((it) => it.checkVisibility()).map((it) => it.textContent));
            for (const it of document.querySelectorAll(".passage")) {
                const { textDecorationLine, textDecorationColor } = getComputedStyle(it);
                const marked = textDecorationLine === "underline"
                    && !/ 0\\)$/.test(textDecorationColor);
                const noted = it.dataset.notes.split(" ").some((number) => shown.has(number));
                if (marked !== noted) faults.push([layer.id, kind.id, it.textContent]);
            }
        }
        return faults;
    }""")

    assert [] == stray


def test_choices_are_remembered_on_other_pages(shelf: Shelf, open_tab: Open) -> None:
    """What was chosen on one text holds on the next and after a return, for those it knows."""
    tab = _open(CROWD, shelf, open_tab)
    tab.locator("#layer-a2").uncheck()
    tab.locator("#show-gists").check()
    tab.goto(shelf.address + "torture/sources/crossing.html")
    there = tab.evaluate("[document.querySelector('#layer-a2').checked, location.search]")
    tab.locator("#layer-a3").uncheck()
    tab.goto(shelf.address + CROWD)

    assert [False, ""] == there
    assert not tab.locator("#layer-a2").is_checked()
    assert not tab.locator("#layer-a3").is_checked()
    assert tab.locator("#show-gists").is_checked()


def test_choices_are_shared_by_the_address(shelf: Shelf, open_tab: Open) -> None:
    """The address says what is shown, and shows the same to somebody else; it is not remembered."""
    tab = _open(CROWD, shelf, open_tab)
    for number in (1, 3, 4, 5, 0):
        tab.locator(f"#layer-a{number}").uncheck()
    tab.locator("#show-gists").check()
    address = tab.url
    other = _open(CROWD.replace(".html", ".html?layers=nobody"), shelf, open_tab)
    unknown = len(other.evaluate(SHOWN)["notes"])
    other.goto(address)
    checked = other.evaluate(
        "[...document.querySelectorAll('.controls :checked')].map((it) => it.value)"
    )
    other.goto(shelf.address + CROWD)

    assert address.endswith("crowd.html?layers=second&show=gists")
    assert ["second", "gists"] == [each for each in checked if each in ("second", "gists", "all")]
    assert 1 == len([each for each in checked if each in ("reader", "third", "second")])
    assert unknown == len(other.evaluate(SHOWN)["notes"]) > 5


def test_the_choices_work_by_the_keyboard(shelf: Shelf, open_tab: Open) -> None:
    """Space leaves a layer out, an arrow key goes on to the next way; each has a name for all."""
    tab = _open(CROWD, shelf, open_tab, script=False)
    tab.focus("#layer-a1")
    tab.keyboard.press("Space")
    tab.keyboard.press("Tab")
    tab.focus("#show-all")
    tab.keyboard.press("ArrowRight")
    group = tab.get_by_role("group", name="Notes shown")

    assert not group.get_by_role("checkbox", name="The first reader").is_checked()
    assert group.get_by_role("radio", name="gists").is_checked()


def test_the_strip_leads_to_the_notes(shelf: Shelf, open_tab: Open) -> None:
    """A tick for each note with a place, in the text's order; pressed, it leads there; no stop for
    Tab and nothing for those who hear a page."""
    tab = _open("own/sources/harbour.html", shelf, open_tab, script=False)
    ticks = tab.evaluate("""[...document.querySelectorAll(".strip a")]
        .map((it) => [it.getBoundingClientRect().top, it.tabIndex, it.getAttribute("href")])""")
    notes = tab.evaluate("""[...document.querySelectorAll(".noted > .notes > .note")]
        .map((it) => `#${it.id}`)""")
    tab.locator(".strip a").nth(20).click()

    assert notes == [href for _, _, href in ticks]
    assert sorted(top for top, _, _ in ticks) == [top for top, _, _ in ticks]
    assert {-1} == {index for _, index, _ in ticks}
    assert ticks[20][2] == tab.evaluate("location.hash")
    assert "true" == tab.locator(".strip").get_attribute("aria-hidden")
