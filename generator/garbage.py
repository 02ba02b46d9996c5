"""Garbage: how often the interpreter looks for objects that only hold each other."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager

# So many new objects make a search, fifty searches one of what outlived them. A build makes
# millions that stay and hardly any circles: by the interpreter's own counts a tenth of its time
# would go into walking over them again and again.
_NEW, _SEARCHES, _DEEP_SEARCHES = 50_000, 50, 1000


@contextmanager
def collected_seldom() -> Iterator[None]:
    """Let searches for circles of objects be rare meanwhile, in the whole process."""
    before = gc.get_threshold()
    gc.set_threshold(_NEW, _SEARCHES, _DEEP_SEARCHES)
    try:
        yield
    finally:
        gc.set_threshold(*before)
