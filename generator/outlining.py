"""Outlining: from a text and the quotations found in it to what may be said of it in public."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import islice
from unicodedata import category

from generator.characters import fold_words
from generator.model import Document, Passage, Source
from generator.outline import Outline, Record, Row, Stretch
from generator.quoting import is_inside_word
from generator.rows import Blocks, list_places, list_rows
from generator.searching import print_words
from generator.sentences import to_nearest_ends
from generator.spans import Span, covers_all, meets_any, merge
from generator.words import count_words, word_spans

# A fingerprint could tell a few words to somebody who guesses and tries: so many it cannot.
_MOST_GUESSED = 16
# So many words lead to a place in the original: the fewest of these that occur once in our copy.
_LEADING = (4, 6, 9, 12)


@dataclass(frozen=True, slots=True)
class Quoted:
    """A quotation that was found: its signature, its passages, and the words typed out in it."""

    sign: str
    passages: tuple[Passage, ...]
    typed: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Drawn:
    """An outline, and what each of its records publishes of the text, by its signature."""

    outline: Outline
    shown: Mapping[str, tuple[Span, ...]] = field(repr=False)


def draw_outline(
    source: Source, document: Document, quoted: Iterable[Quoted], typed: Sequence[Span]
) -> Drawn:
    """Return the outline of *source*, whose text is *document*.

    *typed* are all words of the text that the annotation files type out, as ``merge`` has them.
    """
    placed = list_rows(document)
    blocks = Blocks(placed)
    each = {one.sign: one for one in quoted}
    shown = {
        sign: tuple(_publish(source.rights, document.text, one.typed, blocks))
        for sign, one in each.items()
    }
    rows, places = list_places(document, placed, blocks)
    pieces = _cut(blocks, shown, each.values())
    known = merge((*typed, *(span for spans in shown.values() for span in spans)))
    drawer = _Drawer(document, known)
    drawn = [
        row if row.edge else drawer.draw(row, each.span, pieces[number])
        for number, (row, each) in enumerate(zip(rows, placed, strict=True))
    ]
    records = [_record(one, shown[one.sign], blocks, pieces) for one in each.values()]
    outline = Outline(
        source.text_path.rpartition("/")[2],
        count_words(document.text),
        sum(1 for word in word_spans(document.text) if meets_any(typed, Span(*word))),
        tuple(drawn),
        places,
        tuple(sorted(records, key=lambda record: (record.passages[0][1], record.sign))),
        document.announced,
        document.language,
    )
    return Drawn(outline, shown)


def _publish(rights: str, text: str, typed: Iterable[Span], blocks: Blocks) -> Iterator[Span]:
    """Yield what a quotation publishes of *text* under *rights*."""
    for span in typed:
        if rights == "quote":
            yield span
        elif rights == "excerpt":
            rows = blocks.meeting(span)
            first, last = (blocks.rows[number].span for number in (rows[0], rows[-1]))
            start = to_nearest_ends(text, Span(span.start, min(span.end, first.end)), first).start
            end = to_nearest_ends(text, Span(max(span.start, last.start), span.end), last).end
            yield Span(start, end)


class _Pieces:
    """Where a block is cut: the stretches that something publishes, at every edge in them."""

    def __init__(self, span: Span) -> None:
        self.span = span
        self.shown: list[Span] = []
        self.edges: set[int] = set()

    def show(self, span: Span) -> None:
        """Publish what of *span* lies in the block."""
        start, end = max(span.start, self.span.start), min(span.end, self.span.end)
        if start < end:
            self.shown.append(Span(start, end))
            self.edges |= {start, end}

    def list(self) -> list[tuple[Span, bool]]:
        """Return the segments of the block in order, each with whether it is published."""
        merged = merge(self.shown)
        edges = {edge for edge in self.edges if self.span.start < edge < self.span.end}
        points = sorted({*self.span, *edges, *(edge for span in merged for edge in span)})
        return [
            (Span(a, b), covers_all(merged, Span(a, b)))
            for a, b in zip(points, points[1:], strict=False)
        ]


def _cut(
    blocks: Blocks, shown: Mapping[str, Sequence[Span]], quoted: Iterable[Quoted]
) -> dict[int, list[tuple[Span, bool]]]:
    """Return the segments of every block by the number of its row."""
    pieces = {number: _Pieces(blocks.rows[number].span) for number in blocks.numbers}
    for one in quoted:
        for span in shown[one.sign]:
            for number in blocks.meeting(span):
                if number in pieces:
                    pieces[number].show(span)
        # Where nothing is shown it would tell at which word of a block a passage begins.
        for passage in one.passages if shown[one.sign] else ():
            start, end = passage.span
            pieces[blocks.at(start)].edges.add(start)
            pieces[blocks.at(end - 1)].edges.add(end)
    return {number: own.list() for number, own in pieces.items()}


class _Drawer:
    """Draws the rows of one text; *known* is what of it is public."""

    def __init__(self, document: Document, known: Sequence[Span]) -> None:
        self.document, self.known = document, known
        self._copy = ""
        self._breaks = {element.span.start for element in document.elements if element.tag == "br"}
        self._lines = {
            element.span.start
            for element in document.elements
            if "lines" in element.get("class").split()
        }

    def draw(self, row: Row, span: Span, pieces: Sequence[tuple[Span, bool]]) -> Row:
        """Return *row* with its words, as far as they are published, and its facts."""
        text = self.document.text
        segments: list[int | str] = []
        for piece, is_shown in pieces:
            words = text[slice(*piece)]
            if is_shown or _is_joint(words):
                segments.append(words if row.tag == "pre" else self._join_lines(piece, span))
            else:
                segments.append(count_words(words))
        if not segments and row.tag != "pre":
            segments.append(0)  # a picture, which says nothing in words
        return replace(
            row,
            words=count_words(text[slice(*span)]),
            text=tuple(segments),
            once=tuple(self._lead(pieces, segments)),
            print=self._print(span),
        )

    def _join_lines(self, piece: Span, block: Span) -> str:
        """Return the words of *piece*, lines that mean nothing joined to one."""
        text = self.document.text
        if block.start in self._lines:
            return text[slice(*piece)]
        return "".join(
            " " if text[at] == "\n" and at not in self._breaks else text[at] for at in range(*piece)
        )

    def _lead(
        self, pieces: Sequence[tuple[Span, bool]], segments: Sequence[int | str]
    ) -> Iterator[tuple[int, int]]:
        """Yield how many words at the end and the beginning of each stretch lead to its place."""
        text = self.document.text
        for number, (piece, _) in enumerate(pieces):
            if isinstance(segments[number], int):
                continue
            low = high = number
            while low and isinstance(segments[low - 1], str):
                low -= 1
            while high + 1 < len(segments) and isinstance(segments[high + 1], str):
                high += 1
            before = text[pieces[low][0].start : piece.end]
            after = text[piece.start : pieces[high][0].end]
            whole = not is_inside_word(text, piece.end), not is_inside_word(text, piece.start)
            # A word that is cut at the far end is no word of the original's.
            far = (pieces[low][0].start, pieces[high][0].end)
            cut = is_inside_word(text, far[0]), is_inside_word(text, far[1])
            yield (
                self._find_once(before.split()[cut[0] :], -1) if whole[0] else 0,
                self._find_once(after.split()[: -cut[1] or None], +1) if whole[1] else 0,
            )

    def _find_once(self, words: Sequence[str], step: int) -> int:
        """Return how many of *words*, from their end or beginning, occur once; 0 if none do."""
        for count in dict.fromkeys(min(most, len(words)) for most in _LEADING):
            some = " ".join(words[-count:] if step < 0 else words[:count])
            if count_words(some) and self._is_once(some):
                return count
        return 0

    def _is_once(self, words: str) -> bool:
        if not self._copy:
            self._copy = " ".join(fold_words(self.document.text).casefold().split())
        wanted = " ".join(fold_words(words).casefold().split())
        first = self._copy.find(wanted)
        return first != -1 and self._copy.find(wanted, first + 1) == -1

    def _print(self, span: Span) -> str:
        """Return the fingerprint of a whole block, "" where it could tell what is kept back."""
        text = self.document.text[slice(*span)]
        hidden = (
            (start, end)
            for start, end in word_spans(text)
            if not covers_all(self.known, Span(span.start + start, span.start + end))
        )
        count = sum(1 for _ in islice(hidden, _MOST_GUESSED))
        return "" if 0 < count < _MOST_GUESSED else print_words(text)


def _is_joint(words: str) -> bool:
    """Tell whether *words* are only spaces and punctuation."""
    return all(char.isspace() or category(char)[0] == "P" for char in words)


def _record(
    one: Quoted,
    shown: Sequence[Span],
    blocks: Blocks,
    pieces: Mapping[int, Sequence[tuple[Span, bool]]],
) -> Record:
    def stretch(span: Span) -> Stretch:
        first, last = blocks.at(span.start), blocks.at(max(span.end - 1, span.start))
        if not shown:
            return Stretch(first, 0, last, len(pieces[last]))
        low = sum(1 for piece, _ in pieces[first] if piece.start < span.start)
        return Stretch(first, low, last, sum(1 for p, _ in pieces[last] if p.start < span.end))

    passages = tuple((passage.labels, stretch(passage.span)) for passage in one.passages)
    return Record(one.sign, passages, tuple(map(stretch, merge(shown))))
