"""Links: from what an author typed to an address in the site, or a problem at its place."""

import posixpath
from collections.abc import Mapping
from dataclasses import dataclass, replace
from urllib.parse import urljoin

from generator import addresses
from generator.addresses import FILE_SUFFIXES, Address, read_address
from generator.diagnostics import Diagnostic, Outcome
from generator.excerpts import cut_excerpts
from generator.model import Document, Passage, Reference, Source
from generator.site import Link
from generator.spans import Span
from generator.words import nearest


@dataclass(frozen=True, slots=True)
class KnownNote:
    """What a link needs to know of a note; *published* is False for a draft."""

    path: str
    url: str
    title: str
    published: bool


@dataclass(frozen=True, slots=True)
class AddressBook:
    """Everything that a link can lead to.

    *pages* is keyed by the file's path and holds address, title and whether it is published;
    *annotation_files* gives the source of each annotation file, *files* are the paths of pictures
    and files.
    """

    sources: Mapping[str, tuple[Source, Document]]
    notes: Mapping[str, KnownNote]
    pages: Mapping[str, tuple[str, str, bool]]
    annotation_files: Mapping[str, str]
    files: frozenset[str]
    broken: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a link stands: the file, and the source that ``#p3`` alone belongs to."""

    path: str
    source: str


def resolve_reference(reference: Reference, origin: Origin, book: AddressBook) -> Outcome[Link]:
    """Return what a link of ours leads to; a link that is dead or unsafe is an error there."""
    if reference.form in ("wiki", "transclusion"):
        found = _resolve_wiki(reference, origin, book)
    else:
        found = _resolve_address(reference, origin, book)
    if isinstance(found, Link):
        if reference.form == "transclusion" and found.passage is None:
            found = _dead(reference, "shows", "a transclusion names a passage: ![[source#p3]]")
        elif reference.form == "transclusion":
            return Outcome(_with_excerpts(found, book))
        else:
            return Outcome(found)
    if _leads_to_broken(reference, origin, book):
        return Outcome(Link())
    code, message, help = found
    return Outcome(Link(), (Diagnostic(code, message, origin.path, reference.place, help),))


def _leads_to_broken(reference: Reference, origin: Origin, book: AddressBook) -> bool:
    """Tell whether a dead link leads to a source that is there and could not be read."""
    if reference.form in ("wiki", "transclusion"):
        return (reference.href.partition("#")[0].strip() or origin.source) in book.broken
    parts = _join(origin.path, read_address(reference.href).path).split("/")
    return parts[0] == "seeds" and parts[1:2] != [] and parts[1] in book.broken


def resolve_source_reference(
    reference: Reference, source: Source, document: Document, book: AddressBook
) -> Outcome[Link]:
    """Return what a link in a source's own text leads to.

    The text is never mended to suit the site: a link that leads nowhere here stays as words, or
    leads to where it did in the original; only a picture that should lie beside the text and does
    not is a problem that somebody can repair.
    """
    address = read_address(reference.href)
    if address.scheme:
        return Outcome(Link(address.path, external=True) if address.is_safe else Link())
    if not address.path:
        passage = find_passage(document, address.fragment)
        return Outcome(_to_passage(passage, document) if passage else Link())
    path = _join(source.text_path, address.path)
    if path in book.files and _may_link(reference, path):
        return Outcome(Link(addresses.file_url(path)))
    if reference.form != "picture":
        known = _resolve_path(path, address, Origin(source.text_path, source.id), book)
        if isinstance(known, Link):
            return Outcome(known)
    if source.url:
        original = read_address(urljoin(source.url, reference.href))
        return Outcome(Link(original.path, external=True) if original.is_safe else Link())
    if reference.form != "picture":
        return Outcome(Link())
    code, message, help = _dead(reference, "shows", "put the picture beside the text")
    return Outcome(Link(), (Diagnostic(code, message, source.text_path, reference.place, help),))


def find_passage(document: Document, fragment: str) -> Passage | None:
    """Return the place of *document* that *fragment* names: ``p3``, ``p1-p3``, ``c2``, a slug."""
    spans = {locator.label: locator.span for locator in document.locators}
    for label in (fragment, f"#{fragment}"):
        if label in spans:
            return Passage(document.id, spans[label], (label,), whole=True)
    first, dash, last = fragment.partition("-")
    if dash and first in spans and last in spans and spans[first] <= spans[last]:
        span = Span(spans[first].start, spans[last].end)
        return Passage(document.id, span, (first, last), whole=True)
    anchors = {locator.anchor: locator for locator in document.locators}
    if fragment in anchors:
        locator = anchors[fragment]
        return Passage(document.id, locator.span, (locator.label,), whole=True)
    return None


_Fault = tuple[str, str, str]


def _dead(reference: Reference, verb: str, help: str = "") -> _Fault:
    return "link-dead", f"{reference.href!r} {verb} nothing", help


def _with_excerpts(link: Link, book: AddressBook) -> Link:
    assert link.passage is not None
    document = book.sources[link.passage.source][1]
    excerpts = cut_excerpts(document, link.passage.span, whole=True)
    return replace(link, title=book.sources[link.passage.source][0].title, excerpts=excerpts)


def _to_passage(passage: Passage, document: Document) -> Link:
    anchor = next(loc.anchor for loc in document.locators if loc.label == passage.labels[0])
    url = addresses.place_url(addresses.source_url(document.id), anchor)
    return Link(url, title=" ".join(passage.labels), passage=passage)


def _resolve_wiki(reference: Reference, origin: Origin, book: AddressBook) -> Link | _Fault:
    id, mark, fragment = reference.href.partition("#")
    id = id.strip() or origin.source
    if id in book.sources:
        source, document = book.sources[id]
        if not mark:
            return Link(addresses.source_url(id), title=source.title)
        passage = find_passage(document, fragment.strip())
        if passage:
            return _to_passage(passage, document)
        close = nearest(fragment, [loc.label.lstrip("#") for loc in document.locators])
        return _dead(reference, "leads to", f"did you mean {id}#{close}?" if close else "")
    if id in book.notes and not mark:
        return _to_note(id, reference, book)
    if id in book.notes:
        return _dead(reference, "leads to", f"a note has no places in it: [[{id}]]")
    close = nearest(id, [*book.sources, *book.notes])
    return _dead(reference, "leads to", f"did you mean [[{close}]]?" if close else "")


def _to_note(id: str, reference: Reference, book: AddressBook) -> Link | _Fault:
    note = book.notes[id]
    if note.published:
        return Link(note.url, title=note.title, note=id)
    help = "publish that note, or make this one a draft too"
    return "link-dead", f"{reference.href!r} leads to a draft, which is not published", help


def _resolve_address(reference: Reference, origin: Origin, book: AddressBook) -> Link | _Fault:
    address = read_address(reference.href)
    if not address.is_safe:
        help = "links may begin with http:, https: or mailto:, or lead to a file of the project"
        return "link-unsafe", f"a link may not begin with {address.scheme + ':'!r}", help
    if address.scheme:
        return Link(address.path, title=reference.href, external=True)
    path = _join(origin.path, address.path) if address.path else origin.path
    if path in book.files:
        if _may_link(reference, path):
            return Link(addresses.file_url(path), title=posixpath.basename(path))
        help = "show it as a picture: ![words](file.svg)"
        return "link-unsafe", "an SVG file can run script when it is opened by a link", help
    if reference.form == "picture":
        beside = [posixpath.relpath(file, posixpath.dirname(origin.path)) for file in book.files]
        close = nearest(address.path, beside)
        help = f"did you mean {close!r}?" if close else "pictures lie below content/files"
        return _dead(reference, "shows", help)
    return _resolve_path(path, address, origin, book) or _dead(
        reference, "leads to", _nearest_path(path, origin, book)
    )


def _resolve_path(
    path: str, address: Address, origin: Origin, book: AddressBook
) -> Link | None:
    """Return the link to a Markdown file of the project, as it would lead there on GitHub."""
    fragment = address.fragment
    if path in book.pages:
        url, title, published = book.pages[path]
        if not published:
            return None
        return Link(addresses.place_url(url, f"s-{fragment}") if fragment else url, title=title)
    note = book.notes.get(fragment)
    if note is not None and note.path == path:
        return Link(note.url, title=note.title, note=fragment) if note.published else None
    id = next(
        (id for id, (source, _) in book.sources.items() if path in (source.text_path, source.path)),
        book.annotation_files.get(path, ""),
    )
    if id not in book.sources:
        return None
    source, document = book.sources[id]
    if not fragment:
        return Link(addresses.source_url(id), title=source.title)
    passage = find_passage(document, fragment)
    return _to_passage(passage, document) if passage else None


def _nearest_path(path: str, origin: Origin, book: AddressBook) -> str:
    texts = [source.text_path for source, _ in book.sources.values()]
    close = nearest(path, [*book.pages, *book.annotation_files, *texts])
    if not close:
        return ""
    if close == path:
        return "the file is there, the place in it is not, or it is a draft"
    return f"did you mean {posixpath.relpath(close, posixpath.dirname(origin.path))!r}?"


def _join(origin: str, path: str) -> str:
    return posixpath.normpath(posixpath.join(posixpath.dirname(origin), path))


def _may_link(reference: Reference, path: str) -> bool:
    suffix = posixpath.splitext(path)[1].lower()
    return suffix in FILE_SUFFIXES and (reference.form == "picture" or suffix != ".svg")
