"""What a theme may count on, written down from the templates and the views themselves."""

import ast
import importlib
import pkgutil
import re
import typing
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from inspect import cleandoc
from pathlib import Path

from jinja2 import Environment, nodes

from generator import views
from generator.render.reading import Part

ROOT = Path(__file__).parents[1]
DEFAULT = ROOT / "themes/default"
PAGE = ROOT / "content/pages/theme-contract.md"
# What a template hands on to body(), line(), passage() or parts(), and need not look into.
CLOSED = frozenset({"Document", "Excerpt", "Link", "Prose"})
HEAD = """\
---
title: What themes may count on
order: 4
---

What the templates of a theme are given, and which of them it can take over. The chapter on
[[manual#themes|themes]] says how. This page is written from the templates of the default theme and
from the views, and a test keeps it so.
"""


def read_template(path: Path) -> nodes.Template:
    """Return the syntax tree of a template."""
    return Environment().parse(path.read_text("utf-8"))


def list_blocks(path: Path) -> list[str]:
    """Return the names of the blocks of a template, in their order."""
    return [block.name for block in read_template(path).find_all(nodes.Block)]


def list_macros(path: Path) -> dict[str, tuple[str, ...]]:
    """Return what a file of macros gives to those that import it, with the names they take."""
    tree = read_template(path)
    taken = {each.target.name: () for each in tree.find_all(nodes.Assign) if each in tree.body}
    macros = {
        macro.name: tuple(arg.name for arg in macro.args) for macro in tree.find_all(nodes.Macro)
    }
    return {**taken, **macros}


def pair_views() -> dict[str, type]:
    """Return the view that each template draws, by the template's name."""
    pairs = {}
    for module in _import_views():
        tree = ast.parse(Path(str(module.__file__)).read_text("utf-8"))
        for function in (each for each in ast.walk(tree) if isinstance(each, ast.FunctionDef)):
            named = {
                target.id: node.value
                for node in ast.walk(function)
                if isinstance(node, ast.Assign)
                for target in node.targets
                if isinstance(target, ast.Name)
            }
            for call in (each for each in ast.walk(function) if isinstance(each, ast.Call)):
                if isinstance(call.func, ast.Name) and call.func.id == "Page":
                    _, template, view = call.args
                    pairs[ast.literal_eval(template)] = _find_class(view, named, module)
    return dict(sorted(pairs.items()))


def _import_views() -> list[typing.Any]:
    names = [each.name for each in pkgutil.iter_modules(views.__path__)]
    return [importlib.import_module(f"generator.views.{name}") for name in sorted(names)]


def _find_class(view: ast.expr, named: dict[str, ast.expr], module: object) -> type:
    if isinstance(view, ast.Name):
        view = named[view.id]
    assert isinstance(view, ast.Call)
    assert isinstance(view.func, ast.Name)
    made = getattr(module, view.func.id)
    return made if isinstance(made, type) else typing.get_type_hints(made)["return"]


def list_shapes() -> list[type]:
    """Return every dataclass that a template can come to from a view, in the order of names."""
    seen: dict[str, type] = {}
    waiting: list[object] = [*pair_views().values(), Part]
    while waiting:
        each = waiting.pop()
        waiting += typing.get_args(each)
        if isinstance(each, type) and is_dataclass(each) and each.__name__ not in seen:
            seen[each.__name__] = each
            if each.__name__ not in CLOSED:
                waiting += typing.get_type_hints(each).values()
    return [seen[name] for name in sorted(seen.keys() - CLOSED)]


def write_contract() -> str:
    """Return the page, in Markdown."""
    return "\n".join([HEAD, *_write_templates(), *_write_macros(), *_write_shapes(), ""])


def _write_templates() -> Iterator[str]:
    yield "## Templates\n"
    yield "A template that draws no view stands in others.\n"
    yield "| Template | View | Its own blocks |\n|---|---|---|"
    drawn = pair_views()
    for path in sorted(DEFAULT.glob("*.html")):
        view = f"`{drawn[path.name].__name__}`" if path.name in drawn else ""
        blocks = ", ".join(f"`{name}`" for name in list_blocks(path))
        yield f"| `{path.name}` | {view} | {blocks} |"


def _write_macros() -> Iterator[str]:
    yield "\n## Macros\n"
    yield "They are in `macros.html`, and every page knows them as `draw`.\n"
    for name, args in list_macros(DEFAULT / "macros.html").items():
        yield f"- `draw.{name}({', '.join(args)})`"


def _write_shapes() -> Iterator[str]:
    yield "\n## Views, and what is in them\n"
    yield "Of lists (`tuple[…, ...]`) the order is that in which they are shown."
    for shape in list_shapes():
        yield f"\n### {shape.__name__}\n"
        yield f"{_write_words(shape)}\n"
        yield "| Field | Type |\n|---|---|"
        for name, kind in _list_fields(shape):
            yield f"| `{name}` | `{kind}` |"


def _list_fields(shape: type) -> Iterator[tuple[str, str]]:
    hints = typing.get_type_hints(shape)
    for field in fields(shape):
        yield field.name, _name(hints[field.name])
    for name, kind in vars(shape).items():
        if isinstance(kind, property) and not name.startswith("_"):
            yield name, _name(typing.get_type_hints(kind.fget)["return"])


def _name(kind: object) -> str:
    shown = kind.__name__ if isinstance(kind, type) and not typing.get_args(kind) else str(kind)
    return re.sub(r"\b\w+\.(?=\w)", "", shown).replace(" | ", " or ")


def _write_words(shape: type) -> str:
    words = " ".join(cleandoc(shape.__doc__ or "").split()).replace("``", "`")
    return re.sub(r"([<\[\]])(?=[^`]*(?:`[^`]*`[^`]*)*$)", r"\\\1", words)
