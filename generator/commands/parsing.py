"""The grammar of the command line: its commands, their options, and what these are for."""

import argparse
import re
from collections.abc import Iterator, Sequence
from typing import NoReturn

from generator import __version__
from generator.commands.answering import USAGE, tell
from generator.stances import ActorKind

RIGHTS = ("full", "excerpt", "quote", "link")
# The careful choice: who may publish more says so.
DEFAULT_RIGHTS = "quote"
ACTOR_KINDS = tuple(map(str, ActorKind))
# The options that take the word behind them; a test holds this against the parser.
TAKE_VALUES = frozenset(
    "--root --output --base-url --format --color --id --rights --cache --jobs --executor "
    "--title --from --name --kind --proposition --at --gist --by --file --port".split()
)
_OPTION = re.compile(r"-(?![0-9]|\Z)\S*\Z")


def parse(argv: Sequence[str]) -> argparse.Namespace:
    """Return the options of *argv*, among them the ``command``; `build` if it names none.

    Raises ``SystemExit`` for what is no command line of ours, and for ``--help``.
    """
    words = list(_find_words(argv))
    if not words and not {"-h", "--help"} & set(argv):
        argv, words = ["build", *argv], [0]
    # A command may stand anywhere among the options; that of `new` is two words.
    command = words[: 2 if words and argv[words[0]] == "new" else 1]
    if [argv[at] for at in command] == ["test"]:
        others = [word for at, word in enumerate(argv) if at not in command]
        # All but the question for help is for pytest, which has options of its own.
        asks = {"-h", "--help"} & set(others)
        test = make_parser().parse_args(["test", *asks])
        test.arguments = others
        return test
    # Options first: argparse would not take words that stand on both sides of one.
    rest = words[len(command) :]
    options = [word for at, word in enumerate(argv) if at not in words and word != "--"]
    behind = ["--", *(argv[at] for at in rest)] if rest else []
    return make_parser().parse_args([*(argv[at] for at in command), *options, *behind])


def _find_words(argv: Sequence[str]) -> Iterator[int]:
    """Yield where the words stand that are neither options nor the values of some.

    As argparse has it, what holds a space is no option, and neither is a negative number; behind
    ``--`` there are none.
    """
    takes_value = False
    for at, word in enumerate(argv):
        if word == "--":
            yield from range(at + 1, len(argv))
            return
        if not takes_value and not _OPTION.match(word):
            yield at
        takes_value = not takes_value and word in TAKE_VALUES


class _Parser(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        """Say what is wrong with the command line on one line, and how to see what is right."""
        tell(f"{message} (see `--help`)")
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
    _add_serving(
        commands.add_parser(
            "serve", help="show the site here while it is written", allow_abbrev=False
        )
    )
    imports = commands.add_parser(
        "import", help="turn a scraped page into a source", allow_abbrev=False
    )
    _add_common(imports)
    imports.add_argument("file", metavar="FILE", help="a page as plain text or HTML")
    imports.add_argument("--id", help="the source's id (made from the title)")
    _add_rights(imports)
    _add_new(commands.add_parser("new", help="start something new", allow_abbrev=False))
    explain = commands.add_parser(
        "explain",
        help="say what a message means, or why a page was made again",
        allow_abbrev=False,
    )
    explain.add_argument("code", metavar="CODE-or-URL")
    explain.add_argument("--root", metavar="DIR", help="a folder with a site.toml")
    explain.add_argument("--cache", metavar="DIR", help="where what was made is kept (.postil/)")
    test = commands.add_parser("test", help="run the tests", allow_abbrev=False)
    test.add_argument("arguments", nargs="*", help="handed to pytest, options too")
    return parser


def _add_common(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--root", metavar="DIR", help="a folder with a site.toml")
    _add_speaking(parser)


def _add_speaking(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--format", choices=("text", "json", "github"), default="text")
    parser.add_argument("--color", choices=("auto", "always", "never"), default="auto")
    parser.add_argument("-q", "--quiet", action="store_true", help="errors only")
    parser.add_argument("-v", "--verbose", action="store_true", help="say what takes how long")
    parser.add_argument("--version", action="version", version=f"postil {__version__}")


def _add_making(parser: argparse.ArgumentParser) -> None:
    _add_common(parser)
    _add_plan(parser)
    parser.add_argument("--strict", action="store_true", help="warnings count as problems")
    parser.add_argument("--output", metavar="DIR", help="where the site goes (site/)")
    parser.add_argument(
        "--executor", metavar="URL", default="", help="a Dask cluster, dask://host:port"
    )


def _add_serving(parser: argparse.ArgumentParser) -> None:
    _add_common(parser)
    _add_plan(parser)
    parser.add_argument(
        "--port", type=_port, default=8000, metavar="N", help="where (8000, or the next free one)"
    )
    parser.add_argument("--poll", action="store_true", help="look for changes every second")


def _add_plan(parser: argparse.ArgumentParser) -> None:
    """Add what may be asked of a build, wherever it goes."""
    parser.add_argument("--drafts", action="store_true", help="publish drafts too, marked")
    parser.add_argument(
        "--base-url", type=_address, metavar="URL", help="the address the site will have"
    )
    parser.add_argument(
        "--private",
        action="store_true",
        help="all texts that are here, whatever their rights, into site-private/",
    )
    parser.add_argument("--clean", action="store_true", help="use nothing of earlier builds")
    parser.add_argument("--cache", metavar="DIR", help="where to keep what was made (.postil/)")
    parser.add_argument(
        "--jobs", type=_count, default=0, metavar="N", help="processes (as many as processors)"
    )


def _add_new(parser: argparse.ArgumentParser) -> None:
    kinds = parser.add_subparsers(metavar="what", dest="what", required=True, parser_class=_Parser)

    def add(what: str, metavar: str, help: str) -> argparse.ArgumentParser:
        each = kinds.add_parser(what, help=help, allow_abbrev=False)
        each.add_argument("name", metavar=metavar)
        return each

    note = add("note", "SOURCE", "a note about words of a source")
    note.add_argument(
        "words",
        metavar="WORDS",
        nargs="*",
        help="the words, as in a quotation: with ** around the exact ones, ... for a gap, and "
        '"— p3" at the end if that is needed',
    )
    note.add_argument("--at", metavar="PLACE", help="where: p3, p3-p5, c2, L10, #heading")
    note.add_argument("--gist", help="what the note says, in one line (the words quoted)")
    note.add_argument("--by", metavar="ID", help="who writes it")
    note.add_argument("--id", help="the note's id (made of the gist or the words)")
    note.add_argument("--file", metavar="PATH", help="the file it goes into (one that has others)")
    source = add("source", "ID", "a text to comment on")
    source.add_argument("--title", help="what it is called (made from the text or the id)")
    source.add_argument("--from", dest="text", metavar="FILE", help="its text, which is copied")
    _add_rights(source)
    actor = add("actor", "ID", "somebody who holds positions, or speaks")
    actor.add_argument("--name", dest="title", help="what it is called (made from the id)")
    actor.add_argument("--kind", default="group", choices=ACTOR_KINDS, help="what it is (group)")
    issue = add("issue", "ID", "something that positions are held on")
    issue.add_argument("--proposition", help="what there is to be for or against, one sentence")
    page = add("page", "SLUG", "a free page")
    page.add_argument("--title", help="what it is called (made from the slug)")
    theme = add("theme", "NAME", "a theme that changes the default one")
    for each in (note, source, actor, issue, page, theme):
        _add_common(each)
    site = add("site", "FOLDER", "a site of its own")
    site.add_argument("--title", help="what it is called (made from the folder's name)")
    _add_speaking(site)


def _add_rights(parser: argparse.ArgumentParser) -> None:
    help = f"how much may be published ({DEFAULT_RIGHTS}: only what notes quote)"
    parser.add_argument("--rights", default=DEFAULT_RIGHTS, choices=RIGHTS, help=help)


def _count(word: str) -> int:
    """Return a number of processes; raises ``ValueError``, as argparse wants it."""
    number = int(word)
    if number < 0:
        raise ValueError(word)
    return number


def _port(word: str) -> int:
    """Return a port; raises what argparse shows."""
    if word.isdecimal() and word.isascii() and int(word) < 65536:
        return int(word)
    raise argparse.ArgumentTypeError(f"{word!r} is no port: a number from 0 to 65535")


def _address(word: str) -> str:
    """Return the address of a site, empty for none; raises what argparse shows."""
    if not word or re.fullmatch(r"(?i:https?)://[^\s/?#]+(?:/[^\s?#]*)?", word):
        return word
    help = "write it with its beginning, as in https://example.org/notes/"
    raise argparse.ArgumentTypeError(f"{word!r} is no address of a site: {help}")
