"""The nouns after the join: a site in which every target, link and address is resolved.

Addresses (*url*) are relative to the site's root, percent-encoded where a browser needs it.
"""

from dataclasses import dataclass, field

from generator.config import Annotator, Config
from generator.model import (
    Annotation,
    Document,
    Excerpt,
    FreePage,
    Passage,
    Prose,
    Source,
    Target,
)
from generator.words import spell_controls


@dataclass(frozen=True, slots=True)
class Link:
    """What a reference turned out to mean.

    *url* is empty when it leads nowhere. *title* is what stands for it when no words were typed.
    *note* is the note's id, *passage* the place in a source, for those that lead to one;
    *excerpts* are the words of a passage that is shown in place.
    """

    url: str = ""
    title: str = ""
    external: bool = False
    note: str = ""
    passage: Passage | None = None
    excerpts: tuple[Excerpt, ...] = ()


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
    """

    target: Target | None
    source: str
    passages: tuple[Passage, ...]

    @property
    def quote(self) -> str:
        """The words as typed, empty where places were meant as such."""
        return self.target.quote if self.target else ""


@dataclass(frozen=True, slots=True)
class Note:
    """A note as a reader sees it.

    *source* is the source on whose page it stands (that of its first target, "" if there is
    none). *parent* is the note it replies to.
    """

    annotation: Annotation
    by: Annotator
    source: str
    targets: tuple[AnchoredTarget, ...]
    gist: Linked
    body: Linked
    tags: tuple[str, ...]
    url: str
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

    @property
    def title(self) -> str:
        """The gist as plain words; a highlighting without one is called by its words."""
        if self.gist.prose.text:
            return spell_controls(self.gist.prose.text)
        return next((t.quote.replace("**", "").strip() for t in self.targets if t.quote), self.id)


@dataclass(frozen=True, slots=True)
class CommentedSource:
    """A source on the site: its facts, its text, and what links to its places."""

    source: Source
    document: Document = field(repr=False)
    links: tuple[Link, ...]
    words: int
    url: str
    comments: tuple[int, int]
    backlinks: tuple[tuple[str, Backlink], ...] = ()


@dataclass(frozen=True, slots=True)
class PublishedPage:
    """A free page with its links resolved."""

    page: FreePage
    body: Linked
    url: str


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
class Site:
    """Everything that is published, resolved: what the views are made of.

    *notes* are in text order: by source, then by where their first passage stands; notes without
    a place come last in their source. *files* pairs the address of each picture or file that a
    page uses with its path.
    """

    config: Config
    version: Version
    sources: tuple[CommentedSource, ...]
    notes: tuple[Note, ...]
    pages: tuple[PublishedPage, ...]
    tags: tuple[Tag, ...]
    files: tuple[tuple[str, str], ...]
