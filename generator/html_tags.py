"""What becomes of the elements of a page and of their attributes."""

import re
from collections.abc import Mapping

from generator.drafting import Attributes
from generator.markup import HEADINGS, ROWS

LISTS = frozenset({"ul", "ol"})
CONTAINERS = frozenset({"ul", "ol", "blockquote", "dl", "figure", "details"})
# Whatever blocks these hold become lines of theirs.
FLAT = HEADINGS | {"pre", "dt", "summary", "figcaption"}
CELLS = frozenset({"td", "th", "caption"})
_BLOCKS = CONTAINERS | FLAT | CELLS | ROWS
_BLOCKS |= frozenset(
    "address article aside body center dd div fieldset footer form header hgroup hr html layout "
    "legend li main nav p search section table textarea".split()
)
CAPTIONS = frozenset({"summary", "figcaption"})
HOME = {"dt": "dl", "dd": "dl", "summary": "details", "figcaption": "figure"}
SYNONYMS = {
    **dict.fromkeys(("menu", "dir"), "ul"),
    **dict.fromkeys(("xmp", "listing", "plaintext"), "pre"),
    "strike": "s",
    "tt": "code",
    "acronym": "abbr",
}
_EVERYWHERE = {
    "lang": re.compile(r"[A-Za-z0-9]{1,8}(?:-[A-Za-z0-9]{1,8})*"),
    "dir": re.compile(r"ltr|rtl|auto"),
}
_ANYTHING = re.compile(r"(?s:.+)")
_NUMBER = re.compile(r"-?[0-9]{1,9}")
_COUNT = re.compile(r"[0-9]{1,4}")
_ALIGN = re.compile(r"left|right|center|justify")
_CELL_ATTRS = {"colspan": _COUNT, "rowspan": _COUNT, "align": _ALIGN}
_ATTRS = {
    "a": {"href": _ANYTHING, "title": _ANYTHING},
    "abbr": {"title": _ANYTHING},
    "dfn": {"title": _ANYTHING},
    "img": {"src": _ANYTHING, "alt": re.compile("(?s:.*)"), "title": _ANYTHING},
    "ol": {"start": _NUMBER},
    "li": {"value": _NUMBER},
    "td": _CELL_ATTRS,
    "th": {**_CELL_ATTRS, "scope": re.compile(r"(?:row|col)(?:group)?")},
    "time": {"datetime": _ANYTHING},
    "ins": {"datetime": _ANYTHING},
    "del": {"datetime": _ANYTHING},
}


def is_block(tag: str) -> bool:
    """Tell whether words before and after an element stand apart."""
    return tag in _BLOCKS


def clean_attributes(tag: str, attrs: Mapping[str, str]) -> Attributes:
    """Return those attributes that an element may keep, if their values are what they must be."""
    allowed = _EVERYWHERE | _ATTRS.get(tag, {})
    return tuple(
        (name, attrs[name])
        for name, shape in allowed.items()
        if name in attrs and shape.fullmatch(attrs[name])
    )


def code_language(attrs: Mapping[str, str]) -> Attributes:
    """Return the attribute that names the language of code, as most programs write it."""
    for name in attrs.get("class", "").split():
        if name.startswith(("language-", "lang-")):
            return (("language", name.partition("-")[2]),)
    return ()
