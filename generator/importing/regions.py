"""The regions of a scraped page: its article, its title, its comments."""

from dataclasses import dataclass

from selectolax.lexbor import LexborHTMLParser, LexborNode

from generator.importing.elements import (
    HEADINGS,
    SILENT,
    classes,
    elements,
    is_comment,
    reason_to_cut,
    words,
)
from generator.importing.threads import read_thread_heading

_ARTICLES = (
    '[itemprop="articleBody"]',
    ".entry-content",
    ".post-content",
    ".post-body",
    ".article-content",
    ".article-body",
    "article",
    "main",
    '[role="main"]',
)
_TITLES = ('[itemprop="headline"]', ".entry-title", ".post-title", ".article-title", "h1")
_SHARE = 0.5


@dataclass(frozen=True, slots=True)
class Regions:
    """The nodes of a page, by their ``mem_id``, at which its regions begin (0: not there).

    *thread* is the heading of comments that are known only by the list below it.
    """

    article: int
    title: int
    thread: int
    comments: frozenset[int]


def find_regions(page: LexborHTMLParser) -> Regions:
    """Find the article, the title and the comments of *page*."""
    root = page.root
    if root is None:
        return Regions(0, 0, 0, frozenset())
    marked = frozenset(node.mem_id for node in elements(root) if is_comment(node))
    thread = None if marked else _find_bare_thread(root)
    listed = _items(thread[1]) if thread else frozenset()
    article = _find_article(page, marked | listed)
    return Regions(
        article=article.mem_id if article else 0,
        title=_find_title(page, article, marked),
        thread=thread[0].mem_id if thread else 0,
        comments=marked | listed,
    )


def _items(listed: LexborNode) -> frozenset[int]:
    return frozenset(node.mem_id for node in listed.iter() if node.tag == "li")


def _find_bare_thread(root: LexborNode) -> tuple[LexborNode, LexborNode] | None:
    """Find a line that announces comments with a list directly below it."""
    for node in elements(root):
        if node.tag not in HEADINGS | {"p", "div", "strong", "b"}:
            continue
        if any(child.tag in HEADINGS | {"p", "div", "ol", "ul"} for child in node.iter()):
            continue
        if read_thread_heading(words(node)) is None:
            continue
        below = _next_element(node)
        while below is not None and below.tag == "div":
            below = next(iter(below.iter()), None)
        if below is not None and below.tag in ("ol", "ul"):
            return node, below
    return None


def _next_element(node: LexborNode) -> LexborNode | None:
    at: LexborNode | None = node
    while at is not None and at.tag != "body":
        below = at.next
        while below is not None and not below.is_element_node:
            if below.is_text_node and (below.text_content or "").strip():
                return None
            below = below.next
        if below is not None:
            return below
        at = at.parent
    return None


def _find_article(page: LexborHTMLParser, comments: frozenset[int]) -> LexborNode | None:
    """Return the element that holds the article's words.

    The narrowest kind wins if it holds at least half of the words that are neither furniture nor
    comments; where several of a kind do not, they may be a list of articles, and the next wider
    kind is asked.
    """
    body = page.body
    if body is None:
        return None
    whole = _count_words(body, comments)
    for selector in _ARTICLES:
        for node in page.css(selector):
            if node.mem_id in comments or is_comment(node):
                continue
            if _count_words(node, comments) >= whole * _SHARE > 0:
                return node
    return body


def _count_words(node: LexborNode, comments: frozenset[int]) -> int:
    """Count the words of *node* that are outside of furniture and comments."""
    count = 0
    pending = [node]
    while pending:
        at = pending.pop()
        if at.is_text_node:
            count += len((at.text_content or "").split())
        elif at.mem_id == node.mem_id or _may_hold_words(at, comments):
            pending.extend(at.iter(include_text=True))
    return count


def _may_hold_words(node: LexborNode, comments: frozenset[int]) -> bool:
    is_silent = not node.is_element_node or node.tag in SILENT or node.mem_id in comments
    return not is_silent and not reason_to_cut(node, in_comment=False)


def _find_title(
    page: LexborHTMLParser, article: LexborNode | None, comments: frozenset[int]
) -> int:
    for selector in _TITLES:
        inside = article.css(selector) if article is not None else []
        for node in (*inside, *page.css(selector)):
            if words(node) and not _is_in_furniture(node, comments):
                return node.mem_id
    return 0


def _is_in_furniture(node: LexborNode, comments: frozenset[int]) -> bool:
    at: LexborNode | None = node
    while at is not None and at.is_element_node:
        if at.mem_id in comments or "site-title" in classes(at):
            return True
        if at.tag not in ("header", "html", "body") and reason_to_cut(at, in_comment=False):
            return True
        at = at.parent
    return False
