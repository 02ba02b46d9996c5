"""What the tests share: comparing what a case file expects, or rewriting it."""

import re
from collections.abc import Callable

import pytest
from hypothesis import settings

from tests.casebook import CASES, Case
from tests.chance import FIXED

# Before any test is read, so that each sees the profile; `tests.chance` says what they are.
settings.load_profile(FIXED)

Settle = Callable[[Case, str, str], None]


def pytest_addoption(parser: pytest.Parser) -> None:
    help = "write what comes out into the case files and golden sites, for the eye to judge"
    parser.addoption("--update", action="store_true", help=help)


@pytest.fixture
def settle(request: pytest.FixtureRequest) -> Settle:
    """Compare the text NAME of a case with what came out; with --update, write it there."""

    def settle(case: Case, name: str, actual: str) -> None:
        expected = case.texts[name]
        if expected != actual and request.config.getoption("--update"):
            rewrite(case, name, actual)
        else:
            assert expected == actual

    return settle


def rewrite(case: Case, name: str, actual: str) -> None:
    """Write *actual* into the fence NAME of *case*, whose heading is unique in its file."""
    path = CASES / case.place.partition(":")[0]
    lines = path.read_text("utf-8").split("\n")
    heading = next(n for n, line in enumerate(lines) if line.lstrip("#") == f" {case.title}")
    fence = re.compile(rf"(`{{3,}}) *{re.escape(name)}")
    first = next(n for n in range(heading, len(lines)) if fence.fullmatch(lines[n]))
    old = fence.fullmatch(lines[first])
    assert old is not None
    last = lines.index(old[1], first + 1)
    longest = max((len(run) for run in re.findall("`+", actual)), default=0)
    ticks = "`" * max(len(old[1]), longest + 1)
    lines[first : last + 1] = [f"{ticks} {name}", *actual.splitlines(), ticks]
    path.write_text("\n".join(lines), "utf-8")
