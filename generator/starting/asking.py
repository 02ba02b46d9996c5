"""Asking for words: what an author wants to write a note about, found in a source."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from generator.anchoring import anchor
from generator.citing import quote
from generator.diagnostics import Diagnostic
from generator.judging import Ambiguous, Missing, Survey, judge, survey
from generator.locating import locate, name_span
from generator.model import Document, Passage, RangeSelector, Target
from generator.quotations import read_where
from generator.readers.annotations import read_target
from generator.spans import Span, TextFile
from generator.starting.files import Refused

# Where the words of a command line are said to stand.
ASKED = "the words asked for"
_MOST_LISTED = 12
_DASHED = re.compile(r"\s((?:—|–|--)\s*\S[^\n]*)\Z")


@dataclass(frozen=True, slots=True)
class Asked:
    """Words of the command line as a quotation; *file* is how they would stand in one."""

    file: TextFile
    target: Target


@dataclass(frozen=True, slots=True)
class Meant:
    """What was asked for: its *passages*; *typed* are the words if their gaps have to be kept."""

    asked: Asked
    passages: tuple[Passage, ...]
    typed: str


@dataclass(frozen=True, slots=True)
class Unclear:
    """Words that are not found, or found in several places: each with how it can be quoted."""

    asked: Asked
    problems: tuple[Diagnostic, ...]
    choices: tuple[tuple[str, str], ...] = ()


def find_meant(document: Document, words: Sequence[str], at: str) -> Meant | Unclear:
    """Find *words*, each a line of a quotation, in *document*; *at* is a line that says where.

    That line may also be the last of the words, or stand at the end of their last line. Refuses
    what names no place, or another source, and neither words nor a place.
    """
    lines = "\n".join(words).split("\n")
    asked = _ask(document.id, [*lines, f"— {_read_places(at)}"] if at else lines)
    found = _find(document, asked)
    dashed = None if at else _DASHED.search(lines[-1])
    if isinstance(found, Unclear) and dashed:
        last = lines[-1][: dashed.start()]
        other = _find(document, _ask(document.id, [*lines[:-1], last, dashed[1]]))
        if isinstance(other, Meant) or other.asked.target.locators:
            return other
    return found


def _ask(source: str, lines: Sequence[str]) -> Asked:
    file = TextFile(ASKED, "".join(f"> {line}\n" for line in lines))
    target = read_target(file, Span(0, len(lines)), source).value
    if target is None:
        raise Refused(
            "what is the note about? quote words of the source, or name a place with `--at p3` "
            f"(`--at {source}` is all of it)"
        )
    if target.source != source:
        raise Refused(
            f"{target.source!r} is no place in {source}: write p3, p3-p5, c2, f1, L10 or #heading"
        )
    return Asked(file, target)


def _read_places(at: str) -> str:
    """Return *at*, with or without a dash, as a line that says where has it."""
    places = at.strip().lstrip("—–-").strip()
    if read_where(f"— {places}") is None:
        raise Refused(f"{at!r} names no place: write p3, p3-p5, c2, f1, L10 or #heading")
    return places


def _find(document: Document, asked: Asked) -> Meant | Unclear:
    target = asked.target
    anchored = anchor(document, [target])
    [passages] = anchored.value
    surveyed = survey(document)
    places = [locate(surveyed.gazetteer, label) for label in target.locators]
    spans = tuple(place.span for place in places if place is not None)
    for reading in target.readings:
        verdict = judge(surveyed.ground, (reading,), spans)
        if isinstance(verdict, Missing):
            continue
        if isinstance(verdict, Ambiguous) and len(spans) == len(places):
            problems = tuple(replace(each, help=_CHOOSE) for each in anchored.diagnostics)
            return Unclear(asked, problems, tuple(_list_choices(surveyed, verdict)))
        has_gaps = any(isinstance(selector, RangeSelector) for selector in reading)
        if passages:
            return Meant(asked, passages, target.quote if has_gaps else "")
        break
    return Meant(asked, passages, "") if passages else Unclear(asked, anchored.diagnostics)


_CHOOSE = "say where with `--at`, or quote more words"


def _list_choices(surveyed: Survey, verdict: Ambiguous) -> Iterator[tuple[str, str]]:
    """Yield the name of each place, and a quotation that means this one only."""
    for hit in verdict.hits[:_MOST_LISTED]:
        cited = quote(surveyed.ground, hit)
        marked = " ".join(f"{cited.prefix}**{cited.exact}**{cited.suffix}".split())
        yield name_span(surveyed.gazetteer, hit), marked
    more = len(verdict.hits) - _MOST_LISTED
    if more > 0:
        yield "…", f"and {more} more"
