"""The codec: values to bytes and back, and the digest that stands for a value.

Reading back is checked against the type asked for and runs no code of the bytes': so a store may
lie where strangers write. This module knows no noun of the field.
"""

from collections.abc import Hashable
from functools import cache
from typing import Any, TypeVar, cast

import msgspec

from generator.digests import digest_bytes

T = TypeVar("T")

_ENCODER = msgspec.msgpack.Encoder(order="deterministic")


class Unreadable(ValueError):
    """Bytes that are no value of the type asked for."""


def encode(value: object) -> bytes:
    """Return *value* as bytes: dataclasses, named tuples, enums, tuples and scalars.

    Equal values of one type have equal bytes, in every process and on every machine.
    """
    return _ENCODER.encode(value)


def decode(kind: type[T], content: bytes) -> T:
    """Return the value of the type *kind* that *content* stands for; raises ``Unreadable``."""
    try:
        value: T = _decoder(cast(Hashable, kind)).decode(content)
    except (msgspec.DecodeError, RecursionError, UnicodeDecodeError) as error:
        raise Unreadable(str(error)) from None
    return value


def draw(value: object) -> str:
    """Return *value* as JSON, two spaces deep, keys in their order; it has no fractions."""
    return msgspec.json.format(msgspec.json.encode(value), indent=2).decode()


def take_apart(content: bytes) -> dict[str, bytes]:
    """Return the bytes of each field by its name; *content* is that of a dataclass."""
    return {name: bytes(raw) for name, raw in decode(dict[str, msgspec.Raw], content).items()}


@cache
def _decoder(kind: Hashable) -> msgspec.msgpack.Decoder[Any]:
    return msgspec.msgpack.Decoder(kind)


def fingerprint(value: object) -> str:
    """Return the digest of *value* and its type: 32 hexadecimal digits."""
    kind = type(value)
    name = f"{kind.__module__}.{kind.__qualname__}\n".encode()
    return digest_bytes(name + encode(value))
