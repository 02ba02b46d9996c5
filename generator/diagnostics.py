"""Problems found in the input, as values: made by stages, shown by the command line."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Generic, TypeVar

from generator.spans import Span

T = TypeVar("T", covariant=True)


class Severity(StrEnum):
    """How much a problem matters: an error is never published silently."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """One problem, at one place, that its author can repair.

    *code* is a key of ``catalogue.CODES``, which holds its severity. *path* is relative to the
    root. *span* counts code points of the file's text (``TextFile``); None means the whole file.
    *message* is lower case without a full stop; *help* offers the repair.
    """

    code: str
    message: str
    path: str
    span: Span | None = None
    help: str = ""


@dataclass(frozen=True, slots=True)
class Outcome(Generic[T]):
    """What every reader and check returns: a value, and the problems met on the way to it."""

    value: T
    diagnostics: tuple[Diagnostic, ...] = ()
