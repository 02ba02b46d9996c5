"""Moving: keys from note to note, previews of passages, citations that can be copied."""

import json
from pathlib import Path

from playwright.sync_api import Page

from tests.browser.conftest import Open
from tests.browser.shelf import Shelf
from tests.browser.test_access import RULES

READING = "own/sources/harbour.html"
ISSUE = "harbour/issues/quay.html"
FOCUS = "document.activeElement.id"


def press(tab: Page, keys: str) -> list[str]:
    """Press the *keys* one by one and return what has the focus after each."""
    found = []
    for key in keys:
        tab.keyboard.press(key)
        found.append(tab.evaluate(FOCUS))
    return found


def test_keys_lead_from_note_to_note_and_passage_to_passage(shelf: Shelf, open_tab: Open) -> None:
    """j and k go through the notes in order, n and p through the passages; cells likewise."""
    tab = open_tab()
    for url, keys, names in (
        (READING, "jjk", "aside.note[id]"),
        (READING, "nnp", "a.ref[id]"),
        (ISSUE, "jjk", "section.cell[id]"),
    ):
        tab.goto(shelf.address + url)
        ids = tab.evaluate(
            "(names) => [...document.querySelectorAll(names)].map((e) => e.id)", names
        )
        assert [ids[0], ids[1], ids[0]] == press(tab, keys)


def test_keys_of_a_notes_page_follow_its_links(shelf: Shelf, open_tab: Open) -> None:
    """On a note's own page, j and k do what its links to the notes after and before do."""
    tab = open_tab()
    tab.goto(shelf.address + "own/notes/to-the-penny.html")
    start = tab.url
    after = tab.locator("a[rel=next]").evaluate("(a) => a.href")
    tab.keyboard.press("j")
    tab.wait_for_url(after)
    tab.keyboard.press("k")
    tab.wait_for_url(start)


def test_keys_are_quiet_with_modifiers_and_while_one_types(shelf: Shelf, open_tab: Open) -> None:
    """No key is taken from a field, nor with Control, Alt or Meta."""
    tab = open_tab()
    tab.goto(shelf.address + READING)
    for key in ("Alt+j", "Control+j", "Meta+j"):
        tab.keyboard.press(key)
        assert "" == tab.evaluate(FOCUS)
    tab.evaluate("""() => {
        const field = document.createElement("input");
        field.id = "field";
        document.querySelector("main").prepend(field);
        field.focus();
    }""")
    assert ["field", "field"] == press(tab, "j?")
    assert "j?" == tab.locator("#field").input_value()


def test_keys_work_beside_a_choice(shelf: Shelf, open_tab: Open) -> None:
    """Nothing can be typed into the controls of a page, so that they take no key."""
    tab = open_tab()
    tab.goto(shelf.address + READING)
    first = tab.evaluate("document.querySelector('aside.note[id]').id")
    tab.locator(".controls input").first.focus()
    assert [first] == press(tab, "j")


def test_keys_are_listed_and_switched_off_for_good(shelf: Shelf, open_tab: Open) -> None:
    """`?` lists the keys; switched off there, they stay off on the next page, until turned on."""
    tab = open_tab()
    tab.goto(shelf.address + READING)
    tab.keyboard.press("?")
    assert tab.locator("dialog.keys").is_visible()
    assert 5 == tab.locator("dialog.keys kbd").count()
    tab.locator("dialog.keys [name=keys]").uncheck()
    tab.keyboard.press("Escape")
    tab.goto(shelf.address + ISSUE)
    assert [""] == press(tab, "j")

    tab.locator(".keys-way").click()
    assert not tab.locator("dialog.keys [name=keys]").is_checked()
    tab.locator("dialog.keys [name=keys]").check()
    tab.locator("dialog.keys form button").click()
    tab.reload()
    assert [""] != press(tab, "j")


def find_link(tab: Page, shelf: Shelf) -> str:
    """Open a note's page whose places lead to a passage, and return what selects the link."""
    tab.goto(shelf.address + "own/notes/to-the-penny.html")
    return "figcaption a"


def test_a_preview_comes_by_pointer_and_by_focus(shelf: Shelf, open_tab: Open) -> None:
    """It has the words of the passage, can be entered, stays, and goes by Escape."""
    tab = open_tab()
    link = find_link(tab, shelf)
    tab.hover(link)
    box = tab.locator(".preview")
    box.wait_for()
    words = box.inner_text()
    tab.hover(".preview")
    tab.wait_for_timeout(600)
    assert box.is_visible()
    tab.keyboard.press("Escape")
    assert 0 == box.count()
    tab.mouse.move(1, 1)

    tab.focus(link)
    box.wait_for()
    assert words == box.inner_text()
    assert "preview" == tab.locator(link).get_attribute("aria-describedby")
    assert 0 == box.locator("[id], a, script, .ref, .locator, .passage").count()
    tab.wait_for_timeout(600)
    assert box.is_visible()
    tab.keyboard.press("Escape")
    assert (0, None) == (box.count(), tab.locator(link).get_attribute("aria-describedby"))

    tab.click(link)
    tab.wait_for_url("**/sources/harbour.html#*")
    place = tab.url.partition("#")[2]
    there = tab.evaluate(
        """(id) => {
            const words = document.getElementById(id).querySelector(".words").cloneNode(true);
            for (const ours of words.querySelectorAll(".ref, .locator, .fn")) ours.remove();
            return words.textContent;
        }""",
        place,
    )
    assert "".join(there.split()) == "".join(words.split())


def test_previews_stay_away_from_files(shelf: Shelf, open_tab: Open) -> None:
    """From a folder nothing is fetched, no preview comes, no error is said."""
    tab = open_tab()
    said: list[str] = []
    tab.on("console", lambda message: said.append(message.text))
    tab.on("pageerror", lambda error: said.append(str(error)))
    tab.goto((shelf.folder / "own/notes/to-the-penny.html").as_uri())
    tab.focus("figcaption a")
    tab.wait_for_timeout(500)

    assert (0, []) == (tab.locator(".preview").count(), said)
    tab.keyboard.press("?")
    assert tab.locator("dialog.keys").is_visible()


def test_citations_are_copied_by_a_button_and_selected_without(
    shelf: Shelf, open_tab: Open
) -> None:
    """Each form is copied as it stands; without script it is there to be selected."""
    for url, count in ((READING, 3), ("own/notes/to-the-penny.html", 6), (ISSUE, 3)):
        tab = open_tab()
        tab.context.grant_permissions(["clipboard-read", "clipboard-write"])
        tab.goto(shelf.address + url)
        cite = tab.locator(".cite").first
        cite.locator("summary").click()
        assert count <= cite.locator("button").count()
        for at, button in enumerate(cite.locator("button").all()):
            button.click()
            cite.locator("[role=status]").nth(at).get_by_text("Copied").wait_for()
            copied = tab.evaluate("navigator.clipboard.readText()")
            assert copied == cite.locator("pre").nth(at).text_content()
        assert "webpage" == json.loads(copied)[0]["type"]

        bare = open_tab(script=False)
        bare.goto(shelf.address + url)
        bare.locator(".cite summary").first.click()
        assert bare.locator(".cite pre").first.is_visible()
        assert 0 == bare.locator(".cite button, .keys-way, dialog").count()


def test_axe_finds_nothing_in_what_opens(shelf: Shelf, open_tab: Open, node_modules: Path) -> None:
    """Open citations, a preview beside its link within the window, and the list of keys."""
    axe = (node_modules / "axe-core/axe.min.js").read_text("utf-8")
    run = f"axe.run(document, {{runOnly: {RULES}, resultTypes: ['violations']}})"
    for width, scheme in ((1280, "light"), (390, "dark")):
        tab = open_tab(width, scheme)
        link = find_link(tab, shelf)
        tab.evaluate(axe)
        tab.locator(".cite summary").click()
        found = tab.evaluate(run)["violations"]
        tab.focus(link)
        box = tab.locator(".preview")
        box.wait_for()
        found += tab.evaluate(run)["violations"]
        at, near = box.bounding_box(), tab.locator(link).bounding_box()
        assert at and near
        assert 0 <= at["x"] <= width - at["width"]
        above = near["y"] - at["y"] - at["height"]
        below = at["y"] - near["y"] - near["height"]
        assert min(abs(above), abs(below)) < 3
        tab.keyboard.press("Escape")
        tab.keyboard.press("?")
        found += tab.evaluate(run)["violations"]
        assert [] == [(each["id"], each["nodes"][0]["target"]) for each in found]
