"""Proofing: templates are checked once, and what was wrong with them is said again."""

import pytest

from generator import proofing
from generator.proofing import check_once
from generator.spans import TextFile
from generator.store import Store

WHOLE = TextFile("themes/t/a.html", "{{ view }}")
BROKEN = TextFile("themes/t/b.html", "{% if %}")


@pytest.fixture
def checks(monkeypatch):
    """Return what was checked, in the order of the checks."""
    seen, check = [], proofing.check_syntax
    monkeypatch.setattr(proofing, "check_syntax", lambda files: seen.append(files) or check(files))
    return seen


def test_what_was_checked_is_not_checked_again(checks):
    """The second time the same problems come out of the store."""
    store = Store(None, "")

    found = check_once(store, (WHOLE, BROKEN))

    assert ["template-invalid"] == [problem.code for problem in found]
    assert found == check_once(store, (WHOLE, BROKEN))
    assert 1 == len(checks)


def test_other_templates_are_checked(checks):
    """What was found of some files says nothing about others, or about one of another name."""
    store = Store(None, "")
    renamed = TextFile("themes/t/c.html", BROKEN.text)

    found = [check_once(store, files) for files in ((WHOLE,), (BROKEN,), (renamed,))]

    assert [[], [BROKEN.path], [renamed.path]] == [[p.path for p in each] for each in found]
    assert 3 == len(checks)


def test_what_cannot_be_read_is_checked(checks):
    """A store may hold anything."""
    store = Store(None, "")
    found = check_once(store, (BROKEN,))
    store.get = lambda key: b"nonsense"

    assert found == check_once(store, (BROKEN,))
    assert 2 == len(checks)
