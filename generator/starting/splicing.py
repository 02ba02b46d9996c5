"""Splicing: new lines into a file, of which every byte stays."""

import re
from collections.abc import Sequence

_LINE = re.compile("[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+")
_MARK = "\ufeff"


def splice(content: bytes, block: Sequence[str], before: int | None) -> tuple[bytes, int]:
    """Return *content*, UTF-8, with the lines of *block* in it, and the 1-based line of the first.

    They come before the line that is *before* it counted from 0, else at the end, with an empty
    line on either side and with the file's own line ends.
    """
    text = content.decode("utf-8")
    mark = _MARK if text.startswith(_MARK) else ""
    lines = _LINE.findall(text.removeprefix(mark))
    at = len(lines) if before is None else before
    end = _find_end(lines[max(at - 1, 0) :]) or _find_end(lines) or "\n"
    head, rest = "".join(lines[:at]), "".join(lines[at:])
    if head and not head.endswith(("\r", "\n")):
        head += end
    if head and lines[at - 1].strip():
        head += end
    new = "".join(f"{line}{end}" for line in block)
    whole = f"{mark}{head}{new}{end if rest else ''}{rest}"
    return whole.encode(), len(_LINE.findall(head)) + 1


def _find_end(lines: Sequence[str]) -> str:
    """Return the line end of the first of *lines* that has one."""
    ends = (line[len(line.rstrip("\r\n")) :] for line in lines)
    return next(filter(None, ends), "")
