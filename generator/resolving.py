"""Resolving: the join. From everything that was read to a site without an open question."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from generator import addresses
from generator.address_book import AddressBook, KnownNote, KnownPage, write_book
from generator.backlinks import add_backlinks
from generator.config import Annotator
from generator.corpus import Corpus
from generator.diagnostics import Diagnostic, Outcome
from generator.editions import Edition
from generator.linking import Origin, resolve_reference, resolve_source_reference
from generator.locating import make_gazetteer
from generator.markup import HEADINGS
from generator.model import Annotation, Document, FreePage, Prose, Source
from generator.replying import Parents, find_parents
from generator.site import (
    AnchoredTarget,
    CommentedSource,
    Link,
    Linked,
    Note,
    PublishedActor,
    PublishedIssue,
    PublishedPage,
    Site,
    Version,
    call_note,
    measure,
)
from generator.spans import Span
from generator.tabulating import tabulate
from generator.tagging import collect_tags, name_tags
from generator.targeting import Anchored, aim
from generator.units import lay_out
from generator.words import count_words, nearest


@dataclass(frozen=True, slots=True)
class _Findings:
    """What is known of all notes before any of their links is followed."""

    corpus: Corpus
    parents: Parents
    anchored: Anchored
    tags: Mapping[str, str]
    book: AddressBook


def resolve(corpus: Corpus, version: Version, *, drafts: bool) -> Outcome[Site]:
    """Join *corpus* into a site; drafts are checked like the rest and published with *drafts*."""
    parents = find_parents(corpus.annotations)
    anchored = aim(corpus, parents.value)
    tags = name_tags(corpus.annotations)
    book = write_book(_list_all(corpus, anchored.value, drafts=drafts))
    sources = [_link_source(source, book) for source in book.sources.values()]
    book = replace(book, sources={each.value.source.id: each.value for each in sources})
    findings = _Findings(corpus, parents.value, anchored.value, tags.value, book)
    notes = [_resolve_note(annotation, findings) for annotation in corpus.annotations]
    pages = [_resolve_page(page, book) for page in corpus.pages]
    published = [n.value for n in notes if drafts or not n.value.annotation.draft]
    ordered = _order(_answer(published), tuple(book.sources))
    site = Site(
        corpus.config,
        version,
        tuple(book.sources.values()),
        ordered,
        tuple(page.value for page in pages if drafts or not page.value.page.draft),
        collect_tags(ordered),
        (),
    )
    coded = _resolve_codebook(corpus, book)
    actors, issues = coded.value
    tabled = tabulate(replace(site, actors=actors, issues=issues), corpus, anchored.value)
    files = tuple(_find_used_files(tabled.value, corpus.files))
    site = replace(tabled.value, files=files, extent=measure(tabled.value))
    outcomes = (parents, anchored, tags, *sources, *notes, *pages, coded, tabled)
    problems = tuple(problem for outcome in outcomes for problem in outcome.diagnostics)
    return Outcome(add_backlinks(site), problems)


def _list_all(corpus: Corpus, anchored: Anchored, *, drafts: bool) -> AddressBook:
    sources = {
        source.id: _prepare_source(source, document, corpus.editions.get(source.id))
        for source, document in corpus.sources
    }
    return AddressBook(
        sources,
        {
            note.id: KnownNote(
                note.path,
                _note_url(note.id, anchored[note.id], sources, corpus),
                call_note(note, anchored[note.id]),
                drafts or not note.draft,
            )
            for note in corpus.annotations
        },
        {
            page.path: KnownPage(
                addresses.page_url(page.slug),
                page.title,
                drafts or not page.draft,
                _anchors_of(page),
            )
            for page in corpus.pages
        },
        {path: s.id for s, _ in corpus.sources for path in (s.path, s.text_path)},
        {note.path: note.source for note in corpus.annotations},
        frozenset(corpus.files),
        corpus.broken,
        dict(_list_codebook(corpus)),
    )


def _list_codebook(corpus: Corpus) -> Iterator[tuple[str, Link]]:
    for actor in corpus.actors:
        for key in (actor.id, actor.path):
            yield key, Link(addresses.actor_url(actor.id), title=actor.name)
    for issue in corpus.issues:
        for key in (issue.id, issue.path):
            yield key, Link(addresses.issue_url(issue.id), title=issue.proposition)


def _resolve_codebook(
    corpus: Corpus, book: AddressBook
) -> Outcome[tuple[tuple[PublishedActor, ...], tuple[PublishedIssue, ...]]]:
    """Return the actors, and the issues by group, with the links of their prose."""
    problems: list[Diagnostic] = []

    def link(prose: Prose, path: str) -> Linked:
        linked = _link(prose, Origin(path), book)
        problems.extend(linked.diagnostics)
        return linked.value

    actors = tuple(
        PublishedActor(each, link(each.prose, each.path), addresses.actor_url(each.id))
        for each in corpus.actors
    )
    groups = list(dict.fromkeys(issue.group for issue in corpus.issues))
    issues = tuple(
        PublishedIssue(each, link(each.prose, each.path), addresses.issue_url(each.id))
        for each in sorted(corpus.issues, key=lambda issue: groups.index(issue.group))
    )
    return Outcome((actors, issues), tuple(problems))


def _prepare_source(source: Source, document: Document, edition: Edition | None) -> CommentedSource:
    counts = (count_words(document.text[slice(*each.span)]) for each in document.locators)
    present = sum(1 for locator in document.locators if locator.kind == "comment")
    return CommentedSource(
        source=source,
        document=document,
        url=addresses.source_url(source.id),
        words=edition.words if edition else count_words(document.text),
        comments=(document.announced if document.announced >= 0 else present, present),
        gazetteer=make_gazetteer(document),
        layout=lay_out(document.elements),
        counts=edition.counts if edition else tuple(counts),
        typed=edition.typed if edition else -1,
        limit=edition.limit if edition else 0,
    )


def _anchors_of(page: FreePage) -> frozenset[str]:
    headings = (each for each in page.body.elements if each.tag in HEADINGS)
    return frozenset(heading.get("id") for heading in headings)


def _find_home(targets: Sequence[AnchoredTarget], sources: Iterable[str]) -> str:
    """Return the source on whose page a note stands: that of its first target which there is."""
    return next((target.source for target in targets if target.source in sources), "")


def _note_url(
    id: str, targets: Sequence[AnchoredTarget], sources: Iterable[str], corpus: Corpus
) -> str:
    home = _find_home(targets, sources)
    return addresses.note_url(id, home, own_page=corpus.config.note_pages)


def _link_source(source: CommentedSource, book: AddressBook) -> Outcome[CommentedSource]:
    outcomes = [
        resolve_source_reference(reference, source, book)
        for reference in source.document.references
    ]
    links = tuple(outcome.value for outcome in outcomes)
    problems = tuple(problem for outcome in outcomes for problem in outcome.diagnostics)
    return Outcome(replace(source, links=links), problems)


def _resolve_note(annotation: Annotation, findings: _Findings) -> Outcome[Note]:
    targets, book = findings.anchored[annotation.id], findings.book
    home = _find_home(targets, book.sources)
    if not book.notes[annotation.id].published:
        book = replace(book, open_to_drafts=True)
    origin = Origin(annotation.path, annotation.source or home)
    gist, body = (_link(prose, origin, book) for prose in (annotation.gist, annotation.body))
    parent = _find_parent(annotation, findings)
    by = _find_annotator(annotation, findings.corpus.config.annotators)
    named = (findings.tags[tag] for tag in annotation.tags if tag in findings.tags)
    note = Note(
        annotation=annotation,
        by=by.value,
        source=home,
        targets=targets,
        gist=gist.value,
        body=body.value,
        tags=tuple(dict.fromkeys(named)),
        url=book.notes[annotation.id].url,
        title=book.notes[annotation.id].title,
        parent=parent.value,
    )
    parts = (parent, by, gist, body)
    return Outcome(note, tuple(problem for part in parts for problem in part.diagnostics))


def _find_parent(annotation: Annotation, findings: _Findings) -> Outcome[str]:
    """Return the id of the note that *annotation* answers; a draft cannot be answered in public."""
    parent = findings.parents.get(annotation.id)
    if parent is None:
        return Outcome("")
    notes = findings.book.notes
    if notes[parent.id].published or not notes[annotation.id].published:
        return Outcome(parent.id)
    place = dict(annotation.places).get("re", annotation.place)
    message = f"the note replies to the draft {parent.id!r}, which is not published"
    help = "publish that note, or make this one a draft too"
    return Outcome("", (Diagnostic("link-dead", message, annotation.path, place, help),))


def _find_annotator(annotation: Annotation, annotators: Sequence[Annotator]) -> Outcome[Annotator]:
    for annotator in annotators:
        if annotator.id == annotation.by:
            return Outcome(annotator)
    place = dict(annotation.places).get("by", annotation.place)
    known = [annotator.id for annotator in annotators]
    if not annotation.by and len(annotators) < 2:
        return Outcome(annotators[0] if annotators else Annotator("", "", ""))
    if not annotation.by:
        message = "the note does not say who wrote it"
        help = f"write `by: {known[0]}` at the top of the file"
    else:
        close = nearest(annotation.by, known)
        message = f"there is no annotator {annotation.by!r}"
        help = (
            f"did you mean {close!r}?"
            if close
            else f"add [annotators.{annotation.by}] to site.toml"
        )
    problem = Diagnostic("annotator-unknown", message, annotation.path, place, help)
    return Outcome(Annotator(annotation.by, annotation.by, annotation.by[:2]), (problem,))


def _resolve_page(page: FreePage, book: AddressBook) -> Outcome[PublishedPage]:
    book = replace(book, open_to_drafts=not book.pages[page.path].published)
    body = _link(page.body, Origin(page.path), book)
    return Outcome(PublishedPage(page, body.value, addresses.page_url(page.slug)), body.diagnostics)


def _link(prose: Prose, origin: Origin, book: AddressBook) -> Outcome[Linked]:
    if not prose.references:
        return Outcome(Linked(prose))
    outcomes = [resolve_reference(reference, origin, book) for reference in prose.references]
    links = tuple(outcome.value for outcome in outcomes)
    problems = tuple(problem for outcome in outcomes for problem in outcome.diagnostics)
    return Outcome(Linked(prose, links), problems)


def _answer(notes: Sequence[Note]) -> Iterator[Note]:
    """Yield every note with those that reply to it, in the order in which they were written."""
    replies: dict[str, list[str]] = defaultdict(list)
    for note in notes:
        if note.parent:
            replies[note.parent].append(note.id)
    for note in notes:
        yield replace(note, replies=tuple(replies[note.id])) if note.id in replies else note


def _order(notes: Iterable[Note], sources: Sequence[str]) -> tuple[Note, ...]:
    rank = {id: number for number, id in enumerate(sources)}

    def place(note: Note) -> tuple[int, int, int, bool, str, Span]:
        spans = (passage.span for passage in note.passages_in(note.source))
        # A whole source comes before its first word, a long passage before a short one.
        first = min(spans, key=lambda span: (span.start, -span.end), default=Span(1 << 60, 0))
        written = note.annotation
        home = rank.get(note.source, len(rank))
        return home, first.start, -first.end, bool(note.parent), written.path, written.place

    return tuple(sorted(notes, key=place))


def _find_used_files(site: Site, files: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Yield the address and the path of every file that a page of *site* shows or leads to."""
    used = {link.url.partition("#")[0] for links in _all_links(site) for link in links}
    for path in files:
        url = addresses.file_url(path)
        if url in used:
            yield url, path


def _all_links(site: Site) -> Iterator[tuple[Link, ...]]:
    yield from (source.links for source in site.sources)
    for note in site.notes:
        yield from (note.gist.links, note.body.links)
    yield from (page.body.links for page in site.pages)
    yield from (actor.prose.links for actor in site.actors)
    yield from (issue.prose.links for issue in site.issues)
