"""The command line: what is asked, what is shown, how it ends."""

import argparse
import os
import signal
import sys
import time
import traceback
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, NoReturn

from generator import __version__
from generator.terminal import Progress, say

FINE, PROBLEMS, USAGE, MACHINE, FAULT, INTERRUPTED = 0, 1, 2, 3, 70, 130
HOME = Path(__file__).resolve().parents[1]
_TAKE_VALUES = frozenset(
    "--root --output --base-url --format --color --id --rights --cache --jobs --executor "
    "--port".split()
)
_SUITE = (
    "(tests/browser/ and tests/cluster/, which need a browser and a cluster, are selections of "
    "their own: .ci/run installs what they need and runs them)"
)


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code; see ``--help`` for what the codes mean."""
    try:
        return _run(list(sys.argv[1:] if argv is None else argv))
    except KeyboardInterrupt:
        say("interrupted")
        return INTERRUPTED
    except BrokenPipeError:
        # Whoever read our output has had enough; the rest must not fail once more at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return FINE
    except Exception:
        traceback.print_exc()
        say(f"this is a fault in postil {__version__}, not in your files: please report it")
        return FAULT


def _run(argv: list[str]) -> int:
    parser = _make_parser()
    at = _find_command(argv)
    if at is None and not {"-h", "--help"} & set(argv):
        argv, at = ["build", *argv], 0
    # A command may stand anywhere among the options.
    options = parser.parse_args(argv if at is None else [argv[at], *argv[:at], *argv[at + 1 :]])
    action: Callable[[argparse.Namespace], int] = options.action
    return action(options)


def _find_command(argv: Sequence[str]) -> int | None:
    """Return where the first word stands that is neither an option nor the value of one."""
    takes_value = False
    for at, word in enumerate(argv):
        if not word.startswith("-") and not takes_value:
            return at
        takes_value = word in _TAKE_VALUES
    return None


class _Parser(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        """Say what is wrong with the command line on one line, and how to see what is right."""
        say(f"{message} (see `--help`)")
        raise SystemExit(USAGE)


def _make_parser() -> argparse.ArgumentParser:
    parser = _Parser(
        prog="build.py",
        description="Postil: from texts and their annotations to a cross-linked static site.",
        epilog="Exit codes: 0 fine, 1 problems in the input, 2 usage or settings, 3 the machine, "
        "70 a fault of ours, 130 interrupted. Without a command: build.",
        allow_abbrev=False,
    )
    parser.add_argument("--version", action="version", version=f"postil {__version__}")
    commands = parser.add_subparsers(metavar="command", required=True, parser_class=_Parser)
    build = commands.add_parser("build", help="build the site (the default)", allow_abbrev=False)
    check = commands.add_parser("check", help="do all but write", allow_abbrev=False)
    for each, action in ((build, _build), (check, _check)):
        _add_common(each)
        _add_plan(each)
        each.set_defaults(action=action)
        each.add_argument("--strict", action="store_true", help="warnings count as problems")
        each.add_argument("--output", metavar="DIR", help="where the site goes (site/)")
        each.add_argument(
            "--executor", metavar="URL", default="", help="a Dask cluster, dask://host:port"
        )
    serve = commands.add_parser(
        "serve", help="show the site here while it is written", allow_abbrev=False
    )
    _add_common(serve)
    _add_plan(serve)
    serve.set_defaults(action=_serve)
    serve.add_argument(
        "--port", type=_port, default=8000, metavar="N", help="where (8000, or the next free one)"
    )
    serve.add_argument("--poll", action="store_true", help="look for changes every second")
    imports = commands.add_parser(
        "import", help="turn a scraped page into a source", allow_abbrev=False
    )
    _add_common(imports)
    imports.add_argument("file", metavar="FILE", help="a page as plain text or HTML")
    imports.add_argument("--id", help="the source's id (made from the title)")
    imports.add_argument(
        "--rights",
        default="quote",
        choices=("full", "excerpt", "quote", "link"),
        help="how much may be published (quote: only what notes quote)",
    )
    imports.set_defaults(action=_import)
    explain = commands.add_parser(
        "explain",
        help="say what a message means, or why a page was made again",
        allow_abbrev=False,
    )
    explain.add_argument("code", metavar="CODE-or-URL")
    explain.add_argument("--root", metavar="DIR", help="a folder with a site.toml")
    explain.add_argument("--cache", metavar="DIR", help="where what was made is kept (.postil/)")
    explain.set_defaults(action=_explain)
    test = commands.add_parser("test", help="run the tests", allow_abbrev=False)
    test.add_argument("arguments", nargs=argparse.REMAINDER, help="handed to pytest")
    test.set_defaults(action=_test)
    return parser


def _add_common(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--root", metavar="DIR", help="a folder with a site.toml")
    parser.add_argument("--format", choices=("text", "json", "github"), default="text")
    parser.add_argument("--color", choices=("auto", "always", "never"), default="auto")
    parser.add_argument("-q", "--quiet", action="store_true", help="errors only")
    parser.add_argument("-v", "--verbose", action="store_true", help="say what takes how long")
    parser.add_argument("--version", action="version", version=f"postil {__version__}")


def _add_plan(parser: argparse.ArgumentParser) -> None:
    """Add what may be asked of a build, wherever it goes."""
    parser.add_argument("--drafts", action="store_true", help="publish drafts too, marked")
    parser.add_argument("--base-url", metavar="URL", help="the address the site will have")
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


def _build(options: argparse.Namespace) -> int:
    return _make(options, write=True)


def _check(options: argparse.Namespace) -> int:
    return _make(options, write=False)


def _make(options: argparse.Namespace, *, write: bool) -> int:
    # Imported here: `--version` and `explain` need none of it, and it is most of the start-up.
    from generator.clusters import SCHEME, ClusterRefused
    from generator.output import OutputRefused
    from generator.plans import Plan
    from generator.reporting import Manner, count_problems, show_report
    from generator.unchanged import build_noted, recall

    root = _find_root(options)
    if not _is_site(root):
        return USAGE
    output = Path(options.output) if options.output else _usual_output(options, root)
    facts = _plan_facts(options, root)
    plan = Plan(root, output if write else None, executor=options.executor, **facts)
    if options.executor and not options.executor.startswith(SCHEME):
        say(f"{options.executor!r} is no cluster: write --executor {SCHEME}host:port")
        return USAGE
    start = time.perf_counter()
    with Progress(wanted=_wants_progress(options)) as progress:
        try:
            report = recall(plan)
            if report is None:
                # Where nothing changed, this is not imported.
                from generator.pipeline import build

                report = build_noted(plan, build, progress.note)
        except OutputRefused as refusal:
            progress.end()
            say(str(refusal))
            return USAGE
        except ClusterRefused as refusal:
            progress.end()
            say(str(refusal))
            return MACHINE
        except OSError as error:
            progress.end()
            say(f"cannot read or write {error.filename or output}: {error.strerror or error}")
            return MACHINE
    where = _shown_path(output) if write and report.pages else ""
    show_report(report, Manner(**_manner_facts(options)), where, time.perf_counter() - start)
    errors, warnings = count_problems(report)
    if report.settings_failed:
        return USAGE
    return PROBLEMS if errors or (options.strict and warnings) else FINE


def _is_site(root: Path) -> bool:
    """Tell whether there is a site at *root*, and say so if not."""
    if (root / "site.toml").is_file():
        return True
    say(f"{root} has no site.toml: name the folder of a site with --root")
    return False


def _plan_facts(options: argparse.Namespace, root: Path) -> dict[str, Any]:
    """Return what was asked for of a plan, by name."""
    return {
        "base_url": options.base_url,
        "drafts": options.drafts,
        "cache": _choose_cache(options, root),
        "clean": options.clean,
        "jobs": options.jobs,
        "private": options.private,
    }


def _serve(options: argparse.Namespace) -> int:
    from generator.plans import Plan
    from generator.reporting import Manner, Terminal
    from generator.serving.loop import serve

    root = _find_root(options)
    if not _is_site(root):
        return USAGE
    for name in ("SIGTERM", "SIGHUP"):
        if hasattr(signal, name):
            signal.signal(getattr(signal, name), _end)
    plan = Plan(root, _usual_output(options, root), **_plan_facts(options, root))
    progress = Progress(wanted=_wants_progress(options))
    terminal = Terminal(Manner(**_manner_facts(options)), progress)
    try:
        serve(plan, options.port, terminal, poll=options.poll)
    except OSError as error:
        say(f"cannot serve at port {options.port}: {error.strerror or error}")
        return MACHINE


def _end(number: int, _: object) -> NoReturn:
    """End as a program does that a signal ended, but put everything away first."""
    raise SystemExit(128 + number)


def _usual_output(options: argparse.Namespace, root: Path) -> Path:
    return root / ("site-private" if options.private else "site")


def _choose_cache(options: argparse.Namespace, root: Path) -> Path:
    return (Path(options.cache).resolve() if options.cache else root / ".postil") / "store"


def _count(word: str) -> int:
    """Return a number of processes; raises ``ValueError``, as argparse wants it."""
    number = int(word)
    if number < 0:
        raise ValueError(word)
    return number


def _port(word: str) -> int:
    """Return a port; raises ``ValueError``, as argparse wants it."""
    number = int(word)
    if not 0 <= number < 65536:
        raise ValueError(word)
    return number


def _find_root(options: argparse.Namespace) -> Path:
    """Return the site's folder: the one named, the one of build.py, else the current one."""
    if options.root:
        return Path(options.root).resolve()
    return HOME if (HOME / "build.py").is_file() else Path.cwd()


def _shown_path(path: Path) -> str:
    try:
        return str(path.resolve().relative_to(Path.cwd())) + os.sep
    except ValueError:
        return str(path) + os.sep


def _import(options: argparse.Namespace) -> int:
    from generator.diagnostics import Severity
    from generator.drawing import severity_of
    from generator.importing import draw_report, import_page, write_import
    from generator.reporting import show_problems
    from generator.scan import salvage

    root = _find_root(options)
    try:
        content = Path(options.file).read_bytes()
        made = import_page(
            content, os.path.basename(options.file), id=options.id or "", rights=options.rights
        )
        problems = made.diagnostics
        if made.value is not None:
            written = write_import(root, made.value)
            problems += written.diagnostics
    except OSError as error:
        say(f"cannot read or write {error.filename or options.file}: {error.strerror or error}")
        return MACHINE
    if made.value is not None and written.value:
        print(draw_report(made.value.report))
        say("wrote " + " and ".join(written.value))
        if options.rights != "full":
            say(
                f'its rights are "{options.rights}", and git ignores its words; if it may be '
                "published whole, import it with --rights full"
            )
    texts = {os.path.basename(options.file): salvage(options.file, content)}
    show_problems(problems, texts, options.format, colour=_wants_colour(options))
    return PROBLEMS if any(severity_of(each) == Severity.ERROR for each in problems) else FINE


def _explain(options: argparse.Namespace) -> int:
    from generator.catalogue import CODES
    from generator.words import nearest

    code = CODES.get(options.code)
    if code is None and options.code.endswith(".html"):
        return _explain_page(options)
    if code is None:
        close = nearest(options.code, list(CODES))
        say(f"there is no code {options.code!r}" + (f": did you mean {close!r}?" if close else ""))
        return USAGE
    print(f"{options.code} ({code.severity})\n\n{code.explanation}")
    return FINE


def _explain_page(options: argparse.Namespace) -> int:
    """Say why the page at an address of the site was made the last time that it was."""
    from generator.maker import digest_program
    from generator.reasons import recall_reason
    from generator.store import Store

    store = Store(_choose_cache(options, _find_root(options)), digest_program())
    reason = recall_reason(store, options.code)
    store.close()
    if reason is None:
        say(f"nothing is kept of a page {options.code!r}: build the site, then ask again")
        return USAGE
    print(f"{options.code} was made the last time because " + ", and ".join(reason.words))
    return FINE


def _test(options: argparse.Namespace) -> int:
    import pytest

    os.chdir(HOME)
    left_out = ["--ignore=tests/browser", "--ignore=tests/cluster"]
    code = pytest.main([*left_out, *(options.arguments or ["tests"])])
    sys.stdout.flush()
    print(_SUITE)
    return FINE if code == 0 else PROBLEMS


def _manner_facts(options: argparse.Namespace) -> dict[str, Any]:
    """Return how a report is to be shown, by name."""
    return {
        "format": options.format,
        "colour": _wants_colour(options),
        "quiet": options.quiet,
        "verbose": options.verbose,
    }


def _wants_progress(options: argparse.Namespace) -> bool:
    return options.format == "text" and not options.quiet


def _wants_colour(options: argparse.Namespace) -> bool:
    if options.color != "auto":
        return bool(options.color == "always")
    if os.environ.get("NO_COLOR") or os.environ.get("TERM") == "dumb":
        return False
    return sys.stderr.isatty()
