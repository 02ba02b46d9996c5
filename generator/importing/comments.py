"""The comments of a thread in plain text: whose lines are whose, and what is said of each."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from generator.importing.bodies import keep
from generator.importing.furniture import (
    furniture_after,
    furniture_anywhere,
    furniture_at_comment_end,
)
from generator.importing.lines import Block, Comment, Line, Markup
from generator.importing.pages import Piece, Role
from generator.importing.threads import Start, Thread, read_date, read_name, read_start


@dataclass(frozen=True, slots=True)
class Comments:
    """The comments of a page, in their order, and the pieces of it that they are made of."""

    comments: tuple[Comment, ...]
    pieces: tuple[Piece, ...]


def recognise_comments(thread: Thread) -> Comments:
    """Read the comments of *thread*.

    A line that is neither furniture nor set in like the comments is kept in the one above it, and
    doubted: cutting it might lose words.
    """
    pieces: list[Piece] = []
    for block in thread.before:
        reason = furniture_anywhere(block)
        doubt = "stands above the first comment; kept in the body"
        pieces.append(Piece(block.lines, Role.CUT, reason=reason) if reason else keep(block, doubt))
    heads = [_read_head(start, blocks) for start, blocks in thread.comments]
    all_named = len(heads) > 1 and all(head.by for head in heads)
    comments: list[Comment] = []
    numbers = _numbers([start for start, _ in thread.comments])
    for place, (head, (start, blocks)) in enumerate(zip(heads, thread.comments, strict=True)):
        taken = head if head.date or all_named else _Head()
        comments.append(Comment(numbers[place], taken.by, taken.date))
        found = _recognise_comment(start, blocks, thread)
        pieces.extend(
            replace(part, markup=Markup(comment=place))
            for piece in found
            for part in _take_head(piece, taken)
        )
    return Comments(tuple(comments), tuple(pieces))


def _numbers(starts: Sequence[Start]) -> list[int]:
    """Return the printed numbers, or the places if there are none or they repeat."""
    printed = [start.number for start in starts]
    is_counting = printed == sorted(set(printed)) and printed[:1] != [0]
    return printed if is_counting else list(range(1, len(starts) + 1))


def _recognise_comment(start: Start, blocks: Sequence[Block], thread: Thread) -> list[Piece]:
    """Return the pieces of one comment; the words of the first begin behind its number."""
    first, *others = blocks
    words = "\n".join((start.words, *(line.words for line in first.lines[1:])))
    pieces = [replace(keep(first), words=words)]
    reason = ""
    for block in others:
        outside = block.lines[0].indent < thread.indent
        reason = (furniture_after(block, reason) if reason else "") or (
            furniture_anywhere(block) if outside or not thread.is_set_in else ""
        )
        if reason:
            pieces.append(Piece(block.lines, Role.CUT, reason=reason))
        else:
            pieces.append(keep(block, _doubt(block, outside)))
    return _cut_endings(pieces)


def _doubt(block: Block, outside: bool) -> str:
    if outside:
        return "is not set in like the comments; kept in the one above"
    if read_start(block.lines[0]):
        return "is numbered, inside a comment; kept there as its words"
    return ""


def _cut_endings(pieces: Sequence[Piece]) -> list[Piece]:
    """Cut the controls ("Reply") with which a comment ends; its first words always stay."""
    cut = list(pieces)
    for at in range(len(pieces) - 1, 0, -1):
        if pieces[at].role is Role.TEXT:
            reason = furniture_at_comment_end(Block(pieces[at].lines))
            if not reason:
                break
            cut[at] = Piece(pieces[at].lines, Role.CUT, reason=reason)
    return cut


@dataclass(frozen=True, slots=True)
class _Head:
    """Who wrote a comment and when, as its first lines say, and which lines those are."""

    by: str = ""
    date: str = ""
    roles: tuple[tuple[int, Role], ...] = ()


def _read_head(start: Start, blocks: Sequence[Block]) -> _Head:
    """Read "NAME says:", and the date below it, at the beginning of a comment."""
    lines = [line for block in blocks[:2] for line in block.lines]
    name, day = read_name(start.words)
    if not name:
        return _Head()
    roles = ((lines[0].number, Role.NAME),)
    below = read_date(lines[1].words) if len(lines) > 1 and not day else ""
    if below:
        roles = (*roles, (lines[1].number, Role.DATE))
    return _Head(name, day or below, roles)


def _take_head(piece: Piece, head: _Head) -> list[Piece]:
    """Part *piece* into the lines of a comment's head and the rest, which may be nothing."""
    roles = dict(head.roles)
    parts = [
        Piece((line,), roles[line.number], words)
        for line, words in zip(piece.lines, piece.words.split("\n"), strict=False)
        if line.number in roles and piece.role is Role.TEXT
    ]
    if not parts:
        return [piece]
    rest = piece.lines[len(parts) :]
    words = "\n".join(piece.words.split("\n")[len(parts) :])
    return [*parts, replace(piece, lines=rest, words=words)] if rest else parts
