"""The server: uvicorn, in a thread of its own, and what goes on while a page listens.

The thread only reads: it answers from the scene that the build put up last, which is replaced as a
whole and never altered. So a request in the middle of a build gets the site before it.
"""

import asyncio
import logging
import socket
import threading
from collections.abc import Awaitable, Callable, MutableMapping
from types import TracebackType
from typing import Any, Self

import uvicorn

from generator.serving.answers import Answer, Request, answer
from generator.serving.news import tell
from generator.serving.ports import port_of
from generator.serving.scenes import Scene

# A browser asks again so many milliseconds after the server has gone.
_RETRY = 300
# Seconds between two signs of life, by which a listener that has gone is noticed.
_ALIVE = 15.0
_STOPPING = 1

Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]


class Server:
    """Answers requests at *sockets*; a resource while it is entered, and the owner of these."""

    def __init__(self, sockets: list[socket.socket]) -> None:
        self.port = port_of(sockets)
        self._sockets, self._scene = sockets, Scene()
        # Its lines are not for authors, but for faults of ours.
        logging.getLogger("uvicorn.error").setLevel(logging.ERROR)
        self._uvicorn = uvicorn.Server(
            uvicorn.Config(
                self._app,
                interface="asgi3",
                proxy_headers=False,
                http="h11",
                ws="none",
                loop="asyncio",
                lifespan="off",
                log_config=None,
                access_log=False,
                server_header=False,
                timeout_graceful_shutdown=_STOPPING,
            )
        )
        self._thread = threading.Thread(target=self._run, name="postil-server", daemon=True)
        self._loop: asyncio.AbstractEventLoop | None = None
        self._news = asyncio.Event()

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._uvicorn.should_exit = True
        self._wake_all()
        self._thread.join(2 * _STOPPING)
        for each in self._sockets:
            each.close()

    @property
    def is_running(self) -> bool:
        """Tell whether requests are answered; a fault of the server's own would end it."""
        return self._thread.is_alive()

    def show(self, scene: Scene) -> None:
        """Answer from *scene* from now on, and tell all who listen."""
        self._scene = scene
        self._wake_all()

    def _run(self) -> None:
        asyncio.run(self._serve())

    async def _serve(self) -> None:
        self._loop = asyncio.get_running_loop()
        await self._uvicorn.serve(self._sockets)

    def _wake_all(self) -> None:
        if self._loop is not None and not self._loop.is_closed():
            self._loop.call_soon_threadsafe(self._wake)

    def _wake(self) -> None:
        news, self._news = self._news, asyncio.Event()
        news.set()

    async def _app(self, scope: Message, receive: Receive, send: Send) -> None:
        request = _read_request(scope)
        given = answer(request, self._scene, self.port)
        if given.channel is not None and request.method == "GET":
            await self._tell(given, given.channel, receive, send)
        else:
            length = ("Content-Length", str(len(given.body)))
            more = [length] if given.status != 304 and given.channel is None else []
            await _begin(given, send, more)
            await send({"type": "http.response.body", "body": given.body})

    async def _tell(self, given: Answer, path: str, receive: Receive, send: Send) -> None:
        """Send the news of the page at *path*, now and whenever there are some."""
        await _begin(given, send, [])
        await _write(send, f"retry: {_RETRY}\n")
        gone = asyncio.ensure_future(_wait_until_gone(receive))
        try:
            while not gone.done() and not self._uvicorn.should_exit:
                news, scene = self._news, self._scene
                if scene.build:
                    await _write(send, f"data: {tell(path, scene)}\n")
                while not await _wait(news, gone):
                    await _write(send, ":")
            await send({"type": "http.response.body", "body": b""})
        finally:
            gone.cancel()


def _read_request(scope: Message) -> Request:
    headers = tuple((n.decode("latin-1"), v.decode("latin-1")) for n, v in scope["headers"])
    path, query = scope["raw_path"].decode("ascii"), scope["query_string"].decode("ascii")
    return Request(scope["method"], path, query, headers)


async def _begin(given: Answer, send: Send, more: list[tuple[str, str]]) -> None:
    headers = [(n.lower().encode(), v.encode("ascii")) for n, v in (*given.headers, *more)]
    await send({"type": "http.response.start", "status": given.status, "headers": headers})


async def _write(send: Send, line: str) -> None:
    body = f"{line}\n".encode()
    await send({"type": "http.response.body", "body": body, "more_body": True})


async def _wait_until_gone(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass


async def _wait(news: asyncio.Event, gone: asyncio.Future[None]) -> bool:
    """Wait for *news*, or until the listener has *gone*; False: neither, but time has passed."""
    told = asyncio.ensure_future(news.wait())
    both: set[asyncio.Future[Any]] = {told, gone}
    done, _ = await asyncio.wait(both, timeout=_ALIVE, return_when=asyncio.FIRST_COMPLETED)
    told.cancel()
    return bool(done)
