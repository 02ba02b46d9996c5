"""Put an imported source where it belongs, over nothing that is there."""

import os
import secrets
import shutil
from pathlib import Path

from generator.diagnostics import Diagnostic, Outcome
from generator.importing.page import Imported


def write_import(root: Path, imported: Imported) -> Outcome[tuple[str, ...]]:
    """Write the files of *imported* below the folder *root*, and return their paths.

    Nothing is overwritten and no link is followed: if the source has facts or a text already, or
    its folder is a link, that is a diagnostic and nothing is written. Either all of the files
    appear or none; where the machine refuses, an ``OSError`` is raised.
    """
    seeds, folder = root / "seeds", root / "seeds" / imported.id
    problem = _refuse_link(root, seeds) or _refuse_link(root, folder) or _refuse(root, folder)
    if problem:
        return Outcome((), (problem,))
    aside = seeds / f".{imported.id}.{secrets.token_hex(4)}"
    try:
        aside.mkdir(parents=True)
        for path, text in imported.files:
            (aside / Path(path).name).write_text(text, "utf-8", newline="\n")
        _settle(aside, folder)
    except FileExistsError:
        return Outcome((), (_taken(root, folder, "it has just got one"),))
    finally:
        shutil.rmtree(aside, ignore_errors=True)
    return Outcome(tuple(path for path, _ in imported.files))


def _refuse_link(root: Path, folder: Path) -> Diagnostic | None:
    if not folder.is_symlink() and (folder.is_dir() or not os.path.lexists(folder)):
        return None
    message = "sources are written into ordinary folders only, and this is none"
    return Diagnostic("path-unsafe", message, _path(root, folder))


def _refuse(root: Path, folder: Path) -> Diagnostic | None:
    """Refuse a folder that holds a source already; pictures for one may be there."""
    if not folder.is_dir():
        return None
    names = sorted(path.name for path in folder.iterdir())
    held = [name for name in names if name == "source.toml" or name.startswith("text.")]
    return _taken(root, folder, f"it holds `{held[0]}`") if held else None


def _taken(root: Path, folder: Path, why: str) -> Diagnostic:
    return Diagnostic(
        "source-exists",
        f"there is a source `{folder.name}` already: {why}",
        _path(root, folder),
        help="give this one another id with --id, or move the other away",
    )


def _path(root: Path, folder: Path) -> str:
    return folder.relative_to(root).as_posix()


def _settle(aside: Path, folder: Path) -> None:
    """Move the files in *aside* into *folder*; raise ``FileExistsError`` rather than overwrite."""
    if not folder.exists():
        try:
            aside.rename(folder)
        except OSError as error:
            if folder.exists():
                raise FileExistsError(str(folder)) from error
            raise
        return
    made: list[Path] = []
    try:
        for path in sorted(aside.iterdir()):
            if path.name == ".gitignore" and (folder / path.name).exists():
                continue  # what somebody wants git to ignore is theirs to say
            _move(path, folder / path.name)
            made.append(folder / path.name)
    except OSError:
        for path in made:
            path.unlink()
        raise


def _move(old: Path, new: Path) -> None:
    try:
        os.link(old, new)
    except FileExistsError:
        raise
    except OSError:
        # A file system without hard links: less sure against a crash, as sure against overwriting.
        with open(new, "xb") as file:
            file.write(old.read_bytes())
