"""Tabulating: what was stated, put into the cells of the tables."""

from dataclasses import replace

from generator.corpus import Corpus
from generator.diagnostics import Outcome
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
        *judge_codebook(corpus.actors, sources, registered.value),
        *stated.diagnostics,
        *ruled.diagnostics,
        *unused,
    )
    mentions = registered.value.mentions
    actors = tuple(replace(each, mentions=mentions.get(each.actor.id, ())) for each in site.actors)
    tabled = replace(site, actors=actors, evidence=evidence, positions=ruled.value)
    return Outcome(tabled, problems)


def _find_used(site: Site) -> frozenset[str]:
    """Return the ids of the actors and issues that somebody links to, and of who speaks."""
    linkers = (*(note.body for note in site.notes), *(page.body for page in site.pages))
    linked = {link.url for linker in linkers for link in linker.links}
    used = {each.actor.id for each in site.actors if each.url in linked}
    used |= {each.issue.id for each in site.issues if each.url in linked}
    for source in site.sources:
        used.update(dict(source.source.speakers).values(), (source.source.speaker,))
    return frozenset(used)
