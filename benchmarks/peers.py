"""How long builds take beside those of other generators, as whole processes.

    python -m benchmarks.peers [--documents 1000 10000] [--tools FOLDER] [--peers Hugo MkDocs]

Three kinds of work, at each number of documents: a cold build with no output and nothing kept of
earlier ones, the same again with nothing changed, and again with one note edited. In each round of
each work the contenders run one after another, another one first every time; the first rounds warm
up. Every output is checked: the pages are there, and the notes in them, the edited one too. The
peers are installed into FOLDER, or into a temporary one. Tables are in Markdown. A speed is a
figure to look at, never a test.
"""

import argparse
import os
import platform
import tempfile
from collections.abc import Sequence
from functools import partial
from pathlib import Path

from benchmarks.contenders import (
    Contender,
    check,
    count_pages,
    edit,
    enter_peer,
    enter_postil,
    forget,
)
from benchmarks.figures import Row, compare, print_comparison, print_growth, take_turns
from benchmarks.installs import PEERS, Peer, find_version, install
from benchmarks.measuring import Cost, Failed, measure

REFERENCE = "Hugo"
COLD, NOTHING, EDIT = WORKS = ("cold", "nothing changed", "one note edited")

say = partial(print, flush=True)
Runs = dict[str, dict[str, list[Cost]]]


def install_peers(asked: argparse.Namespace, tools: Path) -> list[tuple[Peer, Path]]:
    """Return the peers asked for with their programs; say which of them cannot be installed."""
    ready = []
    say(f"Python {platform.python_version()}, node: {find_version(('node', '--version'))},", end="")
    say(f" {platform.system()} {platform.machine()}, {os.cpu_count()} processors\n")
    for peer in PEERS:
        if peer.name in asked.peers:
            try:
                ready.append((peer, install(peer, tools)))
                say(f"- {peer.name}: {', '.join(peer.packages)}")
            except Failed as error:
                say(f"- {peer.name} **could not be installed**: {error}")
    return ready


def enter_all(
    peers: Sequence[tuple[Peer, Path]], folder: Path, documents: int, notes: int
) -> list[Contender]:
    """Write every project into *folder*; return the contenders, Postil twice."""
    contenders = [
        enter_peer(peer, program, folder / peer.name, documents, notes) for peer, program in peers
    ]
    for note_pages in (False, True):
        project = folder / f"postil-{note_pages}"
        contenders.append(enter_postil(project, documents, notes, note_pages=note_pages))
    return contenders


def run_rounds(contenders: Sequence[Contender], aside: Path, asked: argparse.Namespace) -> Runs:
    """Return what each work cost each contender in each round; say who failed, and leave it out."""
    entered = {contender.name: contender for contender in contenders}
    runs: Runs = {work: {name: [] for name in entered} for work in WORKS}
    for turn in range(asked.warm_up + asked.runs):
        for work in WORKS:
            for name in take_turns(list(entered), turn):
                try:
                    cost = run(entered[name], work, f"edited{turn}", aside, asked)
                except Failed as error:
                    say(f"- {name} **failed**, {work}: {error}")
                    del entered[name]
                    continue
                if turn >= asked.warm_up:
                    runs[work][name].append(cost)
    return {work: {name: runs[work][name] for name in entered} for work in WORKS}


def run(contender: Contender, work: str, mark: str, aside: Path, asked: argparse.Namespace) -> Cost:
    """Return what *work* cost; raise Failed if it was not done."""
    number = contender.documents // 2
    if work == COLD:
        forget(contender, aside)
    elif work == EDIT:
        edit(contender, number, mark)
    os.sync()  # so that nobody pays for what another one wrote
    cost = measure(contender.command, contender.project, asked.limit)
    check(contender, asked.notes, number, mark if work == EDIT else "")
    return cost


def measure_size(
    peers: Sequence[tuple[Peer, Path]], documents: int, asked: argparse.Namespace
) -> list[Row]:
    """Print what each work costs with so many *documents*; return the rows of the cold builds."""
    with tempfile.TemporaryDirectory() as folder:
        aside = Path(folder, "aside")
        aside.mkdir()
        contenders = enter_all(peers, Path(folder), documents, asked.notes)
        say(f"\n{documents:,} documents with {asked.notes} notes each:")
        say(f"rounds: {asked.runs}, and {asked.warm_up} before to warm up")
        say("figures: medians; a ratio is the median of those within a round\n")
        runs = run_rounds(contenders, aside, asked)
        counted = [f"{each.name} {count_pages(each):,}" for each in contenders]
        say(f"pages: {', '.join(counted)}")
    rows = {work: compare(costs, REFERENCE) for work, costs in runs.items()}
    for work in WORKS:
        say(f"\n{documents:,} documents, {work}\n\n{print_comparison(rows[work], REFERENCE)}")
    return rows[COLD]


def main() -> None:
    """Install the peers, measure every size, print the tables."""
    names = [peer.name for peer in PEERS]
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--documents", type=int, nargs="+", default=[1000])
    parser.add_argument("--notes", type=int, default=10)
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--warm-up", type=int, default=1)
    parser.add_argument("--peers", nargs="*", choices=names, default=names, metavar="PEER")
    parser.add_argument("--tools", type=Path, help="where the peers are, or will be")
    parser.add_argument("--limit", type=float, default=600, help="seconds for one command")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        peers = install_peers(asked, (asked.tools or Path(temporary)).resolve())
        sizes = sorted(set(asked.documents))
        cold = {documents: measure_size(peers, documents, asked) for documents in sizes}
    if len(cold) > 1:
        say(f"\ngrowth of cold builds\n\n{print_growth(cold)}")


if __name__ == "__main__":
    main()
