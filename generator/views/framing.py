"""Framing: from the site to the frame of one page, and to its notes as shown."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from generator import addresses
from generator.excerpts import cut_excerpts
from generator.interface import Strings
from generator.model import Document, Locator, Passage
from generator.site import AnchoredTarget, CommentedSource, Note, Site
from generator.views.pages import Page
from generator.views.shown import Frame, Mark, NoteLink, ShownPlace, Way
from generator.words import slug

# More annotators than this share one grey: a reader cannot tell six colours apart.
MOST_COLOURS = 5
_LONGEST_QUOTE = 120


@dataclass(frozen=True, slots=True)
class Index:
    """A site with its things under their ids: made once a build, used by all views."""

    site: Site
    sources: Mapping[str, CommentedSource]
    notes: Mapping[str, Note]
    locators: Mapping[str, Mapping[str, Locator]]
    colours: Mapping[str, str]
    say: Strings


def index_site(site: Site, say: Strings) -> Index:
    """Return *site* with its sources, notes, locators and colours looked up by id."""
    annotators = site.config.annotators[:MOST_COLOURS]
    return Index(
        site,
        {source.source.id: source for source in site.sources},
        {note.id: note for note in site.notes},
        {
            source.source.id: {loc.label: loc for loc in source.document.locators}
            for source in site.sources
        },
        {annotator.id: f"a{number}" for number, annotator in enumerate(annotators, start=1)},
        say,
    )


def title_of(page: Page) -> str:
    """Return the title of a page that has a frame."""
    frame: Frame = getattr(page.view, "frame")
    return frame.title


def make_frame(site: Site, url: str, title: str, here: str = "") -> Frame:
    """Return the frame of the page at *url*; *here* is the key of the way that leads to it."""
    config = site.config
    read = site.sources[0].url if len(site.sources) == 1 else "sources/index.html"
    ways = []
    if site.sources:
        ways.append(Way("read", read))
    if site.notes:
        ways.append(Way("notes", "notes/index.html"))
    if site.tags:
        ways.append(Way("tags", "tags/index.html"))
    foot = tuple(
        Way("", page.url, page.page.title) for page in site.pages if page.page.slug != "index"
    )
    base = config.base_url
    return Frame(
        url=url,
        title=title,
        site_title=config.title,
        description=config.description,
        language=config.language,
        licence=config.licence,
        ways=tuple(ways),
        foot=foot,
        commit=site.version.commit[:7],
        full=base + ("" if url == "index.html" else url) if base else "",
        here=here,
    )


def colour_of(note: Note, index: Index) -> str:
    """Return the class that colours a note: ``a1`` to ``a5`` by annotator, then ``a0``."""
    return index.colours.get(note.by.id, "a0")


def anchor_of(passage: Passage, index: Index) -> str:
    """Return the id in the reading page of the first block of *passage*, "" for a whole source."""
    if not passage.labels:
        return ""
    return index.locators[passage.source][passage.labels[0]].anchor


def cite(labels: Sequence[str]) -> str:
    """Return how a passage is cited: one label, or the first and the last."""
    if len(labels) < 2:
        return "".join(labels)
    return f"{labels[0]}–{labels[-1]}"


def shorten(words: str) -> str:
    """Return *words* on one line, cut in the middle when they are many."""
    line = " ".join(words.split())
    if len(line) <= _LONGEST_QUOTE:
        return line
    half = _LONGEST_QUOTE // 2
    return f"{line[:half].rsplit(' ', 1)[0]} … {line[-half:].split(' ', 1)[-1]}"


def show_places(
    target: AnchoredTarget, index: Index, colour: str, *, in_context: bool
) -> tuple[ShownPlace, ...]:
    """Return the places of one target, cut out with their context if asked for."""
    home = index.sources.get(target.source)
    if home is None or not target.passages:
        title = home.source.title if home else target.source
        return (ShownPlace(title, "", "", target.quote.strip(), "", lost=True),)
    document, language = home.document, home.source.language
    places = []
    groups = [target.passages] if _share_block(target.passages) else [(p,) for p in target.passages]
    for passages in groups:
        first = passages[0]
        anchor = anchor_of(first, index)
        url = addresses.place_url(home.url, anchor) if anchor else home.url
        words = "" if first.whole else " … ".join(document.text[p.span.start : p.span.end] for p in passages)
        span = first.span if len(passages) == 1 else passages[0].span._replace(end=max(p.span.end for p in passages))
        excerpts, marks = (), ()
        if in_context and first.labels:
            excerpts = cut_excerpts(document, span, whole=first.whole)
            marks = () if first.whole else tuple(Mark(p.span, 0, colour) for p in passages)
        places.append(
            ShownPlace(
                home.source.title, url, cite(first.labels), shorten(words), language, excerpts, marks
            )
        )
    return tuple(places)


def _share_block(passages: Sequence[Passage]) -> bool:
    return len({p.labels for p in passages}) == 1 and list(passages) == sorted(
        passages, key=lambda p: p.span
    )


def tag_ways(note: Note) -> tuple[Way, ...]:
    """Return the note's tags with their pages."""
    return tuple(Way("", addresses.tag_url(slug(tag)), tag) for tag in note.tags)


def list_note(note: Note, index: Index, number: int = 0) -> NoteLink:
    """Return *note* as an entry of a list, with the place and the words it is about."""
    colour = colour_of(note, index)
    target = note.targets[0] if note.targets else AnchoredTarget(None, note.source, ())
    place = show_places(target, index, colour, in_context=False)[0]
    return NoteLink(
        url=note.url,
        number=number,
        gist=note.gist,
        title=note.title,
        kind=str(note.annotation.motivation),
        who=note.by.name,
        colour=colour,
        place=place.label,
        place_url=place.url,
        words=place.words,
        draft=note.annotation.draft,
        lost=place.lost,
    )
