"""Case files: each heading is a test, each fence below it one of its texts."""

import re
from dataclasses import dataclass
from pathlib import Path

CASES = Path(__file__).parent / "cases"
_HEADING = re.compile(r"#+ (?P<title>.+)")
_FENCE = re.compile(r"(?P<ticks>`{3,}) *(?P<name>\S.*)")


@dataclass(frozen=True, slots=True)
class Case:
    """One example: where it stands, its title, its texts by name."""

    place: str
    title: str
    texts: dict[str, str]


def read_cases(path: Path) -> list[Case]:
    """Return the cases of the file at *path*; the prose between fences is for people."""
    cases: list[Case] = []
    lines = iter(enumerate(path.read_text("utf-8").split("\n"), 1))
    for number, line in lines:
        if heading := _HEADING.fullmatch(line):
            cases.append(Case(f"{path.name}:{number}", heading["title"], {}))
        elif fence := _FENCE.fullmatch(line):
            inner = []
            for _, each in lines:
                if each == fence["ticks"]:
                    break
                inner.append(each)
            cases[-1].texts[fence["name"]] = "".join(f"{each}\n" for each in inner)
    return [case for case in cases if case.texts]


def find_cases(pattern: str) -> list[Case]:
    """Return the cases of all files in ``tests/cases`` whose names match *pattern*."""
    return [case for path in sorted(CASES.glob(pattern)) for case in read_cases(path)]
