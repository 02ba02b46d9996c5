"""Fingerprints: short names for bytes and values that stand for all of them."""

from hashlib import blake2b


def digest_bytes(content: bytes) -> str:
    """Return the blake2b digest of *content*: 32 hexadecimal digits."""
    return blake2b(content, digest_size=16).hexdigest()


def fingerprint(value: object) -> str:
    """Return the digest of a value made of dataclasses, tuples and scalars.

    It is taken over ``repr``: equal values of our types print alike in every process and on
    every run, while they may pickle to different bytes. Sets and dicts do not belong in it.
    """
    return digest_bytes(repr(value).encode("utf-8", "surrogatepass"))
