"""`serve`, as somebody sees it who writes: pages change in place, problems lie over them."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from tests.serving import Running, wait_for
from tests.sites import ROOT, Site

NOTES = "content/annotations/letter.md"
PAGE = "sources/letter.html"
HOSTILE = "<img src=x onerror=alert(1)>"
# What a page must not lose: it has no script, so nothing else puts these here.
MARK = """() => {
    window.mark = document.querySelector("#n-n30 .gist");
    window.violations = [];
    addEventListener("securitypolicyviolation", (e) => violations.push(e.blockedURI));
}"""

Serve = Callable[..., Running]


@pytest.fixture
def site(tmp_path: Path) -> Site:
    """A text of forty paragraphs with a note on each."""
    site = Site(tmp_path / "root")
    words = [f"Paragraph {n} says one thing of many.\n\nIt goes on for a while." for n in range(40)]
    site.write("seeds/letter/text.md", "# Many\n\n" + "\n\n".join(words) + "\n")
    site.write(NOTES, "---\nsource: letter\nby: editor\n---\n")
    for n in range(40):
        site.note(f"About {n} {{#n{n}}}", f"Paragraph {n} says", f"The whole of it, {n}.")
    return site


@pytest.fixture
def serve(site: Site) -> Iterator[Serve]:
    """Run `serve` on the site; all that run are ended at last."""
    running: list[Running] = []

    def serve(*words: str) -> Running:
        running.append(Running(site.root, *(words or ("--port", "0"))))
        return running[-1]

    yield serve
    for each in running:
        each.stop()


@pytest.fixture
def tab(chromium: Browser) -> Iterator[Page]:
    """A tab without the probes, whose page reports what its policy blocks."""
    context = chromium.new_context(viewport={"width": 1200, "height": 700})
    context.set_default_timeout(60_000)
    yield context.new_page()
    context.close()


def wait(tab: Page, condition: str) -> None:
    """Wait until *condition* holds in the page, whose policy lets it not wait by itself."""
    wait_for(lambda: tab.evaluate(condition))


def test_a_save_changes_the_page_in_place(site: Site, serve: Serve, tab: Page) -> None:
    """What is read, opened and focused stays where it is, though a note came in above it."""
    tab.goto(serve().address + PAGE)
    tab.evaluate(MARK)
    tab.locator("#n-n30 summary").click()
    tab.locator("#n-n31 .who").scroll_into_view_if_needed()
    tab.locator("#n-n30 summary").focus()
    top = "document.querySelector('#n-n30').getBoundingClientRect().top"
    before = tab.evaluate(top)
    assert tab.evaluate("scrollY") > 1000
    site.edit(NOTES, "About 30", "Rather about 30")
    wait(tab, "document.querySelector('#n-n30 .gist').textContent === 'Rather about 30'")

    assert tab.evaluate("mark === document.querySelector('#n-n30 .gist')")
    site.note("A long one that comes before {#early}", "Paragraph 2 says", "x\n\n" * 30)
    wait(tab, "document.querySelector('#n-early')")
    assert tab.evaluate("mark.isConnected")
    assert tab.locator("#n-n30 details").get_attribute("open") is not None
    assert tab.locator("#n-n31 details").get_attribute("open") is None
    assert tab.evaluate("document.activeElement.closest('aside').id") == "n-n30"
    assert abs(tab.evaluate(top) - before) <= 1
    assert tab.evaluate("violations") == []


def test_what_stood_elsewhere_is_found_again(site: Site, serve: Serve, tab: Page) -> None:
    """An opened note that moves to another paragraph is open there, and keeps the focus."""
    tab.goto(serve().address + PAGE)
    tab.evaluate(MARK)
    tab.locator("#n-n30 summary").click()
    tab.locator("#n-n30 summary").focus()
    site.edit("seeds/letter/text.md", "# Many\n", "# Many\n\nOne more before them all.\n")
    wait(tab, "document.querySelector('#p1').textContent.includes('One more')")

    assert tab.locator("#n-n30 details").get_attribute("open") is not None
    assert tab.evaluate("document.activeElement.closest('aside')?.id") == "n-n30"
    assert tab.evaluate("'mark' in window")


def test_the_page_is_the_one_that_a_reload_gives(site: Site, serve: Serve, tab: Page) -> None:
    """After any edits the document is what it would be if it had been opened now."""
    text = (site.root / "seeds/letter/text.md").read_text("utf-8")
    site.write("themes/default/theme.toml", 'inherit = "default"\n')
    tab.goto(serve().address + PAGE)
    tab.evaluate(MARK)
    markup = """(keep) => {
        const copy = document.documentElement.cloneNode(true);
        for (const e of copy.querySelectorAll("script, html > div")) e.remove();
        return copy.outerHTML;
    }"""
    base = (ROOT / "themes/default/base.html").read_text("utf-8")
    facts = (site.root / "seeds/letter/source.toml").read_text("utf-8")
    edits = (
        ("seeds/letter/text.md", text.replace("# Many", "- a\n- b\n\n> c\n\n# Few")),
        (
            "seeds/letter/text.md",
            text.replace("# Many", "# Many\n\n> c\n\n| a | b |\n|-|-|\n| 1 | 2 |"),
        ),
        ("seeds/letter/text.md", "# None\n\nParagraph 3 says little.\n"),
        ("seeds/letter/text.md", text),
        ("seeds/letter/source.toml", 'title = "Other"\nrights = "full"\nlanguage = "ar"\n'),
        ("seeds/letter/source.toml", facts),
        ("themes/default/base.html", base.replace("') }}\">", '\') }}" data-own="x">', 1)),
        ("site.toml", 'title = "S"\nlanguage = "en"\n[annotators.editor]\nname = "Somebody"\n'),
    )
    for number, (path, content) in enumerate(edits):
        site.write(path, content)
        site.write("content/pages/mark.md", f"---\ntitle: Mark {number}\n---\n\nWords.\n")
        wait(tab, f"document.querySelector('.foot').textContent.includes('Mark {number}')")
        tab.evaluate("document.querySelectorAll('details').forEach((e) => (e.open = false))")
        changed = tab.evaluate(markup)
        assert tab.evaluate("'mark' in window")
        other = tab.context.new_page()
        other.goto(tab.url)
        assert changed == other.evaluate(markup), number
        other.close()


def test_problems_lie_over_the_page(site: Site, serve: Serve, tab: Page) -> None:
    """They come with the save, go by Escape, stay away, and go for good when they are mended."""
    alerts: list[str] = []
    tab.on("dialog", lambda dialog: (alerts.append(dialog.message), dialog.dismiss()))
    tab.goto(serve().address + PAGE)
    tab.evaluate(MARK)
    panel = tab.get_by_role("region", name="Problems")
    assert panel.count() == 0
    site.edit(NOTES, "> Paragraph 30 says", f"> Paragraph 30 said {HOSTILE}")
    panel.wait_for()
    assert "Build 2: 1 error" in panel.get_by_role("alert").inner_text()
    shown = panel.inner_text()
    lines = (site.root / NOTES).read_text("utf-8").split("\n")
    number = 1 + next(n for n, line in enumerate(lines) if HOSTILE in line)
    for words in (f"{NOTES}:{number}:3", "quote-not-found", HOSTILE, "Help: "):
        assert words in shown
    assert panel.locator("img").count() == 0
    assert "Paragraph 30 said" in panel.locator("mark").inner_text()
    wait(tab, "document.querySelector('#lost') !== null")
    tab.keyboard.press("Escape")
    panel.wait_for(state="detached")
    tab.reload()
    tab.evaluate(MARK)
    site.edit(NOTES, "About 31", "Rather about 31")
    wait(tab, "document.querySelector('#n-n31 .gist').textContent === 'Rather about 31'")
    assert panel.count() == 0
    site.edit(NOTES, "The whole of it, 3.", "[[nowhere]]")
    panel.wait_for()
    panel.get_by_role("button", name="Close").click()
    panel.wait_for(state="detached")
    site.edit(NOTES, "[[nowhere]]", "The whole of it, 3.")
    site.edit(NOTES, f"said {HOSTILE}", "says")
    wait(tab, "document.querySelector('#lost') === null")
    assert panel.count() == 0
    assert alerts == []
    assert tab.evaluate("violations") == []


def test_the_last_good_page_stays(site: Site, serve: Serve, tab: Page) -> None:
    """Broken settings leave the page as it is and lie over it, also for whoever opens it then."""
    tab.goto(serve().address + PAGE)
    tab.evaluate(MARK)
    settings = (site.root / "site.toml").read_text("utf-8")
    site.write("site.toml", "title = \n")
    panel = tab.get_by_role("region", name="Problems")
    panel.wait_for()
    assert "The pages are still those of build 1" in panel.inner_text()
    assert "site.toml:1:8" in panel.inner_text()
    assert tab.evaluate("mark.isConnected")
    tab.goto(tab.url.replace("sources/letter", "notes/n3"))
    panel.wait_for()
    assert "About 3" in tab.locator("main").inner_text()
    site.write("site.toml", settings.replace("Site", "Mended"))
    panel.wait_for(state="detached")
    wait(tab, "document.title.includes('Mended')")


def test_the_panel_can_be_read_by_everybody(
    site: Site, serve: Serve, tab: Page, node_modules: Path
) -> None:
    """No rule of axe is broken by the panel, light or dark; a page with it can still be used.

    Axe cannot tell the contrast of what lies over something else, so it is reckoned here.
    """
    contrast = """(e) => {
        const light = (colour) => {
            const parts = colour.match(/[0-9.]+/g).slice(0, 3).map((part) => part / 255);
            const linear = (c) => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4);
            const [r, g, b] = parts.map(linear);
            return 0.2126 * r + 0.7152 * g + 0.0722 * b + 0.05;
        };
        const { color, backgroundColor } = getComputedStyle(e);
        const [one, other] = [light(color), light(backgroundColor)];
        return Math.max(one, other) / Math.min(one, other);
    }"""
    site.edit(NOTES, "> Paragraph 30 says", "> Paragraph 30 said")
    tab.goto(serve().address + PAGE)
    panel = tab.get_by_role("region", name="Problems")
    panel.wait_for()
    wait_for(lambda: panel.evaluate("(e) => getComputedStyle(e).position") == "fixed")
    for scheme in ("light", "dark"):
        tab.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
        tab.evaluate((node_modules / "axe-core/axe.min.js").read_text("utf-8"))
        found = tab.evaluate(
            "axe.run().then((r) => r.violations.map((v) => [v.id, v.nodes[0].html]))"
        )
        assert found == []
        for part in (panel, panel.locator("header"), panel.locator("mark")):
            assert part.evaluate(contrast) >= 7
    tab.locator("#n-n1 summary").click()
    assert tab.locator("#n-n1 details").get_attribute("open") is not None


def test_a_style_is_changed_without_the_page(site: Site, serve: Serve, tab: Page) -> None:
    """A stylesheet and a picture are loaded again; the page and what is open stay."""
    site.write("themes/default/theme.toml", 'inherit = "default"\n')
    site.write("themes/default/static/style.css", ".gist { color: rgb(1, 2, 3) }\n")
    tab.goto(serve().address + PAGE)
    tab.evaluate(MARK)
    colour = "getComputedStyle(document.querySelector('.gist')).color"
    assert tab.evaluate(colour) == "rgb(1, 2, 3)"
    for number in (4, 5):
        site.write("themes/default/static/style.css", f".gist {{ color: rgb({number}, 5, 6) }}\n")
        wait(tab, f"{colour} === 'rgb({number}, 5, 6)'")
    site.write("themes/default/static/style.css", ".gist { color: rgb(1, 2, 3) }\n")
    wait(tab, f"{colour} === 'rgb(1, 2, 3)'")
    assert tab.evaluate("mark.isConnected")
    assert tab.evaluate("violations") == []


def test_a_page_survives_the_server(site: Site, serve: Serve, tab: Page) -> None:
    """When the server comes back the page is told what it missed, and nothing if it missed none."""
    first = serve()
    tab.goto(first.address + PAGE)
    tab.evaluate(MARK)
    first.stop()
    site.edit(NOTES, "About 30", "Rather about 30")
    serve("--port", str(first.port))
    wait(tab, "document.querySelector('#n-n30 .gist').textContent === 'Rather about 30'")

    assert tab.evaluate("mark.isConnected")


def test_a_page_survives_a_server_that_has_nothing(site: Site, serve: Serve, tab: Page) -> None:
    """When the server comes back and cannot build, the page stays, and the problems are told."""
    first = serve()
    tab.goto(first.address + PAGE)
    tab.evaluate(MARK)
    first.stop()
    site.write("site.toml", "title = \n")
    serve("--port", str(first.port))
    tab.get_by_role("region", name="Problems").wait_for()

    assert tab.evaluate("mark.isConnected")


def test_a_new_script_is_run(site: Site, serve: Serve, tab: Page) -> None:
    """A page that gets a script, or another one, is opened anew: a script cannot be put in."""
    site.write("themes/default/theme.toml", 'inherit = "default"\n')
    tab.goto(serve().address + PAGE)
    tab.evaluate(MARK)
    head = "<script src=\"{{ rel('assets/own.js') }}\" defer></script>"
    site.write("themes/default/static/own.js", "window.ran = true;\n")
    base = '{% extends "bundled-default/base.html" %}{% block head %}' + head + "{% endblock %}\n"
    with tab.expect_event("load"):
        site.write("themes/default/base.html", base)
    wait(tab, "window.ran === true")

    assert tab.evaluate("!('mark' in window)")


def test_a_page_that_waits_for_its_site(site: Site, serve: Serve, tab: Page) -> None:
    """Where the settings were broken from the start the page becomes the site, at its own path."""
    settings = (site.root / "site.toml").read_text("utf-8")
    site.write("site.toml", "title = \n")
    running = serve()
    tab.goto(running.address)
    panel = tab.get_by_role("region", name="Problems")
    panel.wait_for()
    assert "Nothing is built yet" in tab.locator("h1").inner_text()
    site.write("site.toml", 'base_url = "https://example.org/project/"\n' + settings)
    tab.wait_for_url(f"{running.address}project/")
    tab.get_by_role("link", name="A letter").first.wait_for()
    assert panel.count() == 0


def test_a_page_that_goes_and_comes_back(site: Site, serve: Serve, tab: Page) -> None:
    """A page whose note is gone shows what its address has now, and the note when it is back."""
    tab.goto(serve().address + "notes/n3.html")
    site.edit(NOTES, "{#n3}", "{#renamed}")
    wait(tab, "!document.body.textContent.includes('About 3')")
    site.edit(NOTES, "{#renamed}", "{#n3}")
    wait(tab, "document.body.textContent.includes('About 3')")


def test_a_tab_that_nobody_sees_does_not_listen(site: Site, serve: Serve, tab: Page) -> None:
    """Seven tabs are more than a browser has connections: all can be opened and followed."""
    address = serve().address
    hide = """(hidden) => {
        Object.defineProperty(document, "hidden", { value: hidden, configurable: true });
        document.dispatchEvent(new Event("visibilitychange"));
    }"""
    # No window of this browser lies under another: that must be said.
    for each in (tab, *(tab.context.new_page() for _ in range(7))):
        each.goto(address + PAGE)
        each.evaluate(hide, True)
    site.edit(NOTES, "About 30", "Rather about 30")
    gist = "document.querySelector('#n-n30 .gist').textContent"
    other = tab.context.new_page()
    other.goto(address + PAGE)
    wait(other, f"{gist} === 'Rather about 30'")
    assert tab.evaluate(gist) == "About 30"
    tab.evaluate(hide, False)
    wait(tab, f"{gist} === 'Rather about 30'")
