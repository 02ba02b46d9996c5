"""The interface's words: one table a language, so that a site can speak any of them."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

_TABLES = Path(__file__).parent / "strings"


@dataclass(frozen=True)
class Strings:
    """The words of one language; *table* maps a key to a sentence or to its plural forms.

    Sentences hold fields in braces. An unknown key is a fault of ours or of a theme and raises
    ``KeyError``.
    """

    language: str
    table: Mapping[str, str | Mapping[str, str]]

    def __call__(self, key: str, **fields: object) -> str:
        """Return the sentence *key* with its *fields*; ``n`` among them picks the plural form."""
        found = self.table[key]
        if isinstance(found, str):
            return found.format(**fields)
        form = "one" if fields.get("n") == 1 and "one" in found else "other"
        return found[form].format(**fields)


def read_strings(language: str) -> Strings:
    """Return the words of *language*, of its main language, or else of English."""
    for tag in (language.lower(), language.lower().partition("-")[0]):
        path = _TABLES / f"{tag}.toml"
        if tag.replace("-", "").isalnum() and path.is_file():
            return Strings(tag, tomllib.loads(path.read_text("utf-8")))
    return Strings("en", tomllib.loads((_TABLES / "en.toml").read_text("utf-8")))
