"""Citations on pages: of a commentary, note, passage or cell, with a digest of what it says."""

from collections.abc import Iterable
from dataclasses import dataclass

from generator.addresses import place_url
from generator.citations import Citable, Citation, cite
from generator.digests import fingerprint
from generator.model import Passage
from generator.site import CommentedSource, Note, PublishedIssue, name_place
from generator.views.evidence import CellSection, ShownEvidence
from generator.views.framing import Index, language_of

_SHORT = 8


@dataclass(frozen=True, slots=True)
class ShownCitation:
    """A citation and of what it is: *kind* is ``commentary``, ``note``, ``passage`` or ``cell``."""

    kind: str
    thing: Citable
    citation: Citation


def _show(kind: str, thing: Citable, index: Index) -> ShownCitation:
    return ShownCitation(kind, thing, cite(thing, index.say))


def _digest(*shown: object) -> str:
    """Return the version of what is shown: it changes when that does, and with nothing else.

    Only published words go into it, so that it cannot confirm a guess at those kept back.
    """
    return fingerprint(shown)[:_SHORT]


def _full(url: str, index: Index) -> str:
    base = index.site.config.base_url
    return base + url if base else ""


def cite_commentary(source: CommentedSource, notes: Iterable[Note], index: Index) -> ShownCitation:
    """Return how the page of *source* is cited: as the work of those who wrote its *notes*."""
    notes = tuple(notes)
    thing = Citable(
        id=source.source.id,
        title=index.say.plain("commentary_on", title=source.source.title),
        authors=tuple(dict.fromkeys(note.by.name for note in notes if note.by.name)),
        container=index.site.config.title,
        version=_digest(source.source.title, source.document.text, *map(_said_in, notes)),
        date=max((note.annotation.date for note in notes), default=""),
        url=_full(source.url, index),
        language=index.site.config.language,
    )
    return _show("commentary", thing, index)


def cite_note(note: Note, place: str, index: Index) -> ShownCitation:
    """Return how *note* is cited, which is about the *place* so called."""
    thing = Citable(
        id=note.id,
        title=note.title,
        authors=(note.by.name,) if note.by.name else (),
        container=index.site.config.title,
        version=_digest(*_said_in(note)),
        place=place,
        date=note.annotation.date,
        url=_full(note.url, index),
        language=language_of(note, index),
    )
    return _show("note", thing, index)


def cite_passages(note: Note, index: Index) -> tuple[ShownCitation, ...]:
    """Return how the passages of *note* are cited: as the words of those who wrote the texts."""
    passages = (passage for target in note.targets for passage in target.passages)
    things = dict.fromkeys(_describe_passage(each, index) for each in passages)
    return tuple(_show("passage", thing, index) for thing in things)


def _describe_passage(passage: Passage, index: Index) -> Citable:
    source = index.sources[passage.source]
    facts, place, url = source.source, name_place(source, passage), source.url
    if passage.labels:
        url = place_url(url, source.gazetteer.locators[passage.labels[0]].anchor)
    return Citable(
        id=f"{facts.id}-{place}",
        title=facts.title,
        authors=facts.authors,
        container=index.site.config.title,
        version=_digest(facts.title, place, source.document.text[slice(*passage.span)]),
        place=place,
        date=facts.date,
        url=_full(url, index),
        language=facts.language,
    )


def cite_cell(section: CellSection, issue: PublishedIssue, index: Index) -> ShownCitation:
    """Return how a cell is cited: as the work of those who wrote the notes behind it."""
    evidence = [each for side in section.sides for each in side.evidence]
    ruling = section.ruling.reason if section.ruling else ""
    title = index.say("colon").join((section.title, issue.issue.proposition))
    said = (section.cell.word, section.cell.about, ruling)
    thing = Citable(
        id=f"{issue.issue.id}-{section.id}",
        title=title,
        authors=tuple(dict.fromkeys(each.who for each in evidence if each.who)),
        container=index.site.config.title,
        version=_digest(title, said, *map(_shown_of, evidence)),
        place=section.cell.word,
        url=_full(place_url(issue.url, section.id), index),
        language=index.site.config.language,
    )
    return _show("cell", thing, index)


def _said_in(note: Note) -> tuple[object, ...]:
    """Return what is said in *note*, without what depends on other notes or on its page."""
    quotes = tuple(target.quote for target in note.targets)
    kind = str(note.annotation.motivation)
    return (note.title, note.body.prose.text, kind, note.by.name, note.annotation.date, quotes)


def _shown_of(evidence: ShownEvidence) -> tuple[object, ...]:
    words = (evidence.stance.word, evidence.place.words, evidence.place.label, evidence.note.title)
    more = (evidence.basis, evidence.sure, evidence.condition, evidence.reason, evidence.dated)
    return (*words, *more, evidence.who, tuple(voice.title for voice in evidence.voices))
