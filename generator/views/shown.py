"""What pages share: the frame around them, marks in a text, notes as shown, lists of notes."""

from dataclasses import dataclass

from generator.site import Backlink, Excerpt, Linked
from generator.spans import Span


@dataclass(frozen=True, slots=True)
class Way:
    """A way to a page: by its *key* in the interface's words, or by its *title*.

    *lang* is the language of the title, as far as it is known.
    """

    key: str
    url: str
    title: str = ""
    lang: str = ""


@dataclass(frozen=True, slots=True)
class Frame:
    """What stands around every page of a site.

    *ways* are the words of the header, by key of the interface's strings; *foot* the free pages.
    *full* is the page's address with its host, empty when the site does not know it.
    """

    url: str
    title: str
    site_title: str
    description: str
    language: str
    licence: str
    ways: tuple[Way, ...]
    foot: tuple[Way, ...]
    full: str
    here: str = ""


# So many notes in a row are told apart by what lights them with their words: a style sheet has a
# rule for each, and few blocks have more.
PAIRS = 20


def pair(number: int) -> str:
    """Return the class that a note of that *number* shares with its words; none has ""."""
    return f"m{number % PAIRS}" if number else ""


@dataclass(frozen=True, slots=True)
class Mark:
    """A stretch of text to be marked as a note's passage: the note's number, colour and kind."""

    span: Span
    number: int
    colour: str
    kind: str = ""


@dataclass(frozen=True, slots=True)
class RefMark:
    """A note's number in the text, right after the character before *offset*."""

    offset: int
    number: int
    colour: str
    id: str
    href: str
    label: str
    kind: str = ""


@dataclass(frozen=True, slots=True)
class NoteLink:
    """A note in a list: where it leads, what it says, and on which words.

    *lang* is its own language, *language* that of the words.
    """

    url: str
    title: str
    kind: str
    who: str
    colour: str
    place: str = ""
    place_url: str = ""
    words: str = ""
    draft: bool = False
    lost: bool = False
    lang: str = ""
    language: str = ""


@dataclass(frozen=True, slots=True)
class Cell:
    """What is shown of an actor's position on an issue.

    *css* are the classes that colour it, *about* what it rests on in few words, and *url* leads to
    its evidence: empty where nothing was written.
    """

    css: str
    sign: str
    word: str
    about: str = ""
    url: str = ""


@dataclass(frozen=True, slots=True)
class LegendEntry:
    """What a sign means, in more words than a cell has room for."""

    css: str
    sign: str
    words: str


@dataclass(frozen=True, slots=True)
class Stated:
    """A statement as a note shows it: who holds which stance on what; *url* leads to the cell."""

    who: str
    stance: Cell
    issue: str
    url: str


@dataclass(frozen=True, slots=True)
class ShownPlace:
    """A place that a note is about: its page, how it is cited, the words.

    *excerpts* show it in context and *marks* say which of their words are meant (offsets of the
    document); *direction* is that of the block, ``auto`` where it is not known. *lost* tells that
    the words as typed were not found.
    """

    source_title: str
    url: str
    label: str
    words: str
    language: str
    excerpts: tuple[Excerpt, ...] = ()
    marks: tuple[Mark, ...] = ()
    lost: bool = False
    direction: str = "auto"


@dataclass(frozen=True, slots=True)
class ShownNote:
    """A note as it stands in a margin or on its own page.

    *refs* are the ids of its numbers in this page's text; *number* is 0 for a reply without one.
    *elsewhere* are its places in other sources or not found; *relations* the links by which it
    supports, contradicts … something, as (kind, title, url). *replies* are all that stand below it,
    those to other replies too: none has replies of its own. *offset* is that of the first number.
    *words* are those it stands beside, in the *words_language*, of many the first and the last;
    empty where a place was meant as such. *covers* is where the words end in the place of which
    the note stands, for they are not shown; -1: it stands in for none.
    """

    id: str
    number: int
    gist: Linked
    title: str
    body: Linked
    kind: str
    who: str
    initials: str
    by: str
    colour: str
    date: str
    lang: str
    draft: bool
    url: str
    tags: tuple[Way, ...]
    refs: tuple[str, ...]
    label: str
    lost: bool
    elsewhere: tuple[ShownPlace, ...]
    relations: tuple[tuple[str, str, str], ...]
    backlinks: tuple[Backlink, ...]
    replies: tuple["ShownNote", ...]
    stated: tuple[Stated, ...] = ()
    parent: str = ""
    parent_url: str = ""
    parent_number: int = 0
    offset: int = 0
    covers: int = -1
    words: str = ""
    words_language: str = ""

    @property
    def pair(self) -> str:
        """The class that the note shares with its words, by which both are lit."""
        return pair(self.number)
