"""The pipeline: from a folder to a site, the stages in their order."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import AbstractContextManager, closing, contextmanager, nullcontext, suppress
from dataclasses import replace
from functools import partial
from urllib.parse import quote

from generator.advancing import Ahead, Early, Means, advance
from generator.clusters import join_cluster
from generator.config import Config
from generator.diagnostics import Diagnostic
from generator.extending import ExtensionFailed, load_tables
from generator.finding import make_index
from generator.garbage import collected_seldom
from generator.indexing import MakeIndex, write_index
from generator.interface import read_strings
from generator.joining import find_ground, join_site
from generator.json_text import dump_json
from generator.maker import digest_program
from generator.output import (
    IsUntouched,
    MemoryTree,
    OutputTree,
    know_nothing,
    refuse_overlap,
    refuse_public,
    replace_tree,
)
from generator.parallel import Hands
from generator.plans import Plan, Report, is_theme_broken
from generator.proofing import check_once
from generator.publishing import Fallen, Published, Tree
from generator.reading import Desk, read_settings_file
from generator.releasing import Withheld
from generator.render.csv import dump_csv
from generator.render.highlight import Highlighter
from generator.render.sheets import Press
from generator.render.theme import Theme
from generator.scan import scan
from generator.settling import keep_stand
from generator.site import Site
from generator.spans import Span
from generator.standing import Stand, recall_stand
from generator.store import Store
from generator.studies import Studies
from generator.tabulating import withdraw
from generator.themes import find_theme
from generator.timing import Clock
from generator.views.data import describe_site
from generator.views.framing import Index, index_site
from generator.views.pages import Page, Stood
from generator.views.position_data import (
    AGREEMENT,
    STATEMENTS,
    describe_positions,
    list_agreement,
    list_positions,
    list_statements,
)
from generator.views.table import View
from generator.watching import Watch

Opened = AbstractContextManager[MemoryTree | OutputTree | None]
OpenTree = Callable[[], Opened]
INPUTS = ("content", "seeds", "themes", "generator", "tests", ".git")


@collected_seldom()
def build(
    plan: Plan,
    note: Watch,
    tree: MemoryTree | None = None,
    store: Store | None = None,
    known: Mapping[str, str] | None = None,
    make: MakeIndex = make_index,
    is_untouched: IsUntouched = know_nothing,
) -> Report:
    """Build the site of *plan*, or only check it; *note* is told what is being done.

    A *tree* is written in the place of the plan's folder. A *store* is used in the place of that in
    the plan's cache and left open: whoever builds again and again has one, and may *make* the index
    of the search later. *known* are digests of input files by path, for who need not read a file to
    tell what is in it; *is_untouched* tells the same of files of the old site.

    Raises ``OutputRefused`` for an output folder that is not ours, ``ClusterRefused`` for a cluster
    that cannot be used, ``OSError`` when writing fails; the old site stays in all cases.
    """
    if plan.output is not None and tree is None:
        refuse_overlap(plan.output, plan.root, INPUTS)
        if plan.private:
            refuse_public(plan.output, plan.root)
    clock = Clock(note)
    with nullcontext(store) if store else open_store(plan) as kept, _find_hands(plan) as hands:
        studies = Studies(kept, hands, clock.count_one)
        opened = partial(_open_tree, plan, tree, is_untouched)
        try:
            desk = Desk(plan.root, studies, known=known or {})
            return _build(plan, desk, clock, opened, make)
        except Fallen:
            # A page of the old site was touched: all of the site is read and joined, to make it
            # again, as if nothing were known.
            if tree is not None:
                tree.clear()
            return _build(plan, Desk(plan.root, studies), clock, opened, make, recall=False)


def open_store(plan: Plan) -> closing[Store]:
    """Open what is kept between builds of *plan*; the store is closed at the end of a ``with``."""
    maker = digest_program() if plan.cache else ""
    return closing(Store(plan.cache, maker, empty=plan.clean))


@contextmanager
def _find_hands(plan: Plan) -> Iterator[Hands]:
    if not plan.executor:
        with Hands(plan.jobs) as hands:
            yield hands
        return
    with join_cluster(plan.executor) as (executor, count), Hands(count, executor) as hands:
        yield hands


def _build(
    plan: Plan,
    desk: Desk,
    clock: Clock,
    open_tree: OpenTree,
    make: MakeIndex,
    *,
    recall: bool = True,
) -> Report:
    clock.start("reading")
    inputs = desk.take(scan(plan.root))
    config = read_settings_file(desk, inputs.settings) if inputs.settings else None
    theme = _take_theme(desk, config)
    if config is None or theme is None:
        return Report(tuple(desk.problems), desk.texts, settings_failed=True)
    if plan.base_url is not None:
        config = replace(config, base_url=plan.base_url.rstrip("/") + "/" if plan.base_url else "")
    tables = desk.take(load_tables(config.modules, plan.root, "site.toml"))
    ground = find_ground(plan, config, theme, inputs)
    stand = recall_stand(desk.studies.store, ground, inputs, desk.digest_of) if recall else Stand()

    indexed = False
    colourer = Highlighter(kept=desk.studies.store)
    with suppress(Withheld), colourer, open_tree() as written:
        press = Press(theme, config.language, colourer, desk.studies.hands)
        means = Means(plan, desk, config, tables.readers, press, written)
        ahead = advance(means, inputs, stand, clock) if recall and ground else Ahead(stand)
        joined = join_site(plan, desk, inputs, config, tables.readers, ahead.stand, clock)
        desk, rights, site = joined.desk, joined.rights, joined.site
        desk.problems = withdraw(desk.problems)

        clock.start("rendering")
        early = Early(written) if written is not None else None
        tree = rights.watch(early)
        published = Published(desk.studies.store, press, tree, clock)
        index = index_site(site, read_strings(config.language), joined.stand.sources)
        _publish(index, tables.views, desk, published, tree)
        clock.start("indexing")
        indexed = write_index(index, rights, desk, tree if written else None, make)
        clock.start("writing")
        _write_rest(site, theme, desk, tree)
        if early is not None:
            early.finish()
        rights.release(desk)
        if is_theme_broken(desk.problems):
            raise Withheld
        if ground:
            keep_stand(ground, index, joined, published)
    rights.keep_outlines(desk)
    if plan.output:
        desk.studies.store.save()
    clock.stop()
    printed = ahead.printed.union(published.printed)
    return Report(
        tuple(desk.problems),
        desk.texts,
        pages=len(published.titles),
        made=tuple(url for url in published.titles if url in printed),
        sources=site.extent.sources,
        notes=site.extent.notes,
        phases=tuple(clock.phases.items()),
        read=desk.digests,
        written={} if written is None else written.digests,
        stamps=written.stamps if isinstance(written, OutputTree) else {},
        repeatable=indexed and not (config.modules or published.slow or rights.withheld),
        notices=rights.list_notices(),
        withheld=rights.withheld,
        restricted=rights.folders,
        exposed=rights.exposed,
        base_url=config.base_url,
        modules=tables.modules,
    )


def _open_tree(plan: Plan, given: MemoryTree | None, is_untouched: IsUntouched) -> Opened:
    if given is not None or plan.output is None:
        return nullcontext(given)
    return replace_tree(plan.output, is_untouched)


def _take_theme(desk: Desk, config: Config | None) -> Theme | None:
    if config is None:
        return None
    check = partial(check_once, desk.studies.store)
    theme = desk.take(find_theme(config.theme, desk.root, check))
    if theme:
        desk.texts |= {file.path: file for file in theme.templates.values()}
    return theme if theme and theme.whole else None


def _publish(
    index: Index, views: Iterable[View], desk: Desk, published: Published, tree: Tree | None
) -> None:
    """Print every page that is not the one printed last time, and write all into *tree*."""
    published.print_pages(_make_pages(index, views, desk))
    desk.problems += published.problems
    desk.problems += (_slow_code(code, desk) for code in sorted(published.slow))
    if tree is not None:
        titles = tuple(published.titles.items())
        tree.write("data/site.json", dump_json(describe_site(index, titles)))
        tree.write(".nojekyll", b"")
        for name, content in _list_data(index):
            tree.write(f"data/{name}", content)


def _list_data(index: Index) -> Iterator[tuple[str, bytes]]:
    """Yield the data files of positions, if there is a codebook."""
    if index.site.actors and index.site.issues:
        yield "positions.csv", dump_csv(*list_positions(index))
        yield "statements.csv", dump_csv(STATEMENTS, list_statements(index))
        yield "agreement.csv", dump_csv(AGREEMENT, list_agreement(index))
        yield "positions.json", dump_json(describe_positions(index))


def _make_pages(index: Index, views: Iterable[View], desk: Desk) -> Iterator[Page | Stood]:
    for view in views:
        try:
            yield from view(index)
        except ExtensionFailed as failure:
            desk.problems.append(failure.problem)


def _write_rest(site: Site, theme: Theme, desk: Desk, tree: Tree | None) -> None:
    """Read all files that pages use, and write them into *tree* if there is one."""
    for url, path in site.files:
        content = desk.read(path)
        if tree is not None and content is not None:
            tree.write(url, content)
    if tree is not None:
        for name, content in theme.static.items():
            tree.write(f"assets/{quote(name)}", content)


def _slow_code(code: str, desk: Desk) -> Diagnostic:
    """Say which code was too slow to colour, at the place where an author wrote it."""
    first = next((line for line in code.split("\n") if line.strip()), code)
    message = "colouring this code took too long and was stopped"
    for path, file in sorted(desk.texts.items()):
        found = file.text.find(code)
        found = file.text.find(first) if found == -1 else found
        if found != -1 and not path.startswith("themes/"):
            span = Span(found, found + len(first))
            return Diagnostic("lexer-slow", message, path, span, "it is shown plain")
    return Diagnostic("lexer-slow", f"{message}: {first[:60]!r}", "site.toml", None)
