"""Steps on what a site says: notes, actors, issues, pages, settings, the theme."""

from hypothesis import strategies as st

from tests.sites import BASE
from tests.warm.workshop import SOURCES, WORDS, Workshop, step

LINKS = st.sampled_from(
    [
        "[[letter#p1]]",
        "[[timing]]",
        "[[gone]]",
        "[[answers:timing]]",
        "![[letter#p2]]",
        "[[council]]",
        "[page](../pages/about.md)",
        "[[#p1]]",
        "plain",
    ]
)
TABLE = "| who | issue | stance |\n|---|---|---|\n| council | fee | {} |\n"
STANCES = st.sampled_from(["for", "against", "leans for", "fro", "unclear"])


class Content(Workshop):
    """What somebody writes below ``content/`` and ``themes/`` and in the settings."""

    @step(
        name=st.sampled_from(["letter", "more/reply", "all"]),
        source=st.sampled_from(SOURCES),
        gist=WORDS,
        quote=WORDS,
        link=LINKS,
        id=st.sampled_from(["timing", "other", "third"]),
        stance=st.none() | STANCES,
        by=st.sampled_from(["editor", "pilot", "nobody"]),
        draft=st.booleans(),
    )
    def write_notes(self, name, source, gist, quote, link, id, stance, by, draft) -> None:
        """Write a file with one note."""
        table = TABLE.format(stance) if stance else ""
        head = f"---\nsource: {source}\nby: {by}\ntags: [{gist[:5]}]\n---\n"
        opening = f"## {gist} {{#{id} draft={str(draft).lower()}}}"
        note = f"\n{opening}\n\n> {quote}\n\n{link}\n\n{table}\n"
        self.write(f"content/annotations/{name}.md", head + note)

    @step(id=st.sampled_from(["council", "clerk"]), name=WORDS, link=LINKS)
    def write_an_actor(self, id, name, link) -> None:
        """Write an actor."""
        head = f"---\nname: {name.strip('*[]')}\nkind: group\n---\n"
        self.write(f"content/actors/{id}.md", f"{head}\n{link}\n")

    @step(id=st.sampled_from(["fee", "quay"]), word=WORDS, ruling=st.none() | STANCES)
    def write_an_issue(self, id, word, ruling) -> None:
        """Write an issue, with a ruling or without."""
        text = f"---\nproposition: It is {word.strip('*[]')}.\ngroup: g\n---\n"
        if ruling:
            text += f"\n| who | reading | because |\n|--|--|--|\n| council | {ruling} | timing |\n"
        self.write(f"content/issues/{id}.md", text)

    @step(name=st.sampled_from(["about", "index"]), word=WORDS, link=LINKS)
    def write_a_page(self, name, word, link) -> None:
        """Write a free page, or the first one."""
        head = f"---\ntitle: T {word.strip('*[]')}\n---\n"
        self.write(f"content/pages/{name}.md", f"{head}\n{link}\n")

    @step(
        title=WORDS,
        pages=st.booleans(),
        search=st.booleans(),
        language=st.sampled_from(["en", "fr"]),
        base=st.booleans(),
    )
    def write_settings(self, title, pages, search, language, base) -> None:
        """Write other settings."""
        text = BASE["site.toml"].replace('"Site"', f'"{title}"\nnote_pages = {str(pages).lower()}')
        text = text.replace("search = false", f"search = {str(search).lower()}")
        url = 'base_url = "https://e.org/s/"\n' if base else ""
        text = f'language = "{language}"\n{url}{text}\n[annotators.pilot]\nname = "P"\n'
        self.write("site.toml", text)

    @step(word=WORDS, static=st.booleans())
    def write_a_theme(self, word, static) -> None:
        """Change the theme: a template, or a file that every page uses."""
        self.write("themes/default/theme.toml", 'inherit = "default"\n')
        if static:
            self.write("themes/default/static/more.css", f"/* {word} */")
        else:
            block = "{% block footer %}" + word + "{% endblock %}"
            text = "{% extends 'bundled-default/page.html' %}" + block
            self.write("themes/default/page.html", text)

    @step()
    def rename_a_note_that_others_link_to(self) -> None:
        """Give a note another id, and leave the links to it."""
        for path in self.files():
            if path.suffix == ".md" and b"{#timing" in (content := path.read_bytes()):
                path.write_bytes(content.replace(b"{#timing", b"{#retimed", 1))
                break
