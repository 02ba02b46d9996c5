"""Pages that lead elsewhere: the home page, the sources, the tags; and the page for lost ways."""

from collections.abc import Iterator
from dataclasses import dataclass

from generator.model import Prose
from generator.site import Backlink, Linked
from generator.views.entries import NoteGroup, SourceEntry
from generator.views.framing import Index, make_frame
from generator.views.leafing import Leaves, frame_leaf, leaf_through
from generator.views.pages import Page
from generator.views.shown import Frame, NoteLink, Way
from generator.views.summaries import list_summaries, list_tags


@dataclass(frozen=True, slots=True)
class HomeView:
    """The home page: its own text, if somebody wrote one, and every source."""

    frame: Frame
    body: Linked
    lang: str
    draft: bool
    sources: tuple[SourceEntry, ...]


@dataclass(frozen=True, slots=True)
class SourcesView:
    """The list of sources."""

    frame: Frame
    sources: tuple[SourceEntry, ...]


@dataclass(frozen=True, slots=True)
class TagView:
    """One tag and the notes that bear it, in text order; *count* is that of all its pages."""

    frame: Frame
    leaves: Leaves
    name: str
    notes: tuple[NoteLink, ...]
    count: int


@dataclass(frozen=True, slots=True)
class TagsView:
    """All tags with the number of their notes."""

    frame: Frame
    tags: tuple[tuple[Way, int], ...]


@dataclass(frozen=True, slots=True)
class FreeView:
    """A free page: a text of the authors' own, and what links to it."""

    frame: Frame
    body: Linked
    lang: str
    draft: bool
    backlinks: tuple[Backlink, ...]


@dataclass(frozen=True, slots=True)
class MissingView:
    """The page that a server shows for an address it does not have.

    *root* is the site's path on its host, empty when it is not known: the page may be shown at
    any depth, so that only then can it lead anywhere or look like the others.
    """

    frame: Frame
    root: str


def view_home(index: Index) -> Iterator[Page]:
    """Yield the home page; its text is that of ``content/pages/index.md``."""
    own = next((page for page in index.site.pages if page.page.slug == "index"), None)
    title = own.page.title if own else index.site.config.title
    body = own.body if own else Linked(Prose())
    lang, draft = (own.page.lang, own.page.draft) if own else ("", False)
    frame = make_frame(index.site, "index.html", title, "home")
    yield Page("index.html", "home.html", HomeView(frame, body, lang, draft, _entries(index)))


def view_sources(index: Index) -> Iterator[Page]:
    """Yield the list of sources."""
    frame = make_frame(index.site, "sources/index.html", index.say("sources"), "read")
    yield Page("sources/index.html", "sources.html", SourcesView(frame, _entries(index)))


def view_tags(index: Index) -> Iterator[Page]:
    """Yield the pages of every tag and the list of them, if there are any."""
    tags = list_tags(index)
    for way, notes in tags:
        group = NoteGroup("", way.title, way.url, notes, len(notes))
        for leaves, (part,) in leaf_through([group], way.url):
            frame = frame_leaf(leaves, way.title, "tags", index)
            view = TagView(frame, leaves, way.title, part.notes, part.count)
            yield Page(leaves.url, "tag.html", view)
    if tags:
        frame = make_frame(index.site, "tags/index.html", index.say("tags"), "tags")
        rows = tuple((way, len(notes)) for way, notes in tags)
        yield Page("tags/index.html", "tags.html", TagsView(frame, rows))


def view_free_pages(index: Index) -> Iterator[Page]:
    """Yield the free pages, but for the home page's text."""
    for own in index.site.pages:
        if own.page.slug != "index":
            frame = make_frame(index.site, own.url, own.page.title)
            page = own.page
            view = FreeView(frame, own.body, page.lang, page.draft, own.backlinks)
            yield Page(own.url, "page.html", view)


def view_missing(index: Index) -> Iterator[Page]:
    """Yield the page for addresses that lead nowhere."""
    frame = make_frame(index.site, "404.html", index.say("missing_title"), "")
    yield Page("404.html", "404.html", MissingView(frame, _root(index.site.config.base_url)))


def _root(base_url: str) -> str:
    return "/" + base_url.split("/", 3)[3] if base_url.count("/") >= 3 else ""


def _entries(index: Index) -> tuple[SourceEntry, ...]:
    return tuple(each.entry for each in list_summaries(index) if each.entry)
