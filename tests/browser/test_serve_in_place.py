"""`serve` changes pages in place: what is read, opened, chosen and focused stays."""

from playwright.sync_api import Page

from tests.browser.following import MARK, NOTES, PAGE, Serve, wait
from tests.sites import ROOT, Site


def test_a_save_changes_the_page_in_place(site: Site, serve: Serve, tab: Page) -> None:
    """What is read, opened and focused stays where it is, though a note came in above it.

    Text stays at the top of the window even where a note beside it gives way to another.
    """
    tab.goto(serve().address + PAGE)
    tab.evaluate(MARK)
    # Some browsers leave it to the page to stay in its place.
    tab.evaluate("() => { document.documentElement.style.overflowAnchor = 'none' }")
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

    tab.locator("#n-n30 summary").blur()
    tab.evaluate("scrollBy(0, document.querySelector('#n-n33').getBoundingClientRect().top)")
    words = "document.querySelector('#r-n33').getBoundingClientRect().top"
    before = tab.evaluate(words)
    site.note(f"It takes{' the place' * 80} {{#long}}", "Paragraph 32 says", "x")
    wait(tab, "document.querySelector('#n-long')")
    assert abs(tab.evaluate(words) - before) <= 1
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
    keys = (ROOT / "themes/default/keys.html").read_text("utf-8")
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
        ("themes/default/keys.html", keys.replace("<h2 ", '<h2 data-own="x" ')),
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


def test_what_the_scripts_of_a_page_did_stays(site: Site, serve: Serve, tab: Page) -> None:
    """Their buttons, an open list, what was chosen; and notes that come are placed as well."""
    tab.goto(serve().address + PAGE)
    tab.evaluate(MARK)
    tab.locator(".show label", has_text="gists").click()
    tab.locator(".keys-way").click()
    tab.evaluate("window.added = [...document.querySelectorAll('dialog, .keys-way, .cite button')]")
    site.note("One more {#more}", "Paragraph 30 says", "And this.")
    wait(tab, "document.querySelector('#n-more') !== null")

    assert tab.evaluate("added.length === 5 && added.every((e) => e.isConnected)")
    assert tab.locator("dialog.keys").is_visible()
    assert 5 == tab.locator("dialog, .keys-way, .cite button").count()
    assert tab.evaluate("document.querySelector('#show-gists').checked")
    assert "--at" in (tab.locator("#n-more").get_attribute("style") or "")
    assert 0 == tab.locator("#n-more .body:visible").count()


def test_what_was_added_to_a_node_goes_with_it(site: Site, serve: Serve, tab: Page) -> None:
    """What a script or an extension puts behind a node stays there, as long as the node does."""
    tab.goto(serve().address + PAGE)
    tab.evaluate("""() => {
        for (const id of ["n-n5", "n-n6"]) {
            const added = document.createElement("b");
            added.className = "added";
            document.getElementById(id).after(added);
            document.getElementById(id).dataset.own = "x";
        }
    }""")
    site.edit(NOTES, "{#n5}", "{#renamed}")
    site.edit(NOTES, "About 6", "Rather about 6")
    wait(tab, "document.querySelector('#n-n6 .gist').textContent === 'Rather about 6'")
    wait(tab, "document.querySelector('#n-renamed') !== null")

    for found in (".added", "previousSibling.id"), ("[data-own]", "id"):
        ids = "[...document.querySelectorAll('{}')].map((e) => e.{})".format(*found)
        assert ["n-n6"] == tab.evaluate(ids)


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


def test_a_page_that_goes_and_comes_back(site: Site, serve: Serve, tab: Page) -> None:
    """A page whose note is gone shows what its address has now, and the note when it is back."""
    tab.goto(serve().address + "notes/n3.html")
    heading = tab.locator("h1", has_text="About 3")
    site.edit(NOTES, "{#n3}", "{#renamed}")
    heading.wait_for(state="detached")
    site.edit(NOTES, "{#renamed}", "{#n3}")
    heading.wait_for()
