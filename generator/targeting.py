"""Targeting: what every note of a site is about, found in the texts."""

from collections import defaultdict
from collections.abc import Callable, Mapping

from generator.anchoring import anchor
from generator.corpus import Corpus
from generator.diagnostics import Diagnostic, Outcome
from generator.editions import Edition
from generator.model import Annotation, Document, Passage, Target
from generator.recorded import find_recorded
from generator.replying import Parents, find_roots
from generator.site import AnchoredTarget
from generator.spans import Span
from generator.sparing import sparing
from generator.words import nearest_id

Anchored = Mapping[str, tuple[AnchoredTarget, ...]]
Guess = Callable[[str], str | None]


def aim(corpus: Corpus, parents: Parents) -> Outcome[Anchored]:
    """Return, by id, the targets of each note with the passages at which they were found.

    A note that has none has those of the note that it answers, or else its file's source as a
    whole. What names an unknown source is an error.
    """
    documents = {source.id: document for source, document in corpus.sources}
    guess = sparing(lambda word: nearest_id(word, documents), None)
    own = _anchor_all(corpus, guess)
    problems = list(own.diagnostics)
    roots = find_roots(corpus.annotations, parents)
    anchored: dict[str, tuple[AnchoredTarget, ...]] = {}
    for annotation in corpus.annotations:
        root = roots[annotation.id]
        if root.targets:
            anchored[annotation.id] = own.value[root.id]
        elif root.source in documents:
            span = Span(0, len(documents[root.source].text))
            if root is annotation and _begins_like(annotation, documents[root.source]):
                problems.append(_unmarked(annotation))
            whole = Passage(root.source, span, (), whole=True)
            anchored[annotation.id] = (AnchoredTarget(None, root.source, (whole,)),)
        else:
            anchored[annotation.id] = ()
            if root is annotation and root.source not in corpus.broken:
                problems.append(_untargeted(annotation, guess))
    return Outcome(anchored, tuple(problems))


def _begins_like(annotation: Annotation, document: Document) -> bool:
    """Tell whether a note without a target begins with words of its source.

    Then its author probably forgot the mark of a quotation. Fewer than three words prove nothing.
    """
    body = annotation.body
    if not body.elements or body.elements[0].tag not in ("p", "pre"):
        return False
    words = body.text[slice(*body.elements[0].span)].split()
    return len(words) > 2 and " ".join(words) in " ".join(document.text.split())


def _unmarked(annotation: Annotation) -> Diagnostic:
    message = "this note is about the whole text, and begins with words of it"
    help = "put `> ` before the words that it is about"
    return Diagnostic("quote-unmarked", message, annotation.path, annotation.place, help)


def _anchor_all(corpus: Corpus, guess: Guess) -> Outcome[Anchored]:
    """Anchor the typed targets of all notes, source by source."""
    documents = {source.id: document for source, document in corpus.sources}
    wanted: dict[str, list[Target]] = defaultdict(list)
    problems: list[Diagnostic] = []
    for annotation in corpus.annotations:
        for target in annotation.targets:
            if target.source in documents:
                wanted[target.source].append(target)
            elif target.source not in corpus.broken:
                problems.append(_unknown_source(target, annotation, guess))
    found: dict[tuple[str, Span, Span], tuple[Passage, ...]] = {}
    for id, targets in wanted.items():
        edition = corpus.editions.get(id)
        outcome = (
            find_recorded(edition, targets) if edition else anchor(documents[id], tuple(targets))
        )
        problems += outcome.diagnostics
        found.update(zip(map(_identity, targets), outcome.value, strict=True))
    anchored = {
        annotation.id: tuple(
            _show(target, found.get(_identity(target), ()), corpus.editions.get(target.source))
            if target.source in documents or not corpus.editions
            # A name that is misspelt may be that of a text whose words are kept back.
            else AnchoredTarget(target, target.source, (), "")
            for target in annotation.targets
        )
        for annotation in corpus.annotations
    }
    return Outcome(anchored, tuple(problems))


def _show(target: Target, passages: tuple[Passage, ...], edition: Edition | None) -> AnchoredTarget:
    """Return *target* with its passages, and with the words that may be shown of them."""
    if edition is None:
        return AnchoredTarget(target, target.source, passages)
    text = edition.document.text
    words = " … ".join(text[slice(*passage.span)] for passage in passages if not passage.whole)
    return AnchoredTarget(target, target.source, passages, words)


def _identity(target: Target) -> tuple[str, Span, Span]:
    # Two targets never share a place in one file.
    return target.path, target.place, target.where


def _unknown_source(target: Target, annotation: Annotation, guess: Guess) -> Diagnostic:
    if target.source and target.source == annotation.source:
        # Said once at the head of the file, not at each quotation.
        return _untargeted(annotation, guess)
    if not target.source:
        return Diagnostic(
            "source-missing",
            "the target names no source, and neither does the file",
            target.path,
            target.where,
            "write `source: …` at the top of the file, or `> — the-source` below the quotation",
        )
    message, help = _explain_unknown(target.source, guess)
    return Diagnostic("source-unknown", message, target.path, target.where, help)


def _untargeted(annotation: Annotation, guess: Guess) -> Diagnostic:
    if not annotation.source:
        message, help = "the note has no target", "quote the words it is about below its heading"
        return Diagnostic("source-missing", message, annotation.path, annotation.place, help)
    place = dict(annotation.places).get("source", annotation.place)
    message, help = _explain_unknown(annotation.source, guess)
    return Diagnostic("source-unknown", message, annotation.path, place, help)


def _explain_unknown(id: str, guess: Guess) -> tuple[str, str]:
    close = guess(id)
    help = f"did you mean {close!r}?" if close else f"create seeds/{id}/source.toml"
    return f"there is no source {id!r}", help
