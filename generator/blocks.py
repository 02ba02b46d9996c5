"""Places in a text: the numbers of its blocks, the slugs of its headings, and their anchors."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from generator.markup import CONTAINERS, HEADINGS
from generator.model import Element, Locator
from generator.spans import Span
from generator.words import slug

_KINDS = {
    "pre": "code",
    "table": "table",
    **dict.fromkeys(("p", "dt", "dd", "figcaption", "summary"), "paragraph"),
}


@dataclass(slots=True)
class _Place:
    """A locator under way: the end of a section is known only where the next one begins."""

    label: str
    kind: str
    span: Span
    anchor: str


@dataclass(slots=True)
class _Scope:
    """What the blocks of a body or a comment are numbered after, and how many there were."""

    prefix: str
    count: int = 0


@dataclass(slots=True)
class _Container:
    """A container that is open, with its open sections by rank; the text itself is one too.

    Inside a footnote there is no scope: all of it is cited as one place.
    """

    element: Element
    scope: _Scope | None
    sections: list[tuple[str, _Place]] = field(default_factory=list)


def number_blocks(
    text: str, elements: Sequence[Element]
) -> tuple[tuple[Element, ...], tuple[Locator, ...]]:
    """Return *elements* with their final ids, and the locators of *text* in page order.

    An ``id`` of *elements* is the author's own name for a heading or block, and no two are the
    same: it becomes a locator ``#id``. Numbered blocks never lie in each other: the blocks of a
    footnote have no numbers of their own, ``f1`` is all of it.
    """
    numbering = _Numbering(text, elements)
    for index, element in enumerate(elements):
        numbering.leave(element.depth)
        if element.tag in HEADINGS:
            numbering.begin_section(index)
        elif element.tag in CONTAINERS:
            numbering.enter(index)
        elif element.tag in _KINDS:
            numbering.number(index)
    numbering.leave(0)
    numbering.end_sections(numbering.open[0], "")
    return numbering.elements_with_ids(), numbering.locators()


class _Numbering:
    """One walk over the elements of a text."""

    def __init__(self, text: str, elements: Sequence[Element]) -> None:
        self.text, self.elements = text, elements
        self.ids: dict[int, str] = {}
        self.places: list[_Place] = []
        whole = Element(Span(0, len(text)), -1, "")
        self.open = [_Container(whole, _Scope("p"))]
        self.slugs = {id: 0 for element in elements if (id := element.get("id"))}
        self.last_end = 0

    def leave(self, depth: int) -> None:
        """Close the containers that an element at *depth* does not lie in."""
        while self.open[-1].element.depth >= depth:
            self.end_sections(self.open.pop(), "")

    def end_sections(self, container: _Container, rank: str) -> None:
        """End the open sections of *rank* (``h2``) and below: all of them for an empty one."""
        while container.sections and container.sections[-1][0] >= rank:
            place = container.sections.pop()[1]
            place.span = Span(place.span.start, max(place.span.end, self.last_end))

    def begin_section(self, index: int) -> None:
        """Begin the section of a heading; one that opens a thread ends those before the thread."""
        heading = self.elements[index]
        if self.open[-1].element.tag == "thread":
            self.end_sections(self.open[-2], heading.tag)
        self.end_sections(self.open[-1], heading.tag)
        self.last_end = heading.span.end
        name = heading.get("id") or self.slug(self.text[slice(*heading.span)])
        if name:
            self.ids[index] = f"s-{name}"
            place = self.add(f"#{name}", "section", index)
            self.open[-1].sections.append((heading.tag, place))

    def slug(self, words: str) -> str:
        """Return the slug of a heading, with GitHub's ``-1`` for a repeated one."""
        base = name = slug(words.replace("\n", " "))
        while name in self.slugs:
            self.slugs[base] += 1
            name = f"{base}-{self.slugs[base]}"
        if name:
            self.slugs[name] = 0
        return name

    def enter(self, index: int) -> None:
        """Open a container; comments and footnotes number their own blocks."""
        element = self.elements[index]
        scope = self.open[-1].scope
        if element.tag == "footnotes":
            self.end_sections(self.open[0], "")
        elif element.tag == "comment":
            scope = _Scope(f"{element.get('label')}.")
            self.name(index, element.get("label"), "comment")
        elif element.tag == "footnote":
            scope = None
            self.name(index, f"f{element.get('number')}", "footnote")
        else:
            self.mark(index)
        self.open.append(_Container(element, scope))

    def number(self, index: int) -> None:
        """Number a block that holds words, or a picture alone."""
        element, kind = self.elements[index], _KINDS[self.elements[index].tag]
        self.last_end = element.span.end
        scope = self.open[-1].scope
        if not self.text[slice(*element.span)].strip():
            scope = scope if self.holds_picture(index) else None
            kind = kind if kind == "table" else "picture"
        if scope is None:
            self.mark(index)
            return
        scope.count += 1
        self.ids[index] = f"{scope.prefix}{scope.count}"
        self.mark(index)
        self.name(index, self.ids[index], kind)

    def mark(self, index: int) -> None:
        """Add the locator of a block that has a name of its own."""
        name = self.elements[index].get("id")
        if name:
            self.ids.setdefault(index, f"s-{name}")
            self.add(f"#{name}", "section", index)

    def holds_picture(self, index: int) -> bool:
        """Tell whether there is a picture inside an element."""
        depth = self.elements[index].depth
        for inner in range(index + 1, len(self.elements)):
            if self.elements[inner].depth <= depth:
                return False
            if self.elements[inner].tag == "img":
                return True
        return False

    def name(self, index: int, label: str, kind: str) -> None:
        """Give an element the locator *label*, which is its id too."""
        self.ids[index] = label
        self.add(label, kind, index)

    def add(self, label: str, kind: str, index: int) -> _Place:
        place = _Place(label, kind, self.elements[index].span, self.ids[index])
        self.places.append(place)
        return place

    def elements_with_ids(self) -> tuple[Element, ...]:
        """Return the elements; an id that was not made final is gone."""
        final = list(self.elements)
        for index, element in enumerate(self.elements):
            if index in self.ids or element.get("id"):
                attrs = tuple(pair for pair in element.attrs if pair[0] != "id")
                id = ((("id", self.ids[index]),) if index in self.ids else ()) + attrs
                final[index] = Element(element.span, element.depth, element.tag, id)
        return tuple(final)

    def locators(self) -> tuple[Locator, ...]:
        return tuple(Locator(p.label, p.kind, p.span, p.anchor) for p in self.places)
