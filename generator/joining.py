"""Joining: everything that was read becomes one site, but for what stands as it was."""

from collections.abc import Mapping
from dataclasses import dataclass

from generator.codec import fingerprint
from generator.config import Config
from generator.corpus import Corpus, gather
from generator.plans import Plan
from generator.reading import Desk, Reader, read_corpus
from generator.releasing import Rights, take_care
from generator.render.sheets import digest_kit
from generator.render.theme import Theme
from generator.resolving import resolve
from generator.scan import Inputs
from generator.site import Site
from generator.standing import Stand
from generator.timing import Clock
from generator.versioning import read_version


@dataclass(frozen=True, slots=True)
class Joined:
    """A site, and what it was made of; it does not hold what stands (*stand*)."""

    desk: Desk
    corpus: Corpus
    rights: Rights
    site: Site
    stand: Stand


def find_ground(plan: Plan, config: Config, theme: Theme, inputs: Inputs) -> str:
    """Return a digest of what all commentaries of a site stand on; "" if none can.

    Where there is a codebook every text matters to it. What a site's own modules do nobody knows,
    a private edition is not for readers, and without a cache nothing is kept.
    """
    alone = not (inputs.actors or inputs.issues or config.modules or plan.private)
    shared = (config, digest_kit(theme, config.language), plan.drafts)
    return fingerprint(shared) if alone and plan.cache else ""


def join_site(
    plan: Plan,
    start: Desk,
    inputs: Inputs,
    config: Config,
    readers: Mapping[str, Reader],
    stand: Stand,
    clock: Clock,
) -> Joined:
    """Read and join the site of *config*, but for what of *stand* really stands.

    What turns out to be led to, or to lead elsewhere by now, is read and joined like the rest. On
    the *start* desk nothing is put.
    """
    version = read_version(plan.root)
    while True:
        clock.start("reading")
        desk, some = start.copy(), stand.narrow(inputs)
        clock.expect(len(some.to_read))
        read = read_corpus(desk, some, config, readers, stand.sources)
        fallen = stand.all if is_restricted(read) else stand.find_named(read)
        if not fallen:
            clock.start("joining")
            told = len(desk.problems)
            rights = take_care(desk.take(gather(read, desk.texts)), plan, desk)
            corpus = rights.corpus
            site = desk.take(resolve(corpus, version, drafts=plan.drafts))
            if not stand.rows:
                return Joined(desk, corpus, rights, site, stand)
            site = stand.extend(site)
            # What is said of a mistake may depend on what else there is.
            fallen = stand.all if len(desk.problems) > told else stand.find_changed(site, corpus)
            if not fallen:
                return Joined(desk, corpus, rights, site, stand)
        stand = stand.without(fallen)


def is_restricted(corpus: Corpus) -> bool:
    """Tell whether a text of *corpus* may not be published whole."""
    return bool(corpus.outlines) or any(source.rights != "full" for source, _ in corpus.sources)
