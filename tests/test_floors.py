"""The floors of the house: a module imports from lower floors only, and nothing behind the back.

A room is one module, a package, or a few modules that belong together. Within a room modules may
import each other, but never in a circle; rooms of one floor do not. Names are prefixes: ``yaml_``
stands for all modules that begin so, ``render`` for the package.
"""

import ast
import sys
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1] / "generator"

# Lowest first.
FLOORS = (
    {
        "places": "spans",
        "names": "digests",
        "words": "words characters wording",
        "asking": "sparing",
        "waiting": "watching",
        "tongue": "interface directions",
        "machine": "environment turns garbage",
        "code": "languages",
        "elements": "markup",
        "ways": "addresses",
        "stances": "stances",
    },
    {
        "problems": "diagnostics catalogue drawing",
        "nouns": "model",
        "drafts": "drafting",
        "output": "output",
        "store": "codec store maker json_text",
        "looks": "surveys",
        "citations": "citations",
        "git": "commits",
        "workers": "parallel processes",
        "set-up": "installing",
        "straight": "straightening",
    },
    {
        "keys": "pairs core_schema kinds schema toml_ yaml_ settings front_matter",
        "files": "identifiers walking scan tracking",
        "finding": "folding edits concordance locating quoting judging suggesting citing advising "
        "anchoring",
        "layout": "units",
        "placeholders": "placeholders",
        "search": "finding",
        "plans": "plans",
        "positions": "positions agreement reliability provenance disagreement",
    },
    {
        "markdown": "markdown_rules footnotes commonmark rules whereabouts sentences braces "
        "bracing blocks headings marks mentions prose quotations readings threads grids statements",
        "html": "hypertext html_tags leaves flow",
        "configuration": "config",
        "recognising": "recognising",
        "rights": "outline outline_files editions signing leaks decoding skimming searching",
    },
    {"clusters": "clusters", "readers": "readers", "corpus": "corpus", "site": "site"},
    {
        "reading": "reading studies",
        "importing": "importing",
        "join": "replying targeting recorded tagging excerpts address_book linking backlinks "
        "resolving versioning naming speaking stating ruling tabulating",
    },
    {"restricting": "restricting annotating outlining rows budgets guarding tracing"},
    {"views": "views"},
    {"drawing pages": "render", "extensions": "extending"},
    {"themes": "themes proofing"},
    {"starting": "starting"},
    {"publishing": "publishing reasons"},
    {
        "pipeline": "pipeline indexing releasing private joining closing beside standing settling "
        "timing portioning advancing"
    },
    {"reports": "reporting", "shortcut": "unchanged", "serving": "serving"},
    {"commands": "commands"},
    {"command line": "cli"},
)

# Who may know a package of others, by the same prefixes.
HOMES = {
    "markdown_it": "commonmark markdown_rules footnotes rules prose headings bracing threads "
    "grids statements readers.annotations readers.pages",
    "mdit_py_plugins": "commonmark",
    "yaml": "yaml_",
    "selectolax": "hypertext importing",
    "pygments": "languages render.lexing",
    "jinja2": "render.theme render.jinja render.faults",
    "markupsafe": "render.theme render.jinja",
    "msgspec": "codec",
    "rich": "commands.display",
    "distributed": "clusters",
    "watchdog": "serving.hearing",
    "uvicorn": "serving.server",
    "pytest": "commands.testing",
}

# A command's start-up is short because it imports only what it needs.
IMPORTS_LATE = {"cli", "commands.making", "commands.progress", "parallel", "clusters"}


def name_of(path: Path) -> str:
    return ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")


MODULES = {name_of(path): path for path in sorted(ROOT.rglob("*.py"))}
del MODULES["__init__"]


@cache
def tree_of(module: str) -> ast.Module:
    return ast.parse(MODULES[module].read_text("utf-8"))


def begins(module: str, prefix: str) -> bool:
    return module == prefix or module.startswith(prefix if prefix.endswith("_") else f"{prefix}.")


def room_of(module: str) -> tuple[int, str]:
    """Return the floor and the room of *module*; it must have exactly one."""
    rooms = [
        (floor, room)
        for floor, level in enumerate(FLOORS)
        for room, prefixes in level.items()
        if any(begins(module, prefix) for prefix in prefixes.split())
    ]
    assert 1 == len(rooms), f"{module} is in {rooms}"
    return rooms[0]


@cache
def imports_of(module: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the modules of ours and the packages of others that *module* imports."""
    ours, others = set(), set()
    for node in ast.walk(tree_of(module)):
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{module} imports relatively"
            names = [f"{node.module}.{alias.name}" for alias in node.names]
        else:
            continue
        for name in names:
            package, _, rest = name.partition(".")
            if package == "generator":
                ours.add(rest if rest in MODULES else rest.rpartition(".")[0])
            elif package not in sys.stdlib_module_names:
                others.add(package)
    return tuple(sorted(ours - {""})), tuple(sorted(others))


@pytest.mark.parametrize("module", MODULES)
def test_imports_lead_down(module):
    """A module imports from lower floors, or from its own room."""
    floor, room = room_of(module)
    found = {other: room_of(other) for other in imports_of(module)[0]}

    assert {} == {
        other: where for other, where in found.items() if where[0] >= floor and where[1] != room
    }


def test_no_imports_in_circles():
    """Also within a room there is an order in which modules can be read."""
    done: set[str] = set()

    def walk(module: str, path: tuple[str, ...]) -> None:
        assert module not in path, " → ".join((*path, module))
        if module not in done:
            for other in imports_of(module)[0]:
                walk(other, (*path, module))
            done.add(module)

    for module in MODULES:
        walk(module, ())


def test_the_table_names_nothing_that_is_gone():
    """Every prefix of the tables still stands for a module."""
    prefixes = [p for level in FLOORS for room in level.values() for p in room.split()]
    prefixes += [prefix for homes in HOMES.values() for prefix in homes.split()]

    assert [] == [p for p in prefixes if not any(begins(module, p) for module in MODULES)]


@pytest.mark.parametrize("module", MODULES)
def test_packages_of_others_have_a_home(module):
    """What others wrote is known in one place, so that it can be replaced there."""
    strangers = [
        package
        for package in imports_of(module)[1]
        if not any(begins(module, home) for home in HOMES.get(package, "").split())
    ]

    assert [] == strangers


@pytest.mark.parametrize("module", MODULES)
def test_nothing_behind_the_back(module):
    """No import inside a function, no ``global``, no import for types alone."""
    found = []
    for node in ast.walk(tree_of(module)):
        if isinstance(node, ast.Global):
            found.append("global")
        if "TYPE_CHECKING" in (getattr(node, "id", ""), getattr(node, "attr", "")):
            found.append("TYPE_CHECKING")
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda):
            imports = ast.Import | ast.ImportFrom
            inner = [each for each in ast.walk(node) if isinstance(each, imports)]
            if inner and module not in IMPORTS_LATE:
                found.append(f"an import in {getattr(node, 'name', 'a lambda')}")

    assert [] == found
