"""Placeholders: what `new` writes where an author has something to say, and how it is missed."""

import re
from collections.abc import Iterator

from generator.diagnostics import Diagnostic
from generator.model import Annotation, Motivation, TextQuoteSelector
from generator.spans import Span
from generator.words import shorten

TEXT = "Put the words of the source here, as you got them."
# Says what to do and is a proposition all the same: no question, one sentence, nothing negated.
PROPOSITION = "Say here in one sentence what there is to be for or against."
PAGE = "<!-- The words of the page, in Markdown. -->"

# Editors wrap lines.
_TEXT = re.compile(r"\s+".join(map(re.escape, TEXT.split())))
_LONGEST_GIST = 60
_PLACE = "[pcfL][0-9][0-9.]*"
_ON = re.compile(rf"On (?:all of [a-z0-9-]+|#\S+|{_PLACE}(?:-{_PLACE})?)")


def name_words(words: str, source: str, place: str) -> str:
    """Return what a note about *words* is called until its author says more.

    Without words it is called by its *place*, or by its *source* as a whole.
    """
    known = shorten(words, _LONGEST_GIST)
    return f"“{known}”" if known else f"On {place or f'all of {source}'}"


def find_text(words: str, typed: str) -> Span | None:
    """Return where the placeholder of a text is in *typed*, if *words* read from it are that alone.

    Lines may be wrapped; what only reads like it for other signs in between is somebody's own.
    """
    found = _TEXT.search(typed) if _TEXT.fullmatch(words) else None
    return Span(*found.span()) if found else None


def report_left(path: str, span: Span | None, help: str) -> Diagnostic:
    """Return the problem of a placeholder at *span* that nobody has put anything in place of."""
    message = "this is still what `new` wrote"
    return Diagnostic("stub-left", message, path, span, help)


def find_left(note: Annotation, gist: Span) -> Iterator[Diagnostic]:
    """Yield the heading of a *note*, at *gist*, that says no more than which words it is about."""
    says_more = note.body.text.strip() or note.statements or note.draft
    if says_more or note.motivation is Motivation.HIGHLIGHTING or not note.targets:
        return
    typed = {
        name_words(selectors[0].exact, "", "")
        for selectors in note.targets[0].readings
        if isinstance(selectors[0], TextQuoteSelector)
    }
    if note.gist.text in typed or _ON.fullmatch(note.gist.text):
        help = "say in the heading what the note says, or below the quotation"
        yield report_left(note.path, gist, help)
