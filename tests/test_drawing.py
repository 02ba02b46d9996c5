"""Drawing: the words that are wrong, underlined; nothing that could steer a terminal."""

import json

from generator.diagnostics import Diagnostic
from generator.drawing import draw_github, draw_json, draw_text, sort_key
from generator.spans import Span, TextFile

FILE = TextFile(
    "content/annotations/letter.md", "---\nsource: letter\n---\n\n> the railway shall\n"
)
SPAN = Span(FILE.text.index("the railway"), FILE.text.index("shall") + 5)
PROBLEM = Diagnostic(
    "quote-not-found", "the source has no such passage", FILE.path, SPAN, 'did you mean "x" (p4)?'
)


def test_the_caret_is_under_the_words():
    """A drawn problem names file, line and column and underlines its span."""
    expected = """\
content/annotations/letter.md:5:3: error[quote-not-found]: the source has no such passage
  |
5 | > the railway shall
  |   ^^^^^^^^^^^^^^^^^
  = help: did you mean "x" (p4)?"""

    assert expected == draw_text(PROBLEM, FILE)


def test_wide_letters_and_tabs_keep_the_caret_in_place():
    """Columns count code points, the drawing terminal cells."""
    file = TextFile("a.md", "\t漢字 word")
    drawn = draw_text(Diagnostic("link-dead", "x", "a.md", Span(4, 8)), file)

    assert "a.md:1:5: error[link-dead]: x\n  |\n1 | \t漢字 word\n  | \t     ^^^^" == drawn


def test_control_characters_are_spelled_out():
    """Neither a path nor a line of a file can send an escape sequence to the terminal."""
    file = TextFile("a\x1b]0;x\x07.md", "x \x1b[31m \u202e y")
    problem = Diagnostic("link-dead", "\x1b[2J", file.path, Span(0, 1), "\x07")

    drawn = draw_text(problem, file)

    assert not set("\x1b\x07\u202e") & set(drawn)
    assert "\\u001b[31m \\u202e y" in drawn


def test_a_long_line_is_cut_around_the_words():
    """A line that holds a whole article shows the words and their surroundings."""
    file = TextFile("a.md", "x " * 5000 + "HERE" + " y" * 5000)
    drawn = draw_text(Diagnostic("link-dead", "m", "a.md", Span(10000, 10004)), file)
    line, carets = drawn.splitlines()[2:4]

    assert "a.md:1:10001" == drawn.split(": ")[0]
    assert line.index("HERE") == carets.index("^^^^")
    assert len(line) < 200


def test_a_problem_of_a_whole_file_has_no_drawing():
    """Without a place there is the path, the message and the help."""
    drawn = draw_text(
        Diagnostic("file-unreadable", "permission denied", "a.md", None, "mend"), None
    )

    assert "a.md: error[file-unreadable]: permission denied\n = help: mend" == drawn


def test_json_has_one_based_places_and_an_exclusive_end():
    """The fields are those of the contract, on one line."""
    drawn = draw_json(PROBLEM, FILE)

    assert "\n" not in drawn
    assert {
        "path": "content/annotations/letter.md",
        "line": 5,
        "column": 3,
        "end_line": 5,
        "end_column": 20,
        "severity": "error",
        "code": "quote-not-found",
        "message": "the source has no such passage",
        "help": 'did you mean "x" (p4)?',
    } == json.loads(drawn)


def test_github_commands_cannot_be_broken_out_of():
    """A message with line ends or a path with commas stays one command."""
    problem = Diagnostic("link-dead", "a\n::error::b % c", "x,y:z.md", Span(0, 1))

    drawn = draw_github(problem, TextFile("x,y:z.md", "abc"))

    assert 1 == len(drawn.splitlines())
    assert drawn.startswith("::error file=x%2Cy%3Az.md,line=1,col=1,endLine=1,endColumn=2,")
    assert drawn.endswith("::a\\u000a::error::b %25 c")


def test_problems_are_sorted_by_path_and_place():
    """The order does not depend on the order in which problems were met."""
    problems = [
        Diagnostic("link-dead", "m", "b.md", Span(1, 2)),
        Diagnostic("link-dead", "m", "a.md", Span(9, 10)),
        Diagnostic("link-dead", "m", "a.md", Span(3, 4)),
        Diagnostic("file-unreadable", "m", "a.md"),
    ]

    assert [problems[3], problems[2], problems[1], problems[0]] == sorted(problems, key=sort_key)


def test_the_order_of_problems_leaves_nothing_to_chance():
    """Two problems that differ in anything have one order; a file's own come before its lines'."""
    whole = Diagnostic("link-dead", "b", "a.md")
    first = Diagnostic("link-dead", "a", "a.md", Span(0, 1), "help a")
    second = Diagnostic("link-dead", "a", "a.md", Span(0, 1), "help b")

    assert [whole, first, second] == sorted([second, first, whole], key=sort_key)
    assert sort_key(first) != sort_key(second)
