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

    def list_signs(self, *, drafts: bool) -> frozenset[str]:
        """Return the signatures of all that published notes quote, with *drafts* of all notes."""
        notes = [note for note in self.notes if drafts or not note.draft]
        signs = {sign_target(target) for note in notes for target in note.targets}
        for note in notes:
            for statement in note.statements:
                if statement.quote:
                    signs.update(sign for sign, _ in self._within(note, statement))
        return frozenset(signs)

    def _within(
        self, note: Annotation, statement: Statement
    ) -> Iterator[tuple[str, Target | None]]:
        """Yield the signature of a statement's quotation in each target on which it may rest."""
        for target in self.roots[note.id].targets or (None,):
            within = sign_target(target) if target else ""
            yield sign_words(statement.quote, (), within), target

    def read(self, document: Document) -> Excerpted:
        """Return what the notes quote of *document*."""
        targets = [
            target for note in self.notes for target in note.targets if target.source == document.id
        ]
        surveyed = survey(document, searches=len(targets))
        traced = trace(surveyed, targets)
        quoted: dict[str, Quoted] = {}
        typed: list[Typed] = []
        counted: dict[str, list[Span]] = defaultdict(list)
        found: Findings = {}
        for target, finding in zip(targets, traced.value, strict=True):
            sign = sign_target(target)
            found[sign] = finding
            if isinstance(finding.verdict, Found):
                quoted[sign] = _quote(sign, finding.passages, finding.verdict)
                counted[target.path].append(target.place)
                typed += _list_typed(surveyed, finding.verdict, target.path)
        failed: dict[str, Verdict] = {}
        for note, statement in self._list_statements():
            for sign, within in self._within(note, statement):
                spans = self._spans_in(document, note, within, found)
                if not spans:
                    continue
                verdict = judge(surveyed.ground, statement.quote, spans)
                if not isinstance(verdict, Found):
                    failed[sign] = verdict
                    continue
                passages = tuple(
                    Passage(document.id, span, labels_of(surveyed.gazetteer, span))
                    for span in verdict.spans
                )
                quoted[sign] = _quote(sign, passages, verdict)
                counted[note.path].append(statement.place_of("quote"))
                typed += _list_typed(surveyed, verdict, note.path)
        merged = {path: merge(spans) for path, spans in counted.items()}
        typed += find_copied(document.id, self.files, self.search, merged)
        return Excerpted(tuple(quoted.values()), tuple(typed), failed, traced.diagnostics)

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


def _quote(sign: str, passages: tuple[Passage, ...], verdict: Found) -> Quoted:
    return Quoted(sign, passages, tuple(span for _, span in verdict.typed))


def _list_typed(surveyed: Survey, verdict: Found, path: str) -> Iterator[Typed]:
    for selector, span in verdict.typed:
        yield Typed(path, selector.place, with_context(surveyed.ground, selector, span))
