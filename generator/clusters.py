"""Clusters: an existing Dask cluster as the hands of a build, for what one machine does not hold.

Reading and printing run there; texts, notes and the theme travel by value, so the machines share no
disk. Every worker must have this very program: what another version makes is not what this one
would, and the pages of one site would not be of one piece.
"""

from collections.abc import Iterator
from concurrent.futures import Executor
from contextlib import contextmanager

from generator.maker import digest_program

SCHEME = "dask://"


class ClusterRefused(Exception):
    """The cluster cannot be used; the message says why and what to do."""


@contextmanager
def join_cluster(url: str) -> Iterator[tuple[Executor, int]]:
    """Give the executor of the cluster at *url* (``dask://host:port``) and how many threads it has.

    Raises ``ClusterRefused`` where there is none, it has no workers, or one of them is another
    version of this program. The cluster stays as it was.
    """
    try:
        from distributed import Client
    except ImportError:
        raise ClusterRefused("a cluster needs the extra packages of postil[cluster]") from None
    address = "tcp://" + url.removeprefix(SCHEME)
    try:
        client = Client(address, timeout=10, set_as_default=False)
    except (OSError, ValueError) as error:
        raise ClusterRefused(f"there is no cluster at {url}: {error}") from None
    with client:
        threads = sum(client.nthreads().values())
        if not threads:
            raise ClusterRefused(f"the cluster at {url} has no workers")
        _compare_programs(url, client.run(_identify, on_error="return"))
        # What is made depends on nothing but the task, so any worker may make it once more.
        yield client.get_executor(pure=False, retries=3), threads


def _identify() -> str:
    return digest_program()


def _compare_programs(url: str, found: dict[str, object]) -> None:
    own = digest_program()
    others = sorted(worker for worker, digest in found.items() if digest != own)
    if others:
        raise ClusterRefused(
            f"{len(others)} of {len(found)} workers at {url} have another version of postil or of "
            f"what it stands on, {others[0]} for one: install the same there, and start them anew"
        )
