"""Starting a note: words of a source become the shortest quotation, in the file where it belongs.

Nothing is taken on trust: the file is read as it will be, and the note is given away only if it is
then about the passage that was asked for, and if all other notes are what they were.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from generator.anchoring import anchor
from generator.diagnostics import Diagnostic, Severity
from generator.drawing import severity_of
from generator.identifiers import proposal
from generator.importing.escaping import escape_heading
from generator.importing.writing import clean
from generator.judging import survey
from generator.locating import name_span
from generator.model import Annotation, Document, Source
from generator.placeholders import name_words
from generator.readers.annotations import read_annotations
from generator.reading import read_pair
from generator.readings import show
from generator.scan import decode
from generator.spans import Span, TextFile
from generator.starting.asking import Meant, Unclear, find_meant
from generator.starting.files import Refused
from generator.starting.opening import Opened
from generator.starting.shelving import (
    Sheet,
    Spoilt,
    choose_path,
    fill_shelf,
    find_annotator,
    find_given,
    find_next,
    key_of,
    open_sheet,
)
from generator.starting.splicing import splice
from generator.starting.stubs import yaml_of
from generator.starting.taken import free_id, refuse_id
from generator.starting.wording import Ground, Lines, word_passage, word_places, word_typed
from generator.words import nearest

_WORDS_OF_ID = 5


@dataclass(frozen=True, slots=True)
class Wish:
    """What an author asks for; what is empty is to be found out."""

    source: str
    words: tuple[str, ...]
    at: str = ""
    gist: str = ""
    by: str = ""
    id: str = ""
    file: str = ""


@dataclass(frozen=True, slots=True)
class NewNote:
    """A note to be written: the file at *path* is *old* without it and *new* with it.

    *old* is None where there is no such file. *block* are the note's lines, of which the first is
    the 1-based *line*; *text* and *problems* are what a build would read and say of it.
    """

    path: str
    line: int
    block: Lines
    old: bytes | None
    new: bytes
    text: TextFile
    problems: tuple[Diagnostic, ...]


def start_note(opened: Opened, wish: Wish) -> NewNote | Unclear | Spoilt:
    """Return the note that is asked for, not yet written.

    ``Unclear``: which words are meant; ``Spoilt``: its file has to be mended first. Raises
    ``Refused`` for what cannot be meant, or cannot be done.
    """
    if wish.id:
        refuse_id(wish.id, opened.taken)
    source, document = _read_source(opened, wish.source)
    given = find_given(opened.desk.root, wish.file)
    by = find_annotator(opened, wish.by, given)
    meant = find_meant(document, wish.words, wish.at)
    if isinstance(meant, Unclear):
        return meant
    shelf = fill_shelf(document, opened.notes)
    key = min(key_of(passage.span) for passage in meant.passages)
    sheet = open_sheet(opened, given or choose_path(opened, shelf, by, key), document.id, by)
    if isinstance(sheet, Spoilt):
        return sheet
    following = find_next(shelf, sheet.path, key)
    asked = _Asked(opened, document, meant, wish, by, source.rights == "full")
    return _fit(asked, sheet, following)


@dataclass(frozen=True, slots=True)
class _Asked:
    """What is to be written, whatever the file; in a gist only words that are *free* to publish."""

    opened: Opened
    document: Document
    meant: Meant
    wish: Wish
    by: str
    free: bool


def _read_source(opened: Opened, id: str) -> tuple[Source, Document]:
    """Return the source *id* with its text; refuses one that is not there, or broken."""
    files = next((each for each in opened.inputs.sources if each.id == id), None)
    pair = read_pair(opened.desk, files, opened.readers) if files else None
    if pair is not None:
        source, document = pair
        if isinstance(document, Document):
            return source, document
        raise Refused(f"the text of {id!r} is not here, only its outline: who has it can quote it")
    if opened.taken.get(id) == f"seeds/{id}":
        raise Refused(f"the source {id!r} cannot be read: `check` says why")
    if id in opened.taken:
        raise Refused(f"{id!r} is in {opened.taken[id]} and no source: name the text to quote")
    close = nearest(id, [each.id for each in opened.inputs.sources])
    help = f"did you mean {close!r}?" if close else f"`new source {id}` starts one"
    raise Refused(f"there is no source {id!r}: {help}")


def _fit(asked: _Asked, sheet: Sheet, following: Annotation | None) -> NewNote | Spoilt:
    """Put the note into *sheet*, before the note *following* it there, else at the end."""
    known = asked.opened.desk.texts.get(sheet.path)
    if sheet.content is not None and known is not None and known.text != sheet.text.text:
        raise Refused(f"{sheet.path} has changed in the meantime: once more, please")
    before = read_annotations(sheet.text)
    hidden = tuple(each for each in before.diagnostics if each.code == "comment-unclosed")
    if hidden:
        return Spoilt(sheet.text, hidden)
    line = sheet.text.line_column(following.place.start)[0] - 1 if following else None
    quotes = _word_all(asked, sheet.source)
    id = asked.wish.id or _make_id(asked)
    by = f" by={asked.by}" if asked.by != sheet.by else ""
    content = _begin(sheet) if sheet.content is None else sheet.content
    for gist, shown in _gists(asked):
        block = (f"## {gist} {{#{id}{by}}}", "", *quotes)
        new, first = splice(content, block, line)
        text = decode(sheet.path, new).value
        after = read_annotations(text) if text else None
        if text and after and _is_as_asked(asked, after.value, id, shown):
            problems = _new_problems(before.diagnostics, after.diagnostics)
            others = [_said(note) for note in after.value if note.id != id]
            if problems is not None and others == [_said(note) for note in before.value]:
                return NewNote(sheet.path, first, block, sheet.content, new, text, problems)
    place = f"line {line + 1}" if line is not None else "the end"
    raise Refused(
        f"a note at {place} of {sheet.path} would not be read as one: is something left open "
        "above it, or is its gist no line of words?"
    )


def _begin(sheet: Sheet) -> bytes:
    """Return the front matter of a new file."""
    by = f"by: {yaml_of(sheet.by)}\n" if sheet.by else ""
    return f"---\nsource: {yaml_of(sheet.source)}\n{by}---\n".encode()


def _word_all(asked: _Asked, home: str) -> Lines:
    """Return the lines of the quotations, for a file of the source *home*."""
    ground = Ground(asked.document, survey(asked.document), home)
    target, spans = asked.meant.asked.target, tuple(each.span for each in asked.meant.passages)
    named = ", ".join(target.locators)
    if not target.readings:
        return word_places(ground, named)
    if asked.meant.typed:
        hull = Span(min(span.start for span in spans), max(span.end for span in spans))
        labels = (name_span(ground.surveyed.gazetteer, hull), named)
        quotations = [word_typed(ground, asked.meant.typed, spans, [*filter(None, labels)])]
    else:
        quotations = [word_passage(ground, span) for span in spans]
    if not all(quotations):
        raise Refused("these words cannot be typed as a quotation: name their place with --at")
    lines = [line for quotation in quotations for line in ("", *quotation)]
    return tuple(lines[1:])


def _make_id(asked: _Asked) -> str:
    """Return a free id, made of the gist, else of the words, else of the place."""
    place = f"{asked.document.id} {_name(asked) or 'all'}"
    said = (asked.wish.gist, _quoted(asked), place, "note")
    made = (proposal(" ".join(words.split()[:_WORDS_OF_ID])) for words in said)
    return free_id(next(filter(None, made)), asked.opened.taken)


def _gists(asked: _Asked) -> Iterator[tuple[str, str]]:
    """Yield ways to write the gist, each with the words that it has to be read as, if it matters.

    Without one the words quoted stand for it, or else their place, until somebody says more.
    """
    gist = clean(asked.wish.gist)
    if gist:
        [note] = read_annotations(TextFile("", f"## {gist} {{#x}}")).value
        if note.gist.references:
            raise Refused("a gist holds no link: put it into what the note says below")
        yield gist, " ".join(show(gist).split())
        yield escape_heading(gist), gist
        yield gist, ""
        return
    words = clean(name_words(_quoted(asked), asked.document.id, _name(asked)))
    yield escape_heading(words), words
    yield f"On {_name(asked) or asked.document.id}", ""


def _quoted(asked: _Asked) -> str:
    """Return the words of the first passage, as a name for the note; none if they are not free."""
    first = asked.meant.passages[0]
    return "" if first.whole or not asked.free else asked.document.text[slice(*first.span)]


def _name(asked: _Asked) -> str:
    return ", ".join(asked.meant.passages[0].labels[:1])


def _is_as_asked(asked: _Asked, notes: tuple[Annotation, ...], id: str, gist: str) -> bool:
    """Tell whether among *notes* is one with that *id* and *gist*, about what was asked for."""
    mine = [note for note in notes if note.id == id]
    if len(mine) != 1:
        return False
    [note] = mine
    own = [annotator.id for annotator in asked.opened.config.annotators]
    by = note.by or (own[0] if len(own) == 1 else "")
    if by != asked.by or note.body.elements or (gist and note.gist.text != gist):
        return False
    if any(target.source != asked.document.id for target in note.targets):
        return False
    anchored = anchor(asked.document, note.targets)
    found = tuple(passage for passages in anchored.value for passage in passages)
    return not anchored.diagnostics and found == asked.meant.passages


def _new_problems(
    before: tuple[Diagnostic, ...], after: tuple[Diagnostic, ...]
) -> tuple[Diagnostic, ...] | None:
    """Return those *after* that were not there *before*; None if there is an error among them."""
    known = Counter((each.code, each.message) for each in before)
    new = []
    for problem in after:
        known[problem.code, problem.message] -= 1
        # That it says nothing yet need not be said to whoever just asked for it.
        if problem.code != "stub-left" and known[problem.code, problem.message] < 0:
            new.append(problem)
    wrong = any(severity_of(problem) == Severity.ERROR for problem in new)
    return None if wrong else tuple(new)


def _said(note: Annotation) -> tuple[object, ...]:
    """Return what *note* says, wherever in its file it stands."""
    targets = tuple((each.source, each.locators, each.quote) for each in note.targets)
    facts = (note.by, note.tags, note.date, note.re, note.lang, note.draft)
    words = (note.gist.text, note.gist.elements, note.body.text, note.body.elements)
    rows = tuple((each.stance, each.quoted, each.sound) for each in note.statements)
    return (note.id, note.motivation, targets, facts, words, rows)
