"""Work that is shared: taken as it comes, given out in batches, and come back in its order."""

from concurrent.futures import Executor, Future

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.parallel import Hands, Load, run_all

WEIGHTS = st.lists(st.integers(0, 20), max_size=30)


def be(weight):
    """Weigh a task that is its own weight."""
    return weight


def double(numbers):
    """Return twice each of *numbers*."""
    return [2 * number for number in numbers]


class Slow(Executor):
    """An executor that does nothing before it is asked what came of it; *open* is under way."""

    def __init__(self):
        self.open = 0

    def submit(self, function, batch):
        """Take on a batch."""
        self.open += 1
        return _Promise(self, function, batch)


class _Promise(Future):
    def __init__(self, executor, function, batch):
        super().__init__()
        self._work = executor, function, batch

    def result(self, timeout=None):
        executor, function, batch = self._work
        executor.open -= 1
        return function(batch)


@given(WEIGHTS, st.integers(0, 60))
def test_a_load_outweighs(weights, worth):
    """The heaviest task does not count; nothing that was taken is lost."""
    load = Load(iter(weights), be)
    assert load.outweighs(worth) == (bool(weights) and sum(weights) - max(weights) >= worth)
    assert weights == list(load)


def test_a_load_is_taken_as_far_as_it_tells():
    """As soon as the tasks are worth it, no further one is thought of."""
    taken = []
    load = Load((taken.append(each) or each for each in [4, 4, 4, 4, 4]), be)
    assert load.outweighs(8)
    assert [4, 4, 4] == taken


@given(WEIGHTS, st.integers(1, 40))
def test_batches(weights, weight):
    """Each batch but the last weighs as much as is asked, and without its last task less."""
    batches = list(Load(weights, be).cut(weight))
    assert weights == [each for batch in batches for each in batch]
    assert all(sum(batch) >= weight for batch in batches[:-1])
    assert all(sum(batch[:-1]) < weight for batch in batches)
    assert all(batches)


@given(st.lists(st.lists(st.integers(), max_size=4), max_size=12), st.integers(1, 3))
def test_results_come_in_the_order_of_the_tasks(batches, workers):
    """With others at work and without."""
    asked = [each for batch in batches for each in batch]
    assert double(asked) == list(run_all(double, batches))
    assert double(asked) == list(run_all(double, batches, Slow(), workers))


def test_few_batches_are_under_way():
    """Results do not pile up: others are given no more than they will soon be at."""
    executor = Slow()
    most = []
    results = run_all(double, ([number] for number in range(50)), executor, workers=2)
    for _ in results:
        most.append(executor.open)
    assert 50 == len(most)
    assert 3 <= max(most) <= 6


def test_others_begin_before_the_last_task_is_thought_of():
    """Tasks are asked for while the first of them are under way."""
    executor, open_then = Slow(), []

    def think():
        for number in range(4):
            open_then.append(executor.open)
            yield [number]

    assert [0, 2, 4, 6] == list(run_all(double, think(), executor, workers=2))
    assert [0, 1, 2, 3] == open_then


def test_what_is_done_is_taken_at_once():
    """A result that is there does not wait for the next task."""
    done, thought = Future(), []
    done.set_result([2])
    executor = Slow()
    executor.submit = lambda function, batch: done
    results = run_all(double, (thought.append(n) or [n] for n in range(9)), executor, workers=2)
    assert 2 == next(results)
    assert [0] == thought


def test_what_is_under_way_is_cancelled_when_the_thinking_fails():
    """Whoever cannot think of the next task does not wait for the last."""
    executor = Slow()
    cancelled = []

    class Promise(_Promise):
        def cancel(self):
            cancelled.append(True)
            return super().cancel()

    executor.submit = lambda function, batch: Promise(executor, function, batch)

    def think():
        yield [1]
        yield [2]
        raise RuntimeError("no more")

    with pytest.raises(RuntimeError, match="no more"):
        list(run_all(double, think(), executor, workers=2))
    assert [True, True] == cancelled


def test_one_hand_needs_no_others():
    """No process is started for it."""
    with Hands(1) as hands:
        assert not hands.are_many
        assert [2, 4] == list(hands.run(double, [[1], [2]]))
