"""The body of a page: its title, its paragraphs, and the furniture around them."""

import re
from collections.abc import Sequence
from dataclasses import replace

from generator.importing.fitting import fitting
from generator.importing.furniture import (
    LINK,
    announces_link,
    furniture_after,
    furniture_anywhere,
    furniture_at_edge,
    may_follow,
)
from generator.importing.lines import PLAIN, Block, Facts, Kind
from generator.importing.pieces import Piece, Role
from generator.importing.threads import is_same_title
from generator.kinds import Kind as KeyKind

_TITLE_LENGTH = 150
_AT_ADDRESS = re.compile(
    r"(?:.{0,60}\b)?(?:original|originally|first)\b.{0,60}: ?(?P<url>https?://\S+)", re.IGNORECASE
)


def find_title(blocks: Sequence[Block], subject: str, known: str = "") -> int:
    """Return which block is the title, or -1.

    It is the one that markup says, or that reads like the title in the page's metadata (*known*)
    or in its thread's heading (*subject*); where there is no metadata, else a first line that
    stands alone and does not end like a sentence. A page of one line has words and no title.
    """
    for at, block in enumerate(blocks):
        if block.markup.kind is Kind.TITLE:
            return at
    for at, block in enumerate(blocks):
        if len(block.lines) == 1 and (
            is_same_title(block.text, subject) or is_same_title(block.text, known)
        ):
            return at
    if known:
        return -1
    for at, block in enumerate(blocks):
        if not furniture_at_edge(block):
            reads_so = len(block.text) <= _TITLE_LENGTH and block.text[-1] not in ".,;:"
            alone = len(block.lines) == 1 and block.markup == PLAIN
            return at if reads_so and alone and at + 1 < len(blocks) else -1
    return -1


def recognise_body(blocks: Sequence[Block], title: int, facts: Facts) -> tuple[list[Piece], Facts]:
    """Return the pieces of the body, and *facts* with those that its lines gave."""
    reasons = _cut(blocks, title)
    pieces: list[Piece] = []
    for at, block in enumerate(blocks):
        url = _address(blocks, at) if reasons[at] else ""
        if at == title:
            facts = replace(facts, title=" ".join(block.text.split()))
            pieces.append(Piece(block.lines, Role.TITLE))
        elif url:
            facts = replace(facts, url=facts.url or url)
            pieces.append(Piece(block.lines, Role.ADDRESS))
        elif reasons[at]:
            pieces.append(Piece(block.lines, Role.CUT, reason=reasons[at]))
        else:
            doubt = "stands above the title" if at < title else ""
            pieces.append(keep(block, doubt))
    return pieces, facts


def count_last_furniture(blocks: Sequence[Block]) -> int:
    """Return how many of the last *blocks* could be furniture behind a body."""
    return len(_tail(blocks))


def keep(block: Block, doubt: str = "") -> Piece:
    """Return *block* as a piece whose words go on as they are."""
    return Piece(
        block.lines, Role.TEXT, block.text, doubt=doubt, markup=block.markup, breaks=block.breaks
    )


def _cut(blocks: Sequence[Block], title: int) -> list[str]:
    """Return for each block why it is cut, or nothing for one that is kept."""
    reasons: list[str] = []
    for block in blocks:
        before = reasons[-1] if reasons else ""
        after = furniture_after(block, before) if before else ""
        reasons.append(after or furniture_anywhere(block))
    first = _cut_head(blocks, title, reasons)
    tail = _tail(blocks[first:])
    reasons[len(blocks) - len(tail) :] = tail
    if title >= 0:
        reasons[title] = ""
    return reasons


def _cut_head(blocks: Sequence[Block], title: int, reasons: list[str]) -> int:
    """Fill in the *reasons* at the head of the body, and return where the head ends."""
    before, once = "", True
    for at, block in enumerate(blocks):
        reason = _loose_reason(block, before)
        if 0 <= title < at and once and is_same_title(block.text, blocks[title].text):
            once, reason = False, "the title once more"
        if announces_link(block) and not _is_followed_by_handle(blocks, at):
            reason = ""
        if at != title and not reason:
            return at
        reasons[at] = before = reason
    return len(blocks)


def _tail(blocks: Sequence[Block]) -> list[str]:
    """Return why each of the last blocks is furniture, for as many as are."""
    start = len(blocks)
    while start and (_loose_reason(blocks[start - 1], "") or may_follow(blocks[start - 1])):
        start -= 1
    reasons: list[str] = []
    for block in blocks[start:]:
        reasons.append(_loose_reason(block, reasons[-1] if reasons else ""))
    kept = next((n for n, reason in enumerate(reversed(reasons)) if not reason), len(reasons))
    return reasons[len(reasons) - kept :]


def _loose_reason(block: Block, before: str) -> str:
    """Return why *block* would be cut at an edge of the body, behind one cut for *before*."""
    if block.markup.kind is Kind.CODE:
        return ""
    after = furniture_after(block, before) if before else ""
    announces = announces_link(block) or _AT_ADDRESS.fullmatch(block.text)
    return after or furniture_at_edge(block) or (LINK if announces else "")


def _is_followed_by_handle(blocks: Sequence[Block], at: int) -> bool:
    return at + 1 < len(blocks) and bool(furniture_after(blocks[at + 1], LINK))


def _address(blocks: Sequence[Block], at: int) -> str:
    """Return the original's address if the block gives it, alone or with a neighbour."""
    above = blocks[at - 1].text if at else ""
    below = blocks[at + 1].text if at + 1 < len(blocks) else ""
    for text in (blocks[at].text, f"{above} {blocks[at].text}", f"{blocks[at].text} {below}"):
        found = _AT_ADDRESS.fullmatch(" ".join(text.split()))
        if found:
            return fitting(found["url"].rstrip(".,;)"), KeyKind.ADDRESS)
    return ""
