"""The laws of weaving: no character is lost, no element is cut, every note keeps its place."""

from html.parser import HTMLParser

from hypothesis import given
from hypothesis import strategies as st

from generator.commonmark import new_parser, read_tokens
from generator.render.marking import MOST_NAMED
from generator.render.weave import Weaving, weave_pieces
from generator.spans import Span
from generator.views.shown import Mark, RefMark

BLOCKS = [
    "# a *b* c",
    "p one **two *three* four** five",
    "> q\n> r *s*\n>\n> t",
    "- a\n- b\n\n  c\n  - d",
    "1. x",
    "`code <b>` & x",
    "| a | b |\n|---|---|\n|  | d |",
    "***",
    "```\n\nx<y\n```",
    "[l *m*](u) n\\\nz",
    "![alt](x.png)",
]
VOID = ("br", "hr", "img")


class Seen(HTMLParser):
    """What a reader sees of HTML: its text without our numbers, and whether it nests."""

    def __init__(self, html):
        super().__init__(convert_charrefs=True)
        self.text, self.open, self.refs, self.noted, self.inside_link = "", [], [], set(), False
        self.feed(html)
        self.close()

    def handle_starttag(self, tag, attrs):
        names = dict(attrs)
        if tag in VOID:
            return
        assert not (tag == "a" and "a" in [t for t, _ in self.open]), "a link in a link"
        if names.get("class", "").startswith("ref "):
            self.refs.append(names["id"])
        self.open.append((tag, names))

    def handle_endtag(self, tag):
        assert tag == self.open.pop()[0]

    def handle_data(self, data):
        added = ("ref ", "picture")
        if any(names.get("class", "").startswith(added) for _, names in self.open):
            return
        for _, names in self.open:
            if names.get("class", "").startswith("passage"):
                at = len(self.text)
                self.noted |= {
                    (at + i, int(n)) for i in range(len(data)) for n in names["data-notes"].split()
                }
        self.text += data


def documents():
    sources = st.lists(st.sampled_from(BLOCKS), max_size=8).map("\n\n".join)
    return sources.map(lambda text: read_tokens(new_parser().parse(text)))


def weave_with(document, spans):
    marks = [Mark(span, number, "a1") for number, span in enumerate(spans, start=1)]
    refs = [RefMark(m.span.end, m.number, "a1", f"r-{m.number}", "#", "x") for m in marks]
    weaving = Weaving(
        marks=tuple(sorted(marks, key=lambda m: (m.span.start, -m.span.end, m.number))),
        refs=tuple(sorted(refs, key=lambda r: (r.offset, r.number))),
    )
    pieces = list(weave_pieces(document.text, document.elements, weaving))
    # Between units the text has its line feeds, which a page need not show.
    html, position = "", 0
    for piece in pieces:
        html += document.text[position : piece.element.span.start] + piece.html
        position = piece.element.span.end
    return Seen(html + document.text[position:])


def spans_of(document, data):
    offset = st.integers(0, len(document.text))
    pair = st.tuples(offset, offset).map(sorted).map(lambda edges: Span(*edges))
    return data.draw(st.lists(pair, max_size=6))


@given(documents(), st.data())
def test_weaving_keeps_every_character(document, data):
    """Without its tags, woven HTML is the document's text, well nested and no link in a link."""
    seen = weave_with(document, spans_of(document, data))

    assert document.text.replace("\n", "") == seen.text.replace("\n", "")
    assert [] == seen.open


@given(documents(), st.data())
def test_marks_cover_their_words_and_no_others(document, data):
    """Every character that is not space is marked with exactly the notes whose passage has it."""
    text = document.text
    spans = spans_of(document, data)
    seen = weave_with(document, spans)

    # The positions of the visible characters, in the text and in the page, run in step.
    shown = [i for i, char in enumerate(seen.text) if char.strip()]
    own = [i for i, char in enumerate(text) if char.strip()]
    there = dict(zip(shown, own, strict=True))

    expected = {
        (i, n) for n, (a, b) in enumerate(spans, start=1) for i in range(a, b) if text[i].strip()
    }
    assert expected == {(there[i], n) for i, n in seen.noted if i in there}


@given(documents(), st.data())
def test_every_number_stands_in_the_text_once(document, data):
    """A note's number is never lost, wherever its passage ends."""
    if not document.elements:
        return
    spans = spans_of(document, data)

    seen = weave_with(document, spans)

    ends = {f"r-{n}" for n, _ in enumerate(spans, start=1)}
    assert sorted(ends) == sorted(seen.refs)


def test_many_notes_on_the_same_words_do_not_square():
    """A segment names a bounded number of notes, those that began last."""
    document = read_tokens(new_parser().parse("word " * 50))
    spans = [Span(i % 100, 200) for i in range(400)]

    seen = weave_with(document, spans)

    named = {}
    for at, number in seen.noted:
        named.setdefault(at, set()).add(number)
    assert MOST_NAMED == max(len(numbers) for numbers in named.values())
    assert 400 == len(seen.refs)
