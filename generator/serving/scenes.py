"""Scenes: what is served at one moment: a site, whole and unchanging, and what is wrong with it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import unquote, urlsplit

from generator.digests import digest_bytes
from generator.output import MemoryTree
from generator.serving.telling import Problem

# A site's pictures, styles and the like: whatever of them changes, pages show it.
_ASSETS = "assets/"


@dataclass(frozen=True, slots=True)
class Shown:
    """A site that is shown: its files by path, their digests, and the path it begins at.

    *build* says which build made it; *assets* is a digest of all that pages load. *base* begins
    and ends with a slash and is decoded, as all paths are.
    """

    files: Mapping[str, bytes] = field(default_factory=dict)
    digests: Mapping[str, str] = field(default_factory=dict)
    base: str = "/"
    build: int = 0
    assets: str = ""


NOTHING = Shown()


@dataclass(frozen=True, slots=True)
class Scene:
    """The newest build by number, what it found wrong, and the site that is shown.

    The site may be that of an earlier build.
    """

    build: int = 0
    problems: tuple[Problem, ...] = ()
    shown: Shown = NOTHING

    def version(self, digest: str) -> str:
        """Return what tells a page of this *digest*, with all that it loads, from another one.

        It is empty where there is no site yet: a page that is open from before stays as it is.
        """
        return f"{digest}.{self.shown.assets}" if self.shown.build else ""


def show(tree: MemoryTree, base_url: str, build: int) -> Shown:
    """Return the site in *tree*, made by *build*, as it will stand below *base_url*."""
    assets = (
        f"{path}\n{digest}\n"
        for path, digest in sorted(tree.digests.items())
        if path.startswith(_ASSETS)
    )
    base = f"/{unquote(urlsplit(base_url).path).strip('/')}/".replace("//", "/")
    return Shown(tree.files, tree.digests, base, build, digest_bytes("".join(assets).encode()))
