"""Indexing: a site's search index, looked at before it is packed and written with the rest."""

from generator.finding import make_index
from generator.publishing import Tree
from generator.reading import Desk
from generator.releasing import Rights
from generator.views.framing import Index
from generator.views.records import list_records


def write_index(
    index: Index, rights: Rights, desk: Desk, written: Tree | None, tree: Tree | None
) -> bool:
    """Write what the search page reads; tell whether nothing is missing.

    What is only checked gets none, but what it would hold is looked at all the same.
    """
    if not index.site.config.search:
        return True
    records = tuple(list_records(index))
    rights.look_at(records)
    if written is None or tree is None:
        return True
    made = make_index(records, desk.studies.store)
    for name, content in desk.take(made):
        tree.write(f"data/search/{name}", content)
    return not made.diagnostics
