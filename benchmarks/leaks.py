"""How long the search for words that are kept back takes, alone and of a whole cold build.

    PYTHONPATH=. python benchmarks/leaks.py [--runs 5] [--pages 1000] [--jobs 1] [--root FOLDER]

makes a collection by rule of about so many pages, beside a text of 300 KB under the rights `quote`
from which twenty notes quote, and builds it from nothing: with the search, and with nobody looking.
Then it does the same with FOLDER, if one is named: a site with the text of a restricted source.
Medians of the runs, seconds of wall time; the two kinds of build take turns.
"""

import argparse
import random
import shutil
import statistics
import tempfile
import time
from pathlib import Path

from corpus import make_paragraph, make_words, write_site

from generator import releasing
from generator.guarding import Guard, Tree
from generator.pipeline import build
from generator.plans import Plan

SIZE, NOTES, EACH = 300_000, 20, 10


class Timed(Guard):
    """A guard that knows how long it has looked, and at how much."""

    seconds, looked = 0.0, 0

    def look_into(self, url: str, content: bytes) -> None:
        """Note what the file at *url* holds of the texts."""
        start = time.perf_counter()
        super().look_into(url, content)
        Timed.seconds += time.perf_counter() - start
        Timed.looked += len(content)

    def find_leaks(self) -> list:
        """Return what would be published and must not."""
        start = time.perf_counter()
        leaks = super().find_leaks()
        Timed.seconds += time.perf_counter() - start
        return leaks


class Blind(Guard):
    """A guard that lets everything pass."""

    def watch(self, tree: Tree | None) -> Tree | None:
        """Return *tree* as it is."""
        return tree

    def look_into(self, url: str, content: bytes) -> None:
        """Look away."""


def write_collection(root: Path, pages: int) -> None:
    """Write a site of about so many *pages*, and the restricted text with its notes."""
    write_site(root, max(pages // (EACH + 1), 1), notes=EACH)
    folder, chance, words = root / "seeds/kept", random.Random(11), make_words(7)
    folder.mkdir()
    paragraphs: list[str] = []
    while sum(map(len, paragraphs)) < SIZE:
        paragraphs.append(make_paragraph(chance, words, 100))
    (folder / "text.md").write_text("\n\n".join(paragraphs) + "\n", "utf-8")
    (folder / "source.toml").write_text('title = "Kept"\nrights = "quote"\n', "utf-8")
    notes = ["---\nsource: kept\nby: editor\n---\n"]
    for number, paragraph in enumerate(paragraphs[:NOTES]):
        quote = " ".join(paragraph.split()[20:28])
        notes.append(f"## Gist {number} {{#kept-n{number}}}\n\n> {quote}\n\nWords.\n")
    (root / "content/annotations/kept.md").write_text("\n".join(notes), "utf-8")


def time_build(root: Path, output: Path, guard: type[Guard], jobs: int) -> tuple[float, int]:
    """Return the seconds of a build from nothing under *guard*, and how many pages it made."""
    shutil.rmtree(output, ignore_errors=True)
    releasing.Guard = guard
    start = time.perf_counter()
    report = build(Plan(root, output, jobs=jobs), lambda *_: None)
    taken = time.perf_counter() - start
    if report.withheld:
        raise SystemExit(f"{root} builds nothing: {report.diagnostics[0].message}")
    return taken, report.pages


def compare(root: Path, runs: int, jobs: int) -> None:
    """Build *root* in turn with the search and without; print the medians."""
    whole, blind, alone = [], [], []
    with tempfile.TemporaryDirectory() as folder:
        for run in range(runs + 1):
            Timed.seconds, Timed.looked = 0.0, 0
            with_search, pages = time_build(root, Path(folder, "site"), Timed, jobs)
            without, _ = time_build(root, Path(folder, "site"), Blind, jobs)
            if run:  # the first one warms up
                whole.append(with_search)
                blind.append(without)
                alone.append(Timed.seconds)
    check, built, bare = map(statistics.median, (alone, whole, blind))
    megabytes = Timed.looked / 1e6
    print(f"{pages} pages, {megabytes:.1f} MB looked at, {runs} runs, {jobs or 'all'} jobs")
    print(f"  build with the search     {built:7.2f} s")
    print(f"  build with nobody looking {bare:7.2f} s")
    print(f"  the search alone          {check:7.2f} s  {100 * check / built:5.1f} % of the build")


def main() -> None:
    """Measure the collection made by rule, and the site that was named."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--pages", type=int, default=1000)
    parser.add_argument("--jobs", type=int, default=1)
    parser.add_argument("--root", type=Path)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        write_collection(Path(folder), asked.pages)
        compare(Path(folder), asked.runs, asked.jobs)
    if asked.root:
        compare(asked.root, asked.runs, asked.jobs)


if __name__ == "__main__":
    main()
