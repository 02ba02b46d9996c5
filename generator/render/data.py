"""Data files as bytes: UTF-8 JSON, one line feed at the end, the same bytes on every machine."""

import json
from collections.abc import Mapping
from typing import Any


def dump_json(value: Mapping[str, Any]) -> bytes:
    """Return *value* as JSON, two spaces deep, keys in their order."""
    return (json.dumps(value, ensure_ascii=False, indent=2) + "\n").encode()
