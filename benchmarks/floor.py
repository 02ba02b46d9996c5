"""The least that a generator on markdown-it-py, Pygments and Jinja2 has to do: a lower bound.

    python benchmarks/floor.py ROOT OUTPUT

reads the documents and notes of ``corpus.py``, renders the Markdown of both, colours the code,
fills one template a document and writes the pages, in one process. Nothing is anchored, linked or
checked.
"""

import sys
from pathlib import Path

from jinja2 import Environment
from markdown_it import MarkdownIt
from pygments import highlight
from pygments.formatters import HtmlFormatter
from pygments.lexers import get_lexer_by_name

TEMPLATE = """<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{{ title }}</title>
<link rel="stylesheet" href="style.css"></head><body><header><a href="index.html">Site</a></header>
<main><h1>{{ title }}</h1>{{ text | safe }}{% for note in notes %}<aside>{{ note | safe }}</aside>
{% endfor %}</main><footer>Benchmark</footer></body></html>"""


def build(root: Path, output: Path) -> None:
    """Render every document of *root* into *output*."""
    lexer, formatter = get_lexer_by_name("python"), HtmlFormatter(nowrap=True)

    def colour(code: str, language: str, _: str) -> str:
        return highlight(code, lexer, formatter) if language == "python" else ""

    markdown = MarkdownIt("commonmark", {"highlight": colour}).enable("table")
    template = Environment(autoescape=True).from_string(TEMPLATE)
    output.mkdir(parents=True, exist_ok=True)
    for folder in sorted((root / "seeds").iterdir()):
        text = (folder / "text.md").read_text("utf-8")
        notes = (root / f"content/annotations/{folder.name}.md").read_text("utf-8")
        bodies = [markdown.render(note) for note in notes.split("\n## ")[1:]]
        html = template.render(title=folder.name, text=markdown.render(text), notes=bodies)
        (output / f"{folder.name}.html").write_text(html, "utf-8")


if __name__ == "__main__":
    build(Path(sys.argv[1]), Path(sys.argv[2]))
