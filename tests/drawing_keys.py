"""Keys and values drawn as lines of text, for case files to be read and compared."""

from collections.abc import Iterator

from generator.diagnostics import Diagnostic
from generator.pairs import Node, Pair, Scalar, Series, Table
from generator.spans import TextFile
from tests.drawing_notes import draw_place, draw_problem


def draw_read(file: TextFile, table: Table | None, problems: tuple[Diagnostic, ...]) -> str:
    """Draw the keys of *table*, and below them the problems."""
    lines = [line for pair in (table.pairs if table else ()) for line in draw_pair(file, pair)]
    lines += draw_problems(file, problems)
    return "".join(f"{line}\n" for line in lines)


def draw_pair(file: TextFile, pair: Pair) -> Iterator[str]:
    """Draw a key and its value, each with the words that it stands for in the file."""
    key = f"{pair.key} at {draw_place(file, pair.place)}"
    if isinstance(pair.value, Table):
        yield f"{key}:"
        for inner in pair.value.pairs:
            yield from (f"  {line}" for line in draw_pair(file, inner))
    else:
        yield f"{key} = {_draw_value(file, pair.value)}"


def draw_problems(file: TextFile, problems: tuple[Diagnostic, ...]) -> list[str]:
    """Draw problems with the words that they underline."""
    return [line for problem in problems for line in draw_problem(file, problem)]


def _draw_value(file: TextFile, node: Node) -> str:
    match node:
        case Scalar(value, text, place):
            typed = "" if isinstance(value, str) else f" typed {text}"
            return f"{value!r}{typed} at {draw_place(file, place)}"
        case Series(parts, place):
            drawn = ", ".join(_draw_value(file, part) for part in parts)
            return f"[{drawn}] at {draw_place(file, place)}"
        case Table(pairs):
            return f"{{{', '.join(line for pair in pairs for line in draw_pair(file, pair))}}}"
