"""Some sequences of steps that the law of builds must have tried, whatever chance gives it."""

import signal

import pytest

import generator.render.sheets
import generator.studies
from tests.warm.builder import older_program, start_build
from tests.warm.machine import Warm

NOTES = "content/annotations/letter.md"


@pytest.fixture
def work(monkeypatch):
    """A site that has been built."""
    monkeypatch.setattr(generator.studies, "WORTH_SHARING", 0)
    monkeypatch.setattr(generator.render.sheets, "WORTH_SHARING", 0)
    made = Warm()
    made.set_up()
    try:
        made.build_and_compare()
        yield made
    finally:
        made.teardown()


def edit(work, old="The date", new="The day"):
    path = work.root / NOTES
    work.write(NOTES, path.read_text("utf-8").replace(old, new))


@pytest.mark.parametrize("rights", ["quote", "excerpt", "link"])
def test_a_restricted_text_goes_and_comes_back(work, rights):
    """In between an outline stands in for it; its rights stay what they are."""
    work.write_facts(id="letter", rights=rights, more="")
    work.build_and_compare()
    outline = work.root / "seeds/letter/outline.json"
    assert outline.is_file()

    work.set_the_text_aside(id="letter")
    work.build_and_compare()
    edit(work)
    work.build_and_compare()
    work.bring_the_text_back(id="letter")
    assert (work.root / "seeds/letter/text.md").is_file()
    work.build_and_compare()


def test_an_outline_that_stands_alone(work):
    """Somebody wrote notes on a text, and gave away all but the text."""
    work.leave_an_outline_only(id="tide", rights="quote", words="alpha")
    assert ["outline.json", "source.toml"] == sorted(
        path.name for path in (work.root / "seeds/tide").iterdir()
    )
    work.build_and_compare()

    notes = work.root / "content/annotations/of.md"
    notes.write_text(notes.read_text("utf-8").replace("> it", "> not it"), "utf-8")
    work.build_and_compare()
    work.write("seeds/tide/outline.json", "{}")
    work.build_and_compare()


def test_the_settings_go(work):
    """They are among the files that any step may take."""
    work.delete(number=work.files().index(work.root / "site.toml"))
    assert not (work.root / "site.toml").exists()
    work.build_and_compare()
    work.build_and_compare()


@pytest.mark.parametrize("files", [True, False])
def test_head_moves_backwards(work, files):
    """The commit is on the pages, and is not the last one any more."""
    for _ in range(2):
        work.commit()
        work.build_and_compare()
        edit(work)
    work.move_head_backwards(files=files)
    assert files == ("The date" in (work.root / NOTES).read_text("utf-8"))
    work.build_and_compare()


@pytest.mark.parametrize("phase", ["reading", "joining", "rendering", "writing"])
@pytest.mark.parametrize("moment", [0, 5, 25])
def test_a_build_is_killed(work, phase, moment):
    """Nothing that it left half done is taken for done."""
    edit(work)
    done = start_build(work.plan(), phase=phase, moment=moment).wait()
    assert -signal.SIGKILL == done
    work.build_and_compare()


def test_three_hands(work):
    """What three processes do is what one does."""
    work.hire(jobs=3)
    work.write_a_theme(word="alpha", static=False)
    work.build_and_compare()


def test_an_older_version_built(work):
    """What another program kept is of no use to this one."""
    work.write_facts(id="letter", rights="full", more="x = 1\n")
    assert 0 == start_build(work.plan(), older_program()).wait()
    assert "Older: " in (work.output / "index.html").read_text("utf-8")
    work.build_and_compare()


@pytest.mark.parametrize("signed", [True, False])
def test_a_foreign_cache(work, signed):
    """Of another site only pages that are the same are of use; none if somebody else signed it."""
    work.bring_a_foreign_cache(signed=signed)
    edit(work)
    assert signed == ("404.html" not in work.build_warm().made)
    work.build_and_compare()


def test_a_cache_of_earlier(work):
    """What was kept then is told from what is there now."""
    work.restore_the_cache_of_earlier(back=False)
    edit(work)
    work.build_and_compare()
    work.restore_the_cache_of_earlier(back=True)
    work.build_and_compare()
