"""Parallel: a pure function over many tasks, on any ``concurrent.futures.Executor`` or on none.

Results come in the order of the tasks whatever the executor does, so that nothing which is made
depends on it. This module knows no noun of the field.
"""

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Executor, Future
from itertools import islice
from typing import TypeVar

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
        for task in tasks:
            yield from function((task,))
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
