"""Scanning: which input files there are, by kind; reading their bytes; turning these into text."""

import os
import re
import stat
from dataclasses import dataclass
from pathlib import Path

from generator.diagnostics import Diagnostic, Outcome
from generator.identifiers import check_id
from generator.spans import Span, TextFile
from generator.walking import Walk, unreadable, unsafe, walk

# What is known of a text that may not be published; a build writes it beside the text.
OUTLINE = "outline.json"
ATTACHMENTS = frozenset(".png .jpg .jpeg .gif .webp .avif .svg .pdf".split())

_PAGES, _NOTES, _FILES = "content/pages/", "content/annotations/", "content/files/"
_ACTORS, _ISSUES = "content/actors/", "content/issues/"
_FOR_READERS = re.compile(r"(?:README|LICEN[CS]E)(?:\..*)?", re.IGNORECASE)
# Some of these flags are missing on Windows, and O_BINARY everywhere else.
_FLAGS = ("O_RDONLY", "O_NOFOLLOW", "O_NONBLOCK", "O_CLOEXEC", "O_BINARY")
_OPEN_SAFELY = sum(getattr(os, name, 0) for name in _FLAGS)
_UTF_16 = (b"\xff\xfe", b"\xfe\xff")


@dataclass(frozen=True, slots=True)
class SourceFiles:
    """The files of one source: its id, its settings and its one text.

    *text* is "" where only an outline stands in for it, the file *outline*.
    """

    id: str
    settings: str
    text: str
    outline: str = ""


@dataclass(frozen=True, slots=True)
class Inputs:
    """The input files of a site, sorted, as paths relative to the root with forward slashes.

    *settings* is None where there is no ``site.toml``. *files* are pictures and the like, also
    those beside a source's text, which are published when something uses them.
    """

    settings: str | None
    sources: tuple[SourceFiles, ...]
    annotations: tuple[str, ...]
    pages: tuple[str, ...]
    files: tuple[str, ...]
    actors: tuple[str, ...] = ()
    issues: tuple[str, ...] = ()

    @property
    def to_read(self) -> tuple[str, ...]:
        """The files that a reader makes something of: the texts, and all Markdown of ours."""
        texts = (source.text for source in self.sources if source.text)
        return (*texts, *self.annotations, *self.pages, *self.actors, *self.issues)


class UnsafePath(OSError):
    """A path leads out of the root or is no ordinary file; *problem* says so to its author."""

    def __init__(self, problem: Diagnostic) -> None:
        super().__init__(problem.message)
        self.problem = problem


def scan(root: Path) -> Outcome[Inputs]:
    """Return the input files below *root*; none is opened.

    A source is found when its folder has ``source.toml``, one file named ``text`` with a suffix
    (a picture's and ``.pdf`` are none of a text), and a name that is an id. READMEs and licences
    are for those who read the files; any other file in ``content`` that nothing can be made of
    is ``file-unused``.
    """
    settings = _find_settings(root)
    content, seeds = walk(root, "content"), walk(root, "seeds")
    sources = _find_sources(seeds)
    notes = [p for p in content.files if p.startswith(_NOTES) and _suffix(p) == ".md"]
    pages, actors, issues = (
        [p for p in content.files if p.startswith(folder) and _is_page(p[len(folder) :])]
        for folder in (_PAGES, _ACTORS, _ISSUES)
    )
    files = [p for p in content.files if p.startswith(_FILES) and _suffix(p) in ATTACHMENTS]
    files += [p for p in seeds.files if p.count("/") > 1 and _suffix(p) in ATTACHMENTS]
    used = {*notes, *pages, *files, *actors, *issues}
    problems = (
        *settings.diagnostics,
        *content.problems,
        *seeds.problems,
        *sources.diagnostics,
        *(_unused(p) for p in content.files if p not in used and not _is_for_readers(p)),
        *(_unused(p) for p in seeds.files if p.count("/") == 1 and not _is_for_readers(p)),
    )
    inputs = Inputs(
        settings.value,
        sources.value,
        tuple(notes),
        tuple(pages),
        tuple(files),
        tuple(actors),
        tuple(issues),
    )
    return Outcome(inputs, problems)


def _suffix(path: str) -> str:
    return os.path.splitext(path)[1].lower()


def _is_page(name: str) -> bool:
    return "/" not in name and _suffix(name) == ".md" and not _is_for_readers(name)


def _is_for_readers(path: str) -> bool:
    return bool(_FOR_READERS.fullmatch(path.rpartition("/")[2]))


def _unused(path: str) -> Diagnostic:
    help = "annotations belong below `content/annotations`, pages directly in `content/pages`"
    if path.startswith((_ACTORS, _ISSUES)):
        folder = "/".join(path.split("/")[:2])
        help = f"a file of its own for each, directly in `{folder}`: its-id.md"
    elif path.startswith("seeds/"):
        help = "each source has a folder of its own in `seeds`"
    elif path.startswith(_FILES):
        help = f"only these are published: {', '.join(sorted(s[1:] for s in ATTACHMENTS))}"
    elif _suffix(path) in ATTACHMENTS:
        help = "pictures and files belong below `content/files`, or beside a source's text"
    return Diagnostic("file-unused", "nothing is made of this file", path, None, help)


def _find_settings(root: Path) -> Outcome[str | None]:
    try:
        mode = os.lstat(root / "site.toml").st_mode
    except (FileNotFoundError, NotADirectoryError):
        return Outcome(None)
    except OSError as error:
        return Outcome(None, (unreadable("site.toml", error),))
    if stat.S_ISREG(mode):
        return Outcome("site.toml")
    return Outcome(None, (unsafe("site.toml", mode),))


def _find_sources(seeds: Walk) -> Outcome[tuple[SourceFiles, ...]]:
    folders: dict[str, list[str]] = {
        path.partition("/")[2]: [] for path in seeds.folders if path.count("/") == 1
    }
    for path in seeds.files:
        parts = path.split("/")
        if len(parts) == 3:
            folders[parts[1]].append(parts[2])
    sources: list[SourceFiles] = []
    problems: list[Diagnostic] = []
    for id, names in folders.items():
        folder = f"seeds/{id}"
        faults = check_id(id, folder) or _find_faults(folder, names)
        # What was refused in the folder explains by itself why something is missing there.
        if not any(f"{problem.path}/".startswith(f"{folder}/") for problem in seeds.problems):
            problems += faults
        if not faults:
            text = next((f"{folder}/{name}" for name in names if is_text(name)), "")
            outline = "" if text else f"{folder}/{OUTLINE}"
            sources.append(SourceFiles(id, f"{folder}/source.toml", text, outline))
    return Outcome(tuple(sources), tuple(problems))


def is_text(name: str) -> bool:
    """Tell whether a file of that name, in the folder of a source, is its text."""
    return name.startswith("text.") and _suffix(name) not in ATTACHMENTS


def _find_faults(folder: str, names: list[str]) -> tuple[Diagnostic, ...]:
    """Return what keeps the folder of a source, which holds *names*, from being one."""
    texts = [name for name in names if is_text(name)]
    if "source.toml" not in names:
        message = "there is no source.toml in this folder"
        help = f"create {folder}/source.toml with a title and rights"
        return (Diagnostic("source-missing", message, folder, None, help),)
    if len(texts) > 1:
        message = f"there are {len(texts)} texts in this folder: {' and '.join(texts)}"
        return (Diagnostic("source-missing", message, folder, None, "keep one text"),)
    if texts or OUTLINE in names:
        return ()
    others = [name for name in names if _may_be_text(name)]
    help = (
        f"put the words into {folder}/text.md, .txt or .html; if they may not be published, "
        f"{OUTLINE} stands in for them, once somebody who has them has built the site"
    )
    if len(others) == 1:
        help = f"rename {others[0]} to text{_suffix(others[0])}"
    message = "there is no text in this folder"
    return (Diagnostic("source-missing", message, folder, None, help),)


def _may_be_text(name: str) -> bool:
    known = name in ("source.toml", OUTLINE) or _is_for_readers(name)
    return not known and _suffix(name) not in ATTACHMENTS


def read_bytes(root: Path, path: str) -> bytes:
    """Return what the ordinary file at *path*, below *root* and behind no link, holds.

    Raises ``UnsafePath`` for anything else, ``OSError`` for what the machine refuses. It never
    waits for a pipe.
    """
    parts = path.split("/")
    if "\\" in path or ":" in parts[0] or not all(part.strip(".") for part in parts):
        message = "the path leads out of the project"
        raise UnsafePath(Diagnostic("path-unsafe", message, path))
    parent = ""
    for part in parts[:-1]:
        parent = f"{parent}/{part}" if parent else part
        mode = os.lstat(f"{root}/{parent}").st_mode
        if not stat.S_ISDIR(mode):
            raise UnsafePath(unsafe(parent, mode, "a folder"))
    whole = f"{root}/{path}"
    _expect_file(path, os.lstat(whole).st_mode)
    descriptor = os.open(whole, _OPEN_SAFELY)
    with os.fdopen(descriptor, "rb") as file:
        _expect_file(path, os.fstat(descriptor).st_mode)
        return file.read()


def _expect_file(path: str, mode: int) -> None:
    if not stat.S_ISREG(mode):
        raise UnsafePath(unsafe(path, mode))


def decode(path: str, content: bytes) -> Outcome[TextFile | None]:
    """Return *content* as text: UTF-8 without a byte order mark, its line ends line feeds.

    None: it is not UTF-8 or holds a NUL byte; the span is that of the first such place in what
    ``salvage`` makes of it.
    """
    if content.startswith(_UTF_16):
        return _not_utf8(path, 0, "this is UTF-16")
    fault = ""
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError as error:
        text = content[: error.start].decode("utf-8")
        fault = f"the byte 0x{content[error.start]:02x} is not UTF-8 here"
    before, nul, _ = text.partition("\0")
    if nul:
        text, fault = before, "a NUL byte is no text"
    text = _normalise(text)
    return _not_utf8(path, len(text), fault) if fault else Outcome(TextFile(path, text))


def salvage(path: str, content: bytes) -> TextFile:
    """Return *content* with a replacement character for each wrong byte, to show problems in."""
    return TextFile(path, _normalise(content.decode("utf-8", "replace")))


def _normalise(text: str) -> str:
    return text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")


def _not_utf8(path: str, at: int, fault: str) -> Outcome[TextFile | None]:
    help = "save the file as UTF-8"
    return Outcome(None, (Diagnostic("text-not-utf8", fault, path, Span(at, at + 1), help),))
