"""Nothing changed: where inputs, program, settings and site stand as they were, so does the report.

The one shortcut past the pipeline, which is not even imported. It is inside the law: a build of the
same inputs by the same program gives the same bytes and problems, and here both are looked at.
"""

import contextlib
import os
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple, Protocol

from generator.codec import Unreadable, decode, encode
from generator.commits import read_commit
from generator.diagnostics import Diagnostic
from generator.maker import digest_program
from generator.output import MANIFEST, IsUntouched, know_nothing
from generator.plans import Plan, Report
from generator.recognising import look_at_inputs, recognise, with_contents
from generator.scan import read_bytes, salvage
from generator.spans import TextFile
from generator.store import read_signed, write_signed
from generator.surveys import (
    Survey,
    Untouched,
    digest_file,
    is_as_written,
    is_unchanged,
    survey,
    with_digests,
)
from generator.tracking import list_exposed
from generator.watching import Watch


class Build(Protocol):
    """Whoever builds a site."""

    def __call__(
        self, plan: Plan, note: Watch, *, known: Mapping[str, str], is_untouched: IsUntouched
    ) -> Report:
        """Build *plan*, with the digests of files that are *known* without reading them.

        *is_untouched* tells which files of the old site need not be read either.
        """


class _Last(NamedTuple):
    """The last build of a plan: from what, by which program, into what, and what it said."""

    plan: str
    maker: str
    commit: str
    inputs: Survey
    outputs: Survey
    problems: tuple[Diagnostic, ...]
    pages: int
    sources: int
    notes: int
    notices: tuple[str, ...]
    restricted: tuple[str, ...]
    exposed: tuple[tuple[str, bool], ...]


class Before(NamedTuple):
    """How things stand before a build: what the last one left, if that counts, and the inputs."""

    last: _Last | None
    inputs: Survey
    commit: str


def look_back(plan: Plan) -> Before:
    """Look at the inputs of *plan* as they are now, before anything of them is read."""
    if not _is_noted(plan):
        return Before(None, Survey({}, 0), "")
    return Before(_read(plan), look_at_inputs(plan), read_commit(plan.root))


def recall(plan: Plan, before: Before | None = None) -> Report | None:
    """Return the report of the last build of *plan*, if a new one would give the same.

    That is judged by what ``look_back`` saw *before*, or sees now.
    """
    last, inputs, commit = before or look_back(plan)
    if last is None or last.plan != _name(plan) or last.maker != digest_program():
        return None
    if not is_unchanged(last.inputs, inputs) or last.commit != commit:
        return None
    outputs = survey(_list_outputs(plan), is_ours=True)
    if not is_unchanged(last.outputs, outputs):
        return None
    # What git would publish changes without a file of the site being touched.
    if last.restricted and list_exposed(plan.root, last.restricted) != last.exposed:
        return None
    texts = _open_texts(plan.root, last.problems)
    if texts is None:
        return None
    _write(plan, _settle(last, inputs, outputs))
    return Report(
        last.problems, texts, last.pages, (), last.sources, last.notes, notices=last.notices
    )


def build_noted(plan: Plan, build: Build, note: Watch, before: Before | None = None) -> Report:
    """Build *plan*, and note what it was made from, so that the next time may be spared.

    What changes after ``look_back``, which gave *before* or is asked now, will look different.
    """
    if plan.output is None or not _is_noted(plan):
        return build(plan, note, known={}, is_untouched=know_nothing)
    last, inputs, commit = before or look_back(plan)
    known = recognise(plan, last.inputs, inputs) if last else {}
    site = str(plan.output.resolve())
    is_untouched = Untouched(site, last.outputs) if last else know_nothing
    report = build(plan, note, known=known, is_untouched=is_untouched)
    if report.settings_failed or report.theme_failed or not report.repeatable:
        return report
    inputs = with_contents(inputs, plan, report.read)
    outputs = survey(_list_outputs(plan), is_ours=True)
    stamps = {os.path.join(site, path): stamp for path, stamp in report.stamps.items()}
    if not is_as_written(outputs, stamps):
        return report
    written = {os.path.join(site, path): digest for path, digest in report.written.items()}
    manifest = os.path.join(site, MANIFEST)
    written[manifest] = digest_file(manifest)
    made = _Last(
        _name(plan),
        digest_program(),
        commit,
        inputs,
        with_digests(outputs, lambda path: written.get(path, ""), every=True),
        report.diagnostics,
        report.pages,
        report.sources,
        report.notes,
        report.notices,
        report.restricted,
        report.exposed,
    )
    _write(plan, made)
    return report


def _settle(last: _Last, inputs: Survey, outputs: Survey) -> _Last:
    """Return *last* as looked at now: what had to be read because it was new is old by now."""
    return last._replace(inputs=_renew(last.inputs, inputs), outputs=_renew(last.outputs, outputs))


def _renew(before: Survey, now: Survey) -> Survey:
    old = before.looks
    looks = {path: look._replace(digest=old[path].digest) for path, look in now.looks.items()}
    return now._replace(looks=looks)


def _name(plan: Plan) -> str:
    facts = (plan.root, plan.output, plan.base_url, plan.drafts, plan.private)
    return repr(tuple(map(str, facts)))


def _is_noted(plan: Plan) -> bool:
    return plan.output is not None and plan.cache is not None


def _list_outputs(plan: Plan) -> tuple[Path, ...]:
    return (plan.output.resolve(),) if plan.output else ()


def _read(plan: Plan) -> _Last | None:
    if plan.cache is None or plan.clean:
        return None
    content = read_signed(plan.cache / "last")
    try:
        return decode(_Last, content) if content else None
    except Unreadable:
        return None


def _write(plan: Plan, last: _Last) -> None:
    if plan.cache is not None:
        with contextlib.suppress(OSError):
            write_signed(plan.cache / "last", encode(last))


def _open_texts(root: Path, problems: tuple[Diagnostic, ...]) -> Mapping[str, TextFile] | None:
    """Return the files in which *problems* stand; None if one is not below *root*."""
    texts: dict[str, TextFile] = {}
    for path in dict.fromkeys(each.path for each in problems if each.span is not None):
        try:
            texts[path] = salvage(path, read_bytes(root, path))
        except OSError:
            return None
    return texts
