"""How long it takes from a file that is saved to the page that shows it, while `serve` runs.

    python benchmarks/watch.py [--documents 100] [--edits 20]

A note's heading is edited in one file after another. "Told" is when a page that listens knows that
it is another one, "there" when it has been fetched and has the new words: what a browser waits for
before it draws. A speed is a figure to look at, never a test.
"""

import argparse
import json
import re
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from http.client import HTTPConnection, HTTPResponse
from pathlib import Path

from corpus import write_site

BUILD = Path(__file__).resolve().parents[1] / "build.py"


def find_port(server: "subprocess.Popen[str]") -> int:
    """Wait until *server* says where it serves, and return the port."""
    assert server.stderr
    for line in server.stderr:
        if found := re.search(r"serving at http://localhost:(\d+)", line):
            return int(found[1])
    raise SystemExit("the server ended before it served")


def listen(port: int, path: str) -> Iterator[str]:
    """Yield each version of the page at *path* that is told."""
    wire = HTTPConnection("127.0.0.1", port)
    wire.request("GET", f"/.postil/events?{path}", headers={"Host": f"localhost:{port}"})
    reply: HTTPResponse = wire.getresponse()
    while line := reply.readline():
        if line.startswith(b"data: "):
            yield json.loads(line[6:])["version"]


def fetch(port: int, path: str) -> str:
    """Return the page at *path*."""
    wire = HTTPConnection("127.0.0.1", port)
    wire.request("GET", path, headers={"Host": f"localhost:{port}"})
    page = wire.getresponse().read().decode()
    wire.close()
    return page


def edit(root: Path, number: int, mark: str) -> None:
    """Put *mark* at the beginning of the first gist of document *number*'s notes."""
    path = root / f"content/annotations/d{number}.md"
    text = path.read_text("utf-8")
    path.write_text(re.sub(r"^## (?:Edit \w+ )?", f"## Edit {mark} ", text, count=1, flags=re.M))


def measure(root: Path, port: int, documents: int, edits: int) -> list[tuple[float, float]]:
    """Return for each of *edits* the seconds until a page was told, and until it was there."""
    figures = []
    for turn in range(edits):
        number = turn * 7 % documents
        page = f"/sources/d{number}.html"
        versions = listen(port, page)
        before = next(versions)
        begin = time.perf_counter()
        edit(root, number, f"e{turn}")
        while next(versions) == before:
            pass
        told = time.perf_counter() - begin
        if f"Edit e{turn}" not in fetch(port, page):
            raise SystemExit(f"{page} was told of and is not there")
        figures.append((told, time.perf_counter() - begin))
    return figures


def main() -> None:
    """Make the collection, serve it, edit it, print a table."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--documents", type=int, default=100)
    parser.add_argument("--edits", type=int, default=20)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder, "root")
        write_site(root, asked.documents, search=True)
        command = [sys.executable, str(BUILD), "serve", "--port", "0", "--root", str(root)]
        begin = time.perf_counter()
        with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as server:
            port = find_port(server)
            start = time.perf_counter() - begin
            try:
                figures = measure(root, port, asked.documents, asked.edits)
            finally:
                server.terminate()
                server.communicate()
    print(f"{asked.documents} documents, served after {start:.2f} s, {asked.edits} edits")
    for name, seconds in zip(("told", "there"), zip(*figures, strict=True), strict=True):
        cuts = statistics.quantiles(seconds, n=20, method="inclusive")
        print(f"{name:6} p50 {cuts[9]:6.3f} s   p95 {cuts[18]:6.3f} s   most {max(seconds):6.3f} s")


if __name__ == "__main__":
    main()
