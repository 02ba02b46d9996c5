"""Settling: what is kept of closed commentaries, so that the next build may let them stand."""

from collections.abc import Iterable, Iterator, Mapping

from generator.beside import ALONE, Around, list_ends, look_around
from generator.closing import Commentary, find_closed
from generator.codec import encode
from generator.digests import digest_bytes
from generator.joining import Joined
from generator.publishing import Published
from generator.reading import Desk
from generator.standing import TABLE, Kept, Row, Table, digest_files, digest_frame
from generator.views.entries import Standing, Summary
from generator.views.framing import Index
from generator.views.pages import Stood
from generator.views.summaries import list_summaries


def keep_stand(ground: str, index: Index, joined: Joined, published: Published) -> None:
    """Keep what stands and the closed commentaries that were *joined* and *published* now.

    *ground* is a digest of what all of them stand on.
    """
    desk, store = joined.desk, joined.desk.studies.store
    rows = []
    for row, kept in joined.stand.rows:
        rows.append(row)
        for key in kept.studies:
            store.keep(key)
    closed = find_closed(joined.site, joined.corpus, desk.problems)
    rows += (row for row, _ in settle(closed, index, published, desk))
    table = Table(ground, digest_frame(index.site), tuple(sorted(rows)))
    store.put(TABLE, encode(table))


def settle(
    closed: Iterable[Commentary], index: Index, published: Published, desk: Desk
) -> Iterator[tuple[Row, Kept]]:
    """Keep the *closed* commentaries of *index* that can stand, and yield what was kept."""
    summaries = {each.id: each for each in list_summaries(index)}
    around = find_around(index)
    for commentary in closed:
        standing = [_stand(summaries[id], index, published) for id in commentary.sources]
        found = tuple(each for each in standing if each)
        if len(found) == len(standing):
            beside = tuple(around.get(id, ALONE) for id in commentary.sources)
            yield _keep(commentary, found, beside, desk)


def find_around(index: Index) -> Mapping[str, Around]:
    """Return the notes before and after those of each source, where pages lead to them.

    Only pages of single notes do.
    """
    return look_around(list_ends(list_summaries(index) if index.site.config.note_pages else ()))


def _keep(
    commentary: Commentary,
    standing: tuple[Standing, ...],
    around: tuple[Around, ...],
    desk: Desk,
) -> tuple[Row, Kept]:
    # A text is led to by the folder that it is in, which has the name of the source.
    paths = (path for path in commentary.files if not path.startswith("seeds/"))
    names = (path.rpartition("/")[2] for path in paths)
    kept = Kept(
        (*commentary.sources, *commentary.notes, *names),
        commentary.tags,
        commentary.attachments,
        tuple(desk.keys[path] for path in commentary.files if path in desk.keys),
        standing,
        around,
    )
    content = encode(kept)
    key = f"commentary {digest_bytes(content)}"
    desk.studies.store.put(key, content)
    digest = digest_files(commentary.files, desk.digest_of)
    return Row(commentary.sources, commentary.files, digest, key), kept


def _stand(summary: Summary, index: Index, published: Published) -> Standing | None:
    """Return a source of *index* as one that stands; None if a page of it left no trace."""
    urls = [index.sources[summary.id].url]
    if index.site.config.note_pages:
        urls += [note.link.url for note in summary.notes]
    if not all(url in published.keys for url in urls):
        return None
    first, *more = (Stood(url, published.titles[url], published.keys[url]) for url in urls)
    return Standing(summary, first, tuple(more))
