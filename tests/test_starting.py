"""Stubs: what is started builds, says what can be said in it, and never costs what was there."""

import os
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.cli import main
from generator.config import KEYS, read_config
from generator.front_matter import read_front_matter
from generator.importing.writing import IGNORE, clean
from generator.pairs import Scalar
from generator.readers import codebook, pages, sources
from generator.readers.codebook import read_actor, read_issue
from generator.readers.pages import read_page
from generator.readers.sources import read_source
from generator.settings import read_settings
from generator.spans import TextFile
from generator.starting import stubs
from generator.starting.files import Refused, place_files, replace_file
from generator.starting.taken import free_id
from tests.sites import ROOT, Site


@pytest.fixture
def site(tmp_path):
    """A small site with one source and one note."""
    return Site(tmp_path / "root")


def new(site, *words):
    """Run `new` for *site*, and return its exit code."""
    return main(["new", *words, "--root", str(site.root)])


def files_of(site):
    """Return all files below the root with what they hold."""
    return {path: path.read_bytes() for path in site.root.rglob("*") if path.is_file()}


@pytest.mark.parametrize(
    ("words", "codes"),
    [
        (["source", "deed"], ["stub-left"]),
        (["actor", "council"], ["codebook-unused"]),
        (["issue", "fee-now"], ["codebook-unused", "stub-left"]),
        (["page", "about"], ["stub-left"]),
        (["page", "index"], ["stub-left"]),
        (["theme", "harbour"], []),
    ],
)
def test_every_stub_builds(site, words, codes, capsys):
    """Nothing that is started is an error; what is left as it was is said by the next build."""
    assert 0 == new(site, *words)
    assert "stub-left" not in capsys.readouterr().err

    assert codes == site.build().codes


@pytest.mark.parametrize(
    ("words", "path", "place", "said"),
    [
        (["source", "deed"], "seeds/deed/text.md", "1:1", "Dear council, the fee is due."),
        (["issue", "fee"], "content/issues/fee.md", "2:14", "The fee is fair."),
        (["page", "about"], "content/pages/about.md", "8:1", "What this is.\n"),
        (["note", "letter", "too soon"], "content/annotations/letter.md", "12:4", "It is late"),
        (["note", "letter", "--at", "p1"], "content/annotations/letter.md", "6:4", "It is late"),
    ],
)
def test_what_is_left_as_new_wrote_it_is_told(site, words, path, place, said):
    """A placeholder is underlined where it stands, until its author says something there."""
    assert 0 == new(site, *words)
    known = [each for each in site.build().places if each[0] == "stub-left"]

    [(_, shown, underlined)] = known
    assert f"{path}:{place}" == shown
    site.edit(path, underlined, said)
    assert "stub-left" not in site.build().codes


def test_what_says_something_is_no_placeholder(site):
    """A page with words, and a note with a body, may still have what `new` wrote."""
    assert 0 == new(site, "page", "about")
    assert 0 == new(site, "note", "letter", "too soon")
    for path in ("content/pages/about.md", "content/annotations/letter.md"):
        text = (site.root / path).read_text("utf-8")
        site.write(path, f"{text}\nWords.\n")

    assert [] == site.build().codes


@pytest.mark.parametrize(
    "words", [["source", "deed"], ["actor", "a"], ["issue", "i"], ["page", "x"], ["theme", "t"]]
)
def test_nothing_is_written_twice(site, words):
    """The second time says what is there, and leaves it as it is."""
    new(site, *words)
    before = files_of(site)

    assert 2 == new(site, *words)
    assert before == files_of(site)


def test_a_site_of_its_own(tmp_path, monkeypatch, capsys):
    """A new site has settings, builds, and is not made over another."""
    monkeypatch.chdir(tmp_path)

    assert 0 == main(["new", "site", "my-notes", "--title", 'Notes "on" it'])
    assert 0 == main(["check", "--root", "my-notes"])
    assert "no problems" in capsys.readouterr().err
    ignored = (tmp_path / "my-notes/.gitignore").read_text().split()
    assert ["/site/", "/site-private/", "/.postil/"] == ignored
    assert 2 == main(["new", "site", "my-notes"])
    assert "site.toml is there already" in capsys.readouterr().err


def test_a_site_in_a_folder_that_ignores_files_already(tmp_path):
    """The list of what git ignores is the author's, if there is one."""
    (tmp_path / ".gitignore").write_text("mine\n")

    assert 0 == main(["new", "site", str(tmp_path)])
    assert "mine\n" == (tmp_path / ".gitignore").read_text()


def uncommented(text, pattern):
    """Return *text* with every key that stands in a comment in use."""
    return re.sub(rf"^# (?={pattern})", "", text, flags=re.MULTILINE)


def stub_of(files, suffix):
    """Return the one of *files* that ends so, as a reader wants it."""
    [(path, content)] = [file for file in files if file[0].endswith(suffix)]
    return TextFile(path, content.decode())


def test_a_source_has_every_key_ready():
    """Each optional key of a source stands in a comment, with a value that fits."""
    file = stub_of(stubs.stub_source("deed", "A deed", "full", None), "source.toml")
    used = uncommented(file.text, r"\[|\w+ +=")

    keys = [pair.key for pair in read_settings(TextFile("s", used)).value.pairs]
    assert {key.name for key in sources.KEYS} == set(keys)
    assert () == read_source(TextFile(file.path, used), "deed").diagnostics
    assert ["title", "rights"] == [pair.key for pair in read_settings(file).value.pairs]


@pytest.mark.parametrize(
    ("files", "keys", "read"),
    [
        (stubs.stub_actor("a", "A", "group", ["group"]), codebook._ACTOR_KEYS, read_actor),
        (
            stubs.stub_issue("i", "It is."),
            codebook._ISSUE_KEYS,
            lambda file, id: read_issue(file, id, "en"),
        ),
        (stubs.stub_page("p", "P"), pages._KEYS, read_page),
    ],
)
def test_front_matter_has_every_key_ready(files, keys, read):
    """Each optional key of an actor, an issue and a page stands in a comment, and fits."""
    file = stub_of(files, ".md")
    used = TextFile(file.path, uncommented(file.text, r"\w+: "))

    pairs = read_front_matter(used).value.table.pairs
    assert {key.name for key in keys} == {pair.key for pair in pairs}
    said = [*read(used, "a").diagnostics, *read(file, "a").diagnostics]
    assert set() == {problem.code for problem in said} - {"stub-left"}


def test_settings_have_every_key_ready():
    """Each optional setting of a site stands in a comment, with a value that fits."""
    file = stub_of(stubs.stub_site("My notes"), "site.toml")
    used = TextFile(file.path, uncommented(file.text, r"\[|\w+ ="))

    assert () == read_config(used).diagnostics
    keys = {pair.key for pair in read_settings(used).value.pairs}
    assert {"extend"} == {key.name for key in KEYS} - keys


@given(st.text())
def test_any_words_may_be_a_title(words):
    """Whatever a title is, the settings and the front matter give it back, on one line."""
    settings = stub_of(stubs.stub_source("deed", words, "full", None), "source.toml")
    page = stub_of(stubs.stub_page("p", words), ".md")

    [title, _] = read_settings(settings).value.pairs
    assert clean(words) == title.value.value
    front = read_front_matter(page)
    if clean(words).isprintable():
        assert () == front.diagnostics
    if not front.diagnostics:
        [title] = front.value.table.pairs
        assert isinstance(title.value, Scalar)
        assert clean(words) == title.value.value


@pytest.mark.parametrize("id", ["letter", "timing", "council", "fee-now"])
def test_an_id_that_is_taken(site, id, capsys):
    """Sources, notes, actors and issues share one set of ids, and the repair is offered."""
    site.write("content/actors/council.md", "---\nname: C\nkind: group\n---\n")
    site.write("content/issues/fee-now.md", "---\nproposition: The fee rises.\n---\n")
    before = files_of(site)

    for what in ("source", "actor", "issue"):
        assert 2 == new(site, what, id)
        assert f"the id `{id}` is taken by" in (said := capsys.readouterr().err)
        assert f"`{id}-2` is free" in said
    assert before == files_of(site)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["source", "Über uns"], "call it `uber-uns`"),
        (["actor", "p3"], "call it `the-p3`"),
        (["issue", "../out"], "call it `out`"),
        (["page", "tags"], "try about-tags"),
        (["page", "a/b"], "call it `a-b`"),
        (["theme", "../out"], "try 'out'"),
        (["theme", "default"], "call yours by another name"),
        (["theme", "variorum"], "call yours by another name"),
    ],
)
def test_a_name_that_cannot_be(site, words, said, capsys):
    """A name that is none is refused with one that would do; nothing is written."""
    before = files_of(site)

    assert 2 == new(site, *words)
    assert said in capsys.readouterr().err
    assert before == files_of(site)


def test_the_text_of_a_source_is_copied_byte_for_byte(site, tmp_path):
    """A text comes as it is, with its suffix; its first heading is the title."""
    content = b"\xef\xbb\xbf# The *deed*\r\n\r\nWe sell   the quay.\r\n"
    (tmp_path / "Deed 2.MD").write_bytes(content)

    assert 0 == new(site, "source", "deed", "--from", str(tmp_path / "Deed 2.MD"))

    assert content == (site.root / "seeds/deed/text.md").read_bytes()
    assert 'title  = "The deed"' in (site.root / "seeds/deed/source.toml").read_text()
    assert [] == site.build().codes


@pytest.mark.parametrize(
    ("name", "content", "code", "said"),
    [
        ("deed.docx", b"x", 2, "no reader knows the suffix '.docx'"),
        ("deed.md", b" \n", 1, "text-empty"),
        ("deed.md", b"caf\xe9", 1, "text-not-utf8"),
        ("deed.md", b"caf\xe9", 1, "deed.md:1:4: error"),
        ("deed.md", b"caf\xe9", 1, "1 | caf\ufffd"),
        ("nowhere.md", None, 2, "there is no file"),
        ("", None, 2, "is a folder: name a file in it"),
    ],
)
def test_a_text_that_is_none(site, tmp_path, name, content, code, said, capsys):
    """What cannot be the text of a source makes none, and it is said why."""
    if content is not None:
        (tmp_path / name).write_bytes(content)
    before = files_of(site)

    assert code == new(site, "source", "deed", "--from", str(tmp_path / name))
    assert said in (shown := capsys.readouterr().err)
    assert "seeds/deed/text" not in shown
    assert before == files_of(site)


def test_a_text_with_a_problem_is_taken_all_the_same(site, tmp_path, capsys):
    """A source is as it was obtained: what is wrong with it is said, and is no reason to refuse."""
    (tmp_path / "deed.md").write_text(
        "# The deed\n\n### {#c1 re=c9}\n\nIn no thread.\n\n{#x .y z}\n"
    )

    code = new(site, "source", "deed", "--from", str(tmp_path / "deed.md"))

    assert 1 == code
    assert "error[" in capsys.readouterr().err
    assert (site.root / "seeds/deed/source.toml").is_file()


def test_a_folder_with_a_text_becomes_a_source(site):
    """A text that lies in its place already only gets its facts."""
    site.write("seeds/deed/text.txt", "We sell the quay.\n")

    assert 0 == new(site, "source", "deed")
    assert "We sell the quay.\n" == (site.root / "seeds/deed/text.txt").read_text()
    assert [] == site.build().codes


@pytest.mark.parametrize("rights", ["excerpt", "quote", "link"])
def test_words_that_may_not_be_published_are_kept_from_git(site, rights, tmp_path, capsys):
    """The careful choice comes with the list that keeps git from the text, and builds."""
    (tmp_path / "deed.txt").write_text("We sell the quay to nobody but the brewers.\n")
    words = ["--rights", rights] if rights != "quote" else []

    assert 0 == new(site, "source", "deed", "--from", str(tmp_path / "deed.txt"), *words)
    assert f'its rights are "{rights}", and git ignores its words' in capsys.readouterr().err
    assert IGNORE == (site.root / "seeds/deed/.gitignore").read_text()
    assert [] == site.build().codes


def test_a_list_of_what_git_ignores_is_kept(site):
    """A folder that has such a list already keeps its own."""
    site.write("seeds/deed/text.txt", "We sell the quay.\n").write("seeds/deed/.gitignore", "/*\n")

    assert 0 == new(site, "source", "deed")
    assert "/*\n" == (site.root / "seeds/deed/.gitignore").read_text()
    assert 'rights = "quote"' in (site.root / "seeds/deed/source.toml").read_text()


@pytest.mark.parametrize(("given", "asked"), [([], True), (["--proposition", "It is due."], False)])
def test_nothing_is_asked_for_that_was_given(site, given, asked, capsys):
    """Whoever gave the proposition is told what comes next, and not to write it."""
    assert 0 == new(site, "issue", "fee", *given)

    said = capsys.readouterr().err
    assert "name it in the table of a note" in said
    assert asked == ("write its proposition there" in said)


def test_two_actors_of_one_name(site, capsys):
    """One name means one actor, also when the names are made from ids."""
    new(site, "actor", "council", "--name", "The Council")

    assert 2 == new(site, "actor", "the-council")
    assert "is a name of council already" in capsys.readouterr().err


def test_a_new_theme_changes_its_block(site):
    """The stub of a theme links a style sheet of its own after the default's."""
    new(site, "theme", "harbour")
    site.edit("site.toml", 'title = "Site"\n', 'title = "Site"\ntheme = "harbour"\n')

    built = site.build()

    assert [] == built.codes
    assert "assets/theme.css" in built.files
    links = re.findall(r'<link rel="stylesheet" href="([^"]+)">', built.page("notes/timing.html"))
    assert [f"../assets/{name}.css" for name in ("style", "code", "moving", "theme")] == links


def test_the_blocks_that_a_new_theme_names_are_there():
    """The comment in the template names blocks of the default theme's frame."""
    template = stub_of(stubs.stub_theme("mine"), "base.html").text
    named = re.search(r"The blocks are ([^:]+):", template)[1]
    frame = (ROOT / "themes/default/base.html").read_text()

    for name in re.findall(r"\w+", named.replace(" and ", " ")):
        assert f"{{% block {name} %}}" in frame


def test_new_needs_a_site(tmp_path, capsys):
    """Without settings there is nothing to add to; broken ones are shown."""
    assert 2 == main(["new", "page", "about", "--root", str(tmp_path)])
    assert "has no site.toml" in capsys.readouterr().err
    (tmp_path / "site.toml").write_text("title = \n")
    assert 2 == main(["new", "page", "about", "--root", str(tmp_path)])
    assert "settings-invalid" in capsys.readouterr().err


@pytest.mark.parametrize(
    "order", [["--root", "{}", "new", "page"], ["new", "--root", "{}", "page"]]
)
def test_options_may_stand_before_both_words(site, order):
    """The two words of the command may stand among the options, as others may."""
    assert 0 == main([*(word.format(site.root) for word in order), "about", "-q"])
    assert (site.root / "content/pages/about.md").is_file()


def test_no_way_through_a_link(site, tmp_path, capsys):
    """A folder that is a link leads out of the site, and nothing is written there."""
    (tmp_path / "elsewhere").mkdir()
    (site.root / "content/pages").symlink_to(tmp_path / "elsewhere")

    assert 2 == new(site, "page", "about")
    assert "content/pages is no ordinary folder" in capsys.readouterr().err
    assert [] == os.listdir(tmp_path / "elsewhere")


def test_all_files_or_none(tmp_path):
    """When one of several cannot be written, none of them stays, nor a folder made for it."""
    (tmp_path / "taken").write_text("mine")

    with pytest.raises(Refused):
        place_files(tmp_path, (("a/b/one", b"1"), ("taken", b"2")))
    with pytest.raises(OSError, match="too long"):
        place_files(tmp_path, (("a/b/one", b"1"), ("x" * 300, b"2")))

    assert ["taken"] == os.listdir(tmp_path)
    assert "mine" == (tmp_path / "taken").read_text()


def test_a_file_is_replaced_only_as_it_was_read(tmp_path):
    """A file that somebody changed meanwhile is left to them; otherwise it keeps its mode."""
    file = tmp_path / "note.md"
    file.write_bytes(b"now")
    file.chmod(0o640)

    with pytest.raises(Refused, match="has changed in the meantime"):
        replace_file(tmp_path, "note.md", b"before", b"after")
    assert b"now" == file.read_bytes()
    replace_file(tmp_path, "note.md", b"now", b"after")
    assert (b"after", 0o640) == (file.read_bytes(), file.stat().st_mode & 0o777)
    assert ["note.md"] == os.listdir(tmp_path)


def test_a_free_id_is_no_longer_than_an_id_may_be():
    """A number takes the place of the last letters where there is no room for it."""
    long = "a" * 100

    assert "a-3" == free_id("a", {"a": "", "a-2": ""})
    assert f"{'a' * 98}-2" == free_id(long, {long: ""})
