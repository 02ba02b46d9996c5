"""A site to edit and build in tests: small, whole, and read back from the disk."""

import json
import re
import shutil
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from generator import site
from generator.corpus import gather
from generator.diagnostics import Diagnostic, Outcome
from generator.finding import make_index
from generator.indexing import MakeIndex
from generator.pipeline import Plan, Report, build
from generator.reading import READERS, Desk, read_corpus, read_settings_file
from generator.releasing import take_care
from generator.reporting import count_problems
from generator.resolving import resolve
from generator.scan import scan
from generator.site import Version

ROOT = Path(__file__).parents[1]

BASE = {
    # An index is made where the search is what a test is about.
    "site.toml": 'title = "Site"\nsearch = false\n\n[annotators.editor]\nname = "The editor"\n',
    "seeds/letter/source.toml": 'title = "A letter"\nrights = "full"\nlanguage = "en"\n',
    "seeds/letter/text.md": (
        "# The fee\n\nThe council finds it was decided too soon.\n\nThe sea obeys none of us.\n"
    ),
    "content/annotations/letter.md": (
        "---\nsource: letter\nby: editor\n---\n\n## The date, not the fee {#timing}\n\n"
        "> decided **too soon**\n\nSee [[letter#p2]].\n"
    ),
}

# The same site with its search.
SEARCHED = {**BASE, "site.toml": BASE["site.toml"].replace("search = false\n", "")}


@dataclass
class Built:
    """What a build left: its report, and the files of the site by address."""

    report: Report
    files: dict[str, bytes] = field(default_factory=dict)

    @property
    def codes(self) -> list[str]:
        """The codes of all problems, sorted."""
        return sorted(problem.code for problem in set(self.report.diagnostics))

    @property
    def places(self) -> list[tuple[str, str, str]]:
        """Every problem as its code, its ``path:line:column`` and the words underlined."""
        return sorted(self._place(problem) for problem in set(self.report.diagnostics))

    def _place(self, problem: Diagnostic) -> tuple[str, str, str]:
        file = self.report.texts.get(problem.path)
        if file is None or problem.span is None:
            return problem.code, problem.path, ""
        line, column = file.line_column(problem.span.start)
        words = file.text[problem.span.start : problem.span.end]
        return problem.code, f"{problem.path}:{line}:{column}", words

    @property
    def errors(self) -> int:
        """How many errors there are."""
        return count_problems(self.report)[0]

    def page(self, url: str) -> str:
        """Return the page at *url* as text."""
        return self.files[url].decode()

    @property
    def data(self) -> dict:
        """What ``data/site.json`` holds."""
        return json.loads(self.files["data/site.json"])


class Site:
    """A site below a folder; every method that changes it returns it."""

    def __init__(self, root: Path, files: dict[str, str] | None = None) -> None:
        self.root = root
        for path, text in (BASE if files is None else files).items():
            self.write(path, text)

    def write(self, path: str, content: str | bytes) -> "Site":
        """Write the file at *path*, making its folders."""
        file = self.root / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content.encode() if isinstance(content, str) else content)
        return self

    def edit(self, path: str, old: str, new: str) -> "Site":
        """Replace *old*, which must be there, by *new*."""
        text = (self.root / path).read_text("utf-8")
        assert old in text
        return self.write(path, text.replace(old, new))

    def remove(self, path: str) -> "Site":
        """Delete the file at *path*."""
        (self.root / path).unlink()
        return self

    def note(self, heading: str, quote: str = "", body: str = "") -> "Site":
        """Add a note to the file of the letter."""
        path = self.root / "content/annotations/letter.md"
        quoted = "".join(f"> {line}\n" for line in quote.split("\n")) if quote else ""
        text = f"{path.read_text('utf-8')}\n## {heading}\n\n{quoted}\n{body}\n"
        return self.write("content/annotations/letter.md", text)

    def join(self, *, drafts: bool = False) -> Outcome[site.Site]:
        """Read everything and join it, without a theme and without a page."""
        desk = Desk(self.root)
        inputs = desk.take(scan(self.root))
        config = read_settings_file(desk, "site.toml")
        read = read_corpus(desk, inputs, config, READERS)
        plan = Plan(self.root, None, drafts=drafts)
        rights = take_care(desk.take(gather(read, desk.texts)), plan, desk)
        joined = desk.take(resolve(rights.corpus, Version(), drafts=drafts))
        return Outcome(joined, tuple(desk.problems))

    def build(
        self,
        *,
        drafts: bool = False,
        base_url: str | None = None,
        make: MakeIndex = make_index,
        **plan: Any,
    ) -> Built:
        """Build the site beside its root, from nothing unless *plan* says so; read what came."""
        output = self.root.parent / f"{self.root.name}-site"
        asked = Plan(self.root, output, base_url, drafts=drafts, **plan)
        report = build(asked, lambda *_: None, make=make)
        files = {}
        if output.is_dir():
            for path in sorted(output.rglob("*")):
                if path.is_file():
                    files[path.relative_to(output).as_posix()] = path.read_bytes()
        return Built(report, files)


def dress(root: Path, theme: str, folder: Path) -> Site:
    """Return a copy of the site at *root*, in *folder*, with another theme."""
    shutil.copytree(root, folder, ignore=shutil.ignore_patterns("expected"))
    site = Site(folder, {})
    settings = (folder / "site.toml").read_text("utf-8")
    others = re.sub(r"(?m)^theme\s*=.*\n", "", settings)
    return site.write("site.toml", f'theme = "{theme}"\n{others}')
