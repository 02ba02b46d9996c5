"""The command `new note`."""

import argparse
import sys

from generator.commands.answering import (
    FINE,
    MACHINE,
    PROBLEMS,
    USAGE,
    find_root,
    is_site,
    name_file,
    tell,
    tell_refused,
)
from generator.commands.progress import Progress
from generator.commands.showing import show
from generator.drawing import printable
from generator.starting.asking import Unclear
from generator.starting.files import Refused, place_files, replace_file
from generator.starting.notes import NewNote, Wish, start_note
from generator.starting.opening import open_site
from generator.starting.shelving import Spoilt


def run_note(options: argparse.Namespace) -> int:
    """Write a note about words of a source, and show where it is and what it says."""
    root = find_root(options)
    if not is_site(root):
        return USAGE
    wish = Wish(
        source=options.name,
        words=tuple(options.words),
        at=options.at or "",
        gist=options.gist or "",
        by=options.by or "",
        id=options.id or "",
        file=options.file or "",
    )
    try:
        with Progress(options) as progress:
            progress.note("reading")
            desk, opened = open_site(root)
            started = start_note(opened, wish) if opened else None
        if isinstance(started, NewNote):
            if started.old is None:
                place_files(root, ((started.path, started.new),))
            else:
                replace_file(root, started.path, started.old, started.new)
    except Refused as refusal:
        tell(str(refusal))
        return USAGE
    except OSError as error:
        tell_refused(error, root)
        return MACHINE
    match started:
        case None:
            show(options, desk.problems, desk.texts)
            return USAGE
        case Unclear():
            file = started.asked.file
            show(options, started.problems, {file.path: file}, given=file.path)
            _list(options, started)
            return PROBLEMS
        case Spoilt():
            show(options, started.problems, {started.file.path: started.file})
            path = name_file(options, started.file.path)
            tell(f"nothing was written: {path} has to be mended first")
            return PROBLEMS
    print(f"{name_file(options, started.path)}:{started.line}")
    if not options.quiet:
        print("\n" + "\n".join(map(printable, started.block)))
        show(options, started.problems, {started.path: started.text})
    return FINE


def _list(options: argparse.Namespace, unclear: Unclear) -> None:
    """Show each place where the words stand, and how it can be told from the others."""
    if options.format != "text":
        return
    width = max((len(name) for name, _ in unclear.choices), default=0)
    for name, words in unclear.choices:
        print(f"  {name.ljust(width)}  {printable(words)}", file=sys.stderr)
