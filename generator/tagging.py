"""Tags: one page each, under one slug, as they were first written."""

from collections.abc import Iterable, Mapping
from functools import lru_cache
from unicodedata import normalize

from generator.addresses import tag_url
from generator.diagnostics import Diagnostic, Outcome
from generator.model import Annotation
from generator.site import Note, Tag
from generator.words import slug

# File names have at most 255 bytes nearly everywhere, and the suffix is to come.
_LONGEST_SLUG = 200


def name_tags(annotations: Iterable[Annotation]) -> Outcome[Mapping[str, str]]:
    """Return the name of each tag by its spelling: the spelling that was met first.

    Spellings that differ only in case, in composition or in space against hyphen are one tag. Two
    that do not and still share a slug (``c`` and ``c++``) would share a page: an error at the
    later note. What can name no page is an error, and has no name.
    """
    names: dict[str, str] = {}
    firsts: dict[str, str] = {}
    problems: list[Diagnostic] = []
    for note in annotations:
        for tag in note.tags:
            key = _key(tag)
            fault = _find_fault(tag, key, firsts.get(key, tag))
            if fault:
                place = dict(note.places).get("tags", note.place)
                problems.append(Diagnostic("value-invalid", fault[0], note.path, place, fault[1]))
            if _may_name(key):
                names[tag] = firsts.setdefault(key, tag)
    return Outcome(names, tuple(problems))


def collect_tags(notes: Iterable[Note]) -> tuple[Tag, ...]:
    """Return the tags of *notes* in the order of their slugs, each with its notes."""
    members: dict[str, list[str]] = {}
    for note in notes:
        for tag in note.tags:
            members.setdefault(tag, []).append(note.id)
    return tuple(Tag(name, url, tuple(members[name])) for name, url in order_tags(members))


def order_tags(names: Iterable[str]) -> list[tuple[str, str]]:
    """Return the *names* of tags in the order of their slugs, each with the address of its page."""
    return [(name, tag_url(_key(name))) for name in sorted(names, key=_key)]


@lru_cache(1024)
def _key(tag: str) -> str:
    return slug(" ".join(normalize("NFC", tag).split()))


def _may_name(key: str) -> bool:
    return any(map(str.isalnum, key)) and key != "index" and len(key.encode()) <= _LONGEST_SLUG


def _find_fault(tag: str, key: str, first: str) -> tuple[str, str] | None:
    if not _may_name(key):
        shown = tag if len(tag) <= _LONGEST_SLUG else f"{tag[:40]}…"
        return f"the tag {shown!r} cannot name a page", "use a few letters or digits, not `index`"
    if tag != first and _plain(tag) != _plain(first):
        message = f"the tags {first!r} and {tag!r} would share one page, tags/{key}.html"
        return message, "spell them alike, or give one of them another name"
    return None


def _plain(tag: str) -> str:
    return " ".join(normalize("NFC", tag).casefold().replace("-", " ").split())
