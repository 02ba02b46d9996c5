"""The nouns: every value that crosses a file border, from reading to resolving.

All are frozen and made of tuples and scalars, so that a fingerprint can stand for them. Offsets
in a ``Document`` or ``Prose`` count code points of its own ``text``; those called *place* count
code points of the author's file (``TextFile.text``).
"""

from dataclasses import dataclass, field
from enum import StrEnum
from typing import NamedTuple

from generator.spans import NOWHERE, Span
from generator.stances import ActorKind, Basis, Certainty, Reading, Stance


@dataclass(frozen=True, slots=True)
class Element:
    """One markup element over a text, in pre-order; *depth* counts the elements around it.

    *tag* is one of ``markup.BLOCKS``, ``markup.INLINES`` or ``markup.VOIDS``; *attrs* are plain,
    unescaped values. An ``id`` among them is final: it is what the page will carry.
    """

    span: Span
    depth: int
    tag: str
    attrs: tuple[tuple[str, str], ...] = ()

    def get(self, name: str, default: str = "") -> str:
        """Return the attribute *name*, or *default*."""
        for key, value in self.attrs:
            if key == name:
                return value
        return default


@dataclass(frozen=True, slots=True)
class Locator:
    """How people cite a place: its *label* (``p3``, ``c5.2``, ``f1``, ``L10``, ``#slug``).

    *kind* is one of ``paragraph``, ``code``, ``table``, ``picture``, ``section``, ``comment``,
    ``footnote``, ``line``. A section's span runs from its heading to the next of its rank; a
    comment's or footnote's over all its blocks. *anchor* is the id of the place in the page.
    """

    label: str
    kind: str
    span: Span
    anchor: str


@dataclass(frozen=True, slots=True)
class Reference:
    """A link as typed: where it points, which words carry it, what it says of its target.

    *form* is ``wiki`` (``[[…]]``), ``link``, ``picture`` or ``transclusion``. *kind* is the word
    that types it (``supports`` …) or empty. *element* is the index of its ``a``, ``img`` or
    ``transclusion`` element; *sentence* the span of the text around it; *place* its span in the
    file. Wiki targets have no brackets and no words: ``source#p3``, ``#p3``, ``id``.
    """

    form: str
    kind: str
    href: str
    words: str
    element: int
    sentence: Span
    place: Span


@dataclass(frozen=True, slots=True)
class Prose:
    """Words of ours, read: the body of a note, a gist, a free page.

    Like a document, it is a text with markup standing off. ``elements[reference.element]`` is
    where a resolved address belongs.
    """

    text: str = ""
    elements: tuple[Element, ...] = ()
    references: tuple[Reference, ...] = ()


@dataclass(frozen=True, slots=True)
class Source:
    """The facts about a text commented on, as ``source.toml`` gives them.

    *places* says where the values of ``speaker`` and ``speakers.<locator>`` stand, and under
    ``<locator>`` where that locator does.
    """

    id: str
    title: str
    rights: str
    path: str
    text_path: str
    authors: tuple[str, ...] = ()
    speaker: str = ""
    date: str = ""
    url: str = ""
    language: str = ""
    holder: str = ""
    licence: str = ""
    retrieved: str = ""
    max_words: int = 0
    max_share: float = 0.0
    speakers: tuple[tuple[str, str], ...] = ()
    places: tuple[tuple[str, Span], ...] = ()


@dataclass(frozen=True, slots=True)
class Document:
    """A source as read: its visible text, the markup and the locators that point at it.

    *text*: the blocks in page order, footnotes last, one line feed between blocks, cells and
    comments; a line break is one line feed; code as it stands. Link addresses, alternative
    texts, comment heads and numbers are not part of it. *announced* is how many comments the
    original page claimed (-1: it did not say); *digest* stands for all that is not printed.
    """

    id: str
    digest: str
    text: str = field(repr=False)
    elements: tuple[Element, ...] = field(repr=False)
    locators: tuple[Locator, ...] = field(repr=False)
    references: tuple[Reference, ...] = field(repr=False, default=())
    announced: int = -1
    language: str = ""


@dataclass(frozen=True, slots=True)
class TextQuoteSelector:
    """The words that are meant, and enough around them to tell which.

    Web Annotation Data Model, section 4.2.4. *place* is where *exact* stands in the file.
    """

    exact: str
    prefix: str = ""
    suffix: str = ""
    place: Span = NOWHERE


class RangeSelector(NamedTuple):
    """From the start of one quotation to the end of another that follows it (section 4.2.9).

    A named tuple, so that the store can tell it from the other kind of selector.
    """

    start: TextQuoteSelector
    end: TextQuoteSelector


Selector = TextQuoteSelector | RangeSelector


@dataclass(frozen=True, slots=True)
class Target:
    """What a note is about: a source, perhaps places in it, perhaps words there.

    *readings* are the ways in which the typed quotation may be meant, in the order in which they
    are tried; each is the selectors that must all be found for it to hold. Without readings the
    target is the whole of the places named by *locators*, or without those the whole source.
    *quote* is the quotation as typed. *place* spans the quotation in the file, *where* its last
    line that says where (or *place* when there is none). *lazy* is the first line in it without a
    sign of its own, which may be the author's own words, and *lead* are the readings of what
    stands before that.
    """

    source: str
    locators: tuple[str, ...]
    readings: tuple[tuple[Selector, ...], ...]
    quote: str
    path: str
    place: Span
    where: Span
    lazy: Span | None = None
    lead: tuple[tuple[Selector, ...], ...] = ()


class Motivation(StrEnum):
    """Why a note was written, in the W3C's words (Web Annotation Vocabulary, section 4)."""

    COMMENTING = "commenting"
    DESCRIBING = "describing"
    QUESTIONING = "questioning"
    ASSESSING = "assessing"
    CLASSIFYING = "classifying"
    LINKING = "linking"
    IDENTIFYING = "identifying"
    EDITING = "editing"
    REPLYING = "replying"
    HIGHLIGHTING = "highlighting"


@dataclass(frozen=True, slots=True)
class Named:
    """An id as typed, and where it stands in its file."""

    id: str
    place: Span


@dataclass(frozen=True, slots=True)
class Statement:
    """A row of a note's table of positions: what its passage shows somebody to hold.

    *who* hold the stance towards the proposition of *issue*. *said_by* are those who say so after
    the passage's own speaker, outermost first. *quote* are the ways to read a narrower quotation,
    as in ``Target``, and *quoted* its words as typed. *place* is the row's span; *cells* tells
    where the value of a column stands. A statement that is not *sound* has a mistake that was
    reported, and counts for nothing.
    """

    who: tuple[Named, ...]
    issue: Named
    stance: Stance
    said_by: tuple[Named, ...]
    basis: Basis
    sure: Certainty
    condition: str
    reason: str
    quote: tuple[tuple[Selector, ...], ...]
    quoted: str
    date: str
    place: Span
    sound: bool = True
    cells: tuple[tuple[str, Span], ...] = ()

    def place_of(self, column: str) -> Span:
        """Return where the value of *column* stands, or the row if it has none."""
        return dict(self.cells).get(column, self.place)


@dataclass(frozen=True, slots=True)
class Annotation:
    """A note as written; *place* is its heading's line in the file at *path*.

    *source* is the file's default source ("" if it names none) and *re* the id of the note it
    replies to. *targets* is empty for a note without a target quote. *places* says where the
    values of ``by``, ``re``, ``source`` and ``tags`` stand in the file. *body* has no tables of
    statements: these are *statements*.
    """

    id: str
    gist: Prose
    targets: tuple[Target, ...]
    body: Prose
    motivation: Motivation
    path: str
    place: Span
    source: str = ""
    by: str = ""
    tags: tuple[str, ...] = ()
    date: str = ""
    re: str = ""
    lang: str = ""
    draft: bool = False
    places: tuple[tuple[str, Span], ...] = ()
    statements: tuple[Statement, ...] = ()


@dataclass(frozen=True, slots=True)
class Actor:
    """Somebody who holds positions or speaks: a file of ``content/actors``.

    *named* tells that the text gives a name and not only a role. *places* says where the values
    of ``aliases`` and ``part_of`` stand.
    """

    id: str
    name: str
    kind: ActorKind
    path: str
    aliases: tuple[str, ...] = ()
    part_of: tuple[str, ...] = ()
    named: bool = True
    prose: Prose = Prose()
    places: tuple[tuple[str, Span], ...] = ()


@dataclass(frozen=True, slots=True)
class Ruling:
    """A row of an issue's table of rulings: the editor's explicit reading of a cell.

    *because* names the notes on which it rests.
    """

    who: tuple[Named, ...]
    reading: Reading
    because: tuple[Named, ...]
    reason: str
    place: Span
    cells: tuple[tuple[str, Span], ...] = ()

    def place_of(self, column: str) -> Span:
        """Return where the value of *column* stands, or the row if it has none."""
        return dict(self.cells).get(column, self.place)


@dataclass(frozen=True, slots=True)
class Issue:
    """What positions are held on: a proposition, a file of ``content/issues``.

    *pro*, *contra* and *either* say what these stances mean here, *excluded* what does not belong
    here. *prose* has no tables of rulings: these are *rulings*.
    """

    id: str
    proposition: str
    path: str
    pro: str = ""
    contra: str = ""
    either: str = ""
    group: str = ""
    excluded: tuple[str, ...] = ()
    prose: Prose = Prose()
    rulings: tuple[Ruling, ...] = ()


@dataclass(frozen=True, slots=True)
class FreePage:
    """A page of ``content/pages``: its facts and its words."""

    slug: str
    title: str
    body: Prose
    path: str
    order: float = 0.0
    lang: str = ""
    draft: bool = False


@dataclass(frozen=True, slots=True)
class Passage:
    """A target that was found: a span of a document's text, and how to cite it.

    *labels* are the locators of the blocks that the span meets (for a section or a comment, its
    own). *whole* tells that the places were meant as such and no words were quoted; a whole
    source has no labels.
    """

    source: str
    span: Span
    labels: tuple[str, ...]
    whole: bool = False
