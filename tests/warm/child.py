"""The process of ``tests/warm/builder.py``: ROOT OUTPUT CACHE JOBS PHASE MOMENT."""

import os
import signal
import sys
from pathlib import Path

import generator.render.sheets
import generator.studies
from generator.pipeline import Plan, build
from generator.unchanged import build_noted

# The audit events by which Python tells that files are touched.
_TOUCHES = (
    "open",
    "os.chmod",
    "os.link",
    "os.listdir",
    "os.mkdir",
    "os.remove",
    "os.rename",
    "os.rmdir",
    "os.scandir",
    "shutil.rmtree",
)


class Death:
    """What kills this process when it touches files for the *moment*-th time in *phase*."""

    def __init__(self, phase: str, moment: int) -> None:
        self.phase, self.left, self.is_near, self.process = phase, moment, False, os.getpid()

    def note(self, phase: str, done: int = 0, total: int = 0) -> None:
        """Take notice of a phase."""
        self.is_near = self.is_near or phase == self.phase

    def hear(self, event: str, arguments: tuple) -> None:
        """Take notice of an event; those of workers are not ours."""
        if self.is_near and event in _TOUCHES and os.getpid() == self.process:
            self.left -= 1
            if self.left < 0:
                os.kill(self.process, signal.SIGKILL)


def main(root: str, output: str, cache: str, jobs: str, phase: str, moment: str) -> None:
    """Build."""
    generator.studies.WORTH_SHARING = generator.render.sheets.WORTH_SHARING = 0
    death = Death(phase, int(moment))
    sys.addaudithook(death.hear)
    plan = Plan(Path(root), Path(output), cache=Path(cache), jobs=int(jobs))
    build_noted(plan, build, death.note)


if __name__ == "__main__":
    main(*sys.argv[1:])
