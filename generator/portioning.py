"""Portioning: the sources of a large site, some at a time, each with the annotation files on it.

Which file is on which source is guessed, for little, before any is read: by its name, or else by
what stands at its head. A wrong guess costs time, nothing else.
"""

import os
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from generator.parallel import Load
from generator.scan import Inputs, SourceFiles, read_bytes, salvage

# Bytes of texts and notes in one portion. What is made of it takes some twenty times as much
# memory while its pages are made; smaller ones would leave processors waiting more often.
PORTION = 8_000_000
# Of a smaller site all is held at once.
LARGE = 3 * PORTION
_HEAD = 2000
_SOURCE = re.compile(r"""^source:[ \t]*["']?([^"'\s#]+)""", re.MULTILINE)


def list_portions(root: Path, inputs: Inputs) -> Sequence[Inputs]:
    """Return the portions of a site with *inputs* below *root*, in the order of the sources.

    All have the pages and files of the site. There are none of a site that is not large.
    """
    sizes = {path: _weigh(root, path) for path in _list_texts(inputs)}
    if sum(sizes.values()) < LARGE:
        return ()
    homes: dict[str, list[str]] = defaultdict(list)
    known = {source.id for source in inputs.sources}
    for path in inputs.annotations:
        if (home := _find_home(root, path, known)) in known:
            homes[home].append(path)
    groups = list(_group(inputs.sources, homes, sizes))
    return [_narrow(inputs, group, homes) for group in groups] if len(groups) > 1 else ()


def _list_texts(inputs: Inputs) -> Iterator[str]:
    yield from (source.text for source in inputs.sources if source.text)
    yield from inputs.annotations


def _weigh(root: Path, path: str) -> int:
    try:
        return os.lstat(f"{root}/{path}").st_size
    except OSError:  # whoever reads it says so
        return 0


def _find_home(root: Path, path: str, known: Iterable[str]) -> str:
    """Return the id of the source that the annotation file at *path* seems to be on."""
    stem = path.rpartition("/")[2].removesuffix(".md")
    if stem in known:
        return stem
    try:
        head = salvage(path, read_bytes(root, path)[:_HEAD]).text
    except OSError:
        return ""
    found = _SOURCE.search(head)
    return found[1] if found else ""


def _group(
    sources: Iterable[SourceFiles], homes: Mapping[str, Sequence[str]], sizes: Mapping[str, int]
) -> Iterator[list[SourceFiles]]:
    def weigh(source: SourceFiles) -> int:
        return sum(sizes.get(path, 0) for path in (source.text, *homes.get(source.id, ())))

    return Load(sorted(sources, key=lambda each: each.id), weigh).cut(PORTION)


def _narrow(
    inputs: Inputs, group: Sequence[SourceFiles], homes: Mapping[str, Sequence[str]]
) -> Inputs:
    notes = sorted(path for source in group for path in homes.get(source.id, ()))
    return replace(inputs, sources=tuple(group), annotations=tuple(notes))
