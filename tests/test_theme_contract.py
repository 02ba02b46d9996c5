"""The contract of themes: written down, true, and enough for a theme that differs in kind."""

import re

import pytest

from generator.render.jinja import TOOLS
from tests.contract import DEFAULT, PAGE, ROOT, list_macros, pair_views, write_contract
from tests.crawling import find_faults, read_page
from tests.positions import HARBOUR
from tests.sites import Site, dress

VARIORUM = ROOT / "themes/variorum"
PLACES = (ROOT / f"tests/sites/{name}" for name in ("golden", "torture", "rihla"))
SITES = {path.name: path for path in PLACES}
SITES["harbour"] = HARBOUR


def test_the_contract_is_written_down(request):
    """The page that lists templates, blocks, macros and fields is that which they make."""
    if request.config.getoption("--update"):
        PAGE.write_text(write_contract(), "utf-8")

    assert PAGE.read_text("utf-8") == write_contract()


def test_every_template_of_a_page_draws_a_view():
    """Nothing that a page is made with is missing from the contract, nor there in vain."""
    extending = {
        path.name for path in DEFAULT.glob("*.html") if "{% extends" in path.read_text("utf-8")
    }

    assert extending | {"404.html"} == set(pair_views())


def test_the_manual_names_every_tool():
    """What a template can call is said in the chapter on themes."""
    manual = (ROOT / "seeds/manual/text.md").read_text("utf-8")
    chapter = manual.split("\n## Themes\n")[1].split("\n## ")[0]
    names = {re.match(r"\w*", code)[0] for code in re.findall(r"`(\w[^`]*)`", chapter)}

    assert {"view", "frame", "draw"} | TOOLS <= names


@pytest.mark.parametrize("name", SITES)
def test_the_variorum_makes_every_page_as_sound_as_the_default(name, tmp_path):
    """With either theme the same pages are made, with the same problems and no fault of form."""
    theirs = dress(SITES[name], "default", tmp_path / "one").build()
    built = dress(SITES[name], "variorum", tmp_path / "two").build()

    pages = [url for url in built.files if url.endswith(".html")]
    assert pages == [url for url in theirs.files if url.endswith(".html")]
    assert [code for code, _, _ in theirs.places] == [code for code, _, _ in built.places]
    assert [] == find_faults(built.files)
    for url in pages:
        ids = read_page(url, theirs.files[url]).ids
        # Its notes have room on paper: none of them goes on at the end.
        expected = [id for id in ids if id != "ends" and not id.startswith("e-")]
        assert expected == read_page(url, built.files[url]).ids, url
    dressed = [url for url in pages if "assets/style.css" in built.page(url)]
    assert [] == [url for url in dressed if "assets/variorum.css" not in built.page(url)]


def test_the_variorum_is_made_with_templates_alone():
    """It inherits the default theme, and has no more than templates, settings and static files."""
    kinds = {path.suffix for path in VARIORUM.rglob("*") if path.is_file()}

    assert {".html", ".toml", ".css"} == kinds
    assert 'inherit = "default"' in (VARIORUM / "theme.toml").read_text("utf-8")


def test_the_variorum_has_every_macro():
    """Whoever hides a file of macros gives all that pages call."""
    theirs, ours = (list_macros(folder / "macros.html") for folder in (DEFAULT, VARIORUM))

    assert set(theirs) <= set(ours)
    for name in ("margin_note", "note_head"):
        assert theirs[name] == ours[name]


def test_an_entry_begins_with_the_words(tmp_path):
    """The words that a note is about, a bracket, the siglum; a place that was meant as such by its
    name, and of many words the first and the last."""
    site = Site(tmp_path / "root")
    site.edit("site.toml", 'title = "Site"\n', 'title = "Site"\ntheme = "variorum"\n')
    many = "The sea, which rises and falls as it will, obeys none of us and was never asked."
    site.write("seeds/letter/text.md", f"It was decided too soon, for p2.\n\n{many}\n")
    site.write(
        "content/annotations/letter.md",
        "---\nsource: letter\nby: editor\n---\n\n"
        "## The date {#timing}\n\n> decided **too soon**\n\n## All {#all}\n\n> — p1\n\n"
        f"## The sea {{#sea}}\n\n> {many}\n",
    )
    page = site.build().page("sources/letter.html")

    heads = {id: _squeeze(page.split(f'id="n-{id}"')[1]) for id in ("timing", "all", "sea")}
    siglum = '<span class="who"><b class="siglum" aria-hidden="true"><bdi>TE</bdi></b>'
    theirs = '<span class="lemma"><bdi>'
    assert f"{theirs}too soon</bdi>]</span> {siglum}" in heads["timing"]
    assert f'<span class="lemma"><bdi>p1</bdi>]</span> {siglum}' in heads["all"]
    assert f"{theirs}The sea, which rises and … of us and was never asked.</bdi>]" in heads["sea"]


def _squeeze(html):
    return " ".join(html.split("</p>")[0].split())
