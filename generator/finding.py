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
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from threading import Thread, Timer
from typing import Any

from generator.codec import Unreadable, decode, encode, fingerprint
from generator.diagnostics import Diagnostic, Outcome
from generator.store import Store
from generator.straightening import straighten

_PACKAGE = "pagefind_bin_extended"
# What Pagefind puts beside an index for those who have no search page of their own.
_UNUSED = ("pagefind-ui.", "pagefind-modular-ui.", "pagefind-component-ui.", "pagefind-highlight.")
_UNUSED_TOO = ("pagefind-worker.js",)
_SECONDS, _SECONDS_EACH = 60.0, 0.02
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


class _Failed(Exception):
    """Pagefind did not do what it was asked for; the words say why."""


def make_index(records: Iterable[Record], store: Store) -> Outcome[Files]:
    """Return the files of an index of *records* by path, from *store* if they were made before.

    The same records in any order make the same bytes. Without Pagefind there are no files, and one
    ``search-missing`` says why.
    """
    ordered = tuple(sorted(records, key=lambda record: record.url))
    key = f"search {fingerprint(ordered)}"
    content = store.get(key)
    if content is not None:
        with suppress(Unreadable):
            return Outcome(decode(Files, content))
    try:
        files = _straighten(_run(ordered)) if ordered else ()
    except _Failed as failure:
        message = f"the site has no search index: {failure}"
        help = "the lists of notes, texts and positions lead everywhere; `search = false` is silent"
        return Outcome((), (Diagnostic("search-missing", message, "site.toml", None, help),))
    store.put(key, encode(files))
    return Outcome(files)


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


def _run(records: Sequence[Record]) -> dict[str, bytes]:
    """Return what Pagefind makes of *records*; one that does not end in time is ended."""
    program = _find_program()
    # Settings of Pagefind may stand in the environment; they are nobody's input here.
    environment = {k: v for k, v in os.environ.items() if not k.upper().startswith("PAGEFIND")}
    try:
        process = subprocess.Popen(
            [program, "--service"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=environment,
        )
    except OSError as error:
        raise _Failed(f"Pagefind does not run: {(error.strerror or str(error)).lower()}") from error
    late: list[bool] = []

    def stop() -> None:
        late.append(True)
        process.kill()

    timer = Timer(_SECONDS + _SECONDS_EACH * len(records), stop)
    timer.daemon = True
    timer.start()
    try:
        return _converse(process, records)
    except _Failed as failure:
        raise _Failed("Pagefind took too long") if late else failure from None
    finally:
        timer.cancel()
        _end(process)


def _end(process: "subprocess.Popen[bytes]") -> None:
    process.kill()
    for pipe in (process.stdin, process.stdout):
        # What was not said yet can no longer be said.
        with suppress(OSError):
            if pipe is not None:
                pipe.close()
    process.wait()


def _converse(process: "subprocess.Popen[bytes]", records: Sequence[Record]) -> dict[str, bytes]:
    """Say everything at once and listen meanwhile: either pipe may be full."""
    teller = Thread(target=_tell, args=(process, _list_requests(records)), daemon=True)
    teller.start()
    try:
        files = _await_files(process)
    finally:
        process.kill()
        teller.join()
    if files is None:
        raise _Failed("Pagefind stopped before it was done")
    return {path: files[path] for path in files if _is_used(path)}


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
