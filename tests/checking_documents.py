"""What holds of every document, whatever it was read from."""

from collections.abc import Iterator

from generator.markup import ATTRIBUTES, BLOCKS, CONTAINERS, HEADINGS, INLINES, VOIDS
from generator.model import Document, Element

_LEAVES = HEADINGS | frozenset(
    ["p", "pre", "th", "td", "dt", "dd", "figcaption", "summary", "caption"]
)
_PARENTS = {
    "li": {"ul", "ol"},
    "dt": {"dl"},
    "dd": {"dl"},
    "figcaption": {"figure"},
    "summary": {"details"},
    "caption": {"table"},
    "thead": {"table"},
    "tbody": {"table"},
    "tfoot": {"table"},
    "tr": {"thead", "tbody", "tfoot"},
    "th": {"tr"},
    "td": {"tr"},
    "comment": {"thread"},
    "footnote": {"footnotes"},
    "thread": {""},
    "footnotes": {""},
}
_CHILDREN = {"ul": {"li"}, "ol": {"li"}, "dl": {"dt", "dd"}, "footnotes": {"footnote"}}


def leaf_texts(document: Document) -> list[str]:
    """Return the words of each leaf, in order."""
    leaves = (each for each in document.elements if each.tag in _LEAVES)
    return [document.text[slice(*each.span)] for each in leaves]


def check_document(document: Document) -> None:
    """Assert that the markup nests, that no word is outside of it, that places are to be found."""
    assert document.text == "\n".join(leaf_texts(document))
    for parent, element in _with_parents(document):
        check_element(parent, element)
    check_order(document.elements)
    check_places(document)


def check_element(parent: Element | None, element: Element) -> None:
    """Assert that *element* may stand in *parent* (None: the text itself)."""
    outer, tag = parent.tag if parent else "", element.tag
    assert tag in BLOCKS | INLINES | VOIDS
    assert {name for name, _ in element.attrs} <= ATTRIBUTES
    assert len({name for name, _ in element.attrs}) == len(element.attrs)
    assert element.span.start <= element.span.end
    assert parent is None or parent.span.covers(element.span)
    if tag in INLINES or tag in ("br", "img", "footnote-ref"):
        assert outer in _LEAVES | INLINES
    else:
        assert outer in CONTAINERS | {"", "table", "thead", "tbody", "tfoot", "tr"}
    assert outer in _PARENTS.get(tag, {outer})
    assert tag in _CHILDREN.get(outer, {tag})
    assert tag not in VOIDS or element.span.start == element.span.end


def check_order(elements: tuple[Element, ...]) -> None:
    """Assert that siblings follow each other and that depths grow by one."""
    ends: list[int] = []
    for element in elements:
        assert element.depth <= len(ends)
        before = ends[element.depth] if element.depth < len(ends) else 0
        assert before <= element.span.start
        del ends[element.depth :]
        ends.append(element.span.end)
    depths = [-1, *(element.depth for element in elements)]
    assert all(after <= before + 1 for before, after in zip(depths, depths[1:], strict=False))


def check_places(document: Document) -> None:
    """Assert that every place has an anchor, once, and that the numbered blocks hold words."""
    ids = [id for each in document.elements if (id := each.get("id"))]
    labels = [locator.label for locator in document.locators]
    assert len(ids) == len(set(ids))
    assert len(labels) == len(set(labels))
    assert {locator.anchor for locator in document.locators} == set(ids)
    by_id = {each.get("id"): each for each in document.elements}
    for locator in document.locators:
        start, end = locator.span
        assert 0 <= start <= end <= len(document.text)
        assert start == by_id[locator.anchor].span.start
        if locator.kind in ("paragraph", "code"):
            assert document.text[start:end].strip()
    blocks = [each for each in document.locators if each.kind in ("paragraph", "code", "table")]
    assert [each.span for each in blocks] == sorted(each.span for each in blocks)


def _with_parents(document: Document) -> Iterator[tuple[Element | None, Element]]:
    around: list[Element] = []
    for element in document.elements:
        del around[element.depth :]
        yield around[-1] if around else None, element
        around.append(element)
