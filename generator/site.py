"""The nouns after the join: a site in which every target, link and address is resolved.

Addresses (*url*) are relative to the site's root, percent-encoded where a browser needs it.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field

from generator.config import Annotator, Config
from generator.editions import GAP
from generator.locating import Gazetteer
from generator.model import (
    Actor,
    Annotation,
    Document,
    Element,
    FreePage,
    Issue,
    Passage,
    Prose,
    Reference,
    Source,
    Target,
)
from generator.positions import Evidence, Position
from generator.spans import Span
from generator.units import Layout, elements_in
from generator.words import shorten, spell_controls

_LONGEST_TITLE, _LONGEST_PLACE = 160, 60


@dataclass(frozen=True, slots=True)
class Link:
    """What a reference turned out to mean.

    *url* is empty when it leads nowhere. *title* is what stands for it when no words were typed.
    *note* is the note's id, *passage* the place in a source, for those that lead to one;
    *excerpts* are the words of a passage that is shown in place, in *language*.
    """

    url: str = ""
    title: str = ""
    external: bool = False
    note: str = ""
    passage: Passage | None = None
    excerpts: tuple["Excerpt", ...] = ()
    language: str = ""


@dataclass(frozen=True, slots=True)
class Excerpt:
    """A stretch of a document cut out to be shown elsewhere; *start* is where it stood.

    *goes_before* and *goes_on* tell that what is shown goes on there. Elements have lost their ids;
    *references* point at them, and each has its link. *listings* are the codes that are cut here,
    whole, each after the offset at which it stood: colours depend on what comes before.
    """

    start: int
    text: str
    elements: tuple[Element, ...]
    references: tuple[Reference, ...] = ()
    links: tuple[Link, ...] = ()
    listings: tuple[tuple[int, str], ...] = ()
    goes_before: bool = False
    goes_on: bool = False


@dataclass(frozen=True, slots=True)
class Linked:
    """Prose with the link of each of its references, in their order."""

    prose: Prose
    links: tuple[Link, ...] = ()


@dataclass(frozen=True, slots=True)
class Backlink:
    """A link that leads here: from what, of which kind, and the sentence it stands in."""

    url: str
    title: str
    kind: str
    before: str
    words: str
    after: str


@dataclass(frozen=True, slots=True)
class AnchoredTarget:
    """A target and the passages it was found at; none: it has lost its place.

    *target* is None for a note that targets its file's whole source by saying nothing.
    *published* are the words of it that may be shown, None if it may be shown as it was typed.
    """

    target: Target | None
    source: str
    passages: tuple[Passage, ...]
    published: str | None = None

    @property
    def quote(self) -> str:
        """The words as typed or as published, empty where places were meant as such."""
        if self.published is not None:
            return self.published
        return self.target.quote if self.target else ""


@dataclass(frozen=True, slots=True)
class Note:
    """A note as a reader sees it.

    *source* is the source on whose page it stands (that of its first target, "" if there is
    none). *title* is what it is called where there is room for one line of plain words, *parent*
    the note it replies to.
    """

    annotation: Annotation
    by: Annotator
    source: str
    targets: tuple[AnchoredTarget, ...]
    gist: Linked
    body: Linked
    tags: tuple[str, ...]
    url: str
    title: str
    parent: str = ""
    replies: tuple[str, ...] = ()
    backlinks: tuple[Backlink, ...] = ()

    @property
    def id(self) -> str:
        """The note's permanent id."""
        return self.annotation.id

    @property
    def anchored(self) -> bool:
        """Tell whether all targets were found; a note that has none has lost its place."""
        return bool(self.targets) and all(target.passages for target in self.targets)

    def passages_in(self, source: str) -> tuple[Passage, ...]:
        """Return the passages of the source of that id, target by target."""
        targets = self.targets
        return tuple([p for target in targets for p in target.passages if p.source == source])


def call_note(annotation: Annotation, targets: Iterable[AnchoredTarget]) -> str:
    """Return the gist as plain words; a note without one is called by the words it quotes."""
    words = annotation.gist.text
    if not words.strip():
        quotes = (target.quote for target in targets) if annotation.targets else ()
        words = next((quote.replace("**", "") for quote in quotes if quote.strip()), "")
    return spell_controls(shorten(words, _LONGEST_TITLE)) or annotation.id


@dataclass(frozen=True, slots=True)
class CommentedSource:
    """A source on the site: its facts, its text, and what links to its places.

    *links* are those of the document's references; *comments* how many were announced and how
    many there are. *backlinks* come after the label of the place that they lead to, "" for the
    source as a whole. *gazetteer* and *layout* find places and elements of the document.
    *counts* are the words of its places, in their order. Of a source under restricted rights the
    document is that of its edition, *typed* is how many of its words the annotation files type
    out, and *limit* how many they may, 0 for any number; *typed* is -1 for one shown whole.
    """

    source: Source
    document: Document = field(repr=False)
    url: str
    words: int
    comments: tuple[int, int]
    gazetteer: Gazetteer = field(repr=False)
    layout: Layout = field(repr=False)
    links: tuple[Link, ...] = ()
    backlinks: tuple[tuple[str, Backlink], ...] = ()
    counts: tuple[int, ...] = field(repr=False, default=())
    typed: int = -1
    limit: int = 0

    @property
    def is_restricted(self) -> bool:
        """Tell whether only some of the words are shown, or none."""
        return self.typed >= 0


def has_gap(source: CommentedSource, span: Span) -> bool:
    """Tell whether words are kept back somewhere in *span*."""
    elements = source.layout.elements
    return source.is_restricted and any(
        elements[index].get("class") == GAP for index in elements_in(source.layout, span)
    )


def name_place(source: CommentedSource, passage: Passage) -> str:
    """Return how *passage* is called in words: ``p3``, ``p1–p3``, the heading of a section.

    It is empty for the source as a whole.
    """
    ends = dict.fromkeys((*passage.labels[:1], *passage.labels[-1:]))
    return "–".join(_name_locator(source, label) for label in ends)


def _name_locator(source: CommentedSource, label: str) -> str:
    if not label.startswith("#"):
        return label
    text, span = source.document.text, source.gazetteer.locators[label].span
    end = text.find("\n", span.start)
    line = Span(span.start, span.end if end == -1 else end)
    heading = "" if has_gap(source, line) else text[slice(*line)]
    return shorten(heading, _LONGEST_PLACE) or label


@dataclass(frozen=True, slots=True)
class PublishedPage:
    """A free page with its links resolved, and what links to it."""

    page: FreePage
    body: Linked
    url: str
    backlinks: tuple[Backlink, ...] = ()


@dataclass(frozen=True, slots=True)
class PublishedActor:
    """An actor with the links of its prose resolved, what links to it, and where it is named.

    *mentions* are the places of texts in which its name or an alias stands, in text order.
    """

    actor: Actor
    prose: Linked
    url: str
    backlinks: tuple[Backlink, ...] = ()
    mentions: tuple[Passage, ...] = ()


@dataclass(frozen=True, slots=True)
class PublishedIssue:
    """An issue with the links of its prose resolved, and what links to it."""

    issue: Issue
    prose: Linked
    url: str
    backlinks: tuple[Backlink, ...] = ()


@dataclass(frozen=True, slots=True)
class Tag:
    """A tag as first written, its page and the notes that bear it, in text order."""

    name: str
    url: str
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Version:
    """What the site was built from: a commit and its date, both empty without git."""

    commit: str = ""
    date: str = ""


@dataclass(frozen=True, slots=True)
class Extent:
    """How much there is on a site; *only* is the address of its source if it has one alone."""

    sources: int = 0
    only: str = ""
    notes: int = 0
    tags: int = 0


@dataclass(frozen=True, slots=True)
class Site:
    """Everything that is published, resolved: what the views are made of.

    *notes* are in text order: by source, then by where their first passage stands; notes without
    a place come last in their source. *files* pairs the address of each picture or file that a
    page uses with its path. *actors* are in the order of their ids, *issues* by group (as first
    met among the ids) and id, *evidence* in the order of the notes and their rows; *positions* are
    the cells about which something was written, by actor and issue. *extent* counts what is not
    here too, because it stands as an earlier build left it.
    """

    config: Config
    version: Version
    sources: tuple[CommentedSource, ...]
    notes: tuple[Note, ...]
    pages: tuple[PublishedPage, ...]
    tags: tuple[Tag, ...]
    files: tuple[tuple[str, str], ...]
    actors: tuple[PublishedActor, ...] = ()
    issues: tuple[PublishedIssue, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    positions: tuple[Position, ...] = ()
    extent: Extent = Extent()


def measure(site: Site) -> Extent:
    """Return how much there is on *site* when all of it is here."""
    only = site.sources[0].url if len(site.sources) == 1 else ""
    return Extent(len(site.sources), only, len(site.notes), len(site.tags))
