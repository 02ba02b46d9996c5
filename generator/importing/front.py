"""Front matter at the top of a page in plain text: what it says of the page, and where it ends."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from generator.diagnostics import Diagnostic
from generator.front_matter import read_front_matter
from generator.importing.fitting import fitting
from generator.importing.lines import Block, Facts, Kind, Markup, Scrape, scrape_text, split_lines
from generator.importing.threads import read_date
from generator.kinds import Kind as KeyKind
from generator.pairs import Node, Pair, Scalar, Series, in_ticks
from generator.settings import read_settings
from generator.spans import TextFile

_REASON = "front matter, which is in source.toml as far as that has room for it"
_TOML = re.compile(r"\+\+\+[ \t]*\n(?P<keys>.*?)^\+\+\+[ \t]*(?:\n|\Z)", re.DOTALL | re.MULTILINE)
# What the keys of other programs are in `source.toml`.
_NAMES: Mapping[str, str] = {
    "title": "title",
    "author": "authors",
    "authors": "authors",
    "date": "date",
    "language": "language",
    "lang": "language",
    "url": "url",
    "link": "url",
    "canonical_url": "url",
}
# A day with the time behind it.
_DAY = re.compile(r"\d{4}-\d\d-\d\d(?=[T ]\d)")
_MOST_NAMED = 8


@dataclass(frozen=True, slots=True)
class Front:
    """The front matter of a page: its keys, and the offset at which the words begin.

    *fault* says in which line it is none after all, and why; "" where all of it is keys.
    """

    pairs: tuple[Pair, ...]
    end: int
    fault: str = ""


def scrape_with_front(text: str) -> tuple[Scrape, tuple[str, ...]]:
    """Take plain *text* apart, with the facts that its front matter gives, and what to say of it.

    Every line of the front matter is a line of the page that is cut; what it holds that has no
    place in ``source.toml`` is named. With a line in it that is no YAML it may be a letter between
    two rules: it is kept as words, and that is said.
    """
    front = _read_toml(text) or _read_yaml(text)
    if front is None:
        return scrape_text(text), ()
    if front.fault:
        return scrape_text(text), (f"what looks like front matter is kept as words, {front.fault}",)
    lines = split_lines(text[: front.end])
    head = Block(tuple(line for line in lines if line.words), Markup(Kind.OUTSIDE, note=_REASON))
    below = scrape_text("\n" * len(lines) + text[front.end :])
    facts, left = _read_facts(front.pairs)
    scrape = Scrape((head, *below.blocks), max(below.size, len(lines)), facts)
    return scrape, tuple(_tell(left))


def _read_yaml(text: str) -> Front | None:
    """Read what stands between lines ``---`` at the top; without a key these are rules."""
    file = TextFile("", text)
    outcome = read_front_matter(file)
    front = outcome.value
    last = text[: front.body_start].rstrip("\n").rpartition("\n")[2]
    if not text.startswith("---") or not front.table.pairs or last.rstrip() != "---":
        return None
    told = (_explain(file, problem) for problem in outcome.diagnostics if front.broken)
    return Front(front.table.pairs, front.body_start, next(told, ""))


def _explain(file: TextFile, problem: Diagnostic) -> str:
    line, _ = file.line_column(problem.span.start if problem.span else 0)
    return f"for line {line} is none: {problem.message}"


def _read_toml(text: str) -> Front | None:
    """Read what stands between lines ``+++`` at the top, if it is TOML."""
    found = _TOML.match(text)
    table = read_settings(TextFile("", found["keys"])).value if found else None
    return Front(table.pairs, found.end()) if found and table else None


def _read_facts(pairs: tuple[Pair, ...]) -> tuple[Facts, tuple[str, ...]]:
    """Return what *pairs* say that a source has room for, and the keys that are left."""
    said: dict[str, tuple[str, ...]] = {}
    left: list[str] = []
    for pair in pairs:
        name = _NAMES.get(pair.key.lower(), "")
        words = _fit(name, tuple(_list_words(pair.value))) if name else ()
        if words and name not in said:
            said[name] = words
        else:
            left.append(pair.key)
    facts = Facts(
        title=" ".join(said.get("title", ())),
        authors=said.get("authors", ()),
        date="".join(said.get("date", ())),
        url="".join(said.get("url", ())),
        language="".join(said.get("language", ())),
    )
    return facts, tuple(left)


def _fit(name: str, words: tuple[str, ...]) -> tuple[str, ...]:
    """Return the value of the key *name*; nothing if *words* are none."""
    if name in ("title", "authors"):
        return words
    first = words[0] if words else ""
    match name:
        case "date":
            day = _DAY.match(first)
            value = fitting(day[0] if day else first, KeyKind.DATE) or read_date(first)
        case "url":
            value = fitting(first, KeyKind.ADDRESS)
        case _:
            value = fitting(first.replace("_", "-"), KeyKind.LANGUAGE)
    return (value,) if value and len(words) == 1 else ()


def _list_words(node: Node) -> Iterator[str]:
    match node:
        case Scalar(text=text):
            if words := " ".join(text.split()):
                yield words
        case Series(parts=parts):
            for part in parts:
                yield from _list_words(part)


def _tell(left: tuple[str, ...]) -> Iterator[str]:
    if left:
        named = ", ".join(map(in_ticks, left[:_MOST_NAMED]))
        more = f" and {len(left) - _MOST_NAMED} more" if len(left) > _MOST_NAMED else ""
        yield f"of the front matter {named}{more} could not be put into source.toml"
