"""What the tests of `serve` share: a site that somebody writes, the server, a tab that follows."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from tests.serving import Running, wait_for
from tests.sites import Site

NOTES = "content/annotations/letter.md"
PAGE = "sources/letter.html"
# What a page must not lose: no script of its own puts these here.
MARK = """() => {
    window.mark = document.querySelector("#n-n30 .gist");
    window.violations = [];
    addEventListener("securitypolicyviolation", (e) => violations.push(e.blockedURI));
}"""

Serve = Callable[..., Running]


@pytest.fixture
def site(tmp_path: Path) -> Site:
    """A text of forty paragraphs with a note on each."""
    site = Site(tmp_path / "root")
    words = [f"Paragraph {n} says one thing of many.\n\nIt goes on for a while." for n in range(40)]
    site.write("seeds/letter/text.md", "# Many\n\n" + "\n\n".join(words) + "\n")
    site.write(NOTES, "---\nsource: letter\nby: editor\n---\n")
    for n in range(40):
        site.note(f"About {n} {{#n{n}}}", f"Paragraph {n} says", f"The whole of it, {n}.")
    return site


@pytest.fixture
def serve(site: Site) -> Iterator[Serve]:
    """Run `serve` on the site; all that run are ended at last."""
    running: list[Running] = []

    def serve(*words: str) -> Running:
        running.append(Running(site.root, *(words or ("--port", "0"))))
        return running[-1]

    yield serve
    for each in running:
        each.stop()


@pytest.fixture
def tab(chromium: Browser) -> Iterator[Page]:
    """A tab without the probes, whose page reports what its policy blocks."""
    context = chromium.new_context(viewport={"width": 1200, "height": 700})
    context.set_default_timeout(60_000)
    yield context.new_page()
    context.close()


def wait(tab: Page, condition: str) -> None:
    """Wait until *condition* holds in the page, whose policy lets it not wait by itself."""
    wait_for(lambda: tab.evaluate(condition))
