"""Shelving: whose a note is, in which file it belongs, and where among those that are there."""

import os
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from generator.anchoring import anchor
from generator.diagnostics import Diagnostic
from generator.front_matter import read_front_matter
from generator.model import Annotation, Document
from generator.readers.annotations import FILE_KEYS
from generator.scan import decode, read_bytes, salvage
from generator.schema import check_keys
from generator.spans import Span, TextFile
from generator.starting.files import Refused, refuse_links
from generator.starting.opening import Opened
from generator.words import nearest

Key = tuple[int, int]

FOLDER = "content/annotations"
# What scanning would pass over is no file for notes: hidden ones, and what editors leave behind.
_FILE = re.compile(rf"{FOLDER}/(?:[^./\\#][^/\\]*/)*[^./\\#][^/\\]*\.md", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Shelf:
    """The notes of a site, each with its place in the text of *source*; None if not about it."""

    source: str
    notes: tuple[tuple[Annotation, Key | None], ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    """The file for a note: what it holds, and whose notes on what it says that it has.

    *content* is None where there is no such file yet.
    """

    path: str
    content: bytes | None
    text: TextFile
    source: str
    by: str


@dataclass(frozen=True, slots=True)
class Spoilt:
    """A file that nothing can be added to before its *problems* are mended."""

    file: TextFile
    problems: tuple[Diagnostic, ...]


def key_of(span: Span) -> Key:
    """Return what sorts passages as readers meet them: by their beginning, the longer first."""
    return span.start, -span.end


def fill_shelf(document: Document, notes: Sequence[Annotation]) -> Shelf:
    """Find the place of each of *notes* in *document*."""
    source = document.id
    targets = [target for note in notes for target in note.targets if target.source == source]
    passages = iter(anchor(document, targets).value)
    keyed: list[tuple[Annotation, Key | None]] = []
    for note in notes:
        own = (next(passages) for target in note.targets if target.source == source)
        spans = [passage.span for found in own for passage in found]
        if not note.targets and not note.re and note.source == source:
            spans = [Span(0, len(document.text))]
        keyed.append((note, min(map(key_of, spans), default=None)))
    return Shelf(source, tuple(keyed))


def find_annotator(opened: Opened, asked: str, path: str) -> str:
    """Return who writes: who is *asked* for, else whose file *path* is, else the only one.

    Refuses somebody unknown, and to guess among several.
    """
    known = [annotator.id for annotator in opened.config.annotators]
    if asked and asked not in known:
        close = nearest(asked, known)
        help = f"did you mean {close!r}?" if close else f"add [annotators.{asked}] to site.toml"
        raise Refused(f"there is no annotator {asked!r}: {help}")
    own = {note.by for note in opened.notes if note.path == path}
    mine = own.pop() if len(own) == 1 else ""
    by = asked or (mine if mine in known else "")
    if not by and len(known) > 1:
        ways = " or ".join(f"--by {id}" for id in known)
        raise Refused(f"who writes this note? say {ways}")
    return by or (known[0] if known else "")


def find_given(root: Path, file: str) -> str:
    """Return the path below *root* of a *file* that an author names from there or from here."""
    if not file:
        return ""
    ways = [Path(os.path.normpath(base / file)) for base in (root, Path.cwd())]
    whole = next((way for way in ways if way.is_file()), None)
    for way in [whole] if whole else ways:
        path = way.relative_to(root).as_posix() if way.is_relative_to(root) else ""
        if _FILE.fullmatch(path):
            return path
    name = Path(file).stem or "notes"
    raise Refused(f"notes are in Markdown files below {FOLDER}: try --file {FOLDER}/{name}.md")


def choose_path(opened: Opened, shelf: Shelf, by: str, key: Key) -> str:
    """Return the path of the file for a note by the annotator *by* on the passage at *key*.

    It is one that has notes of theirs on the source already: of several the one with the nearest
    note, then the one with most. Else it is the source's own file, or where that is somebody
    else's, one with both names.
    """
    distances: dict[str, list[int]] = {}
    others: set[str] = set()
    for note, place in shelf.notes:
        if _annotator_of(opened, note) != by:
            others.add(note.path)
        elif place is not None:
            distances.setdefault(note.path, []).append(abs(place[0] - key[0]))
    if distances:
        return min(distances, key=lambda path: (min(distances[path]), -len(distances[path]), path))
    own = f"{FOLDER}/{shelf.source}.md"
    return own if own not in others or not by else f"{FOLDER}/{shelf.source}-{by}.md"


def _annotator_of(opened: Opened, note: Annotation) -> str:
    known = opened.config.annotators
    return note.by or (known[0].id if len(known) == 1 else "")


def open_sheet(opened: Opened, path: str, source: str, by: str) -> Sheet | Spoilt:
    """Return the file at *path*; a new one will say that it has notes by *by* on *source*."""
    root = opened.desk.root
    refuse_links(root, path)
    if not os.path.lexists(root / path):
        return Sheet(path, None, TextFile(path, ""), source, by)
    content = read_bytes(root, path)
    decoded = decode(path, content)
    if decoded.value is None:
        return Spoilt(salvage(path, content), decoded.diagnostics)
    front = read_front_matter(decoded.value)
    if front.diagnostics:
        return Spoilt(decoded.value, front.diagnostics)
    values = check_keys(front.value.table, FILE_KEYS, path).value
    known = opened.config.annotators
    own = values["by"] or (known[0].id if len(known) == 1 else "")
    return Sheet(path, content, decoded.value, values["source"], own)


def find_next(shelf: Shelf, path: str, key: Key) -> Annotation | None:
    """Return the note in the file *path* before which one at *key* belongs.

    None: it belongs at the end, as it does where the notes are not in the order of the text.
    """
    placed = [(place, note) for note, place in shelf.notes if note.path == path and place]
    places = [place for place, _ in placed]
    if places != sorted(places):
        return None
    return next((note for place, note in placed if place > key), None)
