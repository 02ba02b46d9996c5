"""Excerpts: what of a text is shown around a passage, and what is not."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.excerpts import LONG, LONGEST_LISTING, MOST_LETTERS, cut_excerpts, cut_passage
from generator.locating import make_gazetteer
from generator.markup import VOIDS
from generator.model import Source
from generator.readers.code import read_code
from generator.readers.markdown import read_markdown
from generator.render.highlight import LARGEST_BLOCK
from generator.site import CommentedSource, Link
from generator.spans import Span, TextFile
from generator.units import elements_around, elements_in, lay_out, units_in
from tests.known_markdown import sources


def comment(text, reader=read_markdown):
    """Return *text* as a source whose links lead to where they say."""
    document = reader(TextFile("seeds/s/text.py", text), "s").value
    return CommentedSource(
        Source("s", "T", "full", "seeds/s/source.toml", "seeds/s/text.md"),
        document,
        "sources/s.html",
        0,
        (0, 0),
        make_gazetteer(document),
        lay_out(document.elements),
        tuple(Link(reference.href) for reference in document.references),
    )


def span_of(source, words):
    start = source.document.text.index(words)
    return Span(start, start + len(words))


def shown(excerpts):
    return [(each.text, each.goes_before, each.goes_on) for each in excerpts]


def tags(excerpt):
    return [(element.depth, element.tag) for element in excerpt.elements]


def test_a_passage_is_shown_with_its_block():
    """Words in a paragraph are shown with all of it, and nothing else."""
    source = comment("One.\n\nTwo *and* three.\n\n***\n\nFour.\n")

    [excerpt] = cut_excerpts(source, span_of(source, "and"))

    assert ("Two and three.", False, False) == shown([excerpt])[0]
    assert [(0, "p"), (1, "em")] == tags(excerpt)
    assert () == tuple(pair for element in excerpt.elements for pair in element.attrs)


def test_a_passage_across_blocks():
    """Up to four blocks are shown whole; of more the first two and the last."""
    source = comment("\n\n".join(f"Block {n}." for n in range(1, 8)))

    four = cut_excerpts(source, Span(0, span_of(source, "Block 4").end))
    five = cut_excerpts(source, Span(0, span_of(source, "Block 5").end))

    assert [("Block 1.\nBlock 2.\nBlock 3.\nBlock 4.", False, False)] == shown(four)
    assert [("Block 1.\nBlock 2.", False, True), ("Block 5.", False, False)] == shown(five)


def test_a_place_meant_as_such():
    """Of a long section the beginning is shown, for its end says nothing about it."""
    source = comment("# Head\n\n" + "\n\n".join(f"Block {n}." for n in range(1, 8)))

    [excerpt] = cut_excerpts(source, Span(0, len(source.document.text)), whole=True)

    assert ("Head\nBlock 1.\nBlock 2.", False, True) == shown([excerpt])[0]


def test_blocks_inside_and_outside_of_comments():
    """Blocks of different depths stand side by side in an excerpt, none in another."""
    source = comment("Body.\n\n# C {.thread}\n\n## {#c1}\n\nOne.\n\n> two\n\n## {#c2}\n\nThree.\n")

    [excerpt] = cut_excerpts(source, span_of(source, "C\nOne.\ntwo\nThree"))

    assert [(0, "h1"), (0, "p"), (0, "blockquote"), (1, "p"), (0, "p")] == tags(excerpt)


LISTED = "\n".join(f"{n}. Entry {n} has some words, about as many as a line." for n in range(1, 60))
WORDS = " ".join(f"word{n}" for n in range(2000))
TABLE = "| a | b |\n|---|---|\n" + "\n".join(f"| row {n} | {'x' * 40} |" for n in range(100))
CODE = "\n".join(f"line{n} = {n}" for n in range(300))


@pytest.mark.parametrize(
    ("text", "words", "expected", "elements"),
    [
        (
            LISTED,
            "Entry 30",
            "Entry 30 has some words, about as many as a line.",
            [(0, "ol"), (1, "li"), (2, "p")],
        ),
        (
            f"> {LISTED.replace(chr(10), chr(10) + '> ')}",
            "Entry 30",
            "Entry 30 has some words, about as many as a line.",
            [(0, "blockquote"), (1, "ol"), (2, "li"), (3, "p")],
        ),
        (
            TABLE,
            "row 50",
            f"row 50\n{'x' * 40}",
            [(0, "table"), (1, "tbody"), (2, "tr"), (3, "td"), (3, "td")],
        ),
        (
            f"~~~\n{CODE}\n~~~",
            "line200 =",
            "\n".join(f"line{n} = {n}" for n in range(198, 203)),
            [(0, "pre")],
        ),
    ],
)
def test_of_a_long_block_a_part_is_shown(text, words, expected, elements):
    """A long list, table, quotation or listing is cut to its entry, row or lines."""
    source = comment(text)

    [excerpt] = cut_excerpts(source, span_of(source, words))

    assert (expected, True, True) == shown([excerpt])[0]
    assert elements == tags(excerpt)


def test_of_a_long_paragraph_the_words_around_are_shown():
    """They begin and end between words, and an emphasis inside changes nothing."""
    source = comment(WORDS.replace("word1000", "*word1000*"))

    [excerpt] = cut_excerpts(source, span_of(source, "word1000"))

    assert " word999 word1000 word1001 " in excerpt.text
    assert set(WORDS.split()) > set(excerpt.text.split())
    assert LONG > len(excerpt.text)
    assert [(0, "p"), (1, "em")] == tags(excerpt)


def test_a_numbered_list_that_lost_its_beginning():
    """The entries of a list keep their numbers, however the list began."""
    for first, number in (("1", "30"), ("7", "36")):
        source = comment(LISTED.replace("1.", f"{first}.", 1))
        [excerpt] = cut_excerpts(source, span_of(source, "Entry 30"))

        assert number == excerpt.elements[0].get("start")


@pytest.mark.parametrize("text", [WORDS * 20, LISTED * 20, TABLE * 20, f"~~~\n{CODE * 20}\n~~~"])
@pytest.mark.parametrize("whole", [True, False])
def test_an_excerpt_is_never_long(text, whole):
    """Whatever a passage covers, what is shown of it has an end."""
    source = comment(text)
    size = len(source.document.text)

    for span in (Span(0, size), Span(size // 2, size), Span(size // 3, size // 2)):
        excerpts = cut_excerpts(source, span, whole=whole)
        assert 1 <= len(excerpts) <= 2
        assert MOST_LETTERS >= sum(len(each.text) for each in excerpts)


def test_links_and_pictures_are_those_of_the_source():
    """What is linked in a source is linked in what is cut out of it, at its own words."""
    source = comment("[a](1) [b](2)\n\n- [c](3) ![d](4)\n- [e](5)\n\n[f](6)\n")

    [excerpt] = cut_excerpts(source, span_of(source, "c"))

    assert ["3", "4", "5"] == [link.url for link in excerpt.links]
    found = [excerpt.elements[reference.element] for reference in excerpt.references]
    assert ["a", "img", "a"] == [element.tag for element in found]
    assert ["3", "4", "5"] == [element.get("href") or element.get("src") for element in found]


def test_code_that_is_cut_knows_the_whole():
    """Colours depend on what comes before, so cut code carries all of it, while it is short."""
    code = f'"""\n{CODE}\n"""\n'
    [excerpt] = cut_excerpts(comment(code, read_code), Span(2000, 2010))
    assert ((0, code.strip()),) == excerpt.listings

    [whole] = cut_excerpts(comment("~~~python\nx = 1\n~~~\n"), Span(0, 1))
    assert () == whole.listings

    source = comment(f"~~~python\n{'x' * 70 + chr(10)}{code * 20}\n~~~\n")
    [excerpt] = cut_excerpts(source, Span(40_000, 40_010))
    assert ((), "") == (excerpt.listings, excerpt.elements[0].get("language"))
    assert LARGEST_BLOCK == LONGEST_LISTING


@pytest.mark.parametrize(
    ("label", "expected", "elements"),
    [
        ("p2", "two", [(0, "ul"), (1, "li"), (2, "p")]),
        ("p1-p3", "one\ntwo\nthree", [(0, "ul"), *[(1, "li"), (2, "p")] * 3]),
        ("p4", "", [(0, "p"), (1, "img")]),
        ("p5", "a\nb", [(0, "table"), (1, "thead"), (2, "tr"), (3, "th"), (3, "th")]),
        ("#head", "Head\nLast.", [(0, "h1"), (0, "p")]),
    ],
)
def test_a_passage_alone(label, expected, elements):
    """A passage that is shown in place is all of itself and nothing of what is around it."""
    source = comment(
        "- one\n- two\n- three\n\n![x](y.png)\n\n***\n\n| a | b |\n|---|---|\n\n# Head\n\nLast.\n"
    )
    first, _, last = label.partition("-")
    places = source.gazetteer.locators
    span = Span(places[first].span.start, places[last or first].span.end)

    excerpt = cut_passage(source, span)

    assert (expected, False, False) == shown([excerpt])[0]
    assert elements == tags(excerpt)


@given(sources(), st.data())
def test_excerpts_are_well_formed(written, data):
    """Of any text, an excerpt holds its passage's words, and elements that nest as before."""
    source = comment(written[0])
    text = source.document.text
    offset = st.integers(0, len(text))
    start, end = sorted((data.draw(offset), data.draw(offset)))
    span = Span(start, end)

    for excerpt in (*cut_excerpts(source, span), cut_passage(source, span)):
        size = len(excerpt.text)
        assert text[excerpt.start : excerpt.start + size] == excerpt.text
        around = []
        for element in excerpt.elements:
            assert 0 <= element.span.start <= element.span.end <= size
            while around and around[-1].depth >= element.depth:
                around.pop()
            assert element.depth == len(around)
            assert not around or around[-1].span.covers(element.span)
            assert not around or around[-1].tag not in VOIDS
            around.append(element)


@given(sources(), st.data())
def test_a_layout_finds_what_reading_all_would(written, data):
    """What a span meets, and all that is around it, is found by place as if one by one."""
    layout = lay_out(comment(written[0]).document.elements)
    last = max(layout.unit_ends, default=0)
    start, end = sorted((data.draw(st.integers(0, last)), data.draw(st.integers(0, last))))
    expected, units = set(), set()
    for index, element in enumerate(layout.elements):
        own, tag = element.span, element.tag
        inside = own == (start, end) or (own.start < end and start < own.end)
        if inside or (tag != "hr" and own.start == own.end and start <= own.start <= end):
            while index >= 0:
                expected.add(index)
                index = layout.parents[index]
    for number, unit in enumerate(layout.units):
        if expected.intersection(range(unit.low, unit.high)):
            units.add(number)

    assert sorted(expected) == elements_in(layout, Span(start, end))
    assert ends_of(sorted(units)) == ends_of(units_in(layout, Span(start, end)))
    spans = [element.span for element in layout.elements]
    around = [n for n, span in enumerate(spans) if span.start <= start < span.end]
    assert around == elements_around(layout, start)


def ends_of(found):
    return [found[0], found[-1]] if found else []


def test_a_picture_in_a_thread():
    """A picture has no words and still a place, wherever it stands."""
    source = comment("Body.\n\n# C {.thread}\n\n## {#c1}\n\n![x](y.png)\n\n- a\n- ![z](w.png)\n")

    for label, expected in (("c1.1", [(0, "p"), (1, "img")]), ("c1.3", [(0, "ul"), (1, "li")])):
        [excerpt] = cut_excerpts(source, source.gazetteer.locators[label].span, whole=True)
        assert expected == tags(excerpt)[:2]
    assert [] == list(units_in(lay_out(()), Span(0, 0)))


def test_an_empty_listing_at_the_edge_of_a_quotation():
    """What is around an empty block comes with it, even where it begins at the same place."""
    source = comment("> ~~~ python\n>\n> ~~~\n>\n> p a\n")

    assert [(0, "blockquote"), (1, "pre")] == tags(cut_passage(source, Span(0, 0)))
