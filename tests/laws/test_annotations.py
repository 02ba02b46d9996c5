"""Laws of annotation files: what is written is read back, and nothing of it is lost."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from hypothesis import given, settings
from hypothesis import strategies as st

from generator.model import Annotation, Prose, RangeSelector, TextQuoteSelector
from generator.quotations import read_where
from generator.readers.annotations import read_annotations
from generator.scan import decode
from generator.spans import Span, TextFile
from tests.chance import examples
from tests.drawing_notes import draw_annotations

VOCABULARY = "the council finds that this fee was 港 décidé 12".split()
WORDS = st.lists(st.sampled_from(VOCABULARY), min_size=1)
SIGNS = "ab \t*_`#>-+|~[](){}<!&;:.…—1\\\"'é港"
IDS = st.from_regex(r"n[a-z0-9-]{0,8}", fullmatch=True)
LOCATORS = st.sampled_from(["p1", "p1-p3", "c5.2", "f1", "L10", "L10-L20", "#the-fee", "#über"])
MOTIVATIONS = st.sampled_from(["commenting", "questioning", "linking", "replying"])


@dataclass(frozen=True)
class Quote:
    """A target quote before it is written."""

    lines: tuple[str, ...]
    source: str
    locators: tuple[str, ...]

    def write(self) -> str:
        """Write it as a block quote."""
        names = ", ".join(filter(None, [self.source, *self.locators]))
        lines = [*self.lines, *([f"— {names}"] if names else [])]
        return "".join(f"> {line}\n" for line in lines)


@dataclass(frozen=True)
class Note:
    """A note before it is written."""

    id: str
    gist: str
    motivation: str
    tags: tuple[str, ...]
    quotes: tuple[Quote, ...]
    body: tuple[str, ...]

    def write(self) -> str:
        """Write it as a section of an annotation file."""
        heading = f'## {self.gist} {{#{self.id} .{self.motivation} tags="{", ".join(self.tags)}"}}'
        blocks = [heading, *(quote.write() for quote in self.quotes), *self.body]
        return "\n\n".join(blocks) + "\n\n"


def is_quotable(lines: list[str]) -> bool:
    """Tell whether the lines are words and nothing else: no comment, no line that says where."""
    if "<!--" in "\n".join(lines):
        return False
    return bool(lines[0].strip() and lines[-1].strip()) and read_where(lines[-1]) is None


QUOTED = st.lists(st.text(SIGNS, max_size=20), min_size=1, max_size=4).filter(is_quotable)
QUOTES = st.builds(
    lambda lines, source, locators: Quote(tuple(lines), source, tuple(locators)),
    QUOTED,
    st.sampled_from(["", "letter"]),
    st.lists(LOCATORS, max_size=2),
)
NOTES = st.builds(
    Note,
    IDS,
    WORDS.map(" ".join),
    MOTIVATIONS,
    st.lists(st.sampled_from(["fee", "two words", "über"]), unique=True).map(tuple),
    st.lists(QUOTES, max_size=3).map(tuple),
    st.lists(WORDS.map(" ".join), max_size=2).map(tuple),
)


def read(text: str) -> tuple[TextFile, tuple[Annotation, ...]]:
    file = TextFile("notes.md", text)
    return file, read_annotations(file).value


@given(st.lists(NOTES, max_size=4))
@settings(deadline=None)
def test_notes_read_back_as_written(notes: list[Note]) -> None:
    """Ids, gists, motivations, tags, quotations, places and bodies are what was written."""
    text = "---\nsource: harbour\n---\n\n" + "".join(note.write() for note in notes)
    for note, annotation in zip(notes, read(text)[1], strict=True):
        assert note.id == annotation.id
        assert note.gist == annotation.gist.text
        assert note.motivation == annotation.motivation
        assert note.tags == annotation.tags
        assert "\n".join(note.body) == annotation.body.text
        for quote, target in zip(note.quotes, annotation.targets, strict=True):
            assert "\n".join(quote.lines).rstrip() == target.quote
            assert (quote.source or "harbour") == target.source
            assert quote.locators == target.locators


@given(QUOTED)
@settings(deadline=None)
def test_the_first_reading_is_the_words_as_typed(lines: list[str]) -> None:
    """Whatever the words look like, they are first looked up as they were typed, all of them."""
    quote = Quote(tuple(lines), "", ("p1",))
    file, (note,) = read(f"## One\n\n{quote.write()}")
    (target,) = note.targets
    assert TextQuoteSelector("\n".join(lines).strip(), place=target.place) == _stripped(
        target.readings[0][0], target.place
    )
    assert "— p1" == file.text[slice(*target.where)]


def _stripped(selector: object, place: Span) -> TextQuoteSelector:
    assert isinstance(selector, TextQuoteSelector)
    assert place.covers(selector.place)
    return TextQuoteSelector(selector.exact, selector.prefix, selector.suffix, place)


@given(st.lists(st.tuples(WORDS.map(" ".join), st.booleans()), min_size=1, max_size=5))
@settings(deadline=None)
def test_bold_runs_are_the_exact_words(runs: list[tuple[str, bool]]) -> None:
    """Every marked run is a selector in its place, with all other words as its context."""
    typed = " ".join(f"**{words}**" if marked else words for words, marked in runs)
    plain = " ".join(words for words, _ in runs)
    exact = [words for words, marked in runs if marked] or [plain]
    file, (note,) = read(f"## One\n\n> {typed}\n")
    reading = note.targets[0].readings[-1]
    found = [selector for selector in reading if isinstance(selector, TextQuoteSelector)]
    assert exact == [selector.exact for selector in found]
    assert exact == [file.text[slice(*selector.place)] for selector in found]
    whole = {selector.prefix + selector.exact + selector.suffix for selector in found}
    assert {plain} == whole


@given(WORDS.map(" ".join), WORDS.map(" ".join), st.sampled_from(["…", "...", "[…]", "[...]"]))
@settings(deadline=None)
def test_dots_make_a_range(start: str, end: str, dots: str) -> None:
    """Words on both sides of dots are the two ends of a range, each in its place."""
    file, (note,) = read(f"## One\n\n> {start} {dots} {end}\n")
    ranges = [
        selector
        for reading in note.targets[0].readings
        for selector in reading
        if isinstance(selector, RangeSelector)
    ]
    assert {(start, end)} == {(each.start.exact, each.end.exact) for each in ranges}
    places = {(each.start.place, each.end.place) for each in ranges}
    assert {(start, end)} == {(file.text[slice(*a)], file.text[slice(*b)]) for a, b in places}


LINE_STARTS = (
    "## ",
    "### ",
    "> ",
    "> — ",
    "- ",
    "1. ",
    "```\n",
    "    ",
    "***\n",
    "---\n",
    "|",
    "|-|-|\n",
)
SPANS = (
    " ",
    "`",
    "**",
    "*",
    "__",
    "[",
    "](",
    ")",
    "[[",
    "]]",
    "![[",
    "|",
    "<",
    ">",
    "{#",
    ".",
    "}",
)
FRAGMENTS = st.sampled_from(
    [*SPANS, "\\", "&", "!", " … ", ", ", "#", "p1", "…", "\n", "\n\n"]
    + [f"\n{start}" for start in LINE_STARTS]
)


@given(st.lists(FRAGMENTS, max_size=40))
@settings(max_examples=examples(300))
def test_no_word_is_lost(fragments: list[str]) -> None:
    """However a file is built, every word below its first heading is in some note."""
    pieces = [f"{fragment}word{number}x" for number, fragment in enumerate(fragments)]
    file, notes = read("## Start\n\n" + "".join(pieces))
    kept = "".join(_words_of(file, notes))
    lost = [number for number in range(len(pieces)) if f"word{number}x" not in kept]
    assert [] == lost


def _words_of(file: TextFile, notes: tuple[Annotation, ...]) -> Iterator[str]:
    for note in notes:
        yield file.text[slice(*note.place)]
        yield note.body.text
        yield from (value for element in note.body.elements for _, value in element.attrs)
        yield from (link.kind + link.href + link.words for link in note.body.references)
        for target in note.targets:
            yield target.quote
            yield file.text[slice(*target.where)]


@given(st.lists(st.sampled_from([*SIGNS, "\n", "\n\n", "## ", "> ", "<!--", "-->", "[[", "---\n"])))
@settings(max_examples=examples(300))
def test_any_text_is_read(pieces: list[str]) -> None:
    """No text makes the reading fail, and every place lies in the file."""
    file = TextFile("notes.md", "".join(pieces))
    outcome = read_annotations(file)
    end = len(file.text)
    for problem in outcome.diagnostics:
        assert problem.span is not None
        assert 0 <= problem.span.start <= problem.span.end <= end
    for note in outcome.value:
        assert re.fullmatch("[a-z0-9-]+", note.id)
        _check_prose(note.gist, end)
        _check_prose(note.body, end)
        for target in note.targets:
            assert Span(0, end).covers(target.place)
            assert Span(0, end).covers(target.where)
            assert all(target.readings)


def _check_prose(prose: Prose, end: int) -> None:
    for link in prose.references:
        assert prose.elements[link.element].tag in ("a", "img", "transclusion")
        assert Span(0, len(prose.text)).covers(link.sentence)
        assert 0 <= link.place.start < link.place.end <= end


@given(st.lists(NOTES, min_size=1, max_size=3))
@settings(deadline=None)
def test_line_ends_and_byte_order_marks_change_nothing(notes: list[Note]) -> None:
    """The same file with CRLF and BOM has the same notes at the same lines and columns."""
    text = "".join(note.write() for note in notes)
    plain = decode("notes.md", text.encode()).value
    other = decode("notes.md", b"\xef\xbb\xbf" + text.replace("\n", "\r\n").encode()).value
    assert plain is not None
    assert other is not None
    assert draw_annotations(plain, read_annotations(plain)) == draw_annotations(
        other, read_annotations(other)
    )
