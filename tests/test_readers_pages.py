"""Free pages: their facts, their words and the ids of their headings."""

import pytest

from generator.model import FreePage
from generator.readers.pages import read_page
from generator.spans import TextFile


def read(text: str, slug: str = "about") -> FreePage:
    outcome = read_page(TextFile("content/pages/about.md", text), slug)
    assert () == outcome.diagnostics
    assert outcome.value is not None
    return outcome.value


def problems(text: str, slug: str = "about") -> list[tuple[str, str]]:
    found = read_page(TextFile("content/pages/about.md", text), slug).diagnostics
    return [(each.code, text[slice(*each.span)] if each.span else "") for each in found]


def heading_ids(text: str) -> list[str]:
    body = read(f"---\ntitle: x\n---\n{text}").body
    return [element.get("id") for element in body.elements if element.tag[0] == "h"]


def test_facts_and_words() -> None:
    """A page has a title, an order, a language, perhaps is a draft, and has a body."""
    page = read("---\ntitle: About\norder: 2.5\nlang: nl\ndraft: true\n---\n\nWords, [[id]].\n")
    assert ("about", "About", 2.5, "nl", True) == (
        page.slug,
        page.title,
        page.order,
        page.lang,
        page.draft,
    )
    assert ("Words, id.", "id") == (page.body.text, page.body.references[0].href)


def test_headings_have_githubs_slugs() -> None:
    """A heading's id is `s-` and GitHub's slug, numbered when it repeats, or that in its braces."""
    text = (
        "# Über *uns*\n## The fee\n## The fee\n## The fee {#fee}\n## Fee\n## 港 <!-- {#port} -->\n"
    )
    assert ["s-über-uns", "s-the-fee", "s-the-fee-1", "s-fee", "s-fee-1", "s-port"] == heading_ids(
        text
    )


def test_braces_of_headings_are_not_shown() -> None:
    """Braces and the comments around them are no words of the page."""
    page = read("---\ntitle: x\n---\n## The fee {#fee}\n## Port <!-- {#port} -->\n")
    assert "The fee\nPort" == page.body.text


@pytest.mark.parametrize("slug", ["About", "a b", "../x", "con", "", "a" * 101])
def test_a_name_that_fits_no_address(slug: str) -> None:
    """A page whose file has an unfit name is refused with one error."""
    outcome = read_page(TextFile("content/pages/x.md", "---\ntitle: x\n---\n"), slug)
    assert (None, ["id-invalid"]) == (outcome.value, [each.code for each in outcome.diagnostics])


def test_the_home_page_is_called_index() -> None:
    """`index` is no id, but a page."""
    assert "index" == read("---\ntitle: Home\n---\n", "index").slug


def test_a_page_without_a_title_is_still_read() -> None:
    """The missing title is one error, and the page goes by its slug."""
    outcome = read_page(TextFile("content/pages/about.md", "Words.\n"), "about")
    assert outcome.value is not None
    assert ("about", "Words.") == (outcome.value.title, outcome.value.body.text)
    assert ["value-invalid"] == [each.code for each in outcome.diagnostics]


def test_problems_underline_their_words() -> None:
    """Whatever is wrong with a page is said at its place."""
    head = "---\ntitle: x\n---\n"
    assert [("key-unknown", "titel")] == problems("---\ntitle: x\ntitel: y\n---\n")
    assert [("value-invalid", "first")] == problems("---\ntitle: x\norder: first\n---\n")
    assert [("braces-invalid", "{#a b}")] == problems(f"{head}## One {{#a b}}\n")
    assert [("braces-invalid", "## One {#a .b}")] == problems(f"{head}## One {{#a .b}}\n")
    assert [("bidi-control", "\u202e")] == problems(f"{head}a\u202eb\n")
    assert [("comment-unclosed", "<!-- a")] == problems(f"{head}<!-- a\n")
    assert [("link-kind-unknown", "[[x:a]]")] == problems(f"{head}[[x:a]]\n")
    assert ["front-matter-invalid"] == [code for code, _ in problems("---\ntitle: x\n")]
