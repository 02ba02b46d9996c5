"""Naming: which actor a name means, and where the texts name each."""

import re
from collections import defaultdict
from collections.abc import Callable, Container, Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from generator.diagnostics import Diagnostic, Outcome
from generator.identifiers import check_id
from generator.locating import explain_unknown, labels_of, locate
from generator.model import Actor, Named, Passage
from generator.site import CommentedSource
from generator.spans import Span
from generator.sparing import sparing
from generator.words import UNSPACED, nearest

_UNSPACED = re.compile(f"[{UNSPACED}]")


@dataclass(frozen=True, slots=True)
class Register:
    """Who is called what: ids by folded name and alias, and the places that name each actor.

    *near* has, for each actor and source, the numbers of the blocks that hold one of its names.
    """

    ids: Mapping[str, str]
    mentions: Mapping[str, tuple[Passage, ...]]
    near: Mapping[tuple[str, str], frozenset[int]]
    blocks: Mapping[str, Mapping[str, int]]
    guess: Callable[[str], str | None] = field(repr=False)

    def is_near(self, actor: str, passage: Passage) -> bool:
        """Tell whether a name of *actor* stands in a block of *passage* or in the one before."""
        order = self.blocks[passage.source]
        numbers = [order[label] for label in passage.labels if label in order]
        named = self.near.get((actor, passage.source), frozenset())
        return not numbers or any(n in named or n - 1 in named for n in numbers)


def register(actors: Iterable[Actor], sources: Mapping[str, CommentedSource]) -> Outcome[Register]:
    """Return who is called what; a name that two actors share is an error at the later one."""
    known = sorted(actors, key=lambda actor: actor.id)
    ids, problems = _collect(known)
    words = sorted({word for actor in known for word in (actor.name, *actor.aliases)})
    owners: dict[str, list[str]] = defaultdict(list)
    for actor in known:
        for word in dict.fromkeys((actor.name, *actor.aliases)):
            owners[word].append(actor.id)
    mentions: dict[str, list[Passage]] = {actor.id: [] for actor in known}
    near: dict[tuple[str, str], frozenset[int]] = {}
    blocks: dict[str, Mapping[str, int]] = {}
    finder = _compile(words)
    for id, source in sources.items():
        order = {label: number for number, (_, label) in enumerate(source.gazetteer.blocks)}
        blocks[id] = order
        for actor_id, places in _find(source, finder, owners).items():
            mentions[actor_id] += places.values()
            near[actor_id, id] = frozenset(order[label] for label in places if label in order)
    names = [*ids, *(actor.id for actor in known)]
    guess = sparing(lambda word: nearest(word, names), None)
    found = {id: tuple(passages) for id, passages in mentions.items()}
    return Outcome(Register(ids, found, near, blocks, guess), tuple(problems))


def _collect(actors: Iterable[Actor]) -> tuple[dict[str, str], list[Diagnostic]]:
    ids: dict[str, str] = {}
    problems = []
    for actor in actors:
        for word in (actor.name, *actor.aliases):
            owner = ids.setdefault(fold_name(word), actor.id)
            if owner != actor.id:
                key = "name" if word == actor.name else "aliases"
                place = dict(actor.places).get(key)
                message = f"{word!r} is a name of {owner} already"
                help = "one name means one actor: call one of them by another"
                problems.append(Diagnostic("alias-duplicate", message, actor.path, place, help))
    return ids, problems


def fold_name(word: str) -> str:
    """Return *word* with what does not matter to a name made equal."""
    return " ".join(word.casefold().split())


def _compile(words: Iterable[str]) -> re.Pattern[str] | None:
    """Return what finds any of *words*, the longest first, as whole words."""
    spelt = []
    for word in sorted(filter(None, words), key=lambda word: (-len(word), word)):
        before = "" if _UNSPACED.match(word[0]) or not word[0].isalnum() else r"(?<!\w)"
        after = "" if _UNSPACED.match(word[-1]) or not word[-1].isalnum() else r"(?!\w)"
        spelt.append(before + r"\s+".join(map(re.escape, word.split())) + after)
    return re.compile("|".join(spelt)) if spelt else None


def _find(
    source: CommentedSource, finder: re.Pattern[str] | None, owners: Mapping[str, list[str]]
) -> Mapping[str, Mapping[str, Passage]]:
    """Return, for each actor, the first place of each block of *source* that names it."""
    found: dict[str, dict[str, Passage]] = defaultdict(dict)
    for hit in finder.finditer(source.document.text) if finder else ():
        word = " ".join(hit[0].split())
        span = Span(*hit.span())
        for label in labels_of(source.gazetteer, span)[:1]:
            for actor in owners.get(word, ()):
                place = Passage(source.source.id, span, (label,))
                found[actor].setdefault(label, place)
    return found


def name_actor(register: Register, named: Named, path: str) -> Diagnostic:
    """Return the problem of a word that names no actor, with the one that was meant."""
    owner = register.ids.get(fold_name(named.id))
    close = owner or register.guess(named.id)
    meant = owner or register.ids.get(fold_name(close or ""), close)
    help = f"did you mean {meant!r}?" if meant else advise_creating("actors", named.id)
    message = f"there is no actor {named.id!r}"
    return Diagnostic("actor-unknown", message, path, named.place, help)


def advise_creating(folder: str, id: str) -> str:
    """Return what to do for there to be *id* in a *folder* of the codebook, if it can be one."""
    if check_id(id, ""):
        return f"write an id: the name of a file of content/{folder}, without `.md`"
    return f"create content/{folder}/{id}.md"


def judge_codebook(
    actors: Iterable[Actor],
    sources: Mapping[str, CommentedSource],
    register: Register,
    broken: Container[str],
) -> Iterator[Diagnostic]:
    """Yield what is wrong between the codebook's files and with the speakers of sources.

    *broken* has the ids of what is there and could not be read.
    """
    known = {actor.id: actor for actor in actors}
    for actor in known.values():
        place = dict(actor.places).get("part_of", Span(0, 0))
        for id in actor.part_of:
            if id not in known and id not in broken:
                yield name_actor(register, Named(id, place), actor.path)
        circle = _find_circle(actor.id, known)
        if circle and circle[0] == min(circle):
            message = f"{' is part of '.join((*circle, circle[0]))}"
            help = "take one of them out of `part_of`"
            yield Diagnostic("part-of-circle", message, actor.path, place, help)
    for commented in sources.values():
        source, places = commented.source, dict(commented.source.places)
        named = [("speaker", source.speaker)] if source.speaker else []
        named += [(f"speakers.{label}", id) for label, id in source.speakers]
        for key, id in named:
            if id not in known and id not in broken:
                yield name_actor(register, Named(id, places.get(key, Span(0, 0))), source.path)
        for label, _ in source.speakers:
            if locate(commented.gazetteer, label) is None:
                message, help = explain_unknown(commented.gazetteer, label, source.id)
                where = places.get(label)
                yield Diagnostic("locator-unknown", message, source.path, where, help)


def _find_circle(id: str, actors: Mapping[str, Actor]) -> tuple[str, ...]:
    """Return the ids from *id* back to itself, or nothing; the shortest way, then by name."""
    paths: list[tuple[str, ...]] = [(id,)]
    seen: set[str] = set()
    while paths:
        path = paths.pop(0)
        for parent in actors[path[-1]].part_of if path[-1] in actors else ():
            if parent == id:
                return path
            if parent not in seen:
                seen.add(parent)
                paths.append((*path, parent))
    return ()
