"""What a source's facts may hold: what a page claims about itself is checked like any input."""

from generator.kinds import READERS, Key, Kind, Unfit
from generator.pairs import Scalar
from generator.spans import Span


def fitting(words: str, kind: Kind) -> str:
    """Return *words* if a setting of *kind* may hold them, else nothing."""
    read = READERS[kind](Scalar(words, words, Span(0, 0)), Key("", kind))
    return "" if isinstance(read, Unfit) else words
