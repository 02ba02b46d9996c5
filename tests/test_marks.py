"""Marks in quotations: bold for the exact words, dots for what is left out."""

import pytest

from generator.marks import Quoted, find_marks, select, take_out_marks
from generator.model import RangeSelector, Selector


def draw(selector: Selector) -> str:
    if isinstance(selector, RangeSelector):
        return f"{draw(selector.start)} … {draw(selector.end)}"
    return f"{selector.prefix}[{selector.exact}]{selector.suffix}"


def read(text: str) -> list[str]:
    quoted = take_out_marks(Quoted(text, range(len(text))), find_marks(text))
    return [" & ".join(map(draw, selectors)) for selectors in select(quoted)]


@pytest.mark.parametrize(
    ("text", "marked"),
    [
        ("a **b** c", ["b"]),
        ("**a** **b c**", ["a", "b c"]),
        ("a**b**c", ["b"]),
        ("Iran**’s** offer", ["’s"]),
        ("**(a)**b", ["(a)"]),
        ("**a\nb**", ["a\nb"]),
        ("**a **b**", ["b"]),
        ("**a** b** c", ["a"]),
        ("***a***", ["*a*"]),
        ("\\\\**a**", ["a"]),
        ("2 ** 3 ** 4", []),
        ("**kwargs", []),
        ("a **", []),
        ("** a**", []),
        ("**a **", []),
        ("****a****", []),
        ("__a__", []),
        ("\\**a**", []),
        ("*a*", []),
    ],
)
def test_marks(text: str, marked: list[str]) -> None:
    """Two stars mark by position alone: no space just inside."""
    assert marked == [text[slice(*mark)] for mark in find_marks(text)]


@pytest.mark.parametrize(
    ("text", "readings"),
    [
        ("a b", ["[a b]"]),
        ("  a b ", ["[a b]"]),
        ("a **b** c", ["a [b] c"]),
        ("**a** b **c**", ["[a] b c & a b [c]"]),
        ("a … b", ["[a … b]", "[a] … [b]"]),
        ("a\n...\nb", ["[a\n...\nb]", "[a] … [b]"]),
        ("a… b", ["[a… b]"]),
        ("a …, b", ["[a …, b]"]),
        ("… a", ["[… a]", "[a]"]),
        ("…", ["[…]"]),
        ("**…**", ["[…]"]),
        ("**…** a", ["[…] a"]),
        ("a **b … c** d", ["a [b … c] d", "a [b] … [c] d"]),
        ("a **b** … c", ["a [b] … c", "a [b] … [c]"]),
        ("a … **b** c", ["a … [b] c", "[a] … [b] c"]),
        ("**a** b **c** … d", ["[a] b c … d & a b [c] … d", "[a b c] … [d]"]),
        ("a **b … c** d **e**", ["a [b … c] d e & a b … c d [e]", "a [b] … [c] d e & c d [e]"]),
        (
            "a … b … c",
            ["[a … b … c]", "[a] … [b … c]", "[a … b] … [c]", "[a] … [b] & [b] … [c]"],
        ),
    ],
)
def test_readings(text: str, readings: list[str]) -> None:
    """The words as they are, then with their dots as gaps; marks choose, or narrow a range."""
    assert readings == read(text)


def test_a_quotation_full_of_dots() -> None:
    """Of many dots not each one is tried alone."""
    assert 2 == len(read(" … ".join("abcdefghijklm")))
