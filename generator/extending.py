"""Extensions: modules of a site's own that append to the two tables.

A module named in ``[extend] modules`` of ``site.toml`` may have ``READERS`` (suffix to reader) and
``VIEWS`` (a tuple of views), of the shapes of ours. It is code and runs as such: a site's settings
and modules are trusted, its texts are not.
"""

import importlib
import sys
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from generator.diagnostics import Diagnostic, Outcome
from generator.reading import READERS, Reader
from generator.views.table import VIEWS, View


@dataclass(frozen=True)
class Tables:
    """The readers by suffix and the views, ours and those of the site's modules."""

    readers: Mapping[str, Reader]
    views: tuple[View, ...]


def load_tables(modules: Iterable[str], root: Path, path: str) -> Outcome[Tables]:
    """Import *modules* from *root* and append what they bring; *path* is the settings file."""
    readers, views = dict(READERS), list(VIEWS)
    problems = []
    for name in modules:
        try:
            module = _import(name, root)
        except Exception as error:  # noqa: BLE001 - a module may raise anything while it loads
            message = f"the module {name!r} cannot be loaded: {error}"
            problems.append(Diagnostic("settings-invalid", message, path))
            continue
        readers |= getattr(module, "READERS", {})
        views += getattr(module, "VIEWS", ())
    return Outcome(Tables(readers, tuple(views)), tuple(problems))


def _import(name: str, root: Path) -> object:
    sys.path.insert(0, str(root))
    try:
        return importlib.import_module(name)
    finally:
        sys.path.remove(str(root))
