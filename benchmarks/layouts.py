"""How the collection of ``corpus.py`` is laid out for each generator.

A peer gets every document as a Markdown file with its notes as footnotes behind the words that they
quote, and one small template for all, with no navigation: less than a theme of its own would do.
Hugo, Eleventy and Pelican colour code while they build, MkDocs does not. No feeds, no search.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks.corpus import Note, make_document, make_notes, make_words

_PAGE = """<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>{title}</title></head>
<body><header><a href="/">Benchmark</a></header><main>{content}</main></body></html>
"""
_HOME = _PAGE.format(title="Benchmark", content="<h1>Documents</h1><ul>{loop}</ul>")


@dataclass(frozen=True, slots=True)
class Layout:
    """Where a generator wants what: paths in its project, ``{}`` for the number of a document.

    *page* is what it makes of a document, *notes* the file with the notes on it, *made* what a
    build leaves behind, the site first. A peer has besides the *files* of the project, and a *head*
    for each document.
    """

    page: str
    notes: str
    made: tuple[str, ...]
    files: Mapping[str, str] = field(default_factory=dict)
    head: str = ""


OURS = Layout("site/sources/d{}.html", "content/annotations/d{}.md", ("site", ".postil"))

LAYOUTS = {
    "Hugo": Layout(
        "public/d{}/index.html",
        "content/d{}.md",
        ("public", "resources", ".hugo_build.lock"),
        {
            "hugo.toml": """title = "Benchmark"
baseURL = "https://example.org/"
disableKinds = ["taxonomy", "term", "rss", "sitemap", "404", "section"]
""",
            "layouts/page.html": _PAGE.format(title="{{ .Title }}", content="{{ .Content }}"),
            "layouts/home.html": _HOME.format(
                loop="{{ range .Site.RegularPages }}"
                '<li><a href="{{ .RelPermalink }}">{{ .Title }}</a></li>{{ end }}'
            ),
        },
        '+++\ntitle = "Document {}"\n+++\n\n',
    ),
    "Eleventy": Layout(
        "_site/documents/d{}/index.html",
        "src/documents/d{}.md",
        ("_site",),
        {
            "package.json": '{"private": true, "type": "module"}\n',
            "eleventy.config.js": """import colours from "@11ty/eleventy-plugin-syntaxhighlight";
import footnotes from "markdown-it-footnote";

export default function (eleventy) {
  eleventy.addPlugin(colours);
  eleventy.amendLibrary("md", (markdown) => markdown.use(footnotes));
  return { dir: { input: "src" }, markdownTemplateEngine: false };
}
""",
            "src/documents/documents.json": '{"layout": "page.njk", "tags": "documents"}\n',
            "src/_includes/page.njk": _PAGE.format(
                title="{{ title }}", content="{{ content | safe }}"
            ),
            "src/index.njk": _HOME.format(
                loop="{% for page in collections.documents %}"
                '<li><a href="{{ page.url }}">{{ page.data.title }}</a></li>{% endfor %}'
            ),
        },
        "---\ntitle: Document {}\n---\n\n",
    ),
    "MkDocs": Layout(
        "site/d{}/index.html",
        "docs/d{}.md",
        ("site",),
        {
            "mkdocs.yml": """site_name: Benchmark
theme: {name: null, custom_dir: theme}
plugins: []
markdown_extensions: [footnotes]
nav: [index.md]
""",
            "docs/index.md": "# Documents\n",
            "theme/main.html": _PAGE.format(title="{{ page.title }}", content="{{ page.content }}"),
        },
        "---\ntitle: Document {}\n---\n\n",
    ),
    "Pelican": Layout(
        "output/d{}.html",
        "content/pages/d{}.md",
        ("output", "cache", "__pycache__"),
        {
            "pelicanconf.py": """SITENAME = "Benchmark"
PATH, OUTPUT_PATH, THEME = "content", "output", "theme"
ARTICLE_PATHS = []
PAGE_URL = PAGE_SAVE_AS = "{slug}.html"
DIRECT_TEMPLATES = ["index"]
FEED_ALL_ATOM = CATEGORY_FEED_ATOM = TRANSLATION_FEED_ATOM = None
AUTHOR_FEED_ATOM = AUTHOR_FEED_RSS = None
TIMEZONE = "UTC"
MARKDOWN = {"extension_configs": {"markdown.extensions.extra": {},
                                  "markdown.extensions.codehilite": {}}}
""",
            "theme/templates/page.html": _PAGE.format(
                title="{{ page.title }}", content="{{ page.content }}"
            ),
            "theme/templates/index.html": _HOME.format(
                loop="{% for page in pages %}"
                '<li><a href="/{{ page.url }}">{{ page.title }}</a></li>{% endfor %}'
            ),
        },
        "Title: Document {0}\nSlug: d{0}\n\n",
    ),
}


def add_footnotes(text: str, notes: Sequence[Note]) -> str:
    """Return *text* with *notes* as Markdown footnotes."""
    ends = {text.index(note.quote) + len(note.quote): n for n, note in enumerate(notes, 1)}
    for end in sorted(ends, reverse=True):
        text = f"{text[:end]}[^{ends[end]}]{text[end:]}"
    for number, (gist, _, body, other) in enumerate(notes, 1):
        text += f"\n[^{number}]: **{gist}** {body} See [note {other + 1}](#fn:{other + 1}).\n"
    return text


def write_project(project: Path, layout: Layout, documents: int, *, notes: int = 10) -> None:
    """Write a peer's *project* with *documents* and as many *notes* on each."""
    words = make_words(7)
    for path, content in layout.files.items():
        (project / path).parent.mkdir(parents=True, exist_ok=True)
        (project / path).write_text(content, "utf-8")
    (project / layout.notes).parent.mkdir(parents=True, exist_ok=True)
    for number in range(documents):
        text, paragraphs = make_document(number, words, 800)
        text = add_footnotes(text, make_notes(number, paragraphs, words, notes))
        head = layout.head.format(number)
        (project / layout.notes.format(number)).write_text(head + text, "utf-8")
