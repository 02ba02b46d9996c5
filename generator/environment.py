"""Find the locked packages: in the running Python, or in a `.venv` beside build.py.

Every start pays for this module, so it imports nothing that Python has not loaded by itself.
"""

import os
import sys

LOCK = "requirements.lock"
VENV = ".venv"
STAMP = "postil.stamp"

if sys.platform == "win32":
    MACHINE = sys.version.rpartition("[")[2]
else:
    MACHINE = os.uname().machine


def enter(root: str) -> bool:
    """Let this process import the locked packages; False where nobody has them yet.

    A `.venv` is entered without starting its Python: its packages come before, and instead of,
    those of the running one, and `sys.executable` names it, so that child processes find them too.
    """
    lock = read(os.path.join(root, LOCK))
    venv = os.path.join(root, VENV)
    if lock and pins(lock) <= installed(sys.path):
        return True
    if not is_ready(venv, lock):
        return False
    ours = [root, packages_of(venv)]
    system = ("site-packages", "dist-packages")
    rest = [at for at in sys.path if at not in ours and os.path.basename(at) not in system]
    sys.path[:] = ours + rest
    sys.executable = python_of(venv)
    return True


def is_ready(venv: str, lock: str) -> bool:
    """Tell whether an environment has the locked packages for this Python, whoever made it."""
    return (
        read(os.path.join(venv, STAMP)) in ("", stamp(lock))
        and pins(lock) <= installed([packages_of(venv)])
        and os.path.exists(python_of(venv))
    )


def stamp(lock: str) -> str:
    """Say what an environment is good for: one minor version of Python, one platform, one lock."""
    python = f"{sys.implementation.cache_tag}{getattr(sys, 'abiflags', '')}"
    libc = getattr(sys.implementation, "_multiarch", "")
    return f"{python} {sys.platform} {libc} {MACHINE}\n{lock}"


def pins(lock: str) -> frozenset[str]:
    """List what every platform needs, as `name-version` in the spelling of a .dist-info folder."""
    found = set()
    for line in lock.splitlines():
        pin, _, rest = line.partition(" ")
        name, equal, version = pin.partition("==")
        if equal and not rest.startswith(";"):
            found.add(f"{name.replace('-', '_').replace('.', '_')}-{version}")
    return frozenset(found)


def installed(folders: list[str]) -> frozenset[str]:
    """List, as `pins` does, what an import would find; the first folder that has a name wins."""
    versions: dict[str, str] = {}
    for folder in folders:
        for entry in entries(folder):
            if entry.endswith(".dist-info"):
                name, _, version = entry.removesuffix(".dist-info").lower().partition("-")
                versions.setdefault(name.replace(".", "_"), version)
    return frozenset(f"{name}-{version}" for name, version in versions.items())


def entries(folder: str) -> list[str]:
    """List a folder; an entry of sys.path may be an archive, or not be there."""
    try:
        return os.listdir(folder)
    except OSError:
        return []


def packages_of(venv: str) -> str:
    """Say where an environment for the running Python keeps its packages."""
    if sys.platform == "win32":
        place = os.path.join("Lib", "site-packages")
    else:
        free_threaded = "t" if "t" in sys.abiflags else ""
        python = f"python{sys.version_info.major}.{sys.version_info.minor}{free_threaded}"
        place = os.path.join("lib", python, "site-packages")
    return os.path.join(venv, place)


def python_of(venv: str) -> str:
    """Say where an environment keeps its Python."""
    if sys.platform == "win32":
        place = os.path.join("Scripts", "python.exe")
    else:
        place = os.path.join("bin", "python")
    return os.path.join(venv, place)


def read(path: str) -> str:
    """Read a file; one that cannot be read is empty."""
    try:
        with open(path, encoding="utf-8", newline="") as file:
            return file.read()
    except (OSError, UnicodeDecodeError):
        return ""
