"""The loop: build, show, wait for a change. There is no other way in which a site is made."""

import time
from collections.abc import Callable
from dataclasses import replace
from typing import NoReturn, Protocol
from urllib.parse import quote

from generator.extending import forget_modules
from generator.finding import BrokenOff, Record, make_index
from generator.indexing import FOLDER, keep_index
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
            if _complete(workshop, watcher, teller):
                server.show(workshop.scene)
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


def _complete(workshop: "Workshop", watcher: Watcher, teller: Teller) -> bool:
    """Make the index of the search, unless something changes meanwhile; tell if that changed it."""
    start = time.perf_counter()
    try:
        report = workshop.complete(lambda: watcher.is_disturbed)
    except Exception as error:
        teller.fail(error)
        workshop.fail(error)
        return True
    if report is not None and report.diagnostics:
        teller.tell(report, time.perf_counter() - start)
    return report is not None


class Workshop:
    """Makes one scene after another, each by a build; *scene* is the newest.

    The index of the search takes long and nobody waits for it: a build that needs a new one leaves
    the old one where it is, and it is made when the site is shown (`complete`).

    A site with whose settings, theme or modules something is wrong does not take the place of one
    that could be made whole: what an author looks at stays.
    """

    def __init__(self, plan: Plan, store: Store) -> None:
        self.scene, self.modules = Scene(), tuple[str, ...]()
        self._plan, self._store = plan, store
        self._tree, self._is_whole = MemoryTree(), False
        self._inputs = Survey({}, 0)
        self._unindexed: tuple[Record, ...] = ()
        self._report = Report((), {})

    @property
    def is_new(self) -> bool:
        """Tell whether there was no more than one build."""
        return self.scene.build <= 1

    def make(self, note: Watch) -> Report:
        """Build, put up the scene that comes of it, and return the report."""
        forget_modules(self.modules)
        put_off: list[Record] = []
        tree = MemoryTree(self._tree, self._plan.output)
        inputs = look_at_inputs(self._plan)
        known = recognise(self._plan, self._inputs, inputs)
        report = build(self._plan, note, tree, self._store, known, put_off.extend)
        self._inputs = with_contents(inputs, self._plan, report.read)
        self._unindexed = tuple(put_off)
        if put_off:
            tree = tree.replacing(FOLDER, self._tree.below(FOLDER))
        if not report.settings_failed:
            self.modules, self._tree = report.modules, tree
        shown, number = self.scene.shown, self.scene.build + 1
        if is_whole(report) or (is_fit(report) and not self._is_whole):
            shown, self._is_whole = show(tree, report.base_url, number), is_whole(report)
        self.scene, self._report = Scene(number, list_problems(report), shown), report
        return report

    def complete(self, is_unwanted: Callable[[], bool]) -> Report | None:
        """Make the index that the site of the newest build lacks and put up the scene with it.

        Return the build's report with the problems of that, or None if there was nothing to do, or
        it *is_unwanted* meanwhile.
        """
        records, self._unindexed = self._unindexed, ()
        if not records or self.scene.shown.build != self.scene.build:
            return None
        try:
            made = make_index(records, is_unwanted)
        except BrokenOff:
            return None
        self._tree = self._tree.replacing(FOLDER, made.value)
        keep_index(records, made.value, self._store)
        self._store.save()
        report = replace(self._report, diagnostics=made.diagnostics, notices=())
        shown = replace(self.scene.shown, files=self._tree.files, digests=self._tree.digests)
        problems = (*self.scene.problems, *list_problems(report))
        self.scene = replace(self.scene, problems=problems, shown=shown)
        return report

    def fail(self, error: Exception) -> None:
        """Put up the scene of a build that ended with *error*: the site stays."""
        self.scene = Scene(self.scene.build + 1, (describe_failure(error),), self.scene.shown)


def _say_where(port: int, wanted: int, scene: Scene) -> str:
    taken = f" (port {wanted} is taken)" if wanted not in (port, 0) else ""
    where = f"http://localhost:{port}{quote(scene.shown.base)}"
    return f"serving at {where}{taken}; Ctrl-C ends it"
