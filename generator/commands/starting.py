"""The command `new`: everything that is started but notes."""

import argparse
import os
from pathlib import Path

from generator.commands.answering import (
    FINE,
    MACHINE,
    PROBLEMS,
    USAGE,
    find_root,
    is_site,
    name_file,
    read_named,
    tell,
    tell_refused,
    tell_restricted,
)
from generator.commands.showing import show
from generator.diagnostics import Severity
from generator.drawing import severity_of
from generator.scan import salvage
from generator.starting.files import Refused, place_files
from generator.starting.opening import Opened, open_site
from generator.starting.stubs import EMPTY_TEXT, stub_site, title_of
from generator.starting.things import (
    Started,
    start_actor,
    start_issue,
    start_page,
    start_source,
    start_theme,
)

# What is to be done next, by what was started.
_NEXT = {
    "actor": "say there who it is, and name it in the table of a note",
    "issue": "write its proposition there, and name it in the table of a note",
    "page": "write its words there",
    "source": "put what you know of it there",
    "theme": 'write `theme = "{name}"` into site.toml to see it',
}


def run_new(options: argparse.Namespace) -> int:
    """Start something new: write what it needs, over nothing that is there."""
    try:
        if options.what == "site":
            return _start_site(options)
        root = find_root(options)
        if not is_site(root):
            return USAGE
        desk, opened = open_site(root)
        if opened is None:
            show(options, desk.problems, desk.texts)
            return USAGE
        text = read_named(options.text) if options.what == "source" and options.text else b""
        if text is None:
            return USAGE
        started = _start(options, opened, text)
        if started.sound:
            place_files(root, started.files)
    except Refused as refusal:
        tell(str(refusal))
        return USAGE
    except OSError as error:
        tell_refused(error, options.name)
        return MACHINE
    return _answer(options, started)


def _start(options: argparse.Namespace, opened: Opened, content: bytes) -> Started:
    id = options.name
    match options.what:
        case "actor":
            return start_actor(opened, id, options.title or "", options.kind)
        case "issue":
            return start_issue(opened, id, options.proposition or "")
        case "page":
            return start_page(id, options.title or "")
        case "theme":
            return start_theme(id)
    text = (options.text, content) if options.text else None
    return start_source(opened, id, options.title or "", options.rights, text)


def _start_site(options: argparse.Namespace) -> int:
    root = Path(options.name).resolve()
    files = stub_site(options.title or title_of(root.name))
    if (root / ".gitignore").exists():
        files = tuple(each for each in files if each[0] != ".gitignore")
    place_files(root, files)
    if not options.quiet:
        written = Path(options.name) / "site.toml"
        tell(f"wrote {written}: say there who writes; then `new source ID --root {options.name}`")
    return FINE


def _answer(options: argparse.Namespace, started: Started) -> int:
    """Say what was written, what is to be done next, and what a build will say."""
    if started.sound and not options.quiet:
        next = _NEXT[options.what].format(name=options.name)
        if options.what == "issue" and options.proposition:
            next = "name it in the table of a note"
        if EMPTY_TEXT in [(os.path.basename(path), content) for path, content in started.files]:
            next = "put its words into text.md, and what you know of it into source.toml"
        written = " and ".join(name_file(options, path) for path, _ in started.files)
        tell(f"wrote {written}: {next}")
        if options.what == "source" and options.rights != "full":
            remedy = 'write `rights = "full"` into source.toml and delete the .gitignore beside it'
            tell_restricted(options.rights, remedy)
    shown = started.problems
    if options.quiet:
        shown = tuple(each for each in shown if severity_of(each) == Severity.ERROR)
    texts = {path: salvage(path, content) for path, content in started.files}
    texts |= {file.path: file for file in started.texts}
    show(options, shown, texts, options.text if options.what == "source" else "")
    if not started.sound:
        tell("nothing was written")
    wrong = any(severity_of(each) == Severity.ERROR for each in started.problems)
    return PROBLEMS if wrong else FINE
