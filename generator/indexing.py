"""Indexing: a site's search index, looked at before it is packed and written with the rest.

What is kept of an index (a verifying trace) is the digest of each of its files under that of its
records; the bytes are those of the old site, if they still are what they were.
"""

from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress

from generator.codec import Unreadable, decode, encode, fingerprint
from generator.diagnostics import Outcome
from generator.digests import digest_bytes
from generator.finding import Files, Record
from generator.publishing import Tree
from generator.reading import Desk
from generator.releasing import Rights
from generator.store import Store
from generator.views.framing import Index
from generator.views.summaries import list_records

# Where the files of an index are in a site.
FOLDER = "data/search/"

# Makes the files of an index; None: somebody else will, later.
MakeIndex = Callable[[tuple[Record, ...]], Outcome[Files] | None]


def write_index(
    index: Index, rights: Rights, desk: Desk, tree: Tree | None, make: MakeIndex
) -> bool:
    """Write what the search page reads into *tree*; tell whether nothing is missing.

    What is only checked gets none, but what it would hold is looked at all the same.
    """
    if not index.site.config.search:
        return True
    records = tuple(list_records(index))
    rights.look_at(records)
    if tree is None:
        return True
    known = _recall(records, desk.studies.store)
    standing = {name for name, digest in known.items() if tree.take_over(FOLDER + name, digest)}
    if known and standing == known.keys():
        return True
    made = make(records)
    if made is None:
        return False
    files = desk.take(made)
    for name, content in files:
        if name not in standing:
            tree.write(FOLDER + name, content)
    keep_index(records, files, desk.studies.store)
    return not made.diagnostics


def keep_index(records: Iterable[Record], files: Files, store: Store) -> None:
    """Keep of what *files* the index of *records* is made, if there are any."""
    if files:
        digests = {name: digest_bytes(content) for name, content in files}
        store.put(_key(records), encode(digests))


def _recall(records: Iterable[Record], store: Store) -> Mapping[str, str]:
    content = store.get(_key(records))
    if content is not None:
        with suppress(Unreadable):
            return decode(dict[str, str], content)
    return {}


def _key(records: Iterable[Record]) -> str:
    return f"search {fingerprint(tuple(sorted(records, key=lambda record: record.url)))}"
