"""Settling: what is kept of closed commentaries, so that the next build may let them stand."""

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
    summaries = {each.id: each for each in list_summaries(index)}
    # Only pages of single notes lead to the notes around them.
    around = look_around(list_ends(summaries.values())) if index.site.config.note_pages else {}
    for commentary in find_closed(joined.site, joined.corpus, desk.problems):
        standing = [_stand(summaries[id], index, published) for id in commentary.sources]
        found = tuple(each for each in standing if each)
        if len(found) == len(standing):
            beside = tuple(around.get(id, ALONE) for id in commentary.sources)
            rows.append(_keep(commentary, found, beside, desk))
    table = Table(ground, digest_frame(index.site), tuple(sorted(rows)))
    store.put(TABLE, encode(table))


def _keep(
    commentary: Commentary,
    standing: tuple[Standing, ...],
    around: tuple[Around, ...],
    desk: Desk,
) -> Row:
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
    return Row(commentary.sources, commentary.files, digest, key)


def _stand(summary: Summary, index: Index, published: Published) -> Standing | None:
    """Return a source of *index* as one that stands; None if a page of it left no trace."""
    urls = [index.sources[summary.id].url]
    if index.site.config.note_pages:
        urls += [note.link.url for note in summary.notes]
    if not all(url in published.keys for url in urls):
        return None
    first, *more = (Stood(url, published.titles[url], published.keys[url]) for url in urls)
    return Standing(summary, first, tuple(more))
