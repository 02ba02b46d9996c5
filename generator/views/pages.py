"""A page: its address, the template that draws it, and all that the template gets."""

from dataclasses import dataclass
from typing import Protocol

from generator.views.shown import Frame


class Framed(Protocol):
    """What a template gets: a frozen dataclass that is complete, with a frame among the rest."""

    @property
    def frame(self) -> Frame:
        """What stands around the page."""


@dataclass(frozen=True, slots=True)
class Page:
    """What is made of a site at one address."""

    url: str
    template: str
    view: Framed


@dataclass(frozen=True, slots=True)
class Stood:
    """A page made before that nobody need make again: *key* is that of what is kept of it."""

    url: str
    title: str
    key: str
