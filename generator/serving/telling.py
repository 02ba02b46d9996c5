"""Telling: the problems of a build, as values that can be shown as text and only as text."""

from typing import NamedTuple

from generator.diagnostics import Diagnostic, Severity
from generator.drawing import cut_out, printable, severity_of, sort_key
from generator.plans import Report
from generator.spans import TextFile

# With one of these a page, a theme or a module is missing that an author still expects to see.
_BREAKING = frozenset({"template-invalid", "extension-failed"})


class Problem(NamedTuple):
    """A problem in words: where (``path:line:column``), and the line, cut into three."""

    severity: Severity
    code: str
    place: str
    message: str
    help: str
    line: tuple[str, str, str] = ("", "", "")


def is_fit(report: Report) -> bool:
    """Tell whether there is something to show that may be shown."""
    return bool(report.pages) and not report.withheld


def is_whole(report: Report) -> bool:
    """Tell whether every page could be made, whatever is wrong with the texts."""
    return is_fit(report) and not any(each.code in _BREAKING for each in report.diagnostics)


def list_problems(report: Report) -> tuple[Problem, ...]:
    """Return the problems of *report* in order: errors first, then by path and place."""
    problems = sorted(set(report.diagnostics), key=lambda each: (severity_of(each), sort_key(each)))
    if not problems and report.settings_failed:
        return (Problem(Severity.ERROR, "", "site.toml", "there is no such file", "put it back"),)
    return tuple(_describe(each, report.texts.get(each.path)) for each in problems)


def describe_failure(error: Exception) -> Problem:
    """Return the problem of a build that *error* broke off."""
    words = f"the build broke off: {type(error).__name__}: {error}"
    return Problem(Severity.ERROR, "", "", printable(words), "the terminal says more")


def _describe(problem: Diagnostic, file: TextFile | None) -> Problem:
    place, line = printable(problem.path), ("", "", "")
    if file is not None and problem.span is not None:
        number, column = file.line_column(problem.span.start)
        place, line = f"{place}:{number}:{column}", cut_out(file, problem.span)
    message, help = printable(problem.message), printable(problem.help)
    return Problem(severity_of(problem), problem.code, place, message, help, line)
