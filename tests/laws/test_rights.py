"""The laws of rights: nothing is published that may not be, and the text itself makes no odds."""

import re
import tempfile
from dataclasses import dataclass
from pathlib import Path

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from tests.chance import examples
from tests.rights import (
    COMMENTS,
    OUTLINE,
    PARAGRAPHS,
    find_leaks,
    restricted,
    without_text,
)

# A site that breaks a law is read as it was drawn: to make it smaller is to build for minutes.
PHASES = (Phase.explicit, Phase.reuse, Phase.generate)
PLACES = dict(
    zip(
        ("p1", "p2", "p3", "p4", "p5", "p6", "c1.1", "c2.1", "c3.1"),
        (*PARAGRAPHS, *COMMENTS),
        strict=True,
    )
)
WHOLE = ("", "> — letter", "> — p3", "> — p1-p4", "> — #the-lamp", "> — c1", "> — p9", "> — p8")


@dataclass(frozen=True)
class Quoted:
    """A target quote as typed, and where the words stand in *place* that are typed out as such."""

    typed: str
    exact: tuple[tuple[int, int], ...] = ()
    place: str = ""


@st.composite
def quotations(draw):
    """Draw a target: words of a place, some of them marked, or from here to there, or no words."""
    kind = draw(st.sampled_from(["all", "marked", "two marks", "range", "whole"]))
    if kind == "whole":
        return Quoted(draw(st.sampled_from(WHOLE)))
    place = draw(st.sampled_from([*PLACES]))
    words = PLACES[place].split()
    # The first and the last four of a range must not meet.
    least = 14 if kind == "range" else 5
    if len(words) < least:
        return Quoted(f"> — {place}")
    first = draw(st.integers(0, len(words) - least))
    last = draw(st.integers(first + least, len(words)))
    marks = [(first, last)]
    if kind == "range":
        marks = [(first, first + 4), (last - 4, last)]
    elif kind != "all":
        low = draw(st.integers(first, last - 2))
        high = draw(st.integers(low + 1, last))
        marks = [(low, high)]
        if kind == "two marks" and high < last:
            marks.append((last - 1, last))
    if kind == "range":
        typed = " … ".join(" ".join(words[low:high]) for low, high in marks)
    else:
        typed = " ".join(_mark(words[first:last], marks if kind != "all" else [], first))
    return Quoted(f"> {typed}\n> — {place}", tuple(_span_of(words, *mark) for mark in marks), place)


def _mark(words, marks, first):
    for at, word in enumerate(words, first):
        before = "**" if any(at == low for low, _ in marks) else ""
        after = "**" if any(at == high - 1 for _, high in marks) else ""
        yield f"{before}{word}{after}"


def _span_of(words, low, high):
    start = len(" ".join(words[:low])) + bool(low)
    return start, start + len(" ".join(words[low:high]))


@st.composite
def notes(draw):
    """Draw some notes, each with what it quotes and whether it is a draft."""
    drawn = []
    for number in range(draw(st.integers(0, 6))):
        motivation = draw(st.sampled_from(["commenting", "describing", "highlighting"]))
        is_draft = draw(st.sampled_from([False, False, False, True]))
        gist = "" if motivation == "highlighting" else f"Remark {number} "
        facts = f"{{#n-{number} .{motivation}{' draft' if is_draft else ''}}}"
        quoted = [draw(quotations()) for _ in range(draw(st.integers(1, 2)))]
        targets = "\n\n".join(each.typed for each in quoted if each.typed)
        body = draw(st.sampled_from(["Ours.", "See [[letter#p2]], [[n-0]].", "![[letter#p1]]"]))
        drawn.append((f"\n## {gist}{facts}\n\n{targets}\n\n{body}\n", quoted, is_draft))
    return drawn


def sentence_around(text, start, end):
    """Return the span of the sentences in which words are quoted, parted at every sign."""
    found = [each.span() for each in re.finditer(r"[^.!?…]+[.!?…]*\s*", text)]
    met = [(low, high) for low, high in found if low < end and start < high]
    return met[0][0], met[-1][1]


def published(drawn, rights):
    """Return what the notes may publish, drafts left out; words that meet are one stretch."""
    if rights == "link":
        return []
    shown = {}
    for quoted in (each for _, targets, is_draft in drawn for each in targets if not is_draft):
        text = PLACES.get(quoted.place, "")
        for start, end in quoted.exact:
            span = (start, end) if rights == "quote" else sentence_around(text, start, end)
            shown.setdefault(quoted.place, set()).update(range(*span))
    return [
        stretch
        for place, kept in shown.items()
        for stretch in "".join(
            sign if at in kept or not sign.isalnum() else "\n"
            for at, sign in enumerate(PLACES[place])
        ).split("\n")
    ]


@pytest.mark.parametrize("rights", ["quote", "excerpt", "link"])
@settings(max_examples=examples(15), phases=PHASES)
@given(drawn=notes())
def test_no_run_of_words_is_published_and_a_clone_builds_the_same(rights, drawn):
    """Whatever is noted, no eight words leave that may not, and the outline is enough to build."""
    with tempfile.TemporaryDirectory() as folder:
        text = "".join(note for note, _, _ in drawn)
        site = restricted(Path(folder) / "root", rights, text)
        built = site.build()
        clone = without_text(site)
        again = clone.build()
        outline = (site.root / OUTLINE).read_bytes()

        assert not built.report.withheld
        assert [] == find_leaks({**built.files, OUTLINE: outline}, published(drawn, rights))
        assert built.files == again.files
        assert {*built.codes} - {"quote-ambiguous"} == {*again.codes} - {"note-unverified"}
        assert outline == (clone.root / OUTLINE).read_bytes()
