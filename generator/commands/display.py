"""The progress display: one line at the foot of a terminal, gone when the work is done."""

from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn


class Display:
    """A phase, a bar, how many of how many, and how long it takes; nothing is left of it.

    *since* is when the work began, by ``time.monotonic``. It is drawn when it is told to be, by
    one thread at a time.
    """

    def __init__(self, since: float, *, colour: bool) -> None:
        console = Console(stderr=True, force_terminal=True, no_color=not colour)
        self._progress = Progress(
            TextColumn("{task.description}"),
            BarColumn(30),
            TextColumn("{task.fields[count]}"),
            TimeElapsedColumn(),
            console=console,
            auto_refresh=False,
            transient=True,
            redirect_stdout=False,
            redirect_stderr=False,
        )
        self._task = self._progress.add_task("", total=None, count="")
        self._progress.tasks[0].start_time = since

    def start(self) -> None:
        """Take a line of the terminal."""
        self._progress.start()

    def draw(self, phase: str, done: int, total: int) -> None:
        """Show how far the work is; without *total* the bar only tells that it goes on."""
        count = f"{done:,} of {total:,}" if total else f"{done:,}" if done else ""
        self._progress.update(
            self._task, description=phase, completed=done, total=total or None, count=count
        )
        self._progress.refresh()

    def tell(self, words: str) -> None:
        """Print a line above."""
        self._progress.console.print(words, markup=False, highlight=False, soft_wrap=True)

    def stop(self) -> None:
        """Give the line back, empty."""
        self._progress.stop()
