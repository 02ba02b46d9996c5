"""Plans and reports: what a build is asked for, and what came of it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from generator.diagnostics import Diagnostic
from generator.spans import TextFile


@dataclass(frozen=True, slots=True)
class Plan:
    """What is to be built: the folder of the site, and where it goes (None: nowhere).

    With *executor* (``dask://host:port``) the workers of that cluster do it instead.
    *cache* is the folder of what is kept between builds (None: nothing is); a *clean* build uses
    nothing of it. *jobs* is how many processes may work, 0 for as many as there are processors. A
    *private* site has all of the texts that are here, whatever their rights.
    """

    root: Path
    output: Path | None
    base_url: str | None = None
    drafts: bool = False
    cache: Path | None = None
    clean: bool = False
    jobs: int = 1
    executor: str = ""
    private: bool = False


@dataclass(frozen=True, slots=True)
class Report:
    """What came of a build.

    *texts* are the files in which problems may stand. *settings_failed* tells that the settings
    or the theme could not be used, so that nothing was built. *made* are the addresses of the pages
    that are not those of the last build. *phases* are (name, seconds). *read* and *written* are the
    digests of the files that were, by path from the root and in the site, *stamps* the sizes and
    mtimes (ns) of those. A build is *repeatable* if the same inputs give the same report: nothing
    in it depended on a clock or a site's own code.
    *notices* are sentences that no author can act upon at a place. A site that was *withheld* was
    not written, for it would have published too much. *exposed* are the files below *restricted*
    folders that git would publish. *base_url* is the address that the site was made for; *modules*
    are the names of the site's own modules that took part.
    """

    diagnostics: tuple[Diagnostic, ...]
    texts: Mapping[str, TextFile]
    pages: int = 0
    made: tuple[str, ...] = ()
    sources: int = 0
    notes: int = 0
    settings_failed: bool = False
    phases: tuple[tuple[str, float], ...] = ()
    read: Mapping[str, str] = field(default_factory=dict)
    written: Mapping[str, str] = field(default_factory=dict)
    stamps: Mapping[str, tuple[int, int]] = field(default_factory=dict)
    repeatable: bool = False
    notices: tuple[str, ...] = ()
    withheld: bool = False
    restricted: tuple[str, ...] = ()
    exposed: tuple[tuple[str, bool], ...] = ()
    base_url: str = ""
    modules: tuple[str, ...] = ()

    @property
    def theme_failed(self) -> bool:
        """Tell whether templates failed: what could be made is there to be looked at only."""
        return is_theme_broken(self.diagnostics)


def is_theme_broken(problems: Iterable[Diagnostic]) -> bool:
    """Tell whether a template failed, so that pages are missing that no author took away."""
    return any(problem.code == "template-invalid" for problem in problems)
