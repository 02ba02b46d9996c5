"""Addresses: what a link may lead to, and how pages name each other."""

import pytest

from generator.addresses import encode_fragment, file_url, read_address, relative

UNSAFE = [
    "javascript:alert(1)",
    "JaVaScRiPt:alert(1)",
    " javascript:alert(1)",
    "java\tscript:alert(1)",
    "java\nscript:alert(1)",
    "java\u00adscript:alert(1)",
    "java\u200bscript:alert(1)",
    "\x01javascript:alert(1)",
    "javascript%3Aalert(1)",
    "javascript%253Aalert(1)",
    "vbscript:x",
    "data:text/html,<script>alert(1)</script>",
    "blob:https://example.org/1",
    "file:///etc/passwd",
    "about:blank",
    "view-source:https://example.org",
    "ms-msdt:/id",
]


@pytest.mark.parametrize("href", UNSAFE)
def test_schemes_are_an_allow_list(href):
    """No spelling of a scheme that is not on the list passes, however it is hidden."""
    assert not read_address(href).is_safe


@pytest.mark.parametrize("href", ["https://example.org/a?b=c#d", "mailto:a@example.org", "a.md#b"])
def test_ordinary_addresses_are_safe(href):
    """The schemes that people use, and places in the project, pass."""
    assert read_address(href).is_safe


@pytest.mark.parametrize("href", ["//example.org/x", "\\\\example.org/x", "/\\example.org/x"])
def test_an_address_without_scheme_may_lead_elsewhere(href):
    """What a browser reads as another host is never taken for a place in the project."""
    address = read_address(href)

    assert "https" == address.scheme
    assert address.path.startswith("https://example.org/x")


def test_quotes_do_not_survive_in_an_address():
    """An address elsewhere holds nothing that could end an attribute or a tag."""
    address = read_address('https://example.org/"><script>')

    assert "https://example.org/%22%3E%3Cscript%3E" == address.path


@pytest.mark.parametrize(
    ("url", "page", "expected"),
    [
        ("sources/a.html", "index.html", "sources/a.html"),
        ("index.html", "sources/a.html", "../index.html"),
        ("sources/b.html#p3", "sources/a.html", "b.html#p3"),
        ("sources/a.html#p3", "sources/a.html", "#p3"),
        ("sources/a.html", "sources/a.html", "a.html"),
        ("assets/files/x/y.png", "notes/n.html", "../assets/files/x/y.png"),
    ],
)
def test_links_between_pages_are_relative(url, page, expected):
    """A link works under a sub-path and from a folder: it never starts at a root."""
    assert expected == relative(url, page)


def test_files_of_sources_and_content_never_share_an_address():
    """A picture beside a text and one of the commentary's have addresses apart."""
    assert "assets/files/harbour/plan.svg" == file_url("content/files/harbour/plan.svg")
    assert "assets/sources/harbour/plan.svg" == file_url("seeds/harbour/plan.svg")


@pytest.mark.parametrize(
    ("href", "path", "fragment"),
    [
        ("a.md", "a.md", ""),
        ("a%20b.md#c%20d", "a b.md", "c d"),
        ("a.md?plain=1#x", "a.md", "x"),
        ("what%3F.md", "what?.md", ""),
        ("#x", "", "x"),
        ("?x", "", ""),
        ("  a.md  ", "a.md", ""),
    ],
)
def test_a_place_in_the_project(href, path, fragment):
    """Path and fragment are decoded; what a server would be asked is no part of a file's name."""
    address = read_address(href)

    assert ("", path, fragment) == (address.scheme, address.path, address.fragment)


def test_a_place_in_a_file_keeps_its_meaning():
    """What follows the `#` of a document's address may be more than a name."""
    assert "page=3&zoom=200,1,2" == encode_fragment("page=3&zoom=200,1,2")
    assert "a%20%22b" == encode_fragment('a "b')
