"""Framing: from the site to the frame of one page, and to its notes as shown."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from generator import addresses
from generator.directions import find_direction, find_own
from generator.excerpts import cut_excerpts
from generator.interface import Strings
from generator.model import Passage
from generator.positions import Evidence, Position
from generator.site import (
    AnchoredTarget,
    CommentedSource,
    Excerpt,
    Note,
    PublishedActor,
    PublishedIssue,
    Site,
    name_place,
)
from generator.spans import Span
from generator.views.entries import Standing, Summary
from generator.views.shown import Frame, Mark, NoteLink, ShownPlace, Way
from generator.views.wayfinding import list_ways
from generator.words import shorten

# More annotators than this share one grey: a reader cannot tell six colours apart.
MOST_COLOURS = 5
_LONGEST_QUOTE = 120


@dataclass(frozen=True, slots=True)
class Index:
    """A site with its things under their names: made once a build, used by all views.

    *notes_at* has the notes that stand on a source's page, in text order, under its id ("": those
    that stand nowhere), and *notes_on* those that are about any of its words; *tag_urls* is keyed
    by a tag's name, *colours* by an annotator's id. *positions* is keyed by actor and issue;
    *stated* has what a note states, under its id; *named* tells of each actor whether the
    texts name it; *ways* lead to the pages of positions; *listed* fills with the entries of
    notes in lists as they are asked for. *standing* are, by id, the sources that are not here with
    their notes, because their pages are those of an earlier build; *summaries* fills when one is
    asked for, with those of all.
    """

    site: Site
    sources: Mapping[str, CommentedSource]
    notes: Mapping[str, Note]
    notes_at: Mapping[str, Sequence[Note]]
    notes_on: Mapping[str, Sequence[Note]]
    tag_urls: Mapping[str, str]
    colours: Mapping[str, str]
    actors: Mapping[str, PublishedActor]
    issues: Mapping[str, PublishedIssue]
    positions: Mapping[tuple[str, str], Position]
    stated: Mapping[str, Sequence[Evidence]]
    named: Mapping[str, bool]
    ways: tuple[Way, ...]
    say: Strings
    standing: Mapping[str, Standing] = field(default_factory=dict)
    listed: dict[str, NoteLink] = field(default_factory=dict, repr=False)
    summaries: list[Summary] = field(default_factory=list, repr=False)


def index_site(site: Site, say: Strings, standing: Mapping[str, Standing] | None = None) -> Index:
    """Return *site* with its things under their names; *say* has the interface's words."""
    annotators = site.config.annotators[:MOST_COLOURS]
    notes_at: dict[str, list[Note]] = {source.source.id: [] for source in site.sources}
    notes_on: dict[str, list[Note]] = {source.source.id: [] for source in site.sources}
    for note in site.notes:
        notes_at.setdefault(note.source, []).append(note)
        for id in {note.source: None} | {t.source: None for t in note.targets if t.passages}:
            if id in notes_on:
                notes_on[id].append(note)
    return Index(
        site,
        {source.source.id: source for source in site.sources},
        {note.id: note for note in site.notes},
        notes_at,
        notes_on,
        {tag.name: tag.url for tag in site.tags},
        {annotator.id: f"a{number}" for number, annotator in enumerate(annotators, start=1)},
        {actor.actor.id: actor for actor in site.actors},
        {issue.issue.id: issue for issue in site.issues},
        {(position.actor, position.issue): position for position in site.positions},
        _gather_statements(site.evidence),
        {actor.actor.id: actor.actor.named for actor in site.actors},
        list_ways(site),
        say,
        standing or {},
    )


def _gather_statements(evidence: Iterable[Evidence]) -> Mapping[str, Sequence[Evidence]]:
    stated: dict[str, list[Evidence]] = defaultdict(list)
    for each in evidence:
        stated[each.note].append(each)
    return dict(stated)


def make_frame(site: Site, url: str, title: str, here: str = "") -> Frame:
    """Return the frame of the page at *url*; *here* is the key of the way that leads to it."""
    config = site.config
    there = site.extent
    read = there.only or "sources/index.html"
    ways = []
    if there.sources:
        ways.append(Way("read", read))
    if site.actors and site.issues:
        ways.append(Way("positions", "positions/index.html"))
    elif site.actors:
        ways.append(Way("actors", "actors/index.html"))
    elif site.issues:
        ways.append(Way("issues", "issues/index.html"))
    if there.notes:
        ways.append(Way("notes", "notes/index.html"))
    if there.tags:
        ways.append(Way("tags", "tags/index.html"))
    if config.search:
        ways.append(Way("search", "search.html"))
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
        full=base + ("" if url == "index.html" else url) if base else "",
        here=here,
    )


def colour_of(note: Note, index: Index) -> str:
    """Return the class that colours a note: ``a1`` to ``a5`` by annotator, then ``a0``."""
    return index.colours.get(note.by.id, "a0")


def language_of(note: Note, index: Index) -> str:
    """Return the language in which *note* is written."""
    return note.annotation.lang or index.site.config.language


def show_places(
    target: AnchoredTarget, index: Index, colour: str, *, in_context: bool
) -> tuple[ShownPlace, ...]:
    """Return the places of one target, cut out with their context if asked for."""
    source = index.sources.get(target.source)
    if source is None or not target.passages:
        title = source.source.title if source else target.source
        return (ShownPlace(title, "", "", _say_lost(target), "", lost=True),)
    shared = _share_block(target.passages)
    groups = [target.passages] if shared else [(passage,) for passage in target.passages]
    return tuple(_show_place(group, source, colour, in_context=in_context) for group in groups)


def show_passages(passages: Sequence[Passage], index: Index, most: int) -> ShownPlace:
    """Return the place of the first of *passages* with the words of all, of many about *most*
    letters.

    A place that was meant as such shows what stands there instead.
    """
    source = index.sources[passages[0].source]
    place = _show_place(passages[:1], source, "", in_context=passages[0].whole)
    if passages[0].whole:
        return place
    return replace(place, words=quote_passages(passages, source, most))


def quote_passages(passages: Sequence[Passage], source: CommentedSource, most: int) -> str:
    """Return the words of *passages* in *source*, of many about *most* letters.

    There are none where a place was meant as such.
    """
    if passages[0].whole:
        return ""
    text = source.document.text
    return shorten(" … ".join(_brief(text, each.span) for each in passages), most)


def _say_lost(target: AnchoredTarget) -> str:
    """Return the words that were not found, or the place that is not there, as it was typed.

    Of a text whose words are kept back only its name: a place may be called by words of it too.
    """
    places = target.target.locators if target.target and target.published is None else ()
    return target.quote.strip() or f"— {', '.join(places or (target.source,))}"


def _show_place(
    passages: Sequence[Passage], source: CommentedSource, colour: str, *, in_context: bool
) -> ShownPlace:
    """Return one place, or some that share a block and so are shown as one."""
    first, url = passages[0], source.url
    if first.labels:
        url = addresses.place_url(url, source.gazetteer.locators[first.labels[0]].anchor)
    excerpts: tuple[Excerpt, ...] = ()
    if in_context and first.labels:
        span = Span(first.span.start, max(each.span.end for each in passages))
        excerpts = cut_excerpts(source, span, whole=first.whole)
    return ShownPlace(
        source.source.title,
        url,
        name_place(source, first),
        quote_passages(passages, source, _LONGEST_QUOTE),
        source.source.language,
        excerpts,
        tuple(Mark(each.span, 0, colour) for each in passages if excerpts and not first.whole),
        direction=_find_direction(first, source),
    )


def _find_direction(passage: Passage, source: CommentedSource) -> str:
    """Return the direction in which the block of *passage* is written."""
    around = find_direction(source.document.text)
    if not passage.labels:
        return around
    block = source.gazetteer.locators[passage.labels[0]].span
    return find_own(source.document.text[slice(*block)], around)


def _brief(text: str, span: Span) -> str:
    """Return the words of *span*; of very many only the beginning and the end."""
    if span.end - span.start <= 8 * _LONGEST_QUOTE:
        return text[span.start : span.end]
    most = 4 * _LONGEST_QUOTE
    return f"{text[span.start : span.start + most]} {text[span.end - most : span.end]}"


def _share_block(passages: Sequence[Passage]) -> bool:
    return len({passage.labels for passage in passages}) == 1 and list(passages) == sorted(
        passages, key=lambda passage: passage.span
    )


def show_tags(note: Note, index: Index) -> tuple[Way, ...]:
    """Return the note's tags with their pages."""
    return tuple(Way("", index.tag_urls[tag], tag) for tag in note.tags)


def list_note(note: Note, index: Index) -> NoteLink:
    """Return *note* as an entry of a list, with the first place and words that it is about."""
    if note.id not in index.listed:
        index.listed[note.id] = _list_note(note, index)
    return index.listed[note.id]


def _list_note(note: Note, index: Index) -> NoteLink:
    colour = colour_of(note, index)
    target = note.targets[0] if note.targets else AnchoredTarget(None, note.source, ())
    place = show_places(target, index, colour, in_context=False)[0]
    return NoteLink(
        url=note.url,
        title=note.title,
        kind=str(note.annotation.motivation),
        who=note.by.name,
        colour=colour,
        place=place.label,
        place_url=place.url,
        words=place.words,
        draft=note.annotation.draft,
        lost=place.lost,
        lang=language_of(note, index),
        language=place.language,
    )
