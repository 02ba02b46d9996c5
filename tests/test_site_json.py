"""`data/site.json`: what is on the site, for programs, exactly as the formats have it."""

import json
import re

import pytest

from generator.words import count_words
from tests.crawling import read_page
from tests.sites import Site

NOTES = "content/annotations/letter.md"
HEAD = "---\nsource: letter\nby: editor\n---\n"
TEXT = """\
# The fee

One *two* [three](https://example.org "not text").\\
Four ![not text](https://example.org/x.png) 港 😀 five.[^1]

| a | b |
|---|---|
| c |  |

- d
- e

```
code  as
 it stands
```

## Comments {.thread announced=14}

### {#c1 by="not text"}

First.

Second.

### {#c7}

Third.

[^1]: The foot.
"""
VISIBLE = (
    "The fee\nOne two three.\nFour  港 😀 five.\na\nb\nc\n\nd\ne\ncode  as\n it stands\n"
    "Comments\nFirst.\nSecond.\nThird.\nThe foot."
)


@pytest.fixture
def site(tmp_path):
    """A small site whose text has every kind of block."""
    return Site(tmp_path / "root").write("seeds/letter/text.md", TEXT).write(NOTES, HEAD)


def targets(built, id):
    return next(note["targets"] for note in built.data["notes"] if note["id"] == id)


def test_the_keys_and_their_order(site):
    """Every object has the keys that the formats name, in that order, and no others."""
    site.write("seeds/letter/source.toml", 'title = "A letter"\nrights = "full"\nlanguage = "en"\n')
    site.note('Gist {#gist tags="Fee, sea" .questioning}', "**two**").note(
        "Lost {#lost}", "nowhere"
    )
    data = site.build().data

    assert ["title", "version", "sources", "notes", "actors", "issues", "pages"] == list(data)
    assert {"commit": "", "date": ""} == data["version"]
    assert ([], []) == (data["actors"], data["issues"])
    [source] = data["sources"]
    assert {
        "id": "letter",
        "title": "A letter",
        "url": "sources/letter.html",
        "language": "en",
        "rights": "full",
        "words": count_words(VISIBLE),
        "comments": {"announced": 14, "present": 2},
    } == {key: value for key, value in source.items() if key != "locators"}
    assert "locators" == list(source)[-1]
    gist, lost = data["notes"]
    assert [
        ("id", "gist"),
        ("gist", "Gist"),
        ("url", "notes/gist.html"),
        ("source", "letter"),
        ("by", "editor"),
        ("motivation", "questioning"),
        ("tags", ["Fee", "sea"]),
        ("anchored", True),
        (
            "targets",
            [{"source": "letter", "locators": ["p1"], "exact": "two", "start": 12, "end": 15}],
        ),
    ] == list(gist.items())
    assert ["source", "locators", "exact", "start", "end"] == list(gist["targets"][0])
    assert list(gist) == list(lost)
    assert not lost["anchored"]
    assert [{"source": "letter", "locators": [], "quote": "nowhere"}] == lost["targets"]
    assert [{"url": "index.html", "title": "Site"}] == data["pages"][:1]


def test_offsets_count_the_visible_text(site):
    """`start` and `end` are code points of what is seen, a line feed between blocks and cells."""
    words = [
        "The fee",
        "three",
        "Four",
        "港 😀",
        "c",
        "d",
        "as\n it",
        "Second.",
        "Third.",
        "The foot.",
    ]
    for number, exact in enumerate(words):
        quote = exact if "\n" not in exact else "```\ncode  as\n it stands\n```"
        site.note(f"Note {{#n{number}}}", quote)
    site.note("Range {#range}", "First … Third").note("Place {#place}", "— c1")
    built = site.build()

    assert [] == built.codes
    for note in built.data["notes"]:
        for target in note["targets"]:
            assert VISIBLE[target["start"] : target["end"]] == target["exact"]
    exact = [targets(built, f"n{number}")[0]["exact"] for number in range(len(words))]
    assert [*words[:6], "code  as\n it stands", *words[7:]] == exact
    assert "First.\nSecond.\nThird" == targets(built, "range")[0]["exact"]
    assert "First.\nSecond." == targets(built, "place")[0]["exact"]


@pytest.mark.parametrize(
    ("quote", "expected"),
    [
        ("— letter", [{"source": "letter", "locators": []}]),
        ("", [{"source": "letter", "locators": []}]),
        ("— p9", [{"source": "letter", "locators": ["p9"], "quote": ""}]),
        (
            "not **there**\n— p1",
            [{"source": "letter", "locators": ["p1"], "quote": "not **there**"}],
        ),
        ("x\n— ghost, p1", [{"source": "ghost", "locators": ["p1"], "quote": "x"}]),
        (
            "**One** two **three**",
            [
                {"source": "letter", "locators": ["p1"], "exact": "One", "start": 8, "end": 11},
                {"source": "letter", "locators": ["p1"], "exact": "three", "start": 16, "end": 21},
            ],
        ),
        (
            "— p3, #the-fee",
            [
                {"source": "letter", "locators": ["p3"], "exact": "d", "start": 46, "end": 47},
                {
                    "source": "letter",
                    "locators": ["#the-fee"],
                    "exact": VISIBLE.removesuffix("\nThe foot."),
                    "start": 0,
                    "end": len(VISIBLE) - len("\nThe foot."),
                },
            ],
        ),
    ],
)
def test_what_a_target_is(site, quote, expected):
    """A passage has its words, a whole source none, and what is lost has them as typed."""
    assert expected == targets(site.note("Gist {#gist}", quote, "x").build(), "gist")


def test_every_place_is_listed_and_on_the_page(site):
    """The locators are all places that one may cite, each with its words and its anchor."""
    built = site.build()
    [source] = built.data["sources"]
    kinds = [(each["id"], each["kind"], each["words"]) for each in source["locators"]]

    assert [
        ("#the-fee", "section", count_words(VISIBLE) - 2),
        ("p1", "paragraph", 6),
        ("p2", "table", 3),
        ("p3", "paragraph", 1),
        ("p4", "paragraph", 1),
        ("p5", "code", 4),
        ("#comments", "section", 4),
        ("c1", "comment", 2),
        ("c1.1", "paragraph", 1),
        ("c1.2", "paragraph", 1),
        ("c7", "comment", 1),
        ("c7.1", "paragraph", 1),
        ("f1", "footnote", 2),
    ] == kinds
    ids = set(read_page("x", built.files["sources/letter.html"]).ids)
    anchors = {each["id"].replace("#", "s-") for each in source["locators"]}
    assert anchors <= ids
    assert anchors == {id for id in ids if re.match(r"[pcf][0-9]|s-", id)}


def test_lines_of_code_are_places(tmp_path):
    """Of code every line is a place, an empty one too."""
    site = Site(tmp_path / "root").remove("seeds/letter/text.md").write(NOTES, HEAD)
    built = site.write("seeds/letter/text.py", "x = 1\n\n# two\n").build()
    [source] = built.data["sources"]

    assert ["L1", "L2", "L3"] == [each["id"] for each in source["locators"]]
    assert {"line"} == {each["kind"] for each in source["locators"]}
    assert {"L1", "L2", "L3"} <= set(read_page("x", built.files["sources/letter.html"]).ids)


def test_the_pages_are_those_that_were_made(site):
    """Every page that is written is listed once."""
    built = site.note("Gist {#gist}", "two").build()

    listed = [page["url"] for page in built.data["pages"]]
    assert sorted(url for url in built.files if url.endswith(".html")) == sorted(listed)
    assert "notes/gist.html" in listed


def test_without_pages_of_notes_their_address_is_in_the_margin(site):
    """A note's `url` leads to where it is read."""
    site.edit("site.toml", '"Site"\n', '"Site"\nnote_pages = false\n')
    built = site.note("A {#a}", "two").note("B {#b}", "x\n— ghost").build()

    urls = {note["id"]: note["url"] for note in built.data["notes"]}
    assert {"a": "sources/letter.html#n-a", "b": "notes/index.html#n-b"} == urls


def test_drafts_are_not_in_it(site):
    """What is not published is not told to programs either."""
    site.note("Draft {#draft draft=true}", "two").write(
        "content/pages/plan.md", "---\ntitle: Plan\ndraft: true\n---\n"
    )
    text = site.build().files["data/site.json"].decode()

    assert "draft" not in text
    assert "Plan" not in text


def test_it_is_plain_json(site):
    """UTF-8 as it is, two spaces deep, one line feed at the end, no key twice."""
    content = site.note("Gist 港 {#gist}", "港").build().files["data/site.json"]

    def refuse_twice(pairs):
        assert len(dict(pairs)) == len(pairs)
        return dict(pairs)

    data = json.loads(content, object_pairs_hook=refuse_twice)
    assert "港".encode() in content
    assert json.dumps(data, ensure_ascii=False, indent=2).encode() + b"\n" == content
