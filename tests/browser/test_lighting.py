"""Lighting: a note and its words are shown together, whichever of them somebody comes to."""

import pytest
from playwright.sync_api import Page

from tests.browser.conftest import Open
from tests.browser.shelf import Shelf

# The notes of blocks, and the passages, that are lit, by their numbers.
LIT = """() => {
    const lit = (each) => getComputedStyle(each).backgroundColor !== "rgba(0, 0, 0, 0)";
    const numbers = (css, read) => [...document.querySelectorAll(css)].filter(lit).flatMap(read);
    return [
        numbers(".block > .notes > .note", (note) => note.querySelector(".number").textContent),
        numbers(".passage", (words) => (words.dataset.notes || "").split(" ")),
    ].map((found) => [...new Set(found)].sort());
}"""


def point(tab: Page, selector: str, how: str) -> None:
    """Hover over what *selector* finds, or focus it as the keyboard does."""
    tab.mouse.move(0, 0)
    tab.evaluate("document.activeElement.blur()")
    if how == "hover":
        tab.hover(selector)
    else:
        tab.keyboard.press("Tab")
        tab.focus(selector)


@pytest.mark.parametrize("script", [True, False])
@pytest.mark.parametrize(("width", "scheme"), [(390, "light"), (1400, "light"), (1400, "dark")])
def test_a_note_and_its_words_are_lit_together(
    width: int, script: bool, scheme: str, shelf: Shelf, open_tab: Open
) -> None:
    """Pointing at a number, coming to it by keyboard, or pointing at the note lights the note and
    its words and no other note; away from them nothing is lit."""
    tab = open_tab(width, scheme, script=script)
    tab.goto(shelf.address + "own/sources/harbour.html")
    ref = "#p3 .ref >> nth=1"
    number = tab.locator(ref).inner_text()
    note = tab.locator(ref).get_attribute("href") or ""
    assert [[], []] == tab.evaluate(LIT)
    for selector, how in ((ref, "hover"), (ref, "focus"), (f"{note} .gist", "hover")):
        point(tab, selector, how)
        notes, words = tab.evaluate(LIT)
        assert [number] == notes, (selector, how)
        assert number in words, (selector, how)


def test_words_light_all_their_notes(shelf: Shelf, open_tab: Open) -> None:
    """Words of many notes light all of them that stand beside their block, on a page from the right
    too."""
    tab = open_tab(1400)
    for url in ("torture/sources/crossing.html", "rihla/sources/rihla.html"):
        tab.goto(shelf.address + url)
        words = tab.locator(".block:has(> .notes) .passage[data-notes]")
        named = [(each.get_attribute("data-notes") or "").split() for each in words.all()]
        at = max(range(len(named)), key=lambda number: len(named[number]))
        words.nth(at).hover(force=True)
        beside = words.nth(at).evaluate("""(each) =>
            [...each.closest(".block").querySelectorAll(":scope > .notes .number")]
                .map((number) => number.textContent)""")
        wanted = set(named[at]) & set(beside)
        assert wanted
        assert wanted <= set(tab.evaluate(LIT)[0]), url


def test_what_an_address_leads_to_is_lit_with_its_words(shelf: Shelf, open_tab: Open) -> None:
    """Who follows a number sees which words the note is about."""
    tab = open_tab(1400, script=False)
    tab.goto(shelf.address + "own/sources/harbour.html")
    ref = tab.locator("#p3 .ref").first
    number = ref.inner_text()
    ref.click()
    tab.mouse.move(0, 0)

    assert number in tab.evaluate(LIT)[1]
