"""The command `import`."""

import argparse
import os
from dataclasses import replace

from generator.commands.answering import (
    FINE,
    MACHINE,
    PROBLEMS,
    USAGE,
    find_root,
    name_file,
    read_named,
    tell,
    tell_refused,
    tell_restricted,
)
from generator.commands.showing import show
from generator.diagnostics import Severity
from generator.drawing import severity_of
from generator.importing import draw_report, import_page, write_import
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
        tell("wrote " + " and ".join(name_file(options, path) for path in written.value))
        if options.rights != "full":
            tell_restricted(options.rights, "import it with --rights full")
    # It was read under its name, which may be another's in the site.
    own, name = set(made.diagnostics), options.file
    problems = tuple(replace(each, path=name) if each in own else each for each in problems)
    show(options, problems, {name: salvage(name, content)}, given=name)
    return PROBLEMS if any(severity_of(each) == Severity.ERROR for each in problems) else FINE
