"""The maker: a digest of the program itself, so that nothing made by another version is reused."""

import os
import sys
from collections.abc import Iterator
from functools import cache
from hashlib import blake2b
from pathlib import Path

_HERE = Path(__file__).parent
# What takes part in making pages; ``name-version.dist-info`` in a folder of packages tells which.
_PACKAGES = frozenset(
    (
        "jinja2 markdown_it_py markupsafe mdit_py_plugins msgspec pagefind_bin_extended pygments "
        "pyyaml selectolax"
    ).split()
)
_KINDS = (".py", ".toml")


@cache
def digest_program() -> str:
    """Return the digest of our own files, of the packages' versions and of Python's.

    It is taken once: what runs is what was there when it was started.
    """
    digest = blake2b(sys.version.encode(), digest_size=16)
    for name, path in sorted(_own_files()):
        digest.update(f"\n{name}\n".encode())
        with open(path, "rb") as file:
            digest.update(file.read())
    for name in sorted(_find_versions()):
        digest.update(f"\n{name}".encode())
    return digest.hexdigest()


def _own_files() -> Iterator[tuple[str, str]]:
    """Yield the name, from here and with forward slashes, and the path of each file of ours."""
    here = str(_HERE)
    for folder, folders, files in os.walk(here):
        # The themes that travel in a wheel are inputs of the site like those beside it.
        folders[:] = [name for name in folders if name not in ("__pycache__", "themes")]
        for name in files:
            if name.endswith(_KINDS):
                path = os.path.join(folder, name)
                yield path[len(here) + 1 :].replace(os.sep, "/"), path


def _find_versions() -> set[str]:
    """Return the names of the folders that say which version of a package is installed."""
    found: set[str] = set()
    for place in sys.path:
        try:
            names = os.listdir(place or ".")
        except OSError:
            continue
        for name in names:
            if name.endswith(".dist-info"):
                package = name.partition("-")[0].lower().replace("-", "_")
                if package in _PACKAGES:
                    found.add(name)
    return found
