"""Mistakes of an author: each is said once, where it was made, and nothing that follows from it."""

import pytest

from tests.rights import OUTLINE, PATH, restricted
from tests.rights import without_text as clone
from tests.sites import Site

NOTE = """
## Note {#note}

> Nobody on the water
> — p2

Ours.

| who | issue | stance | said by |
|---|---|---|---|
| crew | fee | for | town |
"""
SOURCE, TEXT = "seeds/letter/source.toml", "seeds/letter/text.md"
CREW, FEE = "content/actors/crew.md", "content/issues/fee.md"
RULED = (
    "The fee.\n\n| who | reading | because | why |\n|---|---|---|---|\n| {} | for | note | so |\n"
)


@pytest.fixture
def site(tmp_path) -> Site:
    """A site in which every file uses the others, and nothing is wrong."""
    site = restricted(tmp_path / "root", "quote", NOTE, 'speaker = "crew"\n')
    for id in ("crew", "town"):
        site.write(f"content/actors/{id}.md", f"---\nname: {id}\nkind: group\n---\n\nWho.\n")
    site.write(FEE, "---\nproposition: The fee is fair.\n---\n\nThe fee.\n")
    assert [] == site.build().places
    return site


@pytest.mark.parametrize(
    ("path", "old", "new", "code", "place", "words"),
    [
        (SOURCE, '"quote"', '"quoted"', "settings-invalid", ":2:10", '"quoted"'),
        (SOURCE, '"quote"', '"Quote"', "settings-invalid", ":2:10", '"Quote"'),
        (SOURCE, "rights", "right", "key-unknown", ":2:1", "right"),
        (SOURCE, "title", "titel", "key-unknown", ":1:1", "titel"),
        (SOURCE, '"A letter"', '"A letter', "settings-invalid", ":1:9", '"A letter'),
        (SOURCE, 'title = "A letter"\n', "", "settings-invalid", "", ""),
        (SOURCE, "language", "maxwords = 3\nlanguage", "key-unknown", ":3:1", "maxwords"),
        (SOURCE, "language", "max_words = 0\nlanguage", "settings-invalid", ":3:13", "0"),
        (SOURCE, "language", "max_share = 0\nlanguage", "settings-invalid", ":3:13", "0"),
        (SOURCE, "language", "max_share = 15\nlanguage", "settings-invalid", ":3:13", "15"),
        (SOURCE, "language", 'max_share = "15 %"\nlanguage', "settings-invalid", ":3:13", '"15 %"'),
        (
            SOURCE,
            "language",
            "max_words = 3\nlanguage",
            "rights-exceeded",
            f"{PATH}:8:3",
            "Nobody on the water",
        ),
        (SOURCE, "https", "ftp", "settings-invalid", ":4:7", '"ftp://example.org/letter"'),
        (SOURCE, "language", 'date = "soon"\nlanguage', "settings-invalid", ":3:8", '"soon"'),
        (SOURCE, '"crew"', '"crw"', "actor-unknown", ":5:11", '"crw"'),
        (CREW, "name: crew", 'name: "crew', "front-matter-invalid", ":2:7", '"crew'),
        (CREW, "name: crew", "nam: crew", "key-unknown", ":2:1", "nam"),
        (CREW, "kind: group", "kind: groop", "value-invalid", ":3:7", "groop"),
        (CREW, "kind: group\n---\n", "kind: group\n", "front-matter-invalid", ":1:1", "---"),
        (
            FEE,
            "proposition: The",
            'proposition: "The',
            "front-matter-invalid",
            ":2:14",
            '"The fee is fair.',
        ),
        (FEE, "proposition:", "propositon:", "key-unknown", ":2:1", "propositon"),
        (FEE, "The fee.\n", RULED.format("crwe"), "actor-unknown", ":9:3", "crwe"),
        (PATH, "source: letter", 'source: "letter', "front-matter-invalid", ":2:9", '"letter'),
        (PATH, "source: letter", "source: leter", "source-unknown", ":2:9", "leter"),
        (PATH, "source: letter", "sorce: letter", "key-unknown", ":2:1", "sorce"),
        (PATH, "| town |", "| twon |", "actor-unknown", ":15:22", "twon"),
        (PATH, "| crew | fee", "| crwe | fee", "actor-unknown", ":15:3", "crwe"),
        (PATH, "| fee | for", "| fe | for", "issue-unknown", ":15:10", "fe"),
        (PATH, "| for |", "| fro |", "stance-unknown", ":15:16", "fro"),
        (PATH, "on the water", "on the moon", "quote-not-found", ":8:3", "Nobody on the moon"),
        (PATH, "— p2", "— p22", "locator-unknown", ":9:3", "— p22"),
        (PATH, "— p2", "— p1", "quote-elsewhere", ":9:3", "— p1"),
        (
            TEXT,
            "Nobody on the",
            "No one on the",
            "quote-not-found",
            f"{PATH}:8:3",
            "Nobody on the water",
        ),
        ("seeds/letter/text.txt", "", "x\n", "source-missing", "seeds/letter", ""),
        ("seeds/other/text.md", "", "x\n", "source-missing", "seeds/other", ""),
    ],
)
def test_a_mistake_is_one_message(site, path, old, new, code, place, words):
    """Where it was made, with the words it is about."""
    site.edit(path, old, new) if old else site.write(path, new)
    shown = place if place.startswith(("content", "seeds")) else f"{path}{place}"

    assert [(code, shown, words)] == site.build().places
    assert all(each.help for each in site.build().report.diagnostics if code != "settings-invalid")


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("{", "[", "outline-invalid"),
        ('"words"', '"wrds"', "outline-invalid"),
    ],
)
def test_an_outline_that_was_edited_is_one_message(site, old, new, code):
    """Without the text nothing can be made of the source, and that is all there is to say."""
    copy = clone(site)
    copy.write(OUTLINE, (copy.root / OUTLINE).read_text("utf-8").replace(old, new))
    built = copy.build()

    assert [code] == built.codes
    assert built.report.withheld


def test_a_quotation_that_nobody_can_look_up_is_one_message(site):
    """The statement below it is not lost because the text is not here."""
    built = clone(site).edit(PATH, "Nobody on the water", "on the water").build()

    assert [("note-unverified", f"{PATH}:8:3", "on the water")] == built.places


@pytest.mark.parametrize("id", ["letter", "crew"])
def test_an_id_that_is_taken_is_one_message(site, id):
    """Whoever names what was left out is not told that there is no such thing."""
    path = "content/actors/letter.md" if id == "letter" else "content/issues/crew.md"
    head = "name: L\nkind: group" if id == "letter" else "proposition: It is so."
    site.write(path, f"---\n{head}\n---\n\nWords.\n")
    row = "| letter | fee | for | letter |" if id == "letter" else "| town | crew | for | town |"
    site.edit(PATH, "| crew | fee | for | town |", f"| crew | fee | for | town |\n{row}")
    site.edit(SOURCE, '"crew"', '"letter"') if id == "letter" else site

    assert [("id-duplicate", path, "")] == site.build().places


def test_a_source_whose_key_for_rights_is_misspelt_is_not_built(site):
    """It says that it may not be published whole, if nothing can be made of it."""
    (site.root / OUTLINE).unlink()

    assert site.edit(SOURCE, "rights", "right").build().report.withheld
    assert not site.edit(SOURCE, '"quote"', '"full"').build().report.withheld


def test_a_source_that_is_not_there_is_said_once_for_all_notes_of_its_file(site):
    """At the line that names it, with and without quotations; a where-line names its own."""
    site.edit(PATH, "source: letter", "source: leter")
    site.note("Another", "on the water")
    text = (site.root / PATH).read_text("utf-8")
    site.write(PATH, f"{text}\n## A third\n\nSaid of the whole.\n\n## A fourth\n\n> x\n> — lettr\n")
    built = site.build()
    assert [
        ("source-unknown", f"{PATH}:2:9", "leter"),
        ("source-unknown", f"{PATH}:{len(text.splitlines()) + 9}:3", "— lettr"),
    ] == [place for place in built.places if place[0] == "source-unknown"]
