"""`new note`: the shortest quotation, in the file where it belongs, and nothing else changed."""

import shlex

import pytest

from generator.cli import main
from tests.casebook import Case, find_cases
from tests.conftest import Settle
from tests.sites import Site

SETTINGS = {
    "site.toml": 'title = "Site"\n\n[annotators.editor]\nname = "The editor"\n',
    "seeds/letter/source.toml": 'title = "A letter"\nrights = "full"\n',
    "seeds/other/source.toml": 'title = "Another"\nrights = "full"\n',
    "seeds/other/text.md": "Other words.\n",
}
FILE = "content/annotations/letter.md"


def new_note(site, *words):
    """Run `new note` for *site*, and return its exit code."""
    return main(["new", "note", *words, "--root", str(site.root)])


@pytest.mark.parametrize("case", find_cases("new-notes.md"), ids=lambda case: case.title)
def test_case(case: Case, settle: Settle, tmp_path, capsys) -> None:
    """The command shows what its case says, and a build then finds no error that it made."""
    [(name, text)] = [each for each in case.texts.items() if each[0].startswith("text.")]
    site = Site(tmp_path / "root", {**SETTINGS, f"seeds/letter/{name}": text})
    if "file" in case.texts:
        site.write(FILE, case.texts["file"])
    before = site.build().errors

    code = new_note(site, "letter", *shlex.split(case.texts["words"]))

    shown = capsys.readouterr()
    said = f"{shown.out}{shown.err}exit {code}\n".replace(f"{site.root}/", "")
    settle(case, "shown", said)
    if "after" in case.texts:
        settle(case, "after", (site.root / FILE).read_text("utf-8"))
    assert before == site.build().errors
    for line in case.texts.get("file", "").splitlines():
        assert line in (site.root / FILE).read_text("utf-8").splitlines()


@pytest.fixture
def site(tmp_path):
    """A site with two annotators, and a text of three paragraphs."""
    site = Site(tmp_path / "root", SETTINGS)
    site.edit(
        "site.toml", "[annotators.editor]", '[annotators.pilot]\nname = "P"\n[annotators.editor]'
    )
    return site.write(
        "seeds/letter/text.md", "One is first.\n\nTwo is second.\n\nThree is third.\n"
    )


def notes_file(by, *quotes):
    """Return an annotation file on the letter with a note for each of *quotes*."""
    notes = "".join(f"\n## On {quote} {{#{by}-{quote.lower()}}}\n\n> {quote}\n" for quote in quotes)
    return f"---\nsource: letter\nby: {by}\n---\n{notes}"


def written(site, capsys, *words):
    """Run `new note letter`, which must work, and return the path of the file it went into."""
    capsys.readouterr()
    assert 0 == new_note(site, "letter", *words, "-q")
    path = capsys.readouterr().out.partition(":")[0]
    return path.removeprefix(f"{site.root}/content/annotations/")


def test_the_file_is_one_with_notes_by_the_same_annotator(site, capsys):
    """A note goes to those of its annotator on its source, not to anybody else's."""
    site.write("content/annotations/a.md", notes_file("editor", "One"))
    site.write("content/annotations/deep/b.md", notes_file("pilot", "Three"))

    assert "a.md" == written(site, capsys, "Two", "--by", "editor")
    assert "deep/b.md" == written(site, capsys, "second", "--by", "pilot")
    assert {"stub-left"} == set(site.build().codes)


def test_of_several_files_the_one_with_the_nearest_note(site, capsys):
    """Where an annotator has several files, the nearest note tells which; then the most notes."""
    site.write("content/annotations/a.md", notes_file("editor", "One"))
    site.write("content/annotations/b.md", notes_file("editor", "Three"))

    assert "a.md" == written(site, capsys, "first", "--by", "editor")
    assert "b.md" == written(site, capsys, "third", "--by", "editor")
    site.write(
        "content/annotations/c.md",
        notes_file("editor", "Three", "Two", "One").replace("or-", "or-c"),
    )
    assert "c.md" == written(site, capsys, "Three is", "--by", "editor")


def test_a_new_file_says_whose_notes_on_what_it_has(site, capsys):
    """Where there is no such file the source's own is made; somebody else's is left alone."""
    assert "letter.md" == written(site, capsys, "One", "--by", "editor")
    assert "letter-pilot.md" == written(site, capsys, "One", "--by", "pilot")
    assert "letter-pilot.md" == written(site, capsys, "Two", "--by", "pilot")

    text = (site.root / "content/annotations/letter-pilot.md").read_text()
    assert text.startswith("---\nsource: letter\nby: pilot\n---\n\n## ")
    signed = sorted(note["by"] for note in site.build().data["notes"])
    assert ["editor", "pilot", "pilot"] == signed


def test_a_file_that_is_named(site, capsys, monkeypatch):
    """The file may be named from the site's folder or from where one is; it says who writes."""
    site.write(FILE, notes_file("pilot", "One"))
    monkeypatch.chdir(site.root / "content")

    assert "letter.md" == written(site, capsys, "Two", "--file", FILE)
    assert "letter.md" == written(site, capsys, "Three", "--file", "annotations/letter.md")
    assert "new.md" == written(
        site, capsys, "third", "--file", "annotations/new.md", "--by", "pilot"
    )
    assert {"pilot"} == {note["by"] for note in site.build().data["notes"]}


def test_a_note_in_the_file_of_somebody_else_says_so(site, capsys):
    """A note signs for itself where its file is another's, and names its source."""
    site.write(FILE, notes_file("pilot", "One").replace("source: letter", "source: other"))

    written(site, capsys, "Two", "--by", "editor", "--file", FILE)

    text = (site.root / FILE).read_text()
    assert "## “Two” {#two by=editor}\n\n> Two\n> — letter\n" in text
    assert [("two", "editor")] == [
        (note["id"], note["by"])
        for note in site.build().data["notes"]
        if note["source"] == "letter"
    ]


@pytest.mark.parametrize("file", ["notes.md", "../out.md", "content/pages/x.md", "seeds/x.md"])
def test_a_file_that_is_none_for_notes(site, file, capsys):
    """A file outside of the annotations, or of the site, is refused with one that would do."""
    assert 2 == new_note(site, "letter", "One", "--by", "editor", "--file", file)
    assert "try --file content/annotations/" in capsys.readouterr().err
    assert not (site.root / "content").exists()


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["letter", "One"], "who writes this note? say --by pilot or --by editor"),
        (["letter", "One", "--by", "edit"], "did you mean 'editor'?"),
        (["letter", "One", "--by", "x", "--id", "p3"], "call it `the-p3`"),
        (["leter", "One", "--by", "editor"], "did you mean 'letter'?"),
        (["charter", "One", "--by", "editor"], "`new source charter` starts one"),
        (["broken", "One", "--by", "editor"], "`check` says why"),
        (["council", "One", "--by", "editor"], "content/actors/council.md and no source"),
        (["letter", "One", "--by", "editor", "--id", "council"], "`council-2` is free"),
    ],
)
def test_what_cannot_be_meant(site, words, said, capsys):
    """A slip on the command line is answered in one sentence with the repair."""
    site.write("content/actors/council.md", "---\nname: C\nkind: group\n---\n")
    site.write("seeds/broken/text.md", "No settings.\n")

    assert 2 == new_note(site, *words)
    error = capsys.readouterr().err
    assert said in error
    assert 1 == len(error.splitlines())
    assert not (site.root / "content/annotations").exists()


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_the_bytes_of_a_file_stay(site, end):
    """A byte order mark, line ends, spaces and a missing last line end are kept as they are."""
    text = "\ufeff" + notes_file("pilot", "One", "Three").replace("\n\n", "\n  \n").rstrip("\n")
    old = text.replace("\n", end).encode()
    site.write(FILE, old)

    assert 0 == new_note(site, "letter", "Two", "--by", "pilot", "--id", "two")

    new = (site.root / FILE).read_bytes()
    block = f"## “Two” {{#two}}{end}{end}> Two{end}{end}".encode()
    assert 1 == new.count(block)
    assert old == new.replace(block, b"")
    assert {"stub-left"} == set(site.build().codes)


def test_a_file_that_is_not_ours_to_read(site, capsys, tmp_path):
    """A file that is no UTF-8 text is shown and left; one behind a link is refused."""
    site.write(FILE, b"---\nsource: letter\n---\ncaf\xe9\n")
    words = ("letter", "One", "--by", "editor", "--file", FILE)

    assert 1 == new_note(site, *words)
    assert "text-not-utf8" in (said := capsys.readouterr().err)
    assert "nothing was written" in said
    (site.root / FILE).unlink()
    (site.root / FILE).symlink_to(tmp_path / "elsewhere.md")
    assert new_note(site, *words) in (2, 3)
    assert not (tmp_path / "elsewhere.md").exists()


def test_words_and_options_in_any_order(site, capsys):
    """Options may stand between the words; what begins with a dash and a space is words."""
    site.write("seeds/letter/text.txt", "-5 below\n").remove("seeds/letter/text.md")

    for words in (["--by", "editor", "letter", "-5 below"], ["letter", "--by", "editor", "-5"]):
        assert 0 == new_note(site, *words)
    assert 0 == new_note(site, "letter", "below", "--by", "editor", "-- p1")
    assert 0 == main(["new", "--root", str(site.root), "note", "letter", "--by=editor", "--", "-5"])
    assert {"stub-left"} == set(site.build().codes)


def test_errors_of_others_do_not_matter(site):
    """A site with broken notes elsewhere takes a new one all the same."""
    site.write(
        "content/annotations/x.md", "---\nby: nobody\n---\n\n## Lost\n\n> nowhere\n> — letter\n"
    )
    before = site.build()

    assert 0 == new_note(site, "letter", "One", "--by", "editor")

    after = site.build()
    assert sorted([*before.codes, "stub-left"]) == after.codes
    assert 2 == len(after.data["notes"])


def test_problems_for_programs(site, capsys):
    """With `--format json` what is wrong with the words goes to standard output, a line each."""
    assert 1 == new_note(site, "letter", "is", "--by", "editor", "--format", "json")

    shown = capsys.readouterr()
    assert '"code": "quote-ambiguous"' in shown.out
    assert "" == shown.err


@pytest.mark.parametrize("rights", ["excerpt", "quote", "link"])
def test_a_gist_of_ours_publishes_no_words(site, rights):
    """Where not all words may be published, neither heading nor id are made of them."""
    site.write("seeds/letter/source.toml", f'title = "A letter"\nrights = "{rights}"\n')

    assert 0 == new_note(site, "letter", "second", "--by", "editor")

    assert "## On p2 {#letter-p2}\n\n> second\n" in (site.root / FILE).read_text()
    assert {"stub-left"} == set(site.build().codes)


def test_a_text_that_is_not_here_cannot_be_quoted(site, capsys):
    """Where an outline stands in for a text, whoever has the text must write the note."""
    site.write("seeds/letter/source.toml", 'title = "A letter"\nrights = "quote"\n').build()
    site.remove("seeds/letter/text.md")

    assert 2 == new_note(site, "letter", "second", "--by", "editor")
    assert "only its outline" in capsys.readouterr().err
