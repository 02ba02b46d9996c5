"""Laws of new notes: what is written is read as what was asked for, and all else stays."""

import tempfile
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from hypothesis import assume, given
from hypothesis import strategies as st

from generator.catalogue import CODES
from generator.citing import quote
from generator.diagnostics import Outcome, Severity
from generator.judging import survey
from generator.locating import name_span
from generator.model import Document, Passage
from generator.quoting import select
from generator.readers.code import read_code
from generator.readers.markdown import read_markdown
from generator.readers.plain import read_plain
from generator.spans import Span, TextFile
from generator.starting.asking import Meant, find_meant
from generator.starting.files import Refused, replace_file
from generator.starting.notes import NewNote, Wish, start_note
from generator.starting.opening import open_site
from generator.starting.splicing import splice
from generator.starting.wording import Ground, word_passage
from tests.laws.test_annotations import NOTES
from tests.sites import Site

# What Markdown, our own signs and a shell make something of, among a few words that repeat.
PIECES = """
    # ##x > - 1. ** * __ _ ` ``` ~~~ --- === | |-|-| <b> <!-- --> &amp; &#42; \\ ( $ {#x}
    {by=editor} [a]: [a] [[x]] ](b) — – -- … ... […] fee the no é 港 a p1 letter \u202e \u00ad
""".split()
PIECES += ["— p1", "— letter", "[a]: b\n", " ", " ", " ", "\n", "\n", "\n\n", "\t", " … "]
READERS = {".txt": read_plain, ".md": read_markdown, ".py": read_code}
TEXTS = st.tuples(
    st.sampled_from(sorted(READERS)),
    st.lists(st.sampled_from(PIECES), min_size=1, max_size=25).map("".join),
)
FILE = "content/annotations/notes.md"
ENDS = st.sampled_from(["\n", "\r\n", "\r"])


def read(suffix: str, text: str) -> Document:
    return READERS[suffix](TextFile(f"seeds/letter/text{suffix}", text), "letter").value


def draw_span(data: st.DataObject, document: Document) -> Span:
    """Draw a span of whole characters that has words."""
    surveyed = survey(document)
    start = data.draw(st.integers(0, len(document.text) - 1))
    end = data.draw(st.integers(start + 1, len(document.text)))
    selector = quote(surveyed.ground, Span(start, end))
    assume(selector.exact)
    [span] = select(surveyed.ground, selector)
    return span


@given(TEXTS, st.data(), st.sampled_from(["letter", "other"]))
def test_every_passage_can_be_typed(text, data, home):
    """Whatever a text holds, each passage has a quotation that is read as it and nothing else."""
    document = read(*text)
    assume(document.text.strip())
    span = draw_span(data, document)

    assert word_passage(Ground(document, survey(document), home), span)


@given(TEXTS, st.data(), st.lists(NOTES, max_size=3), ENDS, st.sampled_from(["", "\ufeff"]))
def test_a_new_note_is_about_the_words_asked_for(text, data, notes, end, mark):
    """The note is in its file, about these words; all else is as it was, to the byte."""
    document = read(*text)
    assume(document.text.strip())
    span = draw_span(data, document)
    words = document.text[slice(*span)]
    if data.draw(st.booleans()):
        words = data.draw(st.sampled_from([f"**{words}**", f"{words} … {words}", words[::-1]]))
    at = data.draw(st.sampled_from(["", name_span(survey(document).gazetteer, span)]))
    front = data.draw(st.sampled_from(["", "---\nsource: letter\nby: editor\n---\n\n"]))
    old = mark + (front + "".join(note.write() for note in notes)).replace("\n", end)
    old = old.rstrip(end) if data.draw(st.booleans()) else old
    try:
        meant = find_meant(document, (words,), at)
    except Refused:
        meant = None
    assume(isinstance(meant, Meant))
    with tempfile.TemporaryDirectory() as folder:
        site = Site(
            Path(folder),
            {
                "site.toml": 'title = "S"\n\n[annotators.editor]\nname = "E"\n',
                "seeds/letter/source.toml": 'title = "A letter"\nrights = "full"\n',
                f"seeds/letter/text{text[0]}": text[1],
                FILE: old,
            },
        )
        before = site.join()
        made = start_note(open_site(site.root)[1], Wish("letter", (words,), at, file=FILE))
        assert isinstance(made, NewNote)
        replace_file(site.root, FILE, old.encode(), made.new)
        after = site.join()
    assert not errors_of(after) - errors_of(before)
    known = passages_of(before)
    found = passages_of(after)
    [new] = found.keys() - known.keys()
    assert meant.passages == found.pop(new)
    assert known == found
    check_bytes(old.encode(), made.new, made.block)


def errors_of(outcome: Outcome) -> Counter:
    problems = [(each.code, each.message) for each in outcome.diagnostics]
    return Counter(each for each in problems if CODES[each[0]].severity == Severity.ERROR)


def passages_of(outcome: Outcome) -> dict[str, tuple[Passage, ...]]:
    """Return what each note of a site is about."""
    return {
        note.annotation.id: tuple(passage for target in note.targets for passage in target.passages)
        for note in outcome.value.notes
    }


def check_bytes(old: bytes, new: bytes, block: Sequence[str]) -> None:
    """Check that *new* is *old* with whole lines of *block* in it and one kind of line end."""
    length = len(new) - len(old)
    cuts = [at for at in range(len(old) + 1) if new[:at] + new[at + length :] == old]
    assert cuts
    inner = (new[at : at + length].decode("utf-8", "replace") for at in cuts)
    assert [*filter(None, block)] in [list(filter(None, each.splitlines())) for each in inner]


@given(
    st.lists(st.sampled_from(["", "a", " ", "## b", "\u2028"]), max_size=6),
    ENDS,
    st.booleans(),
    st.sampled_from(["", "\ufeff"]),
    st.data(),
)
def test_splicing_keeps_every_byte(lines, end, is_ended, mark, data):
    """New lines come in one piece, with the file's own ends, and an empty line on either side."""
    old = mark + end.join(lines) + (end if is_ended and lines else "")
    count = len(lines) + (1 if is_ended and lines else 0)
    before = data.draw(st.sampled_from([None, *range(max(count - 1, 0))]))

    new, line = splice(old.encode(), ("## new", "", "> words"), before)

    text = new.decode()
    at = text.index("## new")
    check_bytes(old.encode(), new, ("## new", "> words"))
    own = end if end in old else "\n"
    written = f"## new{own}{own}> words{own}"
    assert text.startswith(written, at)
    above = text[:at].removeprefix(mark).replace(own, "\n").split("\n")
    below = text[at + len(written) :].replace(own, "\n").split("\n")
    assert (line, "") == (len(above), above[-1])
    assert len(above) == 1 or not above[-2].strip()
    assert not below[0].strip()
