"""Ids: which are taken in a site, and by what; which are free."""

from collections.abc import Iterable, Mapping
from pathlib import Path, PurePosixPath

from generator.identifiers import LONGEST_ID, check_id
from generator.model import Annotation
from generator.scan import Inputs
from generator.starting.files import Refused
from generator.walking import walk


def list_ids(root: Path, inputs: Inputs, notes: Iterable[Annotation]) -> dict[str, str]:
    """Return the ids of sources, actors, issues and *notes*, each with its file or folder.

    What is broken keeps its id: whoever mends it would otherwise find it taken.
    """
    ids = {note.id: note.path for note in notes}
    ids |= {PurePosixPath(path).stem: path for path in (*inputs.actors, *inputs.issues)}
    ids |= {PurePosixPath(path).name: path for path in walk(root, "seeds").folders}
    return ids


def refuse_id(id: str, taken: Mapping[str, str]) -> None:
    """Refuse an *id* that is none, or that is among those *taken*; the message offers another."""
    for fault in check_id(id, ""):
        raise Refused(f"{fault.message}: {fault.help}")
    if id in taken:
        raise Refused(f"the id `{id}` is taken by {taken[id]}: `{free_id(id, taken)}` is free")


def free_id(id: str, taken: Mapping[str, str]) -> str:
    """Return *id*, or where it is taken the same with a number."""
    number, free = 1, id
    while free in taken:
        number += 1
        tail = f"-{number}"
        free = f"{id[: LONGEST_ID - len(tail)]}{tail}"
    return free
