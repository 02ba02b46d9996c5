"""Prose: the words of ours, with links in their exact places and comments left out."""

from time import process_time

import pytest

from generator.model import Prose
from generator.prose import LINK_KINDS, read_prose
from generator.spans import Span, TextFile
from tests.drawing_notes import draw_links, draw_prose


def read(text: str) -> Prose:
    outcome = read_prose(TextFile("page.md", text), Span(0, len(text)))
    assert () == outcome.diagnostics
    return outcome.value


def links(text: str) -> list[str]:
    return [line.strip() for line in draw_links(TextFile("page.md", text), read(text))]


def codes(text: str) -> list[tuple[str, str]]:
    found = read_prose(TextFile("page.md", text), Span(0, len(text))).diagnostics
    return [(each.code, text[slice(*each.span)] if each.span else "") for each in found]


def test_a_stretch_of_a_file_keeps_the_places_of_the_file() -> None:
    """Places count in the whole file, whichever stretch of it is read."""
    file = TextFile("page.md", "---\ntitle: x\n---\n\nSee\n[[one]].\n\nNot [[two]].\n")
    outcome = read_prose(file, Span(17, 31))
    (link,) = outcome.value.references
    assert ((6, 1), "[[one]]") == (
        file.line_column(link.place.start),
        file.text[slice(*link.place)],
    )


@pytest.mark.parametrize(
    ("text", "href", "kind", "words"),
    [
        ("[[id]]", "id", "", ""),
        ("[[ id ]]", "id", "", ""),
        ("[[id|]]", "id", "", ""),
        ("[[id|words of *mine*]]", "id", "", "words of mine"),
        ("[[id|words\nin two lines]]", "id", "", "words in two lines"),
        ("[[id|words [sic] here]]", "id", "", "words [sic] here"),
        ("[[id\\|words]]", "id", "", "words"),
        ("[[source#p3]]", "source#p3", "", ""),
        ("[[#the-fee]]", "#the-fee", "", ""),
        ("[[answers: id]]", "id", "answers", ""),
        ("[[1]](a.md)", "a.md", "", "[1]"),
        ("[words](<a b.md>)", "a b.md", "", "words"),
        ("[words](a%20b.md)", "a%20b.md", "", "words"),
        ("[words](java&#115;cript:x)", "javascript:x", "", "words"),
        ("[words](a.md 'supports')", "a.md", "supports", "words"),
        ("[words](http://a.b 'supports')", "http://a.b", "", "words"),
        ("<http://a.b/?c&d>", "http://a.b/?c&d", "", "http://a.b/?c&d"),
        ("<a@b.c>", "mailto:a@b.c", "", "a@b.c"),
        ("![alt *text*](a.svg)", "a.svg", "", "alt *text*"),
        ("![[source#p3]]", "source#p3", "", ""),
        ("![[source#p3|some words]]", "source#p3", "", "some words"),
    ],
)
def test_each_form_of_link(text: str, href: str, kind: str, words: str) -> None:
    """Each form says where it leads, how it relates and in which words, from end to end."""
    (link,) = read(f"So {text} it is.").references
    assert (href, kind, words) == (link.href, link.kind, link.words)
    assert Span(3, 3 + len(text)) == link.place


@pytest.mark.parametrize("kind", LINK_KINDS)
def test_every_kind(kind: str) -> None:
    """All words that may type a link do, in a wiki link and in a title."""
    found = read(f'[[{kind}:a]] [b](c.md "{kind}")').references
    assert [kind, kind] == [link.kind for link in found]


@pytest.mark.parametrize(
    "text",
    [
        "`[[a]]`",
        "    [[a]]",
        "```\n[[a]]\n```",
        "\\[[a]]",
        "[[ ]]",
        "[[]]",
        "[[|a]]",
        "![[ ]]",
        "[a]",
        "<b>",
        "http://a.b",
        "<!-- [[a]] -->",
    ],
)
def test_what_is_no_link(text: str) -> None:
    """In code, in comments and in halves of links nothing is a link."""
    assert () == read(text).references


def test_links_do_not_nest() -> None:
    """Of a link within a link only the inner one is one; a page has no links within links."""
    assert ["a"] == [link.href for link in read("[x [[a]] y](b.md)").references]
    words = "[[b|x [[a]] y]]"
    outer = read_prose(TextFile("page.md", words), Span(0, len(words)))
    assert ["a"] == [link.href for link in outer.value.references]
    assert ["link-dead"] == [problem.code for problem in outer.diagnostics]
    assert ["b.md"] == [link.href for link in read("[x <http://a.b> y](b.md)").references]
    assert ["b"] == [link.href for link in read("[[b|x <http://a.b> y]]").references]
    assert ["b.md"] == [link.href for link in read("[x ![[a]] y](b.md)").references]


def test_a_picture_may_be_a_link() -> None:
    """A picture within a link is a picture, and the link is one too."""
    assert [("link", "b.md"), ("picture", "a.png")] == [
        (link.form, link.href) for link in read("[![x](a.png)](b.md)").references
    ]


def test_places_of_equal_links() -> None:
    """Of several equal links each has its own place, also beside code that looks like one."""
    text = "`[[a]]` [[a]] and [[a]]\n\n> - [[a]]\n>   [[a]]\n\n## [[a]] ##\n"
    places = [text[slice(*link.place)] for link in read(text).references]
    assert ["[[a]]"] * 5 == places
    assert [8, 18, 29, 39, 49] == [link.place.start for link in read(text).references]


def test_a_link_over_two_lines_of_a_quotation() -> None:
    """A link's place runs from its first sign to its last, over the marker between them."""
    text = "> see [[a|two\n> words]] here"
    assert "[[a|two\n> words]]" == text[slice(*read(text).references[0].place)]


def test_cells_of_one_row() -> None:
    """Links in cells are found in their own cells, with the bar escaped as in the file."""
    text = "| [[a\\|b]] | [[a\\|b]] |\n|---|---|\n| `[[a]]` | [[a]] |\n"
    found = read(text).references
    assert ["[[a\\|b]]", "[[a\\|b]]", "[[a]]"] == [text[slice(*link.place)] for link in found]
    assert [2, 13, text.rindex("[[a]]")] == [link.place.start for link in found]


def test_sentences() -> None:
    """A link is given with the sentence around it, at most with its block."""
    text = "One. A [[a]] of 3.5 m, e.g. this! [[b]]?\n\n- item [[c]]\n\nLast [[d]] by A. Writer"
    assert ["A a of 3.5 m, e.g. this!", "b?", "item c", "Last d by A. Writer"] == [
        read(text).text[slice(*link.sentence)] for link in read(text).references
    ]


@pytest.mark.parametrize(
    ("text", "drawn"),
    [
        ("a <!-- b --> c", "<p>a c</p>"),
        ("a<!-- b -->c", "<p>ac</p>"),
        ("<!-- b --> c", "<p>c</p>"),
        ("a <!-- b -->", "<p>a</p>"),
        ("a <!-- b\nb --> c", "<p>a c</p>"),
        ("a <!--> b", "<p>a b</p>"),
        ("<!-- a\n\n- b\n\nb -->\nc", "<p>c</p>"),
        ("<!-- a\n\nb --> c\nd", "<p>c↵d</p>"),
        ("a\n<!-- b -->\nc", "<p>a</p>↵<p>c</p>"),
        ("> <!-- a\n> b -->\n> c", "<blockquote><p>c</p></blockquote>"),
        ("- <!-- a\n\n  b -->\n  c", "<ul class=tight><li><p>c</p></li></ul>"),
        ("a <!-- b", "<p>a <!-- b</p>"),
        ("`<!-- a -->`", "<p><code><!-- a --></code></p>"),
        ("    <!-- a -->", "<pre><!-- a --></pre>"),
        ("```\n<!-- a -->\n```", "<pre><!-- a --></pre>"),
        ("\\<!-- a -->", "<p><!-- a --></p>"),
        ("<b>a</b> <script>", "<p><b>a</b> <script></p>"),
    ],
)
def test_comments_and_raw_html(text: str, drawn: str) -> None:
    """Comments are left out, not in code; all other HTML is text."""
    assert drawn == draw_prose(read(text))


def test_transclusions_stand_alone_or_among_words() -> None:
    """A paragraph that only shows passages gives way to them; among words they stay inline."""
    assert "<p>a <transclusion href=b/></p>" == draw_prose(read("a ![[b]]"))
    assert "<transclusion href=a/><transclusion href=b/>" == draw_prose(read("![[a]]\n![[b]]"))
    assert "<p>a</p><transclusion href=b/>" == draw_prose(read("a\n\n![[b]]"))


def test_problems_underline_their_words() -> None:
    """Every problem of prose has its code and its place."""
    assert [("link-kind-unknown", "[[refers:a]]")] == codes("x [[refers:a]]")
    assert [("bidi-control", "\u202e"), ("bidi-control", "\u2069")] == codes("a\u202eb\u2069")
    assert [] == codes("a\u200e\u200f\u200c")
    assert [("comment-unclosed", "<!-- a")] == codes("x\n\n<!-- a\n\nb\n")
    deep = ">" * 103 + " deep"
    assert [("text-too-deep", deep)] == codes(f"a\n\n{deep}\n")


def test_an_address_in_wiki_brackets_is_explained() -> None:
    """Whoever writes an address as a wiki link is told how to write it."""
    text = "[[https://a.b/c|words]]"
    (problem,) = read_prose(TextFile("page.md", text), Span(0, len(text))).diagnostics
    assert "an address is an ordinary link: [words](https://a.b/c)" == problem.help


@pytest.mark.parametrize("piece", ["[[a|", "[[", "![[a|", "[[a|b](", "x <!-- ", "[[a]] ", "[a] "])
def test_hostile_repetition_is_quick(piece: str) -> None:
    """The time to read grows with the length, not with its square."""
    started = process_time()
    text = piece * 5000
    assert "" != read_prose(TextFile("page.md", text), Span(0, len(text))).value.text
    assert process_time() - started < 4


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("See [[letter#p1] more.", "[[letter#p1"),
        ("See [[letter#p1 more.", "[[letter#p1"),
        ("See [[letter|the letter] more.", "[[letter"),
        ("[[a\nb]]", "[[a"),
        ("A ![[letter#p3]", "[[letter#p3"),
        ("[[a]] and [[b]\nand [[c]]", "[[b"),
        ("| a | b |\n|---|---|\n| c | [[d] |", "[[d"),
        ("[[answers:id] so", "[[answers:id"),
    ],
)
def test_a_wiki_link_that_is_not_closed_is_told(text: str, words: str) -> None:
    """Its words stay as they are, and it is no less dead than one that leads to nothing."""
    assert [("link-dead", words)] == codes(text)


@pytest.mark.parametrize(
    "text",
    [
        "`[[a`",
        "\\[[a",
        "\\[\\[a",
        "[[ -f x ]]",
        "[[1](http://a.example)]",
        "[[1][2]]\n\n[1]: b.md",
        "[[1] [2]](c.md)",
        "[[x]: y]",
        "[[a]](b.md)",
        "<!-- [[a -->",
        "    [[a",
    ],
)
def test_brackets_that_are_meant_as_such(text: str) -> None:
    """Code, what is escaped, a test of a shell, a link in brackets."""
    assert [] == codes(text)
