"""Straightening: an index of Pagefind in one order, so that the same records make the same bytes.

Pagefind keeps filters, their values and languages in tables whose order is drawn by lot in every
run; the pages keep the order in which they were given. What is named by its digest is named anew.

A file of an index is CBOR (RFC 8949) after a mark, in gzip. Pagefind reads it bare as well, for a
server may have unpacked it; bare it does not depend on whose zlib packed it.
"""

import gzip
import json
from collections.abc import Mapping
from typing import Any

from generator.digests import digest_bytes

_MARK = b"pagefind_dcd"
_ENTRY = "pagefind-entry.json"
_NAME_LENGTH = 10
# Where the filters are in the table of an index: after its version, its pages and its chunks.
_FILTERS = 3
_LENGTHS = {24: 1, 25: 2, 26: 4, 27: 8}


def straighten(files: Mapping[str, bytes]) -> tuple[tuple[str, bytes], ...]:
    """Return *files* of an index by path, in the order of their paths, in an order of ours inside.

    Raises ``ValueError`` for what is not as Pagefind 1.5 writes it.
    """
    made = {path: content for path, content in files.items() if not _is_drawn(path)}
    entry = json.loads(files[_ENTRY])
    for language in entry["languages"].values():
        table = _read(files[f"pagefind.{language['hash']}.pf_meta"])
        prefix = language["hash"].rpartition("_")[0]
        filters = []
        for name, hash in table[_FILTERS]:
            own, values = _read(files[f"filter/{hash}.pf_filter"])
            content = _write([own, sorted(values)])
            new = _name(prefix, content)
            made[f"filter/{new}.pf_filter"] = content
            filters.append([name, new])
        table[_FILTERS] = sorted(filters)
        content = _write(table)
        language["hash"] = _name(prefix, content)
        made[f"pagefind.{language['hash']}.pf_meta"] = content
    made[_ENTRY] = json.dumps(entry, sort_keys=True, ensure_ascii=False).encode()
    return tuple(sorted(made.items()))


def _is_drawn(path: str) -> bool:
    return path.endswith((".pf_meta", ".pf_filter")) or path == _ENTRY


def _name(prefix: str, content: bytes) -> str:
    return f"{prefix}_{digest_bytes(content)[:_NAME_LENGTH]}"


def _read(content: bytes) -> Any:
    bare = gzip.decompress(content)
    if not bare.startswith(_MARK):
        raise ValueError("no mark of Pagefind")
    value, end = _decode(bare, len(_MARK))
    if end != len(bare):
        raise ValueError("something follows")
    return value


def _write(value: Any) -> bytes:
    return _MARK + _encode(value)


def _decode(content: bytes, at: int) -> tuple[Any, int]:
    """Return the value at *at* and where it ends: a number, words or a list of such."""
    kind, low = content[at] >> 5, content[at] & 31
    at += 1
    length, at = _decode_length(content, at, low)
    if kind == 0:
        return length, at
    if kind == 1:
        return -1 - length, at
    if kind == 3:
        return content[at : at + length].decode(), at + length
    if kind != 4:
        raise ValueError(f"CBOR of the kind {kind}")
    values = []
    for _ in range(length):
        value, at = _decode(content, at)
        values.append(value)
    return values, at


def _decode_length(content: bytes, at: int, low: int) -> tuple[int, int]:
    if low < min(_LENGTHS):
        return low, at
    if low not in _LENGTHS:
        raise ValueError("CBOR without a length")
    end = at + _LENGTHS[low]
    return int.from_bytes(content[at:end]), end


def _encode(value: Any) -> bytes:
    if isinstance(value, int):
        return _encode_length(0, value) if value >= 0 else _encode_length(1, -1 - value)
    if isinstance(value, str):
        words = value.encode()
        return _encode_length(3, len(words)) + words
    return _encode_length(4, len(value)) + b"".join(map(_encode, value))


def _encode_length(kind: int, length: int) -> bytes:
    """Return the head of a value in its shortest form, as Pagefind writes it."""
    for low, size in _LENGTHS.items():
        if length < min(_LENGTHS):
            return bytes([kind << 5 | length])
        if length < 1 << 8 * size:
            return bytes([kind << 5 | low]) + length.to_bytes(size)
    raise ValueError("a number of more than 64 bits")
