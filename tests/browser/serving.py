"""A server for one folder, below a path of its host, as a project's pages are served."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http import HTTPStatus
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

PREFIX = "/project/"


class _Handler(SimpleHTTPRequestHandler):
    """Answers below the prefix only; what is missing in a site gets that site's own page."""

    def translate_path(self, path: str) -> str:
        """Return the file at *path*; outside the prefix there is none."""
        inside = path.startswith(PREFIX)
        return super().translate_path(path.removeprefix(PREFIX) if inside else "/outside")

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        """Answer with the site's page for lost ways, as a host of static pages does."""
        site = self.path.removeprefix(PREFIX).partition("/")[0]
        page = Path(self.directory) / site / "404.html"
        if code != HTTPStatus.NOT_FOUND or not page.is_file():
            super().send_error(code, message, explain)
            return
        content = page.read_bytes()
        self.send_response(code)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


@contextmanager
def serve(folder: Path) -> Iterator[str]:
    """Serve *folder* on a free port of this machine and give the address it has there."""
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(_Handler, directory=str(folder))) as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}{PREFIX}"
        server.shutdown()
        thread.join()
