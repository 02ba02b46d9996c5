"""The command line: commands, options, formats, exit codes, and where words go."""

import argparse
import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from generator import __version__
from generator.cli import main
from generator.commands.parsing import TAKE_VALUES, make_parser
from tests.sites import Site

ROOT = Path(__file__).parents[1]
NOTES = "content/annotations/letter.md"
COMMAND = (sys.executable, "-c", "import sys; from generator.cli import main; sys.exit(main())")


@pytest.fixture
def site(tmp_path):
    """A small site with one source and one note."""
    return Site(tmp_path / "root")


def run(*words, env=None, cwd=ROOT):
    """Run the command as a process of its own."""
    return subprocess.run(
        [*COMMAND, *words],
        capture_output=True,
        text=True,
        cwd=cwd,
        env={**os.environ, "PYTHONPATH": str(ROOT), **(env or {})},
    )


def test_build_is_the_default(site, capsys):
    """Without a command the site is built, into `site` below its root."""
    assert 0 == main(["--root", str(site.root)])

    assert (site.root / "site" / "index.html").is_file()
    assert "built 6 pages from 1 text and 1 note into" in capsys.readouterr().err


def test_a_path_is_one_that_an_editor_opens(site, tmp_path):
    """People read it from where they are, programs from the site's folder, and files as typed."""
    site.edit(NOTES, "too soon", "too late")
    here, name = tmp_path, site.root.name
    typed = ["--root", name, "--cache", str(tmp_path / "cache")]
    at = f"{NOTES}:8:13: error"

    assert run("check", *typed, cwd=here).stderr.startswith(f"{name}/{at}")
    assert run("check", "--root", str(site.root), cwd=here).stderr.startswith(f"{site.root}/{at}")
    github = run("check", *typed, "--format", "github", cwd=here).stdout
    assert github.startswith(f"::error file={name}/{NOTES},line=8,")
    assert NOTES == json.loads(run("check", *typed, "--format", "json", cwd=here).stdout)["path"]
    (tmp_path / "page.txt").write_bytes(b"caf\xe9")
    assert run("import", "./page.txt", *typed[:2], cwd=here).stderr.startswith("./page.txt:1:4: ")
    new = run("new", "source", "x", "--from", "./page.txt", *typed[:2], cwd=here).stderr
    assert new.startswith("./page.txt:1:4: ")
    note = run("new", "note", "letter", "obeys", *typed[:2], cwd=here).stdout
    assert note.startswith(f"{name}/{NOTES}:")


def test_options_behind_test_are_for_pytest(tmp_path):
    """They go on as they stand, and so do those before it."""
    (tmp_path / "test_it.py").write_text("def test_one(): pass\ndef test_two(): pass\n")
    options = ["-p", "no:cacheprovider", "-k", "one", f"--rootdir={tmp_path}", str(tmp_path)]

    for words in (["test", "-q", *options], ["-q", "test", *options]):
        done = run(*words, env={"PYTEST_ADDOPTS": ""})
        assert "1 passed, 1 deselected" in done.stdout, done.stderr
        assert 0 == done.returncode


def test_check_writes_nothing(site, capsys):
    """`check` says what a build would say and leaves the disk alone."""
    before = sorted(site.root.rglob("*"))

    assert 0 == main(["check", "--root", str(site.root)])

    assert before == sorted(site.root.rglob("*"))
    assert "checked 6 pages" in capsys.readouterr().err


def test_the_table_of_options_with_values_is_complete():
    """Every option that takes the word behind it is known to do so, and no other."""

    def options_of(parser):
        for action in parser._actions:
            if isinstance(action, argparse._SubParsersAction):
                for other in action.choices.values():
                    yield from options_of(other)
            elif action.nargs is None:
                yield from action.option_strings

    assert set(options_of(make_parser())) == TAKE_VALUES


@pytest.mark.parametrize("order", [["build", "--root", "{}"], ["--root", "{}", "build"]])
def test_options_may_stand_on_both_sides_of_the_command(site, order):
    """Where an option stands makes no difference, not even for one called like a command."""
    assert 0 == main([word.format(site.root) for word in order])


def test_a_root_called_like_a_command(tmp_path, monkeypatch):
    """The value of an option is never taken for the command."""
    Site(tmp_path / "test")
    monkeypatch.chdir(tmp_path)

    assert 0 == main(["--root", "test"])


def test_errors_exit_1_and_still_build(site, capsys):
    """With an error the site is written, and the exit code says that it is not right."""
    site.note("Lost {#lost}", "nowhere")

    assert 1 == main(["--root", str(site.root)])

    assert (site.root / "site" / "notes" / "lost.html").is_file()
    assert "1 error" in capsys.readouterr().err.splitlines()[-1]


def test_warnings_exit_1_only_when_strict(site):
    """A warning is a problem for `--strict` alone."""
    site.write("content/stray.md", "words")

    assert 0 == main(["--root", str(site.root)])
    assert 1 == main(["--root", str(site.root), "--strict"])


@pytest.mark.parametrize(
    "words", [["--nonsense"], ["nonsense"], ["import"], ["explain"], ["--format", "xml"]]
)
def test_usage_exits_2_with_one_line(words):
    """A wrong command line gets one sentence and no traceback."""
    done = run(*words)

    assert 2 == done.returncode
    assert 1 == len(done.stderr.splitlines())
    assert done.stderr.startswith("postil: ")


def test_a_folder_without_settings_exits_2(tmp_path):
    """A root that holds no site is named."""
    done = run("--root", str(tmp_path))

    assert (2, True) == (done.returncode, "site.toml" in done.stderr)


def test_broken_settings_exit_2(site):
    """Settings that cannot be used are told apart from problems in the texts."""
    site.write("site.toml", "title = \n")

    assert 2 == run("--root", str(site.root)).returncode


def test_an_output_that_is_not_ours_exits_2_and_stays(site, tmp_path):
    """A folder with somebody's files is left as it is."""
    (tmp_path / "home").mkdir()
    (tmp_path / "home" / "letter").write_text("dear")

    done = run("--root", str(site.root), "--output", str(tmp_path / "home"))

    assert 2 == done.returncode
    assert "did not write" in done.stderr
    assert ["letter"] == os.listdir(tmp_path / "home")


@pytest.mark.parametrize("where", [".", "content", "seeds/new", ".."])
def test_an_output_among_the_inputs_is_refused(site, where):
    """The site never lands among its own sources."""
    done = run("--root", str(site.root), "--output", str(site.root / where))

    assert 2 == done.returncode
    assert "name another folder" in done.stderr


def test_a_disk_that_refuses_exits_3(site):
    """When the machine does not let us write, that is said in one sentence."""
    done = run("--root", str(site.root), "--output", "/dev/null/site")

    assert (3, 1) == (done.returncode, len(done.stderr.splitlines()))


def test_json_goes_to_standard_output(site):
    """One object a line, sorted, with the fields of the contract; the last line goes to stderr."""
    site.note("Lost {#lost}", "nowhere", "[[nothing]]")

    done = run("--root", str(site.root), "--format", "json")

    rows = [json.loads(line) for line in done.stdout.splitlines()]
    assert ["quote-not-found", "link-dead"] == [row["code"] for row in rows]
    assert [(14, 3), (16, 1)] == [(row["line"], row["column"]) for row in rows]
    assert 1 == len(done.stderr.splitlines())


def test_github_format(site):
    """Problems become annotations of the workflow."""
    site.note("Lost {#lost}", "nowhere")

    done = run("--root", str(site.root), "--format", "github")

    assert done.stdout.startswith(f"::error file={site.root}/{NOTES},line=14,col=3")


def test_quiet_keeps_errors_only(site):
    """`-q` drops warnings and the last line, never an error."""
    site.write("content/stray.md", "words").note("Lost {#lost}", "nowhere")

    done = run("--root", str(site.root), "-q")

    assert "quote-not-found" in done.stderr
    assert "file-unused" not in done.stderr
    assert "built" not in done.stderr


def test_verbose_says_what_takes_how_long(site):
    """`-v` adds a line for each phase."""
    done = run("--root", str(site.root), "-v")

    assert ["reading", "joining", "rendering", "indexing", "writing"] == [
        line.split()[1].rstrip(":") for line in done.stderr.splitlines()[:-1]
    ]


@pytest.mark.parametrize(
    ("words", "env", "coloured"),
    [
        ([], {}, False),
        (["--color", "always"], {}, True),
        (["--color", "always"], {"NO_COLOR": "1"}, True),
        (["--color", "never"], {}, False),
    ],
)
def test_colour(site, words, env, coloured):
    """Colour is for terminals, unless it is asked for in so many words."""
    site.note("Lost {#lost}", "nowhere")

    done = run("--root", str(site.root), *words, env=env)

    assert coloured == ("\x1b[" in done.stderr)


@pytest.mark.parametrize(("env", "coloured"), [({}, True), ({"NO_COLOR": "1"}, False)])
def test_no_color_is_honoured_on_a_terminal(site, env, coloured):
    """On a terminal problems are coloured, unless the reader has said NO_COLOR."""
    site.note("Lost {#lost}", "nowhere")
    leader, follower = os.openpty()
    plain = {k: v for k, v in os.environ.items() if k != "NO_COLOR"} | {"TERM": "xterm"}

    subprocess.run(
        [*COMMAND, "--root", str(site.root)],
        stderr=follower,
        stdout=subprocess.DEVNULL,
        cwd=ROOT,
        env={**plain, **env},
    )
    os.close(follower)
    shown = os.read(leader, 65536)
    os.close(leader)

    assert coloured == (b"\x1b[31;1m" in shown)


def test_version_and_help():
    """Both answer on standard output and are fine."""
    assert (0, f"postil {__version__}\n") == (run("--version").returncode, run("--version").stdout)
    assert 0 == run("--help").returncode
    assert "Exit codes" in run("--help").stdout


def test_explain():
    """`explain` says what a code means; an unknown one names the nearest."""
    assert run("explain", "quote-not-found").stdout.startswith(
        "quote-not-found (error)\n\nThe source"
    )
    unknown = run("explain", "quote-not-fond")
    assert (2, True) == (unknown.returncode, "did you mean 'quote-not-found'?" in unknown.stderr)


def test_drafts_are_published_only_when_asked(site):
    """A draft is checked in any case, and on the site only with `--drafts`, marked."""
    site.note("Draft {#later draft}", "obeys none")

    main(["--root", str(site.root)])
    assert not (site.root / "site/notes/later.html").exists()
    main(["--root", str(site.root), "--drafts"])
    assert "draft" in (site.root / "site/notes/later.html").read_text("utf-8")


def test_base_url_is_for_what_needs_a_full_address(site):
    """Only canonical links, citations and the page for lost ways know the site's address."""
    main(["--root", str(site.root), "--base-url", "https://example.org/site"])

    page = (site.root / "site/sources/letter.html").read_text("utf-8")
    lost = (site.root / "site/404.html").read_text("utf-8")
    assert '<link rel="canonical" href="https://example.org/site/sources/letter.html">' in page
    assert 'href="/site/assets/style.css"' in lost
    assert not re.search('(?:href|src)="https://example.org', page.split("<body")[1])


def test_import_makes_a_source_and_overwrites_nothing(site, tmp_path):
    """A page is imported once; the second time says what is there."""
    page = tmp_path / "page.txt"
    page.write_text("A title\n\n\nSome words of a paragraph that is long enough.\n\nAnother one.\n")

    first = run("import", str(page), "--root", str(site.root), "--id", "page")
    second = run("import", str(page), "--root", str(site.root), "--id", "page")

    assert (0, 1) == (first.returncode, second.returncode)
    assert "body: 2 paragraphs" in first.stdout
    assert "source-exists" in second.stderr
    assert 0 == run("check", "--root", str(site.root)).returncode


def test_import_is_careful(site, tmp_path):
    """Unless told otherwise an import publishes quotations only, and git ignores the text."""
    page = tmp_path / "page.txt"
    page.write_text("A title\n\n\nSome words of a paragraph that is long enough.\n\nAnother one.\n")
    done = run("import", str(page), "--root", str(site.root), "--id", "page")

    assert 'rights    = "quote"' in (site.root / "seeds/page/source.toml").read_text()
    assert "/*\n" in (site.root / "seeds/page/.gitignore").read_text()
    assert 'its rights are "quote", and git ignores its words' in done.stderr
    assert 0 == run("--root", str(site.root)).returncode
    assert "long enough" not in (site.root / "site/sources/page.html").read_text()
    whole = run("import", str(page), "--root", str(site.root), "--id", "w", "--rights", "full")
    assert "its rights" not in whole.stderr
    assert not (site.root / "seeds/w/.gitignore").exists()


def test_what_must_not_be_published_exits_1_and_replaces_nothing(site):
    """The last line says that the old site is still there."""
    site.edit("seeds/letter/source.toml", '"full"', '"quote"')
    assert 0 == run("--root", str(site.root)).returncode
    before = (site.root / "site/notes/timing.html").read_bytes()
    site.edit(
        "content/annotations/letter.md",
        "See",
        "The council finds it was decided too soon. The sea obeys none of us. See",
    )
    done = run("--root", str(site.root))

    assert 1 == done.returncode
    assert "letter.md:10:1: error[text-leaked]" in done.stderr
    assert "published nothing: the site that is there stays as it was" in done.stderr
    assert before == (site.root / "site/notes/timing.html").read_bytes()


def test_a_private_edition_goes_into_a_folder_of_its_own(site, tmp_path):
    """Never where the public site is, or is going to be; git leaves it alone, wherever it is."""
    site.edit("seeds/letter/source.toml", '"full"', '"link"')
    root = str(site.root)
    assert 2 == run("--private", "--root", root, "--output", str(site.root / "site")).returncode
    assert 0 == run("--root", root, "--output", str(tmp_path / "public")).returncode
    done = run("--private", "--root", root, "--output", str(tmp_path / "public"))
    assert (2, 1) == (done.returncode, len(done.stderr.splitlines()))
    assert "for what is published" in done.stderr

    assert 0 == run("--private", "--root", root).returncode
    assert not (site.root / "site").exists()
    page = (site.root / "site-private/sources/letter.html").read_text()
    assert "The sea obeys none of us." in page
    assert "Private edition" in page
    assert "*\n" == (site.root / "site-private/.gitignore").read_text()
    assert 0 == run("--private", "--root", root).returncode
    # The two never stand for each other, however little changed.
    assert 0 == run("--root", root).returncode
    assert "The sea" not in (site.root / "site/sources/letter.html").read_text()


def test_what_is_said_of_texts_is_said_once(site):
    """A text that is not here, and in a check how many words of each are typed out."""
    site.edit("seeds/letter/source.toml", '"full"', '"quote"')
    first = run("--root", str(site.root))
    assert "postil: wrote seeds/letter/outline.json: commit it with the notes\n" in first.stderr
    site.remove("seeds/letter/text.md")
    for _ in range(3):
        done = run("--root", str(site.root))
        assert 1 == done.stderr.count("the text of letter is not here")
        assert 0 == done.returncode
    checked = run("check", "--root", str(site.root))
    assert "letter: the annotation files type out 3 of its 16 words (18.8 %)\n" in checked.stderr
    quiet = run("check", "-q", "--root", str(site.root))
    assert "" == quiet.stderr


def test_import_of_a_file_that_is_not_there(site):
    """A file that is named and is none is a matter of the command line, in one sentence."""
    for name, said in (("nowhere.txt", "there is no file"), ("tests", "is a folder: name a file")):
        done = run("import", name, "--root", str(site.root))

        assert (2, 1) == (done.returncode, len(done.stderr.splitlines()))
        assert said in done.stderr


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["serve", "--port", "abc"], "'abc' is no port: a number from 0 to 65535"),
        (["serve", "--port", "70000"], "'70000' is no port"),
        (["build", "--base-url", "example.org"], "'example.org' is no address of a site: write it"),
        (["build", "--base-url", "http://"], "'http://' is no address"),
        (["build", "--base-url", "https://example.org/?x"], "is no address of a site"),
    ],
)
def test_values_that_no_option_takes(options, said, capsys):
    """What is wrong with a value is said in words, not by the name of a function."""
    with pytest.raises(SystemExit) as ended:
        main(options)
    assert 2 == ended.value.code
    assert said in capsys.readouterr().err


def test_files_are_named_as_they_can_be_opened(tmp_path, monkeypatch, capsys):
    """With `--root` the path of what was written leads there from where one is."""
    monkeypatch.chdir(tmp_path)
    assert 0 == main(["new", "site", "my"])
    words = ["new", "source", "letter", "--rights", "full", "--root", "my"]
    assert 0 == main(words)
    told = capsys.readouterr().err
    assert "wrote my/seeds/letter/text.md and my/seeds/letter/source.toml: put" in told
