"""Set-up: `python3 build.py` finds or makes the packages it needs, and says what it does."""

import ast
import os
import re
import shutil
import signal
import subprocess
import sys
import tomllib
from dataclasses import dataclass
from pathlib import Path

import pytest

from generator import environment

ROOT = Path(__file__).resolve().parent.parent
PARTS = ("environment", "installing", "turns")
COPIED = ("build.py", *(f"generator/{part}.py" for part in PARTS))
LOCKS = ("requirements.lock", "requirements-build.lock", ".ci/requirements.lock")

LOCK = """alpha==1.0 \\
    --hash=sha256:00
pyyaml==9.9 ; sys_platform != 'none' \\
    --hash=sha256:11
"""
COMMAND = """
import sys
def main(argv=None):
    print("command", argv, sys.executable, [entry for entry in sys.path if "alpha" in entry])
    return 7
"""

# An installer without a network: it makes what it is asked for and keeps a record of its calls.
INSTALLER = """
import os, pathlib, sys, time
here = pathlib.Path(__file__).parent
words = sys.argv[1:]
with open(here / "calls", "a") as calls:
    told = [name for name in ("PIP_TARGET", "PYTHONHOME", "UV_SYSTEM_PYTHON") if name in os.environ]
    print(*words, *told, file=calls)
if words[0] == "venv":
    for _ in range(6000):
        if os.path.exists(os.environ.get("WAIT_FOR", "/")):
            break
        time.sleep(0.01)
    made = pathlib.Path(words[-1])
    (made / "bin").mkdir(parents=True)
    (made / "bin" / "python").symlink_to(sys.executable)
    (made / "bin" / "tool").write_text(f"#!{made}/bin/python")
else:
    if "FAIL" in os.environ:
        sys.exit("error: the disk is full")
    if "NO_WHEEL" in os.environ and ":all:" in words and words[-1].endswith("requirements.lock"):
        sys.exit("error: no wheel for pyyaml==9.9")
    python = pathlib.Path(words[words.index("--python") + 1])
    version = f"python{sys.version_info.major}.{sys.version_info.minor}"
    packages = python.parent.parent / "lib" / version / "site-packages"
    for line in pathlib.Path(words[-1]).read_text().splitlines():
        if line[:1].isalpha():
            pin = line.split()[0].replace("==", "-")
            (packages / f"{pin}.dist-info").mkdir(parents=True)
"""

# A Python without pip and ensurepip, such as Debian's.
BARE = "import sys\nsys.modules.update(ensurepip=None, pip=None)\n"


@dataclass(frozen=True, slots=True)
class Machine:
    """A copy of the set-up with a command of its own, and the only folder on the PATH."""

    root: Path
    path: Path

    def start(self, *argv: str, **variables: str) -> subprocess.Popen[str]:
        kept = {name: os.environ[name] for name in ("HOME", "LANG") if name in os.environ}
        return subprocess.Popen(
            [sys.executable, self.root / "build.py", *argv],
            env=kept | {"PATH": str(self.path), "PYTHONPATH": str(self.path)} | variables,
            cwd="/",
            start_new_session=True,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )

    def run(self, *argv: str, **variables: str) -> tuple[int, str, str]:
        process = self.start(*argv, **variables)
        out, err = process.communicate(timeout=60)
        return process.returncode, out, err

    def calls(self) -> list[str]:
        record = self.path / "calls"
        return record.read_text().splitlines() if record.exists() else []

    def left(self) -> list[str]:
        return sorted(path.name for path in self.root.glob(".venv*"))


@pytest.fixture
def bare(tmp_path: Path) -> Machine:
    root, path = tmp_path / "a 'project' été", tmp_path / "bin"
    (root / "generator").mkdir(parents=True)
    path.mkdir()
    for name in COPIED:
        shutil.copy(ROOT / name, root / name)
    (root / "generator" / "__init__.py").touch()
    (root / "generator" / "cli.py").write_text(COMMAND)
    (root / "requirements.lock").write_text(LOCK)
    (root / "requirements-build.lock").write_text("setuptools==1\n")
    (path / "sitecustomize.py").write_text(BARE)
    return Machine(root, path)


@pytest.fixture
def machine(bare: Machine) -> Machine:
    (bare.path / "fake.py").write_text(INSTALLER)
    script = bare.path / "uv"
    script.write_text(f"#!/bin/sh\nexec '{sys.executable}' '{bare.path}/fake.py' \"$@\"\n")
    script.chmod(0o755)
    return bare


def test_makes_then_finds(machine: Machine) -> None:
    """The first run says in one line that it makes .venv; the next installs and says nothing."""
    code, out, err = machine.run("check", "-q")
    venv = machine.root / ".venv"
    assert (7, f"command ['check', '-q'] {venv}/bin/python []\n") == (code, out)
    said = "postil: making .venv with uv: up to a minute, and only when requirements.lock changes\n"
    assert said == err
    assert 2 == len(machine.calls())
    assert (7, out, "") == machine.run("check", "-q")
    assert 2 == len(machine.calls())


def test_scripts_name_the_final_place(machine: Machine) -> None:
    """What is made aside and renamed does not go on naming the folder it was made in."""
    machine.run()
    assert f"#!{machine.root}/.venv/bin/python" == (machine.root / ".venv/bin/tool").read_text()


def test_installs_by_hash_and_as_wheels(machine: Machine) -> None:
    """The installer is told to check hashes and take wheels only, and hears no foreign settings."""
    machine.run(PIP_TARGET="/elsewhere", UV_SYSTEM_PYTHON="1")
    made, filled = machine.calls()
    assert re.search(r"\.venv\.tmp-\d+$", made)
    assert "--quiet --no-deps --require-hashes --only-binary :all: -r" in filled
    assert filled.endswith("requirements.lock")


def test_builds_what_has_no_wheel(machine: Machine) -> None:
    """Without a wheel of PyYAML it alone may be built, by tools that are locked as well."""
    assert 7 == machine.run(NO_WHEEL="1")[0]
    _, _, tools, sources = machine.calls()
    assert "--require-hashes --only-binary :all:" in tools
    assert tools.endswith("requirements-build.lock")
    assert "--require-hashes --only-binary=alpha --no-build-isolation" in sources


@pytest.mark.parametrize("stale", ["lock", "platform", "package", "python"])
def test_key(machine: Machine, stale: str) -> None:
    """Another lock, Python or platform, and a missing package, remake .venv."""
    machine.run()
    venv = machine.root / ".venv"
    if stale == "lock":
        (machine.root / "requirements.lock").write_text(LOCK + "# newer\n")
    elif stale == "platform":
        text = (venv / environment.STAMP).read_text()
        (venv / environment.STAMP).write_text(text.replace(sys.platform, "atari"))
    elif stale == "package":
        next(venv.glob("lib/*/*/alpha-1.0.dist-info")).rmdir()
    else:
        (venv / "bin" / "python").unlink()
    code, _, err = machine.run()
    assert (7, 4, 1) == (code, len(machine.calls()), len(err.splitlines()))
    assert (7, "") == machine.run()[::2]
    assert [".venv", ".venv.lock"] == machine.left()


def test_two_at_once(machine: Machine) -> None:
    """Of two first runs one installs; the other waits for it, says so, and goes on."""
    go = machine.path / "go"
    first = machine.start(WAIT_FOR=str(go))
    while not machine.calls():
        assert first.poll() is None
    second = machine.start()
    assert second.stderr
    assert "postil: waiting for another run that is making .venv\n" == second.stderr.readline()
    go.touch()
    for run in (first, second):
        run.communicate(timeout=60)
    assert (7, 7, 2) == (first.returncode, second.returncode, len(machine.calls()))


def test_killed_half_way(machine: Machine) -> None:
    """A killed run leaves no .venv, and the next one clears up after it."""
    first = machine.start(WAIT_FOR="/none")
    while not machine.calls():
        assert first.poll() is None
    os.killpg(first.pid, signal.SIGKILL)
    first.communicate(timeout=60)
    half = machine.root / ".venv.tmp-1"
    half.mkdir()
    assert 7 == machine.run()[0]
    assert [".venv", ".venv.lock"] == machine.left()


def test_failing_installer(machine: Machine) -> None:
    """When nothing can be installed the old .venv stays, and one sentence follows the reason."""
    machine.run()
    (machine.root / "requirements.lock").write_text(LOCK + "# newer\n")
    code, out, err = machine.run(FAIL="1")
    assert (3, "") == (code, out)
    reason, sentence = err.splitlines()[1:]
    assert "  | error: the disk is full" == reason
    assert sentence.startswith("postil: could not make .venv with uv, as said above")
    assert [".venv", ".venv.lock"] == machine.left()


def test_no_installer(bare: Machine) -> None:
    """Without uv, ensurepip and pip one sentence names the command that helps; exit 3."""
    manager = bare.path / "apt-get"
    manager.write_text("#!/bin/sh\n")
    manager.chmod(0o755)
    code, out, err = bare.run()
    assert (3, "") == (code, out)
    version = f"3.{sys.version_info.minor}"
    lack = "postil: there is no uv, venv or pip here to install packages with: "
    remedy = f"{lack}sudo apt update && sudo apt install python{version}-venv\n"
    assert err in (remedy, remedy.replace("sudo ", ""))
    assert [".venv.lock"] == bare.left()


def test_foreign_environment(machine: Machine) -> None:
    """A .venv that build.py did not make is never replaced; it is used if it has the packages."""
    mine = machine.root / ".venv" / "mine"
    mine.mkdir(parents=True)
    code, _, err = machine.run()
    assert (3, 1, []) == (code, len(err.splitlines()), machine.calls())
    assert mine.exists()
    packages = Path(environment.packages_of(str(machine.root / ".venv")))
    (packages / "alpha-1.0.dist-info").mkdir(parents=True)
    (machine.root / ".venv" / "bin").mkdir()
    (machine.root / ".venv" / "bin" / "python").symlink_to(sys.executable)
    assert (7, "") == machine.run()[::2]
    assert mine.exists()


def test_running_python_has_them(bare: Machine) -> None:
    """Packages that the running Python has at the locked versions are used, and nothing is made."""
    (bare.path / "alpha-1.0.dist-info").mkdir()
    assert (7, "") == bare.run()[::2]
    assert [] == bare.left()


def test_first_on_the_path_counts(tmp_path: Path) -> None:
    """The version that an import would take is the one that counts, in any spelling of the name."""
    (tmp_path / "first" / "Zope.Interface-1.0.dist-info").mkdir(parents=True)
    (tmp_path / "second" / "zope_interface-2.0.dist-info").mkdir(parents=True)
    folders = [str(tmp_path / name) for name in ("none", "first", "second")]
    assert {"zope_interface-1.0"} == environment.installed(folders)
    assert {"zope_interface-1.0"} == environment.pins("zope-interface==1.0 \\\n    --hash=x\n")


def test_old_python() -> None:
    """An old Python says one sentence and ends with 3."""
    program = (
        "import sys; sys.version_info = (3, 6, 15, 'final', 0);"
        "exec(compile(open('build.py').read(), 'build.py', 'exec'))"
    )
    done = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True)
    assert (3, 1) == (done.returncode, len(done.stderr.splitlines()))
    assert "needs Python 3.11 or newer" in done.stderr


def test_grammar_of_python_2() -> None:
    """build.py has no syntax that Python 2.7 or 3.6 would stumble over before it can say so."""
    source = (ROOT / "build.py").read_bytes().decode("ascii")
    nodes = list(ast.walk(ast.parse(source)))
    old = """
        Add Assign Attribute BinOp Call Compare Constant Eq ExceptHandler Expr FunctionDef If Import
        ImportFrom List ListComp Load Lt Mod Module Name Not NotEq Return Slice Store Subscript Try
        Tuple UnaryOp alias arg arguments comprehension
    """
    assert set() == {type(node).__name__ for node in nodes} - set(old.split())
    for node in nodes:
        if isinstance(node, ast.FunctionDef):
            arguments = node.args
            assert [] == arguments.kwonlyargs + arguments.posonlyargs
            assert [None] * (1 + len(arguments.args)) == (
                [node.returns, *(argument.annotation for argument in arguments.args)]
            )


def pyproject() -> dict:
    return tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))


def names(requirements: list) -> set[str]:
    return {re.split(r"[^\w-]", words)[0] for words in requirements if isinstance(words, str)}


def locked(lock: str) -> dict[str, str]:
    """Read a lock as `{name: version}`."""
    text = (ROOT / lock).read_text(encoding="utf-8")
    return dict(re.findall(r"^([\w-]+)==([^\s;]+)", text, re.MULTILINE))


@pytest.mark.parametrize("lock", LOCKS)
def test_every_lock_has_hashes(lock: str) -> None:
    """Every package of a lock has a version and hashes, and no lock says where to fetch them."""
    text = (ROOT / lock).read_text(encoding="utf-8")
    stanzas = re.split(r"\n(?=[\w-]+==)", text)[1:]
    assert len(locked(lock)) == len(stanzas)
    hashed = [stanza for stanza in stanzas if re.search(r"--hash=sha256:[0-9a-f]{64}\b", stanza)]
    assert stanzas == hashed
    assert len(re.findall(r"--hash=sha256:[0-9a-f]{64}\b", text)) == text.count("--hash=")
    assert [] == re.findall(r"--[\w-]*(?:index|find-links)[\w-]* ?=? ?\S*/\S*|\w+://\S+", text)


def test_locks_cover_the_project() -> None:
    """What pyproject.toml asks for is locked, and the lock to check with agrees with the first."""
    project = pyproject()
    groups = project["dependency-groups"]
    asked = names(project["project"]["dependencies"]) | names(groups["test"])
    assert set() == asked - set(locked("requirements.lock"))
    assert set() == (names(groups["ci"]) | asked) - set(locked(".ci/requirements.lock"))
    assert names(groups["build"]) == set(locked("requirements-build.lock"))
    assert locked("requirements.lock").items() <= locked(".ci/requirements.lock").items()


def test_inline_metadata() -> None:
    """The PEP 723 block of build.py asks for the project's Python and the locked versions."""
    source = (ROOT / "build.py").read_text(encoding="ascii")
    block = re.search(r"^# /// script\n((?:#.*\n)+?)# ///$", source, re.MULTILINE)
    assert block
    metadata = tomllib.loads(re.sub(r"^# ?", "", block[1], flags=re.MULTILINE))
    project = pyproject()
    listed = [*project["project"]["dependencies"], *project["dependency-groups"]["test"]]
    pins = locked("requirements.lock")
    asked = []
    for words in listed:
        (name,), (_, mark, where) = names([words]), words.partition(";")
        asked.append(f"{name}=={pins[name]}{mark}{where}")
    assert project["project"]["requires-python"] == metadata["requires-python"]
    assert sorted(asked) == sorted(metadata["dependencies"])


def test_every_dependency_has_a_reason() -> None:
    """Each dependency of pyproject.toml stands on a line with the reason why it is there."""
    lines = (ROOT / "pyproject.toml").read_text(encoding="utf-8").splitlines()
    asked = [line for line in lines if re.match(r'    "[\w-]+>=', line)]
    assert len(names(pyproject()["project"]["dependencies"])) < len(asked)
    assert [] == [line for line in asked if not re.search(r'", +# \w', line)]


@pytest.mark.parametrize("path", [*COPIED, ".ci/run", ".ci/package.json", "pyproject.toml"])
def test_no_address(path: str) -> None:
    """Set-up names no server: an installer knows its registry, or the mirror it was told of."""
    assert [] == re.findall(r"\w+://\S+|\w+\.(?:org|io|com)\b", (ROOT / path).read_text("utf-8"))


def test_themes_travel_in_the_wheel() -> None:
    """An installed Postil has the themes of the top-level folder inside its package."""
    wheel = pyproject()["tool"]["hatch"]["build"]["targets"]["wheel"]
    assert {"themes": "generator/themes"} == wheel["force-include"]
