"""The style sheets of themes: sides are those of the writing, so that a page can be mirrored."""

import re

import pytest

from generator.views.shown import PAIRS, pair
from tests.sites import ROOT

SHEETS = sorted((ROOT / "themes").glob("*/static/**/*.css"))
# Here a note and its words are lit together.
LIT = ROOT / "themes/default/static/reading.css"
NUMBERED = re.compile(r"\.m\d+(?![\w-])")
# Whoever writes a table says right and means it.
MEANT = ".right { text-align: right"
SIDED = re.compile(
    r"""(?<![\w-])(?:
        (?:margin|padding|border|scroll-margin|scroll-padding)-(?:left|right)(?:-\w+)?\s*:
      | (?:left|right)\s*:
      | (?:float|clear|text-align|caption-side)\s*:\s*(?:left|right)
      | border-(?:top|bottom)-(?:left|right)-radius
    )""",
    re.VERBOSE,
)
FOUR = re.compile(r"(?<![\w-])(?:margin|padding|inset|border-(?:width|style|color))\s*:\s*([^;}]+)")
PART = re.compile(r"(?:[^\s()]|\([^()]*(?:\([^()]*\)[^()]*)*\))+")


def find_sides(css):
    """Return the declarations of *css* that name a side of the screen."""
    bare = re.sub(r"/\*.*?\*/", "", css, flags=re.DOTALL).replace(MEANT, "")
    found = [match[0] for match in SIDED.finditer(bare)]
    for match in FOUR.finditer(bare):
        parts = PART.findall(match[1])
        if len(parts) == 4 and parts[1] != parts[3]:
            found.append(match[0].strip())
    return found


@pytest.mark.parametrize("path", SHEETS, ids=lambda path: f"{path.parts[-3]}-{path.stem}")
def test_styles_name_no_side_of_the_screen(path):
    """What is beside a text is at its start or end, never left or right of it."""
    assert [] == find_sides(path.read_text("utf-8"))


@pytest.mark.parametrize("path", SHEETS, ids=lambda path: f"{path.parts[-3]}-{path.stem}")
def test_every_pair_of_a_note_and_its_words_has_its_rules(path):
    """A sheet that lights a note with its words has the same rules for each pair there is."""
    css = path.read_text("utf-8")
    rules = {name: [] for name in NUMBERED.findall(css)}
    for line in css.splitlines():
        for name in set(NUMBERED.findall(line)):
            rules[name].append(NUMBERED.sub(".m", line.partition(" {")[0].rstrip(",")))
    names = {f".{pair(number)}" for number in range(1, PAIRS + 1)}

    assert set(rules) in (set(), names)
    assert len({tuple(each) for each in rules.values()}) <= 1
    assert rules or path != LIT


@pytest.mark.parametrize(
    ("css", "count"),
    [
        ("a { margin-left: 1em }", 1),
        ("a { border-right: 1px solid }", 1),
        ("a { position: absolute; right: calc(100% + 1em) }", 1),
        ("a { float: left; text-align: right }", 2),
        ("a { padding: 1px 2px 1px 0 }", 1),
        ("a { margin: 0 calc(1px + 2px) 0 0 }", 1),
        ("a { padding: 1px 2px 3px 2px; margin: 0 0 1px }", 0),
        ("a { margin-inline-start: 1em; float: inline-end; text-align: end }", 0),
        (".right { text-align: right } /* left: 0 */", 0),
    ],
)
def test_sides_are_found(css, count):
    """All ways to name a side are seen, and nothing else."""
    assert count == len(find_sides(css))
