"""Stating: from the rows of notes to evidence, with its passage and everybody who says so."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from generator.anchoring import narrow
from generator.corpus import Corpus
from generator.diagnostics import Diagnostic, Outcome
from generator.editions import Edition
from generator.judging import Ambiguous, Found, Verdict
from generator.locating import labels_of, name_span
from generator.model import Actor, Annotation, Issue, Named, Passage, Source, Statement
from generator.naming import Register, advise_creating, name_actor
from generator.positions import Evidence
from generator.recorded import narrow_recorded, report_unverified
from generator.site import AnchoredTarget, CommentedSource
from generator.sparing import sparing
from generator.speaking import find_date, find_speaker
from generator.stances import VALUES, ActorKind, Basis, Certainty
from generator.targeting import Anchored
from generator.words import nearest

Passages = tuple[Passage, ...]
Stated = Mapping[str, tuple[Evidence, ...]]
# Passages are from the record of an edition, and None stands for what is not on record.
_Narrowed = Verdict | Passages | None
_Narrower = tuple[int, AnchoredTarget]


@dataclass(frozen=True, slots=True)
class _Row:
    """A statement with its note and the passages on which it rests; none: its note has none."""

    note: Annotation
    statement: Statement
    passages: Passages


@dataclass(frozen=True, slots=True)
class _Ground:
    """What statements are checked against."""

    sources: Mapping[str, CommentedSource]
    actors: Mapping[str, Actor]
    issues: Mapping[str, Issue]
    editions: Mapping[str, Edition]
    broken: frozenset[str]
    register: Register
    guess_issue: Callable[[str], str | None]


def state(
    corpus: Corpus,
    anchored: Anchored,
    sources: Mapping[str, CommentedSource],
    register: Register,
) -> Outcome[Stated]:
    """Return the evidence of each note, by its id; a row for each actor whom a statement names.

    What rests on a passage that was not found is left out: that the note has lost its place was
    said. Names that nobody has, a passage in which nobody speaks, and a quotation that is not in
    the note's target are errors at their cells.
    """
    issues = {issue.id: issue for issue in corpus.issues}
    ground = _Ground(
        sources,
        {actor.id: actor for actor in corpus.actors},
        issues,
        corpus.editions,
        corpus.broken,
        register,
        sparing(lambda word: nearest(word, issues), None),
    )
    rows = _place(corpus.annotations, anchored, ground)
    problems = list(rows.diagnostics)
    stated: dict[str, list[Evidence]] = defaultdict(list)
    for row in rows.value:
        outcome = _testify(row, ground)
        stated[row.note.id] += outcome.value
        problems += outcome.diagnostics
    found = {id: tuple(evidence) for id, evidence in stated.items()}
    problems += _find_repeated(rows.value, ground)
    return Outcome(found, tuple(problems))


def _place(
    notes: Iterable[Annotation], anchored: Anchored, ground: _Ground
) -> Outcome[tuple[_Row, ...]]:
    """Return every statement with its passages: those of the first target, or its quotation's."""
    rows: list[_Row] = []
    narrower: dict[str, list[_Narrower]] = defaultdict(list)
    for note in notes:
        targets = [target for target in anchored[note.id] if target.passages]
        for statement in note.statements:
            for target in targets if statement.quote else ():
                narrower[target.source].append((len(rows), target))
            first = targets[0].passages if targets and not statement.quote else ()
            rows.append(_Row(note, statement, first))
    verdicts: dict[int, list[tuple[AnchoredTarget, _Narrowed]]] = defaultdict(list)
    for id, wanted in sorted(narrower.items()):
        found = _narrow(id, [(rows[number].statement, target) for number, target in wanted], ground)
        for (number, target), verdict in zip(wanted, found, strict=True):
            verdicts[number].append((target, verdict))
    problems: list[Diagnostic] = []
    for number, judged in verdicts.items():
        outcome = _choose(rows[number], judged, ground)
        rows[number] = replace(rows[number], passages=outcome.value)
        problems += outcome.diagnostics
    return Outcome(tuple(rows), tuple(problems))


def _narrow(
    id: str, wanted: Sequence[tuple[Statement, AnchoredTarget]], ground: _Ground
) -> Sequence[_Narrowed]:
    """Return what is found of statements' quotations inside targets in the source *id*."""
    edition = ground.editions.get(id)
    if edition:
        return narrow_recorded(edition, [(each, target.target) for each, target in wanted])
    quotes = [
        (each.quote, [passage.span for passage in target.passages]) for each, target in wanted
    ]
    return narrow(ground.sources[id].document, quotes)


def _choose(
    row: _Row, judged: Sequence[tuple[AnchoredTarget, _Narrowed]], ground: _Ground
) -> Outcome[Passages]:
    """Return the passages of the first target that has the narrower quotation."""
    for target, verdict in judged:
        if isinstance(verdict, tuple):
            return Outcome(verdict)
        if isinstance(verdict, Found):
            source = ground.sources[target.source]
            return Outcome(
                tuple(
                    Passage(target.source, span, labels_of(source.gazetteer, span))
                    for span in verdict.spans
                )
            )
    place = row.statement.place_of("quote")
    target, verdict = judged[0]
    if verdict is None:
        return Outcome((), (report_unverified(target.source, row.note.path, place),))
    if isinstance(verdict, Ambiguous):
        message = f"the note's target has these words {len(verdict.hits)} times"
        code, help = "quote-ambiguous", "quote more words"
    else:
        message, code = "the note's target has no such words", "quote-not-found"
        help = _look_elsewhere(row, target, ground)
    return Outcome((), (Diagnostic(code, message, row.note.path, place, help),))


def _look_elsewhere(row: _Row, target: AnchoredTarget, ground: _Ground) -> str:
    """Return where else in the source the quotation of *row* stands, as help."""
    source, again = ground.sources[target.source], "copy the words once more from the source"
    if source.is_restricted:
        return again
    (verdict,) = narrow(source.document, [(row.statement.quote, ())])
    if isinstance(verdict, Found):
        span = verdict.spans[0]
        place = name_span(source.gazetteer, span) or target.source
        here = {label for passage in target.passages for label in passage.labels}
        if here & {*labels_of(source.gazetteer, span)}:
            return f"they are in {place}, but beside what the note marks: mark them there too"
        return f"they are in {place}: make that a target of the note"
    return again


def _testify(row: _Row, ground: _Ground) -> Outcome[tuple[Evidence, ...]]:
    """Return the evidence that a row is, one for each actor, and what is wrong with its names."""
    statement = row.statement
    problems = list(_judge_names(row, ground))
    if not row.passages:
        return Outcome((), tuple(problems))
    passage = row.passages[0]
    source = ground.sources[passage.source]
    speaker = find_speaker(source.source, source.gazetteer, passage)
    if not speaker:
        problems.append(_nobody_speaks(row, source.source, passage))
    if problems or not statement.sound or not _are_known(statement, speaker, ground):
        return Outcome((), tuple(problems))
    # Who speaks need not be repeated, and does no harm there.
    further = [named.id for named in statement.said_by]
    voices = (speaker, *(further[1:] if further[:1] == [speaker] else further))
    evidence = tuple(
        Evidence(
            actor=actor,
            issue=statement.issue.id,
            stance=statement.stance,
            voices=voices,
            basis=statement.basis,
            sure=statement.sure,
            condition=statement.condition,
            reason=statement.reason,
            dated=statement.date or find_date(source, passage),
            source=passage.source,
            passage=passage,
            note=row.note.id,
            by=row.note.by,
            aside=_is_aside(actor, speaker, ground.actors),
            others=row.passages[1:],
        )
        for actor in dict.fromkeys(named.id for named in statement.who)
    )
    warnings = [*_doubt(row), *_miss_name(row, evidence, ground)]
    return Outcome(evidence, tuple(warnings))


def _are_known(statement: Statement, speaker: str, ground: _Ground) -> bool:
    """Tell whether all are there; of those whose file could not be read that was said already."""
    names = {speaker, *(named.id for named in (*statement.who, *statement.said_by))}
    return names <= ground.actors.keys() and statement.issue.id in ground.issues


def _is_aside(actor: str, speaker: str, actors: Mapping[str, Actor]) -> bool:
    return actor != speaker and actors[speaker].kind is ActorKind.COMMENTER


def _judge_names(row: _Row, ground: _Ground) -> Iterator[Diagnostic]:
    """Yield a problem for each actor and issue of a row that there is not."""
    statement = row.statement
    for named in (*statement.who, *statement.said_by):
        if named.id not in ground.actors and named.id not in ground.broken:
            yield name_actor(ground.register, named, row.note.path)
    issue = statement.issue
    if issue.id not in ground.issues and issue.id not in ground.broken:
        close = None if "," in issue.id else ground.guess_issue(issue.id)
        help = f"did you mean {close!r}?" if close else advise_creating("issues", issue.id)
        message = f"there is no issue {issue.id!r}"
        yield Diagnostic("issue-unknown", message, row.note.path, issue.place, help)


def _nobody_speaks(row: _Row, source: Source, passage: Passage) -> Diagnostic:
    label = next(iter(passage.labels), "")
    comment = label.partition(".")[0]
    place = row.statement.place
    if label.startswith("c"):
        message = f"nobody is named who speaks in {comment} of {source.id}"
        help = f'write `{comment} = "an-actor"` below `[speakers]` in {source.path}'
    else:
        message = f"nobody is named who speaks in {source.id}"
        help = f'write `speaker = "an-actor"` into {source.path}'
    return Diagnostic("speaker-unknown", message, row.note.path, place, help)


def _doubt(row: _Row) -> Iterator[Diagnostic]:
    """Yield a warning for an inference that is called sure."""
    statement = row.statement
    if statement.basis is Basis.IMPLIED and statement.sure is Certainty.HIGH:
        message = "what is only implied is an inference, and no inference is of high certainty"
        help = "write `medium` or `low`, or name the basis that the passage shows"
        place = statement.place_of("sure")
        yield Diagnostic("certainty-high", message, row.note.path, place, help)


def _miss_name(row: _Row, evidence: Sequence[Evidence], ground: _Ground) -> Iterator[Diagnostic]:
    """Yield a warning for an actor with aliases, none of which stands near the passage.

    Who speaks there is not named by it, and an inference needs no name.
    """
    for named, each in zip(_first_named(row.statement.who), evidence, strict=True):
        actor = ground.actors[each.actor]
        speaks = each.actor in each.voices or each.basis is Basis.IMPLIED
        if not actor.aliases or speaks or not each.passage.labels:
            continue
        if ground.sources[each.source].is_restricted:
            continue  # the name may be among the words that are not shown
        if not ground.register.is_near(each.actor, each.passage):
            place = each.passage.labels[0]
            message = f"{place} of {each.source} has none of the names of {each.actor!r}"
            help = f"add the name that it has there to `aliases` of {actor.path}, or look again"
            yield Diagnostic("actor-unnamed", message, row.note.path, named.place, help)


def _first_named(who: Iterable[Named]) -> tuple[Named, ...]:
    first: dict[str, Named] = {}
    for named in who:
        first.setdefault(named.id, named)
    return tuple(first.values())


def _find_repeated(rows: Iterable[_Row], ground: _Ground) -> Iterator[Diagnostic]:
    """Yield a warning for what one annotator states twice of one passage, on the same side."""
    seen: dict[tuple[object, ...], str] = {}
    for row in rows:
        if row.note.draft or not row.passages or not row.statement.sound:
            continue
        if _is_vague(row, ground):
            continue
        span, side = row.passages[0].span, _side(row.statement)
        for named in _first_named(row.statement.who):
            voices = tuple(voice.id for voice in row.statement.said_by)
            about = (row.passages[0].source, span, named.id, row.statement.issue.id)
            key = (*about, side, voices, row.note.by)
            if key in seen and named.id in ground.actors:
                message = f"{named.id} on {row.statement.issue.id} is stated twice of one passage"
                help = f"the other is in the note {seen[key]!r}; keep one"
                yield Diagnostic("statement-repeated", message, row.note.path, named.place, help)
            seen.setdefault(key, row.note.id)


def _is_vague(row: _Row, ground: _Ground) -> bool:
    """Tell whether different words of one block have the same passage, for none are shown."""
    source = ground.sources[row.passages[0].source]
    return source.is_restricted and source.source.rights == "link"


def _side(statement: Statement) -> object:
    value = VALUES.get(statement.stance)
    return statement.stance if value is None else (value > 0) - (value < 0)
