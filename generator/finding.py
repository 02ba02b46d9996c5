"""Finding: from records to the files of a search index, made by Pagefind in a process of its own.

Its wheel holds one program, which is spoken to on its standard input and output: messages in JSON,
in base64, each ended by a comma. The client that Pagefind has for Python reads ten answers a
second, so it is not used. This module knows no noun of the field.
"""

import base64
import json
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor, wait
from contextlib import suppress
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from generator.diagnostics import Diagnostic, Outcome
from generator.straightening import straighten

_PACKAGE = "pagefind_bin_extended"
# What Pagefind puts beside an index for those who have no search page of their own.
_UNUSED = ("pagefind-ui.", "pagefind-modular-ui.", "pagefind-component-ui.", "pagefind-highlight.")
_UNUSED_TOO = ("pagefind-worker.js",)
_SECONDS, _SECONDS_EACH = 60.0, 0.02
# Seconds between two looks at the clock, and at whether there is something better to do.
_LOOK = 0.02
_CHUNK = 1 << 20

Files = tuple[tuple[str, bytes], ...]


@dataclass(frozen=True, slots=True)
class Record:
    """Something that can be found: where it is, the words in it, what a result shows of it.

    *language* is a language tag. *facts* and *filters* are pairs of a name and a word; a filter's
    name may come more than once.
    """

    url: str
    content: str
    language: str
    facts: tuple[tuple[str, str], ...] = ()
    filters: tuple[tuple[str, str], ...] = ()


class BrokenOff(Exception):
    """Whoever asked for an index has something better to do by now."""


class _Failed(Exception):
    """Pagefind did not do what it was asked for; the words say why."""


def _never() -> bool:
    return False


def make_index(
    records: Iterable[Record], is_unwanted: Callable[[], bool] = _never
) -> Outcome[Files]:
    """Return the files of an index of *records* by path.

    The same records in any order make the same bytes. Without Pagefind there are no files, and one
    ``search-missing`` says why. Raises ``BrokenOff`` soon after the index *is_unwanted*.
    """
    ordered = tuple(sorted(records, key=lambda record: record.url))
    if not ordered:
        return Outcome(())
    try:
        return Outcome(_straighten(_run(ordered, is_unwanted)))
    except _Failed as failure:
        message = f"the site has no search index: {failure}"
        help = "the lists of notes, texts and positions lead everywhere; `search = false` is silent"
        return Outcome((), (Diagnostic("search-missing", message, "site.toml", None, help),))


def _straighten(files: Mapping[str, bytes]) -> Files:
    try:
        return straighten(files)
    except (ValueError, LookupError, TypeError, OSError, EOFError) as error:
        raise _Failed("this Pagefind writes an index that is not known here") from error


def _find_program() -> Path:
    """Return the program of the wheel; nothing of the package is executed for that."""
    found = find_spec(_PACKAGE)
    if found is None or found.origin is None:
        raise _Failed(f"the package {_PACKAGE} is not installed")
    name = "pagefind_extended.exe" if sys.platform == "win32" else "pagefind_extended"
    return Path(found.origin).parent / name


def _run(records: Sequence[Record], is_unwanted: Callable[[], bool]) -> dict[str, bytes]:
    """Return what Pagefind makes of *records*; one that does not end in time is ended."""
    process = _start()
    end = time.monotonic() + _SECONDS + _SECONDS_EACH * len(records)
    try:
        # Everything is said at once and heard meanwhile, for either pipe may be full.
        with ThreadPoolExecutor(2) as threads:
            threads.submit(_tell, process, _list_requests(records))
            heard = threads.submit(_await_files, process)
            try:
                files = _await(heard, end, is_unwanted)
            finally:
                process.kill()
    finally:
        _end(process)
    if files is None:
        raise _Failed("Pagefind stopped before it was done")
    return {path: files[path] for path in files if _is_used(path)}


def _start() -> "subprocess.Popen[bytes]":
    program = _find_program()
    # Settings of Pagefind may stand in the environment; they are nobody's input here.
    environment = {k: v for k, v in os.environ.items() if not k.upper().startswith("PAGEFIND")}
    try:
        return subprocess.Popen(
            [program, "--service"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=environment,
        )
    except OSError as error:
        raise _Failed(f"Pagefind does not run: {(error.strerror or str(error)).lower()}") from error


def _end(process: "subprocess.Popen[bytes]") -> None:
    process.kill()
    for pipe in (process.stdin, process.stdout):
        # What was not said yet can no longer be said.
        with suppress(OSError):
            if pipe is not None:
                pipe.close()
    process.wait()


def _await(
    heard: "Future[dict[str, bytes] | None]", end: float, is_unwanted: Callable[[], bool]
) -> dict[str, bytes] | None:
    while not heard.done():
        if is_unwanted():
            raise BrokenOff
        if time.monotonic() > end:
            raise _Failed("Pagefind took too long")
        wait([heard], timeout=_LOOK)
    return heard.result()


def _await_files(process: "subprocess.Popen[bytes]") -> dict[str, bytes] | None:
    for answer in _listen(process):
        if answer["type"] == "Error":
            raise _Failed(f"Pagefind says: {answer.get('message', '')}"[:200])
        if answer["type"] == "GetFiles":
            return {each["path"]: base64.b64decode(each["content"]) for each in answer["files"]}
    return None


def _is_used(path: str) -> bool:
    return not path.startswith(_UNUSED) and path not in _UNUSED_TOO


def _list_requests(records: Sequence[Record]) -> Iterator[Mapping[str, Any]]:
    yield {"type": "NewIndex", "config": None}
    # The first index of a process is number 0.
    for record in records:
        filters: dict[str, list[str]] = {}
        for name, word in record.filters:
            filters.setdefault(name, []).append(word)
        yield {
            "type": "AddRecord",
            "index_id": 0,
            "url": record.url,
            "content": record.content,
            "language": record.language,
            "meta": dict(record.facts),
            "filters": filters,
            "sort": None,
        }
    yield {"type": "GetFiles", "index_id": 0}


def _tell(process: "subprocess.Popen[bytes]", requests: Iterable[Mapping[str, Any]]) -> None:
    assert process.stdin is not None
    # A pipe that breaks is heard of at its other end.
    with suppress(OSError, ValueError):
        for number, request in enumerate(requests, start=1):
            message = json.dumps({"message_id": number, "payload": request})
            process.stdin.write(base64.b64encode(message.encode()) + b",")
        process.stdin.flush()


def _listen(process: "subprocess.Popen[bytes]") -> Iterator[Mapping[str, Any]]:
    """Yield the answers until the program ends."""
    assert process.stdout is not None
    pieces: list[bytes] = []
    while chunk := os.read(process.stdout.fileno(), _CHUNK):
        *whole, rest = chunk.split(b",")
        for end in whole:
            try:
                yield json.loads(base64.b64decode(b"".join([*pieces, end])))["payload"]
            except (ValueError, KeyError, TypeError) as error:
                raise _Failed("Pagefind answers in a way that is not known here") from error
            pieces = []
        pieces.append(rest)
