"""How long the tables of positions take at scale, as a whole process: time and peak memory.

    python benchmarks/positions.py [--runs 3] [--actors 100] [--issues 200] [--statements 20000]

makes a collection by rule, 4,000 notes on 50 sources with five statements each, without pages for
single notes, and builds it cold. The same collection without its statements is built in turn: the
difference is what the positions cost.
"""

import argparse
import random
import shutil
import statistics
import tempfile
from pathlib import Path

from cold import BUILD
from corpus import make_document, make_words
from measuring import Cost, measure

STANCES = ("for", "leans for", "either", "leans against", "against", "unclear", "none")
BASES = ("stated", "reported", "action", "hedged", "implied")
KINDS = ("state", "group", "person", "unnamed-source", "commenter", "author")
GROUPS = 8


def write_codebook(root: Path, actors: int, issues: int) -> None:
    """Write so many actors and issues, the issues in groups."""
    for number in range(actors):
        kind = KINDS[number % len(KINDS)]
        text = f"---\nname: Actor {number}\nkind: {kind}\n---\n\nProse.\n"
        (root / "content/actors" / f"actor-{number}.md").write_text(text, "utf-8")
    for number in range(issues):
        group = f"Group {number % GROUPS}"
        text = f"---\nproposition: The matter {number} is so.\ngroup: {group}\n---\n\nProse.\n"
        (root / "content/issues" / f"issue-{number}.md").write_text(text, "utf-8")


def write_collection(root: Path, asked: argparse.Namespace, *, tables: bool) -> None:
    """Write the site root: 50 sources, their notes, and with *tables* the statements in them."""
    chance, words = random.Random(7), make_words(7)
    for folder in ("content/annotations", "content/actors", "content/issues"):
        (root / folder).mkdir(parents=True)
    settings = 'title = "Positions"\nnote_pages = false\nsearch = false\n'
    settings += '[annotators.ed]\nname = "Ed"\n'
    (root / "site.toml").write_text(settings, "utf-8")
    write_codebook(root, asked.actors, asked.issues)
    rows, notes = asked.statements // asked.notes, asked.notes // asked.sources
    for number in range(asked.sources):
        folder = root / "seeds" / f"d{number}"
        folder.mkdir(parents=True)
        text, paragraphs = make_document(number, words, 800)
        (folder / "text.md").write_text(text, "utf-8")
        facts = f'title = "Document {number}"\nrights = "full"\nspeaker = "actor-{number}"\n'
        (folder / "source.toml").write_text(facts + f'date = "{1900 + number}"\n', "utf-8")
        parts = [f"---\nsource: d{number}\nby: ed\n---\n"]
        for note in range(notes):
            own = paragraphs[note % len(paragraphs)].split()
            start = chance.randrange(len(own) - 8)
            quote = " ".join(own[start : start + 8])
            parts.append(f"## Gist {number} {note} {{#d{number}-n{note}}}\n\n> {quote}\n")
            parts.append(make_table(chance, rows, asked) if tables else "Words.\n")
        path = root / "content/annotations" / f"d{number}.md"
        path.write_text("\n".join(parts), "utf-8")


def make_table(chance: random.Random, rows: int, asked: argparse.Namespace) -> str:
    """Return a table of *rows* statements."""
    lines = ["| who | issue | stance | said by | basis | sure | why |", "|---" * 7 + "|"]
    for _ in range(rows):
        who, voice = chance.randrange(asked.actors), chance.randrange(asked.actors)
        basis = chance.choice(BASES)
        cells = (
            f"actor-{who}",
            f"issue-{chance.randrange(asked.issues)}",
            chance.choice(STANCES),
            f"actor-{voice}" if chance.random() < 0.5 else "",
            basis,
            "low" if basis == "implied" else chance.choice(("high", "medium", "low")),
            "a reason",
        )
        lines.append(f"| {' | '.join(cells)} |")
    return "\n".join(lines) + "\n"


def main() -> None:
    """Make the collections, build them in turn, print medians."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--actors", type=int, default=100)
    parser.add_argument("--issues", type=int, default=200)
    parser.add_argument("--statements", type=int, default=20_000)
    parser.add_argument("--notes", type=int, default=4_000)
    parser.add_argument("--sources", type=int, default=50)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        figures: dict[str, list[Cost]] = {}
        roots = {"with positions": True, "without": False}
        for name, tables in roots.items():
            write_collection(Path(folder, name), asked, tables=tables)
        for _ in range(asked.runs):
            for name in roots:
                output = Path(folder, f"{name}-site")
                shutil.rmtree(output, ignore_errors=True)
                command = [*BUILD, "--root", str(Path(folder, name)), "--output", str(output)]
                figures.setdefault(name, []).append(measure(command))
    for name, runs in figures.items():
        wall, cpu, memory = (statistics.median(column) for column in zip(*runs, strict=True))
        print(f"{name:16} {wall:6.2f} s {cpu:6.2f} s CPU {memory:6.0f} MB")


if __name__ == "__main__":
    main()
