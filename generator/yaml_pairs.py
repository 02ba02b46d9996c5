"""YAML as keys and values: one flat table, with the place of every key and value."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from typing import Any

import yaml
from yaml.events import (
    AliasEvent,
    CollectionEndEvent,
    CollectionStartEvent,
    DocumentStartEvent,
    MappingStartEvent,
    NodeEvent,
    ScalarEvent,
    SequenceStartEvent,
)

from generator.core_schema import resolve
from generator.pairs import Node, Pair, Scalar, Series, in_ticks
from generator.spans import Span
from generator.yaml_faults import HELP, QUOTE_HELP, Fault, YamlError, explain, find_glued

Loader = Callable[[str], Any]
Event = Any  # Which attributes one has depends on its class.

FASTEST: Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
# libyaml and PyYAML's own parser disagree on some texts with these; PyYAML's own then decides,
# so that the same file means the same on every machine.
_WILD = re.compile("[\t!?|>\x85\u2028\u2029\ufeff]")
# A question mark inside a word: PyYAML's own parser would end the word there in a list.
_ASKING = re.compile(r"(?<=[\w?])\?")
_STAND_IN = "\ue03f"
_COMMENTED = re.compile(r":?[ ]+(#[^\s#].*)")
# Both parsers take a time that grows with the square of the nesting, so reading stops there.
_DEEPEST = 10


@dataclass(frozen=True, slots=True)
class _Branch:
    """An event that opens something, with what it holds: a tree of what was parsed."""

    event: Event
    inner: list["_Branch"] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Yaml:
    """A text of YAML, and the offset in its file at which it stands."""

    text: str
    start: int

    def place(self, event: Event) -> Span:
        """Return where *event* stands; for what opens a collection, to the end of its line."""
        start, end = event.start_mark.index, event.end_mark.index
        if isinstance(event, CollectionStartEvent):
            end = self.text.find("\n", start)
        start = min(start, len(self.text) - 1)
        words = self.text[start : end if end != -1 else None].rstrip(" \t\n")
        return Span(self.start + start, self.start + start + max(len(words), 1))


def read_pairs(
    text: str, start: int, loader: Loader = FASTEST
) -> tuple[tuple[Pair, ...], tuple[Fault, ...]]:
    """Read *text*, YAML that stands at offset *start* of its file, as keys with flat values.

    Nested tables, repeated keys, anchors, aliases, tags, merge keys, directives and a second
    document are faults, and so is all that is not YAML; what stands before it is returned. An
    empty value (null) has the place of its key. Tabs between words count as spaces.
    """
    source = _Yaml(_space(text) if "\t" in text else text, start)
    tame = source.text if _STAND_IN in text else _ASKING.sub(_STAND_IN, source.text)
    tree, error = _parse(tame, yaml.SafeLoader if _WILD.search(tame) else loader)
    if error and loader is not yaml.SafeLoader:
        tree, error = _parse(tame, yaml.SafeLoader)
    found = list(_check_tree(tree, source))
    pairs = tuple(each for each in found if isinstance(each, Pair))
    if error:
        return pairs, (replace(explain(error, source.text, start), broken=True),)
    return pairs, tuple(each for each in found if isinstance(each, Fault))


def _space(text: str) -> str:
    """Return *text* with a space for each tab but those that indent a line."""
    lines = []
    for line in text.split("\n"):
        words = line.lstrip(" \t")
        indent = line[: len(line) - len(words)] if words else " " * len(line)
        lines.append(indent + words.replace("\t", " "))
    return "\n".join(lines)


def _parse(text: str, loader: Loader) -> tuple[_Branch, YamlError | None]:
    """Parse *text* as far as it is YAML and not nested too deep."""
    tree = _Branch(None)
    opened = [tree]
    try:
        reading = loader(text)
        while len(opened) < _DEEPEST and reading.check_event():
            event = reading.get_event()
            if isinstance(event, (NodeEvent, DocumentStartEvent)):
                branch = _Branch(event)
                opened[-1].inner.append(branch)
                if isinstance(event, CollectionStartEvent):
                    opened.append(branch)
            elif isinstance(event, CollectionEndEvent):
                opened.pop()
        return tree, None
    except (yaml.reader.ReaderError, yaml.MarkedYAMLError) as error:
        fault = error
    except (ValueError, OverflowError):  # An escape names a character that there is not.
        fault = yaml.MarkedYAMLError(problem_mark=reading.get_mark())
    if len(opened) > 2:
        opened[1].inner.pop()  # A value of which only the beginning was read.
    return tree, fault


def _check_tree(tree: _Branch, source: _Yaml) -> Iterator[Pair | Fault]:
    """Yield the pairs of the one table that *tree* should be, and what else it holds."""
    for number, branch in enumerate(tree.inner):
        event = branch.event
        match event:
            case DocumentStartEvent() if number > 0 or event.version or event.tags:
                yield Fault("a YAML document begins here", source.place(event), HELP)
                return
            case DocumentStartEvent():
                pass
            case MappingStartEvent(anchor=None, tag=None):
                yield from _read_table(branch.inner, source)
            case _:
                place = source.place(event)
                fault = Fault("these are no keys with values", place, HELP)
                yield _refuse(event, source) or find_glued(source.text, source.start) or fault


def _read_table(inner: list[_Branch], source: _Yaml) -> Iterator[Pair | Fault]:
    known: set[str] = set()
    for key, value in zip(inner[::2], inner[1::2], strict=False):
        name, place = _name(key.event), source.place(key.event)
        fault = _refuse(key.event, source)
        if fault or name is None:
            yield fault or Fault("a key is one plain word", place, HELP)
        elif name == "<<":
            yield Fault("`<<` has no place in front matter", place, HELP)
        elif name in known:
            yield Fault(f"{in_ticks(name)} is given twice", place, "leave one of the two")
        else:
            known.add(name)
            node = _read_value(value, place, source)
            if isinstance(node, Fault):
                yield node
                words = _name(value.event)
                node = Scalar(words, words or "", place)
            yield Pair(name, place, node)


def _name(event: Event) -> str | None:
    return _words(event) or None if isinstance(event, ScalarEvent) else None


def _words(event: ScalarEvent) -> str:
    return str(event.value).replace(_STAND_IN, "?")


def _read_value(branch: _Branch, key: Span, source: _Yaml) -> Node | Fault:
    match branch.event:
        case SequenceStartEvent(anchor=None, tag=None) as event:
            parts: list[Node] = []
            for inner in branch.inner:
                part = _read_scalar(inner.event, key, source)
                if isinstance(part, Fault):
                    return part
                parts.append(part)
            return Series(tuple(parts), source.place(event))
        case event:
            return _read_scalar(event, key, source)


def _read_scalar(event: Event, key: Span, source: _Yaml) -> Scalar | Fault:
    fault = _refuse(event, source)
    if fault:
        return fault
    place = source.place(event)
    if not isinstance(event, ScalarEvent):
        within = source.text[: event.end_mark.index].endswith("[[")
        help = "write the id alone, without brackets" if within else HELP
        return Fault("a value is plain words or one list of them", place, help)
    words = _words(event)
    if not event.implicit[0]:
        return Scalar(words, words, place)
    place = place if words else key
    comment = _COMMENTED.match(source.text, place.end - source.start)
    if comment and words[-1:] in ("", ","):
        place = Span(source.start + comment.start(1), source.start + comment.end(1))
        message = f"{in_ticks(comment[1])} is a comment in YAML, so these words are lost"
        return Fault(message, place, "put the whole value in double quotes if they are meant")
    return Scalar(resolve(words), words, place)


def _refuse(event: Event, source: _Yaml) -> Fault | None:
    """Return a fault if *event* is an alias, or has an anchor or a tag."""
    if isinstance(event, AliasEvent):
        name = f"the alias {in_ticks(f'*{event.anchor}')}"
    elif event.anchor:
        name = f"the anchor {in_ticks(f'&{event.anchor}')}"
    elif event.tag:
        name = "a tag of YAML"
    else:
        return None
    return Fault(f"{name} has no place in front matter", source.place(event), QUOTE_HELP)
