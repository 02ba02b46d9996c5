"""Weight: a long text with many notes is a light page."""

import gzip
import json
import re
from pathlib import Path

from generator.cli import main
from generator.words import count_words
from tests.browser.shelf import ROOT

WORDS, NOTES, MOST, MOST_SCRIPT = 6_000, 80, 60_000, 8_000
_PROSE = re.compile(r"[A-Z][^\n#>|`\[\]{}*_]{60,}[.!?]")


def test_a_long_page_is_light(tmp_path: Path) -> None:
    """The page of 6,000 words and 80 notes with its style sheets is at most 60 kB compressed.

    Its words are the repository's own prose, each sentence once: words drawn at random, or said
    twice, would be packed in another way than a text is.
    """
    sentences = _gather()
    source = _take(sentences, WORDS)
    root = tmp_path / "root"
    _write(root / "site.toml", 'title = "Weight"\n\n[annotators.editor]\nname = "Editor"\n')
    _write(root / "seeds/long/source.toml", 'title = "Long"\nrights = "full"\nlanguage = "en"\n')
    paragraphs = [" ".join(source[at : at + 5]) for at in range(0, len(source), 5)]
    _write(root / "seeds/long/text.md", "\n\n".join(paragraphs) + "\n")
    notes = ["---\nsource: long\nby: editor\ntags: weight\n---\n"]
    step = len(source) // NOTES
    for number in range(NOTES):
        gist, body = source[-number - 1][:70], " ".join(source[(number * 7) % 90 :][:2])
        notes.append(f"## {gist} {{#n{number}}}\n\n> {source[number * step]}\n\n{body}\n")
    _write(root / "content/annotations/long.md", "\n".join(notes))

    assert 0 == main(["build", "--root", str(root), "--output", str(tmp_path / "site")])
    scripts = [f"assets/{name}.js" for name in ("moving", "previews", "place", "margin", "layers")]
    styles = [f"assets/{name}.css" for name in ("style", "code", "reading", "moving")]
    files = ["sources/long.html", "assets/icon.svg", *styles, *scripts]
    sizes = {file: len(gzip.compress((tmp_path / "site" / file).read_bytes(), 9)) for file in files}
    page = (tmp_path / "site/sources/long.html").read_text("utf-8")
    print(sizes, sum(sizes.values()))

    words = json.loads((tmp_path / "site/data/site.json").read_text("utf-8"))["sources"][0]["words"]
    assert WORDS <= words
    assert NOTES == page.count('role="doc-footnote"')
    assert MOST >= sum(sizes.values())
    assert MOST_SCRIPT >= sum(sizes[file] for file in scripts)
    assert sorted(files[1:]) == sorted(re.findall(r'(?:href|src)="../(assets/[^"]*)"', page))


def _gather() -> list[str]:
    files = [*ROOT.glob("seeds/*/text.md"), *ROOT.glob("content/**/*.md"), *ROOT.glob("*.md")]
    found: dict[str, None] = {}
    for file in sorted(files):
        for block in file.read_text("utf-8").split("\n\n"):
            found.update(dict.fromkeys(_PROSE.findall(" ".join(block.split()))))
    return list(found)


def _take(sentences: list[str], words: int) -> list[str]:
    taken, total = [], 0
    for sentence in sentences:
        taken.append(sentence)
        total += count_words(sentence)
        if total >= words:
            return taken
    raise AssertionError(f"only {total} words of prose")


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")
