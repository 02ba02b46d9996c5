"""The core schema of YAML 1.2: which plain words are no words."""

import math

import pytest

from generator.core_schema import resolve


@pytest.mark.parametrize(
    ("text", "value"),
    [
        *((text, None) for text in ("", "~", "null", "Null", "NULL")),
        *((text, True) for text in ("true", "True", "TRUE")),
        *((text, False) for text in ("false", "False", "FALSE")),
        *(
            ("0", 0),
            ("2016", 2016),
            ("-12", -12),
            ("+12", 12),
            ("007", 7),
            ("9" * 1000, 10**1000 - 1),
        ),
        *(("0o7", 7), ("0o17", 15), ("0x1F", 31), ("0xa", 10)),
        *(("1.5", 1.5), ("+.5", 0.5), ("5.", 5.0), ("1e3", 1000.0), ("-1.5E-3", -0.0015)),
        *((text, math.inf) for text in (".inf", ".Inf", ".INF", "+.inf")),
        *((text, -math.inf) for text in ("-.inf", "-.Inf", "-.INF")),
    ],
)
def test_what_is_no_word(text: str, value: object) -> None:
    """Null, flags and numbers are those spellings of the core schema, and of their types."""
    assert (value, type(value)) == (resolve(text), type(resolve(text)))


@pytest.mark.parametrize(
    "text",
    [
        *"no yes on off n y tRue nULL none 12:30 2016-03-20 2016-03 1_000 0b11 1.2.3 1e 1a".split(),
        *"0o8 0o18 0o 0x 0x1g -0x1 0X1 + - . .. ..5 .iNf .infx inf nan .nAn +.nan १२ <<".split(),
        "1 2",
        "9" * 1001,
    ],
)
def test_what_is_a_word(text: str) -> None:
    """Everything else is the words that it is."""
    assert text == resolve(text)


def test_what_is_no_number() -> None:
    """The words for what is no number give one that is not equal to itself."""
    for text in (".nan", ".NaN", ".NAN"):
        value = resolve(text)
        assert isinstance(value, float)
        assert math.isnan(value)
