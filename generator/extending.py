"""Extensions: modules of a site's own that append to the two tables.

A module named in ``[extend] modules`` of ``site.toml`` may have ``READERS`` (suffix to reader) and
``VIEWS`` (a tuple of views), of the shapes of ours. It is code and runs as such: a site's settings
and modules are trusted, its texts are not.
"""

import importlib
import os
import re
import sys
import traceback
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType

from generator.diagnostics import Diagnostic, Outcome
from generator.model import Document
from generator.reading import READERS, Reader
from generator.spans import TextFile
from generator.views.framing import Index
from generator.views.pages import Page, Stood
from generator.views.shown import Frame
from generator.views.table import VIEWS, View

_ADDRESS = re.compile(r"(?:[A-Za-z0-9_%-][A-Za-z0-9_.%-]*/)*[A-Za-z0-9_%-][A-Za-z0-9_.%-]*\.html")


class ExtensionFailed(Exception):
    """A view of a site's own module raised something; *problem* says so to its author."""

    def __init__(self, problem: Diagnostic) -> None:
        super().__init__(problem.message)
        self.problem = problem


@dataclass(frozen=True)
class Tables:
    """The readers by suffix and the views, ours and those of the site's modules.

    *modules* are the names of the site's own modules that were imported for them, also those that
    the ones in ``site.toml`` import in their turn.
    """

    readers: Mapping[str, Reader]
    views: tuple[View, ...]
    modules: tuple[str, ...] = ()


def load_tables(modules: Iterable[str], root: Path, path: str) -> Outcome[Tables]:
    """Import *modules* from *root* and append what they bring; *path* is the settings file.

    What they bring fails softly: a reader with a problem at its text, a view with
    ``ExtensionFailed``.
    """
    readers, views = dict(READERS), list(VIEWS)
    problems = []
    known = set(sys.modules)
    names = tuple(modules)
    for name in names:
        try:
            module = _import(name, root)
            own_readers = dict(getattr(module, "READERS", {}))
            own_views = tuple(getattr(module, "VIEWS", ()))
        except (Exception, SystemExit) as error:  # a module may raise anything while it loads
            message = f"the module {name!r} cannot be loaded: {_describe(error)}"
            problems.append(Diagnostic("extension-failed", message, path))
            continue
        readers |= {suffix: _guard_reader(own, module) for suffix, own in own_readers.items()}
        views += (_guard_view(view, module) for view in own_views)
    own = {name for name in set(sys.modules) - known if _is_below(sys.modules[name], root)}
    return Outcome(Tables(readers, tuple(views), tuple(sorted({*names, *own}))), tuple(problems))


def forget_modules(names: Iterable[str]) -> None:
    """Let the modules of a site be imported afresh by the next build, as they stand by then."""
    for name in names:
        if not name.startswith("generator."):
            sys.modules.pop(name, None)


def _is_below(module: ModuleType, root: Path) -> bool:
    """Tell whether *module* lies in the folder of the site and is not an installed package."""
    path = Path(getattr(module, "__file__", None) or os.devnull)
    return path.is_relative_to(root) and "site-packages" not in path.parts


def _import(name: str, root: Path) -> ModuleType:
    before = sys.dont_write_bytecode
    # What is compiled is told from its source by the second: a module that was saved twice in one
    # would be read as it was.
    sys.dont_write_bytecode = True
    sys.path.insert(0, str(root))
    importlib.invalidate_caches()
    try:
        return importlib.import_module(name)
    finally:
        sys.path.remove(str(root))
        sys.dont_write_bytecode = before


def _guard_reader(reader: Reader, module: ModuleType) -> Reader:
    def read(file: TextFile, id: str) -> Outcome[Document | None]:
        try:
            outcome = reader(file, id)
            if not isinstance(outcome.value, Document | None):
                raise TypeError("the reader returned no document")
        except Exception as error:
            return Outcome(None, (_failure(error, module, file.path),))
        return outcome

    return read


def _guard_view(view: View, module: ModuleType) -> View:
    def pages(index: Index) -> Iterator[Page]:
        try:
            for page in view(index):
                if isinstance(page, Stood):
                    raise TypeError(f"only we know whether {page.url} stands")
                if not isinstance(getattr(page.view, "frame", None), Frame):
                    raise TypeError(f"the view of {page.url} has no frame")
                if not _ADDRESS.fullmatch(page.url):
                    raise ValueError(f"{page.url!r} is no address of a page of the site")
                yield page
        except Exception as error:
            raise ExtensionFailed(_failure(error, module, "site.toml")) from error

    return pages


def _failure(error: Exception, module: ModuleType, path: str) -> Diagnostic:
    message = f"the module {module.__name__!r} failed: {_describe(error, module)}"
    return Diagnostic("extension-failed", message, path)


def _describe(error: BaseException, module: ModuleType | None = None) -> str:
    """Return what *error* says on one line, and on which line of *module* it arose."""
    words = " ".join(f"{type(error).__name__}: {error}".split())
    file = getattr(module, "__file__", None)
    lines = [
        frame.lineno
        for frame in traceback.extract_tb(error.__traceback__)
        if frame.filename == file
    ]
    return f"{words} (line {lines[-1]})" if lines else words
