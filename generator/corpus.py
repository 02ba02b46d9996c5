"""Gathering: everything that was read, under its id; no id means two things."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import PurePosixPath
from typing import TypeVar

from generator.addresses import RESERVED_PAGES
from generator.config import Config
from generator.diagnostics import Diagnostic, Outcome
from generator.editions import Edition
from generator.model import Actor, Annotation, Document, FreePage, Issue, Source
from generator.outline import Outline
from generator.spans import TextFile

_NO_TEXTS: Mapping[str, TextFile] = {}


@dataclass(frozen=True, slots=True)
class Corpus:
    """All that authors wrote, as read; drafts are among it.

    *files* are the paths of pictures and files that a page may use. *broken* has the ids of
    sources, actors and issues and the paths of other files that are there but could not be read:
    that was said once, and what leads to them is no further mistake. *outlines* stand in for texts
    that are not here. *editions* are, by id, what readers see of sources under restricted rights:
    where there is one, the source's document is that of the edition.
    """

    config: Config
    sources: tuple[tuple[Source, Document], ...] = ()
    annotations: tuple[Annotation, ...] = ()
    pages: tuple[FreePage, ...] = ()
    files: tuple[str, ...] = ()
    broken: frozenset[str] = frozenset()
    actors: tuple[Actor, ...] = ()
    issues: tuple[Issue, ...] = ()
    outlines: tuple[tuple[Source, Outline], ...] = ()
    editions: Mapping[str, Edition] = field(default_factory=dict)


def gather(corpus: Corpus, texts: Mapping[str, TextFile] = _NO_TEXTS) -> Outcome[Corpus]:
    """Put *corpus* in order: sources, actors, issues and files by name, notes by file and place.

    Of two notes with one id the later is told so and gets a number; an actor or an issue whose id
    is taken is told so and left out. A page whose address the site needs for itself is refused.
    *texts* are the files by path, to say in which line an id was given first.
    """
    sources = tuple(sorted(corpus.sources, key=lambda pair: pair[0].id))
    ordered = sorted(corpus.annotations, key=lambda note: (note.path, note.place))
    owners = _own_broken(corpus.broken)
    outlines = tuple(sorted(corpus.outlines, key=lambda pair: pair[0].id))
    owners |= {source.id: source.path for source, _ in (*sources, *outlines)}
    actors = _keep_first(sorted(corpus.actors, key=lambda actor: actor.id), owners)
    issues = _keep_first(sorted(corpus.issues, key=lambda issue: issue.id), owners)
    lost = {each.id for each in corpus.actors} - {each.id for each in actors.value}
    lost |= {each.id for each in corpus.issues} - {each.id for each in issues.value}
    notes = tuple(_tell_apart(ordered, owners, texts))
    refused = [page for page in corpus.pages if _is_reserved(page)]
    pages = [page for page in corpus.pages if not _is_reserved(page)]
    problems = [outcome.diagnostics for outcome in notes]
    problems += [(_reserved(page),) for page in refused]
    problems += [actors.diagnostics, issues.diagnostics]
    gathered = Corpus(
        corpus.config,
        sources,
        tuple(outcome.value for outcome in notes),
        tuple(sorted(pages, key=lambda page: (page.order, page.slug))),
        tuple(sorted(corpus.files)),
        corpus.broken | {page.path for page in refused} | lost,
        actors.value,
        issues.value,
        outlines,
    )
    return Outcome(gathered, tuple(problem for found in problems for problem in found))


def _own_broken(broken: Iterable[str]) -> dict[str, str]:
    """Return the ids of what could not be read, each with its file or folder."""
    codebook = (f"content/{kind}/" for kind in ("actors", "issues"))
    files = [path for folder in codebook for path in broken if path.startswith(folder)]
    ids = {PurePosixPath(path).stem: path for path in sorted(files)}
    return {id: f"seeds/{id}" for id in broken if "/" not in id} | ids


Coded = TypeVar("Coded", Actor, Issue)


def _keep_first(known: Iterable[Coded], owners: dict[str, str]) -> Outcome[tuple[Coded, ...]]:
    """Return those of *known* whose id nobody has, and add them to *owners*."""
    kept: list[Coded] = []
    problems: list[Diagnostic] = []
    for each in known:
        if owners.get(each.id, each.path) == each.path:
            owners[each.id] = each.path
            kept.append(each)
            continue
        message = f"the id {each.id!r} is taken by {owners[each.id]}"
        help = "rename one of the two: sources, notes, actors and issues share one set of ids"
        problems.append(Diagnostic("id-duplicate", message, each.path, None, help))
    return Outcome(tuple(kept), tuple(problems))


def _tell_apart(
    notes: list[Annotation], owners: Mapping[str, str], texts: Mapping[str, TextFile]
) -> Iterator[Outcome[Annotation]]:
    """Yield the notes; one whose id is taken has a problem, and an id that nobody has."""
    first: dict[str, Annotation] = {}
    taken = {*owners, *(note.id for note in notes)}
    numbers: dict[str, int] = {}
    for note in notes:
        if note.id not in first and note.id not in owners:
            first[note.id] = note
            yield Outcome(note)
            continue
        number = numbers.get(note.id, 1) + 1
        while f"{note.id}-{number}" in taken:
            number += 1
        numbers[note.id] = number
        owner = owners.get(note.id) or _locate(first[note.id], note.path, texts)
        problem = Diagnostic(
            "id-duplicate",
            f"the id {note.id!r} is taken by {owner}",
            note.path,
            note.place,
            "give this note another id at the end of its heading: {#another-id}",
        )
        yield Outcome(replace(note, id=f"{note.id}-{number}"), (problem,))


def _locate(first: Annotation, path: str, texts: Mapping[str, TextFile]) -> str:
    """Return where the note *first* is, for a sentence about one in the file at *path*."""
    file = texts.get(first.path)
    line = file.line_column(first.place.start)[0] if file else 0
    if line and first.path == path:
        return f"the note in line {line}"
    return f"the note at {first.path}:{line}" if line else first.path


def _is_reserved(page: FreePage) -> bool:
    return page.slug in RESERVED_PAGES and page.slug != "index"


def _reserved(page: FreePage) -> Diagnostic:
    message = f"the site needs the address {page.slug} for itself"
    help = f"rename the file, for instance to about-{page.slug}.md"
    return Diagnostic("id-invalid", message, page.path, None, help)
