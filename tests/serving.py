"""A server to ask in tests, by raw words over a socket, and its channel of news to listen to."""

import json
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from generator.serving.ports import listen
from generator.serving.scenes import Scene
from generator.serving.server import Server

ROOT = Path(__file__).resolve().parents[1]
# A shell that starts a program behind itself lets it ignore interrupts.
COMMAND = (
    sys.executable,
    "-c",
    "import signal, sys; signal.signal(signal.SIGINT, signal.default_int_handler);"
    "from generator.cli import main; sys.exit(main())",
)
# Far longer than anything takes: who waits that long has waited for nothing.
PATIENCE = 60.0
T = TypeVar("T")


def wait_for(look: Callable[[], T]) -> T:
    """Return what *look* gives as soon as it is something; fail if it never is."""
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        if found := look():
            return found
        time.sleep(0.01)
    raise AssertionError("waited for nothing")


@dataclass(frozen=True)
class Reply:
    """What a server said: its status, its headers by small names, and the body."""

    status: int
    headers: dict[str, str]
    body: bytes


def ask_raw(port: int, words: bytes, host: str = "127.0.0.1") -> Reply:
    """Send *words* as they are and read all that comes back."""
    with socket.create_connection((host, port), timeout=PATIENCE) as wire:
        wire.sendall(words)
        got = b""
        while piece := wire.recv(65536):
            got += piece
    head, _, body = got.partition(b"\r\n\r\n")
    first, *lines = head.decode("latin-1").split("\r\n")
    headers = {name.lower(): value.strip() for name, _, value in (x.partition(":") for x in lines)}
    return Reply(int(first.split()[1]), headers, body)


def ask(
    port: int, path: str, *, method: str = "GET", host: str = "127.0.0.1", **more: str
) -> Reply:
    """Ask for *path* as it is written; *more* are headers, with ``_`` for ``-``."""
    headers = {"Host": f"localhost:{port}", "Connection": "close"}
    headers |= {name.replace("_", "-"): value for name, value in more.items()}
    lines = [f"{method} {path} HTTP/1.1", *(f"{n}: {v}" for n, v in headers.items() if v), "", ""]
    return ask_raw(port, "\r\n".join(lines).encode("latin-1"), host)


@contextmanager
def served(scene: Scene) -> Iterator[Server]:
    """Give a server of *scene* at a free port."""
    with Server(listen(0)) as server:
        server.show(scene)
        yield server


class Listener:
    """A page's channel: what it was told so far."""

    def __init__(self, port: int, path: str) -> None:
        self.told: list[dict[str, Any]] = []
        self._wire = socket.create_connection(("127.0.0.1", port), timeout=PATIENCE)
        words = f"GET /.postil/events?{path} HTTP/1.1\r\nHost: localhost:{port}\r\n\r\n"
        self._wire.sendall(words.encode())
        self.has_ended = False
        self._thread = threading.Thread(target=self._listen, daemon=True)
        self._thread.start()

    def _listen(self) -> None:
        try:
            with self._wire.makefile("rb") as lines:
                for line in lines:
                    if line.startswith(b"data: "):
                        self.told.append(json.loads(line[6:]))
        except OSError:
            pass
        self.has_ended = True

    def wait_for(self, is_it: Callable[[dict[str, Any]], bool]) -> dict[str, Any]:
        """Return the newest that was told as soon as *is_it*."""
        return wait_for(lambda: self.told[-1] if self.told and is_it(self.told[-1]) else None)

    def close(self) -> None:
        """Listen no more."""
        self._wire.shutdown(socket.SHUT_RDWR)
        self._thread.join(PATIENCE)
        self._wire.close()


class Running:
    """`serve` as a process of its own; what it says is read line by line."""

    def __init__(self, root: Path, *words: str, **environment: str) -> None:
        command = [*COMMAND, "serve", "--root", str(root), "--color", "never", *words]
        home = {"XDG_CACHE_HOME": str(root.parent / "home"), **environment}
        self.lines: list[str] = []
        self.process = subprocess.Popen(
            command,
            stderr=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            text=True,
            cwd=ROOT,
            env={**os.environ, **home},
        )
        self._thread = threading.Thread(target=self._read, daemon=True)
        self._thread.start()

    def _read(self) -> None:
        assert self.process.stderr
        for line in self.process.stderr:
            self.lines.append(line.rstrip("\n"))

    def wait_for_line(self, words: str, after: int = 0) -> str:
        """Return the first line, not counting those *after* which to look, that holds *words*."""

        def look() -> str | None:
            found = [line for line in self.lines[after:] if words in line]
            assert found or self.process.poll() is None, self.lines
            return found[0] if found else None

        return wait_for(look)

    @property
    def address(self) -> str:
        """The address that it says it serves at."""
        return self.wait_for_line("serving at ").split("serving at ")[1].split()[0].rstrip(";")

    @property
    def port(self) -> int:
        """The port of the address."""
        return int(self.address.split(":")[2].split("/")[0])

    def stop(self, number: int = signal.SIGINT) -> int:
        """Send the signal and return the exit code."""
        if self.process.poll() is None:
            self.process.send_signal(number)
        code = self.process.wait(PATIENCE)
        self._thread.join(PATIENCE)
        assert self.process.stderr
        self.process.stderr.close()
        return code
