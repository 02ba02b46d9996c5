"""What competes in ``peers.py``: generators in their projects, and whether they did the work."""

import re
import sys
from dataclasses import dataclass
from pathlib import Path

from benchmarks.corpus import make_document, make_notes, make_words, write_site
from benchmarks.installs import Peer
from benchmarks.layouts import LAYOUTS, OURS, Layout, write_project
from benchmarks.measuring import Failed

_BUILD = Path(__file__).resolve().parents[1] / "build.py"


@dataclass(frozen=True, slots=True)
class Contender:
    """A generator: the *command* that builds its *project* of so many *documents*.

    Its site has at least so many *pages*.
    """

    name: str
    command: tuple[str, ...]
    project: Path
    layout: Layout
    documents: int
    pages: int


def enter_peer(peer: Peer, program: Path, project: Path, documents: int, notes: int) -> Contender:
    """Write the *project* of *peer* and return it as a contender."""
    layout = LAYOUTS[peer.name]
    write_project(project, layout, documents, notes=notes)
    if peer.needs_node:  # where its settings look for what they import
        (project / "node_modules").symlink_to(program.parents[1], target_is_directory=True)
    command = (str(program), *peer.arguments)
    return Contender(peer.name, command, project, layout, documents, documents + 1)


def enter_postil(project: Path, documents: int, notes: int, *, note_pages: bool) -> Contender:
    """Write a site root and return Postil as a contender, with *note_pages* or without."""
    write_site(project, documents, notes=notes, note_pages=note_pages)
    name = "Postil with note pages" if note_pages else "Postil"
    pages = documents * (notes + 1 if note_pages else 1) + 1
    command = (sys.executable, str(_BUILD), "--quiet", "--root", ".")
    return Contender(name, command, project, OURS, documents, pages)


def forget(contender: Contender, aside: Path) -> None:
    """Make the next build a cold one.

    What earlier ones made is moved *aside*: a file system that has just deleted a lot of files is
    slow at making others.
    """
    for name in contender.layout.made:
        if (made := contender.project / name).exists():
            made.rename(aside / str(sum(1 for _ in aside.iterdir())))


def edit(contender: Contender, number: int, mark: str) -> None:
    """Put *mark* behind what the first note on document *number* says."""
    path = contender.project / contender.layout.notes.format(number)
    body = find_phrases(number, 1)[-1]
    path.write_text(path.read_text("utf-8").replace(body, f"{body} {mark}", 1), "utf-8")


def find_phrases(number: int, notes: int) -> list[str]:
    """Return what the page of document *number* must say: a sentinel, then what each note says."""
    words = make_words(7)
    text, paragraphs = make_document(number, words, 800)
    sentinel = re.search(r"^> (.+)$", text, re.M)
    assert sentinel
    return [sentinel[1], *(note.body for note in make_notes(number, paragraphs, words, notes))]


def count_pages(contender: Contender) -> int:
    """Return how many pages the site has."""
    return sum(1 for _ in (contender.project / contender.layout.made[0]).rglob("*.html"))


def check(contender: Contender, notes: int, number: int, mark: str = "") -> None:
    """Raise Failed unless the site is what the project asks for.

    It may have too few pages, or none for a document; the first document, the last or *number* may
    lack its text or a note, and *number* the *mark* in its first note.
    """
    project, layout = contender.project, contender.layout
    if (pages := count_pages(contender)) < contender.pages:
        raise Failed(f"{pages} pages, at least {contender.pages} expected")
    for document in range(contender.documents):
        if not (project / layout.page.format(document)).is_file():
            raise Failed(f"document {document} has no page")
    for document in sorted({0, number, contender.documents - 1}):
        wanted = find_phrases(document, notes)
        if mark and document == number:
            wanted[1] += f" {mark}"
        page = project / layout.page.format(document)
        said = " ".join(re.sub(r"<[^>]*>", "", page.read_text("utf-8")).split())
        for place, phrase in enumerate(wanted):
            if phrase not in said:
                what = f"note {place}" if place else "its text"
                raise Failed(f"document {document} lacks {what}: {phrase}")
