"""Sites with positions: the harbour, in which every reading stands in some cell, and large ones."""

import shutil
from collections.abc import Iterable
from pathlib import Path

from tests.sites import ROOT, Site

HARBOUR = ROOT / "tests/sites/harbour"
STANCES = ("for", "leans for", "either", "leans against", "against", "unclear", "undeclared")


def copy_harbour(folder: Path) -> Site:
    """Return the harbour site, to be changed and built."""
    shutil.copytree(HARBOUR, folder / "harbour")
    return Site(folder / "harbour", {})


def write_actors(site: Site, ids: Iterable[str]) -> Site:
    """Add an actor for each id; it is called by it."""
    for id in ids:
        site.write(f"content/actors/{id}.md", f"---\nname: {id}\nkind: group\n---\n")
    return site


def write_issues(site: Site, ids: Iterable[str], group: str = "") -> Site:
    """Add an issue for each id."""
    for id in ids:
        head = f"---\nproposition: The {id} comes first.\n"
        head += f"group: {group}\n" if group else ""
        site.write(f"content/issues/{id}.md", f"{head}---\n")
    return site


def write_statements(site: Site, rows: Iterable[tuple[str, str, str]], path: str = "many") -> Site:
    """Add a note that states each (actor, issue, stance), on the first paragraph of the letter."""
    table = "\n".join(f"| {who} | {issue} | {stance} |" for who, issue, stance in rows)
    text = f"---\nsource: letter\nby: editor\n---\n\n## Many {{#{path}}}\n\n> — p1\n\n"
    head = "| who | issue | stance |\n|---|---|---|\n"
    return site.write(f"content/annotations/{path}.md", f"{text}{head}{table}\n")


def make_many(site: Site, actors: int, groups: Iterable[tuple[str, int]]) -> Site:
    """Make *site* one of many actors and, in each of *groups*, so many issues.

    Every seventh cell has a statement; the last actor and the last issue of each group have none.
    """
    site.edit("seeds/letter/source.toml", 'rights = "full"\n', 'rights = "full"\nspeaker = "a0"\n')
    names = [f"a{n}" for n in range(actors)]
    write_actors(site, names)
    rows = []
    for at, (group, count) in enumerate(groups):
        issues = [f"g{at}-i{n:03}" for n in range(count)]
        write_issues(site, issues, group)
        cells = [(who, issue) for who in names[:-1] for issue in issues[:-1]]
        rows += [(*cell, STANCES[n % len(STANCES)]) for n, cell in enumerate(cells[::7])]
    return write_statements(site, rows)
