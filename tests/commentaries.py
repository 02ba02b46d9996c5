"""Small commentaries of one make for tests: each has a text, and two notes that lead to it."""

from tests.sites import Site

SETTINGS = 'title = "Site"\n\n[annotators.editor]\nname = "The editor"\n'
FACTS = 'title = "{}"\nrights = "full"\nlanguage = "en"\n'
TEXT = "# On {0}\n\nThe first words of {0}.\n\nThe last words of {0}.\n"
NOTES = (
    "---\nsource: {0}\n---\n\n## The beginning of {0} {{#{0}-one tags=start}}\n\n"
    "> The **first words**\n\nMore in [[{0}-two]].\n\n"
    "## The end of {0} {{#{0}-two tags=end}}\n\n> The **last words**\n\nSee [[{0}#p1]].\n"
)
NAMES = ("bay", "cape", "dune", "fjord")


def write_commentary(site: Site, name: str) -> None:
    """Write the text called *name*, its facts and the notes on it."""
    site.write(f"seeds/{name}/source.toml", FACTS.format(name.capitalize()))
    site.write(f"seeds/{name}/text.md", TEXT.format(name))
    site.write(f"content/annotations/{name}.md", NOTES.format(name))
