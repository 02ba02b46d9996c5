"""Wayfinding: which pages of positions there are, and how one comes from one to another."""

from generator.site import PublishedActor, PublishedIssue
from generator.views.framing import Index
from generator.views.shown import Way

# What no page of a group of issues may be called.
TAKEN = frozenset("index turned comments agreement disagreement provenance reliability".split())


def list_ways(index: Index) -> tuple[Way, ...]:
    """Return the ways to all pages about positions."""
    site = index.site
    both = bool(site.actors and site.issues)
    ways = [
        Way("table", "positions/index.html") if both else None,
        Way("actors", "actors/index.html") if site.actors else None,
        Way("issues", "issues/index.html") if site.issues else None,
        Way("comments", "positions/comments.html") if any(e.aside for e in site.evidence) else None,
    ]
    return tuple(way for way in ways if way)


def light(kind: str, index: Index) -> str:
    """Return which way of the header leads to pages of *kind*: ``actors`` or ``issues``."""
    return "positions" if index.site.actors and index.site.issues else kind


def name_actor(actor: PublishedActor) -> Way:
    """Return an actor's name with its page."""
    return Way("", actor.url, actor.actor.name)


def name_issue(issue: PublishedIssue) -> Way:
    """Return an issue's proposition with its page."""
    return Way("", issue.url, issue.issue.proposition)
