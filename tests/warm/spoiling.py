"""Steps on what builds left behind: a site edited by hand, caches damaged, old or of others."""

import os
import secrets
import shutil

from hypothesis import strategies as st

from generator.pipeline import Plan, build
from generator.unchanged import build_noted
from tests.sites import BASE, Site
from tests.warm.builder import older_program, start_build
from tests.warm.workshop import NUMBERS, Workshop, step


class Spoiling(Workshop):
    """What somebody, or a disk, does to the site and the cache."""

    @step(number=NUMBERS, how=st.sampled_from(["edit", "delete", "mode", "all", "extra"]))
    def spoil_the_site(self, number: int, how: str) -> None:
        """Change what stands in the output folder, or delete it."""
        pages = sorted(self.output.rglob("*.html")) if self.output.is_dir() else []
        if how == "all":
            shutil.rmtree(self.output, ignore_errors=True)
        elif pages and how == "extra":
            (self.output / "mine.txt").write_text("mine")
        elif pages:
            page = pages[number % len(pages)]
            if how == "delete":
                page.unlink()
            elif how == "mode":
                page.chmod(0o600)
            else:
                found = page.stat()
                page.write_bytes(page.read_bytes()[::-1])
                os.utime(page, ns=(found.st_atime_ns, found.st_mtime_ns))

    @step(number=NUMBERS, at=st.integers(0, 10**6), how=st.sampled_from(["flip", "cut", "gone"]))
    def spoil_the_cache(self, number: int, at: int, how: str) -> None:
        """Damage a file of the cache."""
        kept = [path for path in sorted((self.root / ".postil").rglob("*")) if path.is_file()]
        if kept:
            path = kept[number % len(kept)]
            content = bytearray(path.read_bytes())
            if how == "gone" or not content:
                path.unlink()
            elif how == "cut":
                path.write_bytes(content[: at % len(content)])
            else:
                content[at % len(content)] ^= 0x55
                path.write_bytes(content)

    @step()
    def let_an_older_version_build(self) -> None:
        """Build with another program, that reads and prints otherwise, into the same cache."""
        assert 0 == start_build(self.plan(), older_program()).wait()

    @step(back=st.booleans())
    def restore_the_cache_of_earlier(self, back: bool) -> None:
        """Make a copy of the cache, or put the copy back in its place."""
        now, copy = self.cache, self.folder / "earlier"
        here, there = (copy, now) if back else (now, copy)
        if here.is_dir():
            shutil.rmtree(there, ignore_errors=True)
            shutil.copytree(here, there)

    @step(signed=st.booleans())
    def bring_a_foreign_cache(self, signed: bool) -> None:
        """Put the cache of another site in the place of ours, *signed* by this user or not."""
        files = {path: text.replace("decided", "settled") for path, text in BASE.items()}
        other = Site(self.folder / "other", files)
        plan = Plan(other.root, self.folder / "other-site", cache=other.root / ".postil/store")
        build_noted(plan, build, lambda *_: None)
        shutil.rmtree(self.cache, ignore_errors=True)
        shutil.copytree(other.root / ".postil/store", self.cache)
        if not signed:
            (self.folder / "home/postil/key").write_bytes(secrets.token_bytes(32))
