"""Themes: Jinja templates and static files, and how a page is drawn with them."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain
from typing import Any, NoReturn

from jinja2 import (
    BaseLoader,
    Environment,
    TemplateNotFound,
    TemplateRuntimeError,
    TemplateSyntaxError,
    Undefined,
)
from markupsafe import Markup

from generator.addresses import relative
from generator.diagnostics import Diagnostic, Outcome
from generator.directions import find_direction
from generator.render.bodies import Hand, draw_body, draw_line, draw_place
from generator.render.charts import draw_chart
from generator.render.faults import Faults, describe, explain_syntax
from generator.render.jinja import make_environment
from generator.render.reading import Part, cut_parts, source_tag
from generator.scan import decode, salvage
from generator.site import Linked
from generator.spans import TextFile
from generator.views.charts import Graph, HeatMap
from generator.views.pages import Page
from generator.views.reading import ReadingView
from generator.views.shown import ShownPlace

# Here the pictures and files of texts and pages are published.
_TAKEN = ("static/files/", "static/sources/")
_TAKEN_MESSAGE = "nothing is made of this file: other files have its address"
_TAKEN_HELP = "choose another folder than `static/files` and `static/sources`"
_INHERIT = "write it, or `inherit` a theme that has it in theme.toml"


@dataclass(frozen=True)
class Theme:
    """A theme with those it inherits from, nearest first.

    *templates* maps the name of a template or of a settings file, alone or with its theme before
    it (``default/base.html``), to its file; *static* maps the name of each static file to what it
    holds. Of one that is not *whole* nobody can tell what it inherits: no page is drawn with it.
    """

    name: str
    templates: Mapping[str, TextFile]
    static: Mapping[str, bytes]
    environment: Environment
    whole: bool = True


# Whoever says what is wrong with the syntax of templates.
Check = Callable[[Sequence[TextFile]], tuple[Diagnostic, ...]]


def load_theme(
    name: str, folders: Sequence[tuple[str, Mapping[str, bytes]]], check: Check
) -> Outcome[Theme]:
    """Make the theme *name* from the files of its *folders*, nearest first; *check* them.

    Each folder is a theme's name and its files by path. A template of the nearest theme hides one
    of the same name further off, which it may still extend by its full name.
    """
    templates: dict[str, TextFile] = {}
    static: dict[str, bytes] = {}
    problems: list[Diagnostic] = []
    for folder, files in reversed(folders):
        for path, content in files.items():
            place = f"themes/{folder}/{path}"
            if path.startswith(_TAKEN):
                problems.append(Diagnostic("file-unused", _TAKEN_MESSAGE, place, None, _TAKEN_HELP))
            elif path.startswith("static/"):
                static[path.removeprefix("static/")] = content
            elif path.endswith((".html", ".toml")):
                decoded = decode(place, content)
                problems += decoded.diagnostics
                file = decoded.value or salvage(place, content)
                templates[path] = templates[f"{folder}/{path}"] = file
    theme = make_theme(name, templates, dict(sorted(static.items())))
    pages = {file.path: file for file in templates.values() if file.path.endswith(".html")}
    return Outcome(theme, (*problems, *check(tuple(pages.values()))))


def make_theme(name: str, templates: Mapping[str, TextFile], static: Mapping[str, bytes]) -> Theme:
    """Make a theme of files whose problems were said already."""
    return Theme(name, templates, static, _open_environment(tuple(templates.items())))


# Whoever builds again and again with one theme compiles and checks its templates once.
@lru_cache(maxsize=4)
def _open_environment(templates: tuple[tuple[str, TextFile], ...]) -> Environment:
    return make_environment(_Loader(dict(templates)))


def check_syntax(files: Sequence[TextFile]) -> tuple[Diagnostic, ...]:
    """Return what is wrong with the syntax of the templates *files*."""
    return tuple(chain.from_iterable(map(_find_faults, files)))


@lru_cache(maxsize=512)
def _find_faults(file: TextFile) -> tuple[Diagnostic, ...]:
    """Return what is wrong with the syntax of a template: no more than its first fault."""
    try:
        _open_environment(()).parse(file.text, filename=file.path)
    except TemplateSyntaxError as error:
        return (explain_syntax(file, error),)
    return ()


class _Loader(BaseLoader):
    """Templates from memory, so that a page never depends on what a disk says meanwhile."""

    def __init__(self, templates: Mapping[str, TextFile]) -> None:
        self.templates = templates

    def get_source(
        self, environment: Environment, template: str
    ) -> tuple[str, str, Callable[[], bool]]:
        """Return the template's text and the path by which its faults are reported."""
        file = self.templates.get(template)
        if file is None:
            raise TemplateNotFound(template)
        return file.text, file.path, lambda: True


def render_page(page: Page, theme: Theme, hand: Hand) -> Outcome[bytes | None]:
    """Return *page* as HTML; a template's mistake is a problem at its own file and line."""
    try:
        html = theme.environment.get_template(page.template).render(_give_tools(page, hand))
    except Exception as error:
        files = {file.path: file for file in theme.templates.values()}
        fault = Faults(files, theme.environment).explain(error)
        if fault is not None:
            return Outcome(None, (fault,))
        if isinstance(error, TemplateNotFound):
            path, message = f"themes/{theme.name}", describe(error)
            return Outcome(None, (Diagnostic("template-invalid", message, path, None, _INHERIT),))
        raise
    return Outcome(html.encode("utf-8", "replace"))


def _give_tools(page: Page, hand: Hand) -> dict[str, Any]:
    """Return all that a template can name, by its name."""
    return {
        "view": page.view,
        "frame": page.view.frame,
        "say": hand.say,
        "rel": lambda url: (
            relative(url, page.url) if isinstance(url, str) else _refuse(url, str, "rel")
        ),
        "body": _takes(
            Linked, "body", lambda linked, base=0: Markup(draw_body(linked, hand, base))
        ),
        "line": _takes(Linked, "line", lambda linked: Markup(draw_line(linked, hand))),
        "graph": _takes(Graph, "graph", lambda graph: Markup(draw_chart(graph, "graph"))),
        "heat_map": _takes(HeatMap, "heat_map", lambda chart: Markup(draw_chart(chart, "map"))),
        "passage": _takes(ShownPlace, "passage", lambda place: Markup(draw_place(place, hand))),
        "parts": lambda: _cut_parts(page, hand),
        "kind_of": _takes(Part, "kind_of", source_tag),
        "direction": _takes(str, "direction", find_direction),
        "woven": _takes(str, "woven", Markup),
    }


def _cut_parts(page: Page, hand: Hand) -> Iterator[Part]:
    if not isinstance(page.view, ReadingView):
        raise TemplateRuntimeError("parts() belongs to the pages of sources")
    return cut_parts(page.view, hand)


def _takes(kind: type, name: str, tool: Callable[..., Any]) -> Callable[..., Any]:
    """Return *tool* with a check of what a template gives it: its mistakes are not ours."""

    def call(given: Any, *more: Any, **named: Any) -> Any:
        if isinstance(given, kind):
            return tool(given, *more, **named)
        return _refuse(given, kind, name)

    return call


def _refuse(given: Any, kind: type, name: str) -> NoReturn:
    if isinstance(given, Undefined):
        str(given)  # raises, and says what is not defined
    wanted = kind.__name__
    raise TemplateRuntimeError(f"{name}() takes a {wanted}, not a {type(given).__name__}")
