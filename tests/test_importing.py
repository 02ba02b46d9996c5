"""Importing: what of a scraped page is kept, as what, what is cut and why, and where it goes."""

import os
from pathlib import Path

import pytest

from generator.importing import Imported, Verdict, draw_report, import_page, write_import
from generator.importing.escaping import escape_block
from generator.model import Source
from generator.readers.markdown import read_markdown
from generator.readers.sources import read_source
from generator.spans import TextFile

PAGES = Path(__file__).parent / "imports"
LINK = "a link announced that is not there, or the handle below it"


def take(content: str | bytes, name: str = "page.txt", id: str = "page") -> Imported:
    """Import a page that must be importable."""
    given = content.encode() if isinstance(content, str) else content
    outcome = import_page(given, name, id=id, rights="full")
    assert () == outcome.diagnostics
    assert outcome.value is not None
    return outcome.value


def text_of(imported: Imported) -> str:
    return dict(imported.files)[f"seeds/{imported.id}/text.md"]


def source_of(imported: Imported) -> Source:
    facts = dict(imported.files)[f"seeds/{imported.id}/source.toml"]
    outcome = read_source(TextFile("source.toml", facts), imported.id)
    assert () == outcome.diagnostics
    assert outcome.value is not None
    return outcome.value


def cut(imported: Imported) -> list[tuple[str, str]]:
    """Return the lines that were cut, with the reasons."""
    return [(v.text.strip(), v.reason) for v in imported.report.verdicts if v.reason]


def doubts(imported: Imported) -> list[tuple[str, str]]:
    return [(v.text.strip(), v.doubt) for v in imported.report.verdicts if v.doubt]


def codes(content: bytes, name: str = "page.txt", id: str = "", rights: str = "full") -> list[str]:
    outcome = import_page(content, name, id=id, rights=rights)
    assert outcome.value is None
    return [problem.code for problem in outcome.diagnostics]


# Front matter, as other generators have it


YAML = """\
---
title: "The quay: a report"
author: [A. Writer, B. Other]
date: 2016-03-20 10:00:00 +0100
lang: en_GB
url: https://example.org/quay
tags: [a, b]
meta:
  depth: 1
---

First words.

Second words.
"""
TOML = """\
+++
title = "The quay: a report"
authors = ["A. Writer", "B. Other"]
date = 2016-03-20
language = "en-GB"
link = "https://example.org/quay"
tags = ["a", "b"]
[meta]
depth = 1
+++
First words.

Second words.
"""


@pytest.mark.parametrize("content", [YAML, TOML, YAML.replace("\n", "\r\n"), f"\ufeff{YAML}"])
def test_front_matter_becomes_the_facts(content: str) -> None:
    """What it says that a source has room for is in source.toml, and none of it in the text."""
    imported = take(content, "report.md")
    source = source_of(imported)

    assert ("The quay: a report", ("A. Writer", "B. Other")) == (source.title, source.authors)
    assert ("2016-03-20", "en-GB") == (source.date, source.language)
    assert "https://example.org/quay" == source.url
    assert "First words.\n\nSecond words.\n" == text_of(imported)


@pytest.mark.parametrize("content", [YAML, TOML])
def test_what_front_matter_has_besides_is_told(content: str) -> None:
    """In one note, and every line of it is in the report as one that was cut."""
    report = take(content, "report.md").report

    told = "of the front matter `tags`, `meta` could not be put into source.toml"
    assert told in report.notes
    lines = content.splitlines()
    assert lines == [verdict.text for verdict in report.verdicts]
    mark = lines[0]
    end = lines.index(mark, 1)
    gone = [verdict for verdict in report.verdicts if "front matter" in verdict.reason]
    assert lines[: end + 1] == [verdict.text for verdict in gone]


@pytest.mark.parametrize(
    "content",
    [
        "---\n\nFirst words.\n\n---\n\nSecond words.\n",
        "---\ntitle: A quay\n\nFirst words.\n",
        "+++\nno toml\n+++\nFirst words.\n",
        "+++\n+++ more\nFirst words.\n",
    ],
)
def test_what_only_looks_like_front_matter_is_kept(content: str) -> None:
    """Rules, a block that is not closed and what is no TOML are words of the page."""
    imported = take(content, "report.md")

    assert [] == cut(imported)
    assert "First words." in text_of(imported)


@pytest.mark.parametrize(
    ("line", "fault"),
    [
        ("prose without a colon", "this is not valid YAML"),
        ("To:Y", "the space after `To:` is missing"),
        ("Said: [a", "this bracket is not closed, or a comma is missing"),
    ],
)
def test_front_matter_that_is_broken_is_kept_as_words(line: str, fault: str) -> None:
    """What may be a letter between two rules is cut by nobody, and the report says why."""
    imported = take(f"---\nFrom: X\n{line}\n---\n\nFirst words.\n", "report.md")

    assert [] == cut(imported)
    assert "From: X" in text_of(imported)
    assert line in text_of(imported)
    told = f"what looks like front matter is kept as words, for line 3 is none: {fault}"
    assert told in imported.report.notes


def test_what_does_not_fit_a_fact_is_told() -> None:
    """A date that is none and an address that is none are left out, and named."""
    content = "---\ndate: soon\nurl: here\nlang: '?'\ntitle: A quay\n---\nWords.\n"
    imported = take(content, "report.md")

    assert ("A quay", "", "", "") == (
        (source := source_of(imported)).title,
        source.date,
        source.url,
        source.language,
    )
    told = "of the front matter `date`, `url`, `lang` could not be put into source.toml"
    assert told in imported.report.notes


# A page in plain text, as a scraper saved it


def test_a_saved_page_becomes_the_text_that_a_reader_would_see() -> None:
    """Title, body and thread are told apart, furniture goes, and not a word is touched."""
    imported = take((PAGES / "hedge.txt").read_bytes(), "hedge.txt", id="hedge")
    assert (PAGES / "hedge.md").read_text() == text_of(imported)
    assert "Why the beekeepers will not share a hedge with the brass band" == imported.report.title
    assert (9, 5, 12) == (
        imported.report.paragraphs,
        imported.report.present,
        imported.report.announced,
    )


def test_the_words_of_a_saved_page_come_out_as_they_were() -> None:
    """Reading what was imported gives every word of the page but furniture, title and numbers."""
    content = (PAGES / "hedge.txt").read_text()
    document = read_markdown(TextFile("text.md", text_of(take(content))), "page").value
    gone = {1, 35, 38, 79, 81}
    numbers = {"1.", "2.", "3.", "4.", "5."}
    expected = []
    for number, line in enumerate(content.split("\n"), 1):
        words = [] if number in gone else line.split()
        is_start = line.startswith("  ") and not line.startswith("   ") and words[0] in numbers
        expected += words[1:] if is_start else words
    assert expected == document.text.split()


def test_comments_keep_their_paragraphs() -> None:
    """A comment of several paragraphs is one comment; indented words are no code."""
    document = read_markdown(TextFile("text.md", (PAGES / "hedge.md").read_text()), "hedge").value
    labels = [place.label for place in document.locators if place.label[0] == "c"]
    counts = {f"c{n}": sum(label.startswith(f"c{n}.") for label in labels) for n in range(1, 6)}
    assert {"c1": 1, "c2": 2, "c3": 3, "c4": 1, "c5": 9} == counts
    assert {"p", "h2", "thread", "comment"} == {element.tag for element in document.elements}
    assert 12 == document.announced


def test_the_report_accounts_for_a_saved_page() -> None:
    """The report begins with a summary and names every line that was cut, with the reason."""
    imported = take((PAGES / "hedge.txt").read_bytes(), "hedge.txt", id="hedge")
    assert (PAGES / "hedge.report").read_text() == draw_report(imported.report)
    assert [
        ("Source of this article is here:", LINK),
        ("On mastodon: @hedge_watch", LINK),
        ("Leave a Reply", "reply form"),
        (
            "This site uses Akismet to reduce spam. Learn how your comment data is processed.",
            "notice of the comment system",
        ),
    ] == cut(imported)


def test_facts_that_a_page_does_not_give_stay_empty() -> None:
    """Nothing is guessed: what a page does not say is an empty key, and the file is valid."""
    source = source_of(take((PAGES / "hedge.txt").read_bytes()))
    assert ("full", (), "", "", "", "") == (
        source.rights,
        source.authors,
        source.date,
        source.url,
        source.language,
        source.retrieved,
    )


# Escaping


@pytest.mark.parametrize(
    ("words", "markdown"),
    [
        ("A quay\n===", "A quay\n\\==="),
        ("A quay\n---", "A quay\n\\---"),
        ("A quay\n:-", "A quay\n\\:-"),
        ("*1\n***", "*1\n\\*\\*\\*"),
        ("+ and - and *", "\\+ and - and *"),
        ("1. a 2. b", "1\\. a 2. b"),
        ("#1 of ##2 # 3", "#1 of ##2 # 3"),
        ("# 3", "\\# 3"),
        ("> 5 > 4", "\\> 5 > 4"),
        ("a_b_c and _d_", "a_b_c and \\_d\\_"),
        ("5* and 2 * 3", "5* and 2 * 3"),
        ("`a` and a`s", "\\`a\\` and a\\`s"),
        ("rock'n`roll", "rock'n`roll"),
        ("~5 to ~10", "~5 to ~10"),
        ("[1] and [a](b)", "[1] and [a\\](b)"),
        ("[a]: b", "\\[a]: b"),
        ("[\n[a]: b", "\\[\n\\[a]: b"),
        ("a < b <c> & d; &amp;", "a < b \\<c> & d; \\&amp;"),
        ("C:\\dir \\* a\\", "C:\\dir \\\\* a\\\\"),
        ("{#a} and {b", "\\{#a} and {b"),
        ("a | b\n--|--", "a | b\n\\--|--"),
    ],
)
def test_only_what_would_be_markup_is_escaped(words: str, markdown: str) -> None:
    """A sign gets a backslash where it would mean something, and nowhere else."""
    assert (markdown, words) == (
        escape_block(words),
        read_markdown(TextFile("text.md", markdown), "page").value.text,
    )


# A page in HTML


def test_a_page_in_html_keeps_the_shape_of_its_words() -> None:
    """Headings, lists, quotations, code, line breaks, names, dates and replies are kept."""
    imported = take((PAGES / "fog.html").read_bytes(), "fog.html", id="fog")
    assert (PAGES / "fog.md").read_text() == text_of(imported)
    assert (PAGES / "fog.report").read_text() == draw_report(imported.report)
    assert () == read_markdown(TextFile("text.md", text_of(imported)), "fog").diagnostics


def test_the_facts_of_a_page_in_html_are_those_of_its_head() -> None:
    """What a page says about itself in its markup is taken as it is said."""
    source = source_of(take((PAGES / "fog.html").read_bytes(), "fog.html"))
    assert (
        "The fog over the bay",
        ("The pier correspondent",),
        "2016-03-20",
        "https://pier.example/2016/03/fog/",
        "en-GB",
    ) == (source.title, source.authors, source.date, source.url, source.language)


def test_facts_that_no_setting_may_hold_are_left_out() -> None:
    """A page's own claims are checked like any input, so that the source can be built."""
    page = (
        "<html lang='so called'><head><title>A \"quay\" \\ more</title>"
        "<link rel=canonical href='javascript:alert(1)'><meta name=date content='yesterday'>"
        "<meta name=author content='https://a.example/clerk'></head><body><p>Words.</p></body>"
    )
    source = source_of(take(page, "page.html"))
    assert ('A "quay" \\ more', "", "", (), "") == (
        source.title,
        source.language,
        source.url,
        source.authors,
        source.date,
    )


def test_a_list_below_a_line_that_announces_comments_is_a_thread() -> None:
    """Comments are found without the class names of a blog engine."""
    imported = take((PAGES / "bare.html").read_bytes(), "bare.html")
    assert (2, 7) == (imported.report.present, imported.report.announced)
    assert [("Leave a Reply", "reply form")] == cut(imported)
    assert (
        "Nobody has claimed the oars.\n\n## 7 Comments {.thread announced=7}\n\n"
        "### {#c1}\n\nThey are mine.\n\n### {#c2}\n\nThey are not.\n\nThey float.\n"
    ) == text_of(imported)


def test_a_list_further_below_is_no_thread() -> None:
    """Words between a line about comments and a list part the two."""
    page = "<body><h1>A quay</h1><p>Words.</p><h3>7 Comments</h3>were read out<ol><li>One.</ol>"
    assert 0 == take(page, "page.html").report.present


def test_the_article_is_where_the_words_are() -> None:
    """An element that is named like the article and holds little is not taken for it."""
    page = "<body><article>A teaser</article><div><h1>A quay</h1><p>It is wet. It is old.</div>"
    assert "A teaser\n\nIt is wet. It is old.\n" == text_of(take(page, "page.html"))


def test_code_keeps_its_spaces() -> None:
    """Code comes out as it stands: its indents, its empty lines, the spaces at its ends."""
    page = "<body><h1>A quay</h1><ul><li>One:<pre>  if fog:  \n\n\tring()\n</pre></ul>"
    document = read_markdown(TextFile("text.md", text_of(take(page, "page.html"))), "page").value
    assert "One:\n  if fog:  \n\n\tring()" == document.text


def test_html_is_known_by_its_beginning() -> None:
    """A page that was saved as `.txt` and begins like HTML is HTML; words about tags are not."""
    assert "Words.\n" == text_of(take("\n<!DOCTYPE html><title>A quay</title><p>Words."))
    assert "\\<p>Words.\n" == text_of(take("A quay\n\n<p>Words."))


def test_markup_below_the_comments_is_no_comment() -> None:
    """What stands in none of the comments is nobody's words, and is said to be cut."""
    page = (
        "<body><h1>A quay</h1><p>Words.</p><div class=comment><p>Mine.</p></div>"
        "<p>See also: a pier</p><div class=comment><p>Yours.</p></div>"
    )
    imported = take(page, "page.html")
    assert [("See also: a pier", "in none of the comments")] == cut(imported)
    assert "Words.\n\n## Comments {.thread}\n\n### {#c1}\n\nMine.\n\n### {#c2}\n\nYours.\n" == (
        text_of(imported)
    )
    assert (
        "the page has no line above its comments: the heading `Comments` is ours"
        == (imported.report.notes[-1])
    )


def test_pages_deeper_than_browsers_go_are_read() -> None:
    """Depth costs neither words nor the stack, and lists stay as deep as a source may be."""
    for tag in ("div", "b", "blockquote"):
        imported = take(f"<title>Deep</title><body>{f'<{tag}>' * 5000}<p>Words.", "page.html")
        document = read_markdown(TextFile("text.md", text_of(imported)), "page")
        assert ("Words.", ()) == (document.value.text, document.diagnostics)


# The title


@pytest.mark.parametrize(
    ("page", "title", "text"),
    [
        ("The quay\n\nIt is there.", "The quay", "It is there.\n"),
        ("It is there.\n\nIt is wet.", "page", "It is there.\n\nIt is wet.\n"),
        ("The quay\nand more\n\nIt is wet.", "page", "The quay\nand more\n\nIt is wet.\n"),
        ("The quay", "page", "The quay\n"),
        ("Skip to content\n\nThe quay\n\nWords.", "The quay", "Words.\n"),
        ("The quay\n\nThe Quay\n\nWords.", "The quay", "Words.\n"),
        ("The\u00a0quay \x07\n\nWords.", "The quay", "Words.\n"),
    ],
)
def test_a_first_line_that_stands_alone_is_the_title(page: str, title: str, text: str) -> None:
    """A title stands alone and does not end like a sentence; the file's name stands in for one."""
    imported = take(page)
    assert (title, text) == (source_of(imported).title, text_of(imported))


def test_a_line_that_announces_what_follows_is_kept() -> None:
    """A line above the first paragraph that ends in a colon may be its beginning."""
    assert "The full letter is here:\n\nIt is wet.\n" == text_of(
        take("A quay\n\nThe full letter is here:\n\nIt is wet.")
    )


def test_the_line_above_the_comments_tells_the_title() -> None:
    """The title that the thread's heading names is the title, wherever its line stands."""
    page = "The Gazette\n\nThe quay\n\nWords.\n\n2 thoughts on “The quay”\n\n  1. Mine.\n"
    imported = take(page)
    assert "The quay" == imported.report.title
    assert [("The Gazette", "stands above the title")] == doubts(imported)


def test_a_thread_alone_has_the_title_that_its_heading_names() -> None:
    """A page that is only a thread is imported, and its title is said to be no line."""
    imported = take("2 thoughts on “The quay”\n\n  1. Mine.\n\n  2. Yours.\n")
    assert ("The quay", 0, 2) == (
        imported.report.title,
        imported.report.paragraphs,
        imported.report.present,
    )
    assert (
        "the title is no line of its own: it is taken from the line above the comments",
    ) == imported.report.notes


# Threads


@pytest.mark.parametrize(
    ("heading", "announced"),
    [
        ("14 thoughts on “A quay”", 14),
        ("14 thoughts on “A quay", 14),
        ("One thought on “A quay”", 1),
        ("14 Responses to A quay", 14),
        ("1,204 Comments", 1204),
        ("Comments (14)", 14),
        ("Comments: 14", 14),
        ("14 replies", 14),
        ("Comments", -1),
        ("Reader comments", -1),
    ],
)
def test_a_thread_begins_at_the_line_that_announces_it(heading: str, announced: int) -> None:
    """What was announced is known from many wordings, and the words stay as the heading."""
    imported = take(f"A quay\n\nWords.\n\n{heading}\n\n  1. Mine.\n\n  2. Yours.\n")
    assert (2, announced) == (imported.report.present, imported.report.announced)
    assert f"\n## {heading} {{.thread" in text_of(imported)


@pytest.mark.parametrize(
    "body",
    [
        "14 comments on the quay were read out.\n\nThen it rained.",
        "Comments\n\nThen it rained.",
        "14 thoughts on rain\n\nThen it rained.",
        "There were 14 comments\n\n1. One of them.",
        "Then it rained.\n\n14 replies to the rain",
        "  1. First it rained.\n\n  2. Then it rained more.",
        "2 Comments\n\n12. Then it rained.",
    ],
)
def test_words_about_comments_are_no_thread(body: str) -> None:
    """Without a comment below it, a line that counts comments is a line of the body."""
    imported = take(f"A quay\n\nWords.\n\n{body}")
    assert (0, -1, []) == (imported.report.present, imported.report.announced, cut(imported))


def test_comments_may_be_announced_and_all_be_missing() -> None:
    """A page that announces comments and shows none is recorded so."""
    imported = take("A quay\n\nWords.\n\n14 thoughts on “A quay”\n\nLeave a Reply\n")
    assert (0, 14) == (imported.report.present, imported.report.announced)
    assert "Words.\n\n## 14 thoughts on “A quay” {.thread announced=14}\n" == text_of(imported)


def test_what_is_left_below_a_thread_without_comments_is_the_end_of_the_page() -> None:
    """It is cut as it would be without the thread's heading, and never set above that."""
    address = "Original article published here: https://e.org/"
    page = "14 thoughts on “A quay”\n\n{}\n\nLeave a Reply\n"
    for line, url in (("Original article published here:", ""), (address, "https://e.org/")):
        imported = take(page.format(line))
        assert "## 14 thoughts on “A quay” {.thread announced=14}\n" == text_of(imported)
        assert "A quay" == imported.report.title
        assert url == source_of(imported).url


def test_comments_that_begin_with_a_name_may_hold_numbers() -> None:
    """As the first comment begins, so do all: a numbered line in one is its words."""
    day = "\nMarch 3, 2016 at 7:05 pm\n"
    page = f"A quay\n\nWords.\n\n2 Comments\n\nAnn says:{day}1. It rains.\n\nBo says:{day}No."
    text = text_of(take(page))
    head = '### {{#c{} by="{}" date=2016-03-03}}\n\n{}\n'
    comments = [head.format(1, "Ann", "1\\. It rains."), head.format(2, "Bo", "No.")]
    assert "\n".join(["Words.\n", "## 2 Comments {.thread announced=2}\n", *comments]) == text


@pytest.mark.parametrize(
    ("thread", "ids"),
    [
        ("  1. a\n\n  2. b\n\n  7. c", ["c1", "c2", "c7"]),
        ("  9. a\n\n 10. b\n\n 11. c", ["c9", "c10", "c11"]),
        ("9) a\n10) b\n11) c", ["c9", "c10", "c11"]),
        ("13. a\n\n14. b\n\n15. c", ["c13", "c14", "c15"]),
        ("1. a\n\nLeave a Reply\n\n2. b", ["c1", "c2"]),
        ("1. a\n\n2016. A year.\n\n2. b", ["c1", "c2"]),
        ("  3.\n     a\n\n  4.\n\n     b", ["c3", "c4"]),
        ("  1. a\n\n    1. b\n\n  2. c", ["c1", "c2"]),
        ("\t1. a\n\n\t\tb\n\n\t2. c", ["c1", "c2"]),
        ("  1. a\n\n  1. b\n\n  1. c", ["c1", "c2", "c3"]),
    ],
)
def test_a_comment_begins_with_its_number(thread: str, ids: list[str]) -> None:
    """Printed numbers are ids, gaps and all; a number inside a comment is one of its words."""
    imported = take(f"A quay\n\nWords.\n\n14 Comments\n\n{thread}\n")
    document = read_markdown(TextFile("text.md", text_of(imported)), "page").value
    assert ids == [place.label for place in document.locators if place.kind == "comment"]


def test_numbers_that_repeat_are_no_ids() -> None:
    """Where printed numbers do not count on, comments are named by their places, and it is said."""
    imported = take("A quay\n\nWords.\n\n4 Comments\n\n  1. a\n\n  1. b\n")
    assert ("the comments' printed numbers do not count on: their ids are their places",) == (
        imported.report.notes
    )


def test_names_and_dates_above_comments_are_theirs() -> None:
    """A comment's head says who wrote it and when; the controls below it are furniture."""
    imported = take(
        "A quay\n\nWords.\n\n3 Comments\n\n"
        "  1. The clerk says:\n     March 3, 2016 at 7:05 pm\n\n     Mine.\n\n     Reply\n\n"
        '  2. A "wet" hat on 4 March 2016 said:\n\n     My mother says:\n\n     Yours.\n'
    )
    assert (
        '### {#c1 by="The clerk" date=2016-03-03}\n\nMine.\n\n'
        '### {#c2 by="A \\"wet\\" hat" date=2016-03-04}\n\nMy mother says:\n\nYours.\n'
    ) in text_of(imported)
    assert [("Reply", "empty link")] == cut(imported)
    kept_as = {v.text.strip(): v.kept_as for v in imported.report.verdicts}
    assert "name of comment c1" == kept_as["1. The clerk says:"]
    assert "date of comment c1" == kept_as["March 3, 2016 at 7:05 pm"]


def test_comments_without_numbers_begin_with_a_name_above_a_date() -> None:
    """A thread without numbers is parted at its heads, and replies are not inferred."""
    imported = take(
        "A quay\n\nWords.\n\n2 Comments\n\nThe clerk says:\nMarch 3, 2016 at 7:05 pm\n\nMine.\n\n"
        "A hat says:\n2016-03-04\n\nThe pilot says:\n\nYours.\n"
    )
    assert (
        '### {#c1 by="The clerk" date=2016-03-03}\n\nMine.\n\n'
        '### {#c2 by="A hat" date=2016-03-04}\n\nThe pilot says:\n\nYours.\n'
    ) in text_of(imported)


def test_words_that_only_look_like_a_name_stay() -> None:
    """Somebody's "my mother says:" is no name of a writer, unless all comments have one."""
    page = "A quay\n\nWords.\n\n3 Comments\n\n  1. My mother says:\n\n    Mine.\n\n  2. No.\n"
    assert "### {#c1}\n\nMy mother says:\n\nMine.\n" in text_of(take(page))


def test_lines_behind_a_thread_are_kept_in_doubt() -> None:
    """A line that is neither furniture nor set in like a comment is kept, and pointed out."""
    page = "A quay\n\nWords.\n\n3 Comments\n\n  1. Mine.\n\n    More.\n\nThe tide is out\n"
    imported = take(page)
    assert [("The tide is out", "is not set in like the comments; kept in the one above")] == (
        doubts(imported)
    )
    assert text_of(imported).endswith("\nMore.\n\nThe tide is out\n")


# Furniture


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("Skip to content", "navigation"),
        ("Menu", "navigation"),
        ("3 Comments", "navigation"),
        ("Share this:\nTwitter\nFacebook", "sharing buttons"),
        ("Click to share on Facebook (Opens in new window)", "sharing buttons"),
        ("Continue reading →", "empty link"),
    ],
)
def test_furniture_above_the_first_paragraph_is_cut(line: str, reason: str) -> None:
    """What a site puts around words is cut at their head, each line with its reason."""
    imported = take(f"A quay\n\n{line}\n\nIt is wet.\n\nIt is old.")
    assert [(part, reason) for part in line.split("\n")] == cut(imported)
    assert "It is wet.\n\nIt is old.\n" == text_of(imported)


@pytest.mark.parametrize(
    ("lines", "reasons"),
    [
        ("Share this:\n\nTwitter\n\nFacebook", ["sharing buttons"] * 3),
        ("Like this:\n\nLike Loading...", ["sharing buttons"] * 2),
        ("The full letter is here:", [LINK]),
        ("Source:\n\nFollow me on Twitter: @clerk", [LINK] * 2),
        ("Follow us:\n\nhttps://example.org/clerk", [LINK] * 2),
        ("Leave a Reply\n\nName *\n\nE-mail (required)\n\nPost Comment", ["reply form"] * 4),
        ("Comments are closed.", ["notice of the comment system"]),
        ("© 2016 The Gazette. All rights reserved.", ["notice of the site"]),
    ],
)
def test_furniture_below_the_last_paragraph_is_cut(lines: str, reasons: list[str]) -> None:
    """What a site puts around words is cut at their end, each line with its reason."""
    imported = take(f"A quay\n\nIt is wet.\n\n{lines}\n")
    assert list(zip(lines.split("\n\n"), reasons, strict=True)) == cut(imported)
    assert "It is wet.\n" == text_of(imported)


@pytest.mark.parametrize(
    "line",
    [
        "Share this:",
        "Read more",
        "Home",
        "The full letter is here:",
        "On twitter: @clerk",
        "https://example.org/clerk",
        "We were told to leave a reply",
        "Leave a reply, said the clerk, and\nleave a comment",
        "Name *",
        "Reply",
        "Skip to content" + "\nSkip to content" * 20,
    ],
)
def test_a_line_in_doubt_is_kept(line: str) -> None:
    """Between paragraphs of the body only what can be nothing else is furniture."""
    imported = take(f"A quay\n\nIt is wet.\n\n{line}\n\nIt is old.")
    assert [] == cut(imported)


def test_a_comment_may_say_what_furniture_says() -> None:
    """Words that are set in as a comment's are its words, and its first words always are."""
    comments = "  1.\n\n    Reply\n\n  2. One:\n\n    Leave a Reply\n\n    Two.\n"
    assert [] == cut(take(f"A quay\n\nWords.\n\n3 Comments\n\n{comments}"))


def test_furniture_below_comments_that_are_not_set_in_is_cut() -> None:
    """Where nothing is set in, the form below the comments is known by its phrases."""
    page = "A quay\n\nWords.\n\n3 Comments\n\n1. One.\n\nTwo.\n\nLeave a Reply\n\nName *\n"
    imported = take(page)
    assert [("Leave a Reply", "reply form"), ("Name *", "reply form")] == cut(imported)
    assert text_of(imported).endswith("### {#c1}\n\nOne.\n\nTwo.\n")


@pytest.mark.parametrize(
    "lines",
    [
        "Original article published here: https://example.org/a?b=1.",
        "Originally published at:\n\nhttps://example.org/a?b=1",
    ],
)
def test_the_address_of_the_original_is_a_fact(lines: str) -> None:
    """A link to the original that is there becomes the source's address."""
    imported = take(f"A quay\n\nIt is wet.\n\n{lines}\n")
    assert ("https://example.org/a?b=1", []) == (source_of(imported).url, cut(imported))
    assert "It is wet.\n" == text_of(imported)


# Bad input


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (b"", ["text-empty"]),
        (b" \n\t\r\n", ["text-empty"]),
        (b"* * *\n", ["text-empty"]),
        (b"A quay\n\nLeave a Reply\n", ["text-empty"]),
        (b"A quay\n\nW\0rds.", ["text-not-utf8"]),
        (b"A quay\n\nW\xf6rds.", ["text-not-utf8"]),
        ("A quay\n\nWords.".encode("utf-16"), ["text-not-utf8"]),
        (b"\x89PNG\r\n\x1a\n\x00\x00", ["text-not-utf8"]),
    ],
)
def test_what_is_no_text_is_refused(content: bytes, expected: list[str]) -> None:
    """Bytes that are no UTF-8 text, and pages without words, are one clear error."""
    assert expected == codes(content)


def test_html_without_words_is_refused() -> None:
    """A page that shows nothing but furniture, or nothing, is one clear error."""
    for body in ("", "<script>words()</script>", "<nav>Home</nav>", "<p hidden>Words", "<p>—</p>"):
        assert ["text-empty"] == codes(f"<html><body>{body}".encode(), "page.html")


def test_all_that_is_wrong_is_said_at_once() -> None:
    """A wrong id, wrong rights and a wrong text are reported in one run."""
    found = codes(b"\xff\xff", id="P3 ", rights="free")
    assert ["text-not-utf8", "value-invalid", "id-invalid"] == found


@pytest.mark.parametrize(
    ("title", "name", "id"),
    [
        ("What the Quai d'Été is for", "page.txt", "what-the-quai-d-ete-is-for"),
        ("日本語", "My page.txt", "my-page"),
        ("p3", "page.txt", "the-p3"),
        ("../../etc", "page.txt", "etc"),
        ("日本語", "../..\\C:\\odd name.txt", "odd-name"),
    ],
)
def test_an_id_is_proposed(title: str, name: str, id: str) -> None:
    """Without an id one is made of the title, or else of the file's name, and it is a slug."""
    assert id == take(f"{title}\n\nWords.", name, id="").id


def test_a_page_without_a_name_needs_an_id() -> None:
    """Where neither title nor file have letters for an id, one is asked for."""
    assert ["id-invalid"] == codes("日本語\n\nWords.".encode(), "日.txt")


@pytest.mark.parametrize("name", ["", ".", "..", "\udcff\x1b[2J\n.txt", "a" * 5000, "con.html"])
def test_odd_file_names_do_no_harm(name: str) -> None:
    """Whatever a file is called, its page is imported, and its facts are valid."""
    assert "full" == source_of(take("It is wet. It is old.", name)).rights


@pytest.mark.parametrize("rights", ["quote", "excerpt", "link", "full"])
def test_rights_are_written_as_asked(rights: str) -> None:
    """`--rights` goes into the facts; git ignores a text that may not be published whole."""
    imported = import_page(b"A quay\n\nWords.", "page.txt", id="page", rights=rights).value
    assert imported is not None
    files = dict(imported.files)
    assert f'rights    = "{rights}"' in files["seeds/page/source.toml"]
    assert (rights != "full") == ("seeds/page/.gitignore" in files)


def test_a_gitignore_that_is_there_is_left(tmp_path: Path) -> None:
    """What somebody wants git to ignore is not overwritten, and does not stop an import."""
    folder = tmp_path / "seeds/page"
    folder.mkdir(parents=True)
    (folder / ".gitignore").write_text("*\n")
    imported = import_page(b"A quay\n\nWords.", "page.txt", id="page", rights="quote").value
    assert imported is not None

    assert () == write_import(tmp_path, imported).diagnostics
    assert "*\n" == (folder / ".gitignore").read_text()
    assert (folder / "text.md").is_file()


# The report


def test_the_report_cannot_steer_a_terminal() -> None:
    """Control characters of a page are spelled out, and long lines are cut short."""
    page = f"A quay \x1b[2J\n\nWords.\n\n© 2016 \x1b]0;x\x07 {'hat ' * 20}\x9b31m!\n"
    imported = take(page)
    assert 1 == len(cut(imported))
    drawn = draw_report(imported.report)
    assert [] == [char for char in drawn if ord(char) in (7, 0x1B, 0x9B)]
    assert "title: A quay \\u001b[2J\n" in drawn


def test_verdicts_have_the_lines_as_they_stood() -> None:
    """A line is in the report with its number and its text, and blank lines are counted too."""
    assert (
        Verdict(1, "A quay", "title"),
        Verdict(2, "", "blank"),
        Verdict(3, "  It is wet. ", "body"),
        Verdict(4, "Leave a Reply", "body"),
        Verdict(5, "", "blank"),
        Verdict(6, "Leave a Reply", "", "reply form"),
    ) == take("A quay\r\n\r\n  It is wet. \r\nLeave a Reply\r\n\r\nLeave a Reply").report.verdicts


# Writing


def test_a_source_is_written_where_there_was_none(tmp_path: Path) -> None:
    """Both files appear in the source's folder, as they are, and nothing else does."""
    imported = take("A quay\n\nWords.")
    outcome = write_import(tmp_path, imported)
    assert (("seeds/page/source.toml", "seeds/page/text.md"), ()) == (
        outcome.value,
        outcome.diagnostics,
    )
    assert ["seeds", "seeds/page", "seeds/page/source.toml", "seeds/page/text.md"] == tree(tmp_path)
    assert b"Words.\n" == (tmp_path / "seeds/page/text.md").read_bytes()


def tree(root: Path) -> list[str]:
    return sorted(path.relative_to(root).as_posix() for path in root.rglob("*"))


def test_pictures_may_be_there_before(tmp_path: Path) -> None:
    """A folder that holds no source yet takes one in beside what it holds."""
    (tmp_path / "seeds/page").mkdir(parents=True)
    (tmp_path / "seeds/page/plan.svg").write_text("<svg/>")
    assert () == write_import(tmp_path, take("A quay\n\nWords.")).diagnostics
    assert ["plan.svg", "source.toml", "text.md"] == sorted(os.listdir(tmp_path / "seeds/page"))


@pytest.mark.parametrize("held", ["source.toml", "text.md", "text.html"])
def test_nothing_is_overwritten(tmp_path: Path, held: str) -> None:
    """A source that is there stays as it is, and no other file appears beside it."""
    (tmp_path / "seeds/page").mkdir(parents=True)
    (tmp_path / "seeds/page" / held).write_text("mine")
    outcome = write_import(tmp_path, take("A quay\n\nWords."))
    assert ["source-exists"] == [problem.code for problem in outcome.diagnostics]
    assert () == outcome.value
    assert ["seeds", "seeds/page", f"seeds/page/{held}"] == tree(tmp_path)
    assert "mine" == (tmp_path / "seeds/page" / held).read_text()


@pytest.mark.parametrize("linked", ["seeds", "seeds/page", "seeds/page/text.md"])
def test_no_link_is_followed(tmp_path: Path, linked: str) -> None:
    """Nothing is written where a link leads, also where it leads to nothing."""
    root, elsewhere = tmp_path / "root", tmp_path / "elsewhere"
    elsewhere.mkdir()
    (root / linked).parent.mkdir(parents=True)
    (root / linked).symlink_to(elsewhere if linked != "seeds/page/text.md" else elsewhere / "no")
    outcome = write_import(root, take("A quay\n\nWords."))
    expected = "source-exists" if linked.endswith("text.md") else "path-unsafe"
    assert [expected] == [problem.code for problem in outcome.diagnostics]
    assert [] == os.listdir(elsewhere)


def test_a_file_in_the_way_is_refused(tmp_path: Path) -> None:
    """An ordinary file where the folder belongs is a problem with a place, not a crash."""
    (tmp_path / "seeds").mkdir()
    (tmp_path / "seeds/page").write_text("mine")
    outcome = write_import(tmp_path, take("A quay\n\nWords."))
    assert [("path-unsafe", "seeds/page")] == [(p.code, p.path) for p in outcome.diagnostics]
