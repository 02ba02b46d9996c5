"""A page as the two files of a source: its facts in TOML, its words in Markdown."""

from collections.abc import Sequence
from unicodedata import category

from generator.importing.escaping import escape_block, escape_heading, fence
from generator.importing.lines import Comment, Facts, Kind
from generator.importing.pieces import Page, Piece, Role

# Only what is named here is committed; whatever else lies in the folder of a text is the text.
IGNORE = """\
# The words of this source may not be published whole: git takes none of its files but these.
/*
!/.gitignore
!/source.toml
!/outline.json
"""

_TOML = str.maketrans({"\\": "\\\\", '"': '\\"'})
_KEY_WIDTH = 9
_BODY_LEVEL, _COMMENT_LEVEL = 2, 4


def write_facts(facts: Facts, rights: str) -> str:
    """Return ``source.toml``; what the page does not say is an empty key with a comment."""
    authors = ", ".join(_quote(author) for author in facts.authors)
    rows = (
        ("title", _quote(facts.title), ""),
        ("rights", _quote(rights), "full | excerpt | quote | link: how much may be published"),
        ("authors", f"[{authors}]", "" if authors else 'the page does not say: ["A. Writer"]'),
        ("speaker", '""', "the actor who speaks, if it is one"),
        ("date", _quote(facts.date), "" if facts.date else "the page does not say: 2016-03-20"),
        ("url", _quote(facts.url), "" if facts.url else "the page does not say: https://…"),
        ("language", _quote(facts.language), "" if facts.language else "the page does not say: en"),
        ("holder", '""', "who holds the rights"),
        ("licence", '""', "SPDX id or words"),
        ("retrieved", '""', "when the page was saved"),
    )
    return "".join(_row(*row) for row in rows)


def _row(key: str, value: str, comment: str) -> str:
    row = f"{key.ljust(_KEY_WIDTH)} = {value}"
    return f"{row.ljust(28)} # {comment}\n" if comment else f"{row}\n"


def _quote(words: str) -> str:
    return f'"{clean(words).translate(_TOML)}"'


def clean(words: str) -> str:
    """Return *words* on one line and without control characters, which no setting may hold."""
    kept = (char for char in words if char.isspace() or category(char) not in ("Cc", "Cs"))
    return " ".join("".join(kept).split())


def write_text(page: Page) -> str:
    """Return ``text.md``: every kept word of *page*, in order, as a reader should see it."""
    kept: dict[int, list[Piece]] = {}
    for piece in page.pieces:
        if piece.role is Role.TEXT:
            kept.setdefault(piece.markup.comment, []).append(piece)
    parts = [_write_blocks(kept.get(-1, ()), _BODY_LEVEL)]
    if page.has_thread:
        parts.append(_thread_heading(page))
    for place, comment in enumerate(page.comments):
        parts.append(_comment_heading(comment, page.comments))
        parts.append(_write_blocks(kept.get(place, ()), _COMMENT_LEVEL))
    return "\n".join(part for part in parts if part)


def _thread_heading(page: Page) -> str:
    announced = f" announced={page.announced}" if page.announced >= 0 else ""
    return f"## {escape_heading(page.heading or 'Comments')} {{.thread{announced}}}\n"


def _comment_heading(comment: Comment, comments: Sequence[Comment]) -> str:
    facts = [f"#c{comment.number}"]
    if clean(comment.by):
        facts.append(f"by={_quote(comment.by)}")
    if comment.date:
        facts.append(f"date={comment.date}")
    if comment.parent >= 0:
        facts.append(f"re=c{comments[comment.parent].number}")
    return f"### {{{' '.join(facts)}}}\n"


def _write_blocks(pieces: Sequence[Piece], level: int) -> str:
    """Return the blocks, with an empty line between two; inside a quotation it has its sign."""
    before: tuple[tuple[str, int], ...] = ()
    written: list[str] = []
    for piece in pieces:
        holders = piece.markup.holders
        shared = _count_shared(before, holders)
        lines = _markdown(piece, level).split("\n")
        first = _indent(holders[:shared]) + "".join(f"{sign} " for sign, _ in holders[shared:])
        indent = _indent(holders)
        written += [_indent(holders[:shared]).rstrip()] if written else []
        written.append(f"{first}{lines[0]}")
        written += (f"{indent}{line}" if line else indent.rstrip() for line in lines[1:])
        before = holders
    return "".join(f"{line}\n" for line in written)


def _count_shared(one: tuple[tuple[str, int], ...], other: tuple[tuple[str, int], ...]) -> int:
    """Return how many lists and quotations, from outside, two blocks lie in together."""
    pairs = enumerate(zip(one, other, strict=False))
    return next((at for at, (a, b) in pairs if a != b), min(len(one), len(other)))


def _indent(holders: Sequence[tuple[str, int]]) -> str:
    """Return what a further line begins with inside *holders*."""
    return "".join("> " if sign == ">" else " " * (len(sign) + 1) for sign, _ in holders)


def _markdown(piece: Piece, level: int) -> str:
    if piece.markup.kind is Kind.CODE:
        return fence(piece.words)
    if piece.markup.kind is Kind.HEADING:
        words = escape_heading(" ".join(piece.words.split()))
        return f"{'#' * max(piece.markup.level, level)} {words}"
    text = escape_block(piece.words)
    return text.replace("\n", "\\\n") if piece.breaks else text
