"""Pages: what of a site is shown where, page type by page type."""

import re

import pytest
from selectolax.lexbor import LexborHTMLParser

from generator.model import Element
from generator.render.reading import Part
from generator.spans import Span
from tests.crawling import find_faults, read_page
from tests.sites import BASE, Site

NOTES = "content/annotations/letter.md"
HEAD = "---\nsource: letter\nby: editor\n---\n"

TEXT = """\
# The fee

The council finds it was decided too soon.[^1] And [a *link* here](https://example.org/x) too.

The sea obeys none of us.[^1]

| a | b |
|---|---|
| one | two |
| three |  |

- item one
- item two

  more of two

```python
def f():
    '''doc
    more doc'''
    return 1
```

![alt words](plan.png)

> quoted words
>
> second

## Comments {.thread announced=4}

### {#c1 by="A reader" date=2016-03-20}

First comment.

![in a comment](https://example.org/y.png)

### {#c2 re=c1}

Answer [![linked](https://example.org/z.png)](https://example.org).

[^1]: The foot [note](#p1).
[^2]: Never mentioned.
"""

EVERYTHING = f"""\
{HEAD}
## Several {{#several}}

> too soon

> Second other
> — other, p2

> — #the-fee

> — c1

> — f1

> — p1-p3

> three

> — p3

> obeys none … two

> — p8

Words.

## Whole {{#whole}}

> — letter

## Reply {{#rep re=several}}

Inline ![[letter#p1]] and

![[letter#p3]]

- ![[letter#p4]]
- a ![[letter#p6]] b

![[letter#the-fee]]

![[letter#c1]]

![[letter#f1]] ![[letter#p8]]

| a |
|---|
| ![[letter#p7]] |

### head ![[letter#p1]]

**![[letter#p2]]** [![[letter#p2]]](../pages/about.md) ![[letter#nowhere]]

## Reply to the reply {{#reprep re=rep}}

[up](letter.md#rep)

## Another to the reply {{#again re=rep}}

x

## Reply elsewhere {{#repown re=several}}

> Second other
> — other

## Reply to that {{#reprepown re=repown}}

x

## Lost {{#lost}}

> not there at all

[[rep]] [[letter#p1]]

## Lost place {{#lost-place}}

> — p99

## Reply to the lost {{#lostrep re=lost}}

x

## Ghost {{#ghost}}

> words
> — ghost

[[rep]]

## Reply to the ghost {{#ghostrep re=ghost}}

x

## Half a ghost {{#half}}

> words
> — ghost

> Second other
> — other

## Circle {{#ca re=cb}}

x

## Circle {{#cb re=ca}}

x

## Gist with *em*, `code` & <b> [[several]] {{#marked}}

> — #comments

## {{#bare .highlighting}}

> sea **obeys** none
> of us

## Links {{#links}}

> — p2

[[bare]] [[letter]] [[other#p2]] [x](../pages/about.md#some-heading) [[ghost]] [[whole]] [y](#p1)

## A draft {{#draft draft=true}}

> Answer
"""

PAGE = """\
---
title: About
---

## Some heading

Words ![[letter#p3]]

[a](#some-heading) [b](../annotations/letter.md#rep) [[ghost]] [[whole]] [[lost]] [[reprep]]

![[letter#p6]]
"""


@pytest.fixture
def site(tmp_path):
    """A small site with one source and one note."""
    return Site(tmp_path / "root")


@pytest.fixture
def everything(tmp_path):
    """A site in which everything is linked, answered, shown, lost or wrong."""
    site = Site(tmp_path / "root")
    site.write("seeds/letter/text.md", TEXT).write("seeds/letter/plan.png", "x")
    site.write("seeds/other/source.toml", 'title = "O <b>"\nrights = "full"\nlanguage = "ar"\n')
    site.write("seeds/other/text.txt", "First other.\n\nSecond other words.\n")
    site.write("content/pages/about.md", PAGE)
    return site.write(NOTES, EVERYTHING)


def switch_off(site):
    return site.edit("site.toml", '"Site"\n', '"Site"\nnote_pages = false\n')


def text_of(page, css):
    found = LexborHTMLParser(page).css(css)
    return [" ".join(node.text(deep=True).split()) for node in found]


def shown_notes(built):
    pages = "".join(built.page(url) for url in built.files if url.endswith(".html"))
    return set(re.findall(r'id="n-([a-z0-9-]+)"', pages))


@pytest.mark.parametrize("drafts", [False, True])
def test_every_link_leads_somewhere_and_every_page_holds_together(everything, drafts):
    """Whatever is wrong in the input, no page has a dead link, a double id or a bad nesting."""
    assert [] == find_faults(everything.build(drafts=drafts).files)


def test_without_pages_of_their_own_notes_are_in_the_margin(everything):
    """With `note_pages` off every note is shown in full somewhere, and links lead there."""
    built = switch_off(everything).build()

    assert [] == find_faults(built.files)
    assert {note["id"] for note in built.data["notes"]} == shown_notes(built)
    assert [] == [url for url in built.files if url.startswith("notes/") and "index" not in url]


def test_every_note_has_its_page(everything):
    """Each note that is published has a page of its own, also when it has lost its place."""
    built = everything.build()

    pages = {url for url in built.files if url.startswith("notes/")} - {"notes/index.html"}
    assert {f"notes/{note['id']}.html" for note in built.data["notes"]} == pages
    assert "notes/draft.html" not in pages


def test_numbers_are_in_the_order_of_the_text(site):
    """Notes on the whole come first; then a number after the last word of each passage."""
    site.write(NOTES, HEAD + "\n## Sea {#sea}\n\n> sea\n\n## All {#all}\n\n> — letter\n")
    site.note("Both {#both}", "soon").note("Head {#head}", "— #the-fee")
    site.edit(NOTES, "> soon\n", "> soon\n\n> us.\n")
    page = site.build().page("sources/letter.html")

    ids = re.findall(r'class="ref [^"]*" id="([^"]*)"[^>]*>(\d)<', page)
    assert [("r-head", "2"), ("r-both", "3"), ("r-sea", "4"), ("r-both.2", "3")] == ids
    assert [
        "The fee2",
        "The council finds it was decided too soon3.",
        "The sea4 obeys none of us.3",
    ] == (text_of(page, "article .words :is(h2, p)"))
    assert ["1 TE The editor comment", "2 TE The editor comment"] == text_of(page, ".note-head")[:2]
    assert 'aria-label="Note 2: Head"' in page


def test_a_number_stands_where_numbers_may(site):
    """After a link and not in it, after an emphasis, in a cell and never between cells."""
    site.write(
        "seeds/letter/text.md", "A [b *c*](https://x.example) **d** e.\n\n| f |  |\n|---|---|\n"
    )
    site.write(NOTES, HEAD)
    site.note("One {#one}", "c").note("Two {#two}", "d").note("Three {#three}", "— p2")
    page = LexborHTMLParser(site.build().page("sources/letter.html"))

    parents = {node.attributes["id"]: node.parent.tag for node in page.css("a.ref")}
    assert {"r-one": "p", "r-two": "p", "r-three": "th"} == parents


def test_a_note_beside_two_sources(everything):
    """A note with targets in two sources stands beside both, and each leads to the other."""
    built = everything.build()

    for url, other in (
        ("sources/letter.html", "O <b>, p2"),
        ("sources/other.html", "A letter, p1"),
    ):
        assert other in text_of(built.page(url), "#n-several > .to a")


def test_replies_stand_below_their_note(everything):
    """All replies without a place of their own stand in a row below the note, in their order."""
    page = LexborHTMLParser(everything.build().page("sources/letter.html"))

    below = [node.attributes["id"] for node in page.css("#n-several > aside")]
    assert ["n-rep", "n-reprep", "n-again"] == below
    assert [] == page.css("aside aside aside")
    # What a reply answers is said unless it stands right above.
    assert [] == text_of(page.html, "#n-rep > .to, #n-reprep > .to")
    assert ["In reply to Reply"] == text_of(page.html, "#n-again > .to")
    assert ["n-lostrep"] == [node.attributes["id"] for node in page.css("#n-lost > aside")]


def test_a_long_chain_of_replies_is_no_matter_of_depth(site):
    """Two thousand replies to replies are drawn below each other, not inside each other."""
    chain = "".join(f"\n## Reply {{#r{n} re=r{n - 1}}}\n\nx\n" for n in range(1, 2000))
    switch_off(site).write(NOTES, f"{HEAD}\n## First {{#r0}}\n\n> too soon\n{chain}")
    built = site.build()

    assert [] == built.codes
    assert 2000 == len(shown_notes(built))


def test_what_is_lost_is_listed_with_its_words(everything):
    """A note whose words or place are not found is shown with what was typed."""
    built = everything.build()

    lost = text_of(built.page("sources/letter.html"), ".lost-notes blockquote")
    assert ["not there at all", "— p99"] == lost
    assert ["words"] == text_of(built.page("notes/ghost.html"), "figure blockquote")
    rows = text_of(built.page("notes/index.html"), "section[aria-labelledby='in-'] tbody tr")
    assert 2 == len(rows)
    assert all(row.startswith("not foundwords") for row in rows)


def test_footnotes_lead_there_and_back(everything):
    """Each mention has its own id, the footnote leads to the first; one without has no way back."""
    built = everything.build()
    page = LexborHTMLParser(built.page("sources/letter.html"))

    marks = [node.attributes.get("id") for node in page.css(".words a.fn")]
    assert ["fr-1", "fr-1.2"] == marks
    backs = [(node.tag, node.attributes.get("href")) for node in page.css(".fn-back")]
    assert [("a", "#fr-1"), ("span", None)] == backs
    # Elsewhere the mark leads to the page that has the footnote.
    seen = read_page("notes/several.html", built.files["notes/several.html"])
    assert "../sources/letter.html#f1" in seen.links
    assert not [id for id in seen.ids if id.startswith("fr-")]


def test_a_note_shows_its_passages_in_context(everything):
    """A note's page shows where its words stand, marked, with pictures and links as they are."""
    built = everything.build()
    page = LexborHTMLParser(built.page("notes/several.html"))

    places = [" ".join(node.text().split()) for node in page.css("figcaption")]
    assert [
        "A letter, p1",
        "O <b>, p2",
        "A letter, The fee",
        "A letter, c1",
        "A letter, f1",
        "A letter, p1–p3",
        "A letter, p3",
        "A letter, p3",
        "A letter, p2–p3",
        "A letter, p8",
    ] == places
    marked = [node.text() for node in page.css("figure:first-of-type .passage")]
    assert ["too soon"] == marked
    pictures = [node.attributes["src"] for node in page.css("figure img")]
    assert ["../assets/sources/letter/plan.png"] == list(dict.fromkeys(pictures))


def test_code_that_is_cut_is_coloured_as_in_the_whole(site):
    """A line inside a docstring is a docstring's line wherever it is shown."""
    lines = "\n".join(f"for line in {n}: pass" for n in range(200))
    site.remove("seeds/letter/text.md").write("seeds/letter/text.py", f'"""\n{lines}\n"""\n')
    site.write(NOTES, f"{HEAD}\n## Line {{#line}}\n\n> for line in 100\n\n![[#L50-L51]]\n")
    page = LexborHTMLParser(site.build().page("notes/line.html"))

    for listing in page.css(".context pre, .body pre"):
        coloured = "".join(node.text() for node in listing.css("span.sd"))
        assert coloured.replace("\n", "") == listing.text().replace("\n", "")
    assert ["for line in 48: pass\nfor line in 49: pass"] == [
        node.text() for node in page.css(".transclusion pre")
    ]


def test_passages_shown_in_place(everything):
    """A passage is shown as the blocks it is; where none may stand, a link leads to it."""
    page = LexborHTMLParser(everything.build().page("notes/rep.html"))
    body = page.css_first(".body")

    around = [node.parent.tag for node in body.css("blockquote.transclusion")]
    assert ["div", "div", "li", "div", "div", "div", "div", "div", "td"] == around
    footers = [" ".join(node.text().split()) for node in body.css("blockquote.transclusion footer")]
    assert "From A letter, The fee" in footers
    assert "A letter, p1" == body.css_first("h2 a").text()
    assert "A letter, p2" == body.css_first("strong a").text()
    assert "![[letter#p2]]" == body.css_first("a[href='../about.html']").text()
    assert "![[letter#nowhere]]" in body.text()
    assert 'lang="en"' in body.css_first("blockquote.transclusion > .theirs").html


def test_backlinks_stand_at_what_is_linked(everything):
    """A place, a note, a source and a page list what links to them."""
    built = everything.build()

    letter = LexborHTMLParser(built.page("sources/letter.html"))
    assert "Links" in letter.css_first("#p1 .cited").text()
    assert ["Links"] == text_of(letter.html, "section.linked .backlinks > li > a")
    several = text_of(built.page("notes/several.html"), "section .backlinks > li > a")
    assert ["Gist with em, code & <b> several"] == several
    assert {"Reply", "Links"} == set(text_of(built.page("about.html"), ".backlinks > li > a"))


def test_neighbours_lead_through_all_notes(everything):
    """From note to note one comes through all of them, in the order of the texts."""
    built = everything.build()
    ids = [note["id"] for note in built.data["notes"]]
    walked, id = [], ids[0]
    while id:
        walked.append(id)
        after = LexborHTMLParser(built.page(f"notes/{id}.html")).css_first("a[rel=next]")
        id = after.attributes["href"].removesuffix(".html") if after else ""

    assert ids == walked


def test_the_index_of_notes(everything):
    """The index has every note by place, by annotator, by kind, and the tags."""
    everything.edit(
        "site.toml", "[annotators.editor]", '[annotators.b]\nname = "B"\n\n[annotators.editor]'
    )
    everything.edit(NOTES, "## Whole {#whole}", '## Whole {#whole by=b .assessing tags="Fee"}')
    built = everything.build()
    page = built.page("notes/index.html")

    tables = text_of(page, "table.list caption")
    assert ["A letter", "O <b>", "lost"] == [
        name for name in ("A letter", "O <b>", "lost") for caption in tables if name in caption
    ]
    count = len(built.data["notes"])
    assert count == len(text_of(page, "tbody tr"))
    for section in ("by-annotator", "by-kind"):
        assert count == len(text_of(page, f"section[aria-labelledby='{section}'] li"))
    assert ["B 1 note", f"The editor {count - 1} notes"] == text_of(
        page, "section[aria-labelledby='by-annotator'] h3"
    )
    assert ["Whole"] == text_of(built.page("tags/fee.html"), "tbody td:nth-child(3)")


def test_notes_all_alike_are_listed_once(tmp_path):
    """By one annotator, or of one kind, all of them would only be listed again."""
    page = Site(tmp_path / "root").build().page("notes/index.html")
    assert [] == [name for name in ("by-annotator", "by-kind") if name in page]


def test_names_of_pages_and_ways_of_the_site_are_apart(site):
    """A page that happens to be called like a way of the header does not light that up."""
    site.write("content/pages/read.md", "---\ntitle: Reading\n---\n")
    page = LexborHTMLParser(site.build().page("read.html"))

    assert [] == page.css("nav [aria-current]")
    assert ["read.html"] == [node.attributes["href"] for node in page.css("footer [aria-current]")]


def test_headings_of_pages_are_places(site):
    """A free page's headings have the ids that links lead to, on the home page too."""
    text = "---\ntitle: T\n---\n\n# One\n\n## Two {#due}\n\n[a](#one) [b](#due)\n"
    site.write("content/pages/about.md", text).write("content/pages/index.md", text)
    built = site.build()

    assert [] == built.codes
    for url in ("about.html", "index.html"):
        assert {"s-one", "s-due"} <= set(read_page(url, built.files[url]).ids)


def test_where_a_file_is_edited(site):
    """The edit link names the file, whatever signs its name is made of."""
    site.edit(
        "site.toml",
        '"Site"\n',
        '"Site"\nrepository = "https://x.example/a.git"\nbranch = "a/b#c"\n',
    )
    path = "content/annotations/my notes #1.md"
    site.write(path, f"{HEAD}\n## Gist {{#gist}}\n\n> sea\n")

    expected = "https://x.example/a/edit/a/b%23c/content/annotations/my%20notes%20%231.md"
    assert f'href="{expected}"' in site.build().page("notes/gist.html")


@pytest.mark.parametrize(
    ("base", "root"), [("", "./"), ("https://x.example", "/"), ("https://x.example/a/b", "/a/b/")]
)
def test_the_page_for_lost_ways(site, base, root):
    """Only with a known address can it lead anywhere from any depth."""
    site.edit("site.toml", '"Site"\n', f'"Site"\nbase_url = "{base}"\n')
    page = site.build().page("404.html")

    assert f'href="{root}"' in page
    assert bool(base) == ("assets/style.css" in page)


@pytest.mark.parametrize(
    "files", [{"site.toml": BASE["site.toml"]}, {"site.toml": 'title = "x"\n'}]
)
def test_a_site_of_nothing(tmp_path, files):
    """A site without a text is a site, whose pages lead nowhere else."""
    built = Site(tmp_path / "root", files).build()

    assert [] == built.codes + find_faults(built.files)
    assert {"index.html", "sources/index.html", "404.html"} <= set(built.files)


def test_a_site_without_annotators(site):
    """Notes need no names: nothing is said of who wrote them."""
    site.write("site.toml", 'title = "x"\n').edit(NOTES, "by: editor\n", "")
    built = site.build()

    assert [] == built.codes + find_faults(built.files)
    assert [] == text_of(
        built.page("notes/index.html"), "section[aria-labelledby='by-annotator'] h3"
    )


def test_drafts_are_marked(site):
    """With `--drafts` they are shown, and called what they are."""
    site.note("Draft {#draft draft=true}", "sea")
    for name in ("plan", "index"):
        site.write(f"content/pages/{name}.md", "---\ntitle: Plan\ndraft: true\n---\n")

    assert not {"notes/draft.html", "plan.html"} & set(site.build().files)
    assert "Plan" not in site.build().page("index.html")
    built = site.build(drafts=True)
    urls = ("notes/draft.html", "plan.html", "index.html", "notes/index.html")
    for url in urls:
        assert "draft" in text_of(built.page(url), ".state"), url


def test_notes_without_a_text_stand_in_full_on_the_list(tmp_path):
    """Without pages of their own they have no other place, and are told by whole names there."""
    site = Site(tmp_path / "root")
    site.edit("site.toml", '"Site"\n', '"Site"\nnote_pages = false\n')
    note = "## Of nothing\n\nNowhere.\n"
    site.write("content/annotations/letter.md", f"---\nby: editor\n---\n\n{note}")
    built = site.build()
    assert "Of nothing" in built.page("notes/index.html").partition('<div class="notes">')[2]


@pytest.mark.parametrize(
    ("words", "notes", "room", "crowded"),
    [(30, 1, 300, False), (30, 3, 100, False), (30, 9, 33, True), (1, 1, 155, False)],
)
def test_the_room_of_a_block_on_paper(tmp_path, words, notes, room, crowded):
    """A margin has room for a block's words and some more; where gists need more, they go below."""
    site = Site(tmp_path / "root")
    site.write("seeds/letter/text.md", "word " * (words - 1) + "last\n")
    site.write(NOTES, HEAD + "".join(f"\n## Gist {n}\n\n> last\n\nBody.\n" for n in range(notes)))
    page = site.build().page("sources/letter.html")
    assert crowded == ('class="block p noted crowded"' in page)
    part = Part("unit", "p", Element(Span(0, 5 * words), 0, "p"), notes=("note",) * notes)
    assert room == part.room
