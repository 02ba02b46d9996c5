"""Showing what came of a build: its problems, and the last line."""

import argparse

from generator.commands.answering import tell, wants_colour
from generator.diagnostics import Severity
from generator.drawing import severity_of
from generator.plans import Report
from generator.reporting import show_problems, summarise


def show_report(options: argparse.Namespace, report: Report, where: str, seconds: float) -> None:
    """Show the problems of a build, and *where* the site is and how many *seconds* it took."""
    shown = report.diagnostics
    if options.quiet:
        shown = tuple(each for each in shown if severity_of(each) == Severity.ERROR)
    show_problems(shown, report.texts, options.format, colour=wants_colour(options))
    if not options.quiet:
        for notice in report.notices:
            tell(notice)
        tell(summarise(report, where, seconds))
