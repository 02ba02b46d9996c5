"""The progress display: late, on terminals only, and gone without a trace."""

import os
import re
import select
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.sites import Site

ROOT = Path(__file__).parents[1]
# Whoever runs the tests in the background has told them to ignore interrupts.
START = (
    "import signal, sys; signal.signal(signal.SIGINT, signal.default_int_handler);"
    "from generator.cli import main; "
)
COMMAND = START + "sys.exit(main())"
# Prints whether rich was imported, when all is over.
TELLING = START + "code = main(); print('rich' in sys.modules); sys.exit(code)"
COUNTING = """
import argparse, time
from generator.commands.progress import Progress
options = argparse.Namespace(color="auto", verbose=False, quiet=False, format="text")
with Progress(options, patience=0) as progress:
    for at in (("reading", 0, 99), ("reading", 1, 1200), ("reading", 1200, 1200), ("printing", 7)):
        progress.note(*at)
        time.sleep(0.15)
"""
THREADS = """
import argparse, threading
from generator.commands.progress import Progress
options = argparse.Namespace(color="auto", verbose=False, quiet=False, format="text")
seen = []
with Progress(options) as progress:
    for at in (("scan",), ("read", 0, 9), ("read", 1, 9), ("read", 2, 9), ("join",)):
        progress.note(*at)
        seen.append(threading.active_count())
print(*seen, threading.active_count())
"""
# Prints how many threads there are where others are started to print.
STARTING = (
    START
    + """
import threading
import generator.processes, generator.render.sheets
generator.render.sheets.WORTH_SHARING = 0
start = generator.processes.start_processes

def count_and_start(count):
    print(threading.active_count())
    return start(count)

generator.processes.start_processes = count_and_start
sys.exit(main())
"""
)
CONTROL = re.compile(r"\x1b\[(\??)([0-9;]*)([A-Za-z])")

# A module of a site whose only view takes as long as it is told.
SLOW = """
import time

def view_slowly(index):
    time.sleep({seconds})
    return iter(())

VIEWS = (view_slowly,)
"""


class Terminal:
    """A process whose standard error is a terminal, and what that terminal shows."""

    def __init__(self, *argv: str, code: str = COMMAND, **env: str) -> None:
        self.leader, follower = os.openpty()
        kept = {k: v for k, v in os.environ.items() if k not in ("NO_COLOR", "FORCE_COLOR")}
        self.process = subprocess.Popen(
            [sys.executable, "-c", code, *argv],
            stdout=subprocess.PIPE,
            stderr=follower,
            cwd=ROOT,
            env={**kept, "TERM": "xterm", **env},
            text=True,
        )
        os.close(follower)
        self._read = b""

    @property
    def written(self) -> str:
        """All that was written so far."""
        return self._read.decode("utf-8", "ignore")

    def read(self, until: str = "\0") -> None:
        """Read what is written, until *until* is among it or the process has ended."""
        end = time.monotonic() + 30
        while until not in self.written and time.monotonic() < end:
            if select.select([self.leader], [], [], 0.1)[0]:
                try:
                    self._read += os.read(self.leader, 65536)
                except OSError:  # the other end is closed
                    break

    def end(self) -> tuple[int, str]:
        """Return the exit code and what went to standard output."""
        self.read()
        out, _ = self.process.communicate(timeout=30)
        os.close(self.leader)
        return self.process.returncode, out

    @property
    def screen(self) -> list[str]:
        """The lines that the terminal shows, as far as the signs go that we use."""
        lines, row, column, at = [""], 0, 0, 0
        text = self.written
        while at < len(text):
            found = CONTROL.match(text, at)
            if found:
                at = found.end()
                number = int(found[2] or 0) if found[2].isdigit() or not found[2] else 0
                if found[3] == "A":
                    row -= number or 1
                elif found[3] == "K":
                    lines[row] = "" if number == 2 else lines[row][:column]
                continue
            if text[at] == "\r":
                column = 0
            elif text[at] == "\n":
                row += 1
                lines += [""] * (row + 1 - len(lines))
            else:
                lines[row] = lines[row][:column].ljust(column) + text[at] + lines[row][column + 1 :]
                column += 1
            at += 1
        return [line.rstrip() for line in lines]

    @property
    def has_cursor(self) -> bool:
        """Tell whether the cursor is to be seen."""
        return self.written.rfind("\x1b[?25h") >= self.written.rfind("\x1b[?25l")


@pytest.fixture
def site(tmp_path):
    """A small site; building it takes no time worth speaking of."""
    return Site(tmp_path / "root")


@pytest.fixture
def slow(site):
    """The same with a module that takes its time between the joining and the first page."""
    site.edit("site.toml", 'title = "Site"\n', 'title = "Site"\nextend.modules = ["slow"]\n')
    return site.write("slow.py", SLOW.format(seconds=1.5))


def test_a_quick_build_shows_nothing_and_imports_nothing(site):
    """Within half a second there is no display, and nobody pays for one."""
    terminal = Terminal("--root", str(site.root), "-q", code=TELLING)

    assert (0, "False\n") == terminal.end()
    assert "" == terminal.written


def test_a_slow_build_shows_its_phase_and_leaves_only_its_last_line(slow):
    """On a terminal one sees what is going on, and afterwards nothing of it."""
    terminal = Terminal("--root", str(slow.root), code=TELLING)

    assert (0, "True\n") == terminal.end()
    assert "rendering" in terminal.written
    assert re.search("0:00:(0[1-9]|[1-5])", terminal.written)
    [line, rest] = terminal.screen
    assert line.startswith("postil: built 6 pages")
    assert "" == rest
    assert terminal.has_cursor


def test_what_is_done_is_counted():
    """Where things are counted, the display says how many of how many; else only how many."""
    terminal = Terminal(code=COUNTING)
    terminal.end()

    shown = re.sub(r"\x1b[^a-zA-Z]*[a-zA-Z]", "", terminal.written)
    for words in ("reading", "1 of 1,200", "1,200 of 1,200", "printing", " 7 "):
        assert words in shown
    assert "7 of" not in shown
    assert {""} == set(terminal.screen)


def test_no_thread_is_about_where_things_are_counted():
    """While files and pages are counted the process is alone, so that it can be copied."""
    assert (0, "2 1 1 1 2 1\n") == Terminal(code=THREADS).end()


def test_an_interrupt_leaves_nothing_behind(slow):
    """After Ctrl-C the screen has one sentence, and a cursor."""
    slow.write("slow.py", SLOW.format(seconds=30))
    terminal = Terminal("--root", str(slow.root))
    terminal.read("rendering")

    terminal.process.send_signal(signal.SIGINT)

    assert 130 == terminal.end()[0]
    assert ["postil: interrupted", ""] == terminal.screen
    assert terminal.has_cursor


def test_an_error_leaves_nothing_behind(slow):
    """When the machine refuses, its answer is all that is left on the screen."""
    terminal = Terminal("--root", str(slow.root))
    terminal.read("rendering")
    for half in slow.root.glob(".site.postil-*"):
        shutil.rmtree(half)

    assert 3 == terminal.end()[0]
    [line, rest] = terminal.screen
    assert line.startswith("postil: cannot read or write")
    assert "" == rest
    assert terminal.has_cursor


@pytest.mark.parametrize(
    ("words", "env"), [([], {"TERM": "dumb"}), (["-q"], {}), (["--format", "json"], {})]
)
def test_no_display_where_it_would_disturb(slow, words, env):
    """Dumb terminals, quiet runs and programs that read along see no display."""
    terminal = Terminal("--root", str(slow.root), *words, code=TELLING, **env)

    assert terminal.end()[1].endswith("False\n")
    assert "\x1b" not in terminal.written


@pytest.mark.parametrize(("env", "coloured"), [({}, True), ({"NO_COLOR": "1"}, False)])
def test_no_color_is_honoured(slow, env, coloured):
    """With NO_COLOR the display has no colours, and is there all the same."""
    terminal = Terminal("--root", str(slow.root), **env)
    terminal.end()

    assert "rendering" in terminal.written
    assert coloured == bool(re.search(r"\x1b\[(?:38;|3[0-7]m)", terminal.written))


def test_nothing_on_a_pipe(slow):
    """Without a terminal there is the last line, however long it takes."""
    done = subprocess.run(
        [sys.executable, "-c", TELLING, "--root", str(slow.root)],
        cwd=ROOT,
        capture_output=True,
        text=True,
    )

    assert (1, "False\n") == (len(done.stderr.splitlines()), done.stdout)


def test_verbose_lines_stand_above_the_display(slow):
    """On a terminal with `-v` the phases that have ended stay to be read."""
    terminal = Terminal("--root", str(slow.root), "-v")
    terminal.end()

    words = [line.split()[1] for line in terminal.screen if line]
    assert ["reading:", "joining:", "rendering:", "indexing:", "writing:", "built"] == words


def test_verbose_lines_come_when_a_phase_ends(slow):
    """On a pipe `-v` tells each phase while the rest is still to be done."""
    slow.write("slow.py", SLOW.format(seconds=30))
    with subprocess.Popen(
        [sys.executable, "-c", COMMAND, "--root", str(slow.root), "-v"],
        cwd=ROOT,
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stderr
        first = [process.stderr.readline() for _ in range(2)]
        process.send_signal(signal.SIGINT)
        rest = process.stderr.read()

    assert ["reading:", "joining:"] == [line.split()[1] for line in first]
    assert "postil: interrupted\n" == rest


def test_no_thread_is_about_where_others_are_started(tmp_path):
    """A process that is alone can be copied: so whoever prints is ready at once."""
    site = Site(tmp_path / "root")
    terminal = Terminal("--root", str(site.root), "--jobs", "2", code=STARTING)
    code, said = terminal.end()
    assert (0, "1") == (code, said.partition("\n")[0])
