"""Tracing: words that must not be published are shown where their author typed them."""

import pytest

from generator.cli import main
from tests.rights import PARAGRAPHS, PATH, restricted
from tests.rights import without_text as clone
from tests.sites import Site

ICE = PARAGRAPHS[3]
EIGHT = " ".join(ICE.split()[3:11])
NAME = EIGHT.replace(" ", "-")
ESCAPED = EIGHT.replace("ice", "\\u0069ce").replace("as wide as", "as wide a\\u0073")
NOTE = """
## Note {#note}

> Nobody on the water

Ours.

| who | issue | stance | basis | quote | if | why |
|---|---|---|---|---|---|---|
| crew | fee | for | conditional | on the water | asked | because |
"""
PAGE = "---\ntitle: A\n---\n\n![x](../files/p.svg) [[note]] [[crew]]\n"
MAIN = '{% extends "default/page.html" %}\n{% block main %}'
TYPED = "say it in words of your own"
NAMED = "give it another name"
CREW, FEE, ABOUT = "content/actors/crew.md", "content/issues/fee.md", "content/pages/about.md"
SETTINGS, OTHER, THEME = "site.toml", "seeds/other/source.toml", "themes/own/page.html"
PICTURE, STATIC = "content/files/p.svg", "themes/own/static/own"


@pytest.fixture
def site(tmp_path) -> Site:
    """A site with a file of every kind, which publishes a few words of the letter."""
    site = restricted(tmp_path / "root", "quote", NOTE, 'speaker = "crew"\n')
    site.write(CREW, "---\nname: Crew\nkind: group\naliases: [Hands]\n---\n\nThe crew.\n")
    ruling = (
        "\n| who | reading | because | why |\n|---|---|---|---|\n| crew | for | note | told so |\n"
    )
    site.write(FEE, f"---\nproposition: The fee is fair.\n---\n\nThe fee.\n{ruling}")
    site.write(ABOUT, PAGE).write(PICTURE, "<svg></svg>")
    site.write(OTHER, 'title = "Other"\nrights = "full"\n').write("seeds/other/text.md", "Words.\n")
    site.write("themes/own/theme.toml", 'inherit = "default"\n')
    return site.edit(SETTINGS, 'title = "Site"', 'title = "Site"\ntheme = "own"')


def change(site: Site, path: str, old: str, new: str) -> None:
    """Put *new* in the place of *old* in the file at *path*; write it if nothing is *old*."""
    if old:
        site.edit(path, old, new)
    else:
        site.write(path, new)


@pytest.mark.parametrize(
    ("path", "old", "new", "place", "words"),
    [
        (PATH, "Ours.", f"Ours: {EIGHT}.", "10:7", EIGHT),
        (PATH, "Ours.", f"Ours.\n\n<!-- -->\n\n- {EIGHT}", "14:3", EIGHT),
        (PATH, "## Note", f"## {EIGHT}", "6:4", EIGHT),
        (PATH, "{#note}", f"{{#note}}\n\ntags: [{EIGHT}]", "8:8", EIGHT),
        (PATH, "because", EIGHT, "14:59", EIGHT),
        (PATH, "asked", EIGHT, "14:51", EIGHT),
        (CREW, "The crew.", f"The crew: {EIGHT}.", "7:11", EIGHT),
        (CREW, "name: Crew", f"name: {EIGHT}", "2:7", EIGHT),
        (CREW, "[Hands]", f"[{EIGHT}]", "4:11", EIGHT),
        (FEE, "The fee.", f"The fee: {EIGHT}.", "5:10", EIGHT),
        (FEE, "The fee is fair", f"So {EIGHT}", "2:17", EIGHT),
        (FEE, "told so", EIGHT, "9:23", EIGHT),
        (ABOUT, "[[note]]", f"[[note]] {EIGHT}", "5:31", EIGHT),
        (ABOUT, "title: A", f"title: {EIGHT}", "2:8", EIGHT),
        (ABOUT, "![x]", f"![{EIGHT}]", "5:3", EIGHT),
        (SETTINGS, '"Site"', f'"{EIGHT}"', "1:10", EIGHT),
        (SETTINGS, "The editor", EIGHT, "6:9", EIGHT),
        (OTHER, "Other", EIGHT, "1:10", EIGHT),
        (OTHER, "rights", f'url = "https://example.org/{NAME}"\nrights', "2:28", NAME),
        (THEME, "", f"{MAIN}\n<p>{EIGHT}</p>{{% endblock %}}", "3:4", EIGHT),
        (THEME, "", f'{MAIN}\n<p title="{EIGHT}">{{% endblock %}}', "3:11", EIGHT),
        (THEME, "", f'{MAIN}\n<p data-a="a > b">{EIGHT}{{% endblock %}}', "3:19", EIGHT),
        (f"{STATIC}.js", "", f'\nvar words = "{EIGHT}";', "2:14", EIGHT),
        (f"{STATIC}.css", "", f'b::after {{ content: "{EIGHT}" }}', "1:22", EIGHT),
        (f"{STATIC}.json", "", f'{{"a":\n"{ESCAPED}"}}', "2:2", ESCAPED),
        (f"{STATIC}.txt", "", f"One.\n{EIGHT}\n", "2:1", EIGHT),
        (f"{STATIC}.svg", "", f"<svg>\n<desc>{EIGHT}</desc></svg>", "2:7", EIGHT),
        (PICTURE, "<svg>", f"<svg>\n<text>{EIGHT}</text>", "2:7", EIGHT),
        (
            PICTURE,
            "<svg>",
            f"<svg>{''.join(f'<tspan>{word}</tspan>' for word in EIGHT.split())}",
            "1:13",
            "",
        ),
    ],
)
def test_words_are_underlined_where_they_were_typed(site, path, old, new, place, words):
    """In whatever file: its line and column, the words, what to do; and the old site stays."""
    before = site.build()
    assert [] == before.places
    change(site, path, old, new)
    built = site.build()

    [(code, shown, found)] = built.places
    assert ("text-leaked", f"{path}:{place}") == (code, shown)
    assert words in ("", found)
    [problem] = built.report.diagnostics
    assert "would publish words of letter that are kept back" in problem.message
    assert TYPED in problem.help
    assert before.files == built.files


@pytest.mark.parametrize(
    ("path", "content"),
    [
        (f"content/pages/{NAME}.md", "---\ntitle: B\n---\n\nWords.\n"),
        (f"content/actors/{NAME}.md", "---\nname: B\nkind: group\n---\n\nWords.\n"),
        (f"seeds/{NAME}/source.toml", 'title = "B"\nrights = "full"\n'),
        (f"content/files/{NAME}.svg", "<svg></svg>"),
        (f"{STATIC}-{NAME}.css", ""),
    ],
)
def test_words_in_the_name_of_a_file(site, path, content):
    """It becomes an address; nothing can be underlined, but it is that file which is named."""
    if path.endswith("source.toml"):
        site.write(path.replace("source.toml", "text.md"), "Words.\n")
    site.write(path, content)
    if path.startswith("content/files"):
        site.edit(ABOUT, "p.svg", f"{NAME}.svg")
    built = site.build()
    problem = next(each for each in built.report.diagnostics if each.code == "text-leaked")

    assert path == problem.path
    assert NAMED in problem.help
    assert built.report.withheld


def test_words_in_a_picture_that_cannot_be_read_as_text(site):
    """The picture is named."""
    path = "content/files/p.png"
    site.edit(ABOUT, "p.svg", "p.png").write(path, b"\x89PNG\r\n\x1a\n\xff" + EIGHT.encode())
    [problem] = [each for each in site.build().report.diagnostics if each.path == path]

    assert ("text-leaked", None) == (problem.code, problem.span)
    assert "somewhere in this file" in problem.help


def test_words_in_a_statements_quotation_are_published_by_it(site):
    """That is what quoting is; more words than the rights allow are underlined there."""
    site.edit(PATH, "| on the water |", f"| {EIGHT} |").edit(PATH, "Nobody on the water", ICE)
    assert [] == site.build().places
    site.edit("seeds/letter/source.toml", "language", "max_words = 20\nlanguage")
    [(code, place, words)] = site.build().places

    assert ("rights-exceeded", f"{PATH}:8:3", ICE) == (code, place, words)


def test_without_the_text_a_whole_passage_is_underlined(site):
    """The outline knows its fingerprint: as a block of a file, or as the text of a picture."""
    site.build()
    copy = clone(site).edit(PATH, "Ours.", f"Ours:\n\n> {ICE}\n")
    [(code, place, words)] = copy.build().places

    assert ("text-leaked", f"{PATH}:12:1") == (code, place)
    assert ICE in words
    copy = clone(site).edit(ABOUT, "![x]", f"![{ICE}]")
    [problem] = copy.build().report.diagnostics
    assert ("text-leaked", "seeds/letter/source.toml") == (problem.code, problem.path)
    assert "all of p4" in problem.message
    assert "look at titles, texts of pictures" in problem.help


def test_a_leak_ends_the_command_with_1(site, capsys):
    """And what it prints has the file, the line, the words underlined and the repair."""
    site.edit(ABOUT, "[[note]]", EIGHT)
    code = main(["build", "--root", str(site.root), "--output", str(site.root / "out")])
    told = capsys.readouterr().err

    assert 1 == code
    assert f"{ABOUT}:5:22" in told
    assert "^" * len(EIGHT) in told
    assert TYPED in told
    assert not (site.root / "out").exists()
