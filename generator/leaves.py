"""The leaf that is open while a page is read: its words, with space as browsers show it."""

import re
from dataclasses import dataclass, field

from generator.drafting import Attributes, Draft

_SPACE = re.compile(r"[ \t\n\r\f]+")


@dataclass(slots=True)
class Leaf:
    """A leaf, one after the other, and the inline elements that are open in the page.

    An inline element is written where words follow in it, and again in the next leaf if the page
    has not closed it by then. Line ends and spaces are written only between words.
    """

    draft: Draft
    is_open: bool = False
    _inlines: list[tuple[str, Attributes]] = field(default_factory=list)
    _written: int = 0
    _started: bool = False
    _space: bool = False
    _breaks: int = 0
    _held: str = ""

    def begin(self, tag: str, attrs: Attributes) -> None:
        """Open a leaf; the one before was ended."""
        self.draft.open_leaf(tag, attrs)
        self.is_open = True

    def end(self) -> None:
        """Close the leaf, if one is open."""
        if self.is_open:
            for _ in range(self._written + 1):
                self.draft.close()
        self.is_open = self._started = self._space = False
        self._written = self._breaks = 0
        self._held = ""

    def open_inline(self, tag: str, attrs: Attributes) -> None:
        """Put the following words into an element, when there are any."""
        self._inlines.append((tag, attrs))

    def close_inline(self) -> None:
        """Close the inline element that was opened last."""
        self._inlines.pop()
        if self._written > len(self._inlines):
            self._written -= 1
            self.draft.close()

    def write(self, words: str) -> None:
        """Add words; runs of white space become one space."""
        words = _SPACE.sub(" ", words)
        core = words.strip(" ")
        if self._started and words[:1] == " " and not self._breaks:
            self._space = True
        if core:
            self._begin_words()
            self.draft.write(core)
            self._space = words[-1] == " "

    def write_code(self, words: str) -> None:
        """Add code as it stands, but for one line feed at its end, which browsers do not show."""
        words, before = self._held + words, len(self._held)
        self._held = "\n" * words.endswith("\n")
        words = words.removesuffix("\n")
        if words:
            self._begin_words(words[:before])
            self.draft.write(words[before:])

    def write_lines(self, words: str) -> None:
        """Add words whose spaces and line ends count to a leaf that is not code."""
        for number, line in enumerate(words.split("\n")):
            if number:
                self.end_line()
            if line:
                self._begin_words()
                self.draft.write(line)

    def end_line(self) -> None:
        """End the line; this shows only between words."""
        if self._started:
            self._breaks += 1
            self._space = False

    def end_block(self) -> None:
        """End the line, if it has not ended."""
        if self._started:
            self._breaks = max(self._breaks, 1)
            self._space = False

    def put_picture(self, attrs: Attributes) -> None:
        """Add a picture between words."""
        self._begin_words()
        self.draft.put_inline("img", attrs)

    def _begin_words(self, before: str = "") -> None:
        """Write what stands between the words so far and the next ones, and open what is due."""
        self.draft.write(before)
        for _ in range(self._breaks):
            self.draft.put_inline("br")
            self.draft.write("\n")
        if self._space:
            self.draft.write(" ")
        self._breaks, self._space, self._started = 0, False, True
        for tag, attrs in self._inlines[self._written :]:
            self.draft.open_inline(tag, attrs)
        self._written = len(self._inlines)
