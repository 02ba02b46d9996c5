"""Guarding: words that are kept back stop a build, wherever somebody has put them."""

from dataclasses import replace

import pytest

from generator.finding import Record
from generator.output import MANIFEST
from generator.pipeline import build
from generator.plans import Plan
from generator.reporting import summarise
from tests.rights import COMMENTS, OUTLINE, PARAGRAPHS, PATH, restricted
from tests.rights import without_text as clone

ICE = PARAGRAPHS[3]
EIGHT = " ".join(ICE.split()[3:11])
SEVEN = " ".join(ICE.split()[3:10])
NOTE = "\n## Note {#note}\n\n> Nobody on the water\n\nOurs.\n"


@pytest.fixture
def site(tmp_path):
    """A site that publishes four words of the letter."""
    return restricted(tmp_path / "root", "quote", NOTE)


def spell(words, how):
    """Return *words* as some format spells them."""
    match how:
        case "plain":
            return words
        case "shouted":
            return words.upper().replace(" ", ", ")
        case "entities":
            return "".join(f"&#{ord(sign)};" for sign in words)
        case "emphasis":
            return words.replace(" down", " *down*").replace("plates", "pl**at**es")
        case "ligatures":
            return words.replace("in", "i\u00adn")
        case "linked":
            return words.replace("comes", "[comes](https://example.org)")


@pytest.mark.parametrize("how", ["plain", "shouted", "entities", "emphasis", "ligatures", "linked"])
def test_words_in_a_note(site, how):
    """They are found however they are typed, at their place, and the site is left as it was."""
    before = site.build().files
    typed = spell(EIGHT, how)
    built = site.edit(PATH, "Ours.", f"Ours: {typed}, so there.").build()

    assert ["text-leaked"] == built.codes
    assert built.report.withheld
    assert before == built.files
    [problem] = built.report.diagnostics
    assert "sources/letter.html" in problem.message or "notes/note.html" in problem.message
    assert "ice comes down" in problem.message
    [(_, place, words)] = built.places
    assert place.startswith(f"{PATH}:")
    assert words in typed
    assert len(words) > len(typed) - 5


def test_seven_words_are_nobodys(site):
    """Fewer than eight in a row may be copied: so people speak."""
    assert [] == site.edit(PATH, "Ours.", f"Ours: {SEVEN}, so there.").build().places


@pytest.mark.parametrize(
    ("path", "content"),
    [
        ("content/pages/about.md", f"---\ntitle: About\n---\n\n{EIGHT}\n"),
        ("content/pages/about.md", f"---\ntitle: {EIGHT}\n---\n\nWords.\n"),
        ("content/pages/about.md", f"---\ntitle: A\n---\n\n![{EIGHT}](../files/p.png)\n"),
        (
            "content/pages/about.md",
            f"---\ntitle: A\n---\n\n[x](https://e.org/?q={EIGHT.replace(' ', '%20')})\n",
        ),
        (
            "content/pages/about.md",
            f"---\ntitle: A\n---\n\n[x](https://e.org/{EIGHT.replace(' ', '-')}.html)\n",
        ),
        ("content/pages/about.md", f"---\ntitle: A\n---\n\n`{EIGHT}`\n"),
        ("content/pages/about.md", f"---\ntitle: A\n---\n\n## {EIGHT}\n\nWords.\n"),
        ("content/pages/about.md", f"---\ntitle: A\n---\n\n| {EIGHT} |\n|---|\n| x |\n"),
        (f"content/pages/{EIGHT.replace(' ', '-').lower()}.md", "---\ntitle: A\n---\n\nWords.\n"),
        ("content/actors/crew.md", f"---\nname: Crew\nkind: group\n---\n\n{EIGHT}\n"),
        ("content/files/p.svg", f"<svg><text><tspan>{EIGHT}</tspan></text></svg>"),
        ("content/files/p.svg", f"<svg><desc>{EIGHT.replace('ice', 'i&#99;e')}</desc></svg>"),
        (
            "themes/own/page.html",
            f'{{% extends "default/page.html" %}}{{% block main %}}{EIGHT}{{% endblock %}}',
        ),
        ("themes/own/static/own.js", f'var words = "{EIGHT}";'),
        (
            "themes/own/static/own.js",
            f'var words = "{"".join(f"{chr(92)}x{ord(sign):02x}" for sign in EIGHT)}";',
        ),
        (
            "themes/own/static/own.js",
            f'var words = "{"".join(f"{chr(92)}u{{{ord(sign):x}}}" for sign in EIGHT)}";',
        ),
        (
            "themes/own/static/own.js",
            "var words = [" + ", ".join(f'"{word}"' for word in EIGHT.split()) + "];",
        ),
    ],
)
def test_words_anywhere_else(site, path, content):
    """Pages, pictures, addresses, codebook, themes: nothing that is written is passed over."""
    site.write("content/files/p.png", b"\x89PNG\r\n\x1a\n")
    site.write("content/pages/about.md", "---\ntitle: A\n---\n\n![x](../files/p.svg) [[note]]\n")
    site.write("content/files/p.svg", "<svg></svg>")
    site.write("themes/own/theme.toml", 'inherit = "default"\n')
    site.edit("site.toml", 'title = "Site"', 'title = "Site"\ntheme = "own"')
    assert [] == site.build().places
    built = site.write(path, content).build()

    assert "text-leaked" in built.codes
    assert built.report.withheld


def test_words_in_the_sites_own_facts(site):
    """A description stands on every page: one problem says so, where it was typed."""
    site.edit("site.toml", 'title = "Site"', f'title = "Site"\ndescription = "{EIGHT}"')
    built = site.build()

    [(code, place, words)] = built.places
    assert ("text-leaked", "site.toml:2:16", EIGHT) == (code, place, words)
    assert " and 4 more would publish" in built.report.diagnostics[0].message


def test_words_that_may_be_published_are_no_leak(site):
    """What a note quotes may be said anywhere, and so may the title, even where the text has it."""
    title = "A plain account of the harbour and its many troubles"
    site.edit("seeds/letter/source.toml", "A letter", title)
    site.edit("seeds/letter/text.md", "Nobody on", f"{title}. Nobody on")
    site.edit(PATH, "Ours.", f"{title}.\n\n## Ice {{#ice}}\n\n> {ICE[:90]}\n\nSays: {ICE[:90]}.\n")

    assert [] == site.build().places


@pytest.mark.parametrize(
    "second",
    ["> as a barn door", "> In winter … as a barn door", "> as a barn door. … the small boats"],
)
@pytest.mark.parametrize("joint", ["", "Ours.\n\n## Ice {#ice}\n\n"])
def test_quotations_next_to_each_other_are_no_leak(site, joint, second):
    """What two of them publish in a row may be said in a row, in one note as in two."""
    first = "> comes down in **plates as wide**"
    text = f"## Plates {{#plates}}\n\n{first}\n\n{joint}{second}\n\nPlates as wide as a barn door."
    site.edit(PATH, "Ours.", f"Ours.\n\n{text}\n\n## More {{#more}}\n\n> ice comes down in\n")
    site.edit(PATH, "Plates as wide", "Ice comes down in plates as wide")

    assert [] == site.build().places


def test_words_of_a_text_that_is_published_whole_are_no_leak(site):
    """Somebody who may publish a text may publish it, whoever else has it too."""
    site.write("seeds/other/source.toml", 'title = "O"\nrights = "full"\n')
    site.write("seeds/other/text.md", f"He wrote: {ICE}\n")

    assert [] == site.build().places


def test_a_heading_beside_published_words_is_no_leak(tmp_path):
    """A title and a quotation stand next to each other on a page as they may in the text."""
    note = "\n## In The lamp {#note}\n\n> Let the lamp be lit, let the basin be dredged\n\nOurs.\n"
    site = restricted(tmp_path / "root", "quote", note.replace("In The", "The"))

    assert [] == site.build().places


def test_short_blocks_in_a_row_are_a_leak(site):
    """A list of short lines is copied as well as a long one."""
    lines = "".join(f"- {' '.join(ICE.split()[at : at + 4])}\n" for at in range(0, 16, 4))
    built = site.edit(PATH, "Ours.", f"Ours:\n\n{lines}").build()

    assert ["text-leaked"] == built.codes


def test_quoting_less_uncovers_what_another_page_has(site):
    """A page that did not change may have become one that says too much."""
    site.edit(PATH, "Ours.", f"Ours.\n\n## Ice {{#ice}}\n\n> {ICE}\n\nIce.\n")
    site.write("content/pages/about.md", f"---\ntitle: About\n---\n\n{ICE}\n")
    cache = site.root / ".postil" / "store"
    first = site.build(cache=cache)
    assert [] == first.places
    assert [] == site.build(cache=cache).places

    built = site.edit(PATH, f"> {ICE}", "> In winter").build(cache=cache)
    assert ["text-leaked"] == built.codes
    assert first.files == built.files
    assert built.places == site.build().places


def test_a_check_finds_what_a_build_would(site):
    """It says so without writing anything."""
    site.build()
    site.edit(PATH, "Ours.", f"Ours: {EIGHT}.")
    outline = (site.root / OUTLINE).read_bytes()
    report = build(Plan(site.root, None), lambda *_: None)

    assert {"text-leaked"} == {problem.code for problem in report.diagnostics}
    assert outline == (site.root / OUTLINE).read_bytes()
    assert "published nothing: the site that is there stays as it was" in summarise(report, "", 0)


@pytest.mark.parametrize("where", ["content", "facts", "filters"])
def test_words_in_an_index(site, monkeypatch, where):
    """Whatever of a record is packed into the index is looked at before."""
    record = Record("x.html", "", "en")
    held = EIGHT if where == "content" else (("from", EIGHT),)
    leaking = replace(record, **{where: held})
    monkeypatch.setattr("generator.indexing.list_records", lambda index: [leaking])
    site.edit("site.toml", "search = false\n", "")

    assert {"text-leaked"} == set(site.build().codes)


def test_a_leak_leaves_the_outline_alone(site):
    """What is in git goes with the site that is there."""
    site.build()
    outline = (site.root / OUTLINE).read_bytes()
    built = (
        site.edit(PATH, "Nobody on the water", "Nobody on")
        .edit(PATH, "Ours.", f"Ours: {EIGHT}.")
        .build()
    )

    assert built.report.withheld
    assert outline == (site.root / OUTLINE).read_bytes()


def test_a_private_edition_keeps_nothing_back(site):
    """It is not for the public, so it is not searched."""
    assert [] == site.edit(PATH, "Ours.", f"Ours: {EIGHT}.").build(private=True).places


def test_without_the_text_whole_passages_are_known(site):
    """Of a text that is not here the outline knows each long passage by its fingerprint."""
    site.build()
    copy = clone(site)
    typed = f"Ours:\n\n> {ICE.lower().replace(' ', '  ')}\n"
    built = copy.edit(PATH, "Ours.", typed).build()

    [(code, place, _)] = built.places
    assert "text-leaked" == code
    assert place.startswith(PATH)
    assert "all of p4" in built.report.diagnostics[0].message
    assert built.report.withheld
    # Part of it is not, and the notice says so.
    assert [] == copy.edit(PATH, "ice", "water").build().places
    assert "covers only what that holds" in copy.build().report.notices[0]


def test_a_fingerprint_never_tells_a_few_words(site):
    """What is short, or nearly all quoted, could be guessed: it has no fingerprint."""
    quoted = " ".join(ICE.split()[:30])
    site.edit(PATH, "Ours.", f"Ours.\n\n## Ice {{#ice}}\n\n> {quoted}\n\nIce.\n").build()
    lines = (site.root / OUTLINE).read_text("utf-8").splitlines()
    printed = {
        id: "print" in line
        for line in lines
        for id in ("p3", "p4", "c2.1")
        if f'"block": "p", "id": "{id}"' in line
    }

    assert {"p3": True, "p4": False, "c2.1": False} == printed
    site.edit(PATH, f"> {quoted}", f"> {ICE}").build()
    assert '"id": "p4", "words": 38, "text": ["In winter' in (site.root / OUTLINE).read_text()


def test_what_was_there_before_stays_whole(site):
    """A build that is stopped leaves no half of itself beside the old site."""
    site.build()
    site.edit(PATH, "Ours.", f"Ours: {EIGHT}.").build()

    output = site.root.parent / "root-site"
    assert (output / MANIFEST).is_file()
    assert [] == list(output.parent.glob(".root-site*"))


def test_comments_are_kept_back_like_the_rest(site):
    """They are somebody's words too."""
    built = site.edit(PATH, "Ours.", f"Ours: {COMMENTS[0]}").build()

    assert ["text-leaked"] == built.codes
