"""Access: axe finds nothing, html-validate finds nothing, and lines can be told from the paper."""

import json
import re
import subprocess
from html import unescape
from pathlib import Path

import pytest

from tests.browser.conftest import Open
from tests.browser.shelf import Page, Shelf

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
LOOKS = [(1400, "light"), (360, "dark"), (1400, "dark"), (360, "light")]


def test_axe_finds_nothing(shelf: Shelf, open_tab: Open, node_modules: Path) -> None:
    """Every kind of page is free of what axe can find, wide and narrow, light and dark; pages of a
    kind that was seen already are looked at in one of these."""
    axe = (node_modules / "axe-core/axe.min.js").read_text("utf-8")
    run = f"axe.run(document, {{runOnly: {RULES}, resultTypes: ['violations']}})"
    faults, seen = {}, 0
    for turn, (width, scheme) in enumerate(LOOKS):
        tab = open_tab(width, scheme)
        for page in _pick(shelf, everything=not turn):
            tab.goto(shelf.address + page.name)
            tab.evaluate(axe)
            seen += 1
            for found in tab.evaluate(run)["violations"]:
                target = found["nodes"][0]["target"]
                faults.setdefault((page.name, width, scheme), []).append((found["id"], target))

    assert {} == faults
    assert seen > 50


def _pick(shelf: Shelf, *, everything: bool) -> list[Page]:
    if shelf.everything:
        return shelf.pages()
    if everything:
        return shelf.sample("own", "torture", "harbour", "many") + shelf.readings("bare")[:1]
    first: dict[str, Page] = {}
    for page in shelf.sample("torture", "harbour", "many"):
        first.setdefault(page.kind, page)
    return list(first.values())


def test_html_validate_finds_nothing(shelf: Shelf, node_modules: Path, tmp_path: Path) -> None:
    """Every page of every site is valid HTML, by three of the tool's own sets of rules.

    Integrity is left out: everything is of one origin, and browsers refuse it from `file://`. Ids
    hold dots and letters of every script, as HTML allows. A title's length is counted by
    ourselves, since the tool counts `&#39;` as five.
    """
    sets = [f"html-validate:{name}" for name in ("recommended", "a11y", "document")]
    relaxed = {"require-sri": "off", "long-title": "off", "valid-id": ["error", {"relaxed": True}]}
    settings = tmp_path / "settings.json"
    settings.write_text(json.dumps({"root": True, "extends": sets, "rules": relaxed}))
    program = node_modules / "html-validate/bin/html-validate.mjs"
    command = ["node", program, "--config", settings, "--formatter", "json", "**/*.html"]
    # Into a file: the tool ends before a pipe has taken all of a long list.
    with (tmp_path / "found.json").open("w+") as found:
        ran = subprocess.run(command, cwd=shelf.folder, stdout=found, check=False)
        found.seek(0)
        files = json.load(found)
    faults = [
        (Path(file["filePath"]).relative_to(shelf.folder).as_posix(), *_fault(message))
        for file in files
        for message in file["messages"]
    ]

    assert [] == faults[:20]
    assert 0 == ran.returncode


def _fault(message: dict[str, object]) -> tuple[object, ...]:
    return message["line"], message["ruleId"], message["message"]


def test_titles_fit_a_tab(shelf: Shelf) -> None:
    """Every page has a title of at most 70 characters."""
    titles = {
        page.name: re.search(r"<title>(.+?)</title>", (shelf.folder / page.name).read_text("utf-8"))
        for page in shelf.pages()
    }
    wrong = [name for name, title in titles.items() if not title or len(unescape(title[1])) > 70]

    assert [] == wrong


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_passages_and_margins_can_be_told_from_the_paper(
    scheme: str, shelf: Shelf, open_tab: Open
) -> None:
    """The line under a passage and that beside a note have a contrast of 3 or more."""
    tab = open_tab(1400, scheme)
    faults = {}
    for page in [*shelf.readings("torture"), *shelf.pages("torture")[:30]]:
        tab.goto(shelf.address + page.name)
        if found := tab.evaluate("probes.faintLines()"):
            faults[page.name] = found

    assert {} == faults
