"""Annotating: what all the notes of a site quote of one text, and copy of it besides."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from generator.anchoring import Finding, trace
from generator.budgets import Typed, find_copied, with_context
from generator.diagnostics import Diagnostic
from generator.judging import Found, Survey, Verdict, judge, survey
from generator.locating import labels_of
from generator.model import Annotation, Document, Passage, Statement, Target
from generator.outlining import Quoted
from generator.replying import find_parents, find_roots
from generator.searching import Search
from generator.signing import sign_target, sign_words
from generator.spans import Span, TextFile, merge

Findings = dict[str, Finding]


@dataclass(frozen=True, slots=True)
class Excerpted:
    """What the annotation files quote of one text."""

    quoted: tuple[Quoted, ...]
    typed: tuple[Typed, ...]
    failed: Mapping[str, Verdict]
    problems: tuple[Diagnostic, ...]


class Annotating:
    """The notes of a site, asked what they quote of one text after the other."""

    def __init__(
        self, notes: tuple[Annotation, ...], files: tuple[TextFile, ...], search: Search
    ) -> None:
        self.notes, self.files, self.search = notes, files, search
        self.roots = find_roots(notes, find_parents(notes).value)

    def _within(
        self, note: Annotation, statement: Statement
    ) -> Iterator[tuple[str, Target | None]]:
        """Yield the signature of a statement's quotation in each target on which it may rest."""
        for target in self.roots[note.id].targets or (None,):
            within = sign_target(target) if target else ""
            yield sign_words(statement.quote, (), within), target

    def read(self, document: Document) -> Excerpted:
        """Return what the notes quote of *document*; what only drafts quote is not published."""
        own = [
            (note, target)
            for note in self.notes
            for target in note.targets
            if target.source == document.id
        ]
        surveyed = survey(document, searches=len(own))
        traced = trace(surveyed, [target for _, target in own])
        gathered = _Gathered(surveyed)
        found: Findings = {}
        for (note, target), finding in zip(own, traced.value, strict=True):
            sign = sign_target(target)
            found[sign] = finding
            if isinstance(finding.verdict, Found):
                gathered.add(sign, finding.passages, finding.verdict, note, target.place)
        for note, statement in self._list_statements():
            for sign, within in self._within(note, statement):
                spans = self._spans_in(document, note, within, found)
                verdict = judge(surveyed.ground, statement.quote, spans) if spans else None
                if isinstance(verdict, Found):
                    passages = tuple(
                        Passage(document.id, span, labels_of(surveyed.gazetteer, span))
                        for span in verdict.spans
                    )
                    gathered.add(sign, passages, verdict, note, statement.place_of("quote"))
                elif verdict is not None:
                    gathered.failed[sign] = verdict
        counted = {path: merge(spans) for path, spans in gathered.counted.items()}
        copied = find_copied(document.id, self.files, self.search, counted)
        return Excerpted(
            tuple(gathered.quoted.values()),
            (*gathered.typed, *copied),
            gathered.failed,
            traced.diagnostics,
        )

    def _spans_in(
        self, document: Document, note: Annotation, target: Target | None, found: Findings
    ) -> tuple[Span, ...]:
        """Return the spans of *document* inside which a statement's quotation must be."""
        if target is None:
            is_about = self.roots[note.id].source == document.id
            return (Span(0, len(document.text)),) if is_about else ()
        if target.source != document.id:
            return ()
        return tuple(passage.span for passage in found[sign_target(target)].passages)

    def _list_statements(self) -> Iterator[tuple[Annotation, Statement]]:
        for note in self.notes:
            yield from ((note, each) for each in note.statements if each.quote)


class _Gathered:
    """What is found of one text, note by note; *counted* are the quotations found, by path."""

    def __init__(self, surveyed: Survey) -> None:
        self.surveyed = surveyed
        self.quoted: dict[str, Quoted] = {}
        self.typed: list[Typed] = []
        self.counted: dict[str, list[Span]] = defaultdict(list)
        self.failed: dict[str, Verdict] = {}

    def add(
        self,
        sign: str,
        passages: tuple[Passage, ...],
        verdict: Found,
        note: Annotation,
        place: Span,
    ) -> None:
        """Add a quotation that *note* types out at *place*, and that was found."""
        ground = self.surveyed.ground
        words = () if note.draft else tuple(span for _, span in verdict.typed)
        if words or sign not in self.quoted:
            self.quoted[sign] = Quoted(sign, passages, words)
        self.counted[note.path].append(place)
        self.typed += (
            Typed(note.path, selector.place, with_context(ground, selector, span))
            for selector, span in verdict.typed
        )
