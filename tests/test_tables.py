"""Tables: only one that is wider than any column of text is a region that scrolls."""

import pytest

from generator.commonmark import new_parser, read_tokens
from generator.render.tables import is_wide, name_table


def read_table(*rows: str):
    """Read a table from its rows; the line below the head is added."""
    head, *body = rows
    line = "|" + "---|" * (head.count("|") - 1)
    document = read_tokens(new_parser().parse("\n".join([head, line, *body])))
    return document.text, document.elements


@pytest.mark.parametrize(
    ("columns", "word", "wide"),
    [(2, 200, False), (3, 200, True), (9, 8, False), (13, 5, True), (1, 10_000, False)],
)
def test_a_table_is_wide_by_the_longest_words_of_its_columns(columns, word, wide):
    """Words count up to forty letters, each column with its gap; 90 characters fit a column."""
    table = read_table("|" + "a |" * columns, "|" + f"{'x' * word} y |" * columns)

    assert wide == is_wide(*table)


def test_rows_do_not_add_up():
    """The length of a table has no part in its width."""
    table = read_table("| a | b |", *["| word | word |"] * 100)

    assert not is_wide(*table)


def test_a_table_is_called_by_its_first_row():
    """Cells without words are not named."""
    assert "January, May" == name_table(*read_table("| January | | May |", "| 1 | 2 | 3 |"))
