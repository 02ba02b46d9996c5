"""The variorum theme: as sound as the default one, with text and commentary on facing columns."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from generator.cli import main
from tests.browser import serving
from tests.browser.conftest import Open
from tests.browser.shelf import RIHLA, TORTURE, Shelf
from tests.browser.test_access import RULES
from tests.browser.test_layout import FRAME, PROBED
from tests.browser.test_paper import print_page
from tests.positions import HARBOUR
from tests.sites import dress

LOOKS = [(1280, "light"), (390, "dark"), (1280, "dark"), (390, "light")]
KINDS = ("home", "reading", "note", "notes", "issue", "actor", "positions/index.html")


@pytest.fixture(scope="module")
def variorum(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Shelf]:
    """Sites made to be difficult, an Arabic one among them, in the other theme."""
    folder, work = tmp_path_factory.mktemp("variorum"), tmp_path_factory.mktemp("dressed")
    with serving.serve(folder) as address:
        for root, expected in ((TORTURE, 1), (HARBOUR, 0), (RIHLA, 0)):
            site = dress(root, "variorum", work / root.name)
            built = ["--output", str(folder / root.name)]
            assert expected == main(["build", "--root", str(site.root), *built])
        yield Shelf(folder, address)


def choose(shelf: Shelf) -> list[str]:
    """Return the names of all reading pages, and of other kinds the first and the chosen ones."""
    return [page.name for page in shelf.sample() if page.kind in KINDS]


@pytest.mark.parametrize("width", [1280, 390])
def test_nothing_overlaps_and_nothing_leaves_the_page(
    width: int, variorum: Shelf, open_tab: Open
) -> None:
    """On a desk and on a phone, notes closed or open: nothing stands on anything else."""
    tab = open_tab(width)
    faults = {}
    for name in choose(variorum):
        tab.goto(variorum.address + name)
        for state in ("closed", "open"):
            if state == "open":
                tab.evaluate("probes.openAll()")
            tab.evaluate(FRAME)
            if found := tab.evaluate(PROBED):
                faults[name, state] = found[:5]
        if found := tab.evaluate("[...probes.unreachable(), ...probes.skippedHeadings()]"):
            faults[name, "order"] = found[:5]

    assert {} == faults


@pytest.mark.parametrize(("width", "scheme"), LOOKS)
def test_axe_finds_nothing(
    width: int, scheme: str, variorum: Shelf, open_tab: Open, node_modules: Path
) -> None:
    """Every kind of page is free of what axe can find, wide and narrow, light and dark."""
    axe = (node_modules / "axe-core/axe.min.js").read_text("utf-8")
    run = f"axe.run(document, {{runOnly: {RULES}, resultTypes: ['violations']}})"
    tab = open_tab(width, scheme)
    faults = {}
    for name in choose(variorum):
        tab.goto(variorum.address + name)
        tab.evaluate(axe)
        if found := tab.evaluate(run)["violations"]:
            faults[name] = [(each["id"], each["nodes"][0]["target"]) for each in found]
        if found := tab.evaluate("probes.faintLines()"):
            faults[name, "faint"] = found

    assert {} == faults


WHERE = """() => [...document.querySelectorAll(".noted")].map((block) => {
    const words = block.querySelector(".words").getBoundingClientRect();
    const notes = block.querySelector(".notes").getBoundingClientRect();
    const rtl = getComputedStyle(block).direction === "rtl";
    const facing = rtl ? notes.right <= words.left : notes.left >= words.right;
    const same = Math.abs(notes.width - words.width) < 40;
    return facing && same ? "facing" : notes.top >= words.bottom ? "below" : block.id;
}).filter((place, at, all) => all.indexOf(place) === at)"""


def test_text_and_commentary_face_each_other(variorum: Shelf, open_tab: Open) -> None:
    """Two columns as wide as each other where there is room, else one below the other: without
    script, and in both directions of writing."""
    places: dict[int, set[str]] = {1280: set(), 390: set()}
    tab = open_tab(script=False)
    for page in variorum.readings():
        tab.goto(variorum.address + page.name)
        for width, found in places.items():
            tab.set_viewport_size({"width": width, "height": 900})
            found.update(tab.evaluate(WHERE))

    assert {1280: {"facing"}, 390: {"below"}} == places


def test_every_entry_is_on_paper(variorum: Shelf, open_tab: Open, tmp_path: Path) -> None:
    """A printed page has each note with its words before it, and none is left closed."""
    tab = open_tab()
    missing, count = {}, 0
    for page in variorum.readings("torture", "harbour"):
        tab.goto(variorum.address + page.name)
        paper = "".join(print_page(tab, tmp_path / "page.pdf", "-raw").split())
        for words in tab.locator(".note :is(.lemma, .gist, .body > p)").all_text_contents():
            # Arabic is drawn in another order than it is written.
            if words.isascii():
                count += 1
                if "".join(words.split()) not in paper:
                    missing[page.name, words[:60]] = "not on paper"

    assert {} == missing
    assert count > 200
