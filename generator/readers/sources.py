"""The facts about a source: ``seeds/<id>/source.toml``."""

from collections.abc import Iterator

from generator.diagnostics import Outcome
from generator.kinds import Key, Kind
from generator.model import Source
from generator.pairs import Table
from generator.schema import check_keys
from generator.settings import read_settings
from generator.spans import Span, TextFile

KEYS = (
    Key("title", required=True),
    Key("rights", Kind.CHOICE, required=True, words=("full", "excerpt", "quote", "link")),
    Key("authors", Kind.TEXTS),
    Key("speaker"),
    Key("date", Kind.DATE),
    Key("url", Kind.ADDRESS),
    Key("language", Kind.LANGUAGE),
    Key("holder"),
    Key("licence"),
    Key("retrieved", Kind.DATE),
    Key("max_words", Kind.INTEGER, least=1),
    Key("max_share", Kind.NUMBER, default=0.0, least=0.0001, most=1),
    Key("speakers", Kind.NAMES),
)


def read_source(file: TextFile, id: str, text_path: str = "") -> Outcome[Source | None]:
    """Read the facts about the source *id*, whose words are in the file at *text_path*.

    None: *file* is no TOML, does not say how much may be published, or says something wrong of a
    source that may not be published whole. A source without a title is called by its id.
    *speakers* are pairs of a locator and an actor's id as typed; whether there are such is not
    asked here.
    """
    settings = read_settings(file)
    if settings.value is None:
        return Outcome(None, settings.diagnostics)
    checked = check_keys(settings.value, KEYS, file.path, "settings-invalid")
    values = checked.value
    problems = checked.diagnostics
    # A limit that is misspelt would be no limit: what may not be published whole is built only
    # when all that is said of it is understood.
    if not values["rights"] or (values["rights"] != "full" and problems):
        return Outcome(None, problems)
    facts = {key.name: values[key.name] for key in KEYS}
    facts["title"] = facts["title"] or id
    facts["places"] = tuple(_find_places(settings.value))
    return Outcome(Source(id=id, path=file.path, text_path=text_path, **facts), problems)


def _find_places(table: Table) -> Iterator[tuple[str, Span]]:
    """Yield where the names of speakers stand, and the locators of what they say."""
    for pair in table.pairs:
        if pair.key == "speaker":
            yield pair.key, pair.value.place or pair.place
        elif pair.key == "speakers" and isinstance(pair.value, Table):
            for each in pair.value.pairs:
                yield each.key, each.place
                yield f"speakers.{each.key}", each.value.place or each.place
