"""Decoding: whatever a format makes of words, they are read as they are meant."""

import pytest

from generator.decoding import flatten, read_out, read_tag

PNG = b"\x89PNG\r\n\x1a\n\x00\x01\xff"


def said(path, content):
    read = read_out(path, content)
    texts = [*read.texts, *(text for tag in read.tags for text in read_tag(tag))]
    return " | ".join(" ".join(text.split()) for text in texts if text.strip())


@pytest.mark.parametrize(
    ("path", "content", "words"),
    [
        ("a.html", "<p>one <b>t</b>wo</p><p>three", "one two three"),
        ("a.html", "<p>one<a class=\"ref a1\" href='#'>7</a> two", "one two"),
        ("a.html", '<img alt="one two three &amp; four">', "one two three & four"),
        ("a.html", '<img alt="1 > 0, one two three">four', "1 > 0, one two three"),
        ("a.html", "<b title='x > 0' id=y>one</b> <i data-x='>'>two</i>", "one two"),
        ("a.html", 'one <b title="<p>">two</b>', "one two"),
        ("a.html", "<p class=it's>one</p><p>it's <b>two</b> three", "it's two three"),
        ("a.html", "<!-- it's so > --><p>one <b>two</b> three, isn't it", "one two three, isn't"),
        ("a.html", '<p title="one two three, four five>six <b>se</b>ven', "six seven"),
        ("a.html", '<a class="ref x" title="one > two" href="#y">7</a>three', "one > two"),
        ("a.html", "<!-- one <b>t</b>wo three four -->", "one two three four"),
        ("a.html", "<p>&#111;n&#x65; t&shy;wo", "one t\u00adwo"),
        ("a.html", '<a href="x?q=one%20two+three&amp;y=caf%C3%A9">', "one two+three&y=café"),
        ("a.html", '<a href="x?q=one%2520two">', "one two"),
        ("a.html", "<!-- one two three four five -->", "one two three four five"),
        ("a.json", '{"a": "one\\ntwo \\"th\\u0072ee\\""}', '"one two "three""'),
        ("a.js", 'x = "one\\u0020two"', 'x = "one two"'),
        ("a.csv", "one,two\nthree", "one,two three"),
        ("a.svg", "<svg><text>o<tspan>ne</tspan></text><desc>two</desc></svg>", "one two"),
        ("a.xml", "<t>one &lt;two&gt;</t>", "one <two>"),
        ("a.unknown", "one two", "one two"),
    ],
)
def test_words_are_read(path, content, words):
    """Entities, escapes, percent signs and tags stand for what they stand for."""
    assert words in said(path, content.encode())


def test_other_encodings_are_read():
    """A byte order mark tells of UTF-16; what is no text does no harm."""
    assert "one two" in said("a.svg", "\ufeff<svg>one two</svg>".encode("utf-16-le"))
    assert "one" in said("a.html", b"<p>\xff one")


def test_a_picture_is_read_as_far_as_it_can_be():
    """Words about it are in it as they are; its points are not words."""
    words = b"one two three four five six seven eight"

    assert words.decode() == said("a.png", PNG + words + PNG)
    assert "" == said("a.png", PNG * 100)


def test_blocks_have_lines_of_their_own():
    """So that words of two of them are told from words of one."""
    [text] = read_out("a.html", b'<p class="some long class">one\ntwo</p>\n<p>three</p>').texts

    assert ["one two", "three"] == [line.strip() for line in text.split("\n") if line.strip()]


@pytest.mark.parametrize(
    ("text", "flat"),
    [
        ("o**n**e _two_ `three`", "one two three"),
        ("[one two](x.md) three", "one two three"),
        ("[one](https://e.org/a_(b)?c) two", "one two"),
        ("&#111;ne &amp; two", "one & two"),
    ],
)
def test_markup_in_a_line_is_taken_out(text, flat):
    """Every sign that is left knows where it stood."""
    found, offsets = flatten(text)

    assert flat == found
    assert len(found) + 1 == len(offsets)
    assert all(text[at] in (sign, "&") for sign, at in zip(found, offsets, strict=False))
