"""The commands `build` and `check`."""

import argparse
import os
import time
from dataclasses import replace
from pathlib import Path

from generator.clusters import SCHEME, ClusterRefused
from generator.commands.answering import (
    FINE,
    MACHINE,
    PROBLEMS,
    USAGE,
    find_root,
    is_site,
    tell,
    tell_refused,
)
from generator.commands.planning import make_plan, usual_output
from generator.commands.progress import Progress
from generator.commands.showing import show_report
from generator.garbage import collected_seldom
from generator.output import OutputRefused
from generator.plans import Plan, Report
from generator.reporting import count_problems
from generator.unchanged import build_noted, look_back, recall


def run_build(options: argparse.Namespace) -> int:
    """Build the site."""
    return _make(options, write=True)


def run_check(options: argparse.Namespace) -> int:
    """Do all that a build does but writing."""
    return _make(options, write=False)


def _make(options: argparse.Namespace, *, write: bool) -> int:
    root = find_root(options)
    if not is_site(root):
        return USAGE
    if options.executor and not options.executor.startswith(SCHEME):
        tell(f"{options.executor!r} is no cluster: write --executor {SCHEME}host:port")
        return USAGE
    output = Path(options.output) if options.output else usual_output(options, root)
    plan = make_plan(options, root, output if write else None)
    plan = replace(plan, executor=options.executor)
    start = time.perf_counter()
    try:
        with Progress(options) as progress:
            report = _recall_or_build(plan, progress)
    except OutputRefused as refusal:
        tell(str(refusal))
        return USAGE
    except ClusterRefused as refusal:
        tell(str(refusal))
        return MACHINE
    except OSError as error:
        tell_refused(error, output)
        return MACHINE
    where = _shown_path(output) if write and report.pages else ""
    show_report(options, report, where, time.perf_counter() - start)
    return _answer(options, report)


@collected_seldom()
def _recall_or_build(plan: Plan, progress: Progress) -> Report:
    before = look_back(plan)
    report = recall(plan, before)
    if report is None:
        # Imported here: where nothing changed, it is not wanted, and most of the start-up.
        from generator.pipeline import build

        report = build_noted(plan, build, progress.note, before)
    return report


def _answer(options: argparse.Namespace, report: Report) -> int:
    """Return the exit code of a build."""
    errors, warnings = count_problems(report)
    if report.settings_failed or report.theme_failed:
        return USAGE
    return PROBLEMS if errors or (options.strict and warnings) else FINE


def _shown_path(path: Path) -> str:
    try:
        return str(path.resolve().relative_to(Path.cwd())) + os.sep
    except ValueError:
        return str(path) + os.sep
