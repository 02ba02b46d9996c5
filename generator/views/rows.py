"""Rows of the data files: what a program is told of a source or of a note."""

from collections.abc import Iterator, Mapping
from typing import Any

from generator.model import Passage
from generator.site import AnchoredTarget, CommentedSource, Note, has_gap
from generator.views.framing import Index

Json = Mapping[str, Any]


def describe_source(source: CommentedSource) -> Json:
    """Return the row of *source* in ``data/site.json`` as a value."""
    document = source.document
    announced, present = source.comments
    return {
        "id": source.source.id,
        "title": source.source.title,
        "url": source.url,
        "language": source.source.language,
        "rights": source.source.rights,
        "words": source.words,
        "comments": {"announced": announced, "present": present},
        "locators": [
            {
                "id": locator.label,
                "kind": locator.kind,
                "words": words,
            }
            for locator, words in zip(document.locators, source.counts, strict=True)
        ],
    }


def describe_note(note: Note, index: Index) -> Json:
    """Return the row of *note* in ``data/site.json`` as a value."""
    return {
        "id": note.id,
        "gist": note.gist.prose.text,
        "url": note.url,
        "source": note.source,
        "by": note.by.id,
        "motivation": str(note.annotation.motivation),
        "tags": list(note.tags),
        "anchored": note.anchored,
        "targets": [row for target in note.targets for row in _describe_target(target, index)],
    }


def _describe_target(target: AnchoredTarget, index: Index) -> Iterator[Json]:
    if not target.passages:
        known = target.target if target.published is None else None
        row: dict[str, Any] = {
            "source": target.source,
            "locators": list(known.locators) if known else [],
        }
        yield row if target.published is not None else row | {"quote": target.quote}
    for passage in target.passages:
        yield _describe_passage(passage, index)


def _describe_passage(passage: Passage, index: Index) -> Json:
    row: dict[str, Any] = {"source": passage.source, "locators": list(passage.labels)}
    source = index.sources[passage.source]
    exact = source.document.text[slice(*passage.span)]
    if source.is_restricted:
        # Where words are kept back, offsets of ours would mean nothing to anybody.
        return row if passage.whole or has_gap(source, passage.span) else row | {"exact": exact}
    if passage.labels:
        row |= {"exact": exact, "start": passage.span.start, "end": passage.span.end}
    return row
