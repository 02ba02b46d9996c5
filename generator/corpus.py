"""Gathering: everything that was read, under its id; no id means two things."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from generator.config import Config
from generator.diagnostics import Diagnostic, Outcome
from generator.model import Annotation, Document, FreePage, Source


@dataclass(frozen=True, slots=True)
class Corpus:
    """All that authors wrote, read and gathered; drafts are among it.

    *sources* is in the order of ids, *annotations* in that of files and places, *files* holds the
    paths of pictures and files that a page may use. *broken* are the ids of sources that are there
    but could not be read: that was said once, and what leads to them is no further mistake.
    """

    config: Config
    sources: tuple[tuple[Source, Document], ...]
    annotations: tuple[Annotation, ...]
    pages: tuple[FreePage, ...]
    files: tuple[str, ...]
    broken: frozenset[str] = frozenset()


def gather(
    config: Config,
    sources: Iterable[tuple[Source, Document]],
    annotations: Iterable[Annotation],
    pages: Iterable[FreePage],
    files: Iterable[str],
) -> Outcome[Corpus]:
    """Return the corpus; of two things with one id the later is told so and gets a number."""
    ordered = tuple(sorted(sources, key=lambda pair: pair[0].id))
    owners = {source.id: source.path for source, _ in ordered}
    problems: list[Diagnostic] = []
    notes: list[Annotation] = []
    for note in sorted(annotations, key=lambda note: (note.path, note.place)):
        if note.id in owners:
            problems.append(
                Diagnostic(
                    "id-duplicate",
                    f"the id {note.id!r} is taken by {owners[note.id]}",
                    note.path,
                    note.place,
                    "give this note another id at the end of its heading: {#another-id}",
                )
            )
            note = replace(note, id=_free_id(note.id, owners))
        owners[note.id] = note.path
        notes.append(note)
    corpus = Corpus(
        config,
        ordered,
        tuple(notes),
        tuple(sorted(pages, key=lambda page: (page.order, page.slug))),
        tuple(sorted(files)),
    )
    return Outcome(corpus, tuple(problems))


def _free_id(id: str, taken: Iterable[str]) -> str:
    number, known = 2, set(taken)
    while f"{id}-{number}" in known:
        number += 1
    return f"{id}-{number}"
