"""Steps on builds: with many hands, ended in their middle, or of inputs that change under them."""

import contextlib
import signal

from hypothesis import strategies as st

from generator.pipeline import build
from generator.unchanged import build_noted
from tests.warm.builder import start_build
from tests.warm.workshop import NUMBERS, WORDS, Workshop, step

PHASES = st.sampled_from(["reading", "joining", "rendering", "indexing", "writing"])


class Killed(Exception):
    """A build was ended in its middle."""


class Building(Workshop):
    """What happens to a build."""

    @step(phase=PHASES)
    def break_a_build_off(self, phase: str) -> None:
        """End a build by an exception, at the beginning of a phase."""

        def note(words: str, *_: int) -> None:
            if words == phase:
                raise Killed

        with contextlib.suppress(Killed):
            build_noted(self.plan(), build, note)

    @step(phase=PHASES, moment=NUMBERS)
    def kill_a_build(self, phase: str, moment: int) -> None:
        """Kill the process of a build, somewhere in a phase: it can tidy nothing away."""
        done = start_build(self.plan(), phase=phase, moment=moment).wait()
        assert done in (0, -signal.SIGKILL)

    @step(number=NUMBERS, word=WORDS)
    def change_a_file_while_it_is_read(self, number: int, word: str) -> None:
        """Let a file change between the time that it is read and the end of the build."""

        def note(words: str, *_: int) -> None:
            path = self.pick(number)
            if words == "joining" and path:
                path.write_bytes(path.read_bytes() + f"\n\n{word}\n".encode())

        build_noted(self.plan(), build, note)

    @step(jobs=st.sampled_from([1, 2, 3]))
    def hire(self, jobs: int) -> None:
        """Let so many processes work from now on."""
        self.jobs = jobs
