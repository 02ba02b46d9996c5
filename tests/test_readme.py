"""The README: what it tells a new user to type works as it stands."""

import json
import re
import shlex
from pathlib import Path

from generator.cli import main

README = (Path(__file__).parents[1] / "README.md").read_text("utf-8")


def test_the_first_note_builds_without_a_problem(tmp_path, monkeypatch, capsys):
    """What the README tells to type, in its order, makes what it shows and builds."""
    part = README.partition("## The first note")[2].partition("## Where to go on")[0]
    fences = re.findall(r"^```(\w+)\n(.*?)^```", part, re.MULTILINE | re.DOTALL)
    text, note, table = (words for language, words in fences if language == "markdown")
    [speaker] = (words for language, words in fences if language == "toml")
    starting, noting, coding = (words for language, words in fences if language == "sh")
    monkeypatch.chdir(tmp_path)
    source, notes = Path("my/seeds/letter"), Path("my/content/annotations/letter.md")

    run(starting)
    (source / "text.md").write_text(text, "utf-8")
    run(noting)
    assert note == notes.read_text("utf-8")
    run("python3 build.py --root my --strict")
    data = json.loads(Path("my/site/data/site.json").read_text("utf-8"))
    assert ["decided too soon"] == [note["targets"][0]["exact"] for note in data["notes"]]

    run(coding)
    for path, words in ((source / "source.toml", speaker), (notes, f"\n{table}")):
        path.write_text(path.read_text("utf-8") + words, "utf-8")
    run("python3 build.py --root my --strict")
    positions = Path("my/site/data/positions.csv").read_text("utf-8")
    assert "actor,fee-date\ncouncil,against\n" == positions.replace("\r", "")


def run(commands):
    """Run every line of *commands*, each of which must be fine."""
    for line in commands.splitlines():
        assert 0 == main(shlex.split(line)[2:]), line


def test_its_pictures_and_files_are_there():
    """Every relative link of the README leads to a file of the repository."""
    targets = re.findall(r"\]\(([^)#:]+)\)|(?:src|srcset)=\"([^\":]+)\"", README)
    root = Path(__file__).parents[1]

    assert [] == [path for pair in targets for path in pair if path and not (root / path).exists()]
