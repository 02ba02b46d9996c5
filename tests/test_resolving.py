"""Resolving: ids, replies, annotators, tags, the order of notes, and what is said of mistakes."""

import pytest

from tests.sites import BASE, Site

NOTES = "content/annotations/letter.md"


@pytest.fixture
def site(tmp_path):
    """A small site with one source and one note."""
    return Site(tmp_path / "root")


def find(site, id):
    return next(note for note in site.notes if note.id == id)


def said(outcome, path=""):
    return [(each.code, each.message) for each in outcome.diagnostics if path in each.path]


def test_two_notes_with_one_id(site):
    """The later of two is told so and gets an id that nobody has; links lead to the first."""
    site.note("Again {#timing}", "obeys").note("Third {#timing}", "sea")
    site.note("Fourth {#timing-2}", "none", "[[timing]]")

    outcome = site.join()

    ids = ["timing", "timing-4", "timing-3", "timing-2"]
    assert sorted(ids) == sorted(note.id for note in outcome.value.notes)
    assert [("id-duplicate", "the id 'timing' is taken by the note in line 6")] * 2 == said(outcome)
    assert ["timing"] == [link.note for link in find(outcome.value, "timing-2").body.links]


def test_two_notes_with_one_id_in_two_files(site):
    """The message names the file and the line of the first, as an editor opens it."""
    site.write("content/annotations/more.md", "\n## Again {#timing}\n\n> obeys\n> — letter\n")

    expected = [("id-duplicate", f"the id 'timing' is taken by the note at {NOTES}:6")]
    assert expected == said(site.join())


def test_a_note_with_the_id_of_a_source(site):
    """Sources and notes share one set of ids, also a source that could not be read."""
    site.write("seeds/spoiled/text.md", "No facts.\n")
    outcome = site.note("A {#letter}", "sea").note("B {#spoiled}", "none").join()

    assert [
        ("id-duplicate", "the id 'letter' is taken by seeds/letter/source.toml"),
        ("id-duplicate", "the id 'spoiled' is taken by seeds/spoiled"),
    ] == said(outcome, NOTES)


@pytest.mark.parametrize("slug", ["notes", "404", "search", "data", "feed"])
def test_a_page_at_an_address_of_the_sites_own(site, slug):
    """A page may not take the name of a folder or file that the site makes itself."""
    outcome = site.write(f"content/pages/{slug}.md", "---\ntitle: T\n---\n").join()

    [problem] = outcome.diagnostics
    assert "id-invalid" == problem.code
    assert f"about-{slug}.md" in problem.help
    assert () == outcome.value.pages


def test_the_home_pages_own_text(site):
    """`index.md` is no page beside the home page but its text."""
    outcome = site.write("content/pages/index.md", "---\ntitle: Welcome\n---\n").join()

    assert () == outcome.diagnostics
    assert ["index.html"] == [page.url for page in outcome.value.pages]


def test_a_reply_has_its_parents_targets(site):
    """A reply without a target is about what the note up the chain is about, in its source."""
    site.write("seeds/other/source.toml", 'title = "O"\nrights = "full"\n')
    site.write("seeds/other/text.txt", "Other words.\n")
    site.write(
        "content/annotations/other.md",
        "---\nsource: other\n---\n\n## A {#a re=timing}\n\nx\n\n## B {#b re=a}\n\n[[#p1]]\n\n"
        "## C {#c re=a}\n\n> Other\n\n## D {#d re=c}\n\nx\n",
    )
    outcome = site.join()
    joined = outcome.value

    assert () == outcome.diagnostics
    words = {note.id: note.targets[0].quote for note in joined.notes}
    assert {
        "timing": "decided **too soon**",
        "a": "decided **too soon**",
        "b": "decided **too soon**",
        "c": "Other",
        "d": "Other",
    } == words
    sources = {note.id: note.source for note in joined.notes}
    assert {"timing": "letter", "a": "letter", "b": "letter", "c": "other", "d": "other"} == sources
    assert ("b", "c") == find(joined, "a").replies
    # A place alone is one of the file's source, whatever the note is about.
    assert "sources/other.html#p1" == find(joined, "b").body.links[0].url


@pytest.mark.parametrize(
    ("replies", "messages", "parents"),
    [
        ({"a": "a"}, ["the note replies to itself"], {"a": ""}),
        (
            {"a": "b", "b": "a"},
            ["these notes reply to each other in a circle: 'a' to 'b' to 'a'"],
            {"a": "", "b": "a"},
        ),
        (
            {"x": "c", "a": "b", "b": "c", "c": "a"},
            ["these notes reply to each other in a circle: 'a' to 'b' to 'c' to 'a'"],
            {"x": "c", "a": "", "b": "c", "c": "a"},
        ),
        ({"a": "timin"}, ["there is no note 'timin' to reply to"], {"a": ""}),
    ],
)
@pytest.mark.parametrize("quote", ["", "obeys"])
def test_replies_that_cannot_be(site, replies, messages, parents, quote):
    """A circle is one mistake, at its first note, which then answers none; nothing is lost."""
    for id, parent in replies.items():
        site.note(f"Gist {{#{id} re={parent}}}", quote, "x")

    outcome = site.join()

    assert [("re-unknown", message) for message in messages] == said(outcome)
    assert parents == {id: find(outcome.value, id).parent for id in parents}
    assert all(find(outcome.value, id).anchored for id in parents)


def test_a_reply_to_a_draft(site):
    """What is published cannot answer what is not: that is an error, and it stands alone."""
    site.note("Draft {#draft draft=true}", "obeys").note("Reply {#reply re=draft}", "", "x")
    site.note("Reply, draft {#other draft=true re=draft}", "", "x")

    outcome = site.join()
    reply = find(outcome.value, "reply")

    assert ["link-dead"] == [each.code for each in outcome.diagnostics]
    assert ("", True, "obeys") == (reply.parent, reply.anchored, reply.targets[0].quote)
    assert () == site.join(drafts=True).diagnostics
    assert "draft" == find(site.join(drafts=True).value, "reply").parent


def test_a_long_chain_of_replies(site):
    """Two thousand replies to replies are no matter of depth."""
    text = "".join(f"\n## Reply {{#r{n} re=r{n - 1}}}\n\nx\n" for n in range(1, 2000))
    site.edit(NOTES, "{#timing}", "{#r0}").write(
        NOTES, (site.root / NOTES).read_text("utf-8") + text
    )
    outcome = site.join()

    assert () == outcome.diagnostics
    assert 2000 == len(outcome.value.notes)
    assert {"decided **too soon**"} == {note.targets[0].quote for note in outcome.value.notes}


@pytest.mark.parametrize(
    ("target", "code", "home", "anchored"),
    [
        ("> too soon\n> — ghost\n", "source-unknown", "", False),
        ("> too soon\n> — ghost\n\n> obeys\n", "source-unknown", "letter", False),
        ("> nowhere\n", "quote-not-found", "letter", False),
        ("> — p9\n", "locator-unknown", "letter", False),
        ("> — letter\n", None, "letter", True),
        ("", None, "letter", True),
    ],
)
def test_where_a_note_stands(site, target, code, home, anchored):
    """A note stands beside the source of its first target that there is; anchored if all are."""
    site.write(NOTES, f"---\nsource: letter\n---\n\n## Gist {{#gist}}\n\n{target}\nBody.\n")
    outcome = site.join()
    note = find(outcome.value, "gist")

    assert [code] * bool(code) == [each.code for each in outcome.diagnostics]
    assert (home, anchored) == (note.source, note.anchored)


@pytest.mark.parametrize("note_pages", ["true", "false"])
@pytest.mark.parametrize("target", ["> x\n> — ghost\n", "> x\n> — ghost\n\n> obeys\n", "> obeys\n"])
def test_links_to_a_note_lead_where_it_is(site, note_pages, target):
    """What others link to is the note's own address, wherever it is published."""
    site.edit("site.toml", '"Site"\n', f'"Site"\nnote_pages = {note_pages}\n')
    site.write(
        NOTES,
        f"---\nsource: letter\n---\n\n## A {{#a}}\n\n{target}\n## B {{#b}}\n\n> sea\n\n[[a]]\n",
    )
    joined = site.join().value

    assert find(joined, "a").url == find(joined, "b").body.links[0].url


def test_annotators(site):
    """Who wrote a note is one of the site's annotators, and the only one if nobody is named."""
    site.write(NOTES, "---\nsource: letter\n---\n\n## A {#a}\n\n> too soon\n")
    assert "editor" == find(site.join().value, "a").by.id

    site.edit(
        "site.toml", "[annotators.editor]", '[annotators.pilot]\nname="P"\n\n[annotators.editor]'
    )
    assert [("annotator-unknown", "the note does not say who wrote it")] == said(site.join())

    site.edit(NOTES, "source: letter", "source: letter\nby: edito")
    [problem] = site.join().diagnostics
    assert ("annotator-unknown", "did you mean 'editor'?") == (problem.code, problem.help)


TAGS = [
    ("fee", ["fee"], ["tags/fee.html"], []),
    ("Fee, fee, FEE", ["Fee"], ["tags/fee.html"], []),
    ("the fee, the-fee, The  fee", ["the fee"], ["tags/the-fee.html"], []),
    ("مدّ, 港", ["مدّ", "港"], ["tags/%D9%85%D8%AF%D9%91.html", "tags/%E6%B8%AF.html"], []),
    ("caf\u00e9, cafe\u0301", ["caf\u00e9"], ["tags/caf%C3%A9.html"], []),
    (
        "c, c++",
        ["c"],
        ["tags/c.html"],
        ["the tags 'c' and 'c++' would share one page, tags/c.html"],
    ),
    ("🎉", [], [], ["the tag '🎉' cannot name a page"]),
    ("---", [], [], ["the tag '---' cannot name a page"]),
    ("index", [], [], ["the tag 'index' cannot name a page"]),
    ("x" * 300, [], [], ["the tag 'xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx…' cannot name a page"]),
]


@pytest.mark.parametrize(("typed", "names", "urls", "messages"), TAGS)
def test_tags(site, typed, names, urls, messages):
    """Spellings of one tag are one page; what cannot be a page is said, and not linked to."""
    outcome = site.note(f'Gist {{#gist tags="{typed}"}}', "obeys").join()

    assert [("value-invalid", message) for message in messages] == said(outcome)
    assert names == list(find(outcome.value, "gist").tags)
    assert dict(zip(names, urls, strict=True)) == {tag.name: tag.url for tag in outcome.value.tags}
    assert all(("gist",) == tag.notes for tag in outcome.value.tags)


def test_tags_of_drafts_have_no_page(site):
    """A tag that only a draft bears is not published."""
    site.note("Gist {#gist tags=later draft=true}", "obeys")

    assert () == site.join().value.tags
    assert ["later"] == [tag.name for tag in site.join(drafts=True).value.tags]


def test_notes_are_in_the_order_of_the_texts(site):
    """By source, then by where the first passage begins, a long one first; the lost come last."""
    site.write("seeds/alpha/source.toml", 'title = "Alpha"\nrights = "full"\n')
    site.write("seeds/alpha/text.txt", "First words.\n")
    site.note("Lost {#lost}", "nowhere at all").note("Word {#word}", "decided")
    site.note("Whole {#whole}", "— letter").note("Para {#para}", "— p1")
    site.note("Other {#other}", "First\n— alpha").note("Two {#two}", "sea\n")
    site.note("Reply {#reply re=word}", "", "x").note("Ghost {#ghost}", "x\n— ghost")
    site.edit(NOTES, "## Two {#two}\n\n> sea\n", "## Two {#two}\n\n> sea\n\n> The council\n")

    order = ["other", "whole", "para", "two", "word", "reply", "timing", "lost", "ghost"]
    assert order == [note.id for note in site.join().value.notes]


def test_backlinks_have_their_sentence(site):
    """Every target lists what links to it, with the sentence around the link as readers see it."""
    body = "One. Compare [[letter#p2]] and\n[[refines:timing|the *date*]] with [[a]], twice. Two."
    site.note("A {#a}", "obeys", body)
    site.write(
        "content/pages/about.md",
        "---\ntitle: About\n---\n\n[Here](#x).\n\n## X\n\n[[a]] \u202eand\n",
    )
    site.note("B {#b}", "sea", "[about](../pages/about.md) ![[#p1]]")
    joined = site.join().value

    [to_timing] = find(joined, "timing").backlinks
    assert ("notes/a.html", "A", "refines") == (to_timing.url, to_timing.title, to_timing.kind)
    assert "Compare p2 and " == to_timing.before
    assert "the date" == to_timing.words
    assert " with A, twice." == to_timing.after
    [to_a] = find(joined, "a").backlinks
    assert ("about.html", "", "A", " [U+202E]and") == (
        to_a.url,
        to_a.before,
        to_a.words,
        to_a.after,
    )
    [about] = joined.pages
    assert ["notes/b.html"] == [each.url for each in about.backlinks]
    labels = [(label, each.url) for label, each in joined.sources[0].backlinks]
    assert [
        ("p2", "notes/timing.html"),
        ("p1", "notes/b.html"),
        ("p2", "notes/a.html"),
    ] == sorted(labels, key=lambda pair: pair[1], reverse=True)


def test_a_site_of_nothing(tmp_path):
    """A site with settings alone is a site."""
    outcome = Site(tmp_path / "root", {"site.toml": BASE["site.toml"]}).join()

    assert () == outcome.diagnostics
    assert ((), ()) == (outcome.value.sources, outcome.value.notes)
