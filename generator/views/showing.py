"""Showing: a note as it stands on any page, before that page gives it a number and a place."""

from collections.abc import Mapping
from urllib.parse import quote

from generator.site import Note
from generator.views.cells import show_stated
from generator.views.framing import Index, colour_of, language_of, show_tags
from generator.views.shown import ShownNote

Relations = tuple[tuple[str, str, str], ...]


def show_note(note: Note, index: Index, label: str) -> ShownNote:
    """Return *note* as shown, without what depends on the page it stands on."""
    return ShownNote(
        id=note.id,
        number=0,
        gist=note.gist,
        title=note.title,
        body=note.body,
        kind=str(note.annotation.motivation),
        who=note.by.name,
        initials=note.by.initials,
        by=note.by.id,
        colour=colour_of(note, index),
        date=note.annotation.date,
        lang=language_of(note, index),
        draft=note.annotation.draft,
        url=note.url,
        tags=show_tags(note, index),
        refs=(),
        label=label,
        lost=not note.anchored,
        elsewhere=(),
        relations=relate(note, "", {}),
        backlinks=note.backlinks,
        replies=(),
        stated=show_stated(note.id, index),
    )


def relate(note: Note, url: str, numbers: Mapping[str, int]) -> Relations:
    """Return what the note's links say of other things; a note of the page *url* by its number."""
    return tuple(
        (reference.kind, str(numbers[link.note]), f"{url}#n-{link.note}")
        if link.note in numbers
        else (reference.kind, link.title, link.url)
        for reference, link in zip(note.body.prose.references, note.body.links, strict=True)
        if reference.kind and link.url
    )


def edit_url(path: str, index: Index) -> str:
    """Return where the file at *path* is edited, empty when no repository is known."""
    config = index.site.config
    if not config.repository:
        return ""
    return f"{config.repository}/edit/{quote(config.branch)}/{quote(path)}"
