"""The one check of what authors type by keys: front matter, settings, braces."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

from generator.diagnostics import Diagnostic, Outcome
from generator.kinds import ANY_WORDS, READERS, Key, Kind, Unfit, is_given, list_words, read_text
from generator.pairs import Node, Pair, Scalar, Series, Table, in_ticks
from generator.spans import Span
from generator.words import nearest


@dataclass(frozen=True, slots=True)
class Values:
    """The checked values by key, every known key among them, and where the given ones stand."""

    by_key: Mapping[str, Any]
    places: Mapping[str, Span]

    def __getitem__(self, name: str) -> Any:
        return self.by_key[name]

    def place(self, name: str) -> Span | None:
        """Return where the value of *name* stands; None if its default stands for it."""
        return self.places.get(name)


@dataclass(frozen=True, slots=True)
class _File:
    """Which file is checked, the code of its misfits, and its keys outside any table."""

    path: str
    code: str
    keys: tuple[Key, ...]


def check_keys(
    table: Table, keys: tuple[Key, ...], path: str, code: str = "value-invalid"
) -> Outcome[Values]:
    """Check *table* against *keys*: return typed values, and all that is wrong with it.

    A value that does not fit is reported as *code* and replaced by its key's default, as an
    empty one (``""`` or null) is without a word; so the values can be used in any case. Unknown
    keys are ``key-unknown``, and what one of them seems to mean is not said to be missing as well.
    """
    return _check(table, keys, _File(path, code, keys))


def _check(table: Table, keys: tuple[Key, ...], file: _File) -> Outcome[Values]:
    known, defaults = _prepare(keys)
    given = {pair.key: pair for pair in table.pairs if is_given(pair.value)}
    by_key = dict(defaults)
    problems: list[Diagnostic] = []
    meant: set[str | None] = set()
    for pair in table.pairs:
        if pair.key not in known:
            problems.append(_unknown(pair, keys, file))
            meant.add(nearest(pair.key, known))
        elif pair.key in given:
            outcome = _read(pair, known[pair.key], file)
            problems += outcome.diagnostics
            if outcome.value is not None:
                by_key[pair.key] = outcome.value
    problems += (
        _missing(key, table, file)
        for key in keys
        if key.required and table.whole and key.name not in {*given, *meant}
    )
    places = {name: pair.value.place or pair.place for name, pair in given.items()}
    return Outcome(Values(by_key, places), tuple(problems))


@lru_cache(256)
def _prepare(keys: tuple[Key, ...]) -> tuple[Mapping[str, Key], Mapping[str, Any]]:
    """Return *keys* by name, and what stands for each that is missing."""
    return {key.name: key for key in keys}, {key.name: _default(key) for key in keys}


def _default(key: Key) -> Any:
    if key.default is not None:
        return key.default
    match key.kind:
        case Kind.TEXTS | Kind.WORDS | Kind.NAMES | Kind.TABLES:
            return ()
        case Kind.FLAG:
            return False
        case Kind.INTEGER:
            return 0
        case Kind.NUMBER:
            return 0.0
        case Kind.TABLE:
            return Values({each.name: _default(each) for each in key.keys}, {})
        case _:
            return ""


def _read(pair: Pair, key: Key, file: _File) -> Outcome[Any]:
    """Read the value of *pair*; None stands for one that does not fit."""
    match key.kind, pair.value:
        case Kind.TABLE, Table() as table:
            return _check(table, key.keys, file)
        case Kind.TABLES, Table() as table:
            return _read_tables(table, key, file)
        case Kind.NAMES, Table() as table:
            return _read_names(table, file)
        case ((Kind.TABLE | Kind.TABLES | Kind.NAMES), node):
            value: Any = Unfit(f"a table, `[{key.name}]`", node)
        case kind, node:
            value = READERS[kind](node, key)
    if isinstance(value, Unfit):
        return Outcome(None, (_misfit(key.name, value, file),))
    return Outcome(value)


def _read_tables(table: Table, key: Key, file: _File) -> Outcome[Any]:
    tables: list[tuple[str, Span, Values]] = []
    problems: list[Diagnostic] = []
    for pair in table.pairs:
        if isinstance(pair.value, Table):
            outcome = _check(pair.value, key.keys, file)
            tables.append((pair.key, pair.place, outcome.value))
            problems += outcome.diagnostics
        else:
            unfit = Unfit(f"a table, `[{key.name}.{pair.key}]`", pair.value)
            problems.append(_misfit(pair.key, unfit, file))
    return Outcome(tuple(tables), tuple(problems))


def _read_names(table: Table, file: _File) -> Outcome[Any]:
    texts: list[tuple[str, str]] = []
    problems: list[Diagnostic] = []
    for pair in table.pairs:
        text = read_text(pair.value, ANY_WORDS)
        if isinstance(text, Unfit):
            problems.append(_misfit(pair.key, _advise_quoting(pair, text), file))
        elif text:
            texts.append((pair.key, text))
    return Outcome(tuple(texts), tuple(problems))


def _advise_quoting(pair: Pair, unfit: Unfit) -> Unfit:
    """Return *unfit* with a help for a name with a dot, which TOML takes for a table in a table."""
    match pair.value:
        case Table(pairs=(Pair(key=inner, value=Scalar()), *_)):
            name = f"{pair.key}.{inner}"
            return replace(unfit, help=f'put the name in quotation marks: `"{name}" = …`')
    return unfit


def _misfit(name: str, unfit: Unfit, file: _File) -> Diagnostic:
    message = f"`{name}` expects {unfit.expected}, not {_shown(unfit.node)}"
    return Diagnostic(file.code, message, file.path, unfit.node.place, unfit.help)


def _shown(node: Node) -> str:
    match node:
        case Scalar(text=text):
            return in_ticks(text)
        case Series():
            return "a list"
        case Table():
            return "a table"


def _missing(key: Key, table: Table, file: _File) -> Diagnostic:
    help = f"it is {list_words(key)}" if key.words else f"write what the {key.name} is"
    for pair in table.pairs:
        if pair.key == key.name:
            return Diagnostic(file.code, f"`{key.name}` is empty", file.path, pair.place, help)
    return Diagnostic(file.code, f"the key `{key.name}` is missing", file.path, table.place, help)


def _unknown(pair: Pair, keys: tuple[Key, ...], file: _File) -> Diagnostic:
    names = [key.name for key in keys]
    close = nearest(pair.key, names)
    if pair.key in {key.name for key in file.keys}:
        help = f"`{pair.key}` belongs above the first line in square brackets"
    elif close:
        help = f"did you mean `{close}`?"
    else:
        help = f"the keys known here are {', '.join(names)}"
    message = f"unknown key {in_ticks(pair.key)}"
    return Diagnostic("key-unknown", message, file.path, pair.place, help)
