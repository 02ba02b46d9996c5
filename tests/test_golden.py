"""The golden site: small, made of everything once, and compared byte for byte.

What comes out is in ``sites/golden/expected``. After a change that was meant, ``build.py test
tests/test_golden.py --update`` rewrites it: the difference in git is what readers will see.
"""

import shutil
from pathlib import Path

import pytest

from generator.output import MANIFEST
from tests.crawling import find_faults
from tests.sites import ROOT, Site

GOLDEN = Path(__file__).parent / "sites" / "golden"
THEME = ROOT / "themes/default/static"


def read_tree(folder: Path) -> dict[str, bytes]:
    found = (path for path in sorted(folder.rglob("*")) if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in found}


@pytest.fixture
def built(tmp_path):
    """The golden site, built from a copy that knows no commit."""
    root = tmp_path / "golden"
    shutil.copytree(GOLDEN, root, ignore=shutil.ignore_patterns("expected"))
    return Site(root, {}).build()


def _is_compared(url: str) -> bool:
    """Tell whether *url* is made by us: the index is Pagefind's, and no text."""
    return url != MANIFEST and not url.startswith("data/search/")


def test_the_golden_site_has_no_problem(built):
    """Everything that an author may write is in it, and all of it is right."""
    assert [] == built.places
    assert [] == find_faults(built.files)


def test_the_golden_site_is_what_it_was(built, request):
    """No byte of a site changes unless somebody meant it."""
    style = {f"assets/{name}": content for name, content in read_tree(THEME).items()}
    made = {url: content for url, content in built.files.items() if _is_compared(url)}
    assert style == {url: made.pop(url) for url in style}

    expected = GOLDEN / "expected"
    if request.config.getoption("--update"):
        shutil.rmtree(expected, ignore_errors=True)
        for url, content in made.items():
            (expected / url).parent.mkdir(parents=True, exist_ok=True)
            (expected / url).write_bytes(content)
    known = read_tree(expected)
    assert sorted(known) == sorted(made)
    for url, content in made.items():
        assert known[url].decode("utf-8") == content.decode("utf-8"), url
