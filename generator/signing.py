"""Signing: a short name for a quotation as it was typed, which another quotation never has."""

import json
from collections.abc import Sequence

from generator.characters import fold_words
from generator.digests import digest_bytes
from generator.model import RangeSelector, Selector, Target, TextQuoteSelector

Readings = Sequence[Sequence[Selector]]


def sign_target(target: Target) -> str:
    """Return what stands for the words and places of *target*, wherever its note is written."""
    return sign_words(target.readings, target.locators)


def sign_words(readings: Readings, locators: Sequence[str] = (), within: str = "") -> str:
    """Return what stands for a quotation: its words with their context, and where they must be.

    *within* is the signature of the target inside which they must be, for a narrower quotation.
    What does not matter when words are looked up does not matter here. It tells nothing that the
    file with the quotation does not say in plain words.
    """
    spelt = [[_spell(selector) for selector in reading] for reading in readings]
    return digest_bytes(json.dumps([within, list(locators), spelt]).encode())


def _spell(selector: Selector) -> list[object]:
    match selector:
        case TextQuoteSelector(exact, prefix, suffix):
            return [fold_words(prefix), fold_words(exact), fold_words(suffix)]
        case RangeSelector(start, end):
            return [_spell(start), _spell(end)]
