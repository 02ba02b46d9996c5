"""Faults of templates: where a template went wrong, said in words of whoever wrote it."""

import os
import re
import traceback
from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass
from pathlib import Path

from jinja2 import Environment, TemplateNotFound, TemplateSyntaxError, nodes
from jinja2.environment import TemplateModule
from jinja2.utils import missing

from generator.diagnostics import Diagnostic
from generator.render.jinja import TOOLS, TooDeep, Unknown
from generator.spans import Span, TextFile
from generator.words import nearest

# Our own code; what it refuses at its doors was given to it by a template.
_PACKAGE = str(Path(__file__).resolve().parents[1]) + os.sep
_DOORS = (
    os.path.join("render", "theme.py"),
    os.path.join("render", "jinja.py"),
    "interface.py",
)
_MOST_LISTED = 12
# It begins with a word and has few of them: a long line is gone through once.
_OWNER = r"(?<!\w)(?P<owner>[A-Za-z_]\w*(?:\.\w+){0,8})"


class Faults:
    """The faults of templates, which are known by the paths of their files."""

    def __init__(self, files: Mapping[str, TextFile], environment: Environment) -> None:
        self._files, self._environment = files, environment

    def explain(self, error: Exception) -> Diagnostic | None:
        """Return the problem that *error* is, at the innermost template that is to blame.

        None: a fault below one of our own functions is ours, and must not be put on a template.
        """
        if isinstance(error, TemplateSyntaxError):
            return explain_syntax(self._files.get(error.filename or ""), error)
        place = self._find_line(error)
        if place is None:
            return None
        file, line = place
        message = error.args[0] if error.args else ""
        if isinstance(message, Unknown):
            return self._explain_unknown(file, line, message)
        return _fault(file, _line_span(file, line), describe(error))

    def _find_line(self, error: Exception) -> tuple[TextFile, int] | None:
        for frame in reversed(traceback.extract_tb(error.__traceback__)):
            if frame.filename in self._files:
                file = self._files[frame.filename]
                return file, min(frame.lineno or 1, len(file.line_starts))
            if frame.filename.startswith(_PACKAGE) and not frame.filename.endswith(_DOORS):
                return None
        return None

    def _explain_unknown(self, file: TextFile, line: int, unknown: Unknown) -> Diagnostic:
        """Return the problem of a name that its owner, or the template, does not have."""
        name, text = unknown.name, file.line(line)
        if unknown.owner is missing:
            found = re.search(rf"(?<![\w.'\"]){re.escape(name)}(?!\w)", text)
            message, known = f"there is nothing called `{name}` here", self._list_names(file)
            help = _suggest(name, known, "")
        else:
            found = re.search(rf"{_OWNER}(?:\.|\[\s*['\"]){re.escape(name)}(?!\w)", text)
            owner = f"`{found['owner']}`" if found else "what stands before it"
            message, known = f"{owner} has no `{name}`", set(_list_fields(unknown.owner))
            help = _suggest(name, known, f"{owner} has ")
        start = file.line_starts[line - 1]
        span = Span(start + found.start(), start + found.end()) if found else None
        return _fault(file, span or _line_span(file, line), message, help)

    def _list_names(self, file: TextFile) -> set[str]:
        """Return the names that a template can begin with: those it is given, and its own."""
        tree = self._environment.parse(file.text)
        own = {name.name for name in tree.find_all(nodes.Name) if name.ctx != "load"}
        return own | TOOLS | {"view", "frame", "draw"}


def explain_syntax(file: TextFile | None, error: TemplateSyntaxError) -> Diagnostic:
    """Return the problem of what Jinja cannot read in *file*."""
    if file is None:
        return _fault(None, None, str(error.message))
    if isinstance(error, TooDeep):
        return _fault(file, None, str(error.message))
    line = min(error.lineno, len(file.line_starts))
    return _fault(file, _line_span(file, line), str(error.message))


def describe(error: Exception) -> str:
    """Return on one line what is wrong, for whoever wrote the template."""
    if isinstance(error, TemplateNotFound):
        return f"there is no template {error.name!r}"
    if isinstance(error, KeyError):
        return f"there is nothing called {error}"
    return " ".join(str(error).split()) or type(error).__name__


def _suggest(name: str, known: set[str], head: str) -> str:
    """Return which of the *known* names may be meant, else what there is, after *head*."""
    others = known - {name}
    if close := nearest(name, others):
        return f"did you mean `{close}`?"
    if not others:
        return "nothing in it has a name"
    listed = [f"`{each}`" for each in sorted(others)]
    more = len(listed) - _MOST_LISTED
    return head + ", ".join(listed[:_MOST_LISTED]) + (f" and {more} more" if more > 0 else "")


def _list_fields(owner: object) -> Iterator[str]:
    """Yield the names by which a template gets at what is in *owner*."""
    if is_dataclass(owner):
        yield from (field.name for field in fields(owner))
    elif isinstance(owner, tuple):
        yield from getattr(owner, "_fields", ())
    elif isinstance(owner, TemplateModule):
        yield from (name for name in vars(owner) if not name.startswith("_"))
    for name, kind in vars(type(owner)).items():
        if isinstance(kind, property) and not name.startswith("_"):
            yield name


def _line_span(file: TextFile, line: int) -> Span:
    text, start = file.line(line), file.line_starts[line - 1]
    return Span(start + len(text) - len(text.lstrip()), start + len(text))


def _fault(file: TextFile | None, span: Span | None, message: str, help: str = "") -> Diagnostic:
    path = file.path if file else "themes"
    return Diagnostic("template-invalid", " ".join(message.split()), path, span, help)
