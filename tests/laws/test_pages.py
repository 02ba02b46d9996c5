"""The law of reading pages: what a reader should see of a source is on its page, once, in order."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from selectolax.lexbor import LexborHTMLParser

from generator.config import Annotator, Config
from generator.corpus import Corpus, gather
from generator.interface import read_strings
from generator.model import Source
from generator.readers.annotations import read_annotations
from generator.readers.code import read_code
from generator.readers.html import read_html
from generator.readers.markdown import read_markdown
from generator.readers.plain import read_plain
from generator.render.bodies import Hand
from generator.render.highlight import Highlighter
from generator.render.theme import render_page
from generator.resolving import resolve
from generator.site import Version
from generator.spans import TextFile
from generator.themes import find_theme
from generator.views.framing import index_site
from generator.views.reading import view_readings
from tests.chance import examples
from tests.known_markdown import sources
from tests.sites import ROOT

THEME = find_theme("default", ROOT).value
CONFIG = Config("Site", annotators=(Annotator("editor", "The editor", "Ed"),))
SAY = read_strings("en")
# All that a page adds to the words of a source.
ADDED = ".locator, .ref, .fn, .fn-back, .notes, .cited, .comment-head, .missing, .picture"

EXAMPLES = {
    "thread": (
        read_markdown,
        "Words.\n\n## Comments {.thread announced=3}\n\n### {#c1 by='A' date=2016}\n\n*1*.\n\n"
        "> quoted\n\n### Re: that {#c2 re=c1?}\n\nSecond.\n",
    ),
    "raw html": (read_markdown, "<div>text</div>\n\n<!-- x -->\n\na <b onclick=x>b</b> &lt;\n"),
    "footnotes": (
        read_markdown,
        "One[^a] two[^b].\n\n[^b]: Bee.\n\n[^a]: Ay\n    more.\n\n[^c]: Sea.\n",
    ),
    "listing": (read_markdown, "Before\n\n```python\n\n  x = 1 < 2\n\n```\n\n    indented\n"),
    "table": (read_markdown, "| a | b |\n|---|--:|\n| `x|` | *y* |\n| | z |\n"),
    "breaks": (read_markdown, "one  \ntwo\\\nthree\nfour\n"),
    "plain": (read_plain, "A poem\n  with steps\n\n# no heading\n* no list <b>\n"),
    "html": (read_html, "<h1>T</h1>stray<p>a <b>b<p>c</b> d<ul><li>e<li>f</ul><pre>\n x\n</pre>"),
    "code": (read_code, "\ndef f():\n\treturn '<b>'\n\n\n# end\n"),
}


def draw_page(document, notes=""):
    """Return the reading page of *document* with the annotation file *notes*."""
    source = Source("s", "T", "full", "seeds/s/source.toml", "seeds/s/text.md")
    written = read_annotations(TextFile("content/annotations/n.md", notes)).value
    corpus = gather(Corpus(CONFIG, ((source, document),), written)).value
    site = resolve(corpus, Version(), drafts=False).value
    [page] = view_readings(index_site(site, SAY))
    with Highlighter() as colourer:
        return render_page(page, THEME, Hand(page.url, SAY, colourer, [])).value.decode()


def words_of(html):
    """Return the words of a source that a page shows, without any space."""
    tree = LexborHTMLParser(html)
    for added in tree.css(ADDED):
        added.decompose()
    return "".join(tree.css_first("article.text").text(deep=True).split())


@pytest.mark.parametrize("name", EXAMPLES)
def test_examples_of_every_kind(name):
    """Each format's own constructs keep their words on the page."""
    reader, text = EXAMPLES[name]
    document = reader(TextFile("seeds/s/text", text), "s").value

    assert "".join(document.text.split()) == words_of(draw_page(document))


# A source is a large thing to draw, so that Hypothesis drops many that grew beyond its bounds.
@settings(max_examples=examples(60), suppress_health_check=[HealthCheck.filter_too_much])
@given(sources(), st.data())
def test_every_word_is_on_the_page_once_and_in_order(source, data):
    """Whatever the Markdown, and whatever is noted in it, the page has its words."""
    document = read_markdown(TextFile("seeds/s/text.md", source[0]), "s").value
    blocks = [locator for locator in document.locators if locator.label[0] in "pf"]
    picked = data.draw(st.lists(st.sampled_from(blocks), max_size=4)) if blocks else []
    notes = "---\nsource: s\nby: editor\n---\n"
    for number, locator in enumerate(picked):
        first = document.text[locator.span.start : locator.span.end].split("\n")[0].strip()
        quote = f"> {first}\n" if first and "`" not in first else ""
        notes += f"\n## Note {number} {{#n-{number}}}\n\n{quote}> — {locator.label}\n\nBody.\n"

    html = draw_page(document, notes)

    assert "".join(document.text.split()) == words_of(html)
    for number in range(len(picked)):
        assert 1 == html.count(f'id="n-n-{number}"')
