"""Parallel: a pure function over many tasks, on any ``concurrent.futures.Executor`` or on none.

Results come in the order of the tasks whatever the executor does, so that nothing which is made
depends on it. This module knows no noun of the field.
"""

import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Executor, Future
from functools import partial
from itertools import chain
from types import TracebackType
from typing import Generic, Self, TypeVar

Task = TypeVar("Task")
Result = TypeVar("Result")

# Batches that are under way for each worker: one at work, and the next ones at hand.
_AHEAD = 3


class Load(Generic[Task]):
    """Tasks as they come, and their weights.

    They are taken from *tasks* no sooner than they are needed, so that others can be at work on the
    first while the next are still being thought of.
    """

    def __init__(self, tasks: Iterable[Task], weigh: Callable[[Task], int]) -> None:
        self._tasks, self._weigh = iter(tasks), weigh
        self._taken: list[Task] = []

    def __iter__(self) -> Iterator[Task]:
        return chain(self._taken, self._tasks)

    def outweighs(self, worth: int) -> bool:
        """Tell whether the tasks weigh *worth* at least; no more are taken than tells.

        The heaviest does not count: it is one worker's, and only what others can do meanwhile is
        worth their coming.
        """
        total = heaviest = 0
        for task in self._tasks:
            self._taken.append(task)
            weight = self._weigh(task)
            total, heaviest = total + weight, max(heaviest, weight)
            if total - heaviest >= worth:
                return True
        return False

    def cut(self, weight: int) -> Iterator[list[Task]]:
        """Yield all tasks in their order, in batches that weigh *weight* or little more."""
        batch, total = list[Task](), 0
        for task in self:
            batch.append(task)
            total += self._weigh(task)
            if total >= weight:
                yield batch
                batch, total = [], 0
        if batch:
            yield batch


def run_all(
    function: Callable[[Sequence[Task]], list[Result]],
    batches: Iterable[Sequence[Task]],
    executor: Executor | None = None,
    workers: int = 1,
) -> Iterator[Result]:
    """Yield what *function* makes of each task of the *batches*, in their order.

    *function* is a module's own and its tasks and results can be pickled. Without an *executor* it
    is called here. At most a few batches for each of the *workers* are under way, so that results
    which nobody has taken yet do not pile up.
    """
    if executor is None:
        for batch in batches:
            yield from function(batch)
        return
    waiting: deque[Future[list[Result]]] = deque()
    try:
        for batch in batches:
            waiting.append(executor.submit(function, batch))
            while waiting and (len(waiting) >= workers * _AHEAD or waiting[0].done()):
                yield from waiting.popleft().result()
        while waiting:
            yield from waiting.popleft().result()
    finally:
        for future in waiting:
            future.cancel()


class Hands:
    """The workers that a build may call on: none, or an executor made when it is first wanted.

    *jobs* is how many processes may work; 1 keeps all work here, 0 stands for the processors that
    there are. With *executor* somebody else's workers do it, and it is left as it is at the end.
    """

    def __init__(self, jobs: int = 1, executor: Executor | None = None) -> None:
        self.jobs = jobs or count_processors()
        self._given = executor
        self._own: Executor | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._own is not None:
            if error is not None:
                from generator.processes import end_processes

                end_processes()
            self._own.shutdown(wait=True, cancel_futures=True)
            self._own = None

    @property
    def are_many(self) -> bool:
        """Tell whether work can be shared at all."""
        return self._given is not None or self.jobs > 1

    def run(
        self,
        function: Callable[[Sequence[Task]], list[Result]],
        batches: Iterable[Sequence[Task]],
    ) -> Iterator[Result]:
        """Yield what *function* makes of the tasks of *batches*, by as many hands as there are."""
        if self._given is not None or self.jobs < 2:
            return run_all(function, batches, self._given, self.jobs)
        # Imported here: a build that needs no other process shall not wait for this.
        from generator.processes import start_processes, work

        if self._own is None:
            self._own = start_processes(self.jobs)
        return run_all(partial(work, function), batches, self._own, self.jobs)


def count_processors() -> int:
    """Return how many processors this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1
