"""How near notes stand to their words: ours, and three other ways to lay them out, in one run.

    python benchmarks/placement.py [--words 3000] [--width 1400]

makes three texts by rule, builds them, and measures their pages in Chromium (the one that
POSTIL_CHROMIUM names, or the first on the path; playwright is in `.ci/requirements.lock`). The
others are laid out with the same notes in the same fonts: the plain grid is our page without its
script; Tufte's float is the note put behind its number, floating and clearing; the zero-height
cell is the grid with notes that take no room. Distances are from the middle of the line at which a
note's number stands to the middle of the note's first line.
"""

import argparse
import os
import random
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from corpus import make_paragraph, make_words
from playwright.sync_api import Browser, sync_playwright

ROOT = Path(__file__).resolve().parents[1]
PARAGRAPH = 75
# How many notes, and in how many places they stand together (0: evenly).
TEXTS = {"sparse": (18, 0), "dense": (108, 0), "clustered": (36, 3)}
FLOAT = """
.noted { display: block } .noted > .notes { display: none }
.words .note { float: inline-end; clear: inline-end; inline-size: var(--margin);
  margin-inline-end: calc(-1 * var(--margin) - var(--gutter)); margin-block-end: .7rem }
"""
CELL = ".noted > .notes { block-size: 0 }"
STYLE = """(css) => document.head.append(
    Object.assign(document.createElement("style"), { textContent: css }))"""
MOVE = """() => {
    for (const note of document.querySelectorAll(".noted > .notes > .note"))
        document.getElementById(`r-${note.id.slice(2)}`).after(note);
}"""
MEASURE = """() => {
    const middle = ({ top, bottom }) => (top + bottom) / 2;
    const range = document.createRange();
    const notes = [...document.querySelectorAll(".text .note")];
    const distances = notes.map((note) => {
        let word = document.getElementById(`r-${note.id.slice(2)}`).previousSibling;
        while (word.nodeType !== Node.TEXT_NODE) word = word.lastChild;
        range.setStart(word, word.length - 1);
        range.setEnd(word, word.length);
        const line = middle([...range.getClientRects()].at(-1));
        return Math.abs(middle(note.querySelector(".number").getBoundingClientRect()) - line);
    });
    const boxes = notes.map((note) => note.getBoundingClientRect());
    const foot = document.querySelector(".foot").getBoundingClientRect().top;
    const on = (one, two) => one.top < two.bottom - 0.5 && two.top < one.bottom - 0.5;
    const overlaps = boxes.filter((box, at) =>
        box.bottom > foot + 0.5 || boxes.slice(at + 1).some((other) => on(box, other)));
    return {
        mean: distances.reduce((sum, each) => sum + each, 0) / notes.length,
        most: Math.max(...distances),
        overlaps: overlaps.length,
        length: document.body.offsetHeight,
    };
}"""


def write_text(root: Path, name: str, words: int) -> None:
    """Write the source *name* with its notes, each on three words of a paragraph."""
    chance, stock = random.Random(name), make_words(7)
    count, clusters = TEXTS[name]
    paragraphs = [make_paragraph(chance, stock, PARAGRAPH) for _ in range(words // PARAGRAPH)]
    folder = root / "seeds" / name
    folder.mkdir(parents=True)
    (folder / "text.md").write_text("\n\n".join(paragraphs) + "\n", "utf-8")
    (folder / "source.toml").write_text(f'title = "{name}"\nrights = "full"\n', "utf-8")
    notes = [f"---\nsource: {name}\nby: ed\n---\n"]
    for number in range(count):
        share = number / count
        if clusters:
            place, within = divmod(number, count // clusters)
            share = (place + 0.5) / clusters + within / words * 5
        at = int(share * (len(paragraphs) * PARAGRAPH - 8))
        own, start = paragraphs[at // PARAGRAPH].split(), min(at % PARAGRAPH, PARAGRAPH - 4)
        gist = " ".join(chance.choices(stock, k=9)).capitalize()
        quote = " ".join(own[start : start + 4])
        notes.append(f"## {gist} {{#{name}-{number}}}\n\n> {quote}\n\nMore of it.\n")
    folder = root / "content/annotations"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / f"{name}.md").write_text("\n".join(notes), "utf-8")


def lay_out(browser: Browser, page: Path, width: int) -> Iterator[tuple[str, dict[str, float]]]:
    """Yield each way to lay out the notes of *page*, and what was measured of it."""
    for way, style in (("ours", None), ("grid", ""), ("float", FLOAT), ("cell", CELL)):
        # The pages' own policy would refuse the style sheets of the others.
        context = browser.new_context(
            viewport={"width": width, "height": 900},
            java_script_enabled=style is None,
            bypass_csp=True,
        )
        tab = context.new_page()
        tab.goto(page.as_uri())
        if style:
            tab.evaluate(STYLE, style)
        if style == FLOAT:
            tab.evaluate(MOVE)
        yield way, tab.evaluate(MEASURE)
        context.close()


def main() -> None:
    """Build the texts, measure their pages, print a table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--words", type=int, default=3000)
    parser.add_argument("--width", type=int, default=1400)
    asked = parser.parse_args()
    program = os.environ.get("POSTIL_CHROMIUM") or shutil.which("chromium")
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        root = Path(folder) / "root"
        for name in TEXTS:
            write_text(root, name, asked.words)
        settings = 'title = "Placement"\nnote_pages = false\n[annotators.ed]\nname = "Ed"\n'
        (root / "site.toml").write_text(settings, "utf-8")
        build = "import sys; from generator.cli import main; sys.exit(main(sys.argv[1:]))"
        command = [sys.executable, "-c", build, "build", "--root", str(root)]
        subprocess.run([*command, "--output", f"{folder}/site"], cwd=ROOT, check=True)
        browser = playwright.chromium.launch(executable_path=program)
        print(f"{'':12}{'':8}{'mean':>8}{'largest':>9}{'overlaps':>10}{'page':>8}   (pixels)")
        for name in TEXTS:
            for way, found in lay_out(
                browser, Path(folder, "site/sources", f"{name}.html"), asked.width
            ):
                print(
                    f"{name:12}{way:8}{found['mean']:8.0f}{found['most']:9.0f}"
                    f"{found['overlaps']:10.0f}{found['length']:8.0f}"
                )
        browser.close()


if __name__ == "__main__":
    main()
