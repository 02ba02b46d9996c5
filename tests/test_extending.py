"""Extensions: a site's own readers and views, and what is said when they fail."""

import sys

import pytest

from generator.extending import forget_modules, load_tables
from generator.reading import READERS
from generator.views.table import VIEWS
from tests.sites import Site

MODULE = """\
from dataclasses import dataclass, replace

from generator.diagnostics import Outcome
from generator.readers.plain import read_plain
from generator.views.framing import make_frame
from generator.views.pages import Page


@dataclass(frozen=True)
class Shout:
    frame: object
    words: str


def read_shout(file, id):
    return read_plain(replace(file, text=file.text.upper()), id)


def view_shout(index):
    {before}
    frame = make_frame(index.site, "{url}", "Loud")
    yield Page("{url}", "shout.html", Shout(frame, index.sources["letter"].document.text))


READERS = {{".shout": {reader}}}
VIEWS = ({view},)
"""
AROUND = """\
    from generator.views.listings import view_home

    (home, *_) = view_home(index)
    yield Page("a/index.html", home.template, home.view)
    shout = Shout(frame, index.sources["letter"].document.text)
    yield Page("loud/index.html", "shout.html", shout)
    yield Page("b/index.html", home.template, home.view)
    yield Page("loud/last.html", "shout.html", shout)


READERS = {".shout": read_shout}
VIEWS = (view_shout,)
"""
FINE = {"before": "pass", "url": "loud/index.html", "reader": "read_shout", "view": "view_shout"}


@pytest.fixture
def name(request):
    """A name that no other module has: Python remembers what it once imported."""
    own = "extension_" + "".join(c if c.isalnum() else "_" for c in request.node.name)[:60]
    yield own
    sys.modules.pop(own, None)


@pytest.fixture
def site(tmp_path, name):
    """A site with a module of its own, a theme that draws its page, and a text for its reader."""
    site = Site(tmp_path / "root")
    site.edit("site.toml", '"Site"\n', '"Site"\ntheme = "mine"\n')
    text = (site.root / "site.toml").read_text("utf-8")
    site.write("site.toml", f'{text}\n[extend]\nmodules = ["{name}"]\n')
    site.write("themes/mine/theme.toml", 'inherit = "default"\n')
    site.write("themes/mine/shout.html", "<p>{{ view.words }}</p>")
    site.remove("seeds/letter/text.md")
    return site.write("seeds/letter/text.shout", "The fee.\n\nDecided too soon.\n")


def extend(site, name, **changes):
    return site.write(f"{name}.py", MODULE.format(**{**FINE, **changes})).build()


def test_a_reader_and_a_page_of_ones_own(site, name):
    """What a module brings is used like ours: a format, and a page among the pages."""
    site.edit("content/annotations/letter.md", "decided **too soon**", "**TOO SOON**")
    built = extend(site, name)

    assert [] == built.codes
    assert "<p>THE FEE.\nDECIDED TOO SOON.</p>" == built.page("loud/index.html")
    assert {"url": "loud/index.html", "title": "Loud"} in built.data["pages"]
    assert "TOO SOON" in built.page("sources/letter.html")


@pytest.mark.parametrize("jobs", [1, 2])
def test_a_page_of_ones_own_among_those_that_others_print(site, name, jobs, monkeypatch):
    """It is printed here, since others have no module, and stands where its view put it."""
    monkeypatch.setattr("generator.render.sheets.WORTH_SHARING", 0)
    text = MODULE.format(**FINE).partition("    yield Page(")[0] + AROUND
    built = site.write(f"{name}.py", text).build(jobs=jobs)

    assert [] == [code for code in built.codes if code != "quote-not-found"]
    own = [page["url"] for page in built.data["pages"] if page["url"].startswith(("a/", "b/", "l"))]
    assert ["a/index.html", "loud/index.html", "b/index.html", "loud/last.html"] == own
    assert "<p>THE FEE.\nDECIDED TOO SOON.</p>" == built.page("loud/index.html")
    assert built.page("b/index.html") == built.page("a/index.html")


def test_the_tables_of_ours_stay_as_they_are(site, name):
    """A module appends to the tables of one build, not to those of the program."""
    before = dict(READERS), VIEWS
    extend(site, name)

    assert before == (dict(READERS), VIEWS)
    tables = load_tables([name], site.root, "site.toml").value
    assert {*READERS, ".shout"} == set(tables.readers)
    assert VIEWS == tables.views[: len(VIEWS)]


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"reader": "1 / 0"}, "cannot be loaded: ZeroDivisionError: division by zero"),
        ({"reader": "nobody"}, "cannot be loaded: NameError: name 'nobody' is not defined"),
        ({"view": "exit()"}, "cannot be loaded: SystemExit"),
        ({"view": "), ("}, "cannot be loaded: SyntaxError"),
        ({"before": "index.nothing"}, "object has no attribute 'nothing' (line 20)"),
        ({"before": "yield 5"}, "failed: AttributeError"),
        ({"before": "yield Page('x.html', 'x', 5)"}, "the view of x.html has no frame"),
        ({"url": "../out.html"}, "'../out.html' is no address of a page of the site"),
        ({"url": "data/site.json"}, "'data/site.json' is no address of a page of the site"),
        ({"url": "index.html"}, "two pages have the address index.html"),
        (
            {"reader": "lambda file, id: 1 / 0"},
            "failed: ZeroDivisionError: division by zero (line 25)",
        ),
        ({"reader": "lambda file, id: Outcome(5)"}, "the reader returned no document"),
    ],
)
def test_a_module_that_fails(site, name, changes, message):
    """A mistake in a site's module is said on one line, with the line in it; the rest is built."""
    built = extend(site, name, **changes)

    messages = [each.message for each in built.report.diagnostics]
    assert [] != [each for each in messages if message in each], messages
    assert {"index.html", "notes/timing.html", "data/site.json"} <= set(built.files)
    assert "out.html" not in {path.name for path in site.root.parent.iterdir()}


def test_a_module_that_is_not_there(site):
    """A name without a module is an error of the settings; the site is built without it."""
    built = site.build()

    assert {"extension-failed"} <= set(built.codes)
    assert "site.toml" in {each.path for each in built.report.diagnostics}
    assert "index.html" in built.files


def test_modules_are_read_again_when_they_are_forgotten(site, name):
    """Who builds again and again forgets a site's modules, and those that these import."""
    site.write(f"{name}_more.py", "WORD = 'old'\n")
    text = MODULE.format(**{**FINE, "before": f"from {name}_more import WORD"})
    site.write(f"{name}.py", f"import {name}_more\n{text}".replace("'Loud'", "WORD"))
    first = site.edit(f"{name}.py", '"Loud"', "WORD").build()
    assert {name, f"{name}_more"} == set(first.report.modules)
    site.write(f"{name}_more.py", "WORD = 'very new'\n")

    forget_modules(first.report.modules)
    second = site.build()

    assert ["old", "very new"] == [
        page["title"]
        for built in (first, second)
        for page in built.data["pages"]
        if page["url"] == "loud/index.html"
    ]
    assert first.report.modules == second.report.modules
    forget_modules(second.report.modules)
