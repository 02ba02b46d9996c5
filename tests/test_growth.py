"""Growth: twice as many notes are twice the work, never four times.

The work is counted in lines that are run, so that it is the same on every machine.
"""

import sys

import pytest

from generator.config import Annotator, Config
from generator.corpus import Corpus, gather
from generator.interface import read_strings
from generator.model import Source
from generator.readers.annotations import read_annotations
from generator.readers.markdown import read_markdown
from generator.render.bodies import Hand
from generator.render.highlight import Highlighter
from generator.render.reading import cut_parts
from generator.resolving import resolve
from generator.site import Version
from generator.spans import TextFile
from generator.views.data import describe_site
from generator.views.framing import index_site
from generator.views.reading import ReadingView
from generator.views.table import VIEWS
from tests.sites import ROOT

CONFIG = Config("Site", annotators=(Annotator("editor", "The editor", "Ed"),))
SOURCE = Source("s", "A text", "full", "seeds/s/source.toml", "seeds/s/text.md")
FEW, MANY = 60, 240
OURS = str(ROOT / "generator")


def sentence(n):
    return f"Word{n} and other{n} are here."


TEXTS = {
    "blocks": lambda count: "\n\n".join(map(sentence, range(count))),
    "paragraph": lambda count: " ".join(map(sentence, range(count))),
    "list": lambda count: "\n".join(f"- {sentence(n)}" for n in range(count)),
    "table": lambda count: "| a |\n|---|\n" + "\n".join(f"| {sentence(n)} |" for n in range(count)),
    "thread": lambda count: (
        "# C {.thread}\n\n"
        + "\n\n".join(f"## {{#c{n + 1}}}\n\n{sentence(n)}" for n in range(count))
    ),
    "code": lambda count: "~~~\n" + "\n".join(map(sentence, range(count))) + "\n~~~\n",
}
WORDS = "> other{n}\n"
NOTES = {
    "words": ("", WORDS),
    "one place": ("", "> — #top\n"),
    "the whole": ("", "> — s\n"),
    "lost": ("", "> — p0\n"),
    "one circle of links": ("", WORDS + "\n[[n{next}]] [a](#top)\n"),
    "dead links": ("", WORDS + "\n[[no{n}]] [[s#no{n}]] [b](no{n}.md)\n"),
    "a chain": (" re=n{last}", ""),
    "a star": (" re=n0", ""),
    "tags": (' tags="all, t{n}"', WORDS),
    "one id": ("#same", WORDS),
}
CASES = [(text, "words") for text in TEXTS] + [("blocks", kind) for kind in NOTES]


def write_notes(kind, count):
    keys, target = NOTES[kind]
    notes = ["---\nsource: s\n---\n\n## First {#n0}\n\n> — #top\n\nx\n"]
    for n in range(1, count):
        values = {"n": n, "last": n - 1, "next": (n * 7) % count}
        id = keys if keys.startswith("#") else f"#n{n}{keys.format(**values)}"
        notes.append(f"## Note {n} {{{id}}}\n\n{target.format(**values)}\nx\n")
    return "\n".join(notes)


def count_lines(work, *arguments):
    """Return how many lines of ours are run by *work*."""
    lines = 0

    def trace(frame, event, argument):
        nonlocal lines
        if event == "line":
            lines += 1
        return trace if frame.f_code.co_filename.startswith(OURS) else None

    before = sys.gettrace()
    sys.settrace(trace)
    try:
        work(*arguments)
    finally:
        sys.settrace(before)
    return lines


def join_and_view(document, notes):
    """Do all that is done between reading and drawing, and lay out the reading page."""
    corpus = gather(Corpus(CONFIG, ((SOURCE, document),), notes)).value
    index = index_site(resolve(corpus, Version(), drafts=False).value, read_strings("en"))
    pages = [page for view in VIEWS for page in view(index)]
    describe_site(index, [(page.url, "") for page in pages])
    with Highlighter() as colourer:
        for page in pages:
            if isinstance(page.view, ReadingView):
                list(cut_parts(page.view, Hand(page.url, index.say, colourer, [])))


@pytest.mark.parametrize(("text", "kind"), CASES)
def test_the_work_grows_with_the_notes(text, kind):
    """Joining and viewing four times as many notes on one source is at most five times the work."""
    work = []
    for count in (FEW, MANY):
        words = f"# Top\n\n{TEXTS[text](count)}\n"
        document = read_markdown(TextFile("seeds/s/text.md", words), "s").value
        notes = read_annotations(TextFile("content/annotations/n.md", write_notes(kind, count)))
        work.append(count_lines(join_and_view, document, notes.value))

    assert work[1] < 5 * work[0]
