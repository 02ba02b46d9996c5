"""The colours of code: legible on paper, by day and by night, and complete."""

import re
from pathlib import Path

import pytest
from pygments.token import STANDARD_TYPES

from generator.render.lexing import PLAIN

CSS = (
    Path(__file__).resolve().parents[1] / "themes" / "default" / "static" / "code.css"
).read_text("utf-8")

# Drawn as the ink that surrounds them: operators, variables, names of no special kind.
INK = {"o", "nv", "nx", "vc", "vg", "vi", "vm", "ge", "gs", "ges"}
# The site's own papers, on which code inside a sentence stands.
PAPERS = {"light": ("#fffdf8", "#f6f1e6"), "dark": ("#161513", "#1f1d19")}


def colours(scheme: str) -> dict[str, str]:
    light, dark = re.findall(r":root \{(.*?)\}", CSS, re.DOTALL)
    found = re.findall(r"(--code-[a-z]+): (#[0-9a-f]{6})", light if scheme == "light" else dark)
    return dict(found)


def luminance(colour: str) -> float:
    channels = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (
        c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def test_contrast_is_what_the_standard_says() -> None:
    """The measure itself: black on white is 21:1, a colour on itself 1:1 (WCAG 2.2, 1.4.3)."""
    assert (21, 1) == (round(contrast("#000000", "#ffffff"), 6), contrast("#777777", "#777777"))


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_colour_can_be_read(scheme: str) -> None:
    """Each colour of code stands at 4.5:1 or more on its paper and on the site's papers."""
    defined = colours(scheme)
    papers = {defined.pop("--code-paper"), *PAPERS[scheme]}
    faint = {
        (name, paper): round(contrast(colour, paper), 2)
        for name, colour in defined.items()
        for paper in papers
        if contrast(colour, paper) < 4.5
    }
    assert {} == faint


def test_both_schemes_define_all_that_is_used() -> None:
    """A colour that is used is defined by day and by night, and the other way round."""
    used = set(re.findall(r"var\((--code-[a-z]+)\)", CSS))
    assert (used, used) == (set(colours("light")), set(colours("dark")))


def test_no_colour_is_written_past_the_variables() -> None:
    """Every colour has a name, so that a scheme can replace it and this file can measure it."""
    rules = re.sub(r":root \{.*?\}", "", CSS, flags=re.DOTALL)
    assert [] == re.findall(r"#[0-9a-fA-F]{3,8}\b|rgb|hsl|oklch|color-mix", rules)


def test_every_class_is_drawn() -> None:
    """A class that the lexers may give has a colour or is knowingly ink; none is forgotten."""
    drawn = set(re.findall(r"\.([a-z][a-z0-9]*)[\s,)]", CSS.split("pre {")[1]))
    assert set(STANDARD_TYPES.values()) - PLAIN - INK - {""} == drawn - INK
