"""The links and pictures of a source, as references that a later stage resolves."""

from collections.abc import Callable, Iterator, Sequence

from generator.markup import HEADINGS
from generator.model import Element, Reference
from generator.spans import Span

_BLOCKS = HEADINGS | {"p", "pre", "th", "td", "dt", "dd", "figcaption", "summary", "caption"}


def gather_mentions(
    text: str, elements: Sequence[Element], place: Callable[[int, str], Span]
) -> Iterator[Reference]:
    """Yield a reference for every ``a`` and ``img`` that has an address.

    *place* tells where in the file the element of that index and address stands. The words
    around a reference are those of its block.
    """
    block = Span(0, 0)
    for index, element in enumerate(elements):
        if element.tag in _BLOCKS:
            block = element.span
        elif element.tag == "a" and element.get("href"):
            href, words = element.get("href"), text[slice(*element.span)]
            yield Reference("link", "", href, words, index, block, place(index, href))
        elif element.tag == "img" and element.get("src"):
            href, words = element.get("src"), element.get("alt")
            yield Reference("picture", "", href, words, index, block, place(index, href))
