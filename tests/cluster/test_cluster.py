"""A build on a Dask cluster: the same site as anywhere, also when a worker dies in the middle."""

import os
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest
from distributed import LocalCluster

import generator.render.sheets
import generator.studies
from generator.cli import main
from generator.clusters import ClusterRefused, join_cluster
from generator.pipeline import Plan, build
from tests.sites import Site

DOCUMENTS = 24


@pytest.fixture(scope="module")
def cluster() -> Iterator[LocalCluster]:
    """Two workers in processes of their own."""
    options = {"threads_per_worker": 1, "dashboard_address": ":0"}
    with LocalCluster(n_workers=2, processes=True, **options) as made:
        yield made


@pytest.fixture
def url(cluster: LocalCluster) -> str:
    return cluster.scheduler_address.replace("tcp://", "dask://")


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Site:
    """A site of some texts, all of whose work is worth sharing."""
    monkeypatch.setattr(generator.studies, "WORTH_SHARING", 0)
    monkeypatch.setattr(generator.render.sheets, "WORTH_SHARING", 0)
    made = Site(tmp_path / "root")
    for number in range(DOCUMENTS):
        made.write(f"seeds/t{number}/source.toml", f'title = "T{number}"\nrights = "full"\n')
        made.write(f"seeds/t{number}/text.py", f"def f{number}():\n    return {number}\n")
        head = f"---\nsource: t{number}\nby: editor\n---\n\n"
        note = f"{head}## Note {number}\n\n> return\n\n[[t0#L1]]\n"
        made.write(f"content/annotations/t{number}.md", note)
    return made.note("Lost {#lost}", "no such words", "")


def make(site: Site, output: str, note=lambda *_: None, **plan):
    folder = site.root.parent / output
    report = build(Plan(site.root, folder, **plan), note)
    files = {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }
    return sorted(map(repr, report.diagnostics)), files


def test_a_cluster_makes_the_same_site(site: Site, url: str) -> None:
    """Problems and bytes are those of a build in one process."""
    assert make(site, "here") == make(site, "there", executor=url)


def test_a_worker_that_dies_in_the_middle(site: Site, url: str, cluster: LocalCluster) -> None:
    """What it was at is done by another, and the site is whole."""
    died: list[int] = []

    def kill(words: str, *_: int) -> None:
        if words in ("joining", "rendering") and not died:
            nanny = next(iter(cluster.workers.values()))
            died.append(nanny.pid)
            os.kill(nanny.pid, signal.SIGKILL)

    assert make(site, "here") == make(site, "there", kill, executor=url)
    assert 1 == len(died)


def test_workers_of_another_version(site: Site, url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Pages of two programs do not make one site: one sentence, and nothing is built."""
    monkeypatch.setattr("generator.clusters.digest_program", lambda: "another")

    with pytest.raises(ClusterRefused, match="have another version"):
        make(site, "there", executor=url)
    assert not (site.root.parent / "there").exists()


def test_no_cluster_there(capsys: pytest.CaptureFixture[str], site: Site) -> None:
    """An address where nothing answers, and one that is none, are said in one sentence."""
    root = ["--root", str(site.root), "--output", str(site.root.parent / "out")]

    assert 3 == main(["build", *root, "--executor", "dask://127.0.0.1:9"])
    assert "there is no cluster at dask://127.0.0.1:9" in capsys.readouterr().err
    assert 2 == main(["build", *root, "--executor", "tcp://x"])
    assert "write --executor dask://host:port" in capsys.readouterr().err


def test_a_cluster_without_workers() -> None:
    """A cluster that nobody works for is refused before anything is read."""
    with (
        LocalCluster(n_workers=0, processes=True, dashboard_address=":0") as empty,
        pytest.raises(ClusterRefused, match="has no workers"),
        join_cluster(empty.scheduler_address.replace("tcp://", "dask://")),
    ):
        pass
