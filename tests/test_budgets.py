"""Budgets: what the annotation files type out of a text is counted, and bounded."""

import pytest

from generator.pipeline import build
from generator.plans import Plan
from tests.rights import PARAGRAPHS, PATH, restricted
from tests.rights import without_text as clone

WORDS = len(" ".join(PARAGRAPHS[1].split()[:10]).split())
TEN = " ".join(PARAGRAPHS[1].split()[:10])


def count(site):
    """Return how many words are typed out, as a check says it."""
    report = build(Plan(site.root, None), lambda *_: None)
    [notice] = report.notices
    return int(notice.partition("type out ")[2].split()[0])


@pytest.mark.parametrize(
    ("notes", "words"),
    [
        ("", 0),
        ("## A {#a}\n\n> on the water\n\nO.\n", 3),
        ("## A {#a}\n\n> Nobody **on the water** disputes\n\nO.\n", 5),
        ("## A {#a draft}\n\n> Nobody **on the water** disputes\n\nO.\n", 5),
        ("## A {#a}\n\n> on the water\n\nO.\n\n## B {#b}\n\n> the water disputes\n\nO.\n", 4),
        ("## A {#a}\n\n> Nobody on the water … the ferryman laughs\n\nO.\n", 7),
        ("## A {#a}\n\n> — p1\n\nO.\n", 0),
        ("## A {#a}\n\n> — p1\n\nAs he says: on the water disputes that the basin.\n", 0),
        ("## A {#a}\n\n> — p1\n\nAs he says: on the water *disputes* that the basin silts.\n", 8),
        (f"## A {{#a}}\n\n> — p1\n\nO.\n\n<!-- {TEN} -->\n", WORDS),
        (f"## A {{#a}}\n\n> gulls {TEN}\n\nO.\n", WORDS),
    ],
)
def test_what_counts(tmp_path, notes, words):
    """Context and drafts, copies in a note's text and in a comment: each word of the text once."""
    assert words == count(restricted(tmp_path / "root", "link", f"\n{notes}"))


@pytest.mark.parametrize(
    ("facts", "limit"), [("max_words = 6\n", 6), ("max_share = 0.023\n", 6), ("max_words = 7\n", 0)]
)
def test_too_many_are_an_error_where_they_become_too_many(tmp_path, facts, limit):
    """The words that were one too many are underlined; the site that is there stays."""
    site = restricted(tmp_path / "root", "quote", "\n## A {#a}\n\n> on the water\n\nO.\n", facts)
    before = site.build()
    assert [] == before.places
    site.edit(PATH, "O.\n", "O.\n\n## B {#b}\n\n> the **ferryman** laughs.\n> — p2\n")
    site.edit(PATH, "laughs.\n> — p2\n", "laughs.\n> — p2\n\nO.\n\n## C {#c}\n\n> silts\n\nO.\n")
    built = site.build()

    if not limit:
        assert [] == built.places
        return
    [problem] = built.report.diagnostics
    assert [("rights-exceeded", f"{PATH}:21:3", "silts")] == built.places
    assert "more than 6 of the 267 words of letter, in all 7" in problem.message
    assert facts.split()[0] in problem.help
    assert built.report.withheld
    assert before.files == built.files


def test_without_the_text_the_last_count_holds(tmp_path):
    """Nobody can count what is not there; the outline says how many there were."""
    site = restricted(tmp_path / "root", "quote", "\n## A {#a}\n\n> on the water\n\nO.\n")
    site.build()
    copy = clone(site).edit("seeds/letter/source.toml", "language", "max_words = 2\nlanguage")
    built = copy.build()

    assert [("rights-exceeded", "seeds/letter/source.toml", "")] == built.places
    assert built.report.withheld
    assert [] == copy.build(private=True).places


def test_a_private_edition_has_no_budget(tmp_path):
    """Nothing of it is published."""
    notes = "\n## A {#a}\n\n> on the water\n\nO.\n"
    site = restricted(tmp_path / "root", "quote", notes, "max_words = 2\n")

    assert ["rights-exceeded"] == site.build().codes
    assert [] == site.build(private=True).places
