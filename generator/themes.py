"""Finding themes: in the site's own folder, then among the bundled ones."""

import os
from collections.abc import Iterator
from pathlib import Path

from generator.diagnostics import Diagnostic, Outcome
from generator.kinds import Key, Kind
from generator.render.theme import Theme, load_theme
from generator.scan import decode, read_bytes
from generator.schema import check_keys
from generator.settings import read_settings
from generator.words import nearest

# In a checkout themes lie beside the package, in an installed wheel within it.
BUNDLED = (Path(__file__).parents[1] / "themes", Path(__file__).parent / "themes")

KEYS = (
    Key("name", Kind.TEXT),
    Key("description", Kind.TEXT),
    Key("inherit", Kind.TEXT),
)


def find_theme(name: str, root: Path) -> Outcome[Theme | None]:
    """Return the theme *name* with those it inherits from, or None and a problem.

    A theme is a folder in the site's ``themes``, else a bundled one. A theme of the site may
    inherit the bundled one of its own name.
    """
    problems: list[Diagnostic] = []
    folders: list[tuple[str, dict[str, bytes]]] = []
    seen: set[Path] = set()
    asked_by = "site.toml"
    while name:
        found = next((f for f in _places(root, name) if f.is_dir() and f not in seen), None)
        if found is None:
            problems.append(_unknown(name, root, asked_by, looped=bool(seen)))
            return Outcome(None, tuple(problems))
        seen.add(found)
        files = dict(_read_files(found, name, problems))
        folders.append((name, files))
        asked_by = f"themes/{name}/theme.toml"
        name = _read_inherit(files.get("theme.toml", b""), asked_by, problems)
    outcome = load_theme(folders[0][0], folders)
    return Outcome(outcome.value, (*problems, *outcome.diagnostics))


def _places(root: Path, name: str) -> list[Path]:
    return [folder.resolve() / name for folder in (root / "themes", *BUNDLED)]


def _read_files(
    folder: Path, name: str, problems: list[Diagnostic]
) -> Iterator[tuple[str, bytes]]:
    for path in sorted(folder.rglob("*")):
        kept = path.relative_to(folder).as_posix()
        if any(part.startswith(".") or part.endswith("~") for part in kept.split("/")):
            continue
        if path.is_symlink():
            message, help = "a symbolic link is not read", "put an ordinary file in its place"
            problems.append(Diagnostic("path-unsafe", message, f"themes/{name}/{kept}", None, help))
        elif path.is_file():
            try:
                yield kept, read_bytes(folder, kept)
            except OSError as error:
                message = (error.strerror or str(error)).lower()
                problems.append(Diagnostic("file-unreadable", message, f"themes/{name}/{kept}"))


def _read_inherit(content: bytes, path: str, problems: list[Diagnostic]) -> str:
    decoded = decode(path, content)
    problems += decoded.diagnostics
    if decoded.value is None:
        return ""
    settings = read_settings(decoded.value)
    problems += settings.diagnostics
    if settings.value is None:
        return ""
    values = check_keys(settings.value, KEYS, path, "settings-invalid")
    problems += values.diagnostics
    inherit = values.value["inherit"]
    return inherit if isinstance(inherit, str) else ""


def _unknown(name: str, root: Path, asked_by: str, *, looped: bool) -> Diagnostic:
    folders = [folder for folder in (root / "themes", *BUNDLED) if folder.is_dir()]
    known = sorted({entry for folder in folders for entry in os.listdir(folder)})
    if name in known and looped:
        message = f"the theme {name!r} inherits from itself"
        return Diagnostic("theme-unknown", message, asked_by, None, "take `inherit` out")
    close = nearest(name, known)
    help = f"did you mean {close!r}?" if close else f"create themes/{name}/"
    return Diagnostic("theme-unknown", f"there is no theme {name!r}", asked_by, None, help)
