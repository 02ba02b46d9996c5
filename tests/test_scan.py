"""Scanning: which files are found, what is refused, and how bytes become text."""

import os
import socket
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.scan import (
    Inputs,
    SourceFiles,
    UnsafePath,
    decode,
    read_bytes,
    salvage,
    scan,
)
from generator.spans import Span, TextFile

LETTER = ("seeds/letter/source.toml", "seeds/letter/text.md")


def plant(root: Path, *paths: str) -> Path:
    for path in paths:
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(path)
    return root


def problems(root: Path) -> list[tuple[str, str, str]]:
    return [(each.code, each.path, each.message) for each in scan(root).diagnostics]


def test_every_kind_of_file(tmp_path: Path) -> None:
    """Files are found by their places and names, sorted, and those for people passed over."""
    plant(
        tmp_path,
        "site.toml",
        *LETTER,
        "seeds/letter/plan.svg",
        "seeds/letter/scans/one.JPG",
        "seeds/letter/text.pdf",
        "seeds/letter/outline.json",
        "seeds/letter/notes-of-mine.odt",
        "seeds/letter/.gitignore",
        "seeds/README.md",
        "seeds/code/source.toml",
        "seeds/code/text.py",
        "content/README.md",
        "content/annotations/z.md",
        "content/annotations/a b.md",
        "content/annotations/deep/er/ü.MD",
        "content/annotations/README.md",
        "content/pages/index.md",
        "content/pages/about.md",
        "content/pages/readme.md",
        "content/files/LICENSE",
        "content/files/more/map.webp",
        "content/files/b.pdf",
        "themes/x/y.md",
        "README.md",
    )
    outcome = scan(tmp_path)

    assert () == outcome.diagnostics
    assert (
        Inputs(
            "site.toml",
            (
                SourceFiles("code", "seeds/code/source.toml", "seeds/code/text.py"),
                SourceFiles("letter", *LETTER),
            ),
            (
                "content/annotations/README.md",
                "content/annotations/a b.md",
                "content/annotations/deep/er/ü.MD",
                "content/annotations/z.md",
            ),
            ("content/pages/about.md", "content/pages/index.md"),
            (
                "content/files/b.pdf",
                "content/files/more/map.webp",
                "seeds/letter/plan.svg",
                "seeds/letter/scans/one.JPG",
                "seeds/letter/text.pdf",
            ),
        )
        == outcome.value
    )


def test_nothing_at_all(tmp_path: Path) -> None:
    """A folder without any of it has no inputs and no problems, even one that is not there."""
    empty = Inputs(None, (), (), (), ())

    assert (empty, ()) == (scan(tmp_path).value, scan(tmp_path).diagnostics)
    assert empty == scan(tmp_path / "missing").value


@pytest.mark.parametrize(
    "name",
    ".x.md x.md~ #x.md# .x.md.swp x.swp x.md.orig x.md___jb_tmp___ x.tmp Thumbs.db".split(),
)
def test_leftovers(tmp_path: Path, name: str) -> None:
    """Hidden files, and those that editors and machines leave behind, are passed over."""
    plant(tmp_path, *LETTER, "seeds/letter/text.md~", "seeds/letter/text.md.orig")
    plant(tmp_path, f"content/annotations/{name}", f"content/.hidden/{name}", "seeds/.x/y")
    outcome = scan(tmp_path)

    assert () == outcome.value.annotations
    assert () == outcome.diagnostics
    assert (SourceFiles("letter", *LETTER),) == outcome.value.sources


@pytest.mark.parametrize(
    ("path", "help"),
    [
        ("content/x.md", "annotations belong below `content/annotations`"),
        ("content/actors/old/clerk.md", "a file of its own for each, directly in `content/actors`"),
        ("content/issues/fee.txt", "a file of its own for each, directly in `content/issues`"),
        ("content/pages/more/x.md", "annotations belong below `content/annotations`"),
        ("content/annotations/x.markdown", "annotations belong below `content/annotations`"),
        ("content/pages/plan.png", "pictures and files belong below `content/files`"),
        ("content/files/x.html", "only these are published: avif, gif, jpeg"),
        ("seeds/letter.md", "each source has a folder of its own in `seeds`"),
    ],
)
def test_unused_files(tmp_path: Path, path: str, help: str) -> None:
    """A file that nothing is made of is a warning, with where such a file belongs."""
    [problem] = scan(plant(tmp_path, path)).diagnostics

    assert ("file-unused", path) == (problem.code, problem.path)
    assert problem.help.startswith(help)


@pytest.mark.parametrize(
    ("names", "message", "help"),
    [
        (
            [],
            "there is no source.toml in this folder",
            "create seeds/x/source.toml with a title and rights",
        ),
        (
            ["text.md"],
            "there is no source.toml in this folder",
            "create seeds/x/source.toml with a title and rights",
        ),
        (
            ["source.toml"],
            "there is no text in this folder",
            "put the words into seeds/x/text.md, .txt or .html; if they may not be published, "
            "outline.json stands in for them, once somebody who has them has built the site",
        ),
        (
            ["source.toml", "letter.TXT", "plan.png", "README.md"],
            "there is no text in this folder",
            "rename letter.TXT to text.txt",
        ),
        (
            ["source.toml", "text.png", "more/text.md"],
            "there is no text in this folder",
            "put the words into seeds/x/text.md, .txt or .html; if they may not be published, "
            "outline.json stands in for them, once somebody who has them has built the site",
        ),
        (
            ["source.toml", "text.txt", "text.md"],
            "there are 2 texts in this folder: text.md and text.txt",
            "keep one text",
        ),
        (
            ["source.toml", "text.en.md", "text.md"],
            "there are 2 texts in this folder: text.en.md and text.md",
            "keep one text",
        ),
    ],
)
def test_half_a_source(tmp_path: Path, names: list[str], message: str, help: str) -> None:
    """A folder in `seeds` without facts, or without one text, is one problem and no source."""
    (tmp_path / "seeds/x").mkdir(parents=True)
    outcome = scan(plant(tmp_path, *(f"seeds/x/{name}" for name in names)))
    [problem] = outcome.diagnostics

    assert () == outcome.value.sources
    assert ("source-missing", "seeds/x", message, help) == (
        problem.code,
        problem.path,
        problem.message,
        problem.help,
    )


@pytest.mark.parametrize("id", ["Letter", "a b", "p3", "index", "con"])
def test_a_folder_that_is_no_id(tmp_path: Path, id: str) -> None:
    """The name of a source's folder is an id, or the source is refused, once."""
    outcome = scan(plant(tmp_path, f"seeds/{id}/text.md"))

    assert () == outcome.value.sources
    assert [("id-invalid", f"seeds/{id}")] == [(p.code, p.path) for p in outcome.diagnostics]


def link(root: Path, path: str, target: str) -> None:
    (root / path).parent.mkdir(parents=True, exist_ok=True)
    (root / path).symlink_to(target)


@pytest.mark.parametrize(
    "path",
    [
        "site.toml",
        "content",
        "seeds",
        "content/annotations",
        "content/annotations/x.md",
        "content/annotations/a/b",
        "content/files/x.png",
        "seeds/letter",
        "seeds/letter/source.toml",
        "seeds/letter/text.txt",
        "seeds/letter/scans",
    ],
)
@pytest.mark.parametrize("target", ["outside", "missing", "loop", "inside"])
def test_links_are_refused(tmp_path: Path, path: str, target: str) -> None:
    """A link of any kind, at any depth, is refused at its place and not followed."""
    root = plant(tmp_path / "root", "themes/x.md")
    plant(tmp_path / "outside", "x.md", "text.md", "source.toml", "annotations/x.md")
    places = {
        "outside": str(tmp_path / "outside"),
        "missing": str(tmp_path / "no-such"),
        "loop": (root / path).name,
        "inside": str(root / "themes"),
    }
    link(root, path, places[target])
    outcome = scan(root)
    found = [each for each in outcome.diagnostics if each.path == path]

    assert [("path-unsafe", "a symbolic link is not read")] == [(p.code, p.message) for p in found]
    assert (None, (), (), (), ()) == (
        outcome.value.settings,
        outcome.value.sources,
        outcome.value.annotations,
        outcome.value.pages,
        outcome.value.files,
    )


def test_the_root_may_be_a_link(tmp_path: Path) -> None:
    """Whoever runs the build says where the root is: that may be a link."""
    plant(tmp_path / "root", "site.toml", *LETTER)
    link(tmp_path, "other", "root")

    assert scan(tmp_path / "root") == scan(tmp_path / "other")
    assert b"site.toml" == read_bytes(tmp_path / "other", "site.toml")


@pytest.mark.parametrize(
    ("kind", "message"),
    [("pipe", "a pipe is not read"), ("socket", "a socket is not read"), ("file", None)],
)
def test_what_is_no_file(tmp_path: Path, kind: str, message: str | None, monkeypatch) -> None:
    """A pipe or a socket is refused without being opened; a file named like a folder too."""
    plant(tmp_path, *LETTER)
    path = tmp_path / "content/annotations/x.md"
    path.parent.mkdir(parents=True)
    if kind == "pipe":
        os.mkfifo(path)
    elif kind == "socket":
        monkeypatch.chdir(path.parent)  # The name of a socket has to be short.
        with socket.socket(socket.AF_UNIX) as own:
            own.bind("x.md")
    else:
        path.write_text("x")
    expected = [("path-unsafe", "content/annotations/x.md", message)] if message else []

    assert expected == problems(tmp_path)


def test_a_file_for_a_folder(tmp_path: Path) -> None:
    """A file where the folder of all content should be is refused."""
    plant(tmp_path, "content", "seeds")

    assert [
        ("path-unsafe", "content", "a file is not read"),
        ("path-unsafe", "seeds", "a file is not read"),
    ] == problems(tmp_path)


def test_a_folder_for_a_file(tmp_path: Path) -> None:
    """A folder named as the settings is refused; one named as a text is none."""
    plant(tmp_path, "site.toml/x", "seeds/letter/source.toml", "seeds/letter/text.md/x.md")

    assert [
        ("path-unsafe", "site.toml", "a folder is not read"),
        ("source-missing", "seeds/letter", "there is no text in this folder"),
    ] == problems(tmp_path)


def test_what_was_refused_is_not_missing_too(tmp_path: Path) -> None:
    """A source whose text is a link is one problem."""
    plant(tmp_path, "seeds/letter/source.toml", "seeds/letters/source.toml")
    link(tmp_path, "seeds/letter/text.md", "source.toml")

    assert [
        ("path-unsafe", "seeds/letter/text.md", "a symbolic link is not read"),
        ("source-missing", "seeds/letters", "there is no text in this folder"),
    ] == problems(tmp_path)


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        (b"a\nb.md", "a\\x0ab.md"),
        (b"a\x1b[31mb.md", "a\\x1b[31mb.md"),
        (b"caf\xe9.md", "caf\\xe9.md"),
        ("a\u202eb.md".encode(), "a\\u202eb.md"),
        ("a\u2028b.md".encode(), "a\\u2028b.md"),
        (b"a\\b.md", "a\\x5cb.md"),
        (b".\x07.md", ".\\x07.md"),
    ],
)
def test_names_that_cannot_be_shown(tmp_path: Path, name: bytes, shown: str) -> None:
    """A name with controls, or that is no UTF-8, is refused and shown escaped."""
    folder = plant(tmp_path, "content/annotations/x.md") / "content/annotations"
    with open(os.path.join(os.fsencode(folder), name), "wb"):
        pass
    outcome = scan(tmp_path)

    assert [("path-unsafe", f"content/annotations/{shown}")] == [
        (problem.code, problem.path) for problem in outcome.diagnostics
    ]
    assert ("content/annotations/x.md",) == outcome.value.annotations
    assert all(problem.path.isprintable() for problem in outcome.diagnostics)


@pytest.mark.parametrize(
    "name", ["می\u200cخواهم.md", "naïve café.md", "港.md", "a'b&c.md", "a~b.tmp.md", "#5.md"]
)
def test_names_in_any_script(tmp_path: Path, name: str) -> None:
    """Any letters may make the name of a file, with what their script needs between them."""
    outcome = scan(plant(tmp_path, f"content/annotations/{name}"))

    assert ((f"content/annotations/{name}",), ()) == (
        outcome.value.annotations,
        outcome.diagnostics,
    )


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("Plan.png", "plan.png"),
        ("stra\u00dfe.png", "strasse.png"),
        ("e\u0301.png", "\u00e9.png"),
        ("\ufb01g.png", "fig.png"),
        ("PLAN.png", "plan.png/x.png"),
    ],
)
def test_names_that_collide(tmp_path: Path, first: str, second: str) -> None:
    """Names that are one on many machines are refused, each with the other; the first counts."""
    kept, refused = sorted([first, second.partition("/")[0]])
    outcome = scan(plant(tmp_path, f"content/files/{first}", f"content/files/{second}"))
    message = f"`content/files/{kept}` is the same name on many machines"

    assert [("id-duplicate", f"content/files/{refused}", message)] == [
        (problem.code, problem.path, problem.message) for problem in outcome.diagnostics
    ]
    assert [f"content/files/{kept}"] == [
        path[: len(f"content/files/{kept}")] for path in outcome.value.files
    ]


def test_sources_that_collide(tmp_path: Path) -> None:
    """Two folders whose names differ in case only cannot both be sources."""
    plant(tmp_path, *LETTER, "seeds/Letter/source.toml", "seeds/Letter/text.md")

    assert ["id-duplicate", "id-invalid"] == sorted(code for code, *_ in problems(tmp_path))


def test_folders_as_deep_as_they_go(tmp_path: Path) -> None:
    """Folders nested deeper than Python's own stack are no fault."""
    top = tmp_path / "content/annotations/d"
    top.parent.mkdir(parents=True)
    for _ in range(1100):  # Built from the inside: no name of a path is ever long.
        (tmp_path / "outer").mkdir()
        if top.exists():
            top.rename(tmp_path / "outer/d")
        else:
            plant(tmp_path, "outer/x.md")
        (tmp_path / "outer").rename(top)
    found = scan(tmp_path).value.annotations
    while (top / "d").exists():  # Taken apart likewise: shutil's own way would overflow the stack.
        (top / "d").rename(tmp_path / "inner")
        top.rmdir()
        (tmp_path / "inner").rename(top)

    assert (f"content/annotations/{'d/' * 1100}x.md",) == found


@pytest.fixture
def unprivileged() -> Iterator[Path]:
    """A folder whose locks hold for whoever runs the tests, root too."""
    with tempfile.TemporaryDirectory() as name:
        os.chmod(name, 0o755)
        user = os.geteuid()
        yield Path(name)
        os.seteuid(user)
        os.chmod(name, 0o755)


def lock(path: Path) -> None:
    os.chmod(path, 0)
    if os.geteuid() == 0:
        os.seteuid(65534)


def test_a_folder_that_is_locked(unprivileged: Path) -> None:
    """A folder that may not be read is one problem; the others are read."""
    plant(unprivileged, *LETTER, "content/annotations/a/x.md", "content/annotations/b/y.md")
    lock(unprivileged / "content/annotations/a")
    outcome = scan(unprivileged)

    assert ("content/annotations/b/y.md",) == outcome.value.annotations
    assert [
        ("file-unreadable", "content/annotations/a", "this cannot be read: permission denied")
    ] == [(each.code, each.path, each.message) for each in outcome.diagnostics]


def test_a_root_that_is_locked(unprivileged: Path) -> None:
    """A root that may not be entered is a problem for each thing that is looked for in it."""
    plant(unprivileged, "site.toml", *LETTER, "content/annotations/x.md")
    lock(unprivileged)

    assert [
        ("file-unreadable", path, "this cannot be read: permission denied")
        for path in ("site.toml", "content", "seeds")
    ] == problems(unprivileged)


def test_a_file_that_is_locked(unprivileged: Path) -> None:
    """A file that may not be read raises what the machine says."""
    plant(unprivileged, "content/annotations/x.md")
    lock(unprivileged / "content/annotations/x.md")

    with pytest.raises(PermissionError):
        read_bytes(unprivileged, "content/annotations/x.md")


def test_reading_bytes(tmp_path: Path) -> None:
    """A file's bytes come as they are."""
    (plant(tmp_path, "a/b/c.md") / "a/b/c.md").write_bytes(b"\xff\r\n\x00")

    assert b"\xff\r\n\x00" == read_bytes(tmp_path, "a/b/c.md")


@pytest.mark.parametrize(
    "path",
    [
        "../x",
        "a/../../x",
        "/etc/hostname",
        "a//x",
        "./x",
        "a/./x",
        "",
        "a/",
        "C:/x",
        "a\\..\\x",
        "...",
    ],
)
def test_paths_that_lead_out(tmp_path: Path, path: str) -> None:
    """A path that is not plainly below the root is refused, wherever it leads."""
    plant(tmp_path, "x", "root/a/x", "root/x")

    with pytest.raises(UnsafePath) as refusal:
        read_bytes(tmp_path / "root", path)
    assert ("path-unsafe", path) == (refusal.value.problem.code, refusal.value.problem.path)


@pytest.mark.parametrize("linked", ["a", "a/b", "a/b/x.md"])
def test_reading_through_a_link(tmp_path: Path, linked: str) -> None:
    """A link at any place of a path is refused when the file is read, too."""
    root, outside = tmp_path / "root", plant(tmp_path / "outside", "b/x.md", "x.md")
    target = {"a": outside, "a/b": outside, "a/b/x.md": outside / "x.md"}[linked]
    link(root, linked, str(target))

    with pytest.raises(UnsafePath) as refusal:
        read_bytes(root, "a/b/x.md")
    assert linked == refusal.value.problem.path


def test_reading_a_pipe(tmp_path: Path) -> None:
    """A pipe that nobody writes into is refused at once."""
    os.mkfifo(tmp_path / "x.md")

    with pytest.raises(UnsafePath):
        read_bytes(tmp_path, "x.md")


def test_reading_what_is_gone(tmp_path: Path) -> None:
    """A file that was taken away since the scan raises what the machine says."""
    with pytest.raises(FileNotFoundError):
        read_bytes(tmp_path, "a/x.md")


@pytest.mark.parametrize(
    ("content", "text"),
    [
        (b"", ""),
        (b"\xef\xbb\xbfa\r\nb\rc\nd\r\n", "a\nb\nc\nd\n"),
        (b"a\r\r\nb", "a\n\nb"),
        ("é😀\u2028\x85\ufeff".encode(), "é😀\u2028\x85\ufeff"),
    ],
)
def test_decoding(content: bytes, text: str) -> None:
    """A byte order mark goes, all line ends become line feeds, nothing else changes."""
    assert (TextFile("a.md", text), ()) == (
        decode("a.md", content).value,
        decode("a.md", content).diagnostics,
    )


@pytest.mark.parametrize(
    ("content", "place", "message"),
    [
        (b"a\r\nb\xff\x00", (2, 2), "the byte 0xff is not UTF-8 here"),
        (b"\xef\xbb\xbf\xc3\xa9\r\r\x00\xff", (3, 1), "a NUL byte is no text"),
        ("é😀".encode()[:-1], (1, 2), "the byte 0xf0 is not UTF-8 here"),
        (b"\xed\xa0\x80", (1, 1), "the byte 0xed is not UTF-8 here"),
        (b"\xc0\x80", (1, 1), "the byte 0xc0 is not UTF-8 here"),
        ("a\nb".encode("utf-16"), (1, 1), "this is UTF-16"),
        ("a\nb".encode("utf-16-be"), (1, 1), "a NUL byte is no text"),
        (b"\xfe\xff\x00a", (1, 1), "this is UTF-16"),
    ],
)
def test_what_is_no_utf8(content: bytes, place: tuple[int, int], message: str) -> None:
    """The first byte that is no text is named, at its line and column in the real file."""
    outcome = decode("a.md", content)
    [problem] = outcome.diagnostics

    assert outcome.value is None
    assert problem.span is not None
    assert ("text-not-utf8", message) == (problem.code, problem.message)
    assert place == salvage("a.md", content).line_column(problem.span.start)


@given(st.binary(max_size=40) | st.text(st.sampled_from("aé😀\r\n\x00\ufeff")).map(str.encode))
def test_problems_stand_in_what_is_salvaged(content: bytes) -> None:
    """What cannot be decoded has its place in the text that is shown; all else is that text."""
    outcome, shown = decode("a.md", content), salvage("a.md", content)
    if outcome.value is not None:
        assert shown == outcome.value
        return
    [problem] = outcome.diagnostics

    assert problem.span is not None
    assert Span(0, len(shown.text)).covers(problem.span)
    assert shown.text[problem.span.start] in "\ufffd\x00"
