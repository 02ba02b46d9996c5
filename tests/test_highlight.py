"""Colouring code: the right stretches, and a lexer that never ends is really stopped."""

import multiprocessing
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from multiprocessing.queues import SimpleQueue
from pathlib import Path
from types import FrameType
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.codec import encode
from generator.languages import COLOURED
from generator.render.highlight import (
    LARGEST_BLOCK,
    LONGEST_LINE,
    Coloured,
    Highlighter,
    Notebook,
)
from generator.spans import Span
from generator.store import Store
from tests.chance import examples

ROOT = Path(__file__).resolve().parents[1]
# Scala's lexer tries every way to read these backslashes as escapes: years of them.
ENDLESS = '"' + "\\" * 40


@pytest.fixture(scope="module")
def highlighter() -> Iterator[Highlighter]:
    with Highlighter() as each:
        yield each


def words(code: str, coloured: Coloured) -> list[tuple[str, str]]:
    return [(code[span.start : span.end], name) for span, name in coloured.spans]


def test_stretches_have_pygments_classes(highlighter: Highlighter) -> None:
    """Words that are special have their class; spaces, plain names and brackets have none."""
    code = "def f(a):\n    return 'é𝄞' + 1  # done\n"
    assert [
        ("def", "k"),
        ("f", "nf"),
        ("return", "k"),
        ("'é𝄞'", "s1"),
        ("+", "o"),
        ("1", "mi"),
        ("# done", "c1"),
    ] == words(code, highlighter.highlight(code, "python"))


def test_equal_stretches_that_touch_are_one(highlighter: Highlighter) -> None:
    """A string is one stretch, though its lexer gives its quotes and its words one by one."""
    code = 'x = "a"'
    assert [("=", "o"), ('"a"', "s2")] == words(code, highlighter.highlight(code, "python"))


def test_a_language_may_be_named_in_many_ways(highlighter: Highlighter) -> None:
    """What a fence calls its language is found by alias, by suffix, in any case."""
    expected = highlighter.highlight("let x = 1;", "rust")
    assert expected.spans
    assert [expected] * 2 == [highlighter.highlight("let x = 1;", name) for name in ("rs", "Rust")]


def test_php_needs_no_opening_tag(highlighter: Highlighter) -> None:
    """PHP is coloured with its opening tag and without."""
    for code in ("echo 1;", "<p><?php echo 1; ?></p>"):
        assert ("echo", "k") in words(code, highlighter.highlight(code, "php"))


def test_lines_at_the_edges_are_kept(highlighter: Highlighter) -> None:
    """Empty lines before and after move nothing: spans count the code as it stands."""
    code = "\n\n  \nif x:\n    pass\n\n\n"
    assert [("if", "k"), ("pass", "k")] == words(code, highlighter.highlight(code, "python"))


def test_a_last_line_without_an_end_is_a_line(highlighter: Highlighter) -> None:
    """Lexers that know whole lines only are given one, and no span leaves the code."""
    assert ((Span(0, 2), "gi"),) == highlighter.highlight("+a", "diff").spans


def test_what_is_not_on_the_list_is_plain(highlighter: Highlighter) -> None:
    """A language that is unknown, unnamed or not vetted is plain, without a warning."""
    assert [Coloured()] * 3 == [
        highlighter.highlight("if x then y", name) for name in ("", "nonsense", "tads3")
    ]


@pytest.mark.parametrize(
    ("largest", "larger"),
    [
        ("# a\n" * (LARGEST_BLOCK // 4), "# a\n" * (LARGEST_BLOCK // 4) + "\n"),
        ("# é\n" * (LARGEST_BLOCK // 5), "# é\n" * (LARGEST_BLOCK // 5 + 1)),
        ("#" * LONGEST_LINE + "\n\n", "\n" + "#" * (LONGEST_LINE + 1)),
    ],
    ids=["characters", "bytes", "line"],
)
def test_large_blocks_are_plain_by_rule(
    highlighter: Highlighter, largest: str, larger: str
) -> None:
    """Up to 64 KB and 2,000 characters a line are coloured; one more is plain, and no fault."""
    assert highlighter.highlight(largest, "python").spans
    assert Coloured() == highlighter.highlight(larger, "python")


def test_an_endless_lexer_is_stopped(capfd: pytest.CaptureFixture[str]) -> None:
    """A block that takes longer than the deadline is plain and says so, in its value and not on
    the screen; the next is coloured."""
    with Highlighter(deadline=0.5) as highlighter:
        start = time.monotonic()
        assert Coloured(stopped=True) == highlighter.highlight(ENDLESS, "scala")
        assert 0.5 <= time.monotonic() - start < 8
        assert highlighter.highlight('val x = "a"', "scala").spans
    assert ("", "") == capfd.readouterr()


def test_a_stopped_block_costs_its_time_once() -> None:
    """The same block on another page is not tried again by the same highlighter."""
    with Highlighter(deadline=1) as highlighter:
        highlighter.highlight(ENDLESS, "scala")
        for number in range(50):
            highlighter.highlight(f"x = {number}", "python")
        start = time.monotonic()
        assert highlighter.highlight(ENDLESS, "scala").stopped
        assert time.monotonic() - start < 1


def test_a_build_that_is_interrupted_gets_no_late_replies() -> None:
    """After an interruption the next block gets its own colours, not those of the one before."""

    def interrupt(number: int, frame: FrameType | None) -> None:
        raise KeyboardInterrupt

    before = signal.signal(signal.SIGALRM, interrupt)
    try:
        with Highlighter(deadline=20) as highlighter:
            highlighter.highlight("x = 1", "python")
            signal.setitimer(signal.ITIMER_REAL, 0.3)
            with pytest.raises(KeyboardInterrupt):
                highlighter.highlight(ENDLESS, "scala")
            assert [("2", "mi")] == words("2", highlighter.highlight("2", "python"))
    finally:
        signal.signal(signal.SIGALRM, before)


def test_what_was_coloured_once_is_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    """Another build has the same colours without a process, of the same code in the same language,
    and takes nothing else that lies under the key."""
    store = Store(None, "")
    with Highlighter(kept=store) as first:
        made = first.highlight("if x: 1", "python")
        assert made.spans
        other = first.highlight("if x: 1", "ruby")
    monkeypatch.setattr(Highlighter, "_exchange", None)
    with Highlighter(kept=store) as second:
        assert made == second.highlight("if x: 1", "py")
        assert other == second.highlight("if x: 1", "ruby") != made
    monkeypatch.undo()

    for key in list(store._fresh):
        store.put(key, encode(("x", 1)))
    with Highlighter(kept=store) as third:
        assert made == third.highlight("if x: 1", "python")


def test_what_was_stopped_is_not_kept() -> None:
    """A block that is plain because it took too long is tried again by another build."""
    notebook = Notebook()
    with Highlighter(deadline=0.5, kept=notebook) as highlighter:
        assert highlighter.highlight(ENDLESS, "scala").stopped
        assert () == notebook.tell()
        assert highlighter.highlight("1", "python").spans
        assert 1 == len(notebook.tell())
        assert () == notebook.tell()


def test_threads_share_one_highlighter(highlighter: Highlighter) -> None:
    """Every thread gets the colours of its own block."""
    blocks = [f"{'x' * (number % 7)} = {number}" for number in range(200)]
    expected = [highlighter.highlight(block, "python") for block in blocks]
    with Highlighter() as shared, ThreadPoolExecutor(8) as pool:
        assert expected == list(pool.map(lambda block: shared.highlight(block, "python"), blocks))


def _colour_and_stop(answers: "SimpleQueue[tuple[Coloured, Coloured]]") -> None:
    with Highlighter(deadline=0.5) as highlighter:
        stopped = highlighter.highlight(ENDLESS, "scala")
        answers.put((highlighter.highlight("x = 1", "python"), stopped))


@pytest.mark.parametrize("method", multiprocessing.get_all_start_methods())
def test_daemonic_workers_colour_too(method: str, highlighter: Highlighter) -> None:
    """A daemonic worker, which may have no children of its own kind, colours and stops."""
    context: Any = multiprocessing.get_context(method)
    answers = context.SimpleQueue()
    worker = context.Process(target=_colour_and_stop, args=(answers,), daemon=True)
    worker.start()
    assert (highlighter.highlight("x = 1", "python"), Coloured(stopped=True)) == answers.get()
    worker.join()
    assert 0 == worker.exitcode


def test_a_forked_copy_leaves_the_original_alone() -> None:
    """A highlighter that is in use when its process forks works on both sides, to the end."""
    context = multiprocessing.get_context("fork")
    answers = context.SimpleQueue()
    slow = " \n" * 4_500 + "y"
    with Highlighter() as highlighter:
        highlighter.highlight("x = 1", "python")

        def colour_in_copy() -> None:
            time.sleep(0.2)  # by now the original waits for its slow block
            with highlighter:
                answers.put([highlighter.highlight(f"{n} + x", "python") for n in range(100)])

        worker = context.Process(target=colour_in_copy)
        worker.start()
        assert Coloured() == highlighter.highlight(slow, "python")
        expected = [highlighter.highlight(f"{n} + x", "python") for n in range(100)]
        assert expected == answers.get()
        worker.join()
        assert 0 == worker.exitcode
        assert highlighter.highlight("y = 1", "python").spans


def test_both_sides_of_a_fork_may_colour_at_once() -> None:
    """Neither side of a fork ever gets a reply that was meant for the other."""
    context = multiprocessing.get_context("fork")
    answers = context.SimpleQueue()
    with Highlighter() as highlighter:
        highlighter.highlight("x = 1", "python")

        def colour(sign: str) -> list[Coloured]:
            return [highlighter.highlight(sign * n + " 1", "python") for n in range(1, 500)]

        worker = context.Process(target=lambda: answers.put(colour("y")))
        worker.start()
        here, there = colour("z"), answers.get()
        worker.join()
    assert [(here, there)] == [
        ([Coloured(((Span(n + 1, n + 2), "mi"),)) for n in range(1, 500)],) * 2
    ]


def test_nothing_of_the_environment_is_run(tmp_path: Path) -> None:
    """What lies in the working folder or on an environment's path is not imported where the
    build itself does not import it, with ``-O`` as without; the folder need not be writable."""
    for name in ("json", "pygments", "generator", "sitecustomize", "usercustomize"):
        (tmp_path / f"{name}.py").write_text("raise SystemExit('this must not run')\n", "utf-8")
    tmp_path.chmod(0o555)
    code = (
        f"import sys; sys.path.insert(0, {str(ROOT)!r})\n"
        "from generator.render.highlight import Highlighter\n"
        "with Highlighter() as highlighter: print(highlighter.highlight('1', 'python').spans)\n"
    )
    environment = {**os.environ, "PYTHONPATH": str(tmp_path)}
    shown = [
        subprocess.run(
            [sys.executable, "-I", *flags, "-c", code],
            cwd=tmp_path,
            env=environment,
            capture_output=True,
        )
        for flags in ([], ["-O"])
    ]
    expected = (0, b"((Span(start=0, end=1), 'mi'),)\n", b"")
    assert [expected] * 2 == [(each.returncode, each.stdout, each.stderr) for each in shown]


def test_code_inside_of_code_picks_no_lexer() -> None:
    """A language that is coloured does not lead to the lexer of one that is not so safe."""
    fence = f"# A title\n\n```scala\n{ENDLESS}\n```\n"
    with Highlighter(deadline=3) as highlighter:
        assert ("# A title", "gh") == words(fence, highlighter.highlight(fence, "markdown"))[0]


@settings(max_examples=examples(200))
@given(
    code=st.text(st.sampled_from("\n\t \r\f\ufeffaé𝄞\"'`\\/#*{}()<>-+=:;,.01$@&|!?[]%^~_\x00")),
    language=st.sampled_from(sorted(COLOURED - {"scala"})),
)
def test_spans_are_in_order_and_inside(code: str, language: str, highlighter: Highlighter) -> None:
    """Whatever the code: spans are not empty and do not overlap."""
    end = 0
    for span, name in highlighter.highlight(code, language).spans:
        assert end <= span.start < span.end <= len(code)
        assert name.isalnum()
        end = span.end


@pytest.fixture(scope="module")
def impatient() -> Iterator[Highlighter]:
    with Highlighter(deadline=3) as each:
        yield each


@pytest.mark.parametrize("language", sorted(COLOURED - {"scala"}))
def test_no_other_lexer_hangs_on_what_never_ends(language: str, impatient: Highlighter) -> None:
    """A language is on the list only if openings that are never closed cost it no time."""
    openings = ["", '"', "'", "`", '"""', "/*", "(*", "{-", "<!--", "<a b=", "//", "r'", "s/", "$"]
    bodies = ["\\" * 60, "\\\\a" * 20, '\\"' * 30, "\\'" * 30, "a " * 30, "\\\n" * 30]
    blocks = [opening + body for opening in openings for body in bodies]
    assert [] == [code for code in blocks if impatient.highlight(code, language).stopped]
