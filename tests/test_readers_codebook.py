"""The codebook: an actor's or issue's file is read as its case says."""

from collections.abc import Callable, Iterator
from pathlib import PurePosixPath

import pytest

from generator.model import Actor, Issue
from generator.readers.codebook import read_actor, read_issue
from generator.spans import TextFile
from tests.casebook import Case, find_cases
from tests.drawing_notes import draw_links, draw_named, draw_place, draw_problem, draw_prose


def file_of(case: Case) -> TextFile:
    name = next(name for name in case.texts if name.startswith("file "))
    return TextFile(name.removeprefix("file "), case.texts[name])


@pytest.mark.parametrize("case", find_cases("codebook-actors.md"), ids=lambda case: case.title)
def test_actor(case: Case, settle: Callable[[Case, str, str], None]) -> None:
    """An actor's file reads as its case says."""
    file = file_of(case)
    outcome = read_actor(file, PurePosixPath(file.path).stem)
    lines = [*draw_actor(file, outcome.value)] if outcome.value else ["nothing"]
    lines += (line for problem in outcome.diagnostics for line in draw_problem(file, problem))
    settle(case, "read", "".join(f"{line}\n" for line in lines))


def draw_actor(file: TextFile, actor: Actor) -> Iterator[str]:
    named = "named" if actor.named else "unnamed"
    yield f"{actor.id}: {actor.name}, {actor.kind}, {named}"
    for name in ("aliases", "part_of"):
        if value := getattr(actor, name):
            yield f"  {name} {' | '.join(value)}"
    for name, span in actor.places:
        yield f"  {name} at {draw_place(file, span)}"
    if actor.prose.elements:
        yield f"  prose {draw_prose(actor.prose)}"
        yield from draw_links(file, actor.prose)


@pytest.mark.parametrize("case", find_cases("codebook-issues.md"), ids=lambda case: case.title)
def test_issue(case: Case, settle: Callable[[Case, str, str], None]) -> None:
    """An issue's file reads as its case says."""
    file = file_of(case)
    outcome = read_issue(file, PurePosixPath(file.path).stem, "en")
    lines = [*draw_issue(file, outcome.value)] if outcome.value else ["nothing"]
    lines += (line for problem in outcome.diagnostics for line in draw_problem(file, problem))
    settle(case, "read", "".join(f"{line}\n" for line in lines))


def draw_issue(file: TextFile, issue: Issue) -> Iterator[str]:
    yield f"{issue.id}: {issue.proposition}"
    for name in ("pro", "contra", "either", "group"):
        if value := getattr(issue, name):
            yield f"  {name} {value}"
    yield from (f"  not {words}" for words in issue.excluded)
    if issue.prose.elements:
        yield f"  prose {draw_prose(issue.prose)}"
        yield from draw_links(file, issue.prose)
    for ruling in issue.rulings:
        who, because = draw_named(file, ruling.who), draw_named(file, ruling.because)
        yield f"  {who} is {ruling.reading}, at {draw_place(file, ruling.place)}"
        if because:
            yield f"    because {because}"
        if ruling.reason:
            yield f"    why {ruling.reason}"


@pytest.mark.parametrize(
    ("language", "proposition", "word"),
    [
        ("fr", "Le port n'est pas fermé.", "pas"),
        ("fr-CA", "Le port est fermé.", ""),
        ("de", "Der Hafen wird nicht geschlossen.", "nicht"),
        ("es", "El puerto no se cierra.", "no"),
        ("ar", "لا يُغلق الميناء.", "لا"),
        ("en", "The port cannot close.", "cannot"),
        ("en", "The port knows nothing.", "nothing"),
        ("de", "Das No-Spiel beginnt.", ""),
        ("ja", "港は閉じない。", ""),
    ],
)
def test_a_negated_proposition_is_found_in_its_language(language, proposition, word):
    """A word that turns a sentence round is a warning, in the languages whose words are known."""
    file = TextFile("content/issues/a.md", f'---\nproposition: "{proposition}"\n---\n')
    found = read_issue(file, "a", language).diagnostics

    assert ([f"the word {word!r} turns this proposition round"] if word else []) == [
        problem.message for problem in found
    ]
