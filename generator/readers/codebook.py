"""The codebook: who holds positions and who speaks, and what the positions are held on."""

from collections.abc import Mapping
from itertools import pairwise

from generator.diagnostics import Diagnostic, Outcome
from generator.front_matter import read_front_matter
from generator.identifiers import check_id
from generator.kinds import Key, Kind
from generator.model import Actor, Issue
from generator.placeholders import PROPOSITION, report_left
from generator.prose import Content, parse_content, warn_of_bidi, write_prose
from generator.schema import Values, check_keys
from generator.sentences import sentence_ends
from generator.spans import Span, TextFile
from generator.stances import ActorKind
from generator.statements import find_statements, take_rulings
from generator.words import count_words

_ACTOR_KEYS = (
    Key("name", required=True),
    Key("kind", Kind.CHOICE, required=True, words=tuple(map(str, ActorKind))),
    Key("aliases", Kind.WORDS),
    Key("part_of", Kind.WORDS),
    Key("named", Kind.FLAG),
)
_ISSUE_KEYS = (
    Key("proposition", required=True),
    Key("for"),
    Key("against"),
    Key("either"),
    Key("group"),
    Key("not", Kind.TEXTS),
)
# Words that turn a sentence round, by language; a contraction counts by its ending.
_NEGATIONS: Mapping[str, frozenset[str]] = {
    "en": frozenset("not no never nobody nothing none neither nor cannot without".split()),
    "fr": frozenset("ne n' pas jamais aucun aucune personne rien ni sans".split()),
    "de": frozenset("nicht nie niemals kein keine keinen keinem keiner niemand nichts".split()),
    "es": frozenset("no nunca jamás nadie nada ningún ninguno ninguna ni sin".split()),
    "ar": frozenset("لا لم لن ليس ليست غير بدون".split()),
}
_LONGEST_PROPOSITION = 200


def read_actor(file: TextFile, id: str) -> Outcome[Actor | None]:
    """Read *file* as the actor *id*; one without a name is called by the id.

    None: *id* is none. An actor without a kind is a ``group``. ``named`` is true unless the kind
    is ``unnamed-source`` or the file says otherwise. Whether those it is part of exist is asked
    later.
    """
    unfit = check_id(id, file.path)
    if unfit:
        return Outcome(None, unfit)
    opened = _open(file, _ACTOR_KEYS)
    content, values = opened.value
    prose = write_prose(content, content.tokens)
    kind = ActorKind(values["kind"] or ActorKind.GROUP)
    is_said = values.place("named") is not None
    keys = ("name", "aliases", "part_of")
    actor = Actor(
        id=id,
        name=values["name"] or id,
        kind=kind,
        path=file.path,
        aliases=values["aliases"],
        part_of=values["part_of"],
        named=values["named"] if is_said else kind is not ActorKind.UNNAMED_SOURCE,
        prose=prose.value,
        places=tuple((key, place) for key in keys if (place := values.place(key))),
    )
    stray = find_statements(content, content.tokens)
    return Outcome(actor, (*opened.diagnostics, *prose.diagnostics, *stray))


def read_issue(file: TextFile, id: str, language: str) -> Outcome[Issue | None]:
    """Read *file* as the issue *id*; its proposition is one sentence of *language*.

    None: *id* is none, or there is no proposition, so that no stance towards it means anything.
    """
    unfit = check_id(id, file.path)
    if unfit:
        return Outcome(None, unfit)
    opened = _open(file, _ISSUE_KEYS)
    content, values = opened.value
    taken = take_rulings(content, content.tokens)
    prose = write_prose(content, taken.value.rest)
    problems = (
        *opened.diagnostics,
        *_judge_proposition(values, file.path, language),
        *taken.diagnostics,
        *prose.diagnostics,
    )
    if not values["proposition"]:
        return Outcome(None, problems)
    issue = Issue(
        id=id,
        proposition=values["proposition"],
        path=file.path,
        pro=values["for"],
        contra=values["against"],
        either=values["either"],
        group=values["group"],
        excluded=values["not"],
        prose=prose.value,
        rulings=taken.value.rulings,
    )
    return Outcome(issue, problems)


def _open(file: TextFile, keys: tuple[Key, ...]) -> Outcome[tuple[Content, Values]]:
    front = read_front_matter(file)
    checked = check_keys(front.value.table, keys, file.path)
    content, unclosed = parse_content(file, Span(front.value.body_start, len(file.text)))
    bidi = warn_of_bidi(file, Span(0, len(file.text)))
    found = (*front.diagnostics, *checked.diagnostics, *unclosed, *bidi)
    return Outcome((content, checked.value), found)


def _judge_proposition(values: Values, path: str, language: str) -> tuple[Diagnostic, ...]:
    """Return what keeps the proposition from being one sentence that says what it says."""
    words, place = values["proposition"], values.place("proposition")
    if not words or place is None:
        return ()
    problems = []
    if words == PROPOSITION:
        help = "say in one sentence what there is to be for or against"
        problems.append(report_left(path, place, help))
    ends = [0, *sentence_ends(words, Span(0, len(words)))]
    # One word alone is a title that ends in a stop (Mr. Writer), not a sentence.
    count = sum(count_words(words[start:end]) > 1 for start, end in pairwise(ends))
    if count > 1 or words.endswith("?"):
        message = "a proposition is one sentence that somebody can be for or against"
        help = "make an issue of each" if count > 1 else "write it as a statement"
        problems.append(Diagnostic("proposition-unclear", message, path, place, help))
    if len(words) > _LONGEST_PROPOSITION:
        message = f"this proposition has {len(words)} characters"
        help = "say the rest in `for`, `against` or the prose"
        problems.append(Diagnostic("proposition-unclear", message, path, place, help))
    turned = _find_negation(words, language)
    if turned:
        message = f"the word {turned!r} turns this proposition round"
        help = "say what would be the case; who denies it is `against`"
        problems.append(Diagnostic("proposition-negated", message, path, place, help))
    return tuple(problems)


def _find_negation(words: str, language: str) -> str:
    known = _NEGATIONS.get(language.partition("-")[0].lower(), frozenset())
    for word in words.replace("’", "'").split():
        bare = word.strip(".,;:!?()[]\"'«»“”„").casefold()
        if bare in known or (language.startswith("en") and bare.endswith("n't")):
            return word.strip('.,;:!?()[]"«»“”„')
    return ""
