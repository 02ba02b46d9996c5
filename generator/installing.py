"""Make the `.venv` beside build.py: aside, with hashes, by whatever installer this machine has.

It runs before any package is there, so it imports the standard library only. No registry has an
address here: uv and pip know theirs, or the mirror that somebody has told them of.
"""

import importlib.util
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass

from generator.environment import (
    LOCK,
    STAMP,
    VENV,
    installed,
    is_ready,
    packages_of,
    pins,
    python_of,
    read,
    stamp,
)
from generator.turns import turn

BUILD_LOCK = "requirements-build.lock"

# These have no wheel for some Pythons, and build without a compiler.
BUILT_FROM_SOURCE = ("pyyaml", "watchdog")

# What would put packages elsewhere or take others; mirrors, proxies and caches are not in the list.
UNWANTED = """
    PYTHONHOME PYTHONPATH VIRTUAL_ENV CONDA_PREFIX __PYVENV_LAUNCHER__
    PIP_CONSTRAINT PIP_DRY_RUN PIP_EDITABLE PIP_NO_BINARY PIP_NO_DEPS PIP_ONLY_BINARY PIP_PREFIX
    PIP_PYTHON PIP_REQUIREMENT PIP_REQUIRE_VIRTUALENV PIP_ROOT PIP_TARGET PIP_USER
    UV_CONSTRAINT UV_EXCLUDE_NEWER UV_MANAGED_PYTHON UV_NO_BINARY UV_NO_BUILD UV_OVERRIDE
    UV_PREFIX UV_PYTHON UV_PYTHON_PREFERENCE UV_SYSTEM_PYTHON UV_TARGET
"""

PIP_OPTIONS = (
    "install", "--disable-pip-version-check", "--no-input", "--no-user", "--no-compile",
    "--ignore-installed", "--no-warn-script-location",
)  # fmt: skip

# A package manager, and its command for what is missing.
REMEDIES = (
    ("apt-get", f"sudo apt update && sudo apt install python3.{sys.version_info.minor}-venv"),
    ("dnf", "sudo dnf install python3-pip"),
    ("zypper", "sudo zypper install python3-pip"),
    ("pacman", "sudo pacman -S python-pip"),
    ("apk", "sudo apk add py3-pip"),
    ("brew", "brew install uv"),
)


class CannotInstall(Exception):
    """The machine lacks something; its text is the sentence for the reader."""


@dataclass(frozen=True, slots=True)
class Way:
    """A command that makes an environment, and the start of the one that fills it."""

    name: str
    make: tuple[str, ...]
    install: tuple[str, ...]


def install(root: str) -> str:
    """Make `.venv` for the running Python and the lock; return what this machine lacks, or "".

    Two runs at once are safe: the second waits, and finds the environment made. A run that is
    killed leaves at most `.venv.tmp-*`, which the next one to make a `.venv` removes.
    """
    lock = read(os.path.join(root, LOCK))
    venv = os.path.join(root, VENV)
    if not lock:
        return f"cannot read {LOCK} beside build.py, which names the packages"
    try:
        with turn(f"{venv}.lock", say_waiting) as alone:
            if is_ready(venv, lock):
                return ""
            if os.path.lexists(venv) and not read(os.path.join(venv, STAMP)):
                return (
                    f"{VENV} is not of build.py's making and lacks packages of {LOCK}: "
                    "move it away, or install them into it"
                )
            if alone:
                sweep(root)
            make(venv, lock)
    except CannotInstall as lack:
        return str(lack)
    except OSError as fault:
        return (
            f"cannot make {VENV} beside build.py ({fault}): copy the project to a folder you can "
            f"write, or run build.py with a Python that has the packages of {LOCK}"
        )
    return ""


def sweep(root: str) -> None:
    """Remove what runs that were killed have left."""
    for name in os.listdir(root):
        if name.startswith((f"{VENV}.tmp-", f"{VENV}.old-")):
            shutil.rmtree(os.path.join(root, name), ignore_errors=True)


def make(venv: str, lock: str) -> None:
    """Make the environment aside, in the first way that works, and rename it into its place."""
    aside = f"{venv}.tmp-{os.getpid()}"
    tried = []
    try:
        for way in ways(aside):
            say(f"making {VENV} with {way.name}: up to a minute, and only when {LOCK} changes")
            unmade = run(way.make, venv)
            fault = unmade or fill(way.install, venv, lock)
            if not fault and pins(lock) <= installed([packages_of(aside)]):
                settle(aside, venv, lock)
                return
            tried.append(way.name)
            explain(fault or "the packages went elsewhere: do its settings name a prefix?")
            shutil.rmtree(aside, ignore_errors=True)
            if way.name != "uv" and not unmade:
                break  # another pip would say the same
    finally:
        shutil.rmtree(aside, ignore_errors=True)
    if tried:
        raise CannotInstall(
            f"could not make {VENV} with {' or '.join(tried)}, as said above; it needs the network"
        )
    remedy = next((words for name, words in REMEDIES if shutil.which(name)), "install one of them")
    if sys.platform != "win32" and os.geteuid() == 0:
        remedy = remedy.replace("sudo ", "")  # a container has none, and needs none
    raise CannotInstall(f"there is no uv, venv or pip here to install packages with: {remedy}")


def explain(fault: str) -> None:
    """Show the end of what an installer said."""
    for line in fault.splitlines()[-6:]:
        sys.stderr.write(f"  | {line[:160]}\n")


def ways(aside: str) -> Iterator[Way]:
    """List the ways to an environment at `aside` that this machine has, best first."""
    python = python_of(aside)
    if found := shutil.which("uv"):
        uv = os.path.abspath(found)
        yield Way(
            "uv",
            (uv, "venv", "--no-project", "--python", sys.executable, aside),
            (uv, "pip", "install", "--python", python),
        )
    if not importlib.util.find_spec("venv"):
        return
    venv = (sys.executable, "-I", "-m", "venv")
    if importlib.util.find_spec("ensurepip"):
        yield Way("pip", (*venv, aside), (python, "-I", "-m", "pip", *PIP_OPTIONS))
    # Debian parts ensurepip from Python; the new environment can still run the system's pip.
    pip = importlib.util.find_spec("pip")
    if pip and pip.submodule_search_locations:
        code = pip.submodule_search_locations[0]
        make = (*venv, "--without-pip", aside)
        yield Way("the system's pip", make, (python, "-I", code, *PIP_OPTIONS))


def fill(install: tuple[str, ...], venv: str, lock: str) -> str:
    """Install the lock, and return the installer's complaint or "".

    Wheels only; where one of BUILT_FROM_SOURCE has none, those two may be built, by a setuptools
    that is locked as well and not by one that the installer would fetch for itself.
    """
    exact = (*install, "--quiet", "--no-deps", "--require-hashes")
    wheels = ("--only-binary", ":all:")
    locked, tools = (os.path.join(os.path.dirname(venv), name) for name in (LOCK, BUILD_LOCK))
    fault = run((*exact, *wheels, "-r", locked), venv)
    if not any(f"{name}==" in fault.lower() for name in BUILT_FROM_SOURCE):
        return fault
    if lack := run((*exact, *wheels, "-r", tools), venv):
        return f"{fault}\n{lack}"
    names = [line.partition("==")[0] for line in lock.splitlines() if line[:1].isalnum()]
    rest = [f"--only-binary={name}" for name in names if name not in BUILT_FROM_SOURCE]
    return run((*exact, *rest, "--no-build-isolation", "-r", locked), venv)


def run(command: tuple[str, ...], venv: str) -> str:
    """Run an installer off the reader's screen, and return its words if it failed, else ""."""
    try:
        done = subprocess.run(
            command,
            cwd=os.path.dirname(venv),
            env={name: words for name, words in os.environ.items() if name not in UNWANTED.split()},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            check=False,
        )
    except OSError as fault:
        return str(fault)
    words = done.stdout.decode("utf-8", "replace").strip()
    return words or f"{command[0]} ended with {done.returncode}" if done.returncode else ""


def settle(aside: str, venv: str, lock: str) -> None:
    """Put a finished environment in its place, its own scripts naming that place."""
    for folder in (aside, os.path.dirname(python_of(aside))):
        for name in os.listdir(folder):
            rename_inside(os.path.join(folder, name), os.path.basename(aside))
    with open(os.path.join(aside, STAMP), "w", encoding="utf-8", newline="") as file:
        file.write(stamp(lock))
    outdated = f"{venv}.old-{os.getpid()}"
    if os.path.lexists(venv):
        os.rename(venv, outdated)
    os.rename(aside, venv)
    shutil.rmtree(outdated, ignore_errors=True)


def rename_inside(path: str, aside: str) -> None:
    """Let a script name `.venv` where it names the folder it was made in (Windows' .exe cannot)."""
    if os.path.islink(path) or not os.path.isfile(path) or path.endswith(".exe"):
        return
    with open(path, "rb") as file:
        old = file.read()
    new = old.replace(aside.encode(), VENV.encode())
    if new != old:
        with open(path, "wb") as file:
            file.write(new)


def say_waiting() -> None:
    """Tell the reader why nothing seems to go on."""
    say(f"waiting for another run that is making {VENV}")


def say(sentence: str) -> None:
    """Tell the reader what is going on."""
    sys.stderr.write(f"postil: {sentence}\n")
    sys.stderr.flush()
