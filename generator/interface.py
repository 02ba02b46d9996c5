"""The interface's words: one table a language, so that a site can speak any of them."""

import re
import tomllib
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from generator.directions import isolate_foreign

_TABLES = Path(__file__).parent / "strings"
# Years are written without the noughts before them.
_DATE = re.compile(r"0{0,3}([0-9]{1,4})(?:-(0[1-9]|1[0-2])(?:-([0-9]{2}))?)?")


def _pick_french(n: int) -> str:
    if n and n % 1_000_000 == 0:
        return "many"
    return "one" if n < 2 else "other"


def _pick_arabic(n: int) -> str:
    if n < 3:
        return ("zero", "one", "two")[n]
    return "few" if 3 <= n % 100 <= 10 else "many" if n % 100 > 10 else "other"


# The plural rules of CLDR for whole numbers, by main language: the forms, and which one n takes.
_ENGLISH = ("one", "other")
PLURALS: Mapping[str, tuple[tuple[str, ...], Callable[[int], str]]] = {
    "en": (_ENGLISH, lambda n: "one" if n == 1 else "other"),
    "fr": (("one", "many", "other"), _pick_french),
    "ar": (("zero", "one", "two", "few", "many", "other"), _pick_arabic),
}


@dataclass(frozen=True)
class Strings:
    """The words of one language; *table* maps a key to a sentence or to its plural forms.

    Sentences hold fields in braces; a field with letters of the other direction is isolated, so
    that it turns nothing around it. An unknown key is a fault of ours or of a theme and raises
    ``KeyError``.
    """

    language: str
    table: Mapping[str, str | Mapping[str, str]]

    def __call__(self, key: str, **fields: object) -> str:
        """Return the sentence *key* with its *fields*; ``n`` among them picks the plural form."""
        for name, field in fields.items():
            if type(field) is str:
                fields[name] = self.isolate(field)
        return self.plain(key, **fields)

    def plain(self, key: str, **fields: object) -> str:
        """Return the same to be taken away as text: nothing in it is isolated."""
        found = self.table[key]
        n = fields.get("n")
        if isinstance(n, int) and n >= 1000:
            fields["n"] = self.spell(f"{n:,}")
        if isinstance(found, str):
            return found.format(**fields)
        forms, pick = PLURALS[self.language.partition("-")[0]]
        form = pick(n) if isinstance(n, int) else forms[-1]
        return found.get(form, found["other"]).format(**fields)

    def forms(self, key: str, mark: str = "#") -> Sequence[tuple[str, str]]:
        """Return the plural forms of *key* by their names in CLDR, with *mark* for the number.

        A script picks one of them.
        """
        found = self.table[key]
        assert isinstance(found, Mapping), key
        return [(form, words.format(n=mark)) for form, words in found.items()]

    def spell(self, figure: str) -> str:
        """Return *figure*, whose signs are those of Python, as people write it."""
        keys = {",": "thousands", ".": "decimal", "-": "minus"}
        signs = {sign: self.table[key] for sign, key in keys.items()}
        return "".join(str(signs.get(sign, sign)) for sign in figure)

    def isolate(self, words: str) -> str:
        """Return *words* as they stand among those of the interface, which they do not turn.

        It is for attributes and other plain text; in HTML there is ``bdi``.
        """
        return isolate_foreign(words, str(self.table["direction"]))

    def join(self, names: Iterable[str]) -> str:
        """Return *names* as a list in plain text."""
        return self("comma").join(map(self.isolate, names))

    def date(self, date: str) -> str:
        """Return a *date*, ISO 8601 and as exact as it is known, as people write it.

        What is none is returned as it is.
        """
        found = _DATE.fullmatch(date)
        if not found:
            return date
        year, month, day = found.groups()
        if not month:
            return year
        named = self(f"month_{int(month)}")
        if not day:
            return self("date_month", month=named, year=year)
        number = self("first_day") if int(day) == 1 else str(int(day))
        return self("date_day", day=number, month=named, year=year)


def list_languages() -> tuple[str, ...]:
    """Return the tags of the languages that the interface speaks."""
    return tuple(sorted(path.stem for path in _TABLES.glob("*.toml")))


def find_language(tag: str) -> str:
    """Return the language of the interface nearest to *tag*; "" if there is none."""
    known = list_languages()
    parts = tag.lower().split("-")
    tags = ("-".join(parts[:count]) for count in range(len(parts), 0, -1))
    return next((each for each in tags if each in known), "")


def read_strings(language: str) -> Strings:
    """Return the words of *language*, of its main language, or else of English."""
    tag = find_language(language) or "en"
    return Strings(tag, tomllib.loads((_TABLES / f"{tag}.toml").read_text("utf-8")))
