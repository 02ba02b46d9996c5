"""Footnotes: taken out of the body, and put below it in the order of their first mention."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from markdown_it.token import Token


@dataclass(slots=True)
class Footnotes:
    """The definitions met so far by label, those that repeat a label, and the mentions.

    A definition is its opening token and the tokens inside.
    """

    definitions: dict[str, list[Token]] = field(default_factory=dict)
    repeated: list[list[Token]] = field(default_factory=list)
    numbers: dict[str, int] = field(default_factory=dict)
    mentioned: list[str] = field(default_factory=list)

    def mention(self, label: str) -> str:
        """Return the number of the footnote *label*, a new one at its first mention."""
        if label not in self.numbers:
            self.mentioned.append(label)
            self.numbers[label] = len(self.mentioned)
        return str(self.numbers[label])


def in_page_order(tokens: Iterable[Token], notes: Footnotes) -> Iterator[Token]:
    """Yield the tokens of the body, then those of the footnotes with elements around them."""
    yield from _set_aside(tokens, notes)
    if not notes.definitions:
        return
    yield Token("footnotes_open", "footnotes", 1)
    for number, (opening, *definition) in enumerate(_in_order(notes), 1):
        yield Token("footnote_open", "footnote", 1, {"number": number}, opening.map)
        yield from definition
        yield Token("footnote_close", "footnote", -1)
    yield Token("footnotes_close", "footnotes", -1)


def _set_aside(tokens: Iterable[Token], notes: Footnotes) -> Iterator[Token]:
    """Yield the tokens of the body, and keep those of definitions (which may nest) for later."""
    inside: list[list[Token]] = []
    for token in tokens:
        if token.type == "footnote_reference_open":
            inside.append([token])
            if token.meta["label"] in notes.definitions:
                notes.repeated.append(inside[-1])
            else:
                notes.definitions[token.meta["label"]] = inside[-1]
        elif token.type == "footnote_reference_close":
            inside.pop()
        elif inside:
            inside[-1].append(token)
        else:
            yield token


def _in_order(notes: Footnotes) -> Iterator[list[Token]]:
    """Yield the definitions by first mention; writing one may mention further ones."""
    unmentioned = iter(notes.definitions)
    written = 0
    while True:
        while written < len(notes.mentioned):
            yield notes.definitions[notes.mentioned[written]]
            written += 1
        label = next((label for label in unmentioned if label not in notes.numbers), None)
        if label is None:
            break
        notes.mention(label)
    yield from notes.repeated
