"""News: what a page that listens is told, as JSON: which version of it is shown, what is wrong.

Problems are told as a tree of elements, ``[name, attributes, …]``, in which every string is a text.
"""

import json
from collections.abc import Iterator, Sequence
from typing import Any

from generator.codec import fingerprint
from generator.diagnostics import Severity
from generator.serving.answers import STYLE, digest_at
from generator.serving.scenes import Scene
from generator.serving.telling import Problem

# More than anybody mends at a time; the terminal has all of them.
MOST = 50

Tree = list[Any]


def tell(path: str, scene: Scene) -> str:
    """Return the news of *scene* for the page at *path*."""
    news = {
        "version": scene.version(digest_at(path, scene)),
        "said": fingerprint(scene.problems) if scene.problems else "",
        "panel": draw_panel(scene),
    }
    return json.dumps(news, ensure_ascii=False)


def draw_panel(scene: Scene) -> Tree:
    """Return the panel that lies over a page when something is wrong."""
    return [
        "section",
        {"aria-label": "Problems", "lang": "en", "dir": "ltr"},
        ["link", {"rel": "stylesheet", "href": STYLE}],
        [
            "header",
            {},
            # Said by a screen reader when it appears; what follows waits to be read.
            ["div", {"role": "alert"}, ["h2", {}, summarise(scene)]],
            ["button", {"type": "button"}, "Close (Esc)"],
        ],
        ["ol", {}, *_draw_problems(scene.problems)],
    ]


def summarise(scene: Scene) -> str:
    """Return how much is wrong, and of which build what is shown is."""
    severities = [problem.severity for problem in scene.problems]
    counts = [
        f"{count} {severity}{'' if count == 1 else 's'}"
        for severity in (Severity.ERROR, Severity.WARNING)
        if (count := severities.count(severity))
    ]
    words = f"Build {scene.build}: {' and '.join(counts)}"
    if scene.shown.build == scene.build:
        return words
    if not scene.shown.build:
        return f"{words}. Nothing could be built yet"
    return f"{words}. The pages are still those of build {scene.shown.build}"


def _draw_problems(problems: Sequence[Problem]) -> Iterator[Tree]:
    for problem in problems[:MOST]:
        before, words, after = problem.line
        yield [
            "li",
            {"class": problem.severity},
            ["b", {}, problem.severity],
            f" {problem.code} ",
            ["code", {}, problem.place],
            ["p", {}, problem.message],
            *([["pre", {}, before, ["mark", {}, words], after]] if any(problem.line) else []),
            *([["p", {}, f"Help: {problem.help}"]] if problem.help else []),
        ]
    if len(problems) > MOST:
        yield ["li", {}, f"and {len(problems) - MOST} more: see the terminal"]
