"""What a page in HTML says about itself in its head."""

from selectolax.lexbor import LexborHTMLParser, LexborNode

from generator.importing.fitting import fitting
from generator.importing.lines import Facts
from generator.importing.threads import read_date
from generator.kinds import Kind


def read_facts(page: LexborHTMLParser) -> Facts:
    """Return the title, author, date, address and language that *page* itself gives."""
    root = page.root
    language = (root.attributes.get("lang") or "" if root is not None else "").strip()
    title = page.css_first("head > title")
    author = _meta(page, "author", "article:author", "og:article:author", "dc.creator")
    url = _attribute(page.css_first('link[rel="canonical"]'), "href") or _meta(page, "og:url")
    day = _meta(page, "article:published_time", "datepublished", "date", "dc.date")
    return Facts(
        title=_meta(page, "og:title", "twitter:title") or _words(title),
        authors=(author,) if author and not author.startswith(("http:", "https:")) else (),
        date=read_date(day),
        url=fitting(url, Kind.ADDRESS),
        language=fitting(language, Kind.LANGUAGE),
    )


def _meta(page: LexborHTMLParser, *names: str) -> str:
    """Return what the first ``meta`` element with one of *names*, in their order, says."""
    found: dict[str, str] = {}
    for node in page.css("meta"):
        for key in ("name", "property", "itemprop"):
            name = (node.attributes.get(key) or "").lower()
            found.setdefault(name, " ".join((node.attributes.get("content") or "").split()))
    return next((found[name] for name in names if found.get(name)), "")


def _attribute(node: LexborNode | None, name: str) -> str:
    return (node.attributes.get(name) or "").strip() if node is not None else ""


def _words(node: LexborNode | None) -> str:
    return " ".join(node.text().split()) if node is not None else ""
