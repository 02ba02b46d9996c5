"""Data files: the bytes that the library's own writer would give."""

import json
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from generator.json_text import draw_row, dump_json

PLAIN = st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text()
VALUES = st.recursive(
    PLAIN, lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner), max_leaves=20
)


@given(st.dictionaries(st.text(), VALUES))
def test_data_are_written_as_the_library_writes_them(value: dict[str, Any]) -> None:
    """Nobody who reads the file can tell who wrote it."""
    expected = json.dumps(value, ensure_ascii=False, indent=2) + "\n"
    assert expected.encode() == dump_json(value)


WHOLE = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**63), 2**63 - 1) | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=20,
)


@given(st.lists(st.dictionaries(st.text(), WHOLE), max_size=4))
def test_rows_drawn_before_stand_as_if_they_were_drawn_there(rows: list[dict[str, Any]]) -> None:
    """Whether a row was kept from an earlier build cannot be seen."""
    assert dump_json({"rows": rows}) == dump_json({"rows": [draw_row(row) for row in rows]})
