"""Ids: what may be one, and what is offered instead."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.identifiers import check_id, proposal
from generator.spans import Span


@pytest.mark.parametrize(
    "id",
    ["a", "timing", "harbour-letter", "2016", "p", "p3a", "q3", "x-p3", "con-1", "a" * 100, "-"],
)
def test_ids(id: str) -> None:
    """Letters a to z, digits and hyphens make an id."""
    assert () == check_id(id, "a.md")


@pytest.mark.parametrize(
    ("id", "fault", "help"),
    [
        ("", "is empty", "choose a name of letters a to z, digits and hyphens"),
        ("Timing", "has other characters than a to z, digits and hyphens", "call it `timing`"),
        ("a b", "has other characters than a to z, digits and hyphens", "call it `a-b`"),
        ("früh", "has other characters than a to z, digits and hyphens", "call it `fruh`"),
        ("a\n", "has other characters than a to z, digits and hyphens", "call it `a`"),
        (
            "港",
            "has other characters than a to z, digits and hyphens",
            "choose a name of letters a to z, digits and hyphens",
        ),
        ("p3", "looks like a place in a text", "call it `the-p3`"),
        ("c5", "looks like a place in a text", "call it `the-c5`"),
        ("f1", "looks like a place in a text", "call it `the-f1`"),
        ("l10", "looks like a place in a text", "call it `the-l10`"),
        ("p1-p3", "looks like a place in a text", "call it `the-p1-p3`"),
        ("L10", "has other characters than a to z, digits and hyphens", "call it `the-l10`"),
        ("c5.2", "has other characters than a to z, digits and hyphens", "call it `c5-2`"),
        ("index", "is taken by the list of all of its kind", "call it `the-index`"),
        ("con", "is the name of a device on Windows", "call it `the-con`"),
        ("lpt1", "is the name of a device on Windows", "call it `the-lpt1`"),
        ("a" * 101, "is longer than 100 characters", f"call it `{'a' * 100}`"),
    ],
)
def test_what_is_no_id(id: str, fault: str, help: str) -> None:
    """Anything else is refused for a reason, and another offered that is one."""
    shown = id if len(id) <= 100 else f"{'a' * 40}…"
    [problem] = check_id(id, "a.md", Span(1, 2))

    assert ("id-invalid", f"the id `{shown}` {fault}", help, Span(1, 2)) == (
        problem.code,
        problem.message,
        problem.help,
        problem.span,
    )


@given(st.text() | st.from_regex("(p|c|con|index|lpt)[0-9]*", fullmatch=True))
def test_what_is_offered_is_an_id(text: str) -> None:
    """A proposal is an id or nothing at all."""
    offered = proposal(text)

    assert not offered or not check_id(offered, "a.md")
