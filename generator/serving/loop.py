"""The loop: build, show, wait for a change. There is no other way in which a site is made."""

import sys
import time
from typing import NoReturn, Protocol
from urllib.parse import quote

from generator.extending import forget_modules
from generator.output import MemoryTree
from generator.pipeline import build, open_store
from generator.plans import Plan, Report
from generator.recognising import look_at_inputs, recognise, with_contents
from generator.serving.hearing import Ears
from generator.serving.ports import listen
from generator.serving.scenes import Scene, show
from generator.serving.server import Server
from generator.serving.telling import describe_failure, is_fit, is_whole, list_problems
from generator.serving.watcher import Watcher
from generator.store import Store
from generator.surveys import Survey
from generator.watching import Watch


class Teller(Protocol):
    """Whoever is told what goes on: a terminal."""

    def note(self, phase: str, done: int = 0, total: int = 0) -> None:
        """Take notice of how far a build is (``Watch``)."""

    def say(self, words: str) -> None:
        """Say something once."""

    def tell(self, report: Report, seconds: float) -> None:
        """Show what came of a build."""

    def fail(self, error: Exception) -> None:
        """Show what a build broke off with."""


def serve(plan: Plan, port: int, teller: Teller, *, poll: bool = False) -> NoReturn:
    """Serve the site of *plan* at *port*, or the next one that is free, until interrupted.

    The site is built into memory; the folder of *plan* is only read, for pages that still stand.
    Raises ``OSError`` if no port can be had.
    """
    # A module of the site's own that was saved twice in a second must not be read as it was.
    sys.dont_write_bytecode = True
    with (
        Server(listen(port)) as server,
        Watcher(plan.root, Ears, teller.say, poll=poll) as watcher,
        open_store(plan) as store,
    ):
        workshop = Workshop(plan, store)
        while True:
            server.show(_make(workshop, teller))
            if workshop.is_new:
                teller.say(_say_where(server.port, port, workshop.scene))
            watcher.include(workshop.modules)
            watcher.wait()


def _make(workshop: "Workshop", teller: Teller) -> Scene:
    """Build once more and tell about it; a fault of ours must not end the watch."""
    start = time.perf_counter()
    try:
        report = workshop.make(teller.note)
    except Exception as error:
        teller.fail(error)
        workshop.fail(error)
    else:
        teller.tell(report, time.perf_counter() - start)
    return workshop.scene


class Workshop:
    """Makes one scene after another, each by a build; *scene* is the newest.

    A site with whose settings, theme or modules something is wrong does not take the place of one
    that could be made whole: what an author looks at stays.
    """

    def __init__(self, plan: Plan, store: Store) -> None:
        self.scene, self.modules = Scene(), tuple[str, ...]()
        self._plan, self._store = plan, store
        self._tree = MemoryTree()
        self._inputs = Survey({}, 0)
        self._is_whole = False

    @property
    def is_new(self) -> bool:
        """Tell whether there was no more than one build."""
        return self.scene.build <= 1

    def make(self, note: Watch) -> Report:
        """Build, put up the scene that comes of it, and return the report."""
        forget_modules(self.modules)
        tree = MemoryTree(self._tree, self._plan.output)
        inputs = look_at_inputs(self._plan)
        known = recognise(self._plan, self._inputs, inputs)
        report = build(self._plan, note, tree, self._store, known)
        self._inputs = with_contents(inputs, self._plan, report.read)
        if not report.settings_failed:
            self.modules, self._tree = report.modules, tree
        shown, number = self.scene.shown, self.scene.build + 1
        if is_whole(report) or (is_fit(report) and not self._is_whole):
            shown, self._is_whole = show(tree, report.base_url, number), is_whole(report)
        self.scene = Scene(number, list_problems(report), shown)
        return report

    def fail(self, error: Exception) -> None:
        """Put up the scene of a build that ended with *error*: the site stays."""
        self.scene = Scene(self.scene.build + 1, (describe_failure(error),), self.scene.shown)


def _say_where(port: int, wanted: int, scene: Scene) -> str:
    taken = f" (port {wanted} is taken)" if wanted not in (port, 0) else ""
    where = f"http://localhost:{port}{quote(scene.shown.base)}"
    return f"serving at {where}{taken}; Ctrl-C ends it"
