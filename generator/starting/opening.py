"""Opening a site, to see what there is before something new comes to it."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from generator.config import Config
from generator.extending import load_tables
from generator.model import Annotation
from generator.reading import Desk, Reader, read_all_annotations, read_settings_file
from generator.scan import Inputs, scan
from generator.starting.taken import list_ids


@dataclass(frozen=True, slots=True)
class Opened:
    """A site as far as something new has to know it: its settings, its notes, its ids.

    *taken* has every id with the file or folder that has it. The problems of what was read are
    on the *desk*; they are no business of somebody who starts something else.
    """

    desk: Desk
    inputs: Inputs
    config: Config
    readers: Mapping[str, Reader]
    notes: tuple[Annotation, ...]
    taken: Mapping[str, str]


def open_site(root: Path) -> tuple[Desk, Opened | None]:
    """Return what there is below *root*; None, with problems on the desk, if it is no site."""
    desk = Desk(root)
    inputs = desk.take(scan(root))
    config = read_settings_file(desk, inputs.settings) if inputs.settings else None
    if config is None:
        return desk, None
    readers = desk.take(load_tables(config.modules, root, "site.toml")).readers
    notes = tuple(read_all_annotations(desk, inputs))
    return desk, Opened(desk, inputs, config, readers, notes, list_ids(root, inputs, notes))
