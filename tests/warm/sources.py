"""Steps on sources: their words, their facts, and the words that may not be published."""

import shutil

from hypothesis import strategies as st

from tests.warm.workshop import SOURCES, WORDS, Workshop, step

IDS = st.sampled_from(SOURCES)
RIGHTS = st.sampled_from(["full", "quote", "excerpt", "link"])
FACTS = ["", 'date = "1868"\n', 'language = "fr"\n', "x = 1\n", "=", "max_words = 1\n"]
HEAD = "# Head\n\nThe council finds it too soon.\n\n"
NOTE = "---\nsource: {}\nby: editor\n---\n\n## Of it {{#of-it}}\n\n> it **too soon**\n\nOurs.\n"


class Sources(Workshop):
    """What somebody does below ``seeds/``."""

    def facts(self, id: str, rights: str, more: str = "") -> None:
        """Write the facts of a source."""
        text = f'title = "The {id}"\nrights = "{rights}"\nspeaker = "clerk"\n{more}'
        self.write(f"seeds/{id}/source.toml", text)

    @step(id=IDS, words=st.lists(WORDS, min_size=1, max_size=4))
    def write_a_text(self, id: str, words: list[str]) -> None:
        """Write other words; what is said of them stays, and with it how much may be published."""
        if not (self.root / f"seeds/{id}/source.toml").is_file():
            self.facts(id, "full")
        self.write(f"seeds/{id}/text.md", HEAD + "\n\n".join(words))

    @step(id=IDS, rights=RIGHTS, more=st.sampled_from([*FACTS, 'url = "https://e.org/"\n']))
    def write_facts(self, id: str, rights: str, more: str) -> None:
        """Say something else of a source."""
        self.facts(id, rights, more)

    @step(id=IDS)
    def set_the_text_aside(self, id: str) -> None:
        """Be somebody who has no text: only what was committed of the source is left."""
        for path in (self.root / "seeds" / id).glob("text.*"):
            if path.is_file():
                aside = self.folder / "aside" / id
                shutil.rmtree(aside, ignore_errors=True)
                aside.mkdir(parents=True)
                path.rename(aside / path.name)

    @step(id=IDS)
    def bring_the_text_back(self, id: str) -> None:
        """Have the same text again, while its rights are what they have become."""
        for path in (self.folder / "aside" / id).glob("*"):
            self.write(f"seeds/{id}/{path.name}", path.read_bytes())

    @step(id=IDS, rights=RIGHTS, words=WORDS)
    def leave_an_outline_only(self, id: str, rights: str, words: str) -> None:
        """Note words of a restricted text, build, and go on without the text."""
        self.facts(id, rights)
        self.write(f"seeds/{id}/text.md", HEAD + words)
        self.write("content/annotations/of.md", NOTE.format(id))
        self.build_warm()
        self.set_the_text_aside(id=id)
