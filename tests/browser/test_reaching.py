"""Reaching: with script off and by the keyboard alone, every note and every way to and from it."""

import pytest

from tests.browser.conftest import PROBES, Open
from tests.browser.shelf import Shelf


def test_every_note_is_reached_without_script(shelf: Shelf, open_tab: Open) -> None:
    """Script off, wide or narrow: every gist is seen, every number has its note and a way back."""
    faults = {}
    for width in (360, 1400):
        tab = open_tab(width, script=False)
        for page in shelf.readings():
            tab.goto(shelf.address + page.name)
            tab.evaluate(PROBES)
            if found := tab.evaluate("probes.unreachable()"):
                faults[page.name, width] = found[:5]

    assert {} == faults


@pytest.mark.parametrize("width", [360, 1400])
@pytest.mark.parametrize("url", ["torture/sources/blocks.html", "bare/sources/crowd.html"])
def test_numbers_and_back_links_work_when_pressed(
    url: str, width: int, shelf: Shelf, open_tab: Open
) -> None:
    """Pressing a number brings its note into view, pressing its back link the number again."""
    tab = open_tab(width, script=False)
    tab.goto(shelf.address + url)
    in_view = """(id) => {
        const { top, bottom } = document.getElementById(id).getBoundingClientRect();
        return location.hash === `#${id}` && top >= 0 && top < innerHeight && bottom > 0;
    }"""
    failed = []
    for ref in tab.locator(".ref").all()[::4]:
        id = ref.get_attribute("id") or ""
        note = (ref.get_attribute("href") or "").removeprefix("#")
        ref.click()
        there = tab.evaluate(in_view, note)
        tab.locator(f'[id="{note}"] [role=doc-backlink][href="#{id}"]').first.click()
        if not there or not tab.evaluate(in_view, id):
            failed.append(id)

    assert [] == failed


def test_enter_goes_to_the_note_and_back(shelf: Shelf, open_tab: Open) -> None:
    """Enter on a number moves the focus to its note, Tab to its back link, Enter back again."""
    tab = open_tab()
    tab.goto(shelf.address + "own/sources/harbour.html")
    focus = "document.activeElement.id || document.activeElement.className"
    tab.focus("#r-to-the-penny")
    steps = []
    for key in ("Enter", "Tab", "Enter"):
        tab.keyboard.press(key)
        steps.append(tab.evaluate(focus))

    assert ["n-to-the-penny", "number", "r-to-the-penny"] == steps


@pytest.mark.parametrize(
    ("url", "width"),
    [
        ("torture/sources/blocks.html", 1400),
        ("torture/sources/blocks.html", 360),
        ("torture/sources/qasida.html", 1400),
        ("bare/sources/crowd.html", 1400),
        ("own/tags/voices.html", 1400),
        ("torture/notes/long-note.html", 360),
        ("torture/index.html", 1400),
        ("own/notes/three-findings.html", 1400),
        ("own/about.html", 360),
        ("harbour/positions/index.html", 1400),
        ("harbour/positions/index.html", 360),
        ("harbour/positions/agreement.html", 1400),
        ("harbour/positions/disagreement.html", 390),
        ("harbour/issues/toll.html", 1000),
        ("harbour/actors/council.html", 360),
        ("harbour/sources/letter.html", 1400),
    ],
)
def test_every_stop_of_the_tab_key_is_worth_it(
    url: str, width: int, shelf: Shelf, open_tab: Open
) -> None:
    """Tab goes through the page in its order; each stop has a name, is seen and does something."""
    tab = open_tab(width)
    tab.goto(shelf.address + url)
    faults, last, count = [], -1, 0
    while True:
        tab.keyboard.press("Tab")
        stop = tab.evaluate("probes.stop()")
        if stop is None or stop["at"] <= last:
            break
        last, count = stop["at"], count + 1
        if not (stop["name"] and stop["works"] and stop["seen"] and stop["free"]):
            faults.append(stop)
    links = tab.evaluate("""
        [...document.querySelectorAll("a[href], summary, input, button, [tabindex='0']")]
        .filter((element) => element.checkVisibility() && element.tabIndex >= 0)
        // Of radio buttons Tab comes to the one that is chosen.
        .filter((element) => element.type !== "radio" || element.checked).length""")

    assert [] == faults
    assert links == count
