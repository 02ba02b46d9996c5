"""The command `explain`."""

import argparse

from generator.catalogue import CODES
from generator.commands.answering import FINE, USAGE, choose_cache, find_root, tell
from generator.maker import digest_program
from generator.reasons import recall_reason
from generator.store import Store
from generator.words import nearest


def run_explain(options: argparse.Namespace) -> int:
    """Say what a message means, or why a page was made again."""
    code = CODES.get(options.code)
    if code is None and options.code.endswith(".html"):
        return _explain_page(options)
    if code is None:
        close = nearest(options.code, list(CODES))
        tell(f"there is no code {options.code!r}" + (f": did you mean {close!r}?" if close else ""))
        return USAGE
    print(f"{options.code} ({code.severity})\n\n{code.explanation}")
    return FINE


def _explain_page(options: argparse.Namespace) -> int:
    """Say why the page at an address of the site was made the last time that it was."""
    store = Store(choose_cache(options, find_root(options)), digest_program())
    reason = recall_reason(store, options.code)
    store.close()
    if reason is None:
        tell(f"nothing is kept of a page {options.code!r}: build the site, then ask again")
        return USAGE
    print(f"{options.code} was made the last time because " + ", and ".join(reason.words))
    return FINE
