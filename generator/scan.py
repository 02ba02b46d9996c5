"""Scanning: which input files there are, by kind, without opening any."""

import os
import re
import stat
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from generator.diagnostics import Diagnostic, Outcome
from generator.identifiers import check_id

ATTACHMENTS = frozenset(".png .jpg .jpeg .gif .webp .avif .svg .pdf".split())

_PAGES, _NOTES, _FILES = "content/pages/", "content/annotations/", "content/files/"
_PLAIN = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_.-]*+")
_LEFTOVER = re.compile(
    r"\..*|.*~|#.*#|.*\.(?:sw[a-z]|tmp|bak|orig|rej)|Thumbs\.db|desktop\.ini", re.DOTALL
)
_FOR_READERS = re.compile(r"(?:README|LICEN[CS]E)(?:\..*)?", re.IGNORECASE)
# Controls, halves of surrogate pairs (bytes that are no UTF-8), line separators, what turns the
# direction of writing, and Windows' separator of folders.
_UNSAFE = re.compile(
    "[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff\\\\]"
)
_KINDS = {
    stat.S_IFLNK: "a symbolic link",
    stat.S_IFIFO: "a pipe",
    stat.S_IFSOCK: "a socket",
    stat.S_IFDIR: "a folder",
    stat.S_IFREG: "a file",
}


@dataclass(frozen=True, slots=True)
class SourceFiles:
    """The files of one source: its id, its settings and its one text."""

    id: str
    settings: str
    text: str


@dataclass(frozen=True, slots=True)
class Inputs:
    """The input files of a site, sorted, as paths relative to the root with forward slashes.

    *settings* is None where there is no ``site.toml``. *files* are pictures and the like, also
    those beside the text of a source, published only when something uses them.
    """

    settings: str | None
    sources: tuple[SourceFiles, ...]
    annotations: tuple[str, ...]
    pages: tuple[str, ...]
    files: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Found:
    """What a walk came by: ordinary files, folders, and problems."""

    files: list[str] = field(default_factory=list)
    folders: list[str] = field(default_factory=list)
    problems: list[Diagnostic] = field(default_factory=list)


def scan(root: Path) -> Outcome[Inputs]:
    """Return the input files below *root*; nothing is opened and no link is followed.

    What is no ordinary file, has a name that cannot be shown, or shares its name with another
    but for case and composition, is left out and reported. Hidden files, and those that editors
    leave behind, are passed over.
    """
    settings, found = _find_settings(root), _Found()
    content, seeds = _walk(root, "content"), _walk(root, "seeds")
    notes = [path for path in content.files if path.startswith(_NOTES) and _is_markdown(path)]
    pages = [path for path in content.files if _is_page(path)]
    files = [path for path in content.files if path.startswith(_FILES) and _is_attachment(path)]
    files += [path for path in seeds.files if path.count("/") > 1 and _is_attachment(path)]
    used = {*notes, *pages, *files}
    unused = [path for path in content.files if path not in used]
    unused += [path for path in seeds.files if path.count("/") == 1]
    sources = _find_sources(seeds)
    inputs = Inputs(
        settings.value, sources.value, tuple(sorted(notes)), tuple(sorted(pages)), tuple(sorted(files))
    )
    found.problems.extend(map(_warn, sorted(unused)))
    return Outcome(inputs, (*settings.diagnostics, *content.problems, *seeds.problems, *sources.diagnostics))


