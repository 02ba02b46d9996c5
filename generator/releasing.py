"""Releasing: what is done for the rights of texts between reading a site and letting it go."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from generator.corpus import Corpus
from generator.diagnostics import Diagnostic
from generator.finding import Record
from generator.guarding import Guard
from generator.interface import read_strings
from generator.model import Source
from generator.outline_files import read_outline
from generator.plans import Plan
from generator.private import Marked
from generator.publishing import Tree
from generator.reading import Desk
from generator.restricting import Count, Restricted, list_kept, list_prints, restrict
from generator.scan import UnsafePath, decode, read_bytes
from generator.searching import Search, Wordings
from generator.spans import TextFile
from generator.store import replace_file
from generator.tracing import Written, report_leaks
from generator.tracking import Exposed, judge_tracking, list_exposed

_MOST_NAMED = 5


class Withheld(Exception):
    """What was built must not replace what is published; the problems say why."""


@dataclass
class Rights:
    """The rights of a site's texts during one build; *guard* is None where nobody need look.

    *corpus* is what may be seen of the site, *sources* those under restricted rights by id, and
    *absent* the ids of those whose text is not here.
    """

    plan: Plan
    restricted: Restricted
    sources: Mapping[str, Source]
    absent: tuple[str, ...]
    exposed: Exposed
    search: Search
    guard: Guard | None
    withheld: bool = False
    notices: list[str] = field(default_factory=list)

    @property
    def corpus(self) -> Corpus:
        """What may be seen of the site."""
        return self.restricted.corpus

    @property
    def folders(self) -> tuple[str, ...]:
        """The folders of the sources under restricted rights."""
        return _list_folders(self.sources)

    def watch(self, tree: Tree | None) -> Tree | None:
        """Return *tree* so that everything which goes into it is looked at, or is marked."""
        if self.plan.private and tree is not None:
            return Marked(tree, read_strings(self.corpus.config.language))
        return self.guard.watch(tree) if self.guard else tree

    def look_at(self, records: Iterable[Record]) -> None:
        """Look into what is about to be indexed: in the index itself it is packed."""
        if self.guard is None:
            return
        for record in records:
            told = (word for _, word in (*record.facts, *record.filters))
            words = "\n".join((record.content, *told))
            self.guard.look_into("data/search/records.txt", words.encode("utf-8", "replace"))

    def release(self, desk: Desk) -> None:
        """Raise ``Withheld`` if what went into the tree may not be published; say why."""
        if self.guard is not None:
            for path, content in self.restricted.outlines:
                self.guard.look_into(path, content)
            leaks = self.guard.find_leaks()
            # Mostly there are none, and then there is nothing to look for in the files.
            if leaks:
                files = _list_written(desk, self.corpus)
                desk.problems += report_leaks(leaks, self.sources, files, self.search)
            self.withheld = bool(leaks) or self.restricted.exceeded
        # Which words may not be published is not known of a source that could not be understood.
        self.withheld = self.withheld or bool(desk.unclear)
        if self.withheld:
            raise Withheld

    def keep_outlines(self, desk: Desk) -> None:
        """Write the outlines that are not what is there; when nothing is written, only say so."""
        for path, content in () if self.withheld else self.restricted.outlines:
            before = _read_before(desk, path)
            if before == content:
                continue
            others = _compare(path, before, content)
            if self.plan.output is None:
                desk.problems.append(_outdated(path, others))
                continue
            try:
                replace_file(desk.root / path, content)
            except OSError as error:
                reason = (error.strerror or str(error)).lower()
                desk.problems.append(_outdated(path, f"and it cannot be written: {reason}"))
            else:
                told = f", which was made from another text: {others}" if others else ""
                self.notices.append(f"wrote {path}{told}: commit it with the notes")

    def list_notices(self) -> tuple[str, ...]:
        """Return what is to be said of the texts as such."""
        told = list(self.notices)
        if self.plan.output is None:
            told += map(_count, self.restricted.counts)
        if self.absent:
            one = len(self.absent) == 1
            told.append(
                f"the {'text' if one else 'texts'} of {_join(self.absent)} "
                f"{'is' if one else 'are'} not here: the site is made from "
                f"{'its outline' if one else 'their outlines'}, and the leak check covers only "
                f"what {'that holds' if one else 'those hold'}"
            )
        return tuple(told)


def take_care(corpus: Corpus, plan: Plan, desk: Desk) -> Rights:
    """Return *corpus* with editions in the place of texts that may not be published whole."""
    files = [file for path, file in desk.texts.items() if path.startswith("content/annotations/")]
    search = Search(Wordings(list_kept(corpus)), desk.studies.store, list_prints(corpus))
    outcome = restrict(corpus, files, search, private=plan.private)
    restricted = desk.take(outcome)
    sources = {
        source.id: source for source, _ in restricted.corpus.sources if source.rights != "full"
    }
    exposed = list_exposed(plan.root, _list_folders(sources))
    desk.problems += judge_tracking(exposed)
    whole = [doc.text for source, doc in restricted.corpus.sources if source.rights == "full"]
    guard = Guard(restricted.kept, whole, search) if sources and not plan.private else None
    absent = tuple(source.id for source, _ in corpus.outlines)
    return Rights(plan, restricted, sources, absent, exposed, search, guard)


def _list_folders(ids: Iterable[str]) -> tuple[str, ...]:
    return tuple(f"seeds/{id}" for id in sorted(ids))


def _list_written(desk: Desk, corpus: Corpus) -> Iterator[Written]:
    """Yield all that authors write, but for the texts; it is on the desk from then on."""
    themes = (path for path in (desk.root / "themes").rglob("*") if path.is_file())
    others = (path.relative_to(desk.root).as_posix() for path in themes)
    for path in sorted({*desk.texts, *corpus.files, *others}):
        if path.startswith("seeds/") and not path.endswith("/source.toml"):
            continue
        try:
            content = read_bytes(desk.root, path)
        except (OSError, UnsafePath):
            continue
        text = desk.texts.get(path) or decode(path, content).value
        if text:
            desk.texts[path] = text
        yield Written(path, content, text)


def _read_before(desk: Desk, path: str) -> bytes:
    try:
        return (desk.root / path).read_bytes()
    except OSError:
        return b""


def _compare(path: str, before: bytes, after: bytes) -> str:
    """Return which passages are other words than when the outline was made before."""
    prints = []
    for content in (before, after):
        outline = read_outline(TextFile(path, content.decode("utf-8", "replace"))).value
        rows = outline.rows if outline else ()
        prints.append({row.id: row.print for row in rows if row.id and row.print})
    changed = [id for id, known in prints[0].items() if prints[1].get(id, known) != known]
    return f"{_join(changed)} {'differs' if len(changed) == 1 else 'differ'}" if changed else ""


def _outdated(path: str, reason: str) -> Diagnostic:
    told = f", {reason}" if reason.startswith("and") else f": {reason}" if reason else ""
    message = f"the outline is not that of this text and these notes{told}"
    help = "build the site, which writes it, and commit it"
    return Diagnostic("outline-outdated", message, path, None, help)


def _count(count: Count) -> str:
    share = 100 * count.typed / count.words if count.words else 0.0
    limit = f", of at most {count.limit:,}" if count.limit else ""
    return (
        f"{count.source}: the annotation files type out {count.typed:,} of its {count.words:,} "
        f"words ({share:.1f} %){limit}"
    )


def _join(names: Iterable[str]) -> str:
    """Return *names* in words; of many only the first."""
    known = list(names)
    if len(known) > _MOST_NAMED:
        return f"{', '.join(known[:_MOST_NAMED])} and {len(known) - _MOST_NAMED} more"
    return " and ".join(filter(None, (", ".join(known[:-1]), known[-1])))
