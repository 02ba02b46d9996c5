"""The sites that the browser looks at, built once, and their pages by kind."""

import shutil
from dataclasses import dataclass
from pathlib import Path

from generator.cli import main
from tests.positions import HARBOUR, make_many
from tests.sites import Site

ROOT = Path(__file__).resolve().parents[2]
TORTURE = ROOT / "tests/sites/torture"
RIHLA = ROOT / "tests/sites/rihla"
FIRST_NOTES = "note_pages = false\n\n[annotators.reader]"
# Of many pages alike these are looked at besides the first of their kind.
CHOSEN = (
    "actors/council",
    "actors/mariners",
    "issues/quay",
    "issues/steam",
    "issues/toll",
    "notes/asked",
    "notes/half-lost",
    "notes/in-arabic",
    "notes/long-note",
    "notes/long-word",
    "notes/lost",
    "notes/range-6",
    "notes/rather-close",
    "notes/three-findings",
    "notes/two-texts",
    "tags/unbridgeable",
)


@dataclass(frozen=True, slots=True)
class Page:
    """A page of a built site: the site's name, the address in it, and what kind of page it is."""

    site: str
    url: str
    kind: str

    @property
    def name(self) -> str:
        """The page as it is called in a message, and where it is below the shelf."""
        return f"{self.site}/{self.url}"


@dataclass(frozen=True, slots=True)
class Shelf:
    """The folder that holds all sites, and the address at which it is served.

    With *everything* no page is passed over because another of its kind is looked at.
    """

    folder: Path
    address: str
    everything: bool = False

    def pages(self, *sites: str) -> list[Page]:
        """Return every page of *sites*, or of all of them."""
        return [
            Page(site.name, url, _kind(url))
            for site in sorted(self.folder.iterdir())
            if not sites or site.name in sites
            for url in sorted(p.relative_to(site).as_posix() for p in site.rglob("*.html"))
        ]

    def sample(self, *sites: str) -> list[Page]:
        """Return all reading pages of *sites*, and of the other kinds the first and the chosen."""
        if self.everything:
            return self.pages(*sites)
        seen: set[tuple[str, str]] = set()
        chosen = []
        for page in self.pages(*sites):
            first = (page.site, page.kind) not in seen
            if first or page.kind == "reading" or page.url.startswith(CHOSEN):
                chosen.append(page)
            seen.add((page.site, page.kind))
        return chosen

    def readings(self, *sites: str) -> list[Page]:
        """Return the reading pages of *sites*."""
        return [page for page in self.pages(*sites) if page.kind == "reading"]


def _kind(url: str) -> str:
    known = {
        "index.html": "home",
        "404.html": "missing",
        "sources/index.html": "sources",
        "notes/index.html": "notes",
        "tags/index.html": "tags",
        "actors/index.html": "actors",
        "issues/index.html": "issues",
    }
    kinds = {
        "sources": "reading",
        "notes": "note",
        "tags": "tag",
        "actors": "actor",
        "issues": "issue",
    }
    folder = url.partition("/")[0]
    # Each page of positions is of its own kind.
    return known.get(url) or (url if folder == "positions" else kinds.get(folder, "free"))


def build_sites(folder: Path, address: str, work: Path) -> None:
    """Build the repository's own site, and those that are made to be difficult.

    The torture site has two notes on words that its text has not, an error each, and is built; the
    bare one is the same without pages of its notes. In the harbour every reading of a position
    stands in some cell; with many actors and issues the tables are wide, and on several pages. The
    interface of the rihla is Arabic.
    """
    bare = work / "bare"
    shutil.copytree(TORTURE, bare)
    settings = (bare / "site.toml").read_text("utf-8")
    assert "[annotators.reader]" in settings
    settings = settings.replace("[annotators.reader]", FIRST_NOTES)
    (bare / "site.toml").write_text(settings, "utf-8")
    many = make_many(Site(work / "many"), 101, (("War", 12), ("Peace", 16), ("Law", 18))).root
    sites = (
        (ROOT, "own", 0),
        (TORTURE, "torture", 1),
        (bare, "bare", 1),
        (HARBOUR, "harbour", 0),
        (many, "many", 0),
        (RIHLA, "rihla", 0),
    )
    for root, name, expected in sites:
        command = ["build", "--root", str(root), "--output", str(folder / name)]
        if name == "own":
            command += ["--base-url", f"{address}{name}/"]
        assert expected == main(command)
