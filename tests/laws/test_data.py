"""Data files: the bytes that the library's own writer would give."""

import json
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from generator.render.data import dump_json

PLAIN = st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text()
VALUES = st.recursive(
    PLAIN, lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner), max_leaves=20
)


@given(st.dictionaries(st.text(), VALUES))
def test_data_are_written_as_the_library_writes_them(value: dict[str, Any]) -> None:
    """Nobody who reads the file can tell who wrote it."""
    expected = json.dumps(value, ensure_ascii=False, indent=2) + "\n"
    assert expected.encode() == dump_json(value)
