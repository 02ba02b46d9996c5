"""Outlines as files: JSON, one entry a line, so that git shows what a note has changed."""

import json
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from generator.diagnostics import Diagnostic, Outcome
from generator.markup import HEADINGS
from generator.outline import Outline, OutlinedPlace, Record, Row, Stretch
from generator.spans import Span, TextFile
from generator.units import SECTIONS

# It grows when the format changes in such a way that an older generator would be mistaken.
FORMAT = 1

_TAGS = frozenset({"p", "pre", *HEADINGS, *SECTIONS})
_KINDS = frozenset("paragraph code table picture section comment footnote line".split())
_ATTRS = frozenset("announced label by date re number lang dir".split())


def write_outline(outline: Outline) -> bytes:
    """Return *outline* as JSON, one entry a line, the same bytes on every machine."""
    head = {
        "outline": FORMAT,
        "text": outline.text_path,
        "words": outline.words,
        "typed": outline.typed,
        "announced": outline.announced,
        "language": outline.language,
    }
    lines = [f" {_dump(key)}: {_dump(value)}" for key, value in head.items()]
    lines += [
        _list("rows", map(_write_row, outline.rows)),
        _list("places", map(_write_place, outline.places)),
        _list("targets", map(_write_record, outline.records)),
    ]
    return ("{\n" + ",\n".join(lines) + "\n}\n").encode()


def _dump(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(", ", ": "))


def _list(key: str, entries: Iterable[Mapping[str, object]]) -> str:
    rows = ",\n".join(f"  {_dump(entry)}" for entry in entries)
    return f" {_dump(key)}: [\n{rows}\n ]" if rows else f" {_dump(key)}: []"


def _write_row(row: Row) -> dict[str, object]:
    entry: dict[str, object] = {row.edge or "block": row.tag}
    if row.id:
        entry["id"] = row.id
    entry |= dict(row.attrs)
    if not row.edge:
        entry |= {"words": row.words, "text": row.text}
    if row.once:
        entry["once"] = row.once
    if row.print:
        entry["print"] = row.print
    return entry


def _write_place(place: OutlinedPlace) -> dict[str, object]:
    entry: dict[str, object] = {"id": place.label, "kind": place.kind, "words": place.words}
    if place.anchor != place.label:
        entry["anchor"] = place.anchor
    return entry | {"rows": place.rows}


def _write_record(record: Record) -> dict[str, object]:
    passages = [[*labels, stretch] for labels, stretch in record.passages]
    entry: dict[str, object] = {"target": record.sign, "passages": passages}
    return entry | ({"shown": record.shown} if record.shown else {})


class _Wrong(Exception):
    """An outline is not what we write; the message says where."""


def read_outline(file: TextFile) -> Outcome[Outline | None]:
    """Read an outline; None comes with ``outline-invalid`` for one that we did not write so."""
    help = "take the file as it was from git, or build the site where the text is"
    try:
        given = json.loads(file.text)
    except (ValueError, RecursionError) as error:
        at = getattr(error, "pos", 0)
        message = f"the outline is no JSON: {getattr(error, 'msg', 'it nests too deep').lower()}"
        place = Span(at, at + 1)
        return Outcome(None, (Diagnostic("outline-invalid", message, file.path, place, help),))
    try:
        return Outcome(_read(given))
    except _Wrong as fault:
        return Outcome(None, (Diagnostic("outline-invalid", str(fault), file.path, None, help),))


def _read(given: Any) -> Outline:
    number = _take(given, "outline", int, "the outline")
    if number != FORMAT:
        raise _Wrong(f"the outline has the format {number}, and this program reads {FORMAT}")
    head = "the outline"
    rows = _take_each(given, "rows", _read_row)
    places = _take_each(given, "places", _read_place)
    records = _take_each(given, "targets", _read_record)
    outline = Outline(
        _take(given, "text", str, head),
        _take(given, "words", int, head),
        _take(given, "typed", int, head),
        rows,
        places,
        records,
        _take(given, "announced", int, head, least=-1),
        _take(given, "language", str, head),
    )
    _check(outline)
    return outline


def _take(given: Any, key: str, kind: type, where: str, *, least: int = 0) -> Any:
    value = given.get(key) if isinstance(given, dict) else None
    fits = isinstance(value, kind) and not isinstance(value, bool)
    if not fits or (isinstance(value, int) and value < least):
        raise _Wrong(f"{where} has no `{key}` as it should be")
    return value


def _take_if(given: Any, key: str, kind: type, where: str) -> Any:
    """Return what *given* has under *key*, nothing of its *kind* if it has none."""
    return _take(given, key, kind, where) if key in given else kind()


def _take_each(given: Any, key: str, read: Callable[[Any, str], Any]) -> tuple[Any, ...]:
    entries = _take(given, key, list, "the outline")
    for number, entry in enumerate(entries, 1):
        if not isinstance(entry, dict):
            raise _Wrong(f"entry {number} of `{key}` is none")
    return tuple(read(entry, f"entry {n} of `{key}`") for n, entry in enumerate(entries, 1))


def _read_row(entry: Any, where: str) -> Row:
    edge = next((key for key in ("block", "open", "close") if key in entry), "block")
    tag = _take(entry, edge, str, where)
    if tag not in _TAGS or (edge == "block") == (tag in SECTIONS):
        raise _Wrong(f"{where} has no `{edge}` as it should be")
    attrs = tuple((key, value) for key, value in entry.items() if key in _ATTRS)
    if not all(isinstance(value, str) for _, value in attrs):
        raise _Wrong(f"{where} has facts that are no words")
    id = _take_if(entry, "id", str, where)
    if edge != "block":
        return Row(tag, id, attrs=attrs, edge=edge)
    text = tuple(_take(entry, "text", list, where))
    once = tuple(_read_numbers(pair, 2, where) for pair in _take_if(entry, "once", list, where))
    counts = [part for part in text if _is_count(part)]
    strings = [part for part in text if isinstance(part, str)]
    if len(counts) + len(strings) != len(text) or len(once) != len(strings):
        raise _Wrong(f"{where} has no `text` as it should be")
    fingerprint = _take_if(entry, "print", str, where)
    words = _take(entry, "words", int, where)
    return Row(tag, id, words, text, once, fingerprint, attrs)  # type: ignore[arg-type]


def _is_count(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and value >= 0


def _read_numbers(given: Any, count: int, where: str) -> tuple[int, ...]:
    if not isinstance(given, list) or len(given) != count or not all(map(_is_count, given)):
        raise _Wrong(f"{where} has numbers that are none")
    return tuple(given)


def _read_place(entry: Any, where: str) -> OutlinedPlace:
    label = _take(entry, "id", str, where)
    kind = _take(entry, "kind", str, where)
    if kind not in _KINDS:
        raise _Wrong(f"{where} has no `kind` as it should be")
    anchor = _take_if(entry, "anchor", str, where) or label
    first, last = _read_numbers(entry.get("rows"), 2, where)
    return OutlinedPlace(label, kind, anchor, _take(entry, "words", int, where), Span(first, last))


def _read_record(entry: Any, where: str) -> Record:
    passages = tuple(_read_passage(each, where) for each in _take(entry, "passages", list, where))
    shown = _take_if(entry, "shown", list, where)
    stretches = tuple(Stretch(*_read_numbers(each, 4, where)) for each in shown)
    return Record(_take(entry, "target", str, where), passages, stretches)


def _read_passage(given: Any, where: str) -> tuple[tuple[str, ...], Stretch]:
    labels = given[:-1] if isinstance(given, list) else [None]
    if not all(isinstance(label, str) for label in labels):
        raise _Wrong(f"{where} has places that are no words")
    return tuple(labels), Stretch(*_read_numbers(given[-1:] and given[-1], 4, where))


def _check(outline: Outline) -> None:
    """Refuse an outline whose parts do not fit together."""
    count = len(outline.rows)
    labels = {place.label for place in outline.places}
    named = {label for record in outline.records for names, _ in record.passages for label in names}
    if not {place.anchor for place in outline.places} <= {row.id for row in outline.rows}:
        raise _Wrong("a place has an anchor that is no row's")
    if unknown := sorted(named - labels):
        raise _Wrong(f"a target is at {unknown[0]}, which is no place")
    for place in outline.places:
        if not place.rows.start <= place.rows.end < count:
            raise _Wrong(f"the place {place.label} is in no row")
    stretches = [stretch for record in outline.records for _, stretch in record.passages]
    stretches += [stretch for record in outline.records for stretch in record.shown]
    for stretch in stretches:
        if not stretch.start <= stretch.end < count or not _fits(outline, stretch):
            raise _Wrong("a target is in no row")
    if not _nests(outline.rows):
        raise _Wrong("its sections do not begin and end as they should")


def _fits(outline: Outline, stretch: Stretch) -> bool:
    first, last = outline.rows[stretch.start], outline.rows[stretch.end]
    fits = stretch.first <= len(first.text) and stretch.last <= len(last.text)
    return fits and not first.edge and not last.edge


def _nests(rows: Iterable[Row]) -> bool:
    """Tell whether every section that begins among *rows* ends, the last one first."""
    begun: list[str] = []
    for row in rows:
        if row.edge == "open":
            begun.append(row.tag)
        elif row.edge == "close" and (not begun or begun.pop() != row.tag):
            return False
    return not begun
