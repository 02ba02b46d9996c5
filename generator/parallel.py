"""Parallel: a pure function over many tasks, on any ``concurrent.futures.Executor`` or on none.

Results come in the order of the tasks whatever the executor does, so that nothing which is made
depends on it. This module knows no noun of the field.
"""

import os
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Executor, Future
from functools import partial
from itertools import islice
from types import TracebackType
from typing import Self, TypeVar

Task = TypeVar("Task")
Result = TypeVar("Result")

# Enough batches that workers end together, and few enough that the way there costs little.
_BATCHES_EACH = 6
_AHEAD = 3


def run_all(
    function: Callable[[Sequence[Task]], list[Result]],
    tasks: Sequence[Task],
    executor: Executor | None = None,
    workers: int = 1,
) -> Iterator[Result]:
    """Yield what *function* makes of *tasks*, a batch at a time, in their order.

    *function* is a module's own and its tasks and results can be pickled. Without an *executor* it
    is called here. At most a few batches for each of the *workers* are under way, so that results
    which nobody has taken yet do not pile up.
    """
    if executor is None:
        yield from function(tasks)
        return
    size = max(1, -(-len(tasks) // (workers * _BATCHES_EACH)))
    batches = (tasks[start : start + size] for start in range(0, len(tasks), size))
    waiting: list[Future[list[Result]]] = []
    try:
        for batch in islice(batches, workers * _AHEAD):
            waiting.append(executor.submit(function, batch))
        while waiting:
            yield from waiting.pop(0).result()
            for batch in islice(batches, 1):
                waiting.append(executor.submit(function, batch))
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
        self, function: Callable[[Sequence[Task]], list[Result]], tasks: Sequence[Task]
    ) -> Iterator[Result]:
        """Yield what *function* makes of *tasks*, by as many hands as there are."""
        if self._given is not None or self.jobs < 2:
            return run_all(function, tasks, self._given, self.jobs)
        # Imported here: a build that needs no other process shall not wait for this.
        from generator.processes import start_processes, work

        if self._own is None:
            self._own = start_processes(self.jobs)
        return run_all(partial(work, function), tasks, self._own, self.jobs)


def count_processors() -> int:
    """Return how many processors this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1
