"""Links, pictures and passages shown in place, as HTML."""

from dataclasses import dataclass
from html import escape

from generator.model import Element


@dataclass(frozen=True, slots=True)
class ShownLink:
    """What one reference shows on one page.

    *href* is relative to the page, or an address elsewhere when *external*; empty when the
    reference leads nowhere, which was reported. *words* replace the typed ones if not empty; for
    a picture or a passage they say what stands in for it. *html* is the passage of a transclusion.
    *lang* and *direction* are those of *words* where they are ours among those of a text.
    """

    href: str = ""
    words: str = ""
    kind: str = ""
    external: bool = False
    html: str = ""
    lang: str = ""
    direction: str = ""


def draw_link_start(link: ShownLink | None) -> tuple[str, str]:
    """Return the opening and closing tag of a link; one that leads nowhere is only words."""
    if link is None:
        return "<span>", "</span>"
    kind = f' class="{escape(link.kind)}"' if link.kind else ""
    if link.lang:
        kind += f' lang="{escape(link.lang)}" dir="{escape(link.direction)}"'
    elif link.words:
        kind += ' dir="auto"'
    if not link.href:
        return f"<span{kind if link.words else ''}>", "</span>"
    rel = ' rel="external noopener nofollow"' if link.external else ""
    return f'<a href="{escape(link.href)}"{kind}{rel}>', "</a>"


def draw_picture(element: Element, link: ShownLink | None, *, inside_link: bool) -> str:
    """Return a picture of ours, or a link to one elsewhere: pages fetch nothing from strangers."""
    alt, title = escape(element.get("alt")), escape(element.get("title"))
    if link is None or not link.href:
        return f'<span class="picture">{escape(link.words) if link else alt}</span>'
    href = escape(link.href)
    if link.external and inside_link:
        return f'<span class="picture">{escape(link.words)}</span>'
    if link.external:
        words = escape(link.words)
        return f'<a class="picture" href="{href}" rel="external noopener nofollow">{words}</a>'
    named = f' title="{title}"' if title else ""
    return f'<img src="{href}" alt="{alt}"{named} decoding="async">'


def draw_transclusion(link: ShownLink | None, *, inline: bool) -> str:
    """Return the passage that a transclusion shows; *inline*, where no block may stand, a link."""
    if link is None or (link.html and not inline):
        return link.html if link else ""
    start, end = draw_link_start(link)
    return f"{start}{escape(link.words, quote=False)}{end}"
