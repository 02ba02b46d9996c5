#!/usr/bin/env python3
# /// script
# requires-python = ">=3.11"
# dependencies = [
#   "hypothesis==6.170.15",
#   "jinja2==3.1.6",
#   "markdown-it-py==4.3.0",
#   "mdit-py-plugins==0.7.0",
#   "msgspec==0.22.0",
#   "pagefind-bin-extended==1.5.2; sys_platform != 'win32' or platform_machine != 'ARM64'",
#   "pygments==2.21.0",
#   "pytest==9.2.0",
#   "pyyaml==6.0.3",
#   "rich==15.0.0",
#   "selectolax==1.0.2",
#   "uvicorn==0.54.0",
#   "watchdog==7.1.0",
# ]
# ///
"""Run Postil, and first find or make the packages it needs.

This file keeps to Python 2.7's grammar: an old Python says one sentence, not a SyntaxError.
"""

import gc
import os
import sys

if sys.version_info < (3, 11):
    sys.stderr.write(
        "postil: build.py needs Python 3.11 or newer and %s is %d.%d\n"
        % (sys.executable, sys.version_info[0], sys.version_info[1])
    )
    sys.exit(3)

ROOT = os.path.dirname(os.path.abspath(__file__))


def main():
    # type: () -> int
    """Find the locked packages, or make a `.venv` that has them; then run the command."""
    sys.path[:] = [ROOT] + [at for at in sys.path if at != ROOT]
    from generator.environment import enter

    if not enter(ROOT):
        from generator.installing import install

        lack = install(ROOT)
        if lack:
            sys.stderr.write("postil: %s\n" % lack)
            return 3
        enter(ROOT)
    from generator.cli import main as command

    code = command(sys.argv[1:])
    # Python would look through all objects once more for circles, before the system takes all back.
    gc.freeze()
    return code


if __name__ == "__main__":
    try:
        sys.exit(main())
    except KeyboardInterrupt:
        sys.exit(130)
