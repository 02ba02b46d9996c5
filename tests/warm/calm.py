"""Steps on a site in which little leads anywhere, so that what nobody touches may stand."""

import shutil

from hypothesis import strategies as st

from generator.plans import Report
from tests.warm.building import Building
from tests.warm.workshop import SETTINGS, step

NAMES = ("bay", "cape", "dune", "fjord")
NAME = st.sampled_from(NAMES)
TURN = st.integers(0, 3)
TEXT = "# On {0}\n\nThe first words of {0}{1}.\n\nThe last words of {0}.\n"
NOTES = (
    "---\nsource: {0}\nby: editor\n{draft}---\n\n## The beginning of {0}{1} {{#{0}-one {tags}}}\n\n"
    "> The **first words**\n\nMore in [[{0}-two]]. {body}\n\n"
    "## The end of {0}{2} {{#{0}-two{re}}}\n\n> The **last words**\n{more}\nSee [[{0}#p1]].\n"
)
# What leads from one commentary to another, or may have to do with it.
LEADS = st.sampled_from(
    [
        {},
        {},
        {},
        {"body": "As in [[{}-one]]."},
        {"body": "As in [[{}#p2]]."},
        {"body": "Unlike [[contradicts:{}-two]]."},
        {"more": "\n> last words\n> — {}\n"},
        {"re": " re={}-one"},
        {"tags": "tags=Start"},
        {"draft": "draft: true\n"},
    ]
)


class Calm(Building):
    """A few commentaries that somebody edits one by one; *stood* counts those not read again."""

    stood = 0

    def set_up(self) -> None:
        """Write them all."""
        super().set_up()
        shutil.rmtree(self.root / "seeds/letter")
        shutil.rmtree(self.root / "content/annotations")
        for name in NAMES:
            self._write_commentary(name, 0)

    def build_warm(self) -> Report:
        """Build as anywhere, and count."""
        report = super().build_warm()
        facts = [path for path in report.read if path.endswith("/source.toml")]
        type(self).stood += sum(path not in report.texts for path in facts)
        return report

    def _write_commentary(self, name: str, turn: int) -> None:
        facts = 'title = "{}"\nrights = "full"\nlanguage = "en"\n'
        self.write(f"seeds/{name}/source.toml", facts.format(name.capitalize()))
        self.write(f"seeds/{name}/text.md", TEXT.format(name, "?" * turn))
        self._write_notes(name, (0, 0), {}, name)

    def _write_notes(self, name: str, ends: tuple[int, int], lead: dict[str, str], to: str) -> None:
        """Write the notes on *name*, in which something leads to the commentary called *to*."""
        filled = {key: words.format(to) for key, words in lead.items()}
        usual = {"tags": "tags=start", "body": "", "more": "", "re": "", "draft": ""}
        titles = ("!" * end for end in ends)
        self.write(
            f"content/annotations/{name}.md", NOTES.format(name, *titles, **(usual | filled))
        )

    @step(name=NAME, turn=TURN)
    def write_text(self, name: str, turn: int) -> None:
        """Write the text of a commentary, also of one that has none."""
        self.write(f"seeds/{name}/text.md", TEXT.format(name, "?" * turn))

    @step(name=NAME, first=TURN, last=TURN, lead=LEADS, to=NAME)
    def lead(self, name: str, first: int, last: int, lead: dict[str, str], to: str) -> None:
        """Write notes anew."""
        self._write_notes(name, (first, last), lead, to)

    @step(name=NAME, turn=st.integers(0, 5))
    def write_commentary(self, name: str, turn: int) -> None:
        """Write a commentary that leads nowhere, or seldom remove one."""
        if turn < 4:
            self._write_commentary(name, turn)
        else:
            shutil.rmtree(self.root / "seeds" / name, ignore_errors=True)
            (self.root / f"content/annotations/{name}.md").unlink(missing_ok=True)

    @step(name=NAME, links=st.booleans())
    def write_page(self, name: str, links: bool) -> None:
        """Write a free page that leads to a commentary, or not any more."""
        words = f"All of [[{name}-one]]." if links else "Nothing."
        self.write("content/pages/about.md", f"---\ntitle: About\n---\n\n{words}\n")

    @step(pages=st.booleans())
    def settle(self, pages: bool) -> None:
        """Give notes pages of their own, or none."""
        self.write("site.toml", f"note_pages = {str(pages).lower()}\n{SETTINGS}")

    @step(name=NAME)
    def touch_a_page(self, name: str) -> None:
        """Edit a page of the site by hand."""
        page = self.output / f"sources/{name}.html"
        if page.is_file():
            page.write_text("mine")
