"""Tags: one page each, under one slug, as they were first written."""

from collections.abc import Iterable

from generator.addresses import tag_url
from generator.diagnostics import Diagnostic
from generator.model import Annotation
from generator.site import Tag
from generator.words import slug


def collect_tags(
    annotations: Iterable[Annotation], problems: list[Diagnostic]
) -> tuple[tuple[Tag, ...], dict[str, str]]:
    """Return the tags in the order of their slugs, and for each spelling the name that is used.

    Spellings that differ only in case or in space against hyphen are one tag. Two that do not and
    still share a slug (``c`` and ``c++``) would share a page: an error at the later note.
    """
    names: dict[str, str] = {}
    by_slug: dict[str, tuple[str, list[str]]] = {}
    for note in annotations:
        for tag in note.tags:
            key = slug(tag)
            first, members = by_slug.setdefault(key, (tag, []))
            fault = _fault(tag, key, first)
            if fault:
                place = dict(note.places).get("tags", note.place)
                problems.append(Diagnostic("value-invalid", fault[0], note.path, place, fault[1]))
            names[tag] = first
            if note.id not in members:
                members.append(note.id)
    kept = sorted((key, value) for key, value in by_slug.items() if key and key != "index")
    return tuple(Tag(first, tag_url(key), tuple(ids)) for key, (first, ids) in kept), names


def _fault(tag: str, key: str, first: str) -> tuple[str, str] | None:
    if not key or key == "index":
        return f"the tag {tag!r} cannot name a page", "use letters or digits, and not `index`"
    if _plain(tag) != _plain(first):
        message = f"the tags {first!r} and {tag!r} would share one page, tags/{key}.html"
        return message, "spell them alike, or give one of them another name"
    return None


def _plain(tag: str) -> str:
    return " ".join(tag.casefold().replace("-", " ").replace("_", " ").split())
