"""Showing what came of a build: its problems, and the last line."""

import argparse
from collections.abc import Iterable, Mapping

from generator.commands.answering import name_file, tell, wants_colour
from generator.diagnostics import Diagnostic, Severity
from generator.drawing import severity_of
from generator.plans import Report
from generator.reporting import show_problems, summarise
from generator.spans import TextFile


def show(
    options: argparse.Namespace,
    problems: Iterable[Diagnostic],
    texts: Mapping[str, TextFile],
    given: str = "",
) -> None:
    """Show *problems* as *options* ask; the path *given* on the command line stands as typed."""

    def name(path: str) -> str:
        return path if path == given else name_file(options, path)

    show_problems(problems, texts, options.format, name, colour=wants_colour(options))


def show_report(options: argparse.Namespace, report: Report, where: str, seconds: float) -> None:
    """Show the problems of a build, and *where* the site is and how many *seconds* it took."""
    shown = report.diagnostics
    if options.quiet:
        shown = tuple(each for each in shown if severity_of(each) == Severity.ERROR)
    show(options, shown, report.texts)
    if not options.quiet:
        for notice in report.notices:
            tell(notice)
        tell(summarise(report, where, seconds))
