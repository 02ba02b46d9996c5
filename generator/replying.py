"""Replying: which note answers which, and what a reply without words of its own is about."""

from collections.abc import Iterable, Mapping

from generator.diagnostics import Diagnostic, Outcome
from generator.model import Annotation
from generator.sparing import sparing
from generator.words import nearest_id

Parents = Mapping[str, Annotation]


def find_parents(annotations: Iterable[Annotation]) -> Outcome[Parents]:
    """Return, by the id of each reply, the note that it answers.

    A reply to nothing is an error and answers none. So is a circle of replies, at the note of it
    that comes first, which then answers none.
    """
    by_id = {annotation.id: annotation for annotation in annotations}
    guess = sparing(lambda word: nearest_id(word, by_id), None)
    parents: dict[str, Annotation] = {}
    problems: list[Diagnostic] = []
    for annotation in by_id.values():
        if annotation.re in by_id:
            parents[annotation.id] = by_id[annotation.re]
        elif annotation.re:
            problems.append(_unknown_parent(annotation, guess(annotation.re)))
    for circle in _find_circles(parents):
        problems.append(_circular(by_id[circle[0]], circle))
        del parents[circle[0]]
    return Outcome(parents, tuple(problems))


def find_roots(annotations: Iterable[Annotation], parents: Parents) -> Mapping[str, Annotation]:
    """Return, by id, the note up the chain of replies that says what each is about.

    That is the nearest with a target of its own, else the last, and mostly the note itself.
    """
    roots: dict[str, Annotation] = {}
    for annotation in annotations:
        chain: list[Annotation] = []
        note = annotation
        while note.id not in roots and not note.targets and note.id in parents:
            chain.append(note)
            note = parents[note.id]
        root = roots.setdefault(note.id, note)
        for reply in chain:
            roots[reply.id] = root
    return roots


def _find_circles(parents: Parents) -> list[tuple[str, ...]]:
    """Return the ids of every circle of replies, the one written first at the head."""
    order = {id: number for number, id in enumerate(parents)}
    circles: list[tuple[str, ...]] = []
    done: set[str] = set()
    for id in parents:
        path: dict[str, None] = {}
        while id in parents and id not in done and id not in path:
            path[id] = None
            id = parents[id].id
        if id in path:
            members = list(path)[list(path).index(id) :]
            at = members.index(min(members, key=order.__getitem__))
            circles.append((*members[at:], *members[:at]))
        done.update(path)
    return circles


def _circular(annotation: Annotation, circle: tuple[str, ...]) -> Diagnostic:
    if len(circle) == 1:
        message, help = "the note replies to itself", "name another note, or take `re` out"
    else:
        shown = " to ".join(repr(id) for id in (*circle[:4], circle[0]))
        message = f"these notes reply to each other in a circle: {shown}"
        help = "take `re` out of the one that was there first"
    place = dict(annotation.places).get("re", annotation.place)
    return Diagnostic("re-unknown", message, annotation.path, place, help)


def _unknown_parent(annotation: Annotation, close: str | None) -> Diagnostic:
    place = dict(annotation.places).get("re", annotation.place)
    message = f"there is no note {annotation.re!r} to reply to"
    help = f"did you mean {close!r}?" if close else "`re` is the id of a note"
    return Diagnostic("re-unknown", message, annotation.path, place, help)
