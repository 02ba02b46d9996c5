"""Paper: every word is printed once, in its place, and nothing of the frame is left."""

import re
import shutil
import subprocess
import unicodedata
from collections import Counter, defaultdict
from pathlib import Path

from tests.browser.conftest import Open
from tests.browser.shelf import Shelf

_WORD = re.compile(
    r'<word xMin="([\d.-]+)" yMin="([\d.-]+)" xMax="([\d.-]+)" yMax="([\d.-]+)">(.*?)</word>'
)
_SHEET = re.compile(r'<page width="([\d.]+)" height="([\d.]+)">(.*?)</page>', re.DOTALL)
SIZES = ("A4", "Letter")
# What a page holds that paper should: all but what opens, leads on or lists what links there. What
# has no room in a margin is in the page twice, and on paper at its end.
PRINTED = """() => {
    const main = document.querySelector("main").cloneNode(true);
    const left = `.cited, .own, .unseen, summary, .strip, .show, .kinds, .later, .edits, button,
        thead`;
    for (const each of main.querySelectorAll(left)) each.remove();
    for (const each of main.querySelectorAll(".cite dl > :nth-child(n+3)")) each.remove();
    return main.textContent;
}"""
# What paper has besides, without pictures of words, and heads of tables that each sheet repeats.
AROUND = """() => {
    for (const picture of document.querySelectorAll("img, thead")) picture.remove();
    const links = ":is(.words, .body, .facts, .about) a[rel~=external]";
    const shown = [...document.querySelectorAll(`.site-title, .foot li:not(:has(a, button))`)];
    const addresses = [...document.querySelectorAll(links)].filter((a) => a.checkVisibility());
    const words = shown.map((e) => e.textContent);
    return [...words, ...addresses.map((a) => a.getAttribute("href"))].join(" ");
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
            if not words.count(bare) or words.count(bare) != paper.count(bare):
                wrong[page.name, gist] = (words.count(bare), paper.count(bare))
        if "SkiptotheTexts" in paper or "Fullnote" in paper:
            wrong[page.name, "frame"] = ("none", "some")

    assert {} == wrong
    assert gists > 200


def test_every_word_is_on_paper_once(shelf: Shelf, open_tab: Open, tmp_path: Path) -> None:
    """Without script as with it, a text and its notes lose no letter on paper, and gain none."""
    wrong = {}
    for script in (True, False):
        tab = open_tab(script=script)
        for page in shelf.readings("own"):
            tab.goto(shelf.address + page.name)
            words = _count(tab.evaluate(PRINTED) + tab.evaluate(AROUND))
            paper = _count(print_page(tab, tmp_path / "page.pdf", "-raw"))
            if words != paper:
                wrong[page.name, script] = (words - paper, paper - words)
            assert page.kind != "reading" or words.total() > 5000

    assert {} == wrong


def test_the_layers_chosen_count_on_paper(shelf: Shelf, open_tab: Open, tmp_path: Path) -> None:
    """A layer that is left out is neither in the margin nor at the end; nor are bodies of gists."""
    tab = open_tab(script=False)
    tab.goto(shelf.address + "own/sources/harbour.html")
    bodies = {
        layer: [
            _squeeze(text) for text in tab.locator(f".end.{layer} .body > p").all_text_contents()
        ]
        for layer in ("a1", "a2")
    }
    assert all(len(each) > 5 for each in bodies.values())
    tab.locator("#layer-a2").uncheck()
    paper = _squeeze(print_page(tab, tmp_path / "page.pdf", "-raw"))
    assert [] == [body for body in bodies["a1"] if body.isascii() and body not in paper]
    assert [] == [body for body in bodies["a2"] if len(body) > 20 and body in paper]

    tab.locator("#show-gists").check()
    paper = _squeeze(print_page(tab, tmp_path / "page.pdf", "-raw"))
    assert "Movedisnotcarried" in paper
    assert [] == [body for body in bodies["a1"] if len(body) > 20 and body in paper]
    assert "Therestofthenotes" not in paper


def test_no_words_stand_on_words_on_paper(shelf: Shelf, open_tab: Open, tmp_path: Path) -> None:
    """On no printed page, of either size, does one word cover another or leave the page."""
    tab = open_tab()
    faults = {}
    for page in [*shelf.readings("own", "torture", "rihla"), *_of_positions(shelf)]:
        tab.goto(shelf.address + page.name)
        for size in SIZES:
            for number, (wide, high, words) in enumerate(_sheets(tab, tmp_path, size), start=1):
                out = [word for *box, word in words if not _is_within(box, wide, high)]
                if found := _collide(words)[:3] + out[:3]:
                    faults[page.name, size, number] = found

    assert {} == faults


def test_wide_tables_turn_the_sheet(shelf: Shelf, open_tab: Open, tmp_path: Path) -> None:
    """A matrix that is too wide for an upright sheet is a table on sheets that are turned; one that
    no sheet is wide enough for is a list on upright ones, as all other pages are."""
    tab = open_tab()
    turned = {
        "own/positions/index.html": True,
        "own/sources/harbour.html": False,
        "own/issues/toll-doubled.html": False,
        "many/positions/peace-turned.html": False,
    }
    for url, across in turned.items():
        tab.goto(shelf.address + url)
        for size in SIZES:
            sheets = _sheets(tab, tmp_path, size)
            assert [across] * len(sheets) == [wide > high for wide, high, _ in sheets], url
        tab.emulate_media(media="print")
        if across:
            assert tab.locator(".as-table").count() == tab.locator(".as-table:visible").count()
        assert bool(tab.locator(".as-list:visible").count()) == url.startswith("many")
        tab.emulate_media(media="screen")


def test_no_heading_ends_a_sheet(shelf: Shelf, open_tab: Open, tmp_path: Path) -> None:
    """Below a heading, or the head of a table, stands something of what it is the heading of."""
    tab = open_tab()
    ends = {}
    for page in [*shelf.readings("own"), *_of_positions(shelf)]:
        tab.goto(shelf.address + page.name)
        texts = tab.locator("main :is(h1, h2, h3, h4, caption, thead)").all_text_contents()
        heads = {_squeeze(text) for text in texts}
        for size in SIZES:
            for number, (_, _, words) in enumerate(_sheets(tab, tmp_path, size), start=1):
                left = [word for word in words if float(word[0]) < 300]
                assert left, f"sheet {number} of {page.name} on {size} is empty"
                low = max(float(word[3]) for word in left)
                line = _squeeze("".join(word[4] for word in left if float(word[3]) > low - 4))
                if len(line) > 4 and any(head.endswith(line) for head in heads):
                    ends[page.name, size, number] = line

    assert {} == ends


def test_paper_says_whence_it_is(shelf: Shelf, open_tab: Open, tmp_path: Path) -> None:
    """At its end stand the citation, with the version, and the licence; addresses of other sites
    follow their links, but those for who writes the site are not there."""
    tab = open_tab(script=False)
    tab.goto(shelf.address + "own/sources/harbour.html")
    plain = tab.locator("main > .cite pre").first.text_content()
    paper = _squeeze(print_page(tab, tmp_path / "page.pdf", "-raw"))
    assert 1 == paper.count(_squeeze(plain))
    assert "Commentary:" in paper
    assert "<https://example.org/harbouroffice>" in paper
    assert "BibTeX" not in paper

    tab.goto(shelf.address + "torture/sources/blocks.html")
    assert "Edit this text" == tab.locator(".edits a").text_content()
    assert "Editthistext" not in _squeeze(print_page(tab, tmp_path / "page.pdf", "-raw"))


def test_notes_without_room_in_the_margin_are_in_columns(shelf: Shelf, open_tab: Open) -> None:
    """Where gists take much more room than their words, on paper they stand below these, in three
    columns; end notes are in two. So no sheet is white because one paragraph is dense."""
    tab = open_tab(script=False)
    tab.emulate_media(media="print")
    tab.set_viewport_size({"width": 688, "height": 900})
    columns = "(all) => new Set(all.map((it) => Math.round(it.getBoundingClientRect().left))).size"
    for url in ("torture/sources/crowd.html", "own/sources/harbour.html"):
        tab.goto(shelf.address + url)
        words = tab.locator(".crowded > .words").first.bounding_box()
        notes = tab.locator(".crowded > .notes").first.bounding_box()
        assert words and notes
        assert notes["y"] >= words["y"] + words["height"]
        crowd = tab.locator(".crowded").first.locator(".notes > .note")
        assert 3 == crowd.evaluate_all(columns)
        assert 2 == tab.locator(".end").evaluate_all(columns)


def print_page(tab, file: Path, option: str, size: str = "A4") -> str:
    """Print the page in *tab* into *file* and return what pdftotext reads there."""
    program = shutil.which("pdftotext")
    assert program, "pdftotext is missing: it is in poppler-utils"
    tab.pdf(path=str(file), format=size, prefer_css_page_size=True)
    command = [program, option, "-enc", "UTF-8", str(file), "-"]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout


def _sheets(tab, folder: Path, size: str) -> list[tuple[float, float, list[tuple[str, ...]]]]:
    """Return the width and height of each sheet in points, and its words but the page's number."""
    drawn = print_page(tab, folder / "page.pdf", "-bbox", size)
    sheets = []
    for wide, high, inner in _SHEET.findall(drawn):
        words = [w for w in _WORD.findall(inner) if float(w[1]) < float(high) - 50]
        sheets.append((float(wide), float(high), words))
    assert sheets
    return sheets


def _of_positions(shelf: Shelf) -> list:
    kinds = ("positions/index.html", "positions/agreement.html", "issue", "actor")
    return [page for page in shelf.sample("own", "harbour") if page.kind in kinds]


def _is_within(box: list[str], wide: float, high: float) -> bool:
    left, top, right, bottom = map(float, box)
    return 30 < left and right < wide - 30 and 30 < top and bottom < high - 40


def _squeeze(text: str) -> str:
    """Return *text* without its spaces and hyphens, for lines are broken anew on paper."""
    plain = unicodedata.normalize("NFKC", text)
    return re.sub(r"[\s\u00ad\f-]+", "", plain)


def _count(text: str) -> Counter[str]:
    return Counter(re.findall("[A-Za-z]", unicodedata.normalize("NFKC", text)))


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
