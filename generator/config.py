"""Configuration: the facts about a site that ``site.toml`` gives."""

from collections.abc import Iterator
from dataclasses import dataclass

from generator.diagnostics import Diagnostic, Outcome
from generator.identifiers import check_id
from generator.interface import find_language, list_languages
from generator.kinds import Key, Kind
from generator.schema import Values, check_keys
from generator.settings import read_settings
from generator.spans import TextFile

_CODE = "settings-invalid"
_ANNOTATOR_KEYS = (Key("name", required=True), Key("initials"))
KEYS = (
    Key("title", required=True),
    Key("description"),
    Key("language", Kind.LANGUAGE, default="en"),
    Key(
        "theme",
        default="default",
        pattern="[A-Za-z0-9_][A-Za-z0-9_-]*",
        expected="the name of a folder in `themes`",
    ),
    Key("base_url", Kind.ADDRESS),
    Key("repository", Kind.ADDRESS),
    Key("branch", default="main"),
    Key("licence"),
    Key("note_pages", Kind.FLAG, default=True),
    Key("search", Kind.FLAG, default=True),
    Key("annotators", Kind.TABLES, keys=_ANNOTATOR_KEYS),
    Key(
        "positions",
        Kind.TABLE,
        keys=(Key("minimum_shared_issues", Kind.INTEGER, default=3, least=1),),
    ),
    Key(
        "extend",
        Kind.TABLE,
        keys=(
            Key(
                "modules",
                Kind.TEXTS,
                pattern=r"[^\W\d]\w*(?:\.[^\W\d]\w*)*",
                expected="the dotted name of a Python module",
            ),
        ),
    ),
)


@dataclass(frozen=True, slots=True)
class Annotator:
    """Somebody who writes notes; *initials* stand in the margin."""

    id: str
    name: str
    initials: str


@dataclass(frozen=True, slots=True)
class Config:
    """The settings of a site, each with its default.

    *base_url* ends with a slash or is empty; *repository* has no slash and no ``.git`` at its
    end. *modules* are dotted names, not imported here.
    """

    title: str
    description: str = ""
    language: str = "en"
    theme: str = "default"
    base_url: str = ""
    repository: str = ""
    branch: str = "main"
    licence: str = ""
    note_pages: bool = True
    search: bool = True
    annotators: tuple[Annotator, ...] = ()
    minimum_shared_issues: int = 3
    modules: tuple[str, ...] = ()


def read_config(file: TextFile) -> Outcome[Config | None]:
    """Read the settings of a site; None if *file* is no TOML or has no title.

    A value that does not fit is reported, and its default stands for it.
    """
    settings = read_settings(file)
    if settings.value is None:
        return Outcome(None, settings.diagnostics)
    checked = check_keys(settings.value, KEYS, file.path, _CODE)
    values = checked.value
    base_url = _read_base_url(values, file.path)
    annotators = _read_annotators(values, file.path)
    problems = (
        *checked.diagnostics,
        *_check_language(values, file.path),
        *base_url.diagnostics,
        *annotators.diagnostics,
    )
    if not values["title"]:
        return Outcome(None, problems)
    config = Config(
        title=values["title"],
        description=values["description"],
        language=values["language"],
        theme=values["theme"],
        base_url=base_url.value,
        repository=values["repository"].rstrip("/").removesuffix(".git"),
        branch=values["branch"],
        licence=values["licence"],
        note_pages=values["note_pages"],
        search=values["search"],
        annotators=annotators.value,
        minimum_shared_issues=values["positions"]["minimum_shared_issues"],
        modules=values["extend"]["modules"],
    )
    return Outcome(config, problems)


def _check_language(values: Values, path: str) -> Iterator[Diagnostic]:
    tag = values["language"]
    if not find_language(tag):
        message = f"the interface does not speak {tag!r}: its words stay English"
        help = f"it speaks {', '.join(list_languages())}; a table of words makes it speak another"
        yield Diagnostic("language-unknown", message, path, values.place("language"), help)


def _read_base_url(values: Values, path: str) -> Outcome[str]:
    address = values["base_url"]
    if "?" in address or "#" in address:
        message = "`base_url` expects the address of a folder, without `?` and `#`"
        problem = Diagnostic(_CODE, message, path, values.place("base_url"))
        return Outcome("", (problem,))
    return Outcome(address.rstrip("/") + "/" if address else "")


def _read_annotators(values: Values, path: str) -> Outcome[tuple[Annotator, ...]]:
    annotators: list[Annotator] = []
    problems: list[Diagnostic] = []
    for id, place, own in values["annotators"]:
        problems += check_id(id, path, place)
        name = own["name"] or id
        annotators.append(Annotator(id, name, own["initials"] or _initials(name)))
    return Outcome(tuple(annotators), tuple(problems))


def _initials(name: str) -> str:
    """Return the first letters of the first three words of *name*."""
    letters = [word[0].upper() for word in name.replace("-", " ").split() if word[0].isalnum()]
    return "".join(letters[:3]) or name[:2]
