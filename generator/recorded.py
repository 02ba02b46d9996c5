"""Recorded: quotations of a text under restricted rights, held against the record of its outline.

With the text and without it, what a note is about is what the record says, word for word. Nothing
is ever looked for among the words that are published.
"""

from collections.abc import Iterable, Sequence

from generator.diagnostics import Diagnostic, Outcome
from generator.editions import Edition
from generator.judging import Verdict
from generator.locating import explain_unknown, locate, make_gazetteer
from generator.model import Passage, Statement, Target
from generator.signing import sign_target, sign_words
from generator.spans import Span
from generator.sparing import sparing

Passages = tuple[Passage, ...]


def find_recorded(edition: Edition, targets: Iterable[Target]) -> Outcome[tuple[Passages, ...]]:
    """Return for each of *targets* its passages in the edition; none if there is no record of it.

    That is a problem where the text is missing; where it was there, it has been reported.
    """
    id, gazetteer = edition.document.id, make_gazetteer(edition.document)
    explain = sparing(
        lambda label: explain_unknown(gazetteer, label, id), (f"{id} has no such place", "")
    )
    found: list[Passages] = []
    problems: list[Diagnostic] = []
    for target in targets:
        known = edition.found.get(sign_target(target)) if target.readings else None
        places = {label: locate(gazetteer, label) for label in target.locators}
        missing = [label for label, place in places.items() if place is None]
        if known is None and not missing and not target.readings:
            spans = (
                Passage(id, place.span, place.labels, whole=True)
                for place in places.values()
                if place
            )
            whole = Passage(id, Span(0, len(edition.document.text)), (), whole=True)
            known = tuple(spans) or (whole,)
        found.append(known or ())
        if known is not None or edition.complete:
            continue
        for label in missing:
            message, help = explain(label)
            problems.append(Diagnostic("locator-unknown", message, target.path, target.where, help))
        if not missing:
            problems.append(report_unverified(id, target.path, target.place))
    return Outcome(tuple(found), tuple(problems))


def narrow_recorded(
    edition: Edition, quotes: Sequence[tuple[Statement, Target | None]]
) -> tuple[Passages | Verdict | None, ...]:
    """Return for each statement's quotation its passages inside the target beside it.

    Else it is the verdict on the quotation, and None where the text is missing and there is no
    record of it.
    """
    signs = [
        sign_words(statement.quote, (), sign_target(target) if target else "")
        for statement, target in quotes
    ]
    return tuple(edition.found.get(sign) or edition.failed.get(sign) for sign in signs)


def report_unverified(id: str, path: str, place: Span) -> Diagnostic:
    """Return the problem of a quotation of the source *id* that nobody has looked up."""
    message = f"the text of {id} is not here, and its outline has no record of these words"
    help = (
        f"somebody who has the text can look them up: build the site there and commit "
        f"seeds/{id}/outline.json"
    )
    return Diagnostic("note-unverified", message, path, place, help)
