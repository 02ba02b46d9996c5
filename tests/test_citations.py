"""Citations: what a reader copies is read back by others as it was meant, hostile words too."""

import json
import re

import pytest

from generator.citations import Citable, cite
from generator.interface import read_strings
from tests.rights import HEADING, PARAGRAPHS, find_leaks, restricted
from tests.sites import Site

HOSTILE = 'A } title, {with} "all", \\end{x} 100% & $5 #1 a_b ~^\n@misc{evil,\x07 \u202eright'
ENGLISH = read_strings("en")
NAMES = {
    "textbackslash": "\\",
    "textbraceleft": "{",
    "textbraceright": "}",
    "textasciitilde": "~",
    "textasciicircum": "^",
}


def thing(**facts: object) -> Citable:
    known = {"id": "a", "title": "T", "authors": ("Ann Lee",), "container": "S", "version": "12ab"}
    return Citable(**(known | facts))  # type: ignore[arg-type]


def read_bibtex(text: str) -> tuple[str, str, dict[str, str]]:
    """Return the kind, key and raw fields of the only entry, as BibTeX counts braces."""
    kind, key, rest = re.fullmatch(r"@(\w+)\{([A-Za-z0-9-]+),\n(.*)\}", text, re.DOTALL).groups()
    fields = {}
    while rest:
        name, rest = re.fullmatch(r"\s*(\w+) = \{(.*)", rest, re.DOTALL).groups()
        depth, end = 1, 0
        while depth:
            depth += {"{": 1, "}": -1}.get(rest[end], 0)
            end += 1
        fields[name], rest = rest[: end - 1], rest[end:].removeprefix(",").lstrip("\n")
    return kind, key, fields


def say_tex(raw: str) -> str:
    """Return what TeX prints for *raw*, and fail at a sign that it would obey."""
    printed = ""
    while raw:
        if found := re.match(r"\\([a-z]+)\{\}", raw):
            printed += NAMES[found[1]]
        elif found := re.match(r"\\([&%$#_])", raw):
            printed += found[1]
        else:
            found = re.match(r"[^\\{}&%$#_~^]", raw)
            assert found, raw
            printed += found[0]
        raw = raw[found.end() :]
    return printed


@pytest.mark.parametrize("title", ["Plain", HOSTILE, "}", "{", "\\", "港 {", "a  b\n\nc"])
def test_bibtex_is_read_back_as_the_title_was(title):
    """No title ends its field, nor obeys TeX; lines and controls are gone."""
    kind, key, fields = read_bibtex(cite(thing(title=title, container=title), ENGLISH).bibtex.text)

    line = " ".join(title.split()).replace("\x07", "").replace("\u202e", "[U+202E]")
    assert ("misc", "a-12ab") == (kind, key)
    assert line == say_tex(fields["title"][1:-1]) == say_tex(fields["howpublished"])


def test_bibtex_keeps_names_whole_and_dates_apart():
    """A name with a comma or an "and" is one author; an address cannot leave its braces."""
    citation = cite(
        thing(
            authors=("Lee, Ann and Sons", "Éva"),
            date="2026-11-24",
            url="https://example.org/a}b",
            place="p3",
        ),
        ENGLISH,
    )
    _, _, fields = read_bibtex(citation.bibtex.text)

    assert "{Lee, Ann and Sons} and {Éva}" == fields["author"]
    assert ("2026", "11") == (fields["year"], fields["month"])
    assert "https://example.org/a%7Db" == fields["url"]
    assert "p3, version 12ab" == fields["note"]


CSL = {
    "id": str,
    "type": str,
    "title": str,
    "author": list,
    "container-title": str,
    "section": str,
    "issued": dict,
    "URL": str,
    "language": str,
    "version": str,
}


@pytest.mark.parametrize("date", ["", "1912", "1912-05", "2026-11-24", "2026-11-24T10:00", "soon"])
def test_csl_json_has_the_keys_and_types_of_its_schema(date):
    """Every value is of its key's type, empty ones are left out, dates are parts."""
    [row] = json.loads(cite(thing(title=HOSTILE, date=date, language="en"), ENGLISH).csl.text)

    assert all(isinstance(value, CSL[key]) and value for key, value in row.items())
    assert "webpage" == row["type"]
    assert [{"literal": "Ann Lee"}] == row["author"]
    assert not re.search(r"[\x00-\x1f\u202e]", row["title"])
    parts = row.get("issued", {"date-parts": [[]]})["date-parts"][0]
    assert [int(part) for part in re.findall(r"\d+", date[:10])] == parts


def test_a_plain_citation_says_what_is_known():
    """What is not known leaves no trace."""
    known = cite(thing(place="p3", date="2026", url="https://example.org/"), ENGLISH)

    assert "Ann Lee. “T”, p3. S. 2026. https://example.org/. Version 12ab." == known.plain.text
    assert "“T”. S. Version 12ab." == cite(thing(authors=()), ENGLISH).plain.text


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        ("en", "Ann Lee, جارة. “T”, p3. S. 1 November 2026. Version 12ab."),
        ("fr", "Ann Lee, جارة. «\u00a0T\u00a0», p3. S. 1er novembre 2026. Version 12ab."),
        ("ar", "Ann Lee، جارة. «T»، p3. S. 1 نوفمبر 2026. الإصدار 12ab."),
    ],
)
def test_a_plain_citation_is_written_as_the_interface_writes(language, expected):
    """Its quotation marks, lists and dates are those of the language, with no signs of isolation:
    it is taken away."""
    known = thing(authors=("Ann Lee", "جارة"), place="p3", date="2026-11-01")

    assert expected == cite(known, read_strings(language)).plain.text


def test_a_title_that_is_made_of_another_is_taken_away_bare(tmp_path):
    """The citation of a commentary names an Arabic text without signs of isolation."""
    site = Site(tmp_path).edit("seeds/letter/source.toml", "A letter", "رسالة")
    page = site.build().page("sources/letter.html")

    assert "“<br><bdi>Commentary on رسالة</bdi><br>”" in page


def versions(html: str) -> list[str]:
    return re.findall(r"Version ([0-9a-f]{8})\.</pre>", html)


def test_a_version_changes_with_its_words_and_with_nothing_else(tmp_path):
    """Another note, setting or address leaves a note's and a passage's version as it was."""
    site = Site(tmp_path / "root")
    first = versions(site.build().page("notes/timing.html"))
    whole = versions(site.build().page("sources/letter.html"))
    other = site.note("Another", "the sea", "See [[timing]].").build(base_url="https://a.example/")

    assert 2 == len(first)
    assert first == versions(other.page("notes/timing.html"))
    assert whole != versions(other.page("sources/letter.html"))

    site.edit("content/annotations/letter.md", "See [[letter#p2]]", "See it, [[letter#p2]]")
    note, passage = versions(site.build().page("notes/timing.html"))
    assert (note != first[0], passage) == (True, first[1])


def test_addresses_are_absolute_or_left_out(tmp_path):
    """Without `base_url` no citation has an address; with it, all have the page's own."""
    site = Site(tmp_path / "root")
    bare = site.build().page("notes/timing.html")
    assert "URL" not in bare
    assert "og:" not in bare
    full = site.build(base_url="https://a.example/x/").page("notes/timing.html")
    assert "url = {https://a.example/x/notes/timing.html}" in full
    assert "url = {https://a.example/x/sources/letter.html#p1}" in full
    assert '<meta property="og:type" content="article">' in full


def test_the_page_of_a_text_is_the_work_of_its_annotators(tmp_path):
    """What Zotero reads names the annotators and the commentary, not the text's author."""
    site = Site(tmp_path / "root")
    site.edit("seeds/letter/source.toml", "rights", 'authors = ["A clerk"]\nrights')
    page = site.build().page("sources/letter.html")

    assert ["The editor"] == re.findall(r'<meta name="DC.creator" content="(.*?)">', page)
    assert '<meta name="DC.title" content="Commentary on A letter">' in page
    passage = site.build().page("notes/timing.html")
    assert "author = {{A clerk}}" in passage


@pytest.mark.parametrize("rights", ["quote", "excerpt", "link"])
def test_citations_keep_back_what_is_kept_back(tmp_path, rights):
    """Under restricted rights no citation has a word of the text that is not quoted."""
    notes = "\n## Soon {#soon}\n\n> the new fee was **decided too soon**, before\n\nOurs.\n"
    quoted = () if rights == "link" else (PARAGRAPHS[0],)
    site = restricted(tmp_path / "root", rights, notes)
    built = site.build()
    taken = {
        url: "\n".join(re.findall(r"<pre dir.*?</pre>|<meta name=.DC.*?>", built.page(url), re.S))
        for url in ("sources/letter.html", "notes/soon.html")
    }

    assert all("version" in text for text in taken.values())
    assert [] == find_leaks({url: text.encode() for url, text in taken.items()}, quoted)
    assert not any(HEADING in text for text in taken.values())
    before = {url: versions(text) for url, text in taken.items()}
    site.edit("seeds/letter/text.md", PARAGRAPHS[1].split()[-1], "otherwise.")
    again = site.build()
    assert before == {url: versions(again.page(url)) for url in before}


@pytest.mark.parametrize(
    ("before", "after"), [("editor", "a"), ("it", "author"), ("it", "howpublished")]
)
def test_no_words_of_a_citation_go_on_with_a_quotation(tmp_path, before, after):
    """A note is called by what it quotes; the words around that are ours, and no leak."""
    words = "alpha beta gamma delta epsilon zeta eta"
    site = restricted(tmp_path / "root", "quote", f"\n## {{#n .highlighting}}\n\n> {words}\n")
    site.write("seeds/letter/text.md", f"He said {before} {words} {after} theta iota.\n")
    built = site.build()

    assert [] == built.codes
    assert f"<br><bdi>{words}</bdi><br>" in built.page("notes/n.html")
