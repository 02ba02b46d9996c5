"""Themes: Jinja templates and static files, and how a page is drawn with them."""

import traceback
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from jinja2 import (
    BaseLoader,
    Environment,
    StrictUndefined,
    TemplateNotFound,
    TemplateSyntaxError,
    UndefinedError,
)
from markupsafe import Markup

from generator.addresses import relative
from generator.diagnostics import Diagnostic, Outcome
from generator.render.bodies import Hand, draw_body, draw_line, draw_place
from generator.render.reading import cut_parts, find_direction, source_tag
from generator.spans import Span, TextFile
from generator.views.pages import Page


@dataclass(frozen=True)
class Theme:
    """A theme with those it inherits from, nearest first.

    *templates* maps the name of a template or of a settings file, alone or with its theme before it (``default/base.html``),
    to its file; *static* maps the name of each static file to its content.
    """

    name: str
    templates: Mapping[str, TextFile]
    static: Mapping[str, bytes]
    environment: Environment


def load_theme(
    name: str, folders: Sequence[tuple[str, Mapping[str, bytes]]]
) -> Outcome[Theme]:
    """Make the theme *name* from the files of its *folders*, nearest first.

    Each folder is a theme's name and its files by path. A template of the nearest theme hides one
    of the same name further off, which it may still extend by its full name.
    """
    templates: dict[str, TextFile] = {}
    static: dict[str, bytes] = {}
    for theme, files in reversed(folders):
        for path, content in files.items():
            if path.startswith("static/"):
                static[path.removeprefix("static/")] = content
            elif path.endswith((".html", ".toml")):
                file = TextFile(f"themes/{theme}/{path}", content.decode("utf-8", "replace"))
                templates[path] = templates[f"{theme}/{path}"] = file
    environment = Environment(
        loader=_Loader(templates),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        auto_reload=False,
    )
    theme = Theme(name, templates, dict(sorted(static.items())), environment)
    problems = []
    for file in {file.path: file for file in templates.values() if file.path.endswith(".html")}.values():
        try:
            environment.parse(file.text, filename=file.path)
        except TemplateSyntaxError as error:
            problems.append(_fault(file, error.lineno, str(error.message)))
    return Outcome(theme, tuple(problems))


class _Loader(BaseLoader):
    """Templates from memory, so that a page never depends on what a disk says meanwhile."""

    def __init__(self, templates: Mapping[str, TextFile]) -> None:
        self.templates = templates

    def get_source(self, environment: Environment, template: str):  # type: ignore[no-untyped-def]
        """Return the template's text and the path by which its faults are reported."""
        file = self.templates.get(template)
        if file is None:
            raise TemplateNotFound(template)
        return file.text, file.path, lambda: True


def render_page(page: Page, theme: Theme, hand: Hand) -> Outcome[bytes | None]:
    """Return *page* as HTML; a template's mistake is a problem at its own file and line."""
    tools = {
        "view": page.view,
        "frame": getattr(page.view, "frame"),
        "say": hand.say,
        "rel": lambda url: relative(url, page.url),
        "body": lambda linked, base=0: Markup(draw_body(linked, hand, base)),
        "line": lambda linked: Markup(draw_line(linked, hand)),
        "passage": lambda place: Markup(draw_place(place, hand)),
        "parts": lambda: cut_parts(page.view, hand),  # type: ignore[arg-type]
        "kind_of": source_tag,
        "direction": find_direction,
        "woven": Markup,
    }
    try:
        html = theme.environment.get_template(page.template).render(tools)
    except TemplateSyntaxError as error:
        file = theme.templates.get(error.name or page.template)
        return Outcome(None, (_fault(file, error.lineno, str(error.message)),))
    except TemplateNotFound as error:
        file = theme.templates.get(page.template)
        message = f"there is no template {error.name!r}"
        return Outcome(None, (_fault(file, 1, message, theme=theme.name),))
    except Exception as error:  # noqa: BLE001 - a template may raise anything at all
        place = _find_template(error, theme)
        if place is None:
            raise
        return Outcome(None, (_fault(*place, f"{error}"),))
    return Outcome(html.encode("utf-8", "replace"))


def _find_template(error: Exception, theme: Theme) -> tuple[TextFile, int] | None:
    """Return the innermost template line at which *error* arose, if a template is to blame.

    A fault below one of our own functions is ours: it must not be put on a template.
    """
    files = {file.path: file for file in theme.templates.values()}
    frames = traceback.extract_tb(error.__traceback__)
    for frame in reversed(frames):
        if frame.filename in files:
            return files[frame.filename], frame.lineno or 1
        ours = not isinstance(error, UndefinedError)
        if ours and "/generator/render/" in frame.filename.replace("\\", "/") and frame.name != "render_page":
            return None
    return None


def _fault(file: TextFile | None, line: int, message: str, theme: str = "") -> Diagnostic:
    if file is None:
        return Diagnostic("template-invalid", message, f"themes/{theme}")
    line = min(line, len(file.line_starts))
    start = file.line_starts[line - 1]
    text = file.line(line)
    indent = len(text) - len(text.lstrip())
    span = Span(start + indent, start + len(text))
    return Diagnostic("template-invalid", message.splitlines()[0], file.path, span)
