"""From a stream of HTML to blocks that nest as they must, whatever the page did.

A page may hold words anywhere and blocks inside inline elements; a document has its words in
leaf blocks only. So nothing is opened before there are words for it: then the blocks, and the
inline elements around the words, are opened as they have to be, again where they were cut.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from generator.drafting import Attributes, Draft
from generator.html_tags import (
    CAPTIONS,
    CELLS,
    CONTAINERS,
    FLAT,
    HOME,
    LISTS,
    SYNONYMS,
    clean_attributes,
    code_language,
    is_block,
)
from generator.hypertext import Event, Step
from generator.leaves import Leaf
from generator.markup import INLINES, ROWS


@dataclass(slots=True, eq=False)
class _Box:
    """An element of the page that is open.

    *role* is ``inline``, ``container``, ``leaf`` (``p``, ``dd``), ``flat`` (blocks in it become
    lines), ``rows`` (of a table), or ``block`` and ``through`` for one that leaves only what is
    in it. *spare* is a list's own item for what is outside of its items. *used* tells that a
    container has been written, *captioned* that it has had its caption.
    """

    tag: str
    role: str
    attrs: Attributes = ()
    spare: "_Box | None" = None
    used: bool = False
    captioned: bool = False


class Flow:
    """A page under way: what is open in it, and what of that is written."""

    def __init__(self) -> None:
        self.draft = Draft()
        self._leaf = Leaf(self.draft)
        self._boxes: list[_Box] = []
        self._live: list[_Box] = []
        self._flat: _Box | None = None
        self._code = 0

    def take(self, event: Event) -> None:
        """Add one step of the page."""
        match event.step:
            case Step.WORDS:
                self._take_words(event.name)
            case Step.OPEN:
                self._open(SYNONYMS.get(event.name, event.name), event.attrs)
            case Step.CLOSE:
                self._close()

    def finish(self) -> None:
        """Close what is open."""
        self._leaf.end()
        self._sync_containers([])

    def _take_words(self, words: str) -> None:
        if not self._leaf.is_open:
            if not (words if self._in_pre() else words.strip(" \t\n\r\f")):
                return
            self._begin_leaf()
        if self._in_pre():
            self._leaf.write_code(words)
        elif self._code:
            self._leaf.write_lines(words)
        else:
            self._leaf.write(words)

    def _open(self, tag: str, attrs: Mapping[str, str]) -> None:
        box = _Box(tag, self._role(tag, attrs), clean_attributes(tag, attrs))
        if box.role == "inline":
            self._leaf.open_inline(tag, box.attrs)
        elif tag == "br":
            self._take_words("\n") if self._in_pre() else self._leaf.end_line()
        elif tag == "img" and attrs.get("src"):
            if not self._leaf.is_open:
                self._begin_leaf()
            self._leaf.put_picture(box.attrs)
        elif box.role != "through":
            self._end_block()
            self._open_block(box)
        self._code += tag == "pre"
        if tag == "code" and self._flat and self._in_pre() and not self._leaf.is_open:
            self._flat.attrs += code_language(attrs)
        self._boxes.append(box)

    def _open_block(self, box: _Box) -> None:
        if box.tag == "hr" and not self._flat:
            self._sync_containers(self._path("p"))
            self.draft.put_block("hr")
        elif box.role == "flat":
            self._flat = box
            if box.tag in CELLS:
                self._leaf.begin(box.tag, box.attrs)
        elif box.role == "rows":
            if box.tag == "table":
                self._sync_containers(self._path("p"))
            self.draft.open_container(box.tag, box.attrs)

    def _close(self) -> None:
        box = self._boxes[-1]
        self._code -= box.tag == "pre"
        if box.role == "inline":
            self._leaf.close_inline()
        elif box.role != "through":
            self._end_block()
            if box is self._flat:
                self._leaf.end()
                self._flat = None
            elif box.role == "rows":
                self.draft.close()
            elif box.role == "container" and box.tag == "li" and not box.used:
                self._sync_containers(self._path("p"))
        self._boxes.pop()

    def _role(self, tag: str, attrs: Mapping[str, str]) -> str:
        if tag in INLINES:
            bare = tag == "span" and not clean_attributes(tag, attrs)
            idle = (tag == "code" and self._code) or (tag == "a" and not attrs.get("href"))
            return "through" if bare or idle else "inline"
        if not is_block(tag):
            return "through"
        in_list = self._outer().tag in LISTS
        in_table = bool(self._boxes) and self._boxes[-1].role == "rows"
        if self._flat:
            return "block"
        if tag in CONTAINERS or (tag == "li" and in_list):
            return "container"
        if tag == "table" or (in_table and tag in ROWS | CELLS):
            return "flat" if tag in CELLS else "rows"
        if tag in FLAT:
            return "flat"
        return "leaf" if tag in ("p", "dd") else "block"

    def _in_pre(self) -> bool:
        return self._flat is not None and self._flat.tag == "pre"

    def _outer(self) -> _Box:
        """Return the innermost container that is open in the page."""
        for box in reversed(self._boxes):
            if box.role == "container":
                return box
        return _Box("", "container")

    def _end_block(self) -> None:
        """End the block that is open; inside a flat one only its line ends."""
        if self._flat is None:
            self._leaf.end()
        elif not self._in_pre():
            self._leaf.end_block()

    def _begin_leaf(self) -> None:
        boxes = [box for box in self._boxes if box.role in ("leaf", "container")]
        own = self._flat or (boxes[-1] if boxes else _Box("p", "leaf"))
        outer = self._outer()
        tag = own.tag if own.role != "container" else "p"
        if tag == "p" and outer.tag == "dl":
            tag = "dd"
        elif HOME.get(tag, outer.tag) != outer.tag or (outer.captioned and tag in CAPTIONS):
            tag = "p"
        outer.captioned |= tag in CAPTIONS
        self._sync_containers(self._path(tag))
        if own.tag == "li":
            self.draft.classify("tight", 2)
        self._leaf.begin(tag, self._leaf_attrs())

    def _leaf_attrs(self) -> Attributes:
        """Return the attributes of the leaf, with the language of the blocks left out around it."""
        attrs: dict[str, str] = dict(self._flat.attrs) if self._flat else {}
        for box in reversed(self._boxes):
            if box.role == "container":
                break
            if box.role in ("leaf", "block"):
                attrs = dict(box.attrs) | attrs
        return tuple(sorted(attrs.items()))

    def _path(self, leaf: str) -> list[_Box]:
        """Return the containers that a leaf with the tag *leaf* stands in here."""
        boxes = [box for box in self._boxes if box.role == "container"]
        path: list[_Box] = []
        for number, box in enumerate(boxes, 1):
            if box.tag == "dl" and (leaf not in ("dt", "dd") or number < len(boxes)):
                continue
            if box.tag != "li":
                _fill_list(path)
            path.append(box)
        _fill_list(path)
        return path

    def _sync_containers(self, path: list[_Box]) -> None:
        """Close the containers that are written and not in *path*, and open those missing."""
        same = 0
        while same < min(len(path), len(self._live)) and path[same] is self._live[same]:
            same += 1
        for _ in self._live[same:]:
            self.draft.close()
        for box in path[same:]:
            self.draft.open_container(box.tag, box.attrs)
            box.used = True
        self._live = path


def _fill_list(path: list[_Box]) -> None:
    """Put an item between a list at the end of *path* and what is directly in it."""
    if path and path[-1].tag in LISTS:
        path[-1].spare = path[-1].spare or _Box("li", "container")
        path.append(path[-1].spare)
