"""The comments of a thread in plain text: whose lines are whose, and what is said of each."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from generator.importing.bodies import keep
from generator.importing.furniture import (
    furniture_after,
    furniture_anywhere,
    furniture_at_comment_end,
)
from generator.importing.lines import Block, Comment, Kind, Markup
from generator.importing.pieces import Piece, Role
from generator.importing.threads import Start, Thread, read_date, read_name, read_start


@dataclass(frozen=True, slots=True)
class Comments:
    """The comments of a page, in their order, and the pieces of it that they are made of."""

    comments: tuple[Comment, ...]
    pieces: tuple[Piece, ...]
    notes: tuple[str, ...] = ()


def recognise_comments(thread: Thread) -> Comments:
    """Read the comments of *thread*.

    A line that is neither furniture nor set in like the comments is kept in the one above it, and
    doubted: cutting it might lose words.
    """
    pieces: list[Piece] = []
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
    renumbered = any(numbers) and numbers != [start.number for start, _ in thread.comments]
    note = "the comments' printed numbers do not count on: their ids are their places"
    return Comments(tuple(comments), tuple(pieces), (note,) if renumbered else ())


def _numbers(starts: Sequence[Start]) -> list[int]:
    """Return the printed numbers, or the places if there are none or they repeat."""
    printed = [start.number for start in starts]
    is_counting = printed == sorted(set(printed)) and printed[:1] > [0]
    return printed if is_counting else list(range(1, len(starts) + 1))


def _recognise_comment(start: Start, blocks: Sequence[Block], thread: Thread) -> list[Piece]:
    """Return the pieces of one comment; the words of the first begin behind its number."""
    first, *others = blocks
    words = "\n".join((start.words, *(line.words for line in first.lines[1:]))).lstrip("\n")
    pieces = [replace(keep(first), words=words, role=Role.TEXT if words else Role.NUMBER)]
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
    first = next((at for at, piece in enumerate(pieces) if piece.words), 0)
    for at in range(len(pieces) - 1, first, -1):
        if pieces[at].role is Role.TEXT:
            reason = furniture_at_comment_end(Block(pieces[at].lines))
            if not reason:
                break
            cut[at] = Piece(pieces[at].lines, Role.CUT, reason=reason)
    return cut


def recognise_marked_comments(blocks: Sequence[Block], comments: Sequence[Comment]) -> Comments:
    """Read comments that a page's markup shows; *blocks* begin with the first of them."""
    found = list(comments)
    pieces: list[Piece] = []
    for block in blocks:
        place, kind = block.markup.comment, block.markup.kind
        comment = found[place] if place >= 0 else Comment(0)
        if place < 0:
            reason = furniture_anywhere(block) or "in none of the comments"
            pieces.append(Piece(block.lines, Role.CUT, reason=reason))
        elif kind is Kind.NAME and not comment.by:
            name = " ".join(block.text.split())
            found[place] = replace(comment, by=read_name(name)[0] or name)
            pieces.append(Piece(block.lines, Role.NAME, markup=block.markup))
        elif kind is Kind.DATE and block.markup.note and not comment.date:
            found[place] = replace(comment, date=block.markup.note)
            pieces.append(Piece(block.lines, Role.DATE, markup=block.markup))
        elif kind is Kind.NAME or kind is Kind.DATE:
            pieces.append(Piece(block.lines, Role.CUT, reason="beside a comment's name or date"))
        else:
            pieces.append(keep(block))
    return Comments(tuple(found), tuple(pieces))


@dataclass(frozen=True, slots=True)
class _Head:
    """Who wrote a comment and when, as its first lines say, and which lines those are."""

    by: str = ""
    date: str = ""
    roles: tuple[tuple[int, Role], ...] = ()


def _read_head(start: Start, blocks: Sequence[Block]) -> _Head:
    """Read "NAME says:", and the date below it, at the beginning of a comment."""
    first, *others = (line for block in blocks[:3] for line in block.lines)
    lines = [(first.number, start.words), *((line.number, line.words) for line in others)]
    (number, words), *below = lines if start.words else lines[1:] or lines
    name, day = read_name(words)
    if not name:
        return _Head()
    roles: tuple[tuple[int, Role], ...] = ((number, Role.NAME),)
    day_below = read_date(below[0][1]) if below and not day else ""
    if day_below:
        roles = (*roles, (below[0][0], Role.DATE))
    return _Head(name, day or day_below, roles)


def _take_head(piece: Piece, head: _Head) -> list[Piece]:
    """Part *piece* into the lines of a comment's head and the rest, which may be nothing."""
    roles = dict(head.roles)
    parts = [Piece((line,), roles[line.number]) for line in piece.lines if line.number in roles]
    if not parts or piece.role is Role.CUT:
        return [piece]
    words = piece.words.split("\n")
    rest = tuple(line for line in piece.lines if line.number not in roles)
    left = "\n".join(words[len(parts) :])
    if not rest:
        return parts
    role = Role.TEXT if left else Role.NUMBER
    return [*parts, replace(piece, lines=rest, words=left, role=role)]
