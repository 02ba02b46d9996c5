"""How long a cold build takes, as whole processes, beside the floor of the libraries it stands on.

    python benchmarks/cold.py [--documents 1000] [--runs 5] [--warm-up 1]

The contenders run in turn, so that a machine whose speed drifts slows all of them; medians and
ratios to the floor are printed. A speed is a figure to look at, never a test.
"""

import argparse
import shutil
import statistics
import sys
import tempfile
from pathlib import Path

from corpus import write_site
from measuring import Cost, measure

FLOOR = "floor of the libraries"
HERE = Path(__file__).resolve().parent
BUILD = [sys.executable, str(HERE.parent / "build.py")]


def main() -> None:
    """Make the collection, run the contenders in turn, print a table."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--documents", type=int, default=1000)
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--warm-up", type=int, default=1)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        root, plain, output = Path(folder, "notes"), Path(folder, "plain"), Path(folder, "site")
        searched = Path(folder, "searched")
        write_site(root, asked.documents)
        write_site(plain, asked.documents, note_pages=False)
        write_site(searched, asked.documents, search=True)
        ours = [*BUILD, "--clean", "--output", str(output), "--root"]
        contenders = {
            FLOOR: [
                sys.executable,
                str(HERE / "floor.py"),
                str(root),
                str(output),
            ],
            "postil, no page for each note": [*ours, str(plain)],
            "postil, a page for each note": [*ours, str(root)],
            "postil, the same and a search": [*ours, str(searched)],
            "postil --version": [*BUILD, "--version"],
            "python -c pass": [sys.executable, "-c", "pass"],
        }
        figures: dict[str, list[Cost]] = {name: [] for name in contenders}
        for _ in range(asked.warm_up + asked.runs):
            for name, command in contenders.items():
                shutil.rmtree(output, ignore_errors=True)
                figures[name].append(measure(command))
    print(
        f"{asked.documents} documents, {asked.runs} runs after {asked.warm_up} to warm up, medians"
    )
    measured = figures.pop(FLOOR)[asked.warm_up :]
    floor = [statistics.median(column) for column in zip(*measured, strict=True)]
    print(f"{FLOOR:32} {floor[0]:8.2f} s {floor[1]:8.2f} s CPU {floor[2]:23.0f} MB")
    for name, rows in figures.items():
        wall, cpu, memory = map(statistics.median, zip(*rows[asked.warm_up :], strict=True))
        ratios = f"{wall / floor[0]:6.2f} x {cpu / floor[1]:6.2f} x"
        print(f"{name:32} {wall:8.2f} s {cpu:8.2f} s CPU {ratios} {memory:7.0f} MB")


if __name__ == "__main__":
    main()
