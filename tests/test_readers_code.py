"""Reading code: the file as it stands, and a place for every line."""

import time

from generator.diagnostics import Diagnostic
from generator.model import Document, Element, Locator
from generator.readers.code import read_code
from generator.spans import Span, TextFile


def read(text: str, path: str = "seeds/sums/text.py") -> Document:
    return read_code(TextFile(path, text), "sums").value


def test_code_is_one_block_and_every_line_a_place() -> None:
    """Lines are counted from 1, empty ones too; a line's place ends before its line feed."""
    document = read("a = 1\n\n\tb\n")
    assert "a = 1\n\n\tb" == document.text
    assert (Element(Span(0, 9), 0, "pre", (("language", "python"),)),) == document.elements
    assert (
        Locator("L1", "line", Span(0, 5), "L1"),
        Locator("L2", "line", Span(6, 6), "L2"),
        Locator("L3", "line", Span(7, 9), "L3"),
    ) == document.locators


def test_only_one_final_line_feed_is_no_line() -> None:
    """The last line feed ends the last line; the one before it makes an empty line."""
    assert ["L1", "L2"] == [each.label for each in read("a\n\n").locators]
    assert "a\n" == read("a\n\n").text


def test_only_line_feeds_end_lines() -> None:
    """What else Unicode calls a line's end stays a character of its line."""
    text = "a\f\x0b\x1c\x85\u2028b"
    assert (text, 1) == (read(text).text, len(read(text).locators))


def test_nothing_of_the_text_is_improved() -> None:
    """Tabs, spaces at the ends of lines and lines at the start stay as they are."""
    text = "\n\n  x \t\n\ty  "
    assert text == read(text + "\n").text


def test_code_without_words_is_an_error_and_still_read() -> None:
    """A file with no letter or digit has nothing to comment on; one letter is enough."""
    empty = Diagnostic("text-empty", "the source has no words", "seeds/sums/text.py")
    for text in ("", "\n", "{ }\n\n", "__\n"):
        assert (empty,) == read_code(TextFile("seeds/sums/text.py", text), "sums").diagnostics
    assert () == read_code(TextFile("seeds/sums/text.py", "é\n"), "sums").diagnostics
    assert (Span(0, 0),) == tuple(each.span for each in read("").locators)


def test_the_digest_stands_for_text_and_language() -> None:
    """Two documents have one digest only if their texts and their languages are the same."""
    digests = [
        read("a").digest,
        read("b").digest,
        read("a", "seeds/sums/text.rb").digest,
        read("a\n\n").digest,
    ]
    assert len(set(digests)) == len(digests)
    assert read("a\n").digest == read("a").digest


def test_three_hundred_thousand_lines_are_read_at_once() -> None:
    """10 MB of code is read in seconds, on a slow machine too."""
    text = "    total = total + number  # eight\n" * 300_000
    start = time.process_time()
    document = read(text)
    assert "L300000" == document.locators[-1].label
    assert time.process_time() - start < 10
