"""Reading all input files: bytes in, nouns and problems out."""

import os
import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, TypeVar

from generator.config import Config, read_config
from generator.corpus import Corpus
from generator.diagnostics import Diagnostic, Outcome
from generator.digests import digest_bytes
from generator.identifiers import proposal
from generator.languages import is_code
from generator.model import Actor, Annotation, Document, FreePage, Issue, Source
from generator.outline import Outline
from generator.outline_files import read_outline
from generator.parallel import Hands
from generator.readers.annotations import read_annotations
from generator.readers.code import read_code
from generator.readers.codebook import read_actor, read_issue
from generator.readers.html import read_html
from generator.readers.markdown import read_markdown
from generator.readers.pages import read_page
from generator.readers.plain import read_plain
from generator.readers.sources import read_source
from generator.scan import OUTLINE, Inputs, SourceFiles, UnsafePath, decode, read_bytes, salvage
from generator.spans import TextFile
from generator.store import Store
from generator.studies import Studies, Study
from generator.walking import unreadable

T = TypeVar("T")
Reader = Callable[[TextFile, str], Outcome[Document | None]]
Read = Callable[..., Outcome[Any]]
_RIGHTS = re.compile(r"""^[ \t]*rights[ \t]*=[ \t]*["']?([^"'\n#]*)""", re.MULTILINE)
# The key may be misspelt.
_MODE = re.compile(r"""=\s*["'](?:quote|excerpt|link)["']""")
# The types of what readers make, for what is kept of it.
_DOCUMENT: type[Outcome[Document | None]] = Outcome[Document | None]
_NOTES: type[Outcome[tuple[Annotation, ...]]] = Outcome[tuple[Annotation, ...]]
_PAGE: type[Outcome[FreePage | None]] = Outcome[FreePage | None]
_ACTOR: type[Outcome[Actor | None]] = Outcome[Actor | None]
_ISSUE: type[Outcome[Issue | None]] = Outcome[Issue | None]

# The reader of a text is chosen by its suffix; what Pygments knows besides is code.
READERS: Mapping[str, Reader] = {
    ".md": read_markdown,
    ".markdown": read_markdown,
    ".txt": read_plain,
    ".html": read_html,
    ".htm": read_html,
}


@dataclass
class Desk:
    """Where files are read: below *root*; *texts* keeps them for drawing problems.

    *broken* are the paths of files, and the ids of sources, of which nothing could be made;
    *digests* are those of the files that were read, *keys* those of what they were read as. *known*
    are digests of files that need not be read to be told. *unclear* are the ids of sources that may
    be under restricted rights, and of which nothing could be made.
    """

    root: Path
    studies: Studies = field(default_factory=lambda: Studies(Store(None, ""), Hands()))
    problems: list[Diagnostic] = field(default_factory=list)
    texts: dict[str, TextFile] = field(default_factory=dict)
    broken: set[str] = field(default_factory=set)
    unclear: list[str] = field(default_factory=list)
    digests: dict[str, str] = field(default_factory=dict)
    keys: dict[str, str] = field(default_factory=dict)
    known: Mapping[str, str] = field(default_factory=dict)

    def copy(self) -> "Desk":
        """Return a desk on which is what is on this one, and on which other things may come."""
        return replace(
            self,
            problems=[*self.problems],
            texts={**self.texts},
            broken={*self.broken},
            unclear=[*self.unclear],
            digests={**self.digests},
            keys={**self.keys},
        )

    def digest_of(self, path: str) -> str:
        """Return the digest of the file at *path*, "" if it cannot be read."""
        # What was read outweighs what was known before: somebody may have written in between.
        digest = self.digests.get(path) or self.known.get(path)
        if digest is None:
            with suppress(OSError):
                digest = digest_bytes(read_bytes(self.root, path))
        if digest:
            self.digests[path] = digest
        return digest or ""

    def read(self, path: str) -> bytes | None:
        """Return what the file at *path* holds, or None and a problem."""
        try:
            content = read_bytes(self.root, path)
            self.digests[path] = digest_bytes(content)
            return content
        except UnsafePath as error:
            self.problems.append(error.problem)
        except OSError as error:
            self.problems.append(unreadable(path, error))
        self.broken.add(path)
        return None

    def open(self, path: str) -> TextFile | None:
        """Return the text of the file at *path*, or None and a problem; it is read once."""
        if path in self.texts:
            return None if path in self.broken else self.texts[path]
        content = None if path in self.broken else self.read(path)
        if content is None:
            return None
        decoded = decode(path, content)
        self.problems += decoded.diagnostics
        self.texts[path] = decoded.value or salvage(path, content)
        if decoded.value is None:
            self.broken.add(path)
        return decoded.value

    def study(self, kind: type[Outcome[T]], read: Read, file: TextFile, *words: str) -> T:
        """Return what *read* makes of *file* and *words*, made now or kept from before."""
        study = Study.of(read, file, *words)
        self.keys[file.path] = study.key
        return self.take(self.studies.consult(study, kind))

    def take(self, outcome: Outcome[T]) -> T:
        """Return the value of *outcome*; its problems stay on the desk."""
        self.problems += outcome.diagnostics
        return outcome.value


def read_settings_file(desk: Desk, path: str) -> Config | None:
    """Return the settings of the site, or None when there is no building with them."""
    file = desk.open(path)
    return desk.take(read_config(file)) if file else None


def _note_broken(desk: Desk, known: Collection[str]) -> None:
    """Put down which folders of sources are none of *known*: nothing could be made of them."""
    broken = _list_folders(desk.root).difference(known)
    desk.broken |= broken
    desk.unclear += (id for id in sorted(broken) if may_be_restricted(desk, id))
    # Whoever names a folder as it will be called when it has an id is not told twice.
    desk.broken |= {proposal(name) for name in broken}.difference(known)


def read_pair(
    desk: Desk, files: SourceFiles, readers: Mapping[str, Reader]
) -> tuple[Source, Document | Outline] | None:
    """Return one source with its text or outline; None, and problems, where there is neither."""
    settings = desk.open(files.settings)
    source = desk.take(read_source(settings, files.id, files.text)) if settings else None
    if not files.text:
        return _read_outline(desk, files, source) if source else None
    reader = _pick_reader(files.text, readers)
    if reader is None:
        suffix = os.path.splitext(files.text)[1].lower()
        help = "call it text.md, .txt, .html, or by the suffix of a programming language"
        message = f"no reader knows the suffix {suffix!r}"
        desk.problems.append(Diagnostic("source-missing", message, files.text, None, help))
        return None
    file = desk.open(files.text)
    document = desk.study(_DOCUMENT, reader, file, files.id) if file else None
    if source is None or document is None or not document.text.strip():
        return None
    return source, document


def may_be_restricted(desk: Desk, id: str) -> bool:
    """Tell whether a source, of which nothing may be known yet, may be not ours to publish.

    Of one that cannot be read nobody can tell which words in the notes are its own.
    """
    path = f"seeds/{id}/source.toml"
    try:
        settings = salvage(path, read_bytes(desk.root, path))
    except OSError:
        return (desk.root / f"seeds/{id}" / OUTLINE).exists()
    rights = _RIGHTS.search(settings.text)
    if rights is None:
        named = _MODE.search(settings.text) is not None
        return named or (desk.root / f"seeds/{id}" / OUTLINE).exists()
    return rights[1].strip() != "full"


def _read_outline(desk: Desk, files: SourceFiles, source: Source) -> tuple[Source, Outline] | None:
    """Return *source* with its outline; one that may be published whole must have its text."""
    if source.rights == "full":
        message = "there is no text in this folder, and an outline cannot stand in for it"
        help = f"put the words into {Path(files.settings).parent}/text.md, .txt or .html"
        desk.problems.append(Diagnostic("source-missing", message, files.settings, None, help))
        return None
    file = desk.open(files.outline)
    outline = desk.take(read_outline(file)) if file else None
    if outline is None:
        return None
    text_path = f"{files.settings.rpartition('/')[0]}/{outline.text_path}"
    return replace(source, text_path=text_path), outline


def _list_folders(root: Path) -> set[str]:
    try:
        return {entry.name for entry in os.scandir(root / "seeds") if entry.is_dir()}
    except OSError:
        return set()


def read_corpus(
    desk: Desk,
    inputs: Inputs,
    config: Config,
    readers: Mapping[str, Reader],
    standing: Collection[str] = (),
) -> Corpus:
    """Read every text that authors wrote for the site of *config*, but for *standing* sources."""
    read = read_portion(desk, inputs, config, readers)
    pairs = (*read.sources, *read.outlines)
    _note_broken(desk, {*standing, *(source.id for source, _ in pairs)})
    return replace(read, broken=frozenset(desk.broken))


def read_portion(
    desk: Desk, inputs: Inputs, config: Config, readers: Mapping[str, Reader]
) -> Corpus:
    """Read *inputs*, without a look at what else there is. A reader is picked by its suffix."""
    desk.studies.prepare(_list_studies(desk, inputs, readers))
    sources = [pair for files in inputs.sources if (pair := read_pair(desk, files, readers))]
    texts = tuple((source, it) for source, it in sources if isinstance(it, Document))
    outlines = tuple((source, it) for source, it in sources if isinstance(it, Outline))
    notes = tuple(read_all_annotations(desk, inputs))
    pages = tuple(_read_each(desk, inputs.pages, _PAGE, read_page))
    actors = tuple(_read_each(desk, inputs.actors, _ACTOR, read_actor))
    issues = tuple(_read_each(desk, inputs.issues, _ISSUE, read_issue, config.language))
    broken = frozenset(desk.broken)
    return Corpus(config, texts, notes, pages, inputs.files, broken, actors, issues, outlines)


def read_all_annotations(desk: Desk, inputs: Inputs) -> list[Annotation]:
    """Return the notes of all annotation files."""
    found: list[Annotation] = []
    for file in filter(None, map(desk.open, inputs.annotations)):
        before = len(desk.problems)
        notes = desk.study(_NOTES, read_annotations, file)
        found += notes
        if len(desk.problems) > before and not notes:
            desk.broken.add(file.path)
    return found


def _list_studies(desk: Desk, inputs: Inputs, readers: Mapping[str, Reader]) -> Iterator[Study]:
    """Yield what takes long: the texts of sources and the notes."""
    for files in inputs.sources:
        reader = _pick_reader(files.text, readers) if files.text else None
        file = desk.open(files.text) if reader else None
        if reader and file:
            yield Study.of(reader, file, files.id)
    for file in filter(None, map(desk.open, inputs.annotations)):
        yield Study.of(read_annotations, file)


def _pick_reader(path: str, readers: Mapping[str, Reader]) -> Reader | None:
    suffix = os.path.splitext(path)[1].lower()
    return readers.get(suffix) or (read_code if is_code(suffix) else None)


def _read_each(
    desk: Desk,
    paths: Iterable[str],
    kind: type[Outcome[T | None]],
    read: Read,
    *words: str,
) -> list[T]:
    """Return what *read* makes of each file, whose name is the id."""
    found: list[T] = []
    for path in paths:
        file = desk.open(path)
        value = desk.study(kind, read, file, Path(path).stem, *words) if file else None
        if value is not None:
            found.append(value)
        else:
            # What links to it is no further mistake; a page is linked to by its file.
            desk.broken |= {path, path if read is read_page else Path(path).stem}
    return found
