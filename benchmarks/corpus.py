"""A collection of documents and notes, made by rule: the same bytes on every machine.

    python benchmarks/corpus.py ROOT DOCUMENTS [--words 800] [--notes 10]
        [--no-note-pages] [--search]

writes a site root with as many sources and annotation files. Documents have headings, lists, a
table, a quotation and a listing; every note quotes eight words that stand in its document once.
"""

import argparse
import random
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

_LETTERS = "abcdefghijklmnoprstuvw"


def make_words(seed: int, count: int = 4000) -> list[str]:
    """Return a vocabulary of made-up words."""
    chance = random.Random(seed)
    return ["".join(chance.choices(_LETTERS, k=chance.randint(2, 9))) for _ in range(count)]


def make_paragraph(chance: random.Random, words: Sequence[str], length: int) -> str:
    """Return a paragraph of *length* words in sentences."""
    picked = chance.choices(words, k=length)
    for start in range(0, length, 14):
        picked[start] = picked[start].capitalize()
        picked[min(start + 13, length - 1)] += "."
    return " ".join(picked)


def make_document(number: int, words: Sequence[str], length: int) -> tuple[str, list[str]]:
    """Return document *number* as Markdown, and its paragraphs."""
    chance = random.Random(number)
    paragraphs = [make_paragraph(chance, words, length // 10) for _ in range(9)]
    pick = chance.choice
    blocks = [f"# Document {number}", *paragraphs[:3]]
    blocks.append("\n".join(f"- {pick(words)} *{pick(words)}* {pick(words)}" for _ in range(4)))
    blocks += ["## Second part", *paragraphs[3:6]]
    blocks.append(
        "| a | b |\n|---|---|\n" + "\n".join(f"| {pick(words)} | {i} |" for i in range(4))
    )
    blocks.append(f"> {make_paragraph(chance, words, 20)}")
    blocks.append("```python\n" + "\n".join(f"{pick(words)} = {i}" for i in range(8)) + "\n```")
    blocks += ["## Third part", *paragraphs[6:]]
    return "\n\n".join(blocks) + "\n", paragraphs


class Note(NamedTuple):
    """A note as it was thought up: a gist, eight words of the document, and what is said of them.

    *other* is the number of a note on the same document, to which the body refers.
    """

    gist: str
    quote: str
    body: str
    other: int


def make_notes(
    number: int, paragraphs: Sequence[str], words: Sequence[str], count: int
) -> list[Note]:
    """Return the *count* notes on document *number*."""
    chance = random.Random(f"notes {number}")
    notes = []
    for note in range(count):
        own = paragraphs[note % len(paragraphs)].split()
        start = chance.randrange(len(own) - 8)
        quote = " ".join(own[start : start + 8])
        gist = make_paragraph(chance, words, 9).rstrip(".")
        notes.append(Note(gist, quote, make_paragraph(chance, words, 28), (note + 1) % count))
    return notes


def print_notes(number: int, notes: Sequence[Note]) -> str:
    """Return the annotation file of document *number*."""
    parts = [f"---\nsource: d{number}\nby: editor\n---\n"]
    for note, (gist, quote, body, other) in enumerate(notes):
        parts.append(
            f"## {gist} {{#d{number}-n{note} tags=t{note % 5}}}\n\n> {quote}\n\n"
            f"{body} See [[d{number}-n{other}]].\n"
        )
    return "\n".join(parts)


def write_site(
    root: Path,
    documents: int,
    *,
    words: int = 800,
    notes: int = 10,
    note_pages: bool = True,
    search: bool = False,
) -> None:
    """Write a site root with *documents* sources and their notes.

    The site has *note_pages* or not, and a *search* or not: peers are measured without.
    """
    vocabulary = make_words(7)
    (root / "content/annotations").mkdir(parents=True)
    settings = f'title = "Benchmark"\nnote_pages = {str(note_pages).lower()}\n'
    settings += f"search = {str(search).lower()}\n\n"
    settings += '[annotators.editor]\nname = "Editor"\n'
    (root / "site.toml").write_text(settings, "utf-8")
    for number in range(documents):
        folder = root / f"seeds/d{number}"
        folder.mkdir(parents=True)
        text, paragraphs = make_document(number, vocabulary, words)
        (folder / "text.md").write_text(text, "utf-8")
        facts = f'title = "Document {number}"\nrights = "full"\nlanguage = "en"\n'
        (folder / "source.toml").write_text(facts, "utf-8")
        own = make_notes(number, paragraphs, vocabulary, notes)
        path = root / f"content/annotations/d{number}.md"
        path.write_text(print_notes(number, own), "utf-8")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("root", type=Path)
    parser.add_argument("documents", type=int)
    parser.add_argument("--words", type=int, default=800)
    parser.add_argument("--notes", type=int, default=10)
    parser.add_argument("--note-pages", action=argparse.BooleanOptionalAction, default=True)
    parser.add_argument("--search", action="store_true")
    write_site(**vars(parser.parse_args()))
