"""The maker: a digest of the program itself, so that nothing made by another version is reused."""

import os
import sys
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


def digest_program() -> str:
    """Return the digest of our own files, of the packages' versions and of Python's."""
    digest = blake2b(sys.version.encode(), digest_size=16)
    for path in sorted(_own_files()):
        digest.update(f"\n{path.relative_to(_HERE).as_posix()}\n".encode())
        digest.update(path.read_bytes())
    for name in sorted(_find_versions()):
        digest.update(f"\n{name}".encode())
    return digest.hexdigest()


def _own_files() -> list[Path]:
    found = []
    for folder, folders, files in os.walk(_HERE):
        # The themes that travel in a wheel are inputs of the site like those beside it.
        folders[:] = [name for name in folders if name not in ("__pycache__", "themes")]
        found += [Path(folder, name) for name in files if name.endswith(_KINDS)]
    return found


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
