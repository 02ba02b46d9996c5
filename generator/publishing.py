"""Publishing: pages whose sheet is new are printed, and the others stand as they were.

What is kept of a page (a verifying trace) is the digest of its bytes under that of its sheet; the
bytes themselves are those of the old site, if they still are what they were.
"""

from collections import deque
from collections.abc import Iterable, Iterator
from typing import NamedTuple, Protocol

from generator.diagnostics import Diagnostic
from generator.digests import digest_bytes
from generator.reasons import keep_reason, note_reason
from generator.render.sheets import Press, Printed, Sheet, lay
from generator.spans import Span
from generator.store import Store
from generator.views.pages import Page, Stood


class Tree(Protocol):
    """Where a site is written: a folder that replaces the old one, or the memory of a server."""

    def write(self, url: str, content: bytes) -> None:
        """Write the file at the address *url*, once."""

    def take_over(self, url: str, digest: str) -> bool:
        """Put the old site's file at *url* into this one, if it is what *digest* says it was."""


class Count(Protocol):
    """Whoever wants to know how far the printing is."""

    def expect(self, total: int) -> None:
        """Take notice that there are so many pages, as far as they are thought of."""

    def count_one(self, name: str) -> None:
        """Take notice that the page at the address *name* is done."""


class Fallen(Exception):
    """A page that was to stand is not there any more: the site is to be made without such."""


class _Laid(NamedTuple):
    """A page, the sheet on which others may print it (None for a module's), and its key.

    It *stands* if it is the one printed last time.
    """

    url: str
    title: str
    sheet: Sheet | None
    key: str
    stands: bool = False


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
        laid: deque[_Laid] = deque()
        for came in self._press.print_all(self._choose(pages, laid), self._expect):
            self._note_standing(laid)
            self._take(laid.popleft(), came)
        self._note_standing(laid)

    def _choose(
        self, pages: Iterable[Page | Stood], laid: deque[_Laid]
    ) -> Iterator[tuple[Page, Sheet | None]]:
        """Yield the *pages* that are to be printed; all go into *laid*, as they come."""
        for page in pages:
            if not self._claim(page.url):
                continue
            each = self._lay(page)
            laid.append(each)
            if each.stands:
                self._note_standing(laid)
            elif isinstance(page, Stood):
                raise Fallen(page.url)
            else:
                yield page, each.sheet
        self._expect()

    def _expect(self) -> None:
        self._count.expect(len(self._claimed))

    def _note_standing(self, laid: deque[_Laid]) -> None:
        """Take the pages that stand off the head of *laid*."""
        while laid and laid[0].stands:
            self._note(laid.popleft())

    def _note(self, laid: _Laid) -> None:
        self._count.count_one(laid.url)
        self.titles[laid.url] = laid.title

    def _claim(self, url: str) -> bool:
        if url in self._claimed:
            message = f"two pages have the address {url}, and only the first is published"
            help = "one is a module's: rename it"
            self.problems.append(Diagnostic("id-duplicate", message, "site.toml", None, help))
            return False
        self._claimed.add(url)
        return True

    def _lay(self, page: Page | Stood) -> _Laid:
        if isinstance(page, Stood):
            return self._look(_Laid(page.url, page.title, None, page.key))
        sheet = lay(page)
        key = self._press.key(sheet) if sheet else ""
        return self._look(_Laid(page.url, page.view.frame.title, sheet, key))

    def _look(self, laid: _Laid) -> _Laid:
        """Take over a page that was printed before and stands."""
        digest = self._store.get(laid.key) if laid.key else None
        stands = digest is not None and (
            self._tree is None or self._tree.take_over(laid.url, digest.decode("ascii"))
        )
        if stands:
            self.keys[laid.url] = laid.key
            keep_reason(self._store, laid.url)
        return laid._replace(stands=stands)

    def _take(self, laid: _Laid, came: Printed) -> None:
        """Write what came of a page, if it is a page at all, and keep its trace."""
        for problem in came.problems:
            said = (problem.path, problem.span, problem.message)
            if said not in self._said:
                self._said.add(said)
                self.problems.append(problem)
        self.slow.update(came.slow)
        for key, content in came.coloured:
            self._store.put(key, content)
        if came.content is None:
            return
        url = laid.url
        self.printed.append(url)
        if laid.sheet:
            note_reason(self._store, self._press, laid.sheet)
        if self._tree is not None:
            self._tree.write(url, came.content)
        if laid.sheet and came.is_final:
            self._store.put(laid.key, digest_bytes(came.content).encode("ascii"))
            self.keys[url] = laid.key
        self._note(laid)
