"""Ports: sockets of this computer alone."""

import errno
import socket
import sys
from collections.abc import Iterator

_TRIED = 100
_TAKEN = (errno.EADDRINUSE, errno.EACCES if sys.platform == "win32" else errno.EADDRINUSE)


def listen(port: int) -> list[socket.socket]:
    """Return sockets that listen at *port*, or the next one that is free; 0 is any free one.

    One is for IPv4 and, where this computer has it, one for IPv6: a browser may take either for
    ``localhost``, and must not find another program there. Raises ``OSError`` if there is none.
    """
    fault = OSError(errno.EADDRINUSE, "no port is free")
    for number in _list_ports(port):
        try:
            return _bind_both(number)
        except OSError as error:
            if error.errno not in _TAKEN:
                raise
            fault = error
    raise fault


def port_of(sockets: list[socket.socket]) -> int:
    """Return the port at which *sockets* listen."""
    return int(sockets[0].getsockname()[1])


def _list_ports(port: int) -> Iterator[int]:
    if port == 0:
        yield from [0] * _TRIED
    else:
        yield from range(port, min(port + _TRIED, 65536))


def _bind_both(port: int) -> list[socket.socket]:
    first = _bind(socket.AF_INET, "127.0.0.1", port)
    try:
        second = _bind(socket.AF_INET6, "::1", port_of([first])) if _has_ipv6() else None
    except OSError:
        first.close()
        raise
    return [first, second] if second else [first]


def _bind(family: socket.AddressFamily, host: str, port: int) -> socket.socket:
    made = socket.socket(family, socket.SOCK_STREAM)
    try:
        # On Windows this would let two programs share a port; elsewhere, only follow each other.
        option = getattr(socket, "SO_EXCLUSIVEADDRUSE", socket.SO_REUSEADDR)
        made.setsockopt(socket.SOL_SOCKET, option, 1)
        if family == socket.AF_INET6:
            made.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 1)
        made.bind((host, port))
        made.listen(128)
    except BaseException:
        made.close()
        raise
    return made


def _has_ipv6() -> bool:
    """Tell whether this computer answers at ``::1``."""
    if not socket.has_ipv6:
        return False
    try:
        with socket.socket(socket.AF_INET6, socket.SOCK_STREAM) as tried:
            tried.bind(("::1", 0))
    except OSError:
        return False
    return True
