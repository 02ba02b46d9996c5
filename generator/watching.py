"""Watching: how work tells whoever waits for it how far it is."""

from typing import Protocol


class Watch(Protocol):
    """Is told which *phase* of the work it is, and how many of how many are *done* in it.

    Both numbers are 0 as long as nothing is counted, *total* also where nobody knows it yet. It
    may be called often, and what it does must not matter to what is made.
    """

    def __call__(self, phase: str, done: int = 0, total: int = 0) -> None:
        """Take notice of it."""
