"""Timing: how long each phase of a build takes, and how far it is."""

import time

from generator.watching import Watch


class Clock:
    """How long each phase takes, and how far it is."""

    def __init__(self, note: Watch) -> None:
        self.note = note
        self.phases: dict[str, float] = {}
        self.name, self.since = "", 0.0
        self.total, self.done = 0, set[str]()

    def start(self, name: str) -> None:
        """Begin the phase *name*, which ends the one before, if that is another."""
        if self.name == name:
            return
        self.stop()
        self.name, self.since = name, time.perf_counter()
        self.total, self.done = 0, set()
        self.note(name)

    def expect(self, total: int) -> None:
        """Take notice that there is so much to be done; 0 where that is not known."""
        self.total = total
        self.note(self.name, len(self.done), total)

    def count_one(self, name: str) -> None:
        """Take notice that what is called *name* is done; the second time makes no difference."""
        self.done.add(name)
        self.note(self.name, len(self.done), self.total)

    def stop(self) -> None:
        """End the phase."""
        if self.name:
            spent = time.perf_counter() - self.since
            self.phases[self.name] = self.phases.get(self.name, 0.0) + spent
        self.name = ""
