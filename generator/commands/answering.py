"""What all commands share: exit codes, the site's folder, and how they speak."""

import argparse
import os
import sys
from pathlib import Path

FINE, PROBLEMS, USAGE, MACHINE, FAULT, INTERRUPTED = 0, 1, 2, 3, 70, 130
HOME = Path(__file__).resolve().parents[2]


def tell(words: str) -> None:
    """Tell the reader one sentence, on standard error."""
    print(f"postil: {words}", file=sys.stderr)


def tell_refused(error: OSError, path: str | Path) -> None:
    """Say what the machine does not let us read or write: what *error* names, else *path*."""
    tell(f"cannot read or write {error.filename or path}: {error.strerror or error}")


def read_named(path: str) -> bytes | None:
    """Return what the file at *path*, which somebody typed, holds; None, and say so, if none is.

    Raises ``OSError`` for what the machine refuses.
    """
    try:
        return Path(path).read_bytes()
    except (FileNotFoundError, NotADirectoryError):
        tell(f"there is no file {path}")
    except IsADirectoryError:
        tell(f"{path} is a folder: name a file in it")
    return None


def tell_restricted(rights: str, remedy: str) -> None:
    """Say what follows from *rights* that are not all of them, and what to do if that is wrong."""
    tell(
        f'its rights are "{rights}", and git ignores its words; if it may be published whole, '
        f"{remedy}"
    )


def find_root(options: argparse.Namespace) -> Path:
    """Return the site's folder: the one named, the one of build.py, else the current one."""
    if options.root:
        return Path(options.root).resolve()
    return HOME if (HOME / "build.py").is_file() else Path.cwd()


def name_file(options: argparse.Namespace, path: str) -> str:
    """Return *path*, which is one in the site's folder, as it is opened from where somebody is.

    Bundled themes, which are elsewhere, are called by their names.
    """
    root = find_root(options)
    if path.startswith("themes/") and not (root / path).exists():
        return path
    if options.root:
        return os.path.join(options.root, path)
    return path if root == Path.cwd() else str(root / path)


def choose_cache(options: argparse.Namespace, root: Path) -> Path:
    """Return the folder of what is kept between builds: below the one named, or the site's."""
    return (Path(options.cache).resolve() if options.cache else root / ".postil") / "store"


def is_site(root: Path) -> bool:
    """Tell whether *root* is the folder of a site; if not, say so."""
    if (root / "site.toml").is_file():
        return True
    tell(f"{root} has no site.toml: name the folder of a site with --root")
    return False


def wants_colour(options: argparse.Namespace) -> bool:
    """Tell whether what goes to standard error may be coloured."""
    if options.color != "auto":
        return bool(options.color == "always")
    if os.environ.get("NO_COLOR") or os.environ.get("TERM") == "dumb":
        return False
    return sys.stderr.isatty()
