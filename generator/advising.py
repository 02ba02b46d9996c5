"""Advising: what is wrong with a target that is not anchored, and how its author can mend it."""

from collections.abc import Callable, Iterable

from generator.characters import fold_words
from generator.citing import quote
from generator.diagnostics import Diagnostic
from generator.judging import Ambiguous, Found, Missing, Survey, judge
from generator.locating import locate, name_span
from generator.model import Target, TextQuoteSelector
from generator.quoting import MOST_HITS, select
from generator.spans import Span
from generator.suggesting import Sketch, most_like

_MOST_NAMED = 5
_LONGEST = 120
_COPY_AGAIN = "copy the words once more from the source"
_RUNS_ON = "without an empty line before it this belongs to the quotation above"
_PART = "put an empty line between the quotation and the note"
_HALF_MARKED = "one `**` here has no other, so it is looked for in the text"
_MARK = "write `**` before and after the exact words, or take it out"
_OR_PART = "if the line without `>` is your own, put an empty line before it"


def explain_places(
    surveyed: Survey, target: Target, explain: Callable[[str], tuple[str, str]]
) -> tuple[Diagnostic, ...]:
    """Return a problem for each locator of *target* that names nothing, as *explain* says it."""
    verdict = judge(surveyed.ground, target.readings, ()) if target.readings else None
    problems = []
    for label in target.locators:
        if locate(surveyed.gazetteer, label) is not None:
            continue
        message, help = explain(label)
        if isinstance(verdict, Found):
            help = f"the quoted words are in {_name(surveyed, verdict.spans)}"
        problems.append(Diagnostic("locator-unknown", message, target.path, target.where, help))
    return tuple(problems)


def explain_ambiguous(surveyed: Survey, target: Target, verdict: Ambiguous) -> Diagnostic:
    """Return the problem of words that stand in several of the places that *target* names."""
    names = [name_span(surveyed.gazetteer, hit) for hit in verdict.hits]
    said = ", ".join(target.locators)
    counted = {name: names.count(name) for name in names if name}
    where = said or (names[0] if len(counted) == 1 else surveyed.id)
    message = f"{where} has these words {_times(len(names))}"
    if counted and list(counted) != [where]:
        message += f": {_list_spots(counted)}"
    advice = [_quote_more(surveyed, verdict, names[0])]
    alone = next((name for name in counted if _holds_one(surveyed, name, verdict)), "")
    if alone:
        advice.append(f'say where: "> — {alone}"')
    help = ", or ".join(advice)
    return Diagnostic("quote-ambiguous", message, target.path, verdict.selector.place, help)


def explain_missing(
    surveyed: Survey, target: Target, verdict: Missing, drawn: Sketch
) -> Diagnostic:
    """Return the problem of words that are not in the places that *target* names."""
    ground, selector = surveyed.ground, verdict.selector
    if not fold_words(selector.exact).strip(" "):
        help = 'quote some words of the source, or only name a place: "> — p3"'
        message = "there are no words in the quotation"
        return Diagnostic("quote-not-found", message, target.path, target.place, help)
    if target.locators:
        anywhere = judge(ground, target.readings, ())
        if not isinstance(anywhere, Missing):
            return _explain_elsewhere(surveyed, target, anywhere)
    if target.lead:
        led = judge(ground, target.lead, ())
        if not isinstance(led, Missing):
            return report_running_on(target.path, target.lazy)
        selector = led.selector
    if _is_half_marked(surveyed, verdict.selector):
        return Diagnostic("quote-not-found", _HALF_MARKED, target.path, target.place, _MARK)
    like = _mend_where(surveyed, target) or _did_you_mean(surveyed, target, selector, drawn)
    if verdict.begun is not None:
        return _explain_endless(surveyed, target, verdict, like)
    place, message = selector.place, f"{surveyed.id} has no such words"
    otherwise = _COPY_AGAIN
    if selector.prefix or selector.suffix:
        alone = select(ground, TextQuoteSelector(selector.exact))
        if alone:
            place = target.place
            message = f"{surveyed.id} has these words, but not in this context"
            otherwise = f"they are in {_name(surveyed, alone)}"
    help = like or otherwise
    if target.lead:
        help += f"{'' if help.endswith('?') else ','} and {_OR_PART}"
    return Diagnostic("quote-not-found", message, target.path, place, help)


def _is_half_marked(surveyed: Survey, selector: TextQuoteSelector) -> bool:
    """Tell whether the words would be found but for a ``**`` that marks nothing."""
    words = selector.prefix + selector.exact + selector.suffix
    before, exact, after = (
        part.replace("**", "") for part in (selector.prefix, selector.exact, selector.suffix)
    )
    bare = TextQuoteSelector(exact, before, after)
    return "**" in words and bool(select(surveyed.ground, bare))


def report_running_on(path: str, line: Span | None) -> Diagnostic:
    """Return the problem of a *line* of a note that Markdown takes into the quotation above it."""
    return Diagnostic("quote-runs-on", _RUNS_ON, path, line, _PART)


def _mend_where(surveyed: Survey, target: Target) -> str:
    """Return how to write a last line that says where with a hyphen; empty if it does not."""
    last = target.quote.rpartition("\n")[2].strip()
    label = last.removeprefix("-").strip()
    if last == label or locate(surveyed.gazetteer, label) is None:
        return ""
    return f'if the last line says where, write it with a dash: "— {label}"'


def _explain_endless(surveyed: Survey, target: Target, verdict: Missing, like: str) -> Diagnostic:
    """Return the problem of a range whose beginning is found and whose end is not."""
    assert verdict.begun is not None
    begun = _name(surveyed, (verdict.begun,))
    message = f"the passage begins in {begun}, but these words do not follow it"
    before = select(surveyed.ground, verdict.selector)
    help = f"they stand before it, in {_name(surveyed, before)}" if before else like or _COPY_AGAIN
    return Diagnostic("quote-not-found", message, target.path, verdict.selector.place, help)


def _explain_elsewhere(surveyed: Survey, target: Target, anywhere: Found | Ambiguous) -> Diagnostic:
    """Return the problem of words that are found, but not where *target* says."""
    spans = anywhere.spans if isinstance(anywhere, Found) else anywhere.hits
    found = _name(surveyed, spans)
    message = f"these words are in {found}, not in {', '.join(target.locators)}"
    help = f'write "— {found}"' if isinstance(anywhere, Found) else "correct this line"
    return Diagnostic("quote-elsewhere", message, target.path, target.where, help)


def _did_you_mean(
    surveyed: Survey, target: Target, selector: TextQuoteSelector, drawn: Sketch
) -> str:
    """Return the nearest passage as a question; empty if none is near."""
    words = selector.prefix + selector.exact + selector.suffix
    places = (locate(surveyed.gazetteer, label) for label in target.locators)
    like = most_like(drawn, words, tuple(place.span for place in places if place))
    if like is None:
        return ""
    note = " case and accents matter" if like.cased else ""
    name = _name(surveyed, (like.span,))
    return f'did you mean "{like.shown}" ({name})?{note}'


def _holds_one(surveyed: Survey, name: str, verdict: Ambiguous) -> bool:
    """Tell whether only one of the hits is in the place *name*, so that it would tell which."""
    place = locate(surveyed.gazetteer, name)
    return place is not None and sum(place.span.covers(hit) for hit in verdict.hits) == 1


def _quote_more(surveyed: Survey, verdict: Ambiguous, name: str) -> str:
    """Return the shortest quotation of the first hit that is not ambiguous, if it is short."""
    if len(verdict.hits) < MOST_HITS:
        longer = quote(surveyed.ground, verdict.hits[0])
        whole = longer.prefix + longer.exact + longer.suffix
        marked = f"{longer.prefix}**{longer.exact}**{longer.suffix}"
        words = " ".join((whole if "**" in whole else marked).split())
        if len(words) <= _LONGEST:
            return f'quote more words, as in "{words}"' + (f" ({name})" if name else "")
    return "quote more words"


def _name(surveyed: Survey, spans: Iterable[Span]) -> str:
    """Return where *spans* are, for a sentence; the source's id where nothing has a name."""
    names = [name_span(surveyed.gazetteer, span) for span in spans]
    return _list_spots({name: 1 for name in names if name}) or surveyed.id


def _list_spots(counted: dict[str, int]) -> str:
    shown = [
        name if count == 1 else f"{name} ({_times(count)})"
        for name, count in list(counted.items())[:_MOST_NAMED]
    ]
    more = len(counted) - len(shown)
    return ", ".join(shown) + (f" and {more} more" if more else "")


def _times(count: int) -> str:
    if count >= MOST_HITS:
        return f"at least {MOST_HITS} times"
    return "twice" if count == 2 else f"{count} times"
