"""Reasons: why a page was made again, kept for whoever asks (``explain URL``)."""

import zlib
from typing import NamedTuple

from generator.codec import Unreadable, decode, encode, take_apart
from generator.render.sheets import Press, Sheet
from generator.store import Store


class Parts(NamedTuple):
    """What a page was made from: the digest of theme and language, and its view's fields.

    A field has a checksum, which costs little: no page depends on it, only what is said of one.
    """

    press: str
    template: str
    view: tuple[tuple[str, int], ...]


class Reason(NamedTuple):
    """Why a page was made the last time that it was; *parts* is what it was made from."""

    words: tuple[str, ...]
    parts: Parts


def note_reason(store: Store, press: Press, sheet: Sheet) -> None:
    """Keep why the page of *sheet* is made now: what is not as it was the last time."""
    before = recall_reason(store, sheet.url)
    parts = _take_apart(press, sheet)
    words = _compare(before.parts, parts) if before else ("it is new, or nothing was kept of it",)
    store.put(f"reason {sheet.url}", encode(Reason(words, parts)))


def recall_reason(store: Store, url: str) -> Reason | None:
    """Return why the page at *url* was made the last time; None if nothing is known of it."""
    content = store.get(f"reason {url}")
    try:
        return decode(Reason, content) if content else None
    except Unreadable:
        return None


def keep_reason(store: Store, url: str) -> None:
    """Let what is known of the page at *url* stay known: it was not made again."""
    store.keep(f"reason {url}")


def _take_apart(press: Press, sheet: Sheet) -> Parts:
    parts = take_apart(sheet.view).items()
    sums = tuple((name, zlib.crc32(part)) for name, part in parts)
    return Parts(press.digest, sheet.template, sums)


def _compare(before: Parts, now: Parts) -> tuple[str, ...]:
    words = []
    if before.press != now.press:
        words.append("the theme or the language of the interface changed")
    if before.template != now.template:
        words.append("it has another template")
    old, new = dict(before.view), dict(now.view)
    words += (f"its {name} changed" for name in new if old.get(name) != new[name])
    return tuple(words) or ("its file in the site was not what was written there",)
