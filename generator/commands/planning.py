"""Planning: what the command line asks of a build, wherever it goes."""

import argparse
from pathlib import Path

from generator.commands.answering import choose_cache
from generator.plans import Plan


def usual_output(options: argparse.Namespace, root: Path) -> Path:
    """Return the folder into which the site at *root* goes if nothing else is said."""
    return root / ("site-private" if options.private else "site")


def make_plan(options: argparse.Namespace, root: Path, output: Path | None) -> Plan:
    """Return the plan of a build of the site at *root* into *output*."""
    return Plan(
        root,
        output,
        options.base_url,
        drafts=options.drafts,
        cache=choose_cache(options, root),
        clean=options.clean,
        jobs=options.jobs,
        private=options.private,
    )
