"""Studies: what a reader makes of a file, recalled if it was made before, shared out if large.

A study is a pure function of a file and a few words: so its outcome, problems included, is kept
under a digest of all that it was made from (a constructive trace), and any process may make it.
"""

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any, NamedTuple, Self, TypeVar

from generator.codec import Unreadable, decode, encode
from generator.diagnostics import Outcome
from generator.digests import digest_bytes
from generator.parallel import Hands, Load
from generator.spans import TextFile
from generator.store import Store

T = TypeVar("T")

# Letters of unread text from which on other processes pay, which take a while to start.
WORTH_SHARING = 1_500_000
# Letters of a batch: many a batch for each worker, so that they end together.
_BATCH = 150_000


class Study(NamedTuple):
    """What is to be made: *function* of the text of the file at *path* and of *arguments*.

    The *key* stands for all that the outcome depends on, but the program itself.
    """

    function: Callable[..., Outcome[Any]]
    path: str
    text: str
    arguments: tuple[str, ...]
    key: str

    @classmethod
    def of(cls, function: Callable[..., Outcome[Any]], file: TextFile, *arguments: str) -> Self:
        """Return the study of *file*."""
        name = f"{function.__module__}.{function.__qualname__}"
        # The text is named by its digest, as it is long, and may well look like the rest.
        text = digest_bytes(file.text.encode("utf-8", "surrogatepass"))
        parts = repr((name, file.path, text, arguments)).encode("utf-8", "surrogatepass")
        return cls(function, file.path, file.text, arguments, f"study {digest_bytes(parts)}")

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
        load = Load(self._list_missing(studies), lambda study: len(study.text))
        if not load.outweighs(WORTH_SHARING):
            return
        asked = deque[Study]()
        for content in self.hands.run(make_all, _note_down(load.cut(_BATCH), asked)):
            study = asked.popleft()
            self.store.put(study.key, content)
            self.tell(study.path)

    def _list_missing(self, studies: Iterable[Study]) -> Iterator[Study]:
        return (each for each in studies if each.is_ours and self.store.get(each.key) is None)

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


def _note_down(batches: Iterable[list[Study]], asked: deque[Study]) -> Iterator[list[Study]]:
    """Yield *batches*, and put what is in them down as *asked* for."""
    for batch in batches:
        asked += batch
        yield batch
