"""The data files: what is on the site, for programs."""

from collections.abc import Mapping, Sequence
from typing import Any

from generator.json_text import draw_row
from generator.views.framing import Index
from generator.views.summaries import list_summaries

Json = Mapping[str, Any]


def describe_site(index: Index, pages: Sequence[tuple[str, str]]) -> Json:
    """Return ``data/site.json`` as a value; *pages* are the address and title of each page."""
    site, summaries = index.site, list_summaries(index)
    return {
        "title": site.config.title,
        "version": {"commit": site.version.commit, "date": site.version.date},
        "sources": [each.row for each in summaries if each.row],
        "notes": [note.row for each in summaries for note in each.notes],
        "actors": [
            {"id": each.actor.id, "name": each.actor.name, "url": each.url} for each in site.actors
        ],
        "issues": [
            {"id": each.issue.id, "proposition": each.issue.proposition, "url": each.url}
            for each in site.issues
        ],
        "pages": [draw_row({"url": url, "title": title}) for url, title in pages],
    }
