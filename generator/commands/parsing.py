"""The grammar of the command line: its commands, their options, and what these are for."""

import argparse
from collections.abc import Sequence
from typing import NoReturn

from generator import __version__
from generator.commands.answering import USAGE, say

RIGHTS = ("full", "excerpt", "quote", "link")
# Of these only the first can be built so far.
DEFAULT_RIGHTS = "full"
# The options that take the word behind them; a test holds this against the parser.
TAKE_VALUES = frozenset(
    "--root --output --base-url --format --color --id --rights --cache --jobs".split()
)


def parse(argv: Sequence[str]) -> argparse.Namespace:
    """Return the options of *argv*, among them the ``command``; `build` if it names none.

    Raises ``SystemExit`` for what is no command line of ours, and for ``--help``.
    """
    at = find_command(argv)
    if at is None and not {"-h", "--help"} & set(argv):
        argv, at = ["build", *argv], 0
    # A command may stand anywhere among the options.
    ordered = argv if at is None else [argv[at], *argv[:at], *argv[at + 1 :]]
    return make_parser().parse_args(ordered)


def find_command(argv: Sequence[str]) -> int | None:
    """Return where the first word stands that is neither an option nor the value of one."""
    takes_value = False
    for at, word in enumerate(argv):
        if not word.startswith("-") and not takes_value:
            return at
        takes_value = word in TAKE_VALUES
    return None


class _Parser(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        """Say what is wrong with the command line on one line, and how to see what is right."""
        say(f"{message} (see `--help`)")
        raise SystemExit(USAGE)


def make_parser() -> argparse.ArgumentParser:
    """Return the parser of all commands."""
    parser = _Parser(
        prog="build.py",
        description="Postil: from texts and their annotations to a cross-linked static site.",
        epilog="Exit codes: 0 fine, 1 problems in the input, 2 usage or settings, 3 the machine, "
        "70 a fault of ours, 130 interrupted. Without a command: build.",
        allow_abbrev=False,
    )
    parser.add_argument("--version", action="version", version=f"postil {__version__}")
    commands = parser.add_subparsers(
        metavar="command", dest="command", required=True, parser_class=_Parser
    )
    for name, words in (("build", "build the site (the default)"), ("check", "do all but write")):
        _add_making(commands.add_parser(name, help=words, allow_abbrev=False))
    imports = commands.add_parser(
        "import", help="turn a scraped page into a source", allow_abbrev=False
    )
    _add_common(imports)
    imports.add_argument("file", metavar="FILE", help="a page as plain text or HTML")
    imports.add_argument("--id", help="the source's id (made from the title)")
    _add_rights(imports)
    explain = commands.add_parser("explain", help="say what a message means", allow_abbrev=False)
    explain.add_argument("code", metavar="CODE")
    test = commands.add_parser("test", help="run the tests", allow_abbrev=False)
    test.add_argument("arguments", nargs=argparse.REMAINDER, help="handed to pytest")
    return parser


def _add_common(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--root", metavar="DIR", help="a folder with a site.toml")
    parser.add_argument("--format", choices=("text", "json", "github"), default="text")
    parser.add_argument("--color", choices=("auto", "always", "never"), default="auto")
    parser.add_argument("-q", "--quiet", action="store_true", help="errors only")
    parser.add_argument("-v", "--verbose", action="store_true", help="say what takes how long")
    parser.add_argument("--version", action="version", version=f"postil {__version__}")


def _add_making(parser: argparse.ArgumentParser) -> None:
    _add_common(parser)
    parser.add_argument("--drafts", action="store_true", help="publish drafts too, marked")
    parser.add_argument("--strict", action="store_true", help="warnings count as problems")
    parser.add_argument("--base-url", metavar="URL", help="the address the site will have")
    parser.add_argument("--output", metavar="DIR", help="where the site goes (site/)")
    parser.add_argument("--clean", action="store_true", help="use nothing of earlier builds")
    parser.add_argument("--cache", metavar="DIR", help="where to keep what was made (.postil/)")
    parser.add_argument(
        "--jobs", type=_count, default=0, metavar="N", help="processes (as many as processors)"
    )


def _add_rights(parser: argparse.ArgumentParser) -> None:
    help = f"how much may be published ({DEFAULT_RIGHTS})"
    parser.add_argument("--rights", default=DEFAULT_RIGHTS, choices=RIGHTS, help=help)


def _count(word: str) -> int:
    """Return a number of processes; raises ``ValueError``, as argparse wants it."""
    number = int(word)
    if number < 0:
        raise ValueError(word)
    return number
