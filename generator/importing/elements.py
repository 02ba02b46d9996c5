"""What the elements of a scraped page are for, judged by their names, classes and roles."""

import re
from collections.abc import Iterator

from selectolax.lexbor import LexborNode

from generator.importing.threads import read_thread_heading

BLOCKS = frozenset(
    "address article aside blockquote body caption center dd details dialog div dl dt fieldset "
    "figcaption figure footer form h1 h2 h3 h4 h5 h6 header hgroup hr html legend li main menu nav "
    "ol p pre section summary table tbody tfoot thead tr ul".split()
)
SILENT = frozenset(
    "script style template head noscript svg iframe object embed audio video canvas map".split()
)
HEADINGS = frozenset("h1 h2 h3 h4 h5 h6".split())
_WIDGETS = frozenset("button select textarea option input datalist".split())
_LANDMARKS = {
    "nav": "navigation",
    "aside": "sidebar",
    "form": "form",
    "dialog": "dialog",
    "navigation": "navigation",
    "complementary": "sidebar",
    "search": "form",
    "banner": "page header",
    "contentinfo": "page footer",
}
_CLASSES = {
    "sharing buttons": "sharedaddy share sharing share-buttons social social-share addtoany "
    "jp-sharing",
    "navigation": "breadcrumb breadcrumbs pagination post-navigation nav-links navigation pager",
    "links to other pages": "related related-posts jp-relatedposts tags-links cat-links post-tags",
    "byline": "entry-meta post-meta byline posted-on article-meta",
    "sidebar": "sidebar widget widget-area",
    "reply form": "comment-respond comment-form",
    "control below a comment": "reply comment-reply comment-reply-link comment-actions says "
    "comment-edit-link edit-link comment-controls comment-awaiting-moderation",
    "hidden": "screen-reader-text sr-only visually-hidden",
}
_REASONS = {name: reason for reason, names in _CLASSES.items() for name in names.split()}
_COMMENT_TAGS = frozenset("li article div section tr".split())
_COMMENT_TYPE = re.compile(r"https?://schema\.org/(?:User)?Comments?")
_REPLIES = frozenset("children replies comment-replies comment-children responses".split())
_NAMES = frozenset("fn comment-author author user username commenter comment__author".split())
_DATES = frozenset("comment-metadata comment-date datetime published comment__date date".split())
_AROUND = frozenset("comments comments-area comment-list commentlist comments-wrapper".split())
_THREAD_TITLES = frozenset("comments-title comments-heading comment-count comments__title".split())


def classes(node: LexborNode) -> frozenset[str]:
    """Return the classes of *node* and its id, in lower case."""
    named = f"{node.attributes.get('class') or ''} {node.attributes.get('id') or ''}"
    return frozenset(named.lower().split())


def reason_to_cut(node: LexborNode, *, in_comment: bool) -> str:
    """Return which part of a page's furniture *node* is, or nothing if it may hold words."""
    tag, named, role = node.tag or "", classes(node), node.attributes.get("role") or ""
    if "hidden" in node.attributes or "display:none" in _style(node):
        return "hidden"
    if tag in _WIDGETS:
        return "form"
    if "respond" in named:
        return "reply form"
    if tag in ("header", "footer"):
        return "" if in_comment else _reason_of_banner(node)
    if not named & _AROUND and (reason := _LANDMARKS.get(tag) or _LANDMARKS.get(role)):
        return reason
    return next((_REASONS[name] for name in sorted(named) if name in _REASONS), "")


def _style(node: LexborNode) -> str:
    return (node.attributes.get("style") or "").replace(" ", "").lower()


def _reason_of_banner(node: LexborNode) -> str:
    """Judge a header or footer: an article's own header holds its title, and stays."""
    parent = node.parent
    while parent is not None and parent.tag not in ("article", "main"):
        parent = parent.parent
    if parent is None:
        return f"page {node.tag}"
    return "footer of the article" if node.tag == "footer" else ""


def is_comment(node: LexborNode) -> bool:
    """Tell whether *node* holds one comment, by the class or type that blog engines give it."""
    if node.tag not in _COMMENT_TAGS:
        return False
    given = (node.attributes.get("class") or "").lower().split()
    return "comment" in given or bool(
        _COMMENT_TYPE.fullmatch(node.attributes.get("itemtype") or "")
    )


def holds_replies(node: LexborNode) -> bool:
    """Tell whether a comment inside *node*, itself inside a comment, is another one."""
    return node.tag in ("ol", "ul") or bool(classes(node) & _REPLIES)


def is_name(node: LexborNode) -> bool:
    """Tell whether *node*, inside a comment, holds the name of its writer."""
    return bool(classes(node) & _NAMES) or node.attributes.get("itemprop") in ("author", "name")


def is_date(node: LexborNode) -> bool:
    """Tell whether *node*, inside a comment, holds its date."""
    return node.tag == "time" or bool(classes(node) & _DATES)


def is_around_comments(node: LexborNode) -> bool:
    """Tell whether *node* holds the comments and what stands between them."""
    return bool(classes(node) & _AROUND)


def is_thread_title(node: LexborNode) -> bool:
    """Tell whether *node* is the heading of the comments, by its class or by its words."""
    if classes(node) & _THREAD_TITLES:
        return True
    return node.tag in HEADINGS and read_thread_heading(words(node)) is not None


def words(node: LexborNode) -> str:
    """Return the words of *node* on one line."""
    return " ".join(node.text(separator="").split())


def elements(node: LexborNode) -> Iterator[LexborNode]:
    """Yield *node* and every element below it, in order, without recursion."""
    pending = [node]
    while pending:
        at = pending.pop()
        yield at
        pending.extend(reversed(list(at.iter())))
