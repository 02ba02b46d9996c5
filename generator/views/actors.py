"""Actors: a page for each, with its positions, where it speaks and is named, and their list."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from generator.addresses import place_url
from generator.model import Passage
from generator.positions import Evidence
from generator.site import Backlink, CommentedSource, Linked, PublishedActor, name_place
from generator.views.cells import cell_url, make_legend, show_cell, show_reading
from generator.views.framing import Index, list_note, make_frame
from generator.views.neighbours import Neighbourhood, find_neighbourhoods
from generator.views.pages import Page
from generator.views.showing import edit_url
from generator.views.shown import Cell, Frame, LegendEntry, NoteLink, Way
from generator.views.wayfinding import light, name_actor, name_issue


@dataclass(frozen=True, slots=True)
class Held:
    """A position of an actor: the issue with its page, and what the cell says."""

    issue: Way
    cell: Cell


@dataclass(frozen=True, slots=True)
class Saying:
    """What an actor says of another: whom, on which issue, which stance, and where it stands."""

    who: Way
    issue: str
    cell: Cell


@dataclass(frozen=True, slots=True)
class Place:
    """A place of a text that states something of an actor, or that names it."""

    way: Way
    stated: tuple[tuple[str, Cell], ...] = ()


@dataclass(frozen=True, slots=True)
class PlacesIn:
    """The places of one text, in text order: *stating* something of an actor, *naming* it only."""

    source: Way
    language: str
    stating: tuple[Place, ...]
    naming: tuple[Way, ...]


@dataclass(frozen=True, slots=True)
class ActorView:
    """An actor: who it is, what it holds, what it says of others, and where it is met.

    *groups* are its positions by groups of issues and *uncoded* the issues on which nothing was
    written. *parts* are those that belong to it.
    """

    frame: Frame
    ways: tuple[Way, ...]
    name: str
    kind: str
    aliases: tuple[str, ...]
    part_of: tuple[Way, ...]
    parts: tuple[Way, ...]
    named: bool
    prose: Linked
    groups: tuple[tuple[str, tuple[Held, ...]], ...]
    uncoded: tuple[Way, ...]
    legend: tuple[LegendEntry, ...]
    neighbourhood: Neighbourhood
    sayings: tuple[Saying, ...]
    places: tuple[PlacesIn, ...]
    notes: tuple[NoteLink, ...]
    backlinks: tuple[Backlink, ...]
    edit_url: str


@dataclass(frozen=True, slots=True)
class ActorEntry:
    """An actor in a list: its kind, how many positions are known, and from how many statements."""

    title: str
    url: str
    kind: str
    positions: int
    statements: int
    sayings: int


@dataclass(frozen=True, slots=True)
class ActorsView:
    """All actors."""

    frame: Frame
    ways: tuple[Way, ...]
    actors: tuple[ActorEntry, ...]


@dataclass(frozen=True, slots=True)
class _Ledger:
    """What is stated of each actor, and what each says of others, by its id.

    *parts* are those that belong to it, and *notes* all that state something, in their order;
    *neighbourhoods* are those with whom it shares an issue.
    """

    of: Mapping[str, Sequence[Evidence]]
    by: Mapping[str, Sequence[Evidence]]
    parts: Mapping[str, Sequence[PublishedActor]]
    notes: Mapping[str, NoteLink]
    neighbourhoods: Mapping[str, Neighbourhood]


def view_actors(index: Index) -> Iterator[Page]:
    """Yield a page for every actor and the list of them, if there are any."""
    actors = index.site.actors
    ledger = _keep_ledger(index)
    for actor in actors:
        yield Page(actor.url, "actor.html", _view(actor, ledger, index))
    if actors:
        url = "actors/index.html"
        frame = make_frame(index.site, url, index.say("actors"), light("actors", index.site))
        entries = tuple(_enter(actor, ledger, index) for actor in actors)
        yield Page(url, "actors.html", ActorsView(frame, index.ways, entries))


def _keep_ledger(index: Index) -> _Ledger:
    of: dict[str, list[Evidence]] = defaultdict(list)
    by: dict[str, list[Evidence]] = defaultdict(list)
    parts: dict[str, list[PublishedActor]] = defaultdict(list)
    for each in index.site.evidence:
        of[each.actor].append(each)
        for voice in dict.fromkeys(each.voices):
            if voice != each.actor:
                by[voice].append(each)
    for actor in index.site.actors:
        for whole in actor.actor.part_of:
            parts[whole].append(actor)
    notes = {
        note.id: list_note(note, index) for note in index.site.notes if note.id in index.stated
    }
    return _Ledger(of, by, parts, notes, find_neighbourhoods(index))


def _view(published: PublishedActor, ledger: _Ledger, index: Index) -> ActorView:
    actor = published.actor
    stated, said = ledger.of.get(actor.id, ()), ledger.by.get(actor.id, ())
    cells = {
        issue.issue.id: show_cell(actor.id, issue.issue.id, index) for issue in index.site.issues
    }
    spoken = {each.note for each in (*stated, *said)}
    held = [issue for issue in index.site.issues if cells[issue.issue.id].url]
    return ActorView(
        frame=make_frame(index.site, published.url, actor.name, light("actors", index.site)),
        ways=index.ways,
        name=actor.name,
        kind=_name_kind(published, index),
        aliases=actor.aliases,
        part_of=tuple(name_actor(index.actors[id]) for id in actor.part_of if id in index.actors),
        parts=tuple(name_actor(part) for part in ledger.parts.get(actor.id, ())),
        named=actor.named,
        prose=published.prose,
        groups=tuple(
            (group, tuple(Held(name_issue(issue), cells[issue.issue.id]) for issue in mine))
            for group, mine in groupby(held, lambda issue: issue.issue.group)
        ),
        uncoded=tuple(name_issue(i) for i in index.site.issues if not cells[i.issue.id].url),
        legend=make_legend((cells[issue.issue.id] for issue in held), index.say),
        neighbourhood=ledger.neighbourhoods.get(actor.id, Neighbourhood()),
        sayings=tuple(_say(each, index) for each in said),
        places=tuple(_gather_places(stated, published.mentions, index)),
        notes=tuple(note for id, note in ledger.notes.items() if id in spoken),
        backlinks=published.backlinks,
        edit_url=edit_url(actor.path, index),
    )


def _name_kind(actor: PublishedActor, index: Index) -> str:
    return index.say(f"actor_{actor.actor.kind.replace('-', '_')}")


def _say(evidence: Evidence, index: Index) -> Saying:
    cell = replace(
        show_reading(evidence.stance, index.say),
        url=cell_url(evidence.actor, evidence.issue, index),
    )
    issue = index.issues[evidence.issue].issue.proposition
    return Saying(name_actor(index.actors[evidence.actor]), issue, cell)


def _gather_places(
    stated: Iterable[Evidence], mentions: Iterable[Passage], index: Index
) -> Iterator[PlacesIn]:
    """Yield the places of each text that state something or name the actor, in text order."""
    stating: dict[str, dict[tuple[str, ...], list[Evidence]]] = defaultdict(dict)
    for each in sorted(stated, key=lambda each: each.passage.span):
        stating[each.source].setdefault(each.passage.labels, []).append(each)
    naming: dict[str, dict[str, Passage]] = defaultdict(dict)
    for passage in mentions:
        naming[passage.source].setdefault(passage.labels[0] if passage.labels else "", passage)
    for id, source in index.sources.items():
        known = {label for labels in stating[id] for label in labels}
        places = tuple(_show_place(some, source, index) for some in stating[id].values())
        named = tuple(_find(source, p) for label, p in naming[id].items() if label not in known)
        if places or named:
            way = Way("", source.url, source.source.title)
            yield PlacesIn(way, source.source.language, places, named)


def _show_place(stated: Sequence[Evidence], source: CommentedSource, index: Index) -> Place:
    return Place(
        _find(source, stated[0].passage),
        tuple(
            (
                index.issues[each.issue].issue.proposition,
                replace(
                    show_reading(each.stance, index.say),
                    url=cell_url(each.actor, each.issue, index),
                ),
            )
            for each in stated
        ),
    )


def _find(source: CommentedSource, passage: Passage) -> Way:
    """Return the way to *passage*, called as people cite it; "" for a whole text."""
    url = source.url
    if passage.labels:
        url = place_url(url, source.gazetteer.locators[passage.labels[0]].anchor)
    return Way("", url, name_place(source, passage))


def _enter(actor: PublishedActor, ledger: _Ledger, index: Index) -> ActorEntry:
    id = actor.actor.id
    of, by = ledger.of.get(id, ()), ledger.by.get(id, ())
    held = sum((id, issue) in index.positions for issue in index.issues)
    return ActorEntry(actor.actor.name, actor.url, _name_kind(actor, index), held, len(of), len(by))
