"""Speaking: who speaks in a passage, and when."""

from generator.locating import Gazetteer, locate
from generator.model import Passage, Source
from generator.site import CommentedSource


def find_speaker(source: Source, gazetteer: Gazetteer, passage: Passage) -> str:
    """Return who speaks in *passage*: whom ``[speakers]`` names for the innermost place around it.

    Otherwise it is the source's speaker, but for a thread, where nobody speaks unless named; ""
    stands for nobody.
    """
    found = ""
    smallest = 1 << 60
    for label, actor in source.speakers:
        place = locate(gazetteer, label)
        size = place.span.end - place.span.start if place else 0
        if place and place.span.covers(passage.span) and size < smallest:
            found, smallest = actor, size
    if found:
        return found
    comments = (loc.span for loc in gazetteer.locators.values() if loc.kind == "comment")
    in_thread = any(span.meets(passage.span) for span in comments) and not _is_all(passage)
    return "" if in_thread else source.speaker


def find_date(source: CommentedSource, passage: Passage) -> str:
    """Return when *passage* was said: the date of the comment around it, else of *source*.

    "" if neither is known. A passage that is more than one comment has the source's.
    """
    for locator in source.gazetteer.locators.values():
        if locator.kind == "comment" and locator.span.covers(passage.span):
            elements = source.document.elements
            dates = (each.get("date") for each in elements if each.get("id") == locator.anchor)
            return next(filter(None, dates), source.source.date)
    return source.source.date


def _is_all(passage: Passage) -> bool:
    return passage.whole and not passage.labels
