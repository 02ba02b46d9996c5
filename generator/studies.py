"""Studies: what a reader makes of a file, recalled if it was made before, shared out if large.

A study is a pure function of a file and a few words: so its outcome, problems included, is kept
under a digest of all that it was made from (a constructive trace), and any process may make it.
"""

from collections.abc import Callable, Iterable, Sequence
from typing import Any, NamedTuple, TypeVar

from generator.codec import Unreadable, decode, encode, fingerprint
from generator.diagnostics import Outcome
from generator.parallel import Hands
from generator.spans import TextFile
from generator.store import Store

T = TypeVar("T")

# Letters of unread text from which on other processes pay, which take a while to start.
WORTH_SHARING = 1_500_000


class Study(NamedTuple):
    """What is to be made: *function* of the text of the file at *path* and of *arguments*."""

    function: Callable[..., Outcome[Any]]
    path: str
    text: str
    arguments: tuple[str, ...] = ()

    @property
    def key(self) -> str:
        """The digest of all that the outcome depends on, but the program itself."""
        name = f"{self.function.__module__}.{self.function.__qualname__}"
        return "study " + fingerprint((name, self.path, self.text, self.arguments))

    @property
    def is_ours(self) -> bool:
        """Tell whether the program's digest covers the reader, as it does not a site's module."""
        return self.function.__module__.startswith("generator.readers.")

    def make(self) -> Outcome[Any]:
        """Return the outcome, made here and now."""
        return self.function(TextFile(self.path, self.text), *self.arguments)


def make_all(studies: Sequence[Study]) -> list[bytes]:
    """Make *studies* wherever this is called; return their outcomes as bytes."""
    return [encode(study.make()) for study in studies]


def _tell_nobody(path: str) -> None:
    return None


class Studies:
    """Outcomes of studies, from the *store* or made by the *hands* that there are.

    *tell* is told the path of every file of which the outcome is there, perhaps more than once.
    """

    def __init__(
        self, store: Store, hands: Hands, tell: Callable[[str], None] = _tell_nobody
    ) -> None:
        self.store, self.hands, self.tell = store, hands, tell

    def prepare(self, studies: Iterable[Study]) -> None:
        """Make those of *studies* that nobody made before by many hands, if that pays."""
        if not self.hands.are_many:
            return
        ours = (study for study in studies if study.is_ours)
        missing = [study for study in ours if self.store.get(study.key) is None]
        if sum(len(study.text) for study in missing) < WORTH_SHARING:
            return
        made = self.hands.run(make_all, missing)
        for study, content in zip(missing, made, strict=False):
            self.store.put(study.key, content)
            self.tell(study.path)

    def consult(self, study: Study, kind: type[T]) -> T:
        """Return the outcome of *study*, which is of the type *kind*."""
        outcome = self._consult(study, kind)
        self.tell(study.path)
        return outcome

    def _consult(self, study: Study, kind: type[T]) -> T:
        if not study.is_ours:
            return study.make()  # type: ignore[return-value]
        content = self.store.get(study.key)
        if content is not None:
            try:
                return decode(kind, content)
            except Unreadable:
                pass  # it was kept under another's key: it is made again
        outcome = study.make()
        self.store.put(study.key, encode(outcome))
        return outcome  # type: ignore[return-value]
