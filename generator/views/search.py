"""The search page: a form, the filters that there is anything under, and the ways without it."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from generator.views.framing import Index, make_frame
from generator.views.pages import Page
from generator.views.records import FILTERS, NOTE, PASSAGE
from generator.views.shown import Frame, Way
from generator.views.summaries import list_records, list_summaries


@dataclass(frozen=True, slots=True)
class Choice:
    """A filter: its name, and what can be chosen, as pairs of a value and what it is called."""

    name: str
    options: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class SearchView:
    """The search page; *languages* are those of the records, *indexes* what leads on without it."""

    frame: Frame
    choices: tuple[Choice, ...]
    languages: tuple[str, ...]
    indexes: tuple[Way, ...]


def view_search(index: Index) -> Iterator[Page]:
    """Yield the search page, unless ``search`` is off."""
    site = index.site
    if not site.config.search:
        return
    frame = make_frame(site, "search.html", index.say("search"), "search")
    records = tuple(list_records(index))
    languages = tuple(sorted({record.language for record in records}))
    choices = tuple(_list_choices(index, {pair for each in records for pair in each.filters}))
    yield Page("search.html", "search.html", SearchView(frame, choices, languages, _ways(index)))


def _list_choices(index: Index, used: Iterable[tuple[str, str]]) -> Iterator[Choice]:
    """Yield the filters among whose values there is something to choose."""
    called = {
        "kind": {NOTE: index.say("search_note"), PASSAGE: index.say("search_passage")},
        "source": {
            each.id: each.entry.source.title for each in list_summaries(index) if each.entry
        },
        "annotator": {each.id: each.name for each in index.site.config.annotators},
        "actor": {id: actor.actor.name for id, actor in index.actors.items()},
        "issue": {id: issue.issue.proposition for id, issue in index.issues.items()},
    }
    for name in FILTERS:
        values = {value for each, value in used if each == name}
        names = called.get(name, {})
        options = sorted(((value, names.get(value, value)) for value in values), key=_by_name)
        if len(options) > 1:
            yield Choice(name, tuple(options))


def _by_name(option: tuple[str, str]) -> tuple[str, str]:
    return option[1].casefold(), option[0]


def _ways(index: Index) -> tuple[Way, ...]:
    site = index.site
    ways = [Way("sources", "sources/index.html")]
    if site.extent.notes:
        ways.append(Way("notes", "notes/index.html"))
    if site.actors and site.issues:
        ways.append(Way("positions", "positions/index.html"))
    return tuple(ways)
