"""Restricting: from texts that may not be published whole to what may be seen of each.

From here on the generator sees an edition in the place of such a text: it has the words that may
be published, and nothing that comes later can show others.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace

from generator.annotating import Annotating
from generator.budgets import judge_budget
from generator.corpus import Corpus
from generator.diagnostics import Diagnostic, Outcome
from generator.editions import Edition, find_limit, make_edition
from generator.model import Document, Source
from generator.outline import Outline
from generator.outline_files import read_outline, write_outline
from generator.outlining import draw_outline
from generator.rows import name_safely
from generator.scan import OUTLINE
from generator.searching import Search
from generator.spans import Span, TextFile, merge
from generator.wording import RUN


@dataclass(frozen=True, slots=True)
class Kept:
    """A text that may not be published whole: its source, and the spans of it that are."""

    source: Source
    published: tuple[Span, ...] = field(repr=False)


@dataclass(frozen=True, slots=True)
class Count:
    """How many of a source's *words* the annotation files type out; *limit* of 0: there is none."""

    source: str
    typed: int
    words: int
    limit: int


@dataclass(frozen=True, slots=True)
class Restricted:
    """What is left of *corpus*, and what was drawn on the way.

    *outlines* are those of the texts that are here, as (path, what it holds). *kept* are the texts
    that must not be found in what is published. *exceeded* tells that of some text too much is
    typed out.
    """

    corpus: Corpus
    outlines: tuple[tuple[str, bytes], ...] = field(repr=False)
    kept: tuple[Kept, ...] = field(repr=False)
    counts: tuple[Count, ...]
    exceeded: bool


@dataclass(frozen=True, slots=True)
class _Edited:
    """A source with its document, and its edition, if readers do not see the text itself."""

    source: Source
    document: Document
    count: Count
    edition: Edition | None = None
    outline: tuple[tuple[str, bytes], ...] = ()
    kept: tuple[Kept, ...] = ()


def list_kept(corpus: Corpus) -> Mapping[str, str]:
    """Return the texts that may not be published whole, by the ids of their sources."""
    return {
        source.id: document.text for source, document in corpus.sources if source.rights != "full"
    }


def list_prints(corpus: Corpus) -> Mapping[str, tuple[str, str]]:
    """Return the fingerprints of passages of texts that are not here, with source and label.

    Those of passages that are published whole are not among them, nor those of fewer words than a
    run has, such as a heading whose words stand in a quotation too: nobody is kept from using them.
    """
    return {
        row.print: (source.id, row.id)
        for source, outline in corpus.outlines
        for row in outline.rows
        if row.print and row.words >= RUN
        if any(isinstance(part, int) and part for part in row.text)
    }


def restrict(
    corpus: Corpus, files: Iterable[TextFile], search: Search, *, private: bool = False
) -> Outcome[Restricted]:
    """Put an edition in the place of every text of *corpus* that may not be published whole.

    *files* are the annotation files, *search* one for those texts. A *private* corpus keeps the
    texts that are here.
    """
    annotating = Annotating(corpus.annotations, tuple(files), search)
    whole = [(source, document) for source, document in corpus.sources if source.rights == "full"]
    edited = [
        _edit_text(source, document, annotating, private=private)
        for source, document in corpus.sources
        if source.rights != "full"
    ]
    edited += [
        _edit_outline(source, outline, private=private) for source, outline in corpus.outlines
    ]
    values = [each.value for each in edited]
    sources = [*whole, *((each.source, each.document) for each in values)]
    left = replace(
        corpus,
        sources=tuple(sorted(sources, key=lambda pair: pair[0].id)),
        files=tuple(_list_files(corpus.files, values, private=private)),
        editions={each.source.id: each.edition for each in values if each.edition},
    )
    counts = sorted((each.count for each in values), key=lambda count: count.source)
    restricted = Restricted(
        left,
        tuple(outline for each in values for outline in each.outline),
        tuple(kept for each in values for kept in each.kept),
        tuple(counts),
        exceeded=not private and any(0 < each.limit < each.typed for each in counts),
    )
    return Outcome(restricted, tuple(problem for each in edited for problem in each.diagnostics))


def _list_files(files: Iterable[str], edited: Iterable[_Edited], *, private: bool) -> Iterator[str]:
    """Yield *files* but for those beside a text under restricted rights: they may show it."""
    folders = tuple(f"seeds/{each.source.id}/" for each in edited if not private)
    return (path for path in files if not path.startswith(folders))


def _edit_text(
    source: Source,
    document: Document,
    annotating: Annotating,
    *,
    private: bool,
) -> Outcome[_Edited]:
    """Return *source* with the edition of its text, which is here, and its outline."""
    named = name_safely(document)
    excerpted = annotating.read(named)
    typed = merge(each.own for each in excerpted.typed)
    drawn = draw_outline(source, named, excerpted.quoted, typed)
    path, content = f"seeds/{source.id}/{OUTLINE}", write_outline(drawn.outline)
    count = _count(source, drawn.outline)
    if private:
        return Outcome(_Edited(source, named, count, None, ((path, content),)))
    edition = replace(_publish(source, path, content), failed=excerpted.failed, complete=True)
    kept = Kept(source, merge(span for spans in drawn.shown.values() for span in spans))
    over = judge_budget(source, named.text, excerpted.typed, count.limit)
    edited = _Edited(source, edition.document, count, edition, ((path, content),), (kept,))
    return Outcome(edited, (*excerpted.problems, *over))


def _publish(source: Source, path: str, content: bytes) -> Edition:
    """Return the edition made of an outline's file, as it is made where the text is missing."""
    outline = read_outline(TextFile(path, content.decode()))
    if outline.value is None:
        raise AssertionError(outline.diagnostics)
    return make_edition(source, outline.value)


def _edit_outline(source: Source, outline: Outline, *, private: bool) -> Outcome[_Edited]:
    """Return *source* with the edition that its outline makes; its text is not here."""
    edition = make_edition(source, outline)
    count = _count(source, outline)
    edited = _Edited(source, edition.document, count, edition)
    if private or not 0 < count.limit < count.typed:
        return Outcome(edited)
    message = (
        f"the annotation files type out {count.typed:,} of the {count.words:,} words of "
        f"{source.id}, and its rights allow {count.limit:,}"
    )
    help = "quote less, context too; the words are counted again where the text is"
    return Outcome(edited, (Diagnostic("rights-exceeded", message, source.path, None, help),))


def _count(source: Source, outline: Outline) -> Count:
    return Count(source.id, outline.typed, outline.words, find_limit(source, outline.words))
