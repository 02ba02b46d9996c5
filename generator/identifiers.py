"""Ids: the short names that links and addresses are made of."""

import re

from generator.diagnostics import Diagnostic
from generator.spans import Span
from generator.words import plain_slug

LONGEST_ID = 100

_SLUG = re.compile(r"[a-z0-9-]+")
_LOCATOR = re.compile(r"[pcfl][0-9]+(?:-[pcfl][0-9]+)?")
# Windows opens a device instead of a file of such a name, whatever its suffix.
_DEVICE = re.compile(r"con|prn|aux|nul|com[0-9]|lpt[0-9]")


def check_id(id: str, path: str, span: Span | None = None) -> tuple[Diagnostic, ...]:
    """Return what is wrong with *id*, at *span* of the file at *path*; at most one ``id-invalid``.

    Whether two things share an id is not asked here.
    """
    fault = _fault(id)
    if not fault:
        return ()
    other = proposal(id)
    help = f"call it `{other}`" if other else "choose a name of letters a to z, digits and hyphens"
    shown = id if len(id) <= LONGEST_ID else f"{id[:40]}…"
    return (Diagnostic("id-invalid", f"the id `{shown}` {fault}", path, span, help),)


def proposal(text: str) -> str:
    """Return a valid id made from *text*, for a message to offer; "" if nothing of it is left."""
    slug = plain_slug(text)
    if len(slug) > LONGEST_ID:
        slug = slug[:LONGEST_ID].rpartition("-")[0] or slug[:LONGEST_ID]
    return f"the-{slug}" if slug and _fault(slug) else slug


def _fault(id: str) -> str:
    if not _SLUG.fullmatch(id):
        return "has other characters than a to z, digits and hyphens" if id else "is empty"
    if len(id) > LONGEST_ID:
        return f"is longer than {LONGEST_ID} characters"
    if _LOCATOR.fullmatch(id):
        return "looks like a place in a text"
    if id == "index":
        return "is taken by the list of all of its kind"
    if _DEVICE.fullmatch(id):
        return "is the name of a device on Windows"
    return ""
