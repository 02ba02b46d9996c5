"""Chance in tests: examples that are the same everywhere, and many new ones for who asks.

Whatever decides whether a change may land tries a law on the same examples each time: it must not
fail because somebody else's luck ran out. Chance is let in by ``--hypothesis-profile random``.
"""

from hypothesis import HealthCheck, settings

FIXED, RANDOM = "fixed", "random"
# How often Hypothesis tries a law that says nothing about it.
_USUAL = 100
_MANY = 20
# How long an example takes is never what a test is about: a busy machine is no failure.
_UNHURRIED = {"deadline": None, "suppress_health_check": [HealthCheck.too_slow]}

settings.register_profile(
    FIXED, max_examples=_USUAL, derandomize=True, print_blob=True, **_UNHURRIED
)
settings.register_profile(
    RANDOM, max_examples=_MANY * _USUAL, derandomize=False, print_blob=True, **_UNHURRIED
)


def examples(usual: int) -> int:
    """Return how often to try a law that is tried *usual* times where the examples are fixed."""
    return usual * settings().max_examples // _USUAL
