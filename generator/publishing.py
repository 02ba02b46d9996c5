"""Publishing: pages whose sheet is new are printed, and the others stand as they were.

What is kept of a page (a verifying trace) is the digest of its bytes under that of its sheet; the
bytes themselves are those of the old site, if they still are what they were.
"""

from collections.abc import Iterable, Sequence
from itertools import islice
from typing import NamedTuple, Protocol

from generator.diagnostics import Diagnostic
from generator.digests import digest_bytes
from generator.reasons import keep_reason, note_reason
from generator.render.sheets import Press, Printed, Sheet, lay
from generator.spans import Span
from generator.store import Store
from generator.views.pages import Page, Stood

# Views take room as long as their pages are not printed.
_AT_ONCE = 1000


class Tree(Protocol):
    """Where a site is written: a folder that replaces the old one, or the memory of a server."""

    def write(self, url: str, content: bytes) -> None:
        """Write the file at the address *url*, once."""

    def take_over(self, url: str, digest: str) -> bool:
        """Put the old site's file at *url* into this one, if it is what *digest* says it was."""


class Count(Protocol):
    """Whoever wants to know how far the printing is."""

    def expect(self, total: int) -> None:
        """Take notice that there will be so many pages; 0 as long as that is not known."""

    def count_one(self, name: str) -> None:
        """Take notice that the page at the address *name* is done."""


class Fallen(Exception):
    """A page that was to stand is not there any more: the site is to be made without such."""


class _Laid(NamedTuple):
    """A page, the sheet on which others may print it, and its key.

    A page that stands has no *page*, that of a module no *sheet*.
    """

    url: str
    title: str
    page: Page | None
    sheet: Sheet | None
    key: str


class Published:
    """The pages of a site as far as they are made, and what went wrong with them.

    *titles* are those of the pages by address, in the order of the views; *printed* are the
    addresses of those that were not taken over; *slow* is code whose colouring was stopped. *keys*
    are those of what is kept of pages, by address. What a template does wrong on many pages is one
    problem, with the help that the first of them gives.
    """

    def __init__(self, store: Store, press: Press, tree: Tree | None, count: Count) -> None:
        self.titles: dict[str, str] = {}
        self.printed: list[str] = []
        self.problems: list[Diagnostic] = []
        self.slow: set[str] = set()
        self.keys: dict[str, str] = {}
        self._store, self._press, self._tree, self._count = store, press, tree, count
        self._claimed: set[str] = set()
        self._said: set[tuple[str, Span | None, str]] = set()

    def print_pages(self, pages: Iterable[Page | Stood]) -> None:
        """Publish *pages*; of two with one address only the first. Raises ``Fallen``."""
        each = iter(pages)
        while some := list(islice(each, _AT_ONCE)):
            ours = [page for page in some if self._claim(page.url)]
            self._count.expect(len(self._claimed) if len(some) < _AT_ONCE else 0)
            self._print_some(ours)

    def _claim(self, url: str) -> bool:
        if url in self._claimed:
            message = f"two pages have the address {url}, and only the first is published"
            help = "one is a module's: rename it"
            self.problems.append(Diagnostic("id-duplicate", message, "site.toml", None, help))
            return False
        self._claimed.add(url)
        return True

    def _print_some(self, pages: Sequence[Page | Stood]) -> None:
        laid = [self._lay(page) for page in pages]
        stand = [self._stands(each) for each in laid]
        wanted = [
            (each.page, each.sheet)
            for each, stands in zip(laid, stand, strict=True)
            if each.page and not stands
        ]
        printed = self._press.print_all(wanted)
        for each, stands in zip(laid, stand, strict=True):
            if stands or self._take(each, next(printed)):
                self._count.count_one(each.url)
                self.titles[each.url] = each.title

    def _lay(self, page: Page | Stood) -> _Laid:
        if isinstance(page, Stood):
            return _Laid(page.url, page.title, None, None, page.key)
        sheet = lay(page)
        key = self._press.key(sheet) if sheet else ""
        return _Laid(page.url, page.view.frame.title, page, sheet, key)

    def _stands(self, laid: _Laid) -> bool:
        """Take over a page that was printed before and stands; tell whether it did.

        Raises ``Fallen`` for one that was to stand and does not.
        """
        digest = self._store.get(laid.key) if laid.key else None
        stands = digest is not None and (
            self._tree is None or self._tree.take_over(laid.url, digest.decode("ascii"))
        )
        if stands:
            self.keys[laid.url] = laid.key
            keep_reason(self._store, laid.url)
        elif laid.page is None:
            raise Fallen(laid.url)
        return stands

    def _take(self, laid: _Laid, came: Printed) -> bool:
        """Write what came of a page and keep its trace; tell whether there is a page at all."""
        for problem in came.problems:
            said = (problem.path, problem.span, problem.message)
            if said not in self._said:
                self._said.add(said)
                self.problems.append(problem)
        self.slow.update(came.slow)
        for key, content in came.coloured:
            self._store.put(key, content)
        if came.content is None:
            return False
        url = laid.url
        self.printed.append(url)
        if laid.sheet:
            note_reason(self._store, self._press, laid.sheet)
        if self._tree is not None:
            self._tree.write(url, came.content)
        if laid.sheet and came.is_final:
            self._store.put(laid.key, digest_bytes(came.content).encode("ascii"))
            self.keys[url] = laid.key
        return True
