"""Turn a scraped page into the files of a source."""

import re
from dataclasses import dataclass, replace
from pathlib import PurePosixPath

from generator.diagnostics import Diagnostic, Outcome
from generator.hypertext import flatten_depth
from generator.identifiers import check_id, proposal
from generator.importing.front import scrape_with_front
from generator.importing.html import scrape_html
from generator.importing.lines import Scrape
from generator.importing.pieces import Page
from generator.importing.recognising import recognise
from generator.importing.report import Report, account
from generator.importing.writing import IGNORE, clean, write_facts, write_text
from generator.readers.sources import KEYS
from generator.scan import decode

RIGHTS = next(key.words for key in KEYS if key.name == "rights")

_HTML_NAME = re.compile(r".*\.x?html?", re.IGNORECASE | re.DOTALL)
_HTML_START = re.compile(
    r"\s*(?:<\?xml[^>]{0,200}>\s*)?<(?:!doctype\s+html|html|head|body)[\s>]", re.IGNORECASE
)
_IS_HTML = "the page is HTML: its lines are counted as its words stand, from top to bottom"
_MARKDOWN_NAME = re.compile(r".*\.(?:md|markdown)", re.IGNORECASE | re.DOTALL)
_IS_MARKDOWN = "its marks are kept as words: `new source ID --from {}` takes a text as Markdown"
_TOO_DEEP = "elements nest deeper than browsers go: what is inside was read as paragraphs"


@dataclass(frozen=True, slots=True)
class Imported:
    """A source made from a page: its files, by their paths below the root, and the account of it.

    The *id* is valid, and ``write_import`` trusts it.
    """

    id: str
    files: tuple[tuple[str, str], ...]
    report: Report


def import_page(content: bytes, name: str, *, id: str, rights: str) -> Outcome[Imported | None]:
    """Make a source of the page *content*, which was saved as *name*, plain text or HTML.

    Without an *id* one is made from the title. None comes with at least one error; every line of
    the page is otherwise in the report, kept or cut. A place is one of what ``scan.salvage`` makes
    of *content*.
    """
    decoded = decode(name, content)
    problems = list(decoded.diagnostics)
    if rights not in RIGHTS:
        problems.append(
            Diagnostic(
                "value-invalid",
                f"`{rights}` is no way to publish a source",
                name,
                help=f"write one of {', '.join(f'`{mode}`' for mode in RIGHTS)} behind --rights",
            )
        )
    if id:
        problems += check_id(id, name)
    if problems or decoded.value is None:
        return Outcome(None, tuple(problems))
    return _import_text(decoded.value.text, name, id=id, rights=rights)


def _import_text(text: str, name: str, *, id: str, rights: str) -> Outcome[Imported | None]:
    is_html = bool(_HTML_NAME.fullmatch(name) or _HTML_START.match(text))
    html, too_deep = flatten_depth(text) if is_html else ("", -1)
    scrape, told = (scrape_html(html), ()) if is_html else scrape_with_front(text)
    recognised = recognise(scrape)
    page = _with_title(recognised, _stem(name))
    written = write_text(page)
    problems = _check_words(page, name)
    id = id or proposal(page.facts.title) or proposal(_stem(name))
    if not id:
        message = "neither the title nor the file's name has letters to make an id of"
        problems = (*problems, Diagnostic("id-invalid", message, name, help="give one with --id"))
    if problems:
        return Outcome(None, problems)
    ignored = () if rights == "full" else ((f"seeds/{id}/.gitignore", IGNORE),)
    files = (
        *ignored,
        (f"seeds/{id}/source.toml", write_facts(page.facts, rights)),
        (f"seeds/{id}/text.md", written),
    )
    told += (_IS_MARKDOWN.format(name),) * bool(_MARKDOWN_NAME.fullmatch(name))
    notes = (_IS_HTML,) * is_html + (_TOO_DEEP,) * (too_deep != -1) + told
    notes += _notes(scrape, recognised)
    return Outcome(Imported(id, files, account(scrape, page, notes)))


def _check_words(page: Page, name: str) -> tuple[Diagnostic, ...]:
    """Report a page without words: a letter or digit must be left once furniture is cut."""
    if any(char.isalnum() for piece in page.pieces for char in piece.words):
        return ()
    message = "the page has no words that could be kept"
    help = "check that the file is the whole page, saved as text or HTML"
    return (Diagnostic("text-empty", message, name, help=help),)


def _stem(name: str) -> str:
    return clean(PurePosixPath(name.replace("\\", "/")).stem)


def _with_title(page: Page, stem: str) -> Page:
    """Return *page* with a title: a source must have one, so the file's name stands in."""
    if clean(page.facts.title):
        return page
    return replace(page, facts=replace(page.facts, title=stem or "untitled"))


def _notes(scrape: Scrape, page: Page) -> tuple[str, ...]:
    """Return the decisions that concern no line of their own."""
    notes = list(page.notes)
    if not clean(page.facts.title):
        notes.append("the page gives no title: the file's name stands in for it")
    elif not any(piece.role == "title" for piece in page.pieces):
        origin = "page's head" if scrape.facts.title else "line above the comments"
        notes.append(f"the title is no line of its own: it is taken from the {origin}")
    if page.has_thread and not page.heading:
        notes.append("the page has no line above its comments: the heading `Comments` is ours")
    return tuple(notes)
