"""The law of builds: after any sequence of edits a warm build equals one from nothing.

Byte for byte, problems included, with any number of workers, on a disk and in the memory of a
server. A sequence has 30 steps, and its number is the seed of all that happens in it: they are the
same everywhere, but with ``--hypothesis-profile random``, which begins at a random number.
``POSTIL_LAW_FIRST`` says where to begin, ``POSTIL_LAW_SEQUENCES`` how many to try at most (2), and
``POSTIL_LAW_SECONDS`` after which time to begin no other (any number in it).
"""

import math
import os
import secrets
import time
from itertools import count, takewhile

from hypothesis import HealthCheck, Phase, seed, settings
from hypothesis.stateful import run_state_machine_as_test

import generator.portioning
import generator.render.sheets
import generator.studies
from tests.warm.calm import Calm
from tests.warm.machine import Warm
from tests.warm.workshop import Workshop

STEPS = 30
# A sequence is on a site where everything happens, or on one where most of it stands.
MACHINES = (Warm, Calm)
# What is kept lets a site be made at once, or some commentaries at a time, of so many bytes.
PORTIONS = (None, 700, 1)
SECONDS = float(os.environ.get("POSTIL_LAW_SECONDS", math.inf))
# Everybody's tests stay short.
SEQUENCES = float(os.environ.get("POSTIL_LAW_SEQUENCES", 2 if SECONDS == math.inf else math.inf))


def test_a_warm_build_equals_a_clean_one(monkeypatch):
    """Whatever happened to inputs, site and cache, the next build is what it would be anyway."""
    monkeypatch.setattr(generator.studies, "WORTH_SHARING", 0)
    monkeypatch.setattr(generator.render.sheets, "WORTH_SHARING", 0)
    Workshop.kinds.clear()
    Calm.stood = 0
    chance = 0 if settings().derandomize else secrets.randbelow(2**32)
    first = int(os.environ.get("POSTIL_LAW_FIRST", chance))
    begin, tried = time.monotonic(), 0
    for number in takewhile(lambda _: time.monotonic() - begin < SECONDS, count(first)):
        if tried == SEQUENCES:
            break
        portion = PORTIONS[number // len(MACHINES) % len(PORTIONS)]
        with monkeypatch.context() as patch:
            if portion:
                patch.setattr(generator.portioning, "PORTION", portion)
                patch.setattr(generator.portioning, "LARGE", 0)
            try_sequence(number)
        tried += 1
    kinds = Workshop.kinds
    steps = sum(kinds.values())
    print(f"the law held for {steps} steps of {len(kinds)} kinds in {tried} sequences")
    print(", ".join(f"{kind} {times}" for kind, times in kinds.most_common()))
    print(f"{Calm.stood} times a commentary stood")
    assert steps > 0
    assert len(kinds) > 1, "Hypothesis tried its simplest example only"
    assert tried < len(MACHINES) or Calm.stood > 0, "nothing stood"


def try_sequence(number: int) -> None:
    """Try the law on the sequence of that *number*."""
    chosen = settings(
        max_examples=1,
        stateful_step_count=1 + STEPS,  # the first one begins
        derandomize=False,
        database=None,
        phases=[Phase.generate, Phase.shrink],
        suppress_health_check=list(HealthCheck),
    )
    try:
        machine = MACHINES[number % len(MACHINES)]
        run_state_machine_as_test(seed(number)(machine), settings=chosen)
    except BaseException as error:
        error.add_note(f"this was sequence {number}: POSTIL_LAW_FIRST={number}")
        raise
