"""Citations: how a thing of the site is cited, in plain words, as BibTeX and as CSL-JSON.

What is given is hostile until it is escaped: a title may hold braces, quotes and line ends.
"""

import json
import re
import unicodedata
from dataclasses import dataclass
from typing import NamedTuple

from generator.interface import Strings
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


class Form(NamedTuple):
    """A citation in one form, parted where the words of its title begin and end.

    A title may be a quotation. Themes put a `<br>` at both seams, so that no words of ours look, to
    a search for words that are kept back, as if the quotation went on with them.
    """

    before: str
    title: str
    after: str

    @property
    def text(self) -> str:
        """The whole of it, as it is copied."""
        return "".join(self)


@dataclass(frozen=True, slots=True)
class Citation:
    """A thing's citation in the three forms that a reader can copy."""

    plain: Form
    bibtex: Form
    csl: Form


def cite(thing: Citable, say: Strings) -> Citation:
    """Return how *thing* is cited, in plain words those of the interface.

    What is not known of it is left out.
    """
    return Citation(_write_plain(thing, say), _write_bibtex(thing), _write_csl(thing))


def _write_plain(thing: Citable, say: Strings) -> Form:
    authors = say("comma").join(_clean(author) for author in thing.authors)
    version = say.plain("version", commit=thing.version)
    facts = (_clean(thing.container), say.date(thing.date), thing.url, version)
    place = say("comma") + _clean(thing.place) if thing.place else ""
    return Form(
        (f"{authors}. " if authors else "") + say("quote_open"),
        _clean(thing.title),
        f"{say('quote_close')}{place}. {'. '.join(fact for fact in facts if fact)}.",
    )


def _write_bibtex(thing: Citable) -> Form:
    note = f"{thing.place}, version {thing.version}" if thing.place else f"version {thing.version}"
    day = _DAY.match(thing.date)
    authors = " and ".join(f"{{{_tex(author)}}}" for author in thing.authors)
    fields = {
        "howpublished": _tex(thing.container),
        "year": day[1] if day else "",
        "month": str(int(day[2])) if day and day[2] else "",
        "note": _tex(note),
        "url": _quote(thing.url),
    }
    lines = [f"  {name} = {{{value}}},\n" for name, value in fields.items() if value]
    author = f"  author = {{{authors}}},\n" if authors else ""
    return Form(
        f"@misc{{{_key(thing)},\n{author}  title = {{{{",
        _tex(thing.title),
        f"}}}},\n{''.join(lines)}}}",
    )


def _write_csl(thing: Citable) -> Form:
    day = _DAY.match(thing.date)
    parts = [int(part) for part in day.groups() if part] if day else []
    first = {"id": _key(thing), "type": "webpage"}
    rest = {
        "author": [{"literal": _clean(author)} for author in thing.authors],
        "container-title": _clean(thing.container),
        "section": _clean(thing.place),
        "issued": {"date-parts": [parts]} if parts else None,
        "URL": _quote(thing.url),
        "language": thing.language,
        "version": thing.version,
    }
    known = {name: value for name, value in rest.items() if value}
    return Form(
        f'[{_json(first)[:-1]}, "title": ', _json(_clean(thing.title)), f", {_json(known)[1:]}]"
    )


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)


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
