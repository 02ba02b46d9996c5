"""Resolving: the join. From everything that was read to a site without an open question."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from generator import addresses
from generator.anchoring import anchor
from generator.backlinks import collect_backlinks
from generator.config import Annotator
from generator.corpus import Corpus
from generator.diagnostics import Diagnostic, Outcome
from generator.linking import (
    AddressBook,
    KnownNote,
    Origin,
    resolve_reference,
    resolve_source_reference,
)
from generator.model import Annotation, Document, Passage, Prose, Source, Target
from generator.site import (
    AnchoredTarget,
    CommentedSource,
    Link,
    Linked,
    Note,
    PublishedPage,
    Site,
    Version,
)
from generator.spans import Span
from generator.tagging import collect_tags
from generator.words import count_words, nearest

Anchored = Mapping[str, tuple[AnchoredTarget, ...]]


def resolve(corpus: Corpus, version: Version, *, drafts: bool) -> Outcome[Site]:
    """Join *corpus* into a site; drafts are checked like the rest and published with *drafts*."""
    problems: list[Diagnostic] = []
    own = _anchor_all(corpus, problems)
    anchored = _inherit_targets(corpus, own, problems)
    book = _make_book(corpus, anchored, drafts=drafts)
    tags, names = collect_tags(corpus.annotations, problems)
    notes = tuple(
        _resolve_note(annotation, anchored[annotation.id], corpus, book, problems)
        for annotation in corpus.annotations
    )
    notes = tuple(replace(n, tags=tuple(names[tag] for tag in n.tags)) for n in notes)
    notes = _order(_answer(note for note in notes if drafts or not note.annotation.draft), corpus)
    sources = tuple(_resolve_source(*pair, book, problems) for pair in corpus.sources)
    pages = tuple(
        PublishedPage(page, _link(page.body, Origin(page.path, ""), book, problems), addresses.page_url(page.slug))
        for page in corpus.pages
    )
    pages = tuple(page for page in pages if drafts or not page.page.draft)
    sources, notes = collect_backlinks(sources, notes, pages)
    published = {note.id for note in notes}
    kept = tuple(
        replace(tag, notes=tuple(n.id for n in notes if tag.name in n.tags))
        for tag in tags
        if published.intersection(tag.notes)
    )
    links = [link for linked in _all_links(sources, notes, pages) for link in linked]
    used = {link.url for link in links}
    files = tuple((addresses.file_url(p), p) for p in corpus.files if addresses.file_url(p) in used)
    site = Site(corpus.config, version, sources, notes, pages, kept, files)
    return Outcome(site, tuple(problems))


def _anchor_all(
    corpus: Corpus, problems: list[Diagnostic]
) -> dict[str, tuple[AnchoredTarget, ...]]:
    """Anchor the typed targets of all notes, source by source."""
    documents = {source.id: document for source, document in corpus.sources}
    wanted: dict[str, list[Target]] = defaultdict(list)
    for annotation in corpus.annotations:
        for target in annotation.targets:
            if target.source in documents:
                wanted[target.source].append(target)
            elif target.source not in corpus.broken:
                problems.append(_unknown_source(target, documents))
    found: dict[tuple[str, Span, Span], tuple[Passage, ...]] = {}
    for id, targets in wanted.items():
        outcome = anchor(documents[id], tuple(targets))
        problems += outcome.diagnostics
        found.update(zip(map(_identity, targets), outcome.value, strict=True))
    return {
        annotation.id: tuple(
            AnchoredTarget(target, target.source, found.get(_identity(target), ()))
            for target in annotation.targets
        )
        for annotation in corpus.annotations
    }


def _identity(target: Target) -> tuple[str, Span, Span]:
    # Two targets never share a place in one file.
    return target.path, target.place, target.where


def _unknown_source(target: Target, known: Iterable[str]) -> Diagnostic:
    if not target.source:
        return Diagnostic(
            "source-missing",
            "the target names no source, and neither does the file",
            target.path,
            target.where,
            "write `source: …` at the top of the file, or `> — the-source` below the quotation",
        )
    close = nearest(target.source, list(known))
    return Diagnostic(
        "source-unknown",
        f"there is no source {target.source!r}",
        target.path,
        target.where,
        f"did you mean {close!r}?" if close else f"create seeds/{target.source}/source.toml",
    )


def _inherit_targets(
    corpus: Corpus, own: Anchored, problems: list[Diagnostic]
) -> dict[str, tuple[AnchoredTarget, ...]]:
    """Give notes without a target their parent's, or else their file's whole source."""
    by_id = {annotation.id: annotation for annotation in corpus.annotations}
    sources = {source.id: document for source, document in corpus.sources}
    anchored: dict[str, tuple[AnchoredTarget, ...]] = {}
    for annotation in corpus.annotations:
        if annotation.re and _find_root(annotation, by_id) is None:
            problems.append(_unknown_parent(annotation, by_id))
    for annotation in corpus.annotations:
        root = _find_root(annotation, by_id) or annotation
        if annotation.targets or root.targets:
            anchored[annotation.id] = own[annotation.id] or own[root.id]
        elif root.source in sources:
            span = Span(0, len(sources[root.source].text))
            whole = Passage(root.source, span, (), whole=True)
            anchored[annotation.id] = (AnchoredTarget(None, root.source, (whole,)),)
        else:
            anchored[annotation.id] = ()
            if root is annotation and root.source not in corpus.broken:
                problems.append(_untargeted(annotation, sources))
    return anchored


def _find_root(annotation: Annotation, by_id: Mapping[str, Annotation]) -> Annotation | None:
    """Return the nearest note up the chain of replies that has a target of its own."""
    seen = {annotation.id}
    while annotation.re and not annotation.targets:
        parent = by_id.get(annotation.re)
        if parent is None or parent.id in seen:
            return None
        seen.add(parent.id)
        annotation = parent
    if annotation.re and (annotation.re not in by_id or annotation.re == annotation.id):
        return None
    return annotation


def _unknown_parent(annotation: Annotation, by_id: Mapping[str, Annotation]) -> Diagnostic:
    place = dict(annotation.places).get("re", annotation.place)
    if annotation.re in by_id:
        message, help = "the note replies to itself", "name another note, or take `re` out"
    else:
        close = nearest(annotation.re, list(by_id))
        message = f"there is no note {annotation.re!r} to reply to"
        help = f"did you mean {close!r}?" if close else ""
    return Diagnostic("re-unknown", message, annotation.path, place, help)


def _untargeted(annotation: Annotation, sources: Iterable[str]) -> Diagnostic:
    if not annotation.source:
        message, help = "the note has no target", "quote the words it is about below its heading"
        return Diagnostic("source-missing", message, annotation.path, annotation.place, help)
    place = dict(annotation.places).get("source", annotation.place)
    close = nearest(annotation.source, list(sources))
    message = f"there is no source {annotation.source!r}"
    help = f"did you mean {close!r}?" if close else ""
    return Diagnostic("source-unknown", message, annotation.path, place, help)


def _make_book(corpus: Corpus, anchored: Anchored, *, drafts: bool) -> AddressBook:
    own_page = corpus.config.note_pages
    notes = {}
    for note in corpus.annotations:
        home = _home(anchored[note.id])
        url = addresses.note_url(note.id, home, own_page=own_page)
        title = note.gist.text or note.id
        notes[note.id] = KnownNote(note.path, url, title, drafts or not note.draft)
    pages = {
        page.path: (addresses.page_url(page.slug), page.title, drafts or not page.draft)
        for page in corpus.pages
    }
    sources = {source.id: (source, document) for source, document in corpus.sources}
    files = {note.path: note.source for note in corpus.annotations}
    return AddressBook(sources, notes, pages, files, frozenset(corpus.files), corpus.broken)


def _home(targets: Sequence[AnchoredTarget]) -> str:
    return next((target.source for target in targets if target.source), "")


def _resolve_note(
    annotation: Annotation,
    targets: tuple[AnchoredTarget, ...],
    corpus: Corpus,
    book: AddressBook,
    problems: list[Diagnostic],
) -> Note:
    origin = Origin(annotation.path, annotation.source or _home(targets))
    home = _home(targets) if _home(targets) in book.sources else ""
    parent = annotation.re if annotation.re in book.notes and annotation.re != annotation.id else ""
    if parent and not book.notes[parent].published and book.notes[annotation.id].published:
        place = dict(annotation.places).get("re", annotation.place)
        message = f"the note replies to the draft {parent!r}, which is not published"
        help = "publish that note, or make this one a draft too"
        problems.append(Diagnostic("link-dead", message, annotation.path, place, help))
        parent = ""
    return Note(
        annotation=annotation,
        by=_find_annotator(annotation, corpus.config.annotators, problems),
        source=home,
        targets=targets,
        gist=_link(annotation.gist, origin, book, problems),
        body=_link(annotation.body, origin, book, problems),
        tags=annotation.tags,
        url=addresses.note_url(annotation.id, home, own_page=corpus.config.note_pages),
        parent=parent,
    )


def _find_annotator(
    annotation: Annotation, annotators: Sequence[Annotator], problems: list[Diagnostic]
) -> Annotator:
    for annotator in annotators:
        if annotator.id == annotation.by:
            return annotator
    place = dict(annotation.places).get("by", annotation.place)
    known = [annotator.id for annotator in annotators]
    if not annotation.by:
        if len(annotators) == 1:
            return annotators[0]
        if not annotators:
            return Annotator("", "", "")
        message, help = "the note does not say who wrote it", f"write `by: {known[0]}` at the top of the file"
    else:
        close = nearest(annotation.by, known)
        message = f"there is no annotator {annotation.by!r}"
        help = f"did you mean {close!r}?" if close else f"add [annotators.{annotation.by}] to site.toml"
    problems.append(Diagnostic("annotator-unknown", message, annotation.path, place, help))
    return Annotator(annotation.by, annotation.by, annotation.by[:2])


def _link(
    prose: Prose, origin: Origin, book: AddressBook, problems: list[Diagnostic]
) -> Linked:
    outcomes = [resolve_reference(reference, origin, book) for reference in prose.references]
    for outcome in outcomes:
        problems += outcome.diagnostics
    return Linked(prose, tuple(outcome.value for outcome in outcomes))


def _resolve_source(
    source: Source, document: Document, book: AddressBook, problems: list[Diagnostic]
) -> CommentedSource:
    outcomes = [
        resolve_source_reference(reference, source, document, book)
        for reference in document.references
    ]
    for outcome in outcomes:
        problems += outcome.diagnostics
    present = sum(1 for locator in document.locators if locator.kind == "comment")
    return CommentedSource(
        source,
        document,
        tuple(outcome.value for outcome in outcomes),
        count_words(document.text),
        addresses.source_url(source.id),
        (document.announced if document.announced >= 0 else present, present),
    )


def _answer(notes: Iterable[Note]) -> list[Note]:
    """Tell every note which notes reply to it, in the order in which they were written."""
    kept = list(notes)
    replies: dict[str, list[str]] = defaultdict(list)
    for note in kept:
        if note.parent:
            replies[note.parent].append(note.id)
    return [replace(note, replies=tuple(replies[note.id])) for note in kept]


def _order(notes: Sequence[Note], corpus: Corpus) -> tuple[Note, ...]:
    rank = {source.id: index for index, (source, _) in enumerate(corpus.sources)}

    def place(note: Note) -> tuple[int, int, int, int, str, Span]:
        spans = [p.span for t in note.targets for p in t.passages if p.source == note.source]
        first = spans[0] if spans else Span(1 << 60, 0)
        # A whole source comes before its first word, a long passage before a short one.
        return (
            rank.get(note.source, len(rank)), first.start, -first.end, bool(note.parent),
            note.annotation.path, note.annotation.place,
        )

    return tuple(sorted(notes, key=place))


def _all_links(
    sources: Iterable[CommentedSource], notes: Iterable[Note], pages: Iterable[PublishedPage]
) -> Iterable[tuple[Link, ...]]:
    yield from (source.links for source in sources)
    yield from (note.gist.links for note in notes)
    yield from (note.body.links for note in notes)
    yield from (page.body.links for page in pages)
