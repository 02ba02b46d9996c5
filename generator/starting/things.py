"""Starting things: the files of each, and what a build would say of them."""

import os
import re
from dataclasses import dataclass, replace
from pathlib import PurePosixPath

from generator.addresses import RESERVED_PAGES
from generator.diagnostics import Diagnostic, Outcome, Severity
from generator.drawing import severity_of
from generator.languages import is_code
from generator.model import Document
from generator.naming import fold_name
from generator.placeholders import PROPOSITION
from generator.readers.code import read_code
from generator.readers.codebook import read_actor, read_issue
from generator.readers.pages import read_page
from generator.readers.sources import read_source
from generator.scan import decode, is_text, read_bytes, salvage
from generator.spans import TextFile
from generator.stances import ActorKind
from generator.starting.files import Refused
from generator.starting.opening import Opened
from generator.starting.stubs import (
    EMPTY_TEXT,
    Files,
    stub_actor,
    stub_issue,
    stub_page,
    stub_source,
    stub_theme,
    title_of,
)
from generator.starting.taken import refuse_id
from generator.themes import BUNDLED, NAME


@dataclass(frozen=True, slots=True)
class Started:
    """The files of something new, and the problems that a build would have with them.

    What is not *sound* would be broken from the start, and is not to be written. *texts* are other
    files in which there are problems.
    """

    files: Files
    problems: tuple[Diagnostic, ...] = ()
    sound: bool = True
    texts: tuple[TextFile, ...] = ()


def start_source(
    opened: Opened, id: str, title: str, rights: str, text: tuple[str, bytes] | None
) -> Started:
    """Start the source *id*; *text* is the path and the content of a file to copy.

    A text that lies in the source's folder already is taken as it is. Without a *title* the text's
    own heading is one. A text with problems is sound, if it has words: it is never edited to suit
    us.
    """
    begun = _find_begun(opened, id)
    refuse_id(id, opened.taken if begun is None else {})
    if begun and (text or len(begun) > 1):
        raise Refused(f"seeds/{id}/{begun[0]} is there already: move it away, or do without --from")
    new, problems = text or EMPTY_TEXT, tuple[Diagnostic, ...]()
    if begun:
        path = f"seeds/{id}/{begun[0]}"
        text = path, read_bytes(opened.desk.root, path)
    if text:
        read = _read_text(opened, *text, id)
        if read.value is None or not read.value.text.strip():
            return Started((), read.diagnostics, sound=False, texts=(salvage(*text),))
        title = title or _find_title(read.value)
        new = f"text{_suffix(text[0])}", text[1]
        path = f"seeds/{id}/{begun[0] if begun else new[0]}"
        problems = tuple(replace(problem, path=path) for problem in read.diagnostics)
    files = stub_source(id, title or title_of(id), rights, None if begun else new)
    if begun is not None and os.path.lexists(opened.desk.root / files[0][0]):
        files = files[1:]  # what git ignores there is the author's own list
    settings = read_source(_open(files[-1]), id)
    return Started(files, (*settings.diagnostics, *problems), bool(settings.value))


def _find_begun(opened: Opened, id: str) -> tuple[str, ...] | None:
    """Return the names of texts in the folder of *id*, if there is one that is no source yet."""
    folder = f"seeds/{id}"
    if opened.taken.get(id) != folder:
        return None
    names = sorted(os.listdir(opened.desk.root / folder))
    return None if "source.toml" in names else tuple(filter(is_text, names))


def _suffix(name: str) -> str:
    return os.path.splitext(name)[1].lower()


def _read_text(opened: Opened, path: str, content: bytes, id: str) -> Outcome[Document | None]:
    """Read a text as it is before it is copied: what keeps it from that is at its own *path*."""
    suffix = _suffix(path)
    reader = opened.readers.get(suffix) or (read_code if is_code(suffix) else None)
    if reader is None:
        raise Refused(
            f"no reader knows the suffix {suffix!r} of {os.path.basename(path)}: save the text as "
            ".md, .txt, .html or with the suffix of a programming language"
        )
    decoded = decode(path, content)
    return reader(decoded.value, id) if decoded.value else Outcome(None, decoded.diagnostics)


def _find_title(document: Document) -> str:
    """Return the words of the heading that a document begins with; empty if there is none."""
    for element in document.elements:
        if element.tag == "h1":
            return " ".join(document.text[slice(*element.span)].split())
    return ""


def start_actor(opened: Opened, id: str, name: str, kind: str) -> Started:
    """Start the actor *id*; no two actors have one name."""
    refuse_id(id, opened.taken)
    name = name or title_of(id)
    owner = _names(opened).get(fold_name(name))
    if owner:
        raise Refused(f"{name!r} is a name of {owner} already: call one of them by another")
    files = stub_actor(id, name, kind, [str(kind) for kind in ActorKind])
    return _judge(files, read_actor(_open(files[0]), id).diagnostics)


def _names(opened: Opened) -> dict[str, str]:
    """Return every name and alias of the actors that there are, folded, with the id."""
    names: dict[str, str] = {}
    for path in opened.inputs.actors:
        file = opened.desk.open(path)
        actor = read_actor(file, PurePosixPath(path).stem).value if file else None
        if actor is not None:
            names |= {fold_name(name): actor.id for name in (actor.name, *actor.aliases)}
    return names


def start_issue(opened: Opened, id: str, proposition: str) -> Started:
    """Start the issue *id*."""
    refuse_id(id, opened.taken)
    files = stub_issue(id, proposition or PROPOSITION)
    read = read_issue(_open(files[0]), id, opened.config.language)
    return _judge(files, read.diagnostics)


def start_page(slug: str, title: str) -> Started:
    """Start the page *slug*; ``index`` has the words of the home page."""
    if slug != "index":
        refuse_id(slug, {})
        if slug in RESERVED_PAGES:
            raise Refused(f"the site needs the address {slug} for itself: try about-{slug}")
    files = stub_page(slug, title or title_of(slug))
    return _judge(files, read_page(_open(files[0]), slug).diagnostics)


def start_theme(name: str) -> Started:
    """Start the theme *name*, which inherits the default one."""
    if not re.fullmatch(NAME, name):
        other = re.sub("[^A-Za-z0-9_]+", "-", name).strip("-") or "mine"
        raise Refused(f"{name!r} is no name for a theme, which is a folder: try {other!r}")
    if any((folder / name).is_dir() for folder in BUNDLED):
        raise Refused(f"{name!r} comes with the generator: call yours by another name")
    return Started(stub_theme(name))


def _open(file: tuple[str, bytes]) -> TextFile:
    """Return a file of ours as a reader wants it."""
    path, content = file
    return TextFile(path, content.decode())


def _judge(files: Files, problems: tuple[Diagnostic, ...]) -> Started:
    """Return *files* with their *problems*: no stub of ours begins with an error.

    That it is one need not be said to whoever just asked for it.
    """
    problems = tuple(problem for problem in problems if problem.code != "stub-left")
    wrong = any(severity_of(problem) == Severity.ERROR for problem in problems)
    return Started(files, problems, not wrong)
