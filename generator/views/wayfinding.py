"""Wayfinding: which pages of positions there are, and how one comes from one to another."""

from generator.reliability import Reliability, judge_reliability
from generator.site import PublishedActor, PublishedIssue, Site
from generator.views.shown import Way

# What no page of a group of issues may be called.
TAKEN = frozenset("index turned comments agreement disagreement provenance reliability".split())


def list_ways(site: Site) -> tuple[Way, ...]:
    """Return the ways to all pages about positions, as far as there is something on them."""
    both = bool(site.actors and site.issues)
    ways = (
        (both, Way("table", "positions/index.html")),
        (bool(site.actors), Way("actors", "actors/index.html")),
        (bool(site.issues), Way("issues", "issues/index.html")),
        (bool(site.evidence), Way("agreement", "positions/agreement.html")),
        (bool(site.evidence), Way("disagreement", "positions/disagreement.html")),
        (bool(site.evidence), Way("provenance", "positions/provenance.html")),
        (bool(judge(site).table), Way("reliability", "positions/reliability.html")),
        (any(each.aside for each in site.evidence), Way("comments", "positions/comments.html")),
    )
    return tuple(way for is_there, way in ways if is_there)


def judge(site: Site) -> Reliability:
    """Return how far annotators agree; with one of them alone there is nothing to judge."""
    several = len({each.by for each in site.evidence}) > 1
    return judge_reliability(site.evidence if several else ())


def light(kind: str, site: Site) -> str:
    """Return which way of the header leads to pages of *kind*: ``actors`` or ``issues``."""
    return "positions" if site.actors and site.issues else kind


def name_actor(actor: PublishedActor) -> Way:
    """Return an actor's name with its page."""
    return Way("", actor.url, actor.actor.name)


def name_issue(issue: PublishedIssue) -> Way:
    """Return an issue's proposition with its page."""
    return Way("", issue.url, issue.issue.proposition)
