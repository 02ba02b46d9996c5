"""The table of views: one line a page type."""

from collections.abc import Callable, Iterator

from generator.views.actors import view_actors
from generator.views.agreement import view_agreement
from generator.views.comments import view_comments
from generator.views.disagreement import view_disagreement
from generator.views.framing import Index
from generator.views.issues import view_issues
from generator.views.listings import (
    view_free_pages,
    view_home,
    view_missing,
    view_sources,
    view_tags,
)
from generator.views.matrix import view_positions
from generator.views.notes import view_notes, view_notes_index
from generator.views.pages import Page, Stood
from generator.views.provenance import view_provenance
from generator.views.reading import view_readings
from generator.views.reliability import view_reliability
from generator.views.search import view_search

View = Callable[[Index], Iterator[Page | Stood]]

VIEWS: tuple[View, ...] = (
    view_home,
    view_sources,
    view_readings,
    view_notes,
    view_notes_index,
    view_positions,
    view_issues,
    view_actors,
    view_agreement,
    view_disagreement,
    view_provenance,
    view_reliability,
    view_comments,
    view_tags,
    view_free_pages,
    view_search,
    view_missing,
)
