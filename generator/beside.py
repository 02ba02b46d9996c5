"""Beside: which notes come before and after those of a source, in the order of the whole site."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from generator.site import Site
from generator.views.entries import Summary


class Neighbour(NamedTuple):
    """The address and title of a note, and its language, all empty where there is none."""

    url: str = ""
    title: str = ""
    lang: str = ""


Around = tuple[Neighbour, Neighbour]
ALONE: Around = (Neighbour(), Neighbour())


def list_ends(summaries: Iterable[Summary]) -> Iterator[tuple[str, Around]]:
    """Yield the first and the last note of each source that has any."""
    for summary in summaries:
        if summary.notes:
            links = (summary.notes[0].link, summary.notes[-1].link)
            first, last = (Neighbour(each.url, each.title, each.lang) for each in links)
            yield summary.id, (first, last)


def look_around(ends: Iterable[tuple[str, Around]]) -> Mapping[str, Around]:
    """Return the notes before and after those of each source that has some: these are the *ends*.

    Sources come in the order of their ids, and last, under "", the notes without one.
    """
    ordered = sorted(ends, key=lambda each: (each[0] == "", each[0]))
    befores = [Neighbour(), *(last for _, (_, last) in ordered)]
    afters = [*(first for _, (first, _) in ordered[1:]), Neighbour()]
    # There is one before the first who has nobody behind.
    around = zip(befores, afters, strict=False)
    return {id: each for (id, _), each in zip(ordered, around, strict=False)}


def list_ends_of(site: Site) -> Iterator[tuple[str, Around]]:
    """Yield the same for the sources that are on *site* itself."""
    ends: dict[str, list[Neighbour]] = defaultdict(list)
    for note in site.notes:
        lang = note.annotation.lang or site.config.language
        ends[note.source].append(Neighbour(note.url, note.title, lang))
    for id, found in ends.items():
        yield id, (found[0], found[-1])
