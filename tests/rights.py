"""A site on a text that may not be published whole, and somebody who looks for its words.

The looking is done without the program's own code: words are told apart, files are read and runs
are counted in another way here, so that a mistake of the one does not hide in the other.
"""

import html
import json
import re
import shutil
from collections.abc import Iterable, Iterator
from pathlib import Path
from urllib.parse import unquote

from tests.sites import BASE, Site

PARAGRAPHS = (
    "The council finds that the new fee was decided too soon, before anybody had asked those who "
    "tie up their boats at the old quay. It has asked for a second reading in the autumn.",
    "Nobody on the water disputes that the basin silts up. What they dispute is who shall pay for "
    "the dredger; the brewers say the town, the town says the brewers, and the ferryman laughs.",
    "A lamp has been put at the end of the mole. It burns oil of the cheaper kind and is seen from "
    "two miles off on clear nights, which are the nights on which no lamp is needed.",
    "In winter the ice comes down in plates as wide as a barn door. Then the small boats are drawn "
    "up behind the ropewalk and their owners sit in the inn and reckon what the year has cost.",
    "I have been told that this letter is too long. It would be short if fewer things were wrong.",
    "Let the lamp be lit, let the basin be dredged, let the fee be what it was in my father's day.",
)
COMMENTS = (
    "The clerk forgets that the dredger was paid for in my grandfather's time with money that was "
    "meant for the church roof.",
    "Short and wrong.",
    "He is right about the ice, though. We lost two boats to it the year the inn burned down.",
)
HEADING = "What the harbour wants and what the harbour gets from us"
POEM = "The tide comes in  \nthe tide goes out  \nand takes the fee along"
TEXT = "\n\n".join(
    (
        f"# {HEADING}",
        *PARAGRAPHS[:2],
        f"- {PARAGRAPHS[2]}\n- {PARAGRAPHS[3]}",
        f"> {PARAGRAPHS[4]}",
        "## The lamp",
        f"*{PARAGRAPHS[5]}*",
        POEM,
        "| year | price of a berth |\n|---|---|\n| 1840 | two shillings and a bottle |",
        "![A plan](plan.png)",
        "## Letters {.thread announced=5}",
        f'### {{#c1 by="A ratepayer" date=1868-03-20}}\n\n{COMMENTS[0]}',
        f"### {{#c2 re=c1}}\n\n{COMMENTS[1]}",
        f'### {{#c3 by="One who rows" re=c1?}}\n\n{COMMENTS[2]}',
    )
)
NOTES = "---\nsource: letter\nby: editor\n---\n"
PATH = "content/annotations/letter.md"
OUTLINE = "seeds/letter/outline.json"


def restricted(root: Path, rights: str, notes: str = "", facts: str = "") -> Site:
    """Return a site on the letter under *rights* with *notes* below the head of their file."""
    files = {
        **BASE,
        "seeds/letter/source.toml": (
            f'title = "A letter"\nrights = "{rights}"\nlanguage = "en"\n'
            f'url = "https://example.org/letter"\n{facts}'
        ),
        "seeds/letter/text.md": TEXT,
        PATH: NOTES + notes,
    }
    return Site(root, files)


def without_text(site: Site) -> Site:
    """Return a copy of *site* as somebody has it who got it from git."""
    root = site.root.parent / f"{site.root.name}-clone"
    shutil.rmtree(root, ignore_errors=True)
    shutil.copytree(site.root, root)
    (root / "seeds/letter/text.md").unlink()
    return Site(root, {})


def words_of(text: str) -> list[str]:
    """Return the words of *text* in small letters, without signs."""
    return re.findall(r"[^\W_]+", text.replace("'", "").replace("’", "").lower())


def runs_of(text: str) -> set[tuple[str, ...]]:
    """Return every eight words in a row of *text*."""
    words = words_of(text)
    return {tuple(words[at : at + 8]) for at in range(len(words) - 7)}


def plain_text() -> str:
    """Return the visible words of the letter."""
    rows = (HEADING, *PARAGRAPHS[:5], "The lamp", PARAGRAPHS[5], POEM, "year price of a berth")
    return "\n".join((*rows, "1840 two shillings and a bottle", "Letters", *COMMENTS))


def read_all(path: str, content: bytes) -> Iterator[str]:
    """Yield what a file says: the words of each block and each attribute, strings of JSON."""
    text = content.decode("utf-8", "replace")
    if path.endswith(".json"):
        yield from _strings(json.loads(text))
    elif path.endswith(".html"):
        marks = r'<a class="(?:ref|fn|locator)[^>]*>[^<]*</a>'
        inline = r"</?(?:a|b|em|strong|span|code|time|bdi|i)\b[^>]*>"
        for part in re.split(r"<[^>]*>", re.sub(inline, "", re.sub(marks, "", text))):
            yield html.unescape(part)
        for value in re.findall(r'="([^"]*)"', text):
            yield unquote(html.unescape(value))
    else:
        yield text


def _strings(value: object) -> Iterator[str]:
    if isinstance(value, dict):
        for key, each in value.items():
            yield key
            yield from _strings(each)
    elif isinstance(value, list):
        for each in value:
            yield from _strings(each)
    elif isinstance(value, str):
        yield unquote(value)


def find_leaks(files: dict[str, bytes], published: Iterable[str]) -> list[tuple[str, str]]:
    """Return every eight words in a row of the letter that *files* have and that are not free."""
    secret = runs_of(plain_text())
    for words in published:
        secret -= runs_of(words)
    return [
        (path, " ".join(run))
        for path, content in files.items()
        for said in read_all(path, content)
        for run in runs_of(said) & secret
    ]
