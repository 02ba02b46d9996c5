"""Themes: inherited, overridden in one block, and blamed at their own file and line."""

import pytest

from tests.sites import Site


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
        ("{% block main %}\n{{ view.nothing }}\n{% endblock %}", 3, "{{ view.nothing }}"),
        ("{% block main %}\n\n{{ nobody }}\n{% endblock %}", 4, "{{ nobody }}"),
        ("{% block main %}\n{% if %}\n{% endblock %}", 3, "{% if %}"),
        ("{% block main %}\n{{ say('no such key') }}{% endblock %}", 3, None),
        ("{% block main %}\n{{ body(view.nothing) }}{% endblock %}", 3, None),
        ("{% block main %}\n{% include 'gone.html' %}{% endblock %}", None, None),
    ],
)
def test_a_mistake_in_a_template_has_its_place(site, template, line, words):
    """A template's slip is reported at its own file and line; other pages are built."""
    path = "themes/mine/page.html"
    site.write("content/pages/about.md", "---\ntitle: About\n---\n\nWords.\n")
    built = site.write(path, '{% extends "default/base.html" %}\n' + template).build()

    places = set(built.places)
    assert {"template-invalid"} == {code for code, _, _ in places}
    if line:
        assert f"{path}:{line}:1" in {place for _, place, _ in places}
    if words:
        assert words in {underlined for _, _, underlined in places}
    assert "about.html" not in built.files
    assert "sources/letter.html" in built.files


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


def test_unknown_keys_of_a_theme(site):
    """A misspelt key names the nearest known one, like everywhere."""
    built = site.write("themes/mine/theme.toml", 'inherit = "default"\nnam = "Mine"\n').build()

    assert [("key-unknown", "themes/mine/theme.toml:2:1", "nam")] == built.places


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
