"""Tables as files: comma-separated values that a spreadsheet opens without being led astray.

RFC 4180 but for the line ends, which are line feeds; UTF-8 without a byte order mark. A text that a
spreadsheet would take for a formula gets an apostrophe before it (CWE-1236); numbers stay numbers.
"""

import csv
import io
from collections.abc import Iterable, Sequence

Cell = str | int | float | None

# What follows one of these is run as a formula by one spreadsheet or another.
_ACTIVE = ("=", "+", "-", "@", "\t", "\r")


def dump_csv(head: Sequence[str], rows: Iterable[Sequence[Cell]]) -> bytes:
    """Return a table as bytes; None is an empty cell, and a fraction has six decimals at most."""
    written = io.StringIO()
    writer = csv.writer(written, lineterminator="\n")
    writer.writerow([_show(cell) for cell in head])
    writer.writerows([_show(cell) for cell in row] for row in rows)
    return written.getvalue().encode("utf-8", "replace")


def _show(cell: Cell) -> str:
    match cell:
        case None:
            return ""
        case float():
            return f"{cell:.6f}".rstrip("0").rstrip(".")
        case int():
            return str(cell)
        case _:
            return f"'{cell}" if cell.startswith(_ACTIVE) else cell
