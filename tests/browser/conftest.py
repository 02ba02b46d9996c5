"""What the browser tests share: the sites, the browser, and pages opened in it."""

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from tests.browser import serving
from tests.browser.following import serve, site, tab  # noqa: F401
from tests.browser.shelf import Shelf, build_sites

PROBES = (Path(__file__).parent / "probes.js").read_text("utf-8")
Open = Callable[..., Page]


def pytest_addoption(parser: pytest.Parser) -> None:
    help = "look at every page in every look, not at the first of its kind: half an hour"
    parser.addoption("--all", action="store_true", help=help)


@pytest.fixture(scope="session")
def shelf(
    tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest
) -> Iterator[Shelf]:
    """The sites, built once and served below a path of their host."""
    folder = tmp_path_factory.mktemp("shelf")
    with serving.serve(folder) as address:
        build_sites(folder, address, tmp_path_factory.mktemp("roots"))
        yield Shelf(folder, address, request.config.getoption("--all"))


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """One browser for all tests: the one that POSTIL_CHROMIUM names, or the first on the path."""
    program = os.environ.get("POSTIL_CHROMIUM") or shutil.which("chromium")
    assert program, "no chromium on the path: set POSTIL_CHROMIUM"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def node_modules() -> Path:
    """The folder of the packages in `.ci/package.json`."""
    named = os.environ.get("POSTIL_NODE_MODULES", "")
    assert named, "set POSTIL_NODE_MODULES to the folder that npm ci makes of .ci/package.json"
    return Path(named)


@pytest.fixture
def open_tab(chromium: Browser) -> Iterator[Open]:
    """Open a tab of a given width; the probes are in all its pages, unless scripts are off."""
    contexts = []

    def open_tab(width: int = 1400, scheme: str = "light", *, script: bool = True) -> Page:
        context = chromium.new_context(
            viewport={"width": width, "height": 900},
            color_scheme="dark" if scheme == "dark" else "light",
            java_script_enabled=script,
        )
        contexts.append(context)
        context.add_init_script(PROBES)
        context.set_default_timeout(20_000)
        return context.new_page()

    yield open_tab
    for context in contexts:
        context.close()
