"""A site that somebody works on: after every step it is built warm and from nothing, and compared.

The steps are in the modules beside this one, each a class of the machine in ``tests/laws``.
"""

import functools
import os
import shutil
import tempfile
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import ClassVar

from hypothesis import assume
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from generator.digests import digest_bytes
from generator.maker import digest_program
from generator.output import MemoryTree
from generator.pipeline import Plan, build
from generator.plans import Report
from generator.recognising import look_at_inputs, recognise, with_contents
from generator.store import Store
from generator.surveys import Survey
from generator.unchanged import build_noted, recall
from tests.sites import BASE

SETTINGS = BASE["site.toml"] + '\n[annotators.pilot]\nname = "P"\n'
SOURCES = ("letter", "reply", "tide")
WORDS = st.sampled_from(["alpha", "beta", "gamma", "The council", "too soon", "**x**", "[[fee]]"])
# What somebody picks a file, or a moment, by.
NUMBERS = st.integers(0, 99)


def step(**given: st.SearchStrategy) -> Callable:
    """Make a rule of a method, and count how often it is tried."""

    def settle(method: Callable) -> Callable:
        @functools.wraps(method)
        def counted(self: "Workshop", **arguments: object) -> None:
            type(self).kinds[method.__name__] += 1
            method(self, **arguments)

        return rule(**given)(counted)

    return settle


class Workshop(RuleBasedStateMachine):
    """The folders of a site, and the law for them.

    *kinds* counts the steps by their kind.
    """

    kinds: ClassVar[Counter[str]] = Counter()

    @initialize(moves=st.booleans())
    def begin(self, moves: bool) -> None:
        """Make the site.

        Hypothesis begins with the simplest example, in which every step is the same: it is left
        out, for of one sequence it would be the only one.
        """
        assume(moves)
        self.set_up()

    def set_up(self) -> None:
        """Make the site, and all that is done to it somewhere of its own."""
        self.folder = Path(tempfile.mkdtemp(prefix="law-"))
        self.old_home = os.environ.get("XDG_CACHE_HOME")
        os.environ["XDG_CACHE_HOME"] = str(self.folder / "home")
        self.root, self.output = self.folder / "root", self.folder / "site"
        self.cache = self.root / ".postil/store"
        for path, text in {**BASE, "site.toml": SETTINGS}.items():
            self.write(path, text)
        self.jobs = 1
        # What `serve` has: a tree in memory and a store that stays open.
        self.tree, self.store = MemoryTree(), Store(self.cache, digest_program())
        self.inputs = Survey({}, 0)

    def teardown(self) -> None:
        """Remove the site."""
        if hasattr(self, "folder"):
            self.store.close()
            shutil.rmtree(self.folder, ignore_errors=True)
            if self.old_home is None:
                os.environ.pop("XDG_CACHE_HOME", None)
            else:
                os.environ["XDG_CACHE_HOME"] = self.old_home

    def write(self, path: str, text: str | bytes) -> None:
        """Write the file at *path*, whatever stands in the way."""
        file = self.root / path
        for parent in reversed(file.relative_to(self.root).parents[:-1]):
            if (self.root / parent).is_file():
                (self.root / parent).unlink()
        file.parent.mkdir(parents=True, exist_ok=True)
        if file.is_dir():
            shutil.rmtree(file)
        file.write_bytes(text.encode() if isinstance(text, str) else text)

    def files(self) -> list[Path]:
        """Return all files that somebody may edit, the settings among them."""
        tops = [self.root / top for top in ("content", "seeds", "themes")]
        found = [self.root / "site.toml", *(path for top in tops for path in top.rglob("*"))]
        return sorted(path for path in found if path.is_file())

    def pick(self, number: int) -> Path | None:
        """Return one of the files, None if there is none."""
        files = self.files()
        return files[number % len(files)] if files else None

    def plan(self) -> Plan:
        """Return what the next warm build is asked for."""
        return Plan(self.root, self.output, cache=self.cache, jobs=self.jobs)

    def build_warm(self) -> Report:
        """Build with all that was kept, or not at all if nothing changed."""
        plan = self.plan()
        return recall(plan) or build_noted(plan, build, lambda *_: None)

    @invariant()
    def build_and_compare(self) -> None:
        """Build warm and from nothing, and compare."""
        if not hasattr(self, "folder"):
            return
        before = tree(self.output)
        warm = self.build_warm()
        clean_output = self.folder / "clean"
        shutil.rmtree(clean_output, ignore_errors=True)
        clean = build(Plan(self.root, clean_output), lambda *_: None)
        assert show(clean) == show(warm)
        assert ends(clean) == ends(warm)
        if clean.settings_failed or clean.theme_failed:
            # Nothing else would be tried until they are written again.
            self.write("site.toml", SETTINGS)
            shutil.rmtree(self.root / "themes", ignore_errors=True)
        if any(ends(clean)):
            assert before == tree(self.output)
            return
        self._serve_and_compare(show(clean), clean_output)
        mine = self.output / "mine.txt"
        assert tree(clean_output) == {k: v for k, v in tree(self.output).items() if k != mine.name}
        assert show(clean) == show(self.build_warm())

    def _serve_and_compare(self, problems: list[str], clean_output: Path) -> None:
        """Build into memory, as `serve` does in between, and compare."""
        now = MemoryTree(self.tree, self.output)
        plan, looked = self.plan(), look_at_inputs(self.plan())
        known = recognise(plan, self.inputs, looked)
        report = build(plan, lambda *_: None, now, self.store, known)
        self.inputs = with_contents(looked, plan, report.read)
        assert problems == show(report)
        expected = {path: content for path, (content, _) in tree(clean_output).items()}
        assert expected == now.files
        digests = {path: digest_bytes(content) for path, content in expected.items()}
        assert digests == now.digests
        self.tree = now


def ends(report: Report) -> tuple[bool, bool, bool]:
    """Tell the ways in which a build leaves the old site in its place."""
    return report.settings_failed, report.theme_failed, report.withheld


def show(report: Report) -> list[str]:
    """Return the problems of *report*, each once."""
    return sorted({repr(problem) for problem in report.diagnostics})


def tree(folder: Path) -> dict[str, tuple[bytes, int]]:
    """Return what stands in *folder*: content and mode, by path."""
    return {
        path.relative_to(folder).as_posix(): (path.read_bytes(), path.stat().st_mode)
        for path in folder.rglob("*")
        if path.is_file() and path.name != ".postil-output.json"
    }
