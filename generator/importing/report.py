"""The account of an import: what became of every line of the page."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from generator.drawing import printable
from generator.importing.lines import Kind, Scrape
from generator.importing.pieces import Page, Role

BLANK, BODY = "blank", "body"
_LONGEST = 100


@dataclass(frozen=True, slots=True)
class Verdict:
    """What became of one line: its 1-based *number*, its *text* as it stood, what it is now.

    *kept_as* is empty for a line that was cut, and *reason* says why it was. *doubt* is why its
    author should look at a line that was kept.
    """

    number: int
    text: str
    kept_as: str = ""
    reason: str = ""
    doubt: str = ""


@dataclass(frozen=True, slots=True)
class Report:
    """What an import kept and what it cut: *verdicts* has every line of the page once, in order.

    *announced* is -1 if the page does not say how many comments it has. *left_out* names what
    words cannot carry, with how many there were. *notes* are decisions that concern no line. For
    a page in HTML the lines are those of its words, from top to bottom, and not of the file.
    """

    title: str
    paragraphs: int
    present: int
    announced: int
    verdicts: tuple[Verdict, ...]
    left_out: tuple[tuple[str, int], ...] = ()
    notes: tuple[str, ...] = ()


def account(scrape: Scrape, page: Page, notes: tuple[str, ...] = ()) -> Report:
    """Return the report of turning *scrape* into *page*."""
    texts = {line.number: line.text for block in scrape.blocks for line in block.lines}
    named = list(_name_pieces(page))
    verdicts = [Verdict(number, "", BLANK) for number in range(1, scrape.size + 1)]
    for piece, kept_as in zip(page.pieces, named, strict=True):
        for line in piece.lines:
            verdicts[line.number - 1] = Verdict(
                line.number, texts[line.number], kept_as, piece.reason, piece.doubt
            )
    return Report(
        title=page.facts.title,
        paragraphs=named.count(BODY),
        present=len(page.comments),
        announced=page.announced,
        verdicts=tuple(verdicts),
        left_out=scrape.left_out,
        notes=notes,
    )


def _name_pieces(page: Page) -> Iterator[str]:
    """Yield what each piece is kept as, or nothing for one that was cut."""
    for piece in page.pieces:
        place = piece.markup.comment
        if piece.role is Role.CUT:
            yield ""
        elif place < 0 and piece.role is Role.TEXT:
            yield "heading" if piece.markup.kind is Kind.HEADING else BODY
        elif place < 0:
            yield str(piece.role)
        else:
            label = f"comment c{page.comments[place].number}"
            yield label if piece.role is Role.TEXT else f"{piece.role} of {label}"


def draw_report(report: Report) -> str:
    """Draw *report* for a terminal: first a summary, then what was cut, by reason, line by line."""
    kept = [verdict for verdict in report.verdicts if verdict.kept_as not in ("", BLANK)]
    cut = [verdict for verdict in report.verdicts if not verdict.kept_as]
    blank = len(report.verdicts) - len(kept) - len(cut)
    doubted = [verdict for verdict in kept if verdict.doubt]
    lines = [
        f"title: {printable(report.title)}",
        f"body: {_count(report.paragraphs, 'paragraph')}",
        f"comments: {_compare(report)}",
        f"lines: {len(report.verdicts)}, of which {len(kept)} kept, {len(cut)} cut, {blank} blank",
        *(f"note: {printable(note)}" for note in report.notes),
    ]
    if report.left_out:
        counted = ", ".join(f"{name} {number}" for name, number in report.left_out)
        lines.append(f"left out, as words cannot carry it: {counted}")
    lines += _draw_groups("cut", cut, [verdict.reason for verdict in cut])
    lines += _draw_groups("worth a look", doubted, [verdict.doubt for verdict in doubted])
    lines += ["", "kept", *(f"  {row}" for row in _draw_kept(kept))]
    return "\n".join(lines) + "\n"


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"


def _compare(report: Report) -> str:
    if report.announced < 0:
        return f"{report.present}" if report.present else "none, and none announced"
    return f"{report.present} of {report.announced} announced"


def _draw_groups(title: str, verdicts: Sequence[Verdict], reasons: Sequence[str]) -> Iterator[str]:
    """Yield the lines of *verdicts* below their reasons, those in the order of the page."""
    for reason in dict.fromkeys(reasons):
        yield ""
        yield f"{title}: {printable(reason)}"
        for verdict, own in zip(verdicts, reasons, strict=True):
            if own == reason:
                yield f"  {verdict.number}: {_shorten(verdict.text)}"


def _shorten(text: str) -> str:
    shown = text.strip()
    return printable(shown if len(shown) <= _LONGEST else f"{shown[: _LONGEST - 1]}…")


def _draw_kept(verdicts: Sequence[Verdict]) -> Iterator[str]:
    """Yield the numbers of the kept lines, together where neighbours became the same."""
    for kept_as, group in groupby(verdicts, key=lambda verdict: verdict.kept_as):
        numbers = [verdict.number for verdict in group]
        first, last = numbers[0], numbers[-1]
        yield f"{first if first == last else f'{first}-{last}'}: {kept_as}"
