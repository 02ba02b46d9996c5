"""GitHub's workflows may do little, and name exactly whose code they run."""

import re
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from generator.private import MARK

ROOT = Path(__file__).resolve().parent.parent
WORKFLOWS = sorted((ROOT / ".github" / "workflows").iterdir())

TRIGGERS = {"pull_request", "push", "schedule", "workflow_call", "workflow_dispatch"}

workflows = pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.name)


def read(path: Path) -> dict[Any, Any]:
    workflow = yaml.safe_load(path.read_text(encoding="utf-8"))
    assert isinstance(workflow, dict)
    return workflow


def steps(path: Path) -> Iterator[dict[str, Any]]:
    for job in read(path)["jobs"].values():
        yield from job.get("steps", [])


@workflows
def test_triggers(path: Path) -> None:
    """No workflow gives the code of a pull request the rights of this repository."""
    triggers = read(path)[True]  # YAML 1.1 takes the word `on` for a truth value
    assert set() == set(triggers) - TRIGGERS


@workflows
def test_permissions(path: Path) -> None:
    """A workflow may read; only the job that deploys may write, and only to Pages."""
    workflow = read(path)
    assert {"contents": "read"} == workflow["permissions"]
    writing = {
        (name, right)
        for name, job in workflow["jobs"].items()
        for right, level in job.get("permissions", {}).items()
        if level != "read"
    }
    allowed = {("deploy", "pages"), ("deploy", "id-token")}
    assert (allowed if path.name == "publish.yml" else set()) == writing
    assert "secrets" not in path.read_text(encoding="utf-8")


@workflows
def test_actions_are_pinned(path: Path) -> None:
    """Every action is an official one, named by its commit with the version beside it."""
    used = re.findall(r"\buses: *(.*)", path.read_text(encoding="utf-8"))
    pinned = r"actions/[\w-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+"
    local = r"\./\.github/workflows/[\w-]+\.yml"
    assert used
    assert used == [line for line in used if re.fullmatch(f"{pinned}|{local}", line)]


def test_one_commit_for_an_action() -> None:
    """An action has the same commit wherever it is used."""
    texts = [path.read_text(encoding="utf-8") for path in WORKFLOWS]
    pins = {pin for text in texts for pin in re.findall(r"actions/[\w-]+@\w+ # \S+", text)}
    assert len({pin.partition("@")[0] for pin in pins}) == len(pins)


@workflows
def test_scripts_have_no_expressions(path: Path) -> None:
    """What GitHub fills in reaches a script as a variable, never as a part of its text."""
    assert [] == [step["run"] for step in steps(path) if "${{" in step.get("run", "")]


@workflows
def test_checkout_forgets_its_credentials(path: Path) -> None:
    """The token of the checkout is not left on the disk for later steps."""
    checkouts = [step for step in steps(path) if "actions/checkout@" in step.get("uses", "")]
    assert checkouts
    assert [{"persist-credentials": False}] * len(checkouts) == [step["with"] for step in checkouts]


@workflows
def test_every_job_ends(path: Path) -> None:
    """A job that hangs is stopped within half an hour."""
    jobs = [job for job in read(path)["jobs"].values() if "uses" not in job]
    assert [] == [job for job in jobs if not 0 < job.get("timeout-minutes", 0) <= 30]


def test_publishes_only_what_was_checked() -> None:
    """Checks, then the build with the address that Pages gives, then the deployment."""
    jobs = read(ROOT / ".github" / "workflows" / "publish.yml")["jobs"]
    assert "./.github/workflows/check.yml" == jobs["check"]["uses"]
    assert ("check", "build") == (jobs["build"]["needs"], jobs["deploy"]["needs"])
    build = next(step for step in jobs["build"]["steps"] if "run" in step)
    assert 'python3 build.py --strict --base-url "$BASE_URL"' == build["run"]
    assert {"BASE_URL": "${{ steps.pages.outputs.base_url }}"} == build["env"]


def test_chance_decides_nothing() -> None:
    """Random examples are tried on a schedule, and nowhere on the way to a publication."""
    texts = {path.name: path.read_text("utf-8") for path in (*WORKFLOWS, ROOT / ".ci/run")}
    asked = "--hypothesis-profile=random"
    assert ["chance.yml"] == [name for name, text in texts.items() if asked in text]
    chance = ROOT / ".github/workflows/chance.yml"
    assert {"schedule", "workflow_dispatch"} == set(read(chance)[True])
    commands = [step["run"] for step in steps(chance) if "run" in step]
    assert commands
    assert [] == [command for command in commands if asked not in command]


def test_checks_run_what_anybody_can_run() -> None:
    """The workflow runs .ci/run: the tests beside the law, the strict build, the browser suite."""
    commands = [step.get("run") for step in steps(ROOT / ".github" / "workflows" / "check.yml")]
    assert ".ci/run" in commands
    script = (ROOT / ".ci" / "run").read_text(encoding="utf-8")
    law = "tests/laws/test_incremental.py -s"
    order = [law, "build.py test\n", "build.py --strict\n", "-m pytest tests/browser"]
    places = [script.rindex(command) for command in order]
    assert sorted(places) == places


@pytest.mark.parametrize(("page", "code"), [(f"<head>{MARK}</head>", 1), ("<head></head>", 0)])
def test_a_private_edition_is_not_published(tmp_path: Path, page: str, code: int) -> None:
    """The publishing workflow stops at a page that is marked as one of a private edition."""
    publish = ROOT / ".github/workflows/publish.yml"
    [script] = [step["run"] for step in steps(publish) if "private" in step.get("name", "")]
    (tmp_path / "site/notes").mkdir(parents=True)
    (tmp_path / "site/notes/a.html").write_text(page, "utf-8")

    done = subprocess.run(["bash", "-e", "-c", script], cwd=tmp_path, capture_output=True)

    assert code == done.returncode
    words = publish.read_text("utf-8")
    assert words.index("a private edition") < words.index("upload-pages-artifact")
