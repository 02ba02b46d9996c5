"""Writing a text and its markup side by side: what every reader does with what it has parsed."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from generator.spans import Span

Attributes = tuple[tuple[str, str], ...]
Row = tuple[Span, int, str, Attributes]

_NOWHERE = -1


@dataclass(slots=True)
class Draft:
    """A text under way, and its elements in pre-order.

    Words are written into *leaves* only; between two leaves stands one line feed. A container
    begins where its first leaf does, so it waits for it: one without leaves is an empty span
    between its neighbours. *here* is the place in the file that the next elements come from, and
    is kept for each of them (``lines``).
    """

    here: tuple[int, int] = (0, 0)
    size: int = 0
    lines: list[tuple[int, int]] = field(default_factory=list)
    _written: list[str] = field(default_factory=list)
    _starts: list[int] = field(default_factory=list)
    _ends: list[int] = field(default_factory=list)
    _depths: list[int] = field(default_factory=list)
    _tags: list[str] = field(default_factory=list)
    _attrs: list[Attributes] = field(default_factory=list)
    _open: list[int] = field(default_factory=list)
    _waiting: list[int] = field(default_factory=list)
    _begun: bool = False

    def write(self, text: str) -> None:
        """Add words to the leaf that is open."""
        self._written.append(text)
        self.size += len(text)

    def open_container(self, tag: str, attrs: Attributes = ()) -> None:
        """Open an element that holds blocks or rows."""
        self._waiting.append(len(self._starts))
        self._push(_NOWHERE, tag, attrs)

    def open_leaf(self, tag: str, attrs: Attributes = ()) -> None:
        """Open an element that holds words."""
        if self._begun:
            self.write("\n")
        self._begun = True
        self._settle()
        self._push(self.size, tag, attrs)

    def open_inline(self, tag: str, attrs: Attributes = ()) -> None:
        """Open an element inside a leaf."""
        self._push(self.size, tag, attrs)

    def close(self) -> None:
        """Close the element that was opened last."""
        index = self._open.pop()
        if self._starts[index] == _NOWHERE:
            return
        if self._waiting:
            self._settle()
        self._ends[index] = self.size

    def put_inline(self, tag: str, attrs: Attributes = ()) -> None:
        """Add an element without contents inside a leaf."""
        self._add(self.size, tag, attrs)

    def put_block(self, tag: str, attrs: Attributes = ()) -> None:
        """Add an element without contents between leaves."""
        self._waiting.append(len(self._starts))
        self._add(_NOWHERE, tag, attrs)

    def classify(self, name: str, outwards: int) -> None:
        """Give the class *name* to an open element, counted outwards from the innermost (1)."""
        index = self._open[-outwards]
        attrs = dict(self._attrs[index])
        if name not in attrs.get("class", "").split():
            attrs["class"] = f"{attrs.get('class', '')} {name}".strip()
            self._attrs[index] = tuple(attrs.items())

    def text(self) -> str:
        """Return the words written so far."""
        return "".join(self._written)

    def rows(self) -> Iterator[Row]:
        """Yield the fields of every element, in pre-order, when all are closed."""
        self._settle()
        spans = map(Span, self._starts, self._ends)
        yield from zip(spans, self._depths, self._tags, self._attrs, strict=True)

    def _push(self, start: int, tag: str, attrs: Attributes) -> None:
        index = len(self._starts)
        self._add(start, tag, attrs)
        self._open.append(index)

    def _add(self, start: int, tag: str, attrs: Attributes) -> None:
        self._starts.append(start)
        self._ends.append(start)
        self._depths.append(len(self._open))
        self._tags.append(tag)
        self._attrs.append(attrs)
        self.lines.append(self.here)

    def _settle(self) -> None:
        for index in self._waiting:
            self._starts[index] = self._ends[index] = self.size
        self._waiting.clear()
