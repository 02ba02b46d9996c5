"""The command `explain` for a page."""

import argparse

from generator.commands.answering import FINE, USAGE, choose_cache, find_root, tell
from generator.maker import digest_program
from generator.reasons import recall_reason
from generator.store import Store


def run_explain_page(options: argparse.Namespace) -> int:
    """Say why the page at an address of the site was made the last time that it was."""
    store = Store(choose_cache(options, find_root(options)), digest_program())
    reason = recall_reason(store, options.code)
    store.close()
    if reason is None:
        tell(f"nothing is kept of a page {options.code!r}: build the site, then ask again")
        return USAGE
    print(f"{options.code} was made the last time because " + ", and ".join(reason.words))
    return FINE
