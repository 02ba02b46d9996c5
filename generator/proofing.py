"""Proofing: what is wrong with the templates of a theme, found once and kept between builds."""

from collections.abc import Sequence
from contextlib import suppress

from generator.codec import Unreadable, decode, encode, fingerprint
from generator.diagnostics import Diagnostic
from generator.render.theme import check_syntax
from generator.spans import TextFile
from generator.store import Store

_FAULTS = tuple[Diagnostic, ...]


def check_once(store: Store, files: Sequence[TextFile]) -> tuple[Diagnostic, ...]:
    """Return what is wrong with the templates *files*, kept in *store* from when it was found."""
    key = "faults " + fingerprint(tuple((file.path, file.text) for file in files))
    content = store.get(key)
    if content is not None:
        with suppress(Unreadable):
            return decode(_FAULTS, content)
    faults = check_syntax(files)
    store.put(key, encode(faults))
    return faults
