"""Themes: inherited, overridden in one block, and blamed at their own file and line."""

import os
import shutil
import time

import pytest

from generator.cli import main
from generator.commands.answering import FINE, USAGE
from generator.interface import read_strings
from generator.model import Element, Prose, Reference
from generator.render.bodies import Hand
from generator.render.highlight import Highlighter
from generator.render.jinja import TOOLS
from generator.render.theme import _give_tools, render_page
from generator.site import Linked
from generator.spans import Span
from generator.themes import CONTRACT, find_theme
from generator.views.listings import FreeView
from generator.views.pages import Page
from generator.views.shown import Frame
from tests.sites import ROOT, Site


@pytest.fixture
def site(tmp_path):
    """A small site with a theme of its own that inherits the default."""
    site = Site(tmp_path / "root")
    site.edit("site.toml", 'title = "Site"\n', 'title = "Site"\ntheme = "mine"\n')
    return site.write("themes/mine/theme.toml", 'inherit = "default"\n')


def test_a_theme_that_only_inherits_changes_nothing(site, tmp_path):
    """An empty theme looks like the one it inherits."""
    plain = Site(tmp_path / "plain").build()

    assert plain.files == site.build().files


def test_one_block_in_one_small_file(site):
    """A theme overrides one block of one template; all else is the parent's."""
    site.write(
        "themes/mine/base.html",
        '{% extends "default/base.html" %}{% block footer %}<footer>Ours</footer>{% endblock %}\n',
    )

    built = site.build()

    assert [] == built.codes
    for url in ("index.html", "sources/letter.html", "notes/timing.html"):
        assert "<footer>Ours</footer>" in built.page(url)
        assert 'class="foot"' not in built.page(url)
    assert "too soon" in built.page("sources/letter.html")


def test_a_static_file_hides_the_inherited_one(site):
    """Static files are inherited by name."""
    built = site.write("themes/mine/static/style.css", "p { color: red }\n").build()

    assert b"p { color: red }\n" == built.files["assets/style.css"]
    assert "assets/code.css" in built.files


@pytest.mark.parametrize("name", [".hidden.css", "style.css~", "#style.css#", "style.css.swp"])
def test_what_editors_leave_in_a_theme_is_not_published(site, name):
    """Leftovers are passed over in a theme as they are among the texts."""
    built = site.write(f"themes/mine/static/{name}", "p { color: rubine }\n").build()

    assert [] == built.codes
    assert [] == [url for url in built.files if "rubine" in built.files[url].decode("utf-8")]


def test_a_site_may_change_the_bundled_theme_of_the_same_name(tmp_path):
    """A folder called `default` may inherit the bundled default."""
    site = Site(tmp_path / "root")
    site.write("themes/default/theme.toml", 'inherit = "default"\n')
    site.write("themes/default/static/extra.css", "a {}\n")

    built = site.build()

    assert [] == built.codes
    assert {"assets/extra.css", "assets/style.css"} <= set(built.files)


@pytest.mark.parametrize(
    ("template", "line", "words"),
    [
        ("{% block main %}\n{{ view.nothing }}\n{% endblock %}", 3, "view.nothing"),
        ("{% block main %}\n\n{{ nobody }}\n{% endblock %}", 4, "nobody"),
        ("{% block main %}\n{% if %}\n{% endblock %}", 3, "{% if %}"),
        ("{% block main %}\n{{ say('no such key') }}{% endblock %}", 3, None),
        ("{% block main %}\n{{ body(view.nothing) }}{% endblock %}", 3, "view.nothing"),
        ("{% block main %}\n{% include 'gone.html' %}{% endblock %}", None, None),
    ],
)
def test_a_mistake_in_a_template_has_its_place(site, template, line, words):
    """A template's slip is reported at its own file and line, and nothing is published."""
    path = "themes/mine/page.html"
    site.write("content/pages/about.md", "---\ntitle: About\n---\n\nWords.\n")
    built = site.write(path, '{% extends "default/base.html" %}\n' + template).build()

    places = set(built.places)
    assert {"template-invalid"} == {code for code, _, _ in places}
    if line:
        assert f"{path}:{line}" in {place.rpartition(":")[0] for _, place, _ in places}
    if words:
        assert words in {underlined for _, _, underlined in places}
    assert built.report.theme_failed
    assert {} == built.files


def test_a_theme_that_does_not_exist(tmp_path):
    """An unknown theme names the nearest one, and nothing is built."""
    site = Site(tmp_path / "root")
    built = site.edit("site.toml", 'title = "Site"\n', 'title = "Site"\ntheme = "defalt"\n').build()

    [problem] = built.report.diagnostics
    assert ("theme-unknown", "did you mean 'default'?") == (problem.code, problem.help)
    assert built.report.settings_failed
    assert {} == built.files


def test_a_theme_that_inherits_itself(site):
    """A circle of themes is an error, not a loop."""
    site.write("themes/mine/theme.toml", 'inherit = "yours"\n')
    built = site.write("themes/yours/theme.toml", 'inherit = "mine"\n').build()

    assert ["theme-unknown"] == built.codes


@pytest.mark.parametrize(("asked", "codes"), [(CONTRACT, []), (CONTRACT + 1, ["theme-newer"])])
def test_a_theme_that_asks_for_a_newer_contract(site, asked, codes):
    """What a theme needs and we do not keep is said at its place, not by templates that fail."""
    text = f'inherit = "default"\ncontract = {asked}\n'
    built = site.write("themes/mine/theme.toml", text).build()

    expected = [(code, "themes/mine/theme.toml:2:12", str(asked)) for code in codes]
    assert expected == built.places


def test_a_newer_theme_that_stands_alone(site):
    """It says that it inherits nothing, so what it has can be drawn."""
    shutil.copytree(ROOT / "themes/default", site.root / "themes/mine", dirs_exist_ok=True)
    built = site.write("themes/mine/theme.toml", f"contract = {CONTRACT + 1}\n").build()

    assert ["theme-newer"] == built.codes
    assert not built.report.settings_failed


def test_unknown_keys_of_a_theme(site):
    """A misspelt key names the nearest known one, like everywhere."""
    built = site.write("themes/mine/theme.toml", 'inherit = "default"\nnam = "Mine"\n').build()

    assert [("key-unknown", "themes/mine/theme.toml:2:1", "nam")] == built.places


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ('inherti = "default"\n', ("key-unknown", "themes/mine/theme.toml:1:1", "inherti")),
        ('inherit = "default\n', ("settings-invalid", "themes/mine/theme.toml:1:11", '"default')),
    ],
)
def test_what_a_theme_inherits_is_not_missed_twice(site, text, place):
    """A slip in theme.toml is one message, not one for each template that is not inherited."""
    built = site.write("themes/mine/theme.toml", text).build()

    assert [place] == built.places
    assert built.report.settings_failed


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ('colour = "red"\n', ("key-unknown", "themes/mine/theme.toml:1:1", "colour")),
        ("name = 5\n", ("settings-invalid", "themes/mine/theme.toml:1:8", "5")),
    ],
)
def test_a_slip_that_has_nothing_to_do_with_what_a_theme_inherits(site, text, place):
    """A theme that stands alone is drawn with, whatever else its theme.toml says."""
    shutil.copytree(ROOT / "themes/default", site.root / "themes/mine", dirs_exist_ok=True)
    built = site.write("themes/mine/theme.toml", text).build()

    assert [place] == built.places
    assert not built.report.settings_failed
    assert "index.html" in built.files


def test_a_theme_that_inherits_nothing(site):
    """A template that is not there is named, with the way to get at it."""
    built = site.write("themes/mine/theme.toml", 'name = "Mine"\n').build()

    assert {("template-invalid", "themes/mine", "")} == set(built.places)
    assert all("`inherit`" in problem.help for problem in built.report.diagnostics)
    assert {} == built.files


def test_templates_escape_whatever_they_are_given(tmp_path):
    """A title that is markup comes out as text everywhere."""
    site = Site(tmp_path / "root")
    site.edit("seeds/letter/source.toml", '"A letter"', "'<script>alert(1)</script>\"&'")
    site.note('Gist <img src=x onerror=alert(1)> {#evil tags="<b>"}', "obeys none")

    built = site.build()

    assert not [c for c in built.codes if c != "value-invalid"]
    for url, content in built.files.items():
        if url.endswith(".html"):
            assert b"<script>alert" not in content, url
            assert b"<img src=x" not in content, url


BLAMED = [
    ("{{ rel(5) }}", "rel() takes a str, not a int"),
    ("{{ rel(view.nothing) }}", "`view` has no `nothing`"),
    ("{{ body(view.lang) }}", "body() takes a Linked, not a str"),
    ("{{ line(none) }}", "line() takes a Linked, not a NoneType"),
    ("{{ passage(frame) }}", "passage() takes a ShownPlace, not a Frame"),
    ("{{ woven(1) }}", "woven() takes a str, not a int"),
    ("{% for part in parts() %}{% endfor %}", "parts() belongs to the pages of sources"),
    ("{{ say('gone') }}", "there is nothing called 'gone'"),
    ("{{ say('n_notes') }}", "there is nothing called 'n'"),
    ("{{ 1 / 0 }}", "division by zero"),
    ("{{ frame.title | nofilter }}", "nofilter"),
    ("{% include 'gone.html' %}", "there is no template 'gone.html'"),
]


@pytest.mark.parametrize(("words", "message"), BLAMED)
def test_a_template_is_blamed_for_its_own_mistakes(site, words, message):
    """What a template gives our own functions is its business: its file, its line, no traceback."""
    site.write("content/pages/about.md", "---\ntitle: About\n---\n\nWords.\n")
    head = '{% extends "default/base.html" %}{% block main %}\n\n'
    built = site.write("themes/mine/page.html", f"{head}{words}{{% endblock %}}").build()

    [problem] = [each for each in set(built.report.diagnostics) if each.path.endswith("page.html")]
    assert message in problem.message
    assert [("template-invalid", "themes/mine/page.html:3")] == [
        (code, place.rpartition(":")[0]) for code, place, _ in built.places if "page.html" in place
    ]


def test_a_template_that_includes_itself(site):
    """Running in circles is a mistake like others: said once, at the template."""
    site.write("content/pages/about.md", "---\ntitle: About\n---\n")
    built = site.write("themes/mine/page.html", "{% include 'page.html' %}").build()

    assert ["template-invalid"] == built.codes
    assert {} == built.files


@pytest.mark.parametrize(
    "words",
    [
        "{{ a" + ".a" * 2_000 + " }}",
        "{{ " + "(" * 2_000 + "a" + ")" * 2_000 + " }}",
        "{{ 1" + " + frame" * 300 + " }}",
        "{% for a in frame %}" * 30 + "{% endfor %}" * 30,
    ],
    ids=["chain", "brackets", "sum", "loops"],
)
def test_a_template_that_is_nested_too_deep(site, words):
    """What neither Jinja nor Python can hold is a mistake of its template, and nobody falls."""
    site.write("content/pages/about.md", "---\ntitle: About\n---\n\nWords.\n")
    built = site.write("themes/mine/page.html", words).build()

    assert [("template-invalid", "themes/mine/page.html", "")] == built.places
    assert {} == built.files


UNKNOWN = [
    ("{{ view.bdy }}", "view.bdy", "`view` has no `bdy`", "did you mean `body`?"),
    ("{{ view.frame.titel }}", "view.frame.titel", "`view.frame` has no `titel`", "`title`?"),
    ("{{ frame['titel'] }}", "frame['titel", "`frame` has no `titel`", "did you mean `title`?"),
    ("{% for it in view.bcklinks %}{% endfor %}", "view.bcklinks", "`view` has no", "`backlinks`?"),
    ("{{ draw.byine(view) }}", "draw.byine", "`draw` has no `byine`", "did you mean `byline`?"),
    ("{{ veiw.body }}", "veiw", "there is nothing called `veiw` here", "did you mean `view`?"),
    ("{{ boddy(view.body) }}", "boddy", "there is nothing called `boddy`", "did you mean `body`?"),
    ("{% set own = 1 %}{{ owm }}", "owm", "there is nothing called `owm`", "did you mean `own`?"),
    ("{{ view.qqq }}", "view.qqq", "`view` has no `qqq`", "`view` has `backlinks`, `body`"),
    ("{{ (view).qqq }}", "{{ (view).qqq }}", "what stands before it has no `qqq`", "`body`"),
]


@pytest.mark.parametrize(("words", "underlined", "message", "help"), UNKNOWN)
def test_a_name_that_a_page_does_not_have(site, words, underlined, message, help):
    """It is underlined, what could be meant is offered, and no class of ours is named."""
    site.write("content/pages/about.md", "---\ntitle: About\n---\n\nWords.\n")
    head = '{% extends "default/base.html" %}{% block main %}\n'
    built = site.write("themes/mine/page.html", f"{head}{words}\n{{% endblock %}}").build()

    [problem] = set(built.report.diagnostics)
    [(_, place, shown)] = built.places
    assert place.startswith("themes/mine/page.html:2:")
    assert underlined == shown
    assert problem.message.startswith(message)
    assert help in problem.help
    assert "View" not in problem.message + problem.help
    assert "object" not in problem.message


@pytest.mark.parametrize(
    ("words", "help"),
    [
        ("{% set own = 'words' %}{{ own.qqq }}", "nothing in it has a name"),
        (
            "{{ draw.byline }}",
            "`body`, `direction`, `frame`, `graph`, `heat_map`, `kind_of`, `line`, `parts`, "
            "`passage`, `rel`, `say`, `view` and 1 more",
        ),
    ],
)
def test_what_is_offered_is_there(site, words, help):
    """Neither nothing at all, nor the very name that there is not."""
    site.write("content/pages/about.md", "---\ntitle: About\n---\n\nWords.\n")
    built = site.write("themes/mine/page.html", words).build()

    assert {help} == {problem.help for problem in built.report.diagnostics}


@pytest.mark.parametrize("long", ["a" * 30_000, "a." * 15_000], ids=["word", "chain"])
def test_a_wrong_name_is_found_in_a_long_line(site, long):
    """What stands on the line besides is not gone through again and again."""
    site.write("content/pages/about.md", "---\ntitle: About\n---\n\nWords.\n")
    site.write("themes/mine/page.html", f"{{{{ '{long}' ~ view.qqq }}}}")
    start = time.process_time()
    built = site.build()

    assert ["view.qqq"] == [shown for _, _, shown in built.places]
    assert time.process_time() - start < 2


def test_one_wrong_name_on_every_page_is_one_message(site):
    """The help is that of the first page, whatever the others have."""
    head = '{% extends "default/base.html" %}{% block footer %}\n'
    template = f"{head}{{{{ view.nothing }}}}{{% endblock %}}"
    built = site.write("themes/mine/base.html", template).build()

    assert [("template-invalid", "themes/mine/base.html:2:4", "view.nothing")] == built.places


def test_a_broken_theme_replaces_no_site(site, tmp_path, capsys):
    """The old site stays, to the byte, until the template is mended; the exit code says so."""
    before = site.build().files
    site.write("content/pages/about.md", "---\ntitle: About\n---\n\nWords.\n")
    site.write("themes/mine/page.html", "{{ view.nothing }}")
    built = site.build()
    output = str(tmp_path / "root-site")

    assert before == built.files
    assert USAGE == main(["--root", str(site.root), "--output", output])
    assert USAGE == main(["--root", str(site.root), "--output", output])
    assert "published nothing: the site that is there stays" in capsys.readouterr().err
    site.write("themes/mine/page.html", "{{ view.frame.title }}")
    assert FINE == main(["--root", str(site.root), "--output", output])
    assert "about.html" in site.build().files


def test_a_fault_of_ours_is_not_put_on_a_template():
    """Where a template did nothing wrong, what goes wrong below it is ours and is not hidden."""
    reference = Reference("link", "", "x", "x", 0, Span(0, 1), Span(0, 1))
    broken = Linked(Prose("x", (Element(Span(0, 1), 0, "a"),), (reference,)), links=())
    frame = Frame("x.html", "X", "Site", "", "en", "", (), (), "", "")
    page = Page("x.html", "page.html", FreeView(frame, broken, "", False, ()))
    theme = find_theme("default", ROOT).value

    with pytest.raises(ValueError, match="zip"), Highlighter() as colourer:
        render_page(page, theme, Hand("x.html", read_strings("en"), colourer, []))


def test_a_block_of_a_bundled_theme_of_the_same_name(tmp_path):
    """A theme that inherits the bundled one of its own name can extend its templates too."""
    site = Site(tmp_path / "root").write("themes/default/theme.toml", 'inherit = "default"\n')
    site.write(
        "themes/default/base.html",
        '{% extends "bundled-default/base.html" %}{% block footer %}<footer>O</footer>'
        "{% endblock %}",
    )
    built = site.build()

    assert [] == built.codes
    assert "<footer>O</footer>" in built.page("index.html")


@pytest.mark.parametrize(
    ("path", "content", "code"),
    [
        ("page.html", b"\xff", "text-not-utf8"),
        ("page.html", b"a\x00b", "text-not-utf8"),
        ("static/files/x.css", b"", "file-unused"),
        ("static/sources/x.css", b"", "file-unused"),
    ],
)
def test_a_file_of_a_theme_that_cannot_be_used(site, path, content, code):
    """A template must be UTF-8, and a static file must not lie where those of texts do."""
    built = site.write(f"themes/mine/{path}", content).build()

    assert (code, f"themes/mine/{path}") in {
        (problem.code, problem.path) for problem in built.report.diagnostics
    }
    assert "index.html" in built.files


def test_a_template_as_some_editors_save_it(site):
    """A byte order mark and line ends of Windows do not come into the page."""
    site.write("content/pages/about.md", "---\ntitle: About\n---\n")
    site.write("themes/mine/page.html", b"\xef\xbb\xbf<p>\r\n{{ frame.title }}</p>\r\n")

    assert "<p>\nAbout</p>\n" == site.build().page("about.html")


@pytest.mark.parametrize("name", ["../seeds", "a/b", ".."])
def test_a_theme_lies_among_the_themes(site, name):
    """A theme cannot be inherited from somewhere else."""
    built = site.write("themes/mine/theme.toml", f'inherit = "{name}"\n').build()

    assert "settings-invalid" in built.codes


def test_links_in_themes(tmp_path):
    """A theme, or a file in one, that lies behind a symbolic link is refused with its place."""
    site = Site(tmp_path / "root")
    site.edit("site.toml", '"Site"\n', '"Site"\ntheme = "mine"\n')
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "elsewhere" / "theme.toml").write_text('inherit = "default"\n')
    (site.root / "themes").mkdir()
    (site.root / "themes/mine").symlink_to(tmp_path / "elsewhere")
    assert [("path-unsafe", "themes/mine", "")] == site.build().places

    (site.root / "themes/mine").unlink()
    site.write("themes/mine/theme.toml", 'inherit = "default"\n')
    (site.root / "themes/mine/page.html").symlink_to(tmp_path / "elsewhere" / "theme.toml")
    os.mkfifo(site.root / "themes/mine/pipe.html")
    built = site.build()
    assert [
        ("path-unsafe", "themes/mine/page.html", ""),
        ("path-unsafe", "themes/mine/pipe.html", ""),
    ] == built.places
    assert "index.html" in built.files


def test_the_names_of_our_tools_are_known_to_the_compiler():
    """A call of a tool is compiled as such; a tool that is not known is called in Jinja's way."""
    frame = Frame("x.html", "", "", "", "en", "", (), (), "", "")
    view = FreeView(frame, Linked(Prose()), "", False, ())
    with Highlighter() as colourer:
        hand = Hand("x.html", read_strings("en"), colourer, [])
        names = set(_give_tools(Page("x.html", "page.html", view), hand))

    assert names - {"view", "frame"} == TOOLS


def test_every_page_has_its_icon(tmp_path):
    """A page without one makes browsers ask the host of the site, which has none."""
    site = Site(tmp_path / "root")
    for address in ("", "https://example.org/a/"):
        built = site.build(base_url=address)
        pages = [url for url in built.files if url.endswith(".html")]
        assert [] == [url for url in pages if 'rel="icon"' not in built.page(url)]
    assert 'href="/a/assets/icon.svg"' in built.page("404.html")
    assert built.files["assets/icon.svg"].startswith(b"<svg ")
