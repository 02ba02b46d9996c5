"""The command `import`."""

import argparse
import os

from generator.commands.answering import (
    FINE,
    MACHINE,
    PROBLEMS,
    USAGE,
    find_root,
    read_named,
    tell,
    tell_refused,
    tell_restricted,
    wants_colour,
)
from generator.diagnostics import Severity
from generator.drawing import severity_of
from generator.importing import draw_report, import_page, write_import
from generator.reporting import show_problems
from generator.scan import salvage


def run_import(options: argparse.Namespace) -> int:
    """Turn a scraped page into a source, and give an account of it."""
    root = find_root(options)
    try:
        content = read_named(options.file)
        if content is None:
            return USAGE
        made = import_page(
            content, os.path.basename(options.file), id=options.id or "", rights=options.rights
        )
        problems = made.diagnostics
        if made.value is not None:
            written = write_import(root, made.value)
            problems += written.diagnostics
    except OSError as error:
        tell_refused(error, options.file)
        return MACHINE
    if made.value is not None and written.value:
        print(draw_report(made.value.report))
        tell("wrote " + " and ".join(written.value))
        if options.rights != "full":
            tell_restricted(options.rights, "import it with --rights full")
    texts = {os.path.basename(options.file): salvage(options.file, content)}
    show_problems(problems, texts, options.format, colour=wants_colour(options))
    return PROBLEMS if any(severity_of(each) == Severity.ERROR for each in problems) else FINE
