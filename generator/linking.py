"""Links: from what an author typed to an address in the site, or a problem at its place."""

import posixpath
from dataclasses import dataclass, replace
from urllib.parse import urljoin

from generator import addresses
from generator.address_book import (
    AddressBook,
    Fault,
    find_passage,
    follow_fragment,
    follow_id,
    follow_path,
    place_url,
)
from generator.addresses import Address, read_address
from generator.diagnostics import Diagnostic, Outcome
from generator.editions import GAP
from generator.excerpts import cut_passage
from generator.model import Reference
from generator.site import CommentedSource, Link

PICTURES = frozenset(".png .jpg .jpeg .gif .webp .avif .svg".split())
FILES = PICTURES - {".svg"} | {".pdf"}


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a link stands: the file, and the source that ``#p3`` alone belongs to."""

    path: str
    source: str = ""


def resolve_reference(reference: Reference, origin: Origin, book: AddressBook) -> Outcome[Link]:
    """Return what a link of ours leads to; a link that is dead or unsafe is an error there."""
    if reference.form == "wiki":
        found = follow_id(book, reference.href, origin.source)
    elif reference.form == "transclusion":
        found = _show(follow_id(book, reference.href, origin.source), origin, book)
    else:
        found = _follow_address(reference, origin, book)
    if isinstance(found, Link):
        return Outcome(found)
    if _leads_to_broken(reference, origin, book):
        return Outcome(Link())
    message = f"{reference.href!r} {found.message}"
    return Outcome(
        Link(), (Diagnostic(found.code, message, origin.path, reference.place, found.help),)
    )


def resolve_source_reference(
    reference: Reference, source: CommentedSource, book: AddressBook
) -> Outcome[Link]:
    """Return what a link in a source's own text leads to.

    The text is never mended to suit the site: a link that leads nowhere here stays as words, or
    leads to where it did in the original; only a picture that should lie beside the text and does
    not is a problem that somebody can repair.
    """
    address, facts = read_address(reference.href), source.source
    if reference.form == GAP and not address.scheme:
        return Outcome(Link())
    if address.scheme:
        return Outcome(Link(address.path, external=True) if address.is_safe else Link())
    if not address.path:
        passage = find_passage(source, address.fragment)
        if passage:
            return Outcome(Link(place_url(source, passage), passage=passage))
    path = _join(facts.text_path, address.path)
    if path in book.files and _may_lead(reference, path):
        return Outcome(_to_file(path, address))
    if reference.form != "picture" and address.path:
        known = follow_path(book, path, address.fragment)
        if isinstance(known, Link):
            return Outcome(known)
    if facts.url:
        original = read_address(urljoin(facts.url, reference.href))
        return Outcome(Link(original.path, external=True) if original.is_safe else Link())
    if reference.form != "picture":
        return Outcome(Link())
    message, help = f"{reference.href!r} shows nothing", "put the picture beside the text"
    return Outcome(
        Link(), (Diagnostic("link-dead", message, facts.text_path, reference.place, help),)
    )


def _show(found: Link | Fault, origin: Origin, book: AddressBook) -> Link | Fault:
    """Return *found* with the words of the passage that it leads to."""
    if isinstance(found, Fault):
        return found
    if found.passage is None:
        return Fault("shows nothing", "a transclusion names a passage: ![[source#p3]]")
    source = book.sources[found.passage.source]
    title = found.title
    if found.passage.source == origin.source:
        title = f"{source.source.title}, {title}"
    excerpt = cut_passage(source, found.passage.span)
    return replace(found, title=title, excerpts=(excerpt,), language=source.source.language)


def _follow_address(reference: Reference, origin: Origin, book: AddressBook) -> Link | Fault:
    address = read_address(reference.href)
    if not address.is_safe:
        help = "links may begin with http:, https: or mailto:, or lead to a file of the project"
        return Fault(f"may not begin with {address.scheme + ':'!r}", help, "link-unsafe")
    if address.scheme:
        return Link(address.path, title=reference.href, external=True)
    if not address.path and not address.fragment:
        return Fault("leads to nothing", "say where the link leads: [words](file.md)")
    if not address.path and origin.path not in book.pages:
        return follow_fragment(book, address.fragment, origin.path, origin.source)
    path = _join(origin.path, address.path) if address.path else origin.path
    if path in book.files:
        return _follow_file(reference, path, address)
    if _is_withheld(path, book):
        help = "if it may be published, move it below content/files"
        return Fault("lies beside a text whose words are kept back", help, "file-withheld")
    if reference.form == "picture":
        close = book.hints.file(path)
        help = f"did you mean {_from(origin, close)!r}?" if close else ""
        return Fault("shows nothing", help or "pictures lie below content/files")
    found = follow_path(book, path, address.fragment)
    if isinstance(found, Fault) and not found.help:
        return found._replace(help=_suggest(path, origin, book))
    return found


def _is_withheld(path: str, book: AddressBook) -> bool:
    """Tell whether a file may show a text that may not be published whole, whether or not it is."""
    parts = path.split("/")
    if parts[0] != "seeds" or len(parts) < 3 or parts[1] not in book.sources:
        return False
    is_file = posixpath.splitext(path)[1].lower() in FILES | PICTURES
    return is_file and book.sources[parts[1]].is_restricted


def _follow_file(reference: Reference, path: str, address: Address) -> Link | Fault:
    if _may_lead(reference, path):
        return _to_file(path, address)
    if reference.form == "picture":
        return Fault("is no picture", f"link to it: [words]({reference.href})")
    help = f"show it as a picture: ![words]({reference.href})"
    return Fault("can run script when it is opened by a link", help, "link-unsafe")


def _to_file(path: str, address: Address) -> Link:
    mark = f"#{addresses.encode_fragment(address.fragment)}" if address.fragment else ""
    return Link(addresses.file_url(path) + mark, title=posixpath.basename(path))


def _may_lead(reference: Reference, path: str) -> bool:
    suffix = posixpath.splitext(path)[1].lower()
    return suffix in (PICTURES if reference.form == "picture" else FILES)


def _suggest(path: str, origin: Origin, book: AddressBook) -> str:
    """Return the help for a link to a file that is not there: the nearest that is."""
    if "\\" in path:
        return "folders are parted by `/`"
    if path.startswith("../"):
        return "only what lies in the project is published"
    is_file = posixpath.splitext(path)[1].lower() in FILES | PICTURES
    close = book.hints.file(path) if is_file else book.hints.path(path)
    return f"did you mean {_from(origin, close)!r}?" if close and close != path else ""


def _from(origin: Origin, path: str) -> str:
    return posixpath.relpath(path, posixpath.dirname(origin.path))


def _join(origin: str, path: str) -> str:
    """Return the path from the root that *path* means in the file *origin*, as GitHub reads it."""
    if path.startswith("/"):
        return posixpath.normpath(path).lstrip("/")
    return posixpath.normpath(posixpath.join(posixpath.dirname(origin), path))


def _leads_to_broken(reference: Reference, origin: Origin, book: AddressBook) -> bool:
    """Tell whether a dead link leads to something that is there and could not be read."""
    if reference.form in ("wiki", "transclusion"):
        return (reference.href.partition("#")[0].strip() or origin.source) in book.broken
    path = _join(origin.path, read_address(reference.href).path)
    parts = path.split("/")
    return path in book.broken or (
        parts[0] == "seeds" and parts[1:2] != [] and parts[1] in book.broken
    )
