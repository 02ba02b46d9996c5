"""The benchmarks: the same collection everywhere, and the same work for all, that was done."""

import argparse
import hashlib
import re
import sys
from dataclasses import replace

import pytest

from benchmarks.contenders import (
    Contender,
    check,
    count_pages,
    edit,
    enter_peer,
    enter_postil,
    find_phrases,
    forget,
)
from benchmarks.corpus import make_document, make_notes, make_words, write_site
from benchmarks.installs import PEERS, Peer, install
from benchmarks.layouts import LAYOUTS, Layout, add_footnotes, write_project
from benchmarks.measuring import Failed, measure
from benchmarks.peers import COLD, EDIT, WORKS, run_rounds
from generator.pipeline import build
from generator.plans import Plan

WORDS = make_words(7)
SITE = Layout("site/{}.html", "notes-{}.md", ("site", "kept"), {}, "")
# Makes a site of what lies in the project: each document as it is, and a page of its own.
BUILD = """
from pathlib import Path
Path("site").mkdir(exist_ok=True)
for path in Path().glob("notes-*.md"):
    number = path.stem.partition("-")[2]
    Path(f"site/{number}.html").write_text(path.read_text("utf-8"), "utf-8")
Path("site/index.html").write_text("home", "utf-8")
"""


def digest(root):
    """Return a digest of every path and byte under *root*."""
    whole = hashlib.sha256()
    for path in sorted(path for path in root.rglob("*") if path.is_file()):
        name, content = path.relative_to(root).as_posix(), path.read_bytes()
        whole.update(f"{name} {len(content)}\n".encode() + content)
    return whole.hexdigest()


def enter(root, name="Copy", script=BUILD, documents=3):
    """Return a contender that copies its project."""
    write_project(root, SITE, documents)
    command = (sys.executable, "-c", script)
    return Contender(name, command, root, SITE, documents, documents + 1)


def test_the_collection_is_the_same_everywhere(tmp_path):
    """Another digest is another collection: older figures no longer compare with newer ones."""
    write_site(tmp_path / "root", 3)
    assert digest(tmp_path / "root").startswith("028819b6f1ec5033994762c590f88e0f")


@pytest.mark.parametrize("name", ["note_pages", "search"])
def test_pages_for_notes_and_a_search_are_settings(name, tmp_path):
    write_site(tmp_path / "with", 1, **{name: True})
    write_site(tmp_path / "without", 1, **{name: False})
    settings, others = ((tmp_path / n / "site.toml").read_text() for n in ("with", "without"))
    assert f"{name} = true" in settings
    assert settings.replace(f"{name} = true", f"{name} = false") == others


@pytest.mark.parametrize("number", range(5))
def test_documents_and_notes_are_of_the_size_promised(number):
    text, paragraphs = make_document(number, WORDS, 800)
    notes = make_notes(number, paragraphs, WORDS, 10)
    assert 600 <= len(text.split()) <= 1000
    assert 10 == len(notes)
    assert all(1 == text.count(note.quote) for note in notes)


@pytest.mark.parametrize("number", range(5))
def test_footnotes_stand_behind_what_their_notes_quote(number):
    text, paragraphs = make_document(number, WORDS, 800)
    notes = make_notes(number, paragraphs, WORDS, 10)
    body, *definitions = re.split(r"^\[\^\d+\]: ", add_footnotes(text, notes), flags=re.M)
    assert f"{text}\n" == re.sub(r"\[\^\d+\]", "", body)
    for place, (note, definition) in enumerate(zip(notes, definitions, strict=True), 1):
        before, _, _ = body.partition(f"[^{place}]")
        assert re.sub(r"\[\^\d+\]", "", before).endswith(note.quote)
        assert note.gist in definition and note.body in definition


def test_every_peer_gets_the_same_words(tmp_path):
    """The text and each note stand in the file of every peer and of Postil, in full."""
    tool = tmp_path / "tool/bin/x"
    entered = [enter_peer(peer, tool, tmp_path / peer.name, 2, 10) for peer in PEERS]
    assert list(LAYOUTS) == [contender.name for contender in entered]
    entered.append(enter_postil(tmp_path / "postil", 2, 10, note_pages=False))
    for contender in entered:
        sentinel, *bodies = find_phrases(1, 10)
        files = contender.project.rglob("*.md")
        said = "".join(path.read_text("utf-8") for path in files)
        assert sentinel in said
        notes = (contender.project / contender.layout.notes.format(1)).read_text("utf-8")
        assert [1] * 10 == [notes.count(body) for body in bodies]


def test_a_site_that_is_whole_passes(tmp_path):
    contender = enter(tmp_path)
    measure(contender.command, tmp_path)
    check(contender, 10, 1)
    edit(contender, 1, "first")
    edit(contender, 1, "second")
    measure(contender.command, tmp_path)
    check(contender, 10, 1, "second")
    assert 4 == count_pages(contender)


@pytest.mark.parametrize(("note_pages", "expected"), [(False, 3), (True, 23)])
def test_what_we_make_passes_too(tmp_path, note_pages, expected):
    """The pages of documents are where they are looked for, and have their notes in full."""
    contender = enter_postil(tmp_path, 2, 10, note_pages=note_pages)
    edit(contender, 1, "mark")
    build(Plan(tmp_path, tmp_path / "site"), lambda *_: None)
    check(contender, 10, 1, "mark")
    assert expected == contender.pages <= count_pages(contender)


@pytest.mark.parametrize(
    ("spoil", "said"),
    [
        (lambda site: (site / "index.html").unlink(), "3 pages, at least 4 expected"),
        (lambda site: (site / "1.html").rename(site / "else.html"), "document 1 has no page"),
        (lambda site: cut(site / "0.html", find_phrases(0, 0)[0]), "document 0 lacks its text"),
        (lambda site: cut(site / "2.html", find_phrases(2, 10)[10]), "document 2 lacks note 10"),
    ],
)
def test_a_site_that_lacks_something_is_said_to(tmp_path, spoil, said):
    contender = enter(tmp_path)
    measure(contender.command, tmp_path)
    spoil(tmp_path / "site")
    with pytest.raises(Failed, match=said):
        check(contender, 10, 1)


def test_a_site_without_the_edit_is_said_to_lack_it(tmp_path):
    contender = enter(tmp_path)
    measure(contender.command, tmp_path)
    edit(contender, 1, "mark")
    with pytest.raises(Failed, match=r"document 1 lacks note 1: .* mark"):
        check(contender, 10, 1, "mark")


def cut(path, words):
    """Take *words* out of the file at *path*."""
    path.write_text(path.read_text("utf-8").replace(words, ""), "utf-8")


def test_a_phrase_may_have_tags_in_it_and_be_on_two_lines(tmp_path):
    contender = enter(tmp_path)
    measure(contender.command, tmp_path)
    page, phrase = tmp_path / "site/0.html", find_phrases(0, 0)[0]
    first, second, rest = phrase.split(" ", 2)
    page.write_text(page.read_text("utf-8").replace(phrase, f"<i>{first}</i>\n{second} {rest}"))
    check(contender, 10, 1)


def test_what_earlier_builds_made_is_out_of_the_way(tmp_path):
    contender = enter(tmp_path / "root")
    aside = tmp_path / "aside"
    aside.mkdir()
    for _ in range(2):
        (tmp_path / "root/kept").touch()
        measure(contender.command, contender.project)
        forget(contender, aside)
    assert {f"notes-{n}.md" for n in range(3)} == {p.name for p in contender.project.iterdir()}
    assert 4 == len(list(aside.iterdir()))


def test_rounds_leave_out_who_fails_and_the_warming_up(tmp_path, capsys):
    broken = BUILD + "raise SystemExit(Path('notes-1.md').read_text().count('edited1') and 'no')"
    scripts = {"whole": BUILD, "broken": broken, "idle": ""}
    contenders = [enter(tmp_path / name, name, script) for name, script in scripts.items()]
    aside = tmp_path / "aside"
    aside.mkdir()
    asked = argparse.Namespace(warm_up=1, runs=2, notes=10, limit=60)
    runs = run_rounds(contenders, aside, asked)
    assert {work: {"whole": 2} for work in WORKS} == {
        work: {name: len(each) for name, each in costs.items()} for work, costs in runs.items()
    }
    idle, fails = capsys.readouterr().out.splitlines()
    assert f"- idle **failed**, {COLD}: 0 pages, at least 4 expected" == idle
    assert re.fullmatch(rf"- broken \*\*failed\*\*, {EDIT}: python\S*: exit 1: no", fails)
    assert 3 == len(list(aside.iterdir()))  # each cold build after the first one of its kind


def test_what_is_installed_is_not_installed_again_unless_it_is_another_version(
    tmp_path, monkeypatch
):
    monkeypatch.setenv("PATH", "")
    peer = Peer("Tool", ("tool@1.0.0",), "node_modules/.bin/tool")
    with pytest.raises(Failed, match="npm is not installed"):
        install(peer, tmp_path)
    program = tmp_path / "tool/node_modules/.bin/tool"
    program.parent.mkdir(parents=True)
    program.touch()
    (tmp_path / "tool/packages.txt").write_text("tool@1.0.0")
    assert program == install(peer, tmp_path)
    with pytest.raises(Failed, match="npm is not installed"):
        install(replace(peer, packages=("tool@1.0.1",)), tmp_path)


def test_every_version_is_exact():
    exact = re.compile(r"[\w-]+==\d+(\.\d+)+|@?[\w/-]+@\d+\.\d+\.\d+")
    assert all(exact.fullmatch(package) for peer in PEERS for package in peer.packages)
