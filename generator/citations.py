"""Citations: how a thing of the site is cited, in plain words, as BibTeX and as CSL-JSON.

What is given is hostile until it is escaped: a title may hold braces, quotes and line ends.
"""

import json
import re
import unicodedata
from dataclasses import dataclass

from generator.words import spell_controls

# In a braced value BibTeX counts braces, even those after a backslash: none may remain.
_TEX = {
    "\\": r"\textbackslash{}",
    "{": r"\textbraceleft{}",
    "}": r"\textbraceright{}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
} | {sign: "\\" + sign for sign in "&%$#_"}
_UNSAFE_IN_ADDRESS = re.compile(r"[\\{}\s\"<>^`|]")
_DAY = re.compile(r"(\d{4})(?:-(\d\d))?(?:-(\d\d))?")


@dataclass(frozen=True, slots=True)
class Citable:
    """What is cited: *place* within *title*, on the site *container*.

    *date* is empty or begins with a year, ``2026-11-24``; *url* is absolute or empty, and
    *version* the short digest of what is shown.
    """

    id: str
    title: str
    authors: tuple[str, ...]
    container: str
    version: str
    place: str = ""
    date: str = ""
    url: str = ""
    language: str = ""


@dataclass(frozen=True, slots=True)
class Citation:
    """A thing's citation in the three forms that a reader can copy."""

    plain: str
    bibtex: str
    csl: str


def cite(thing: Citable) -> Citation:
    """Return how *thing* is cited; what is not known of it is left out."""
    return Citation(_write_plain(thing), _write_bibtex(thing), _write_csl(thing))


def _write_plain(thing: Citable) -> str:
    title = f"“{_clean(thing.title)}”"
    facts = (
        ", ".join(_clean(author) for author in thing.authors),
        f"{title}, {_clean(thing.place)}" if thing.place else title,
        _clean(thing.container),
        thing.date,
        thing.url,
        f"Version {thing.version}",
    )
    return ". ".join(fact for fact in facts if fact) + "."


def _write_bibtex(thing: Citable) -> str:
    note = f"{thing.place}, version {thing.version}" if thing.place else f"version {thing.version}"
    day = _DAY.match(thing.date)
    fields = {
        "author": " and ".join(f"{{{_tex(author)}}}" for author in thing.authors),
        "title": f"{{{_tex(thing.title)}}}",
        "howpublished": _tex(thing.container),
        "year": day[1] if day else "",
        "month": str(int(day[2])) if day and day[2] else "",
        "note": _tex(note),
        "url": _quote(thing.url),
    }
    lines = [f"  {name} = {{{value}}}," for name, value in fields.items() if value]
    return "\n".join([f"@misc{{{_key(thing)},", *lines, "}"])


def _write_csl(thing: Citable) -> str:
    day = _DAY.match(thing.date)
    parts = [int(part) for part in day.groups() if part] if day else []
    row = {
        "id": _key(thing),
        "type": "webpage",
        "title": _clean(thing.title),
        "author": [{"literal": _clean(author)} for author in thing.authors],
        "container-title": _clean(thing.container),
        "section": _clean(thing.place),
        "issued": {"date-parts": [parts]} if parts else None,
        "URL": _quote(thing.url),
        "language": thing.language,
        "version": thing.version,
    }
    known = {name: value for name, value in row.items() if value}
    return json.dumps([known], ensure_ascii=False)


def _key(thing: Citable) -> str:
    """Return a key that no other thing has, nor this one when it says something else."""
    name = re.sub(r"[^A-Za-z0-9]+", "-", thing.id).strip("-")
    return f"{name}-{thing.version}".lstrip("-")


def _clean(text: str) -> str:
    """Return *text* on one line, without signs that a terminal or an editor would obey."""
    line = " ".join(text.split())
    return spell_controls("".join(c for c in line if unicodedata.category(c) not in ("Cc", "Cs")))


def _tex(text: str) -> str:
    return "".join(_TEX.get(sign, sign) for sign in _clean(text))


def _quote(address: str) -> str:
    return _UNSAFE_IN_ADDRESS.sub(lambda found: f"%{ord(found[0]):02X}", address)
