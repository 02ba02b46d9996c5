"""Paper: every gist is printed once, no words stand on words, and nothing of the frame is left."""

import re
import shutil
import subprocess
import unicodedata
from collections import defaultdict
from pathlib import Path

from tests.browser.conftest import Open
from tests.browser.shelf import Shelf

_WORD = re.compile(
    r'<word xMin="([\d.]+)" yMin="([\d.]+)" xMax="([\d.]+)" yMax="([\d.]+)">(.*?)</word>'
)
# What a page holds that paper should: all but what opens, leads on or lists what links there.
PRINTED = """() => {
    const main = document.querySelector("main").cloneNode(true);
    for (const left of main.querySelectorAll(".cited, .own, summary")) left.remove();
    return main.textContent;
}"""


def test_every_gist_is_on_paper_once(shelf: Shelf, open_tab: Open, tmp_path: Path) -> None:
    """A printed reading page holds each gist, and each body, as often as the page does; no details
    are left closed, and neither navigation nor buttons are printed."""
    tab = open_tab()
    wrong, gists = {}, 0
    for page in shelf.readings("own", "torture"):
        tab.goto(shelf.address + page.name)
        paper = _squeeze(print_page(tab, tmp_path / "page.pdf", "-raw"))
        words = _squeeze(tab.evaluate(PRINTED))
        # Gists in Arabic are drawn in another order than they are written.
        for gist in tab.locator(".note .gist, .note .body > p").all_text_contents():
            bare = _squeeze(gist)
            if not bare or not bare.isascii():
                continue
            gists += 1
            if words.count(bare) != paper.count(bare):
                wrong[page.name, gist] = (words.count(bare), paper.count(bare))
        if "SkiptotheTexts" in paper or "Fullnote" in paper:
            wrong[page.name, "frame"] = ("none", "some")

    assert {} == wrong
    assert gists > 200


def test_no_words_stand_on_words_on_paper(shelf: Shelf, open_tab: Open, tmp_path: Path) -> None:
    """On no printed page does one word cover another."""
    tab = open_tab()
    faults = {}
    for page in shelf.readings("own", "torture"):
        tab.goto(shelf.address + page.name)
        drawn = print_page(tab, tmp_path / "page.pdf", "-bbox")
        for number, sheet in enumerate(drawn.split("<page ")[1:], start=1):
            if found := _collide(_WORD.findall(sheet)):
                faults[page.name, number] = found[:3]

    assert {} == faults


def print_page(tab, file: Path, option: str) -> str:
    """Print the page in *tab* into *file* and return what pdftotext reads there."""
    program = shutil.which("pdftotext")
    assert program, "pdftotext is missing: it is in poppler-utils"
    tab.pdf(path=str(file), format="A4", prefer_css_page_size=True)
    command = [program, option, "-enc", "UTF-8", str(file), "-"]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout


def _squeeze(text: str) -> str:
    """Return *text* without its spaces and hyphens, for lines are broken anew on paper."""
    plain = unicodedata.normalize("NFKC", text)
    return re.sub(r"[\s\u00ad\f-]+", "", plain)


def _collide(words: list[tuple[str, ...]]) -> list[tuple[str, str]]:
    rows = defaultdict(list)
    boxes = [(*map(float, word[:4]), word[4]) for word in words]
    for box in boxes:
        for row in range(int(box[1]) // 20, int(box[3]) // 20 + 1):
            rows[row].append(box)
    found = []
    for row in rows.values():
        for at, (left, top, right, bottom, word) in enumerate(row):
            for other in row[at + 1 :]:
                across = min(right, other[2]) - max(left, other[0])
                down = min(bottom, other[3]) - max(top, other[1])
                low = min(bottom - top, other[3] - other[1])
                # A dot may hang under an Arabic word.
                if across > 1 and down > 0.6 * low and word.isalnum() and other[4].isalnum():
                    found.append((word, other[4]))
    return found
