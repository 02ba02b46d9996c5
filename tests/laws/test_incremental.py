"""The law of builds: after any sequence of edits a warm build equals one from nothing.

Byte for byte, problems included, with any number of workers, on a disk and in the memory of a
server. ``POSTIL_LAW_SECONDS`` says how long
to try (20 by default, so that everybody's tests stay short; ``.ci/run`` gives it minutes), and
``POSTIL_LAW_SEQUENCES`` asks for that many sequences of 30 steps whatever they take.
"""

import contextlib
import os
import shutil
import subprocess
import tempfile
import time
from pathlib import Path

from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    rule,
    run_state_machine_as_test,
)

import generator.render.sheets
import generator.studies
from generator.digests import digest_bytes
from generator.maker import digest_program
from generator.output import MemoryTree
from generator.pipeline import Plan, build
from generator.plans import Report
from generator.store import Store
from generator.unchanged import build_noted, recall
from tests.sites import BASE

SECONDS = float(os.environ.get("POSTIL_LAW_SECONDS", "20"))
SEQUENCES = int(os.environ.get("POSTIL_LAW_SEQUENCES", "0"))
STEPS = 30

SOURCES, NOTES = ("letter", "reply", "tide"), ("letter", "more/reply", "all")
ACTORS, ISSUES = ("council", "clerk"), ("fee", "quay")
WORDS = st.sampled_from(["alpha", "beta", "gamma", "The council", "too soon", "**x**", "[[fee]]"])
LINKS = st.sampled_from(
    [
        "[[letter#p1]]",
        "[[timing]]",
        "[[gone]]",
        "[[answers:timing]]",
        "![[letter#p2]]",
        "[[council]]",
        "[page](../pages/about.md)",
        "[[#p1]]",
        "plain",
    ]
)
TABLE = "| who | issue | stance |\n|---|---|---|\n| council | fee | {} |\n"
STANCES = st.sampled_from(["for", "against", "leans for", "fro", "unclear"])


class Killed(Exception):
    """A build was ended in its middle."""


class Warm(RuleBasedStateMachine):
    """A site that somebody works on; after every step it is built warm and from nothing."""

    steps = 0

    @initialize()
    def begin(self) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="law-"))
        self.old_home = os.environ.get("XDG_CACHE_HOME")
        os.environ["XDG_CACHE_HOME"] = str(self.folder / "home")
        self.root, self.output = self.folder / "root", self.folder / "site"
        for path, text in BASE.items():
            self.write(path, text)
        self.write("site.toml", BASE["site.toml"] + '\n[annotators.pilot]\nname = "P"\n')
        self.facts("letter", "", "full")
        self.jobs = 1
        # What `serve` has: a tree in memory and a store that stays open.
        self.tree, self.store = MemoryTree(), Store(self.root / ".postil/store", digest_program())

    def teardown(self) -> None:
        if hasattr(self, "folder"):
            self.store.close()
            shutil.rmtree(self.folder, ignore_errors=True)
            if self.old_home is None:
                os.environ.pop("XDG_CACHE_HOME", None)
            else:
                os.environ["XDG_CACHE_HOME"] = self.old_home

    # What is done to the files.

    def write(self, path: str, text: str | bytes) -> None:
        file = self.root / path
        for parent in reversed(file.relative_to(self.root).parents[:-1]):
            if (self.root / parent).is_file():
                (self.root / parent).unlink()
        file.parent.mkdir(parents=True, exist_ok=True)
        if file.is_dir():
            shutil.rmtree(file)
        file.write_bytes(text.encode() if isinstance(text, str) else text)

    def facts(self, id: str, more: str, rights: str) -> None:
        text = f'title = "The {id}"\nrights = "{rights}"\nspeaker = "clerk"\n{more}'
        self.write(f"seeds/{id}/source.toml", text)

    def files(self) -> list[Path]:
        found = (
            path for top in ("content", "seeds", "themes") for path in (self.root / top).rglob("*")
        )
        return sorted(path for path in found if path.is_file())

    def pick(self, number: int) -> Path | None:
        files = self.files()
        return files[number % len(files)] if files else None

    # The rules: edits of every kind.

    @rule(id=st.sampled_from(SOURCES), words=st.lists(WORDS, min_size=1, max_size=4))
    def write_source(self, id: str, words: list[str]) -> None:
        self.facts(id, "", "full")
        self.write(
            f"seeds/{id}/text.md",
            "# Head\n\nThe council finds it too soon.\n\n" + "\n\n".join(words),
        )

    @rule(
        id=st.sampled_from(SOURCES),
        more=st.sampled_from(['date = "1868"\n', 'language = "fr"\n', "x = 1\n", "="]),
    )
    def write_facts(self, id: str, more: str) -> None:
        self.facts(id, more, "full")

    @rule(
        id=st.sampled_from(SOURCES),
        rights=st.sampled_from(["quote", "excerpt", "link"]),
        more=st.sampled_from(["", "max_words = 1\n", 'url = "https://e.org/"\n']),
    )
    def restrict(self, id: str, rights: str, more: str) -> None:
        self.facts(id, more, rights)

    @rule(id=st.sampled_from(SOURCES))
    def lose_the_text(self, id: str) -> None:
        for path in (self.root / "seeds" / id).glob("text.*"):
            if path.is_file():
                path.unlink()

    @rule(
        name=st.sampled_from(NOTES),
        source=st.sampled_from(SOURCES),
        gist=WORDS,
        quote=WORDS,
        link=LINKS,
        id=st.sampled_from(["timing", "other", "third"]),
        stance=st.none() | STANCES,
        by=st.sampled_from(["editor", "pilot", "nobody"]),
        draft=st.booleans(),
    )
    def write_notes(self, name, source, gist, quote, link, id, stance, by, draft) -> None:
        table = TABLE.format(stance) if stance else ""
        head = f"---\nsource: {source}\nby: {by}\ntags: [{gist[:5]}]\n---\n"
        note = (
            f"\n## {gist} {{#{id} draft={str(draft).lower()}}}\n\n> {quote}\n\n{link}\n\n{table}\n"
        )
        self.write(f"content/annotations/{name}.md", head + note)

    @rule(id=st.sampled_from(ACTORS), name=WORDS, link=LINKS)
    def write_actor(self, id, name, link) -> None:
        self.write(
            f"content/actors/{id}.md",
            f"---\nname: {name.strip('*[]')}\nkind: group\n---\n\n{link}\n",
        )

    @rule(id=st.sampled_from(ISSUES), word=WORDS, ruling=st.none() | STANCES)
    def write_issue(self, id, word, ruling) -> None:
        text = f"---\nproposition: It is {word.strip('*[]')}.\ngroup: g\n---\n"
        if ruling:
            text += f"\n| who | reading | because |\n|--|--|--|\n| council | {ruling} | timing |\n"
        self.write(f"content/issues/{id}.md", text)

    @rule(name=st.sampled_from(["about", "index"]), word=WORDS, link=LINKS)
    def write_page(self, name, word, link) -> None:
        self.write(
            f"content/pages/{name}.md", f"---\ntitle: T {word.strip('*[]')}\n---\n\n{link}\n"
        )

    @rule(
        title=WORDS,
        pages=st.booleans(),
        search=st.booleans(),
        language=st.sampled_from(["en", "fr"]),
        base=st.booleans(),
    )
    def write_settings(self, title, pages, search, language, base) -> None:
        text = BASE["site.toml"].replace('"Site"', f'"{title}"\nnote_pages = {str(pages).lower()}')
        text = text.replace("search = false", f"search = {str(search).lower()}")
        url = 'base_url = "https://e.org/s/"\n' if base else ""
        text = f'language = "{language}"\n{url}{text}\n[annotators.pilot]\nname = "P"\n'
        self.write("site.toml", text)

    @rule(word=WORDS, static=st.booleans())
    def write_theme(self, word, static) -> None:
        self.write("themes/default/theme.toml", 'inherit = "default"\n')
        if static:
            self.write("themes/default/static/more.css", f"/* {word} */")
        else:
            block = "{% block footer %}" + word + "{% endblock %}"
            self.write(
                "themes/default/page.html", "{% extends 'bundled-default/page.html' %}" + block
            )

    @rule(number=st.integers(0, 99))
    def delete(self, number: int) -> None:
        if path := self.pick(number):
            path.unlink()

    @rule(number=st.integers(0, 99), name=st.sampled_from(["new.md", "sub/new.md", "text.txt"]))
    def rename(self, number: int, name: str) -> None:
        if path := self.pick(number):
            target = path.parent / name
            target.parent.mkdir(parents=True, exist_ok=True)
            if not target.is_dir():
                path.rename(target)

    @rule(one=st.sampled_from(SOURCES), other=st.sampled_from(SOURCES))
    def move_source(self, one: str, other: str) -> None:
        here, there = self.root / "seeds" / one, self.root / "seeds" / other
        if here.is_dir() and not there.exists():
            here.rename(there)

    @rule(one=st.integers(0, 99), other=st.integers(0, 99))
    def swap(self, one: int, other: int) -> None:
        here, there = self.pick(one), self.pick(other)
        if here and there and here != there:
            aside = self.folder / "aside"
            here.rename(aside)
            there.rename(here)
            aside.rename(there)

    @rule(number=st.integers(0, 99), when=st.sampled_from([0, -(10**6), 10**6]))
    def touch(self, number: int, when: int) -> None:
        if path := self.pick(number):
            os.utime(path, (time.time() + when, time.time() + when))

    @rule(number=st.integers(0, 99))
    def change_and_keep_size_and_time(self, number: int) -> None:
        path = self.pick(number)
        content = path.read_bytes() if path else b""
        if path and content:
            found = path.stat()
            at = content.rfind(b"e")
            path.write_bytes(content[:at] + b"o" + content[at + 1 :] if at >= 0 else content)
            os.utime(path, ns=(found.st_atime_ns, found.st_mtime_ns))

    @rule(number=st.integers(0, 99), back=st.booleans())
    def turn_a_folder_into_a_file(self, number: int, back: bool) -> None:
        if path := self.pick(number):
            if path.parent.parent != self.root and not back:
                shutil.rmtree(path.parent)
                path.parent.write_text("a file")
            else:
                path.unlink()
                path.mkdir()

    @rule()
    def rename_a_note_that_others_link_to(self) -> None:
        for path in self.files():
            if path.suffix == ".md" and b"{#timing" in (content := path.read_bytes()):
                path.write_bytes(content.replace(b"{#timing", b"{#retimed", 1))
                break

    # What is done to the site, the cache and the build.

    @rule(
        number=st.integers(0, 99), how=st.sampled_from(["edit", "delete", "mode", "all", "extra"])
    )
    def spoil_the_site(self, number: int, how: str) -> None:
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

    @rule(
        number=st.integers(0, 99),
        at=st.integers(0, 10**6),
        how=st.sampled_from(["flip", "cut", "gone"]),
    )
    def spoil_the_cache(self, number: int, at: int, how: str) -> None:
        kept = sorted((self.root / ".postil").rglob("*")) if self.root.is_dir() else []
        kept = [path for path in kept if path.is_file()]
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

    @rule()
    def commit(self) -> None:
        git = ["git", "-C", str(self.root), "-c", "user.name=n", "-c", "user.email=e@e.org"]
        if not (self.root / ".git").exists():
            subprocess.run(["git", "init", "-q", str(self.root)], check=True)
        subprocess.run([*git, "commit", "-q", "--allow-empty", "-m", "x"], check=True)

    @rule(phase=st.sampled_from(["reading", "joining", "rendering", "indexing", "writing"]))
    def kill_a_build(self, phase: str) -> None:
        def note(words: str, *_: int) -> None:
            if words == phase:
                raise Killed

        with contextlib.suppress(Killed):
            build_noted(self.plan(), build, note)

    @rule(number=st.integers(0, 99), word=WORDS)
    def change_a_file_while_it_is_read(self, number: int, word: str) -> None:
        def note(words: str, *_: int) -> None:
            path = self.pick(number)
            if words == "joining" and path:
                path.write_bytes(path.read_bytes() + f"\n\n{word}\n".encode())

        build_noted(self.plan(), build, note)

    @rule(jobs=st.sampled_from([1, 2]))
    def hire(self, jobs: int) -> None:
        self.jobs = jobs

    # The law.

    def plan(self) -> Plan:
        return Plan(self.root, self.output, cache=self.root / ".postil/store", jobs=self.jobs)

    def build_warm(self) -> Report:
        plan = self.plan()
        return recall(plan) or build_noted(plan, build, lambda *_: None)

    @invariant()
    def build_and_compare(self) -> None:
        """Build warm and from nothing, and compare."""
        type(self).steps += 1
        warm = self.build_warm()
        clean_output = self.folder / "clean"
        shutil.rmtree(clean_output, ignore_errors=True)
        clean = build(Plan(self.root, clean_output), lambda *_: None)
        assert show(clean) == show(warm)
        if clean.settings_failed or clean.withheld:
            return
        self.serve_and_compare(show(clean), clean_output)
        mine = self.output / "mine.txt"
        assert tree(clean_output) == {k: v for k, v in tree(self.output).items() if k != mine.name}
        assert show(clean) == show(self.build_warm())

    def serve_and_compare(self, problems: list[str], clean_output: Path) -> None:
        """Build into memory, as `serve` does in between, and compare."""
        tree_now = MemoryTree(self.tree, self.output)
        report = build(
            Plan(self.root, self.output, jobs=self.jobs), lambda *_: None, tree_now, self.store
        )
        assert problems == show(report)
        expected = {path: content for path, (content, _) in tree(clean_output).items()}
        assert expected == tree_now.files
        assert {path: digest_bytes(content) for path, content in expected.items()} == (
            tree_now.digests
        )
        self.tree = tree_now


def show(report: Report) -> list[str]:
    return sorted({repr(problem) for problem in report.diagnostics})


def tree(folder: Path) -> dict[str, tuple[bytes, int]]:
    return {
        path.relative_to(folder).as_posix(): (path.read_bytes(), path.stat().st_mode)
        for path in folder.rglob("*")
        if path.is_file() and path.name != ".postil-output.json"
    }


def test_a_warm_build_equals_a_clean_one(monkeypatch):
    """Whatever happened to inputs, site and cache, the next build is what it would be anyway."""
    monkeypatch.setattr(generator.studies, "WORTH_SHARING", 0)
    monkeypatch.setattr(generator.render.sheets, "WORTH_SHARING", 0)
    Warm.steps = 0
    begin, rounds = time.monotonic(), 0
    while rounds < SEQUENCES or (not SEQUENCES and time.monotonic() - begin < SECONDS):
        # New sequences each time; the clock is looked at in between.
        few = min(SEQUENCES - rounds, 10) if SEQUENCES else 1
        run_state_machine_as_test(
            Warm,
            settings=settings(
                max_examples=few,
                stateful_step_count=STEPS,
                deadline=None,
                derandomize=False,
                database=None,
                phases=[Phase.generate, Phase.shrink],
                suppress_health_check=list(HealthCheck),
            ),
        )
        rounds += few
    print(f"the law held for {Warm.steps} steps in {rounds} sequences")
    assert Warm.steps > 0
