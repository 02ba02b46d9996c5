"""Tracing: where words that must not be published were typed, and what can be done about it."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from generator.diagnostics import Diagnostic
from generator.digests import digest_bytes
from generator.guarding import Leak
from generator.model import Source
from generator.searching import Copied, Search
from generator.spans import Span, TextFile, merge
from generator.words import shorten

_SHOWN = 120
_SAY_ELSE = (
    "make them the quotation of a note, say it in words of your own, or copy fewer than eight in "
    "a row"
)
_RENAME = "give it another name: the address of what is made of it says these words"
_HIDDEN = "they are somewhere in this file: take them out"
_NOBODY = "nobody typed them: look into the modules of the site"
_UNSEEN = "no file has them as a paragraph of its own: look at titles, texts of pictures, the theme"


class Written(NamedTuple):
    """A file that somebody wrote: its *text*, if it is one."""

    path: str
    content: bytes
    text: TextFile | None


class _Trace(NamedTuple):
    """Where words of a source stand: *own* in the source, or the *label* of a passage of it.

    They are at *place* in a file, or in its name, or somewhere in it, which *help* tells.
    """

    own: Span
    label: str
    path: str
    place: Span | None
    help: str


def report_leaks(
    leaks: Sequence[Leak],
    sources: Mapping[str, Source],
    files: Iterable[Written],
    search: Search,
) -> Iterator[Diagnostic]:
    """Yield a problem for each of *leaks*, at the words of the authors that caused it.

    *files* are all that authors write, but for the texts. What none of them has comes of the
    program, and is reported where the source says what may be published.
    """
    traces = _follow(files, search)
    for leak in leaks:
        source = sources[leak.source]
        others = f" and {len(leak.urls) - 1} more" if len(leak.urls) > 1 else ""
        words = f"all of {leak.label}"
        if not leak.label:
            text = search.wordings.texts[leak.source]
            words = f'"{shorten(text[slice(*leak.words)], _SHOWN)}"'
        message = (
            f"{leak.urls[0]}{others} would publish words of {leak.source} that are kept back: "
            f"{words}"
        )
        found = [
            trace
            for trace in traces.get(leak.source, ())
            if trace.label == leak.label and leak.words.covers(trace.own)
        ]
        if not found:
            help = _UNSEEN if leak.label else _NOBODY
            yield Diagnostic("text-leaked", message, source.path, None, help)
        for path, help in dict.fromkeys((trace.path, trace.help) for trace in found):
            places = [t.place for t in found if t.place and (t.path, t.help) == (path, help)]
            for place in merge(places) or (None,):
                yield Diagnostic("text-leaked", message, path, place, help)


def _follow(files: Iterable[Written], search: Search) -> Mapping[str, list[_Trace]]:
    """Return, by source, what *files* copy."""
    traces: dict[str, list[_Trace]] = defaultdict(list)
    for file in files:
        named = search.search_address(file.path)
        typed = search.search_file(file.text) if file.text else ()
        hidden: tuple[Copied, ...] = ()
        if not typed:
            hidden = search.search_output(file.path, file.content, digest_bytes(file.content))
        for copied, help in (
            *((each, _RENAME) for each in named),
            *((each, _SAY_ELSE) for each in typed),
            *((each, _HIDDEN) for each in hidden),
        ):
            own = copied.own
            if not copied.label:
                own = search.wordings.span_of(copied.source, own)
            place = copied.place if help == _SAY_ELSE else None
            traces[copied.source].append(_Trace(own, copied.label, file.path, place, help))
    return traces
