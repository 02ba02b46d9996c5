"""Steps on files, whatever stands in them: moved, swapped, touched, committed, taken back."""

import os
import shutil
import subprocess
import time

from hypothesis import strategies as st

from tests.warm.workshop import NUMBERS, SOURCES, Workshop, step


class Files(Workshop):
    """What somebody does with the tools of the system, and with git."""

    @step(number=NUMBERS)
    def delete(self, number: int) -> None:
        """Delete a file."""
        if path := self.pick(number):
            path.unlink()

    @step(number=NUMBERS, name=st.sampled_from(["new.md", "sub/new.md", "text.txt"]))
    def rename(self, number: int, name: str) -> None:
        """Give a file another name."""
        if path := self.pick(number):
            target = path.parent / name
            target.parent.mkdir(parents=True, exist_ok=True)
            if not target.is_dir():
                path.rename(target)

    @step(one=st.sampled_from(SOURCES), other=st.sampled_from(SOURCES))
    def move_a_source(self, one: str, other: str) -> None:
        """Give the folder of a source another name."""
        here, there = self.root / "seeds" / one, self.root / "seeds" / other
        if here.is_dir() and not there.exists():
            here.rename(there)

    @step(one=NUMBERS, other=NUMBERS)
    def swap(self, one: int, other: int) -> None:
        """Let two files have each other's name."""
        here, there = self.pick(one), self.pick(other)
        if here and there and here != there:
            between = self.folder / "between"
            here.rename(between)
            there.rename(here)
            between.rename(there)

    @step(number=NUMBERS, when=st.sampled_from([0, -(10**6), 10**6]))
    def touch(self, number: int, when: int) -> None:
        """Let a file seem changed, now, in the past or in the future."""
        if path := self.pick(number):
            os.utime(path, (time.time() + when, time.time() + when))

    @step(number=NUMBERS)
    def change_and_keep_size_and_time(self, number: int) -> None:
        """Let a file seem unchanged."""
        path = self.pick(number)
        content = path.read_bytes() if path else b""
        if path and content:
            found = path.stat()
            at = content.rfind(b"e")
            path.write_bytes(content[:at] + b"o" + content[at + 1 :] if at >= 0 else content)
            os.utime(path, ns=(found.st_atime_ns, found.st_mtime_ns))

    @step(number=NUMBERS, back=st.booleans())
    def turn_a_folder_into_a_file(self, number: int, back: bool) -> None:
        """Turn a folder into a file, or a file into a folder."""
        if path := self.pick(number):
            if len(path.relative_to(self.root).parts) > 2 and not back:
                shutil.rmtree(path.parent)
                path.parent.write_text("a file")
            else:
                path.unlink()
                path.mkdir()

    @step()
    def commit(self) -> None:
        """Commit all that is there, or nothing."""
        if not (self.root / ".git").exists():
            self._git("init", "-q")
        self._git("add", "-A")
        self._git("commit", "-q", "--allow-empty", "-m", "x")

    @step(files=st.booleans())
    def move_head_backwards(self, files: bool) -> None:
        """Go back to the commit before the last, with the files or without them."""
        if (self.root / ".git").exists() and self._git("log", "--format=%h").count(b"\n") > 1:
            self._git("reset", "-q", "--hard" if files else "--soft", "HEAD~1")

    def _git(self, *arguments: str) -> bytes:
        git = ["git", "-C", str(self.root), "-c", "user.name=n", "-c", "user.email=e@e.org"]
        return subprocess.run([*git, *arguments], check=True, stdout=subprocess.PIPE).stdout
