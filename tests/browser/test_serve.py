"""`serve`, as somebody sees it who writes: problems lie over pages, which survive them."""

from pathlib import Path

from playwright.sync_api import Page

from tests.browser.following import MARK, NOTES, PAGE, Serve, wait
from tests.serving import wait_for
from tests.sites import Site

HOSTILE = "<img src=x onerror=alert(1)>"


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
