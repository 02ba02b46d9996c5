"""The README: what it tells a new user to type works as it stands."""

import json
import re
import shlex
from pathlib import Path

from generator.cli import main

README = (Path(__file__).parents[1] / "README.md").read_text("utf-8")


def test_the_first_note_builds_without_a_problem(tmp_path, monkeypatch, capsys):
    """What the README tells to type, typed in order, makes what it shows and builds."""
    part = README.partition("## The first note")[2].partition("## Where to go on")[0]
    fences = re.findall(r"^```(\w+)\n(.*?)^```", part, re.MULTILINE | re.DOTALL)
    texts = [text for language, text in fences if language == "markdown"]
    starting, noting, building = (
        [shlex.split(line) for line in text.splitlines()]
        for language, text in fences
        if language == "sh"
    )
    monkeypatch.chdir(tmp_path)

    for words in starting:
        assert 0 == main(words[2:])
    (tmp_path / "my/seeds/letter/text.md").write_text(texts[0])
    for words in noting:
        assert 0 == main(words[2:])
    assert texts[1] == (tmp_path / "my/content/annotations/letter.md").read_text()
    for words in building:
        assert 0 == main(words[2:])

    assert "no problems" in capsys.readouterr().err
    data = json.loads((tmp_path / "my/site/data/site.json").read_text())
    assert ["decided too soon"] == [note["targets"][0]["exact"] for note in data["notes"]]


def test_its_pictures_and_files_are_there():
    """Every relative link of the README leads to a file of the repository."""
    targets = re.findall(r"\]\(([^)#:]+)\)|(?:src|srcset)=\"([^\":]+)\"", README)
    root = Path(__file__).parents[1]

    assert [] == [path for pair in targets for path in pair if path and not (root / path).exists()]
