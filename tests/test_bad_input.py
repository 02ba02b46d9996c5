"""Bad input: one clear error each, the rest of the site still built, never a traceback."""

import os

import pytest

from generator.reading import Desk
from tests.sites import Site

NOTES = "content/annotations/letter.md"
TEXT = "seeds/letter/text.md"


@pytest.fixture
def site(tmp_path):
    """A small site with one source and one note."""
    return Site(tmp_path / "root")


def test_the_base_is_fine(site):
    """The site that the other tests spoil has no problem."""
    built = site.build()

    assert [] == built.codes
    assert "timing" == built.data["notes"][0]["id"]


@pytest.mark.parametrize(
    ("content", "place"),
    [
        (b"# The fee\n\nThe \x00council", f"{TEXT}:3:5"),
        (b"# The fee\n\n\xc3\xa9t\xe9 caf", f"{TEXT}:3:3"),
        (b"# The fee\r\n\r\nx \xff", f"{TEXT}:3:3"),
        (b"\xff\xfe#\x00", f"{TEXT}:1:1"),
    ],
)
def test_a_text_that_is_not_utf8(site, content, place):
    """The first byte that is wrong has its place, counted in the real file."""
    built = site.write(TEXT, content).build()

    assert [("text-not-utf8", place)] == [found[:2] for found in built.places]


def test_a_broken_source_leaves_the_others(site):
    """What does not depend on the broken file is still built."""
    site.write("seeds/other/source.toml", 'title = "O"\nrights = "full"\n')
    site.write("seeds/other/text.txt", "Other words.\n").write(TEXT, b"\x00")

    built = site.build()

    assert "sources/other.html" in built.files
    assert "sources/letter.html" not in built.files
    assert "index.html" in built.files
    assert not built.data["notes"][0]["anchored"]


@pytest.mark.parametrize(
    ("head", "code"),
    [
        ("---\nsource: letter\nby: editor\n", "front-matter-invalid"),
        ("---\nsource: letter\nsource: letter\nby: editor\n---\n", "front-matter-invalid"),
        ("---\nsource: [letter\nby: editor\n---\n", "front-matter-invalid"),
        ("---\nsource: letter\nby: editor\ndraft: maybe\n---\n", "value-invalid"),
        ("---\nsource: letter\nby: editor\ndate: 2016-13-40\n---\n", "value-invalid"),
        ("---\nsource: letter\nby: {a: b}\n---\n", "front-matter-invalid"),
        ("---\nsauce: letter\nby: editor\n---\n", "key-unknown"),
    ],
)
def test_front_matter_that_is_wrong(site, head, code):
    """Whatever is wrong at the top of a file is said there; the site is still built."""
    built = site.write(NOTES, head + "\n## Gist\n\n> too soon\n").build()

    assert code in built.codes
    assert all(place.startswith(f"{NOTES}:") for _, place, _ in built.places)
    assert "index.html" in built.files


def test_an_empty_annotation_file(site):
    """A file without notes is fine."""
    assert [] == site.write("content/annotations/empty.md", "").build().codes


def test_duplicate_ids(site):
    """The second of two notes with one id is told so, and both are shown."""
    built = site.note("Other {#timing}", "obeys none of us").build()

    assert [("id-duplicate", f"{NOTES}:12:1", "## Other {#timing}")] == built.places
    assert 2 == len(built.data["notes"])


def test_a_note_may_not_have_the_id_of_a_source(site):
    """Sources and notes share one id space."""
    assert ["id-duplicate"] == site.note("Other {#letter}", "obeys none").build().codes


def test_a_missing_source(site):
    """A target in a source that does not exist names the nearest that does."""
    built = site.note("Other {#other}", "words\n— leter, p1").build()

    assert [("source-unknown", f"{NOTES}:15:3", "— leter, p1")] == built.places
    [problem] = built.report.diagnostics
    assert "did you mean 'letter'?" == problem.help


@pytest.mark.parametrize("text", ["", "\n\n", "***\n", "<!-- -->"[:0]])
def test_a_source_with_no_words(site, text):
    """A text without words is an error at the text."""
    built = site.write(TEXT, text).build()

    assert ["text-empty"] == built.codes


def test_two_texts_in_one_folder(site):
    """Two texts leave open which one is meant: neither is taken."""
    built = site.write("seeds/letter/text.txt", "other").build()

    assert ["source-missing"] == built.codes
    assert "index.html" in built.files


def test_a_folder_without_text_and_one_without_facts(site):
    """Both halves of a source are needed, and each missing one is named."""
    site.write("seeds/half/source.toml", 'title = "H"\nrights = "full"\n')
    site.write("seeds/other/text.md", "words")

    assert ["source-missing", "source-missing"] == site.build().codes


@pytest.mark.parametrize(
    ("rights", "code"),
    [
        ('"qoute"', "settings-invalid"),
        ('"quote"\nmax_word = 100', "key-unknown"),
        ('"quote"\nmax_words = "100"', "settings-invalid"),
    ],
)
def test_rights_that_are_not_understood_publish_nothing(site, rights, code):
    """A slip in what is said of a source's rights never publishes more than was meant."""
    built = site.edit("seeds/letter/source.toml", '"full"', rights).build()

    assert [code] == built.codes
    assert "sources/letter.html" not in built.files
    assert not any(b"sea obeys" in content for content in built.files.values())


@pytest.mark.parametrize("kind", ["link", "folder-link", "pipe", "dangling"])
def test_what_is_no_ordinary_file_is_refused(site, tmp_path, kind):
    """Links and pipes are not followed, read or waited for; they are named."""
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "secret.md").write_text("## Secret {#secret}\n\n> too soon\n")
    path = site.root / "content/annotations/x.md"
    if kind == "link":
        path.symlink_to(outside / "secret.md")
    elif kind == "folder-link":
        path = site.root / "content/annotations/more"
        path.symlink_to(outside)
    elif kind == "dangling":
        path.symlink_to(outside / "nothing")
    else:
        os.mkfifo(path)

    built = site.build()

    relative = path.relative_to(site.root).as_posix()
    assert [("path-unsafe", relative, "")] == built.places
    assert not any(b"Secret" in content for content in built.files.values())


def test_a_linked_text_is_not_read(site, tmp_path):
    """A source's text may not be a link either."""
    (tmp_path / "secret.txt").write_text("the secret words")
    site.remove(TEXT)
    (site.root / TEXT).symlink_to(tmp_path / "secret.txt")

    built = site.build()

    assert ["path-unsafe"] == built.codes
    assert not any(b"secret words" in content for content in built.files.values())


def test_a_byte_order_mark_and_crlf_change_nothing(site, tmp_path):
    """The same words with a mark and other line ends make the same pages."""
    plain = site.build()
    other = Site(tmp_path / "other")
    for path in (TEXT, NOTES):
        text = (other.root / path).read_bytes()
        other.write(path, b"\xef\xbb\xbf" + text.replace(b"\n", b"\r\n"))

    assert plain.files == other.build().files


def test_places_are_counted_in_the_real_file(site):
    """With a mark and carriage returns, line and column are those an editor shows."""
    text = (site.root / NOTES).read_text("utf-8").replace("too soon", "too late")
    site.write(NOTES, b"\xef\xbb\xbf" + text.replace("\n", "\r\n").encode())

    built = site.build()

    assert [("quote-not-found", f"{NOTES}:8:13", "too late")] == built.places


def test_bidi_controls_in_a_note(site):
    """A character that turns the direction is a warning, and visible on the page."""
    built = site.note("Other {#other}", "obeys none", "turn \u202e back").build()

    assert [("bidi-control", f"{NOTES}:16:6", "\u202e")] == built.places
    assert 0 == built.errors
    page = built.page("notes/other.html")
    assert "\u202e" not in page
    assert "U+202E" in page


def test_a_heading_without_its_space(site):
    """`##Gist` is no heading anywhere, so that the note would vanish into the one above."""
    built = site.write(NOTES, (site.root / NOTES).read_text() + "\n##The gist\n\nWords.\n").build()

    assert [("heading-misplaced", f"{NOTES}:12:1", "##The gist")] == built.places


def test_a_quotation_without_its_mark(site):
    """A note that begins with words of its source, unquoted, asks whether that was meant."""
    built = site.note("Other {#other}", "", "The sea obeys\nnone of us.\n\nTrue.").build()

    assert [("quote-unmarked", f"{NOTES}:12:1", "## Other {#other}")] == built.places
    assert [] == site.edit(NOTES, "The sea obeys\n", "> The sea obeys\n").build().codes


def test_settings_that_are_no_toml(site):
    """Settings that cannot be read end the build with their place, and write nothing."""
    built = site.write("site.toml", 'title = "x\n').build()

    assert ["settings-invalid"] == built.codes
    assert built.report.settings_failed
    assert {} == built.files


def test_an_unanchored_note_is_listed_with_its_words(site):
    """Nothing an author wrote is lost: not the note, not the words that it quotes."""
    built = site.note("Lost {#lost}", "words that are nowhere", "My remark.").build()

    assert ["quote-not-found"] == built.codes
    assert "words that are nowhere" in built.page("sources/letter.html")
    assert "My remark." in built.page("notes/lost.html")
    [row] = [note for note in built.data["notes"] if note["id"] == "lost"]
    assert not row["anchored"]
    assert [{"source": "letter", "locators": [], "quote": "words that are nowhere"}] == row[
        "targets"
    ]


def test_a_lexer_that_hangs_is_stopped(site, monkeypatch):
    """Code that hangs its lexer is plain, with a warning where it stands."""
    monkeypatch.setattr("generator.render.highlight.DEADLINE", 0.5)
    monkeypatch.setattr(
        "generator.pipeline.Highlighter",
        lambda kept: __import__("generator.render.highlight").render.highlight.Highlighter(0.5),
    )
    code = '"' + "\\" * 40
    built = site.write(TEXT, f"The council finds it too soon.\n\n```scala\n{code}\n```\n").build()

    assert ("lexer-slow", f"{TEXT}:4:1", code) in built.places
    assert code in built.page("sources/letter.html")


def test_ten_thousand_notes_on_the_same_words_stay_bounded(site):
    """Many notes on one passage make a page that grows with them, not with their square."""
    few = site.note("A {#a}", "obeys none of us").build()
    for number in range(300):
        site.note(f"N {{#n-{number}}}", "obeys none of us")

    many = site.build()

    assert [] == many.codes
    size = len(many.files["sources/letter.html"]) - len(few.files["sources/letter.html"])
    assert size < 300 * 2500


@pytest.mark.parametrize(
    ("path", "code"),
    [("gone.png", "file-unreadable"), ("../x", "path-unsafe"), ("pipe", "path-unsafe")],
)
def test_a_file_that_cannot_be_read_is_a_problem(site, path, code):
    """Whatever happens to a file between looking and reading, it is said, and the rest goes on."""
    os.mkfifo(site.root / "pipe")
    desk = Desk(site.root)

    assert None is desk.read(path)
    assert [(code, path)] == [(problem.code, problem.path) for problem in desk.problems]
    assert {path} == desk.broken


def test_a_folder_with_capitals_is_one_message(site):
    """Whoever names the source by the id that it should have is not told that there is none."""
    (site.root / "seeds/letter").rename(site.root / "seeds/Letter")
    built = site.build()

    assert [("id-invalid", "seeds/Letter", "")] == built.places
    assert "call it `letter`" == built.report.diagnostics[0].help
