"""The store: what was computed once, by key, kept between builds in a folder of ours.

Nothing in it is trusted. Its index is signed with a key that lies outside of every project, so a
store that came with a checkout, from another machine or out of a broken disk is not read; each
entry is held against its digest. What is wrong costs time, never correctness, and nothing that is
read is executed. This module knows no noun of the field.

In the folder: ``index`` (the signature, then a table of entries) and ``pack-…`` files that hold the
entries end to end. A save writes a new pack with what is new, then replaces the index at once: two
builds at the same time lose work of each other, and nothing else. When there is much that is new,
some of it goes into the pack that the save will name before.
"""

import contextlib
import hmac
import os
import secrets
import sys
from collections.abc import Iterable
from hashlib import blake2b
from pathlib import Path
from typing import NamedTuple

from generator.codec import Unreadable, decode, encode

_FORMAT = 1
_SIGNATURE = 32
_DIGEST = 16
# An entry that so many saves in a row did not ask for is dropped when packs are put together.
_PATIENCE = 8
_MOST_PACKS = 6
# A pack that no index names may belong to a build that is about to name it.
_GRACE = 3600
# Bytes of new entries that are held in memory.
_MOST_HELD = 16_000_000


class _Place(NamedTuple):
    """Where an entry lies: its pack, its bytes there, their digest, the save that last used it."""

    pack: str
    start: int
    length: int
    digest: bytes
    used: int


class _Index(NamedTuple):
    format: int
    maker: str
    saves: int
    entries: dict[str, _Place]


class Store:
    """Entries by key. *maker* is the digest of the program: another one's entries are not read.

    A folder of None keeps entries in memory only. With *empty* nothing of what is there is read,
    and a save replaces it.
    """

    def __init__(self, folder: Path | None, maker: str, *, empty: bool = False) -> None:
        self.folder, self.maker = folder, maker
        self._fresh: dict[str, bytes] = {}
        self._weight = 0
        self._written: dict[str, _Place] = {}
        self._pack = ""
        self._used: set[str] = set()
        self._packs: dict[str, int | None] = {}
        self._secret = _read_secret() if folder else b""
        index = _read_index(folder, self._secret) if folder and not empty else None
        if index is None or index.maker != maker or index.format != _FORMAT:
            index = _Index(_FORMAT, maker, 0, {})
        self._index = index

    def get(self, key: str) -> bytes | None:
        """Return what was kept under *key*, None if nothing whole was."""
        content = self._peek(key)
        if content is not None:
            self._used.add(key)
        return content

    def _peek(self, key: str) -> bytes | None:
        content = self._fresh.get(key)
        if content is None:
            place = self._written.get(key) or self._index.entries.get(key)
            content = self._load(place) if place else None
        return content

    def keep(self, key: str) -> None:
        """Let what is under *key* count as used, without reading it."""
        self._used.add(key)

    def put(self, key: str, content: bytes) -> None:
        """Keep *content* under *key*."""
        self._fresh[key] = content
        self._used.add(key)
        self._weight += len(content)
        if self._weight > _MOST_HELD and self.folder and self._secret:
            with contextlib.suppress(OSError):
                self._write_ahead(self._fresh)
            self._weight = 0

    def _write_ahead(self, keys: Iterable[str]) -> None:
        """Write what is under *keys* to the end of the pack that the next save names."""
        assert self.folder is not None
        make_folder(self.folder)
        self._pack = self._pack or f"pack-{secrets.token_hex(8)}"
        places: dict[str, _Place] = {}
        with open(self.folder / self._pack, "ab") as file:
            start = file.tell()
            for key in sorted(keys):
                content = self._peek(key)
                if content is not None:
                    file.write(content)
                    digest = blake2b(content, digest_size=_DIGEST).digest()
                    places[key] = _Place(self._pack, start, len(content), digest, 0)
                    start += len(content)
        self._written |= places
        for key in places:
            self._fresh.pop(key, None)

    def _load(self, place: _Place) -> bytes | None:
        descriptor = self._open(place.pack)
        if descriptor is None:
            return None
        try:
            content = _read_at(descriptor, place.start, place.length)
        except OSError:
            return None
        whole = blake2b(content, digest_size=_DIGEST).digest() == place.digest
        return content if whole else None

    def _open(self, pack: str) -> int | None:
        if pack not in self._packs:
            self._packs[pack] = None
            if self.folder and _is_pack(pack):
                with contextlib.suppress(OSError):
                    flags = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0)
                    self._packs[pack] = os.open(self.folder / pack, flags)
        return self._packs[pack]

    def save(self) -> None:
        """Write what is new; a folder that cannot be written is left as it is, without a word."""
        if self.folder is None or not self._secret:
            return
        saves = self._index.saves + 1
        if not (self._fresh or self._written or saves % _PATIENCE == 0):
            return
        with contextlib.suppress(OSError):
            self._write(saves)

    def _write(self, saves: int) -> None:
        assert self.folder is not None
        make_folder(self.folder)
        if self._fresh:
            self._write_ahead(self._fresh)
        entries = {k: each for k, each in self._index.entries.items() if k not in self._written}
        if len({place.pack for place in entries.values()}) >= _MOST_PACKS:
            self._write_ahead(k for k in entries if self._last_use(k, saves) > saves - _PATIENCE)
            entries = {}
        entries |= self._written
        entries = {k: each._replace(used=self._last_use(k, saves)) for k, each in entries.items()}
        index = _Index(_FORMAT, self.maker, saves, entries)
        body = encode(index)
        replace_file(self.folder / "index", _sign(body, self._secret) + body)
        named = {place.pack for place in self._index.entries.values()}
        # What the next build uses counts for the next save, also of one who builds again and again.
        self._index, self._written, self._pack, self._used = index, {}, "", set()
        self._weight = 0
        self._sweep({place.pack for place in entries.values()}, named)

    def _last_use(self, key: str, saves: int) -> int:
        return saves if key in self._used else self._index.entries[key].used

    def _sweep(self, kept: set[str], named: set[str]) -> None:
        """Remove the packs that were *named* before, and what killed builds left."""
        assert self.folder is not None
        newest = os.stat(self.folder / "index").st_mtime
        for name in os.listdir(self.folder):
            path = self.folder / name
            if _is_pack(name) and name not in kept:
                with contextlib.suppress(OSError):
                    if name in named or newest - os.lstat(path).st_mtime > _GRACE:
                        self._close(name)
                        path.unlink()

    def _close(self, pack: str) -> None:
        descriptor = self._packs.pop(pack, None)
        if descriptor is not None:
            os.close(descriptor)

    def close(self) -> None:
        """Let go of the files, and of what was not saved."""
        for pack in tuple(self._packs):
            self._close(pack)
        if self._pack and self.folder:
            with contextlib.suppress(OSError):
                (self.folder / self._pack).unlink()
        self._written, self._pack = {}, ""


def make_folder(folder: Path) -> None:
    """Make *folder*, which git is told to ignore; one behind a link is not ours (``OSError``)."""
    for each in (folder.parent, folder):
        with contextlib.suppress(FileExistsError):
            each.mkdir()
        if each.is_symlink():
            raise OSError(f"{each} is a link")
    ignore = folder.parent / ".gitignore"
    if not ignore.exists():
        replace_file(ignore, b"*\n")


def replace_file(path: Path, content: bytes) -> None:
    """Put *content* at *path* at once: a reader sees the old file or the new one."""
    aside = path.with_name(f".{path.name}-{secrets.token_hex(4)}")
    try:
        with open(aside, "xb") as file:
            file.write(content)
        os.replace(aside, path)
    finally:
        with contextlib.suppress(OSError):
            aside.unlink()


def read_signed(path: Path) -> bytes | None:
    """Return what ``write_signed`` wrote at *path*; None for anything else."""
    secret = _read_secret()
    return _read_signed(path, secret) if secret else None


def write_signed(path: Path, content: bytes) -> None:
    """Write *content* so that ``read_signed`` on this machine knows it; raises ``OSError``."""
    secret = _read_secret()
    if secret:
        make_folder(path.parent)
        replace_file(path, _sign(content, secret) + content)


def _read_index(folder: Path, secret: bytes) -> _Index | None:
    body = _read_signed(folder / "index", secret)
    if body is None:
        return None
    try:
        return decode(_Index, body)
    except Unreadable:
        return None


def _read_signed(path: Path, secret: bytes) -> bytes | None:
    try:
        if not secret or path.is_symlink():
            return None
        content = path.read_bytes()
    except OSError:
        return None
    signature, body = content[:_SIGNATURE], content[_SIGNATURE:]
    return body if hmac.compare_digest(signature, _sign(body, secret)) else None


def _sign(body: bytes, secret: bytes) -> bytes:
    return blake2b(body, digest_size=_SIGNATURE, key=secret).digest()


def _is_pack(name: str) -> bool:
    return name.startswith("pack-") and name[5:].isalnum()


if sys.platform == "win32":

    def _read_at(descriptor: int, start: int, length: int) -> bytes:
        os.lseek(descriptor, start, os.SEEK_SET)
        return os.read(descriptor, length)

else:

    def _read_at(descriptor: int, start: int, length: int) -> bytes:
        return os.pread(descriptor, length, start)


def _read_secret() -> bytes:
    """Return the key of this user on this machine, made at first use; empty if there is no place.

    Whoever can read it can write to the project anyway. It is never copied into one.
    """
    home = os.environ.get("XDG_CACHE_HOME") or os.environ.get("LOCALAPPDATA")
    folder = Path(home) if home else Path(os.path.expanduser("~/.cache"))
    path = folder / "postil" / "key"
    with contextlib.suppress(OSError):
        if not path.exists():
            path.parent.mkdir(parents=True, exist_ok=True)
            descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            with os.fdopen(descriptor, "wb") as file:
                file.write(secrets.token_bytes(32))
    try:
        secret = path.read_bytes()
    except OSError:
        return b""
    return secret if len(secret) == 32 else b""
