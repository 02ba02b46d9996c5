"""Sheets: pages on their way to whoever renders them, in this process or another.

A sheet has a page's view as bytes, so that any worker can render it and so that its digest tells
whether the page is the one rendered last time. The theme goes along by value.
"""

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import lru_cache, partial
from typing import Any, NamedTuple

from generator.codec import decode, encode
from generator.diagnostics import Diagnostic
from generator.digests import digest_bytes
from generator.interface import Strings, read_strings
from generator.parallel import Hands, Load
from generator.render.bodies import Hand
from generator.render.highlight import Highlighter, Notebook
from generator.render.theme import Theme, make_theme, render_page
from generator.spans import TextFile
from generator.views.pages import Page

# Bytes of views from which on other processes pay, which take a while to start.
WORTH_SHARING = 1_000_000
# Bytes of a batch; the theme goes with each.
_BATCH = 600_000


class Sheet(NamedTuple):
    """A page's address, its template, and its view: the type and the bytes."""

    url: str
    template: str
    kind: type[Any]
    view: bytes


class Printed(NamedTuple):
    """What came of a sheet: the page (None: a template failed), problems, code that was too slow.

    Only a page without either may stand for the same sheet another time. *coloured* is what else
    may be kept, with its keys.
    """

    content: bytes | None
    problems: tuple[Diagnostic, ...] = ()
    slow: tuple[str, ...] = ()
    coloured: tuple[tuple[str, bytes], ...] = ()

    @property
    def is_final(self) -> bool:
        """Tell whether the same sheet always gives this."""
        return self.content is not None and not self.problems and not self.slow


class _Kit(NamedTuple):
    """What rendering needs besides a sheet: the theme's name and templates, the language."""

    theme: str
    templates: dict[str, TextFile]
    language: str


class Press:
    """Where sheets are printed, here or by other hands; *digest* stands for theme and language.

    What is printed here is coloured by *colourer*.
    """

    def __init__(
        self, theme: Theme, language: str, colourer: Highlighter, hands: Hands | None = None
    ) -> None:
        self._kit = _pack(theme, language)
        self._theme, self._say = theme, read_strings(language)
        self._colourer = colourer
        self._hands = hands or Hands()
        self.digest = digest_bytes(self._kit)

    def key(self, sheet: Sheet) -> str:
        """Return the digest of all that the page of *sheet* depends on, but the program."""
        kind = f"{sheet.kind.__module__}.{sheet.kind.__qualname__}"
        parts = (self.digest, sheet.url, sheet.template, kind, digest_bytes(sheet.view))
        return "page " + digest_bytes("\n".join(parts).encode())

    def print_page(self, page: Page) -> Printed:
        """Return what comes of one page, here and now."""
        return _print(page, self._theme, self._say, self._colourer)

    def print_all(
        self, pages: Iterable[tuple[Page, Sheet | None]], begin: Callable[[], None]
    ) -> Iterator[Printed]:
        """Yield what comes of *pages*, in their order; by many hands, if that pays.

        Only those with a sheet go to others, who print while the next pages are thought of. Before
        they are called *begin* is: they start soonest where no thread is about.
        """
        load = Load(pages, _weigh)
        if self._hands.are_many and load.outweighs(WORTH_SHARING):
            begin()
            yield from self._share(load)
        else:
            for page, _ in load:
                yield self.print_page(page)

    def _share(self, load: Load[tuple[Page, Sheet | None]]) -> Iterator[Printed]:
        # In the order of the pages: those that were printed here, and None for those on their way.
        order: deque[Printed | None] = deque()

        def give_away() -> Iterator[list[Sheet]]:
            for batch in load.cut(_BATCH):
                order.extend(None if sheet else self.print_page(page) for page, sheet in batch)
                yield [sheet for _, sheet in batch if sheet]

        for came in self._hands.run(partial(print_sheets, self._kit), give_away()):
            while (here := order.popleft()) is not None:
                yield here
            yield came
        yield from filter(None, order)


def _weigh(task: tuple[Page, Sheet | None]) -> int:
    return len(task[1].view) if task[1] else 0


def digest_kit(theme: Theme, language: str) -> str:
    """Return the digest of all that pages depend on besides their sheets, but the program."""
    return digest_bytes(_pack(theme, language))


def _pack(theme: Theme, language: str) -> bytes:
    return encode(_Kit(theme.name, dict(theme.templates), language))


def lay(page: Page) -> Sheet | None:
    """Return the sheet of *page*; None for a view of a site's own module, which stays here."""
    kind = type(page.view)
    if not kind.__module__.startswith("generator."):
        return None
    return Sheet(page.url, page.template, kind, encode(page.view))


def print_sheets(kit: bytes, sheets: Sequence[Sheet]) -> list[Printed]:
    """Render *sheets* in a process that does nothing else."""
    theme, say = _unpack(kit)
    colourer, notebook = _take_colourer()
    return [
        _print(_open(sheet), theme, say, colourer)._replace(coloured=notebook.tell())
        for sheet in sheets
    ]


def _open(sheet: Sheet) -> Page:
    return Page(sheet.url, sheet.template, decode(sheet.kind, sheet.view))


def _print(page: Page, theme: Theme, say: Strings, colourer: Highlighter) -> Printed:
    hand = Hand(page.url, say, colourer, [])
    outcome = render_page(page, theme, hand)
    return Printed(outcome.value, outcome.diagnostics, tuple(hand.slow))


# A worker meets the same theme with every batch, and colours with one process of its own, which
# ends when the worker does.
@lru_cache(maxsize=2)
def _unpack(kit: bytes) -> tuple[Theme, Strings]:
    name, templates, language = decode(_Kit, kit)
    return make_theme(name, templates, {}), read_strings(language)


@lru_cache(maxsize=1)
def _take_colourer() -> tuple[Highlighter, Notebook]:
    notebook = Notebook()
    return Highlighter(kept=notebook), notebook
