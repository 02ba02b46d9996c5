"""The address book: everything in a site that a link can lead to, and the way there."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import NamedTuple

from generator import addresses
from generator.locating import explain_unknown, locate
from generator.model import Passage
from generator.site import CommentedSource, Link, name_place
from generator.sparing import sparing
from generator.words import nearest, nearest_id

_NO_ID = "no note, source, actor or issue has this id"


@dataclass(frozen=True, slots=True)
class KnownNote:
    """What a link needs to know of a note; *published* is False for a draft."""

    path: str
    url: str
    title: str
    published: bool


@dataclass(frozen=True, slots=True)
class KnownPage:
    """What a link needs to know of a free page; *anchors* are the ids of its headings."""

    url: str
    title: str
    published: bool
    anchors: frozenset[str]


@dataclass(frozen=True, slots=True)
class Hints:
    """What a dead link may have been meant for: the nearest word there is, or None.

    *id* and *path* are asked for a word of that kind, *file* for a picture's path, *note* for a
    note in a file. *place* says what is wrong with a locator of a source, and what there is.
    """

    id: Callable[[str], str | None]
    path: Callable[[str], str | None]
    file: Callable[[str], str | None]
    note: Callable[[str, str], str | None]
    place: Callable[[str, str], tuple[str, str]]


def _know_nothing(word: str) -> str | None:
    return None


_NO_HINTS = Hints(
    _know_nothing, _know_nothing, _know_nothing, lambda path, word: None, lambda id, label: ("", "")
)


@dataclass(frozen=True, slots=True)
class AddressBook:
    """Everything that a link can lead to.

    *sources* and *notes* are keyed by id, *pages* by the path of their file. *texts* gives the
    source of a file in ``seeds``, *annotation_files* the default source of an annotation file.
    *files* are the paths of pictures and files, *broken* is that of the corpus. *codebook* has the
    way to each actor and issue by id and by the path of its file. *open_to_drafts* tells that a
    link to a draft is fine, for it stands in a draft itself.
    """

    sources: Mapping[str, CommentedSource]
    notes: Mapping[str, KnownNote]
    pages: Mapping[str, KnownPage]
    texts: Mapping[str, str]
    annotation_files: Mapping[str, str]
    files: frozenset[str]
    broken: frozenset[str]
    codebook: Mapping[str, Link] = field(default_factory=dict)
    hints: Hints = _NO_HINTS
    open_to_drafts: bool = False


def write_book(book: AddressBook) -> AddressBook:
    """Return *book* with the hints that it can give, for the first mistakes that ask for them."""
    coded = [key for key in book.codebook if "/" not in key]
    filed = [key for key in book.codebook if "/" in key]
    ids, files = [*book.sources, *book.notes, *coded], [*book.files]
    paths = [*book.pages, *book.annotation_files, *book.texts, *filed]

    def find_note(path: str, word: str) -> str | None:
        return nearest_id(word, [id for id, note in book.notes.items() if note.path == path])

    def explain(id: str, label: str) -> tuple[str, str]:
        return explain_unknown(book.sources[id].gazetteer, label, id)

    hints = Hints(
        sparing(lambda word: nearest_id(word, ids), None),
        sparing(lambda path: nearest(path, paths), None),
        sparing(lambda path: nearest(path, files), None),
        sparing(find_note, None),
        sparing(explain, ("there is no such place", "")),
    )
    return replace(book, hints=hints)


class Fault(NamedTuple):
    """Why a link leads nowhere; the words follow the link as it was typed."""

    message: str
    help: str = ""
    code: str = "link-dead"


def find_passage(source: CommentedSource, fragment: str) -> Passage | None:
    """Return the place of *source* that *fragment* names: ``p3``, ``p1-p3``, ``c2``, a slug."""
    for label in (fragment, f"#{fragment}", f"#{fragment.removeprefix('s-')}"):
        place = locate(source.gazetteer, label)
        if place is not None:
            return Passage(source.source.id, place.span, place.labels, whole=True)
    return None


def follow_id(book: AddressBook, href: str, own: str) -> Link | Fault:
    """Return what ``[[href]]`` leads to; *own* is the source that ``#p3`` alone belongs to."""
    id, mark, fragment = (part.strip() for part in href.partition("#"))
    if mark and not fragment:
        return Fault("names no place", f"write [[{id}]], or the place: [[{id}#p1]]" if id else "")
    if not id and not own:
        return Fault("names a place but no source", f"write [[the-source#{fragment}]]")
    if (id or own) in book.sources:
        return _to_source(book, book.sources[id or own], fragment, own)
    if id not in book.notes and id not in book.codebook:
        return _find_fault(book, id or own)
    if mark:
        kind = "a note has" if id in book.notes else "actors and issues have"
        return Fault(f"leads to nothing: {kind} no places in it", f"write [[{id}]]")
    if id in book.codebook:
        return book.codebook[id]
    return _to_note(book, id)


def follow_path(book: AddressBook, path: str, fragment: str) -> Link | Fault:
    """Return what a link to the Markdown file at *path* leads to, as it would on GitHub."""
    if path in book.pages:
        return _to_page(book, book.pages[path], fragment)
    if path in book.codebook:
        return book.codebook[path]
    if path in book.annotation_files:
        return follow_fragment(book, fragment, path, book.annotation_files[path])
    if path in book.texts:
        return _to_source(book, book.sources[book.texts[path]], fragment, "")
    return Fault("leads to nothing")


def follow_fragment(book: AddressBook, fragment: str, path: str, source: str) -> Link | Fault:
    """Return what a link into the annotation file at *path* leads to; *source* is what it is about.

    That is one of its notes, else a place of the source, without a *fragment* all of the source.
    """
    note = book.notes.get(fragment)
    if note is not None and note.path == path:
        return _to_note(book, fragment)
    if note is not None:
        return Fault("leads to nothing: the note is in another file", f"that is {note.path}")
    if source not in book.sources:
        return Fault("leads to nothing: the file names no source", "name one of its notes")
    found = _to_source(book, book.sources[source], fragment, "")
    if isinstance(found, Fault) and not any(sign.isdecimal() for sign in fragment):
        close = book.hints.note(path, fragment)
        other = f"did you mean '#{close}'?" if close else "a note's name is the id in its braces"
        return Fault("leads to nothing: the file has no such note", other)
    return found


def _to_note(book: AddressBook, id: str) -> Link | Fault:
    note = book.notes[id]
    if note.published or book.open_to_drafts:
        return Link(note.url, title=note.title, note=id)
    return _draft("note")


def _draft(kind: str) -> Fault:
    help = f"publish that {kind}, or make what links to it a draft too"
    return Fault("leads to a draft, which is not published", help)


def _to_page(book: AddressBook, page: KnownPage, fragment: str) -> Link | Fault:
    if not page.published and not book.open_to_drafts:
        return _draft("page")
    if not fragment:
        return Link(page.url, title=page.title)
    for anchor in (f"s-{fragment}", fragment):
        if anchor in page.anchors:
            return Link(addresses.place_url(page.url, anchor), title=page.title)
    close = nearest(fragment, [anchor.removeprefix("s-") for anchor in page.anchors])
    help = f"did you mean '#{close}'?" if close else ""
    return Fault("leads to nothing: the page has no such heading", help)


def _to_source(book: AddressBook, source: CommentedSource, fragment: str, own: str) -> Link | Fault:
    """Return the link to a place of *source*; on the pages of *own* it need not say of which."""
    if not fragment:
        return Link(source.url, title=source.source.title)
    passage = find_passage(source, fragment)
    if passage is not None:
        title = name_place(source, passage)
        if source.source.id != own:
            title = f"{source.source.title}, {title}"
        return Link(place_url(source, passage), title=title, passage=passage)
    label = fragment if any(sign.isdecimal() for sign in fragment) else f"#{fragment}"
    message, help = book.hints.place(source.source.id, label)
    return Fault(f"leads to nothing: {message}", help)


def place_url(source: CommentedSource, passage: Passage) -> str:
    """Return the address of the first place of *passage*, which is in *source*."""
    anchor = source.gazetteer.locators[passage.labels[0]].anchor
    return addresses.place_url(source.url, anchor)


def _find_fault(book: AddressBook, id: str) -> Fault:
    if f"content/pages/{id}.md" in book.pages:
        help = f"a page is linked by its file: [words]({id}.md)"
        return Fault("leads to nothing: that is a page", help)
    close = book.hints.id(id)
    return Fault("leads to nothing", f"did you mean [[{close}]]?" if close else _NO_ID)
