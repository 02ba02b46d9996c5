"""Reporting: the problems of a build in order, and its last line."""

import sys
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from io import TextIOWrapper

from generator.diagnostics import Diagnostic, Severity
from generator.drawing import draw_github, draw_json, draw_text, severity_of, sort_key
from generator.plans import Report
from generator.spans import TextFile


def show_problems(
    problems: Iterable[Diagnostic],
    texts: Mapping[str, TextFile],
    format: str,
    name: Callable[[str], str] = str,
    *,
    colour: bool,
) -> None:
    """Write *problems*, sorted: as text to standard error, else to standard output.

    *texts* are the files in which they stand, by path; a problem without one has no drawing. People
    read a path as *name* has it, programs as it is.
    """
    if format != "text" and isinstance(sys.stdout, TextIOWrapper):
        # What programs read is UTF-8 whatever the terminal of the machine is made for.
        sys.stdout.reconfigure(encoding="utf-8", errors="backslashreplace")
    for problem in sorted(set(problems), key=sort_key):
        file = texts.get(problem.path)
        if format == "json":
            print(draw_json(problem, file))
            continue
        named = replace(problem, path=name(problem.path))
        if format == "github":
            print(draw_github(named, file))
        else:
            print(draw_text(named, file, colour=colour) + "\n", file=sys.stderr)


def count_problems(report: Report) -> tuple[int, int]:
    """Return how many errors and how many warnings a build met."""
    severities = [severity_of(problem) for problem in set(report.diagnostics)]
    errors = severities.count(Severity.ERROR)
    return errors, len(severities) - errors


def summarise(report: Report, where: str, seconds: float) -> str:
    """Return the last line: what was built, how long it took, how many problems there are."""
    errors, warnings = count_problems(report)
    counted = [_count(errors, "error"), _count(warnings, "warning")]
    problems = ", ".join(words for words in counted if words) or "no problems"
    if not report.pages:
        return f"nothing was built in {seconds:.2f} s: {problems}"
    texts, notes = _count(report.sources, "text"), _count(report.notes, "note")
    made = f"{_count(report.pages, 'page')} from {texts or 'no texts'} and {notes or 'no notes'}"
    done = f"built {made} into {where}" if where else f"checked {made}"
    if report.withheld or report.theme_failed:
        done = f"made {made}, and published nothing: the site that is there stays as it was"
    return f"{done} in {seconds:.2f} s: {problems}"


def _count(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'' if number == 1 else 's'}" if number else ""
