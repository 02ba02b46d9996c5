"""Links: what an author types, where it leads, and what is said when it leads nowhere."""

import pytest

from tests.sites import Site

PAGE = "content/pages/links.md"
FILES = {
    "site.toml": 'title = "Site"\n\n[annotators.editor]\nname = "The editor"\n',
    "seeds/letter/source.toml": 'title = "A letter"\nrights = "full"\n',
    "seeds/letter/text.md": (
        "# The fee\n\nDecided too soon.\n\nThe sea obeys none.\n\n## Comments {.thread}\n\n"
        "### {#c1}\n\nNo.\n\nNever.\n"
    ),
    "seeds/diary/source.toml": 'title = "A diary"\nrights = "full"\n',
    "seeds/diary/text.txt": "Rain.\n\nSun.\n",
    "seeds/gone/text.md": "No facts.\n",
    "content/annotations/letter.md": (
        "---\nsource: letter\n---\n\n## The date {#timing}\n\n> too soon\n\n"
        "## Not yet {#later draft=true}\n\n> obeys\n"
    ),
    "content/annotations/sub folder/more notes.md": (
        "---\nsource: diary\n---\n\n## Rain {#rain}\n\n> Rain\n"
    ),
    "content/annotations/loose.md": "## Loose {#loose}\n\n> Sun\n> — diary\n",
    "content/annotations/spoiled.md": "---\nsource: letter\n",
    "content/pages/about.md": "---\ntitle: About\n---\n\n## Über das Wehr 港\n\n## Fees {#fees}\n",
    "content/pages/plan.md": "---\ntitle: Plan\ndraft: true\n---\n",
    "content/pages/notes.md": "---\ntitle: Reserved\n---\n",
    "content/files/lock.png": "",
    "content/files/plan b.svg": "",
    "content/files/deeds.pdf": "",
}

LIVE = {
    "[[letter]]": ("sources/letter.html", "A letter"),
    "[[letter#p2]]": ("sources/letter.html#p2", "A letter, p2"),
    "[[letter#p1-p2]]": ("sources/letter.html#p1", "A letter, p1–p2"),
    "[[letter#c1.2]]": ("sources/letter.html#c1.2", "A letter, c1.2"),
    "[[letter#the-fee]]": ("sources/letter.html#s-the-fee", "A letter, The fee"),
    "[[timing]]": ("notes/timing.html", "The date"),
    "[[ timing ]]": ("notes/timing.html", "The date"),
    "[[answers:timing|so]]": ("notes/timing.html", "The date"),
    "[a](../annotations/letter.md#timing)": ("notes/timing.html", "The date"),
    "[a](../annotations/letter.md)": ("sources/letter.html", "A letter"),
    "[a](../annotations/letter.md#p2)": ("sources/letter.html#p2", "A letter, p2"),
    "[a](../../seeds/letter/text.md#p2)": ("sources/letter.html#p2", "A letter, p2"),
    "[a](../../seeds/letter/text.md#the-fee)": (
        "sources/letter.html#s-the-fee",
        "A letter, The fee",
    ),
    "[a](../../seeds/letter/source.toml)": ("sources/letter.html", "A letter"),
    "[a](<../annotations/sub folder/more notes.md#rain>)": ("notes/rain.html", "Rain"),
    "[a](../annotations/sub%20folder/more%20notes.md)": ("sources/diary.html", "A diary"),
    "[a](about.md)": ("about.html", "About"),
    "[a](./about.md#fees)": ("about.html#s-fees", "About"),
    "[a](about.md?plain=1#fees)": ("about.html#s-fees", "About"),
    "[a](about.md#über-das-wehr-港)": (
        "about.html#s-%C3%BCber-das-wehr-%E6%B8%AF",
        "About",
    ),
    "[a](/content/pages/about.md)": ("about.html", "About"),
    "[a](../pages/../pages/about.md)": ("about.html", "About"),
    "[a](#here)": ("links.html#s-here", "Links"),
    "[a](../files/deeds.pdf#page=3)": ("assets/files/deeds.pdf#page=3", "deeds.pdf"),
    "![a](../files/lock.png)": ("assets/files/lock.png", "lock.png"),
    "![a](<../files/plan b.svg>)": ("assets/files/plan%20b.svg", "plan b.svg"),
    "[a](https://example.org/x?y=z#w)": (
        "https://example.org/x?y=z#w",
        "https://example.org/x?y=z#w",
    ),
    "[a](//example.org/x)": ("https://example.org/x", "//example.org/x"),
    "[a](mailto:a@example.org)": ("mailto:a@example.org", "mailto:a@example.org"),
}

DEAD = {
    "[[leter]]": ("leads to nothing", "did you mean [[letter]]?"),
    "[[Timing]]": ("leads to nothing", "did you mean [[timing]]?"),
    "[[matter]]": ("leads to nothing", "no note, source, actor or issue has this id"),
    "[[the-letter]]": ("leads to nothing", "did you mean [[letter]]?"),
    "[[about]]": ("leads to nothing: that is a page", "[words](about.md)"),
    "[[timing#p1]]": ("a note has no places in it", "write [[timing]]"),
    "[[letter#p9]]": ("letter has no p9", "it has p1 to p2"),
    "[[letter#p2-p1]]": ("p2-p1 runs backwards", "write p1-p2"),
    "[[letter#the-fees]]": ("letter has no #the-fees", "did you mean #the-fee?"),
    "[[letter#]]": ("names no place", "write [[letter]]"),
    "[[#p1]]": ("names a place but no source", "write [[the-source#p1]]"),
    "[[later]]": ("leads to a draft, which is not published", "publish that note"),
    "![[timing]]": ("shows nothing", "a transclusion names a passage"),
    "![[letter]]": ("shows nothing", "a transclusion names a passage"),
    "![[letter#p9]]": ("letter has no p9", "it has p1 to p2"),
    "[a](../annotations/letter.md#later)": ("leads to a draft", "publish that note"),
    "[a](plan.md)": ("leads to a draft, which is not published", "publish that page"),
    "[a](../annotations/letter.md#rain)": ("the note is in another file", "more notes.md"),
    "[a](../annotations/letter.md#timin)": ("the file has no such note", "did you mean '#timing'?"),
    "[a](../annotations/letter.md#p9)": ("letter has no p9", "it has p1 to p2"),
    "[a](../annotations/loose.md)": ("the file names no source", "name one of its notes"),
    "[a](about.md#fee)": ("the page has no such heading", "did you mean '#fees'?"),
    "[a](About.md)": ("leads to nothing", "did you mean 'about.md'?"),
    "[a](..%5Cpages%5Cabout.md)": ("leads to nothing", "folders are parted by `/`"),
    "[a](../../../outside.md)": ("leads to nothing", "only what lies in the project"),
    "[a]()": ("leads to nothing", "say where the link leads"),
    "[a](../files/deed.pdf)": ("leads to nothing", "did you mean '../files/deeds.pdf'?"),
    "![a](../files/lok.png)": ("shows nothing", "did you mean '../files/lock.png'?"),
    "![a](../files/deeds.pdf)": ("is no picture", "link to it"),
}

UNSAFE = {
    "[a](<../files/plan b.svg>)": "show it as a picture",
    "[a](javascript:alert(1))": "links may begin with http:",
    "[a](data:text/html,x)": "links may begin with http:",
    "![a](file:///etc/passwd)": "links may begin with http:",
}

SILENT = [
    "[[gone]]",
    "[[gone#p1]]",
    "![[gone#p1]]",
    "[a](../../seeds/gone/text.md)",
    "[a](../annotations/spoiled.md)",
    "[a](notes.md)",
]


@pytest.fixture(scope="module")
def joined(tmp_path_factory):
    """The site with one page that holds every link; its links and its problems, as typed."""
    typed = [*LIVE, *DEAD, *UNSAFE, *SILENT]
    site = Site(tmp_path_factory.mktemp("links") / "root", FILES)
    text = "---\ntitle: Links\n---\n\n## Here\n\n" + "\n\n".join(typed) + "\n"
    outcome = site.write(PAGE, text).join()
    page = next(page for page in outcome.value.pages if page.page.slug == "links")
    problems = {}
    for problem in outcome.diagnostics:
        if problem.path == PAGE:
            problems[text[slice(*problem.span)]] = problem
    references = page.body.prose.references
    pairs = zip(references, page.body.links, strict=True)
    spans = {text[slice(*reference.place)]: link for reference, link in pairs}
    assert set(spans) == set(typed)
    return spans, problems


@pytest.mark.parametrize("typed", LIVE)
def test_where_links_lead(joined, typed):
    """Every way to name a thing leads to its address, and knows what stands for it."""
    link, problems = joined[0][typed], joined[1]

    assert LIVE[typed] == (link.url, link.title)
    assert typed not in problems


@pytest.mark.parametrize("typed", DEAD)
def test_dead_links(joined, typed):
    """A link that leads nowhere is an error at its place that says why, and offers a repair."""
    links, problems = joined
    message, help = DEAD[typed]

    assert "" == links[typed].url
    assert "link-dead" == problems[typed].code
    assert message in problems[typed].message
    assert help in problems[typed].help


@pytest.mark.parametrize("typed", UNSAFE)
def test_unsafe_links(joined, typed):
    """A link that could run something is refused at its place."""
    links, problems = joined

    assert "" == links[typed].url
    assert "link-unsafe" == problems[typed].code
    assert UNSAFE[typed] in problems[typed].help


@pytest.mark.parametrize("typed", SILENT)
def test_what_could_not_be_read_is_said_once(joined, typed):
    """A link to something broken leads nowhere, and that is no second mistake."""
    links, problems = joined

    assert "" == links[typed].url
    assert typed not in problems


def links_of(site, id):
    note = next(note for note in site.notes if note.id == id)
    return [(link.url, link.title) for link in note.body.links]


def test_a_place_alone_is_one_of_the_notes_own_source(tmp_path):
    """`#p3` belongs to the file's source, or else to that of the note's target."""
    site = Site(tmp_path / "root", FILES)
    body = "\n[[#p2]] [a](#p2) [b](#loose) ![[#p1]]\n"
    path = "content/annotations/loose.md"
    outcome = site.write(path, FILES[path] + body).join()

    expected = [
        ("sources/diary.html#p2", "p2"),
        ("sources/diary.html#p2", "A diary, p2"),
        ("notes/loose.html", "Loose"),
        ("sources/diary.html#p1", "A diary, p1"),
    ]
    assert expected == links_of(outcome.value, "loose")


def test_a_draft_may_link_to_drafts(tmp_path):
    """Among drafts nothing is missing: only what is published may not lead to them."""
    site = Site(tmp_path / "root", FILES)
    links = "[[later]] [a](../annotations/letter.md#later) [b](plan.md)\n"
    site.write("content/pages/plan.md", f"---\ntitle: Plan\ndraft: true\n---\n\n{links}")
    site.write("content/pages/about.md", f"---\ntitle: About\n---\n\n{links}")

    dead = [each for each in site.join().diagnostics if each.code == "link-dead"]

    assert ["content/pages/about.md"] * 3 == [each.path for each in dead]
    assert not [each for each in site.join(drafts=True).diagnostics if each.code == "link-dead"]


SOURCE = """\
[own](#p1) [slug](#no-such) [other](../diary/text.txt#p2) [lost](lost.md) [away](https://x.example)
[bad](javascript:alert(1)) ![here](here.png) ![lost](lost.png) ![doc](deeds.pdf) [doc](deeds.pdf)
"""


@pytest.mark.parametrize(
    ("url", "expected", "codes"),
    [
        (
            "",
            [
                "sources/letter.html#p1",
                "",
                "sources/diary.html#p2",
                "",
                "https://x.example",
                "",
                "assets/sources/letter/here.png",
                "",
                "",
                "assets/sources/letter/deeds.pdf",
            ],
            ["link-dead", "link-dead"],
        ),
        (
            'url = "https://example.org/a/letter"\n',
            [
                "sources/letter.html#p1",
                "https://example.org/a/letter#no-such",
                "sources/diary.html#p2",
                "https://example.org/a/lost.md",
                "https://x.example",
                "",
                "assets/sources/letter/here.png",
                "https://example.org/a/lost.png",
                "https://example.org/a/deeds.pdf",
                "assets/sources/letter/deeds.pdf",
            ],
            [],
        ),
    ],
)
def test_links_in_a_source(tmp_path, url, expected, codes):
    """A source's own links lead as in the original, or are words; only pictures can be missing."""
    site = Site(tmp_path / "root", FILES)
    site.write("seeds/letter/text.md", SOURCE)
    site.write("seeds/letter/here.png", "").write("seeds/letter/deeds.pdf", "")
    site.edit("seeds/letter/source.toml", 'rights = "full"\n', f'rights = "full"\n{url}')
    outcome = site.join()
    source = next(source for source in outcome.value.sources if source.source.id == "letter")

    assert expected == [link.url for link in source.links]
    own = [each.code for each in outcome.diagnostics if each.path == "seeds/letter/text.md"]
    assert codes == own


def test_files_are_published_when_a_page_uses_them(tmp_path):
    """A picture of the project is copied if something published shows it, and only then."""
    site = Site(tmp_path / "root", FILES)
    site.write("content/pages/about.md", "---\ntitle: A\n---\n\n[a](../files/deeds.pdf#page=2)\n")
    site.write("content/pages/plan.md", "---\ntitle: P\ndraft: true\n---\n![a](../files/lock.png)")

    deeds = ("assets/files/deeds.pdf", "content/files/deeds.pdf")
    lock = ("assets/files/lock.png", "content/files/lock.png")
    assert (deeds,) == site.join().value.files
    assert (deeds, lock) == site.join(drafts=True).value.files


def test_thousands_of_dead_links_get_help_for_the_first_ones(tmp_path):
    """Looking for the nearest word is bounded: the time never grows with both, links and ids."""
    site = Site(tmp_path / "root", FILES)
    links = "\n\n".join(f"[[timin{number}]]" for number in range(200))
    problems = site.write(PAGE, f"---\ntitle: Links\n---\n\n{links}\n").join().diagnostics

    helped = [each.help for each in problems if each.path == PAGE]
    assert 200 == len(helped)
    assert ["did you mean [[timing]]?"] * 50 == helped[:50]
    assert {"no note, source, actor or issue has this id"} == set(helped[50:])
