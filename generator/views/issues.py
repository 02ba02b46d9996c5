"""Issues: a page for each, with every position on it and all that stands behind, and their list."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from generator.positions import Position
from generator.site import Backlink, Linked, PublishedIssue
from generator.stances import Reading
from generator.views.cells import make_legend, show_reading
from generator.views.citations import ShownCitation, cite_cell
from generator.views.evidence import CellSection, show_section
from generator.views.framing import Index, make_frame
from generator.views.pages import Page
from generator.views.showing import edit_url
from generator.views.shown import Cell, Frame, LegendEntry, Way
from generator.views.wayfinding import light, name_actor

Counts = tuple[tuple[Cell, int], ...]


@dataclass(frozen=True, slots=True)
class IssueView:
    """An issue: its proposition, who stands where, and the evidence of every cell.

    *pro*, *contra* and *either* say what these stances mean here, *excluded* what does not belong
    here. *uncoded* are the actors about whom nothing was written, *citations* those of *sections*.
    """

    frame: Frame
    ways: tuple[Way, ...]
    proposition: str
    group: str
    pro: str
    contra: str
    either: str
    excluded: tuple[str, ...]
    prose: Linked
    counts: Counts
    sections: tuple[CellSection, ...]
    uncoded: tuple[Way, ...]
    legend: tuple[LegendEntry, ...]
    backlinks: tuple[Backlink, ...]
    edit_url: str
    before: Way | None
    after: Way | None
    citations: tuple[ShownCitation, ...]


@dataclass(frozen=True, slots=True)
class IssueEntry:
    """An issue in a list, with how many cells of it say what."""

    title: str
    url: str
    counts: Counts


@dataclass(frozen=True, slots=True)
class IssuesView:
    """All issues by their groups, each group after its name, "" where there is none."""

    frame: Frame
    ways: tuple[Way, ...]
    groups: tuple[tuple[str, tuple[IssueEntry, ...]], ...]
    count: int


def view_issues(index: Index) -> Iterator[Page]:
    """Yield a page for every issue and the list of them, if there are any."""
    issues = index.site.issues
    held: dict[str, list[Position]] = {issue.issue.id: [] for issue in issues}
    for position in index.site.positions:
        held[position.issue].append(position)
    for at, issue in enumerate(issues):
        before = issues[at - 1] if at else None
        after = issues[at + 1] if at + 1 < len(issues) else None
        view = _view(issue, held[issue.issue.id], (before, after), index)
        yield Page(issue.url, "issue.html", view)
    if issues:
        frame = make_frame(
            index.site, "issues/index.html", index.say("issues"), light("issues", index.site)
        )
        groups = tuple(
            (group, tuple(_enter(issue, held[issue.issue.id], index) for issue in mine))
            for group, mine in groupby(issues, lambda issue: issue.issue.group)
        )
        view_all = IssuesView(frame, index.ways, groups, len(issues))
        yield Page("issues/index.html", "issues.html", view_all)


def _view(
    published: PublishedIssue,
    positions: Sequence[Position],
    neighbours: tuple[PublishedIssue | None, PublishedIssue | None],
    index: Index,
) -> IssueView:
    issue = published.issue
    order = list(Reading)
    ordered = sorted(positions, key=lambda position: order.index(position.reading))
    sections = tuple(show_section(position, index) for position in ordered)
    held = {position.actor for position in positions}
    before, after = (
        Way(key, other.url, other.issue.proposition) if other else None
        for key, other in zip(("before", "after"), neighbours, strict=True)
    )
    return IssueView(
        frame=make_frame(index.site, published.url, issue.proposition, light("issues", index.site)),
        ways=index.ways,
        proposition=issue.proposition,
        group=issue.group,
        pro=issue.pro,
        contra=issue.contra,
        either=issue.either,
        excluded=issue.excluded,
        prose=published.prose,
        counts=count_readings(positions, index),
        sections=sections,
        uncoded=tuple(
            name_actor(actor) for actor in index.site.actors if actor.actor.id not in held
        ),
        legend=make_legend((section.cell for section in sections), index.say),
        backlinks=published.backlinks,
        edit_url=edit_url(issue.path, index),
        before=before,
        after=after,
        citations=tuple(cite_cell(section, published, index) for section in sections),
    )


def count_readings(positions: Sequence[Position], index: Index) -> Counts:
    """Return how many of *positions* say what, in the order of the readings."""
    counts = Counter(position.reading for position in positions)
    return tuple((show_reading(each, index.say), counts[each]) for each in Reading if counts[each])


def _enter(issue: PublishedIssue, positions: Sequence[Position], index: Index) -> IssueEntry:
    return IssueEntry(issue.issue.proposition, issue.url, count_readings(positions, index))
