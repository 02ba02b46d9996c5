"""Recognise a page: which of its lines are its title, its words, its comments, its furniture."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from generator.importing.bodies import count_last_furniture, find_title, recognise_body
from generator.importing.comments import Comments, recognise_comments, recognise_marked_comments
from generator.importing.lines import Block, Kind, Line, Scrape
from generator.importing.pieces import Page, Piece, Role
from generator.importing.threads import (
    ThreadHeading,
    bare_title,
    begins_thread,
    is_quoted,
    is_same_title,
    read_thread_heading,
    split_thread,
)

_NO_THREAD = ThreadHeading(-1, "")


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a thread begins: the block that its heading opens, and what the heading says.

    An *empty* one has no comments, and nothing below it but furniture.
    """

    at: int
    heading: ThreadHeading
    empty: bool = False


def recognise(scrape: Scrape) -> Page:
    """Return what every line of *scrape* is."""
    outside = [
        Piece(block.lines, Role.CUT, reason=block.markup.note)
        for block in scrape.blocks
        if block.markup.kind is Kind.OUTSIDE
    ]
    blocks = [block for block in scrape.blocks if block.markup.kind is not Kind.OUTSIDE]
    recognise_kept = _recognise_marked if scrape.comments else _recognise_plain
    page = recognise_kept(scrape, blocks)
    pieces = sorted((*outside, *page.pieces), key=lambda piece: piece.lines[0].number)
    return replace(page, pieces=tuple(pieces))


def _recognise_plain(scrape: Scrape, blocks: Sequence[Block]) -> Page:
    """Recognise a page whose comments, if it has any, are known by how they look."""
    place = _find_thread(blocks)
    heading = place.heading if place else _NO_THREAD
    body = blocks[: place.at] if place else blocks
    title = find_title(body, heading.subject, scrape.facts.title)
    if place and place.empty:
        body = (*body, *blocks[place.at + 1 :])
    pieces, facts = recognise_body(body, title, scrape.facts)
    if not facts.title:
        facts = replace(facts, title=bare_title(heading.subject))
    if place is None:
        return Page(facts, tuple(pieces))
    first, rest = _part_heading(blocks[place.at])
    found = Comments((), ())
    if not place.empty:
        below = (*rest, *blocks[place.at + 1 :])
        found = recognise_comments(split_thread(below, first, heading.announced))
    thread = Piece((first,), Role.THREAD, first.words)
    return Page(
        facts,
        (*pieces, thread, *found.pieces),
        announced=heading.announced,
        heading=first.words,
        has_thread=True,
        comments=found.comments,
        notes=found.notes,
    )


def _part_heading(block: Block) -> tuple[Line, tuple[Block, ...]]:
    first, *rest = block.lines
    return first, (replace(block, lines=tuple(rest)),) if rest else ()


def _find_thread(blocks: Sequence[Block]) -> _Place | None:
    """Find the line that announces comments.

    The first that a comment follows; else the last behind which nothing but furniture is left, if
    it gives their number: a page may announce comments and show none.
    """
    empty: _Place | None = None
    furniture = len(blocks) - count_last_furniture(blocks)
    for at, block in enumerate(blocks):
        heading = read_thread_heading(block.lines[0].words)
        if heading is None:
            continue
        below = [line for block in blocks[at : at + 3] for line in block.lines][1:3]
        if begins_thread(below, heading.announced):
            return _Place(at, heading)
        is_last = len(block.lines) == 1 and at + 1 >= furniture
        if is_last and heading.announced >= 0 and _is_about(heading, blocks[:at]):
            empty = _Place(at, heading, empty=True)
    return empty


def _is_about(heading: ThreadHeading, body: Sequence[Block]) -> bool:
    """Tell whether a thread's heading names the page's title, or nothing else."""
    subject = heading.subject
    if subject == "" or is_quoted(subject):
        return True
    return any(is_same_title(subject, block.text) for block in body if len(block.lines) == 1)


def _recognise_marked(scrape: Scrape, blocks: Sequence[Block]) -> Page:
    """Recognise a page whose markup says which blocks are comments."""
    first = next((at for at, b in enumerate(blocks) if b.markup.comment >= 0), len(blocks))
    named = [at for at, block in enumerate(blocks[:first]) if _heads_thread(block)]
    at = named[-1] if named else -1
    heading = (read_thread_heading(blocks[at].text) if named else None) or _NO_THREAD
    body = [block for place, block in enumerate(blocks[:first]) if place != at]
    title = find_title(body, heading.subject, scrape.facts.title)
    pieces, facts = recognise_body(body, title, scrape.facts)
    if named:
        pieces.append(Piece(blocks[at].lines, Role.THREAD))
    found = recognise_marked_comments(blocks[first:], scrape.comments)
    return Page(
        replace(facts, title=facts.title or bare_title(heading.subject)),
        (*pieces, *found.pieces),
        announced=heading.announced,
        heading=" ".join(blocks[at].text.split()) if named else "",
        has_thread=True,
        comments=found.comments,
        notes=found.notes,
    )


def _heads_thread(block: Block) -> bool:
    is_line = len(block.lines) == 1 and block.markup.kind is not Kind.TITLE
    return block.markup.kind is Kind.THREAD or (
        is_line and read_thread_heading(block.text) is not None
    )
