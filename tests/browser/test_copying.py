"""Copying: what a reader takes away from a block is its words, without our numbers."""

from tests.browser.conftest import Open
from tests.browser.shelf import Shelf

OURS = ".locator, .ref, .fn"


def test_a_copied_block_is_the_words_of_the_source(shelf: Shelf, open_tab: Open) -> None:
    """Each block, selected and copied, gives its own words and nothing else."""
    tab = open_tab()
    tab.context.grant_permissions(["clipboard-read", "clipboard-write"])
    own = f"""(words) => {{
        const copy = words.cloneNode(true);
        for (const mark of copy.querySelectorAll("{OURS}")) mark.remove();
        for (const picture of copy.querySelectorAll("img")) picture.replaceWith(picture.alt);
        return copy.textContent;
    }}"""
    select = "(words) => getSelection().selectAllChildren(words)"
    wrong, blocks = [], 0
    for page in [*shelf.readings("own")[:1], *shelf.readings("torture")]:
        tab.goto(shelf.address + page.name)
        for words in tab.locator(".block > .words").all():
            expected = words.evaluate(own)
            words.evaluate(select)
            tab.keyboard.press("Control+C")
            copied = tab.evaluate("navigator.clipboard.readText()")
            blocks += 1
            if _join(expected) != _join(copied):
                wrong.append((page.name, expected, copied))

    assert [] == wrong[:3]
    assert blocks > 80


def _join(text: str) -> str:
    # Cells and items are parted by tabs and line ends that no source has.
    return "".join(text.split())
