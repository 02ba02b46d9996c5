"""Scanning: which input files there are, and reading their bytes without being led astray.

Written by the lead so that the pipeline could begin; refine it in place.
"""

import os
import stat
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from generator.diagnostics import Diagnostic, Outcome
from generator.identifiers import check_id
from generator.spans import Span, TextFile

ATTACHMENTS = frozenset(".png .jpg .jpeg .gif .webp .avif .svg .pdf".split())
_PAGES, _NOTES, _FILES = "content/pages/", "content/annotations/", "content/files/"


@dataclass(frozen=True, slots=True)
class SourceFiles:
    """The files of one source: its id, its settings and its one text."""

    id: str
    settings: str
    text: str


@dataclass(frozen=True, slots=True)
class Inputs:
    """The input files of a site, sorted, as paths relative to the root with forward slashes."""

    settings: str | None
    sources: tuple[SourceFiles, ...]
    annotations: tuple[str, ...]
    pages: tuple[str, ...]
    files: tuple[str, ...]


def scan(root: Path) -> Outcome[Inputs]:
    """Return the input files below *root*; nothing is opened, no link is followed."""
    problems: list[Diagnostic] = []
    content = list(_walk(root, "content", problems))
    seeds = list(_walk(root, "seeds", problems))
    notes = [path for path in content if path.startswith(_NOTES) and path.endswith(".md")]
    pages = [p for p in content if p.startswith(_PAGES) and p.endswith(".md") and p.count("/") == 2]
    files = [path for path in content if path.startswith(_FILES) and _suffix(path) in ATTACHMENTS]
    files += [path for path in seeds if path.count("/") >= 2 and _suffix(path) in ATTACHMENTS]
    used = {*notes, *pages, *files}
    for path in content:
        if path not in used and path.endswith(".md") and os.path.basename(path) != "README.md":
            problems.append(Diagnostic("file-unused", "no page is made from this file", path))
    settings = "site.toml" if _is_ordinary(root, "site.toml", problems) else None
    sources = tuple(_find_sources(seeds, problems))
    return Outcome(
        Inputs(settings, sources, tuple(notes), tuple(pages), tuple(sorted(files))), tuple(problems)
    )


def _suffix(path: str) -> str:
    return os.path.splitext(path)[1].lower()


def _is_ordinary(root: Path, path: str, problems: list[Diagnostic]) -> bool:
    try:
        mode = os.lstat(root / path).st_mode
    except FileNotFoundError:
        return False
    if not stat.S_ISREG(mode):
        problems.append(_unsafe(path, mode))
    return stat.S_ISREG(mode)


def _walk(root: Path, folder: str, problems: list[Diagnostic]) -> Iterator[str]:
    """Yield the ordinary files below *folder*, sorted; whatever else there is, is a problem."""
    try:
        entries = sorted(os.scandir(root / folder), key=lambda entry: entry.name)
    except FileNotFoundError:
        return
    except NotADirectoryError:
        problems.append(Diagnostic("path-unsafe", "a folder should be here", folder))
        return
    except OSError as error:
        problems.append(Diagnostic("file-unreadable", f"{error.strerror}".lower(), folder))
        return
    folded: dict[str, str] = {}
    for entry in entries:
        path = f"{folder}/{entry.name}"
        if entry.name.startswith((".", "#")) or entry.name.endswith(("~", ".swp", ".tmp")):
            continue
        if _has_controls(entry.name):
            problems.append(
                Diagnostic("path-unsafe", "the name has characters that cannot be shown", ascii(path)[1:-1])
            )
            continue
        key = unicodedata.normalize("NFKC", entry.name).casefold()
        if key in folded:
            message = f"{entry.name!r} and {folded[key]!r} are one name on many machines"
            problems.append(Diagnostic("id-duplicate", message, path, None, "rename one of them"))
            continue
        folded[key] = entry.name
        if entry.is_symlink():
            problems.append(_unsafe(path, stat.S_IFLNK))
        elif entry.is_dir(follow_symlinks=False):
            yield from _walk(root, path, problems)
        elif entry.is_file(follow_symlinks=False):
            yield path
        else:
            problems.append(_unsafe(path, entry.stat(follow_symlinks=False).st_mode))


def _has_controls(name: str) -> bool:
    return any(unicodedata.category(char) in ("Cc", "Cf", "Cs", "Zl", "Zp") for char in name)


def _unsafe(path: str, mode: int) -> Diagnostic:
    kinds = {
        stat.S_IFLNK: "a symbolic link",
        stat.S_IFIFO: "a pipe",
        stat.S_IFSOCK: "a socket",
        stat.S_IFDIR: "a folder",
    }
    kind = kinds.get(stat.S_IFMT(mode), "a device")
    return Diagnostic(
        "path-unsafe", f"{kind} is not read", path, None, "put an ordinary file in its place"
    )


def _find_sources(paths: list[str], problems: list[Diagnostic]) -> Iterator[SourceFiles]:
    folders: dict[str, list[str]] = {}
    for path in paths:
        parts = path.split("/")
        if len(parts) == 3:
            folders.setdefault(parts[1], []).append(parts[2])
    for id, names in sorted(folders.items()):
        settings = f"seeds/{id}/source.toml"
        texts = [name for name in names if name.startswith("text.") and name.count(".") == 1]
        found = check_id(id, settings, None)
        problems += found
        if "source.toml" not in names:
            help = f"create {settings} with a title and rights"
            problems.append(
                Diagnostic("source-missing", "the folder has no source.toml", f"seeds/{id}", None, help)
            )
        elif len(texts) != 1:
            message = f"two texts: {' and '.join(texts)}" if texts else "there is no text beside it"
            help = "keep one text" if texts else f"put the words into seeds/{id}/text.md"
            problems.append(Diagnostic("source-missing", message, settings, None, help))
        elif not found:
            yield SourceFiles(id, settings, f"seeds/{id}/{texts[0]}")


def read_bytes(root: Path, path: str) -> bytes:
    """Return what the ordinary file at *path* holds; a link or a pipe raises ``OSError``."""
    descriptor = os.open(root / path, os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0))
    with os.fdopen(descriptor, "rb") as file:
        if not stat.S_ISREG(os.fstat(descriptor).st_mode):
            raise OSError(f"{path} is not an ordinary file")
        return file.read()


def decode(path: str, content: bytes) -> Outcome[TextFile | None]:
    """Return *content* as text: UTF-8 without a byte order mark, its line ends line feeds."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        help = "save the file as UTF-8"
        problem = Diagnostic("text-not-utf8", "the file is UTF-16", path, Span(0, 0), help)
        return Outcome(None, (problem,))
    fault = None
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError as error:
        text = content[: error.start].decode("utf-8")
        fault = f"byte 0x{content[error.start]:02x} is not UTF-8 here"
    if "\0" in text:
        text, fault = text[: text.index("\0")], "a NUL byte"
    text = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    file = TextFile(path, text)
    if fault is None:
        return Outcome(file)
    span = Span(len(text), len(text))
    return Outcome(None, (Diagnostic("text-not-utf8", fault, path, span, "save the file as UTF-8"),))
