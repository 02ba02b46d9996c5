"""Finding themes: in the site's own folder, then among the bundled ones."""

import os
import stat
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from generator.diagnostics import Diagnostic, Outcome
from generator.kinds import Key, Kind, is_given
from generator.pairs import Table
from generator.render.theme import Check, Theme, check_syntax, load_theme
from generator.scan import decode, read_bytes
from generator.schema import check_keys
from generator.settings import read_settings
from generator.walking import is_leftover, unreadable, unsafe
from generator.words import nearest

# In a checkout themes lie beside the package, in an installed wheel within it.
BUNDLED = (Path(__file__).parents[1] / "themes", Path(__file__).parent / "themes")

# What templates are promised: their names and blocks, the fields of views. It grows by one when a
# theme needs what there was not before.
CONTRACT = 1
NAME = "[A-Za-z0-9_][A-Za-z0-9_-]*"
KEYS = (
    Key("name", Kind.TEXT),
    Key("description", Kind.TEXT),
    Key("inherit", Kind.TEXT, pattern=NAME, expected="the name of a theme"),
    Key("contract", Kind.INTEGER, default=CONTRACT, least=1),
)


def find_theme(name: str, root: Path, check: Check = check_syntax) -> Outcome[Theme | None]:
    """Return the theme *name* with those it inherits from, or None and a problem.

    A theme is a folder in the site's ``themes``, else a bundled one. A theme of the site may
    inherit the bundled one of its own name, whose templates it calls ``bundled-default/…``.
    """
    problems: list[Diagnostic] = []
    folders: list[tuple[str, dict[str, bytes]]] = []
    seen: set[Path] = set()
    asked_by, whole = "site.toml", True
    while name:
        places = [place for place in _places(root, name) if place.is_dir()]
        found = next((place for place in places if place.resolve() not in seen), None)
        if found is None:
            problems.append(_unknown(name, root, asked_by, looped=bool(seen)))
            return Outcome(None, tuple(problems))
        if _is_linked(found, root):
            problems.append(unsafe(f"themes/{name}", stat.S_IFLNK, "a folder"))
            return Outcome(None, tuple(problems))
        seen.add(found.resolve())
        shown = f"bundled-{name}" if any(name == known for known, _ in folders) else name
        files = dict(_read_files(found, shown, problems))
        folders.append((shown, files))
        asked_by = f"themes/{shown}/theme.toml"
        inherited = _read_inherit(files.get("theme.toml", b""), asked_by, problems)
        # Where it is not known, every template of that would be missed too.
        whole, name = inherited is not None, inherited or ""
    outcome = load_theme(folders[0][0], folders, check)
    theme = replace(outcome.value, whole=whole)
    return Outcome(theme, (*problems, *outcome.diagnostics))


def _places(root: Path, name: str) -> list[Path]:
    return [folder / name for folder in (root / "themes", *BUNDLED)]


def _is_linked(folder: Path, root: Path) -> bool:
    """Tell whether *folder* is one of the site's own and lies behind a symbolic link."""
    own = folder.parent == root / "themes"
    return own and (folder.is_symlink() or folder.parent.is_symlink())


def _read_files(folder: Path, name: str, problems: list[Diagnostic]) -> Iterator[tuple[str, bytes]]:
    for path in sorted(folder.rglob("*")):
        kept = path.relative_to(folder).as_posix()
        if any(map(is_leftover, kept.split("/"))):
            continue
        place = f"themes/{name}/{kept}"
        try:
            mode = os.lstat(path).st_mode
            if stat.S_ISREG(mode):
                yield kept, read_bytes(folder, kept)
            elif not stat.S_ISDIR(mode):
                problems.append(unsafe(place, mode))
        except OSError as error:
            problems.append(unreadable(place, error))


def _read_inherit(content: bytes, path: str, problems: list[Diagnostic]) -> str | None:
    """Return what the theme of *content* inherits, "" for nothing; None if that is not known."""
    decoded = decode(path, content)
    problems += decoded.diagnostics
    if decoded.value is None:
        return None
    settings = read_settings(decoded.value)
    problems += settings.diagnostics
    if settings.value is None:
        return None
    values = check_keys(settings.value, KEYS, path, "settings-invalid")
    problems += values.diagnostics
    asked = values.value["contract"]
    if asked > CONTRACT:
        message = f"the theme asks for contract {asked}, and this Postil keeps contract {CONTRACT}"
        help = "take a newer Postil, or a theme that was made for this one"
        place = values.value.place("contract")
        problems.append(Diagnostic("theme-newer", message, path, place, help))
    inherit: str = values.value["inherit"]
    return None if not inherit and _means_to_inherit(settings.value) else inherit


def _means_to_inherit(table: Table) -> bool:
    """Tell whether *table* has the key ``inherit``, or one that is misspelt, with any value."""
    names = [key.name for key in KEYS]
    keys = (pair.key for pair in table.pairs if is_given(pair.value))
    return any((key if key in names else nearest(key, names)) == "inherit" for key in keys)


def _unknown(name: str, root: Path, asked_by: str, *, looped: bool) -> Diagnostic:
    folders = [folder for folder in (root / "themes", *BUNDLED) if folder.is_dir()]
    known = sorted({entry for folder in folders for entry in os.listdir(folder)})
    if name in known and looped:
        message = f"the theme {name!r} inherits from itself"
        return Diagnostic("theme-unknown", message, asked_by, None, "take `inherit` out")
    close = nearest(name, known)
    there = " and ".join(map(repr, known))
    own = f"`new theme {name}` starts one of your own; there are {there}"
    help = f"did you mean {close!r}?" if close else own
    return Diagnostic("theme-unknown", f"there is no theme {name!r}", asked_by, None, help)
