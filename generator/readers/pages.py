"""Free pages: a file of prose with a title."""

from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise

from markdown_it.token import Token

from generator.braces import Braces, BracesFault, find_braces
from generator.diagnostics import Diagnostic, Outcome
from generator.front_matter import read_front_matter
from generator.identifiers import check_id
from generator.kinds import Key, Kind
from generator.markup import HEADINGS
from generator.model import Element, FreePage, Prose
from generator.placeholders import PAGE, report_left
from generator.prose import Content, parse_content, warn_of_bidi, write_prose
from generator.schema import check_keys
from generator.spans import Span, TextFile
from generator.whereabouts import line_span
from generator.words import slug as slug_of

_KEYS = (
    Key("title", required=True),
    Key("order", Kind.NUMBER),
    Key("lang", Kind.LANGUAGE),
    Key("draft", Kind.FLAG),
)
# An id made from an author's words must not be one of the page's own.
_PREFIX = "s-"


def read_page(file: TextFile, slug: str) -> Outcome[FreePage | None]:
    """Read *file* as the page at *slug*; a page without a title is called by its slug.

    None: the slug is fit for no address. A heading's id in the page is ``s-`` and GitHub's slug
    of its words, or what its braces say.
    """
    unfit = check_id(slug, file.path) if slug != "index" else ()
    if unfit:
        return Outcome(None, unfit)
    front = read_front_matter(file)
    keys = check_keys(front.value.table, _KEYS, file.path)
    content, open_comments = parse_content(file, Span(front.value.body_start, len(file.text)))
    faults = tuple(_take_braces(content))
    body = write_prose(content, content.tokens)
    values = keys.value
    page = FreePage(
        slug=slug,
        title=values["title"] or slug,
        body=_name_headings(body.value),
        path=file.path,
        order=values["order"],
        lang=values["lang"],
        draft=values["draft"],
    )
    found = (*front.diagnostics, *keys.diagnostics, *open_comments, *faults, *body.diagnostics)
    left = _find_left(file, page)
    return Outcome(page, (*found, *left, *warn_of_bidi(file, Span(0, len(file.text)))))


def _find_left(file: TextFile, page: FreePage) -> Iterator[Diagnostic]:
    """Yield what `new` wrote into a page that has no words yet, unless it is a draft."""
    at = file.text.find(PAGE)
    if at != -1 and not page.draft and not page.body.elements:
        help = "write the words of the page, or `draft: true` above until there are some"
        yield report_left(file.path, Span(at, at + len(PAGE)), help)


def _take_braces(content: Content) -> Iterator[Diagnostic]:
    """Cut the braces out of the headings and put their ids on them; yield what is wrong."""
    for heading, words in pairwise(content.tokens):
        found = find_braces(words.content, frozenset()) if heading.type == "heading_open" else None
        if found is None:
            continue
        words.content = words.content[: found.span.start]
        if isinstance(found, Braces):
            if found.id:
                heading.attrs["id"] = found.id
            if found.classes or found.pairs:
                yield _fault(
                    content, heading, "a heading of a page has an id only", "write `{#id}`"
                )
        else:
            yield _fault(content, heading, found.message, found.help)


def _fault(content: Content, heading: Token, message: str, help: str) -> Diagnostic:
    line = content.first + (heading.map[0] if heading.map else 0)
    span = line_span(content.file, line)
    braces = find_braces(content.file.line(line + 1), frozenset())
    if isinstance(braces, BracesFault):
        start = content.file.line_starts[line]
        span = Span(start + braces.span.start, start + braces.span.end)
    return Diagnostic("braces-invalid", message, content.file.path, span, help)


def _name_headings(prose: Prose) -> Prose:
    """Return *prose* with an id on every heading, no two alike."""
    named: list[Element] = []
    taken: set[str] = set()
    for element in prose.elements:
        if element.tag in HEADINGS:
            own = element.get("id") or slug_of(prose.text[element.span.start : element.span.end])
            id = _free(own, taken)
            taken.add(id)
            others = (pair for pair in element.attrs if pair[0] != "id")
            element = replace(element, attrs=(("id", _PREFIX + id), *others))
        named.append(element)
    return replace(prose, elements=tuple(named))


def _free(slug: str, taken: set[str]) -> str:
    number, free = 0, slug
    while free in taken:
        number += 1
        free = f"{slug}-{number}"
    return free
