"""Recognising: which input files have in them what they had, without reading them."""

from collections.abc import Mapping
from pathlib import Path

from generator.plans import Plan
from generator.surveys import Survey, find_same, survey, with_digests

# Where the inputs of a site are; bundled themes are inputs of every site.
_PLACES = ("site.toml", "content", "seeds", "themes")
_BUNDLED = (Path(__file__).parents[1] / "themes", Path(__file__).parent / "themes")


def look_at_inputs(plan: Plan) -> Survey:
    """Return what everything looks like from which the site of *plan* is made."""
    return survey((*(plan.root / place for place in _PLACES), *_BUNDLED))


def with_contents(looked: Survey, plan: Plan, read: Mapping[str, str]) -> Survey:
    """Return *looked* with the digests of what was *read* since, by path from the root."""
    digests = {str(plan.root / path): digest for path, digest in read.items()}
    return with_digests(looked, lambda path: digests.get(path, ""), every=True)


def recognise(plan: Plan, before: Survey, now: Survey) -> Mapping[str, str]:
    """Return the digests of the files that stand as *before*, by path from the root of *plan*."""
    root = f"{plan.root}/".replace("\\", "/")
    same = ((path.replace("\\", "/"), digest) for path, digest in find_same(before, now))
    return {path.removeprefix(root): digest for path, digest in same if path.startswith(root)}
