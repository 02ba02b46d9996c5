"""Tabulating: what was stated, put into the cells of the tables."""

from collections.abc import Sequence
from dataclasses import replace

from generator.catalogue import CODES
from generator.corpus import Corpus
from generator.diagnostics import Diagnostic, Outcome, Severity
from generator.naming import judge_codebook, register
from generator.ruling import find_unused, rule
from generator.site import Site
from generator.stating import state
from generator.targeting import Anchored


def tabulate(site: Site, corpus: Corpus, anchored: Anchored) -> Outcome[Site]:
    """Return *site* with its evidence, the positions that follow from it, and who is named where.

    Every note's statements are checked; those of notes that are not published do not count.
    """
    sources = {source.source.id: source for source in site.sources}
    registered = register(corpus.actors, sources)
    stated = state(corpus, anchored, sources, registered.value)
    evidence = tuple(each for note in site.notes for each in stated.value.get(note.id, ()))
    published = frozenset(note.id for note in site.notes)
    ruled = rule(corpus, evidence, registered.value, published)
    unused = find_unused(corpus.actors, corpus.issues, ruled.value, _find_used(site))
    problems = (
        *registered.diagnostics,
        *judge_codebook(corpus.actors, sources, registered.value, corpus.broken),
        *stated.diagnostics,
        *ruled.diagnostics,
        *unused,
    )
    mentions = registered.value.mentions
    actors = tuple(replace(each, mentions=mentions.get(each.actor.id, ())) for each in site.actors)
    tabled = replace(site, actors=actors, evidence=evidence, positions=ruled.value)
    return Outcome(tabled, problems)


def withdraw(problems: Sequence[Diagnostic]) -> list[Diagnostic]:
    """Return *problems* without those that may follow from others.

    What nobody uses may be used by what could not be read, or by a statement with a slip in it. The
    notes of a file may have had a source that its front matter could not tell.
    """
    unread = {
        each.path
        for each in problems
        if each.code == "front-matter-invalid"
        or (each.code == "key-unknown" and "`source`" in each.help)
    }
    followers = set()
    if any(CODES[each.code].severity is Severity.ERROR for each in problems):
        followers.add("codebook-unused")
    return [
        each
        for each in problems
        if each.code not in followers
        and not (each.code == "source-missing" and each.path in unread)
    ]


def _find_used(site: Site) -> frozenset[str]:
    """Return the ids of the actors and issues that somebody links to, and of who speaks."""
    linkers = (*(note.body for note in site.notes), *(page.body for page in site.pages))
    linked = {link.url for linker in linkers for link in linker.links}
    used = {each.actor.id for each in site.actors if each.url in linked}
    used |= {each.issue.id for each in site.issues if each.url in linked}
    for source in site.sources:
        used.update(dict(source.source.speakers).values(), (source.source.speaker,))
    return frozenset(used)
