"""A page: its address, the template that draws it, and all that the template gets."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Page:
    """What is made of a site at one address; *view* is a frozen dataclass, complete."""

    url: str
    template: str
    view: object
