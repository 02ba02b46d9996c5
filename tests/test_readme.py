"""The README: what it tells a new user to type works as it stands."""

import re
from pathlib import Path

from tests.sites import Site

README = (Path(__file__).parents[1] / "README.md").read_text("utf-8")


def test_the_first_note_builds_without_a_problem(tmp_path):
    """The files of the README, copied as printed, make a site with the note in its place."""
    part = README.partition("## The first note")[2].partition("## Where to go on")[0]
    fences = re.findall(r"^```\w+\n(.*?)^```", part, re.MULTILINE | re.DOTALL)
    paths = [
        "site.toml",
        "seeds/letter/source.toml",
        "seeds/letter/text.md",
        "content/annotations/letter.md",
    ]

    site = Site(tmp_path / "my", dict(zip(paths, fences[:4], strict=True)))
    built = site.build()

    assert [] == built.codes
    [note] = built.data["notes"]
    assert "decided too soon" == note["targets"][0]["exact"]

    table, speaker, actor, issue = fences[4:]
    site.write("content/actors/council.md", actor).write("content/issues/fee-date.md", issue)
    for path, words in ((paths[1], speaker), (paths[3], f"\n{table}")):
        site.write(path, (site.root / path).read_text("utf-8") + words)
    built = site.build()

    assert [] == built.codes
    assert "actor,fee-date\ncouncil,against\n" == built.page("data/positions.csv").replace("\r", "")


def test_its_pictures_and_files_are_there():
    """Every relative link of the README leads to a file of the repository."""
    targets = re.findall(r"\]\(([^)#:]+)\)|(?:src|srcset)=\"([^\":]+)\"", README)
    root = Path(__file__).parents[1]

    assert [] == [path for pair in targets for path in pair if path and not (root / path).exists()]
