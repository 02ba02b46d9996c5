"""Time anchoring, in seconds of this process: ``python -m benchmarks.anchoring [--huge]``."""

import random
import statistics
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from functools import partial

from generator.anchoring import anchor
from generator.model import Document, Element, Locator, Target, TextQuoteSelector
from generator.spans import Span

_LATIN = "eeeeetttaaaooiinnsshhrrdllucmfwygpbvk"
_CYRILLIC = "ооооеееааииннттссрввллккммддппууяыьгзбчйхжшюцщ"
_SIGNS = str.maketrans({"'": "’", "-": "—"})


def make_document(length: int, letters: str = _LATIN) -> Document:
    """Return a document of about *length* characters in paragraphs, the same at every call."""
    chance = random.Random(length)
    words = ["".join(chance.choices(letters, k=chance.randint(2, 10))) for _ in range(8000)]
    weights = [1 / rank for rank in range(1, len(words) + 1)]
    paragraphs: list[str] = []
    while sum(map(len, paragraphs)) < length:
        chosen = chance.choices(words, weights, k=chance.randint(40, 160))
        joints = chance.choices([" ", ", ", " - ", ". "], [60, 6, 1, 6], k=len(chosen))
        paragraphs.append("".join(map("".join, zip(chosen, joints, strict=True))).strip() + ".")
    text = "\n".join(paragraphs).translate(_SIGNS)
    elements, locators, start = [], [], 0
    for number, paragraph in enumerate(paragraphs, 1):
        span = Span(start, start + len(paragraph))
        elements.append(Element(span, 0, "p"))
        locators.append(Locator(f"p{number}", "paragraph", span, f"p{number}"))
        start = span.end + 1
    return Document("source", "", text, tuple(elements), tuple(locators))


def make_targets(document: Document, count: int, *, placed: bool = False) -> list[Target]:
    """Return *count* quotations of four to thirty words; one in three has marks and context."""
    chance = random.Random(count)
    targets = []
    for number in range(count):
        locator = chance.choice(document.locators)
        words = document.text[slice(*locator.span)].replace("—", "-").split(" ")
        first = chance.randrange(max(len(words) - 30, 1))
        quoted = words[first : first + chance.randint(4, 30)]
        place = Span(100 * number, 100 * number + 50)
        plain = " ".join(quoted)
        readings = [(TextQuoteSelector(plain, place=place),)]
        if number % 3 == 0:
            before, exact, after = plain.partition(" ".join(quoted[1:3]))
            readings.insert(0, (TextQuoteSelector(f"{before}**{exact}**{after}", place=place),))
            readings[1] = (TextQuoteSelector(exact, before, after, place),)
        labels = (locator.label,) if placed else ()
        targets.append(
            Target("source", labels, tuple(readings), plain, f"notes-{number % 9}.md", place, place)
        )
    return targets


def spoil(targets: list[Target]) -> list[Target]:
    """Return *targets* with another letter in the middle of each quotation."""
    spoilt = []
    for target in targets:
        exact = target.quote
        middle = len(exact) // 2
        selector = TextQuoteSelector(exact[:middle] + "q" + exact[middle + 1 :], place=target.place)
        spoilt.append(replace(target, readings=((selector,),)))
    return spoilt


def shorten(target: Target) -> Target:
    """Return *target* with no more of its quotation than its first word."""
    selector = TextQuoteSelector(target.quote.split(" ")[0], place=target.place)
    return replace(target, readings=((selector,),))


def measure(name: str, call: Callable[[], object], runs: int = 7) -> None:
    """Print the least and the median time of *runs* calls."""
    times = []
    for _ in range(runs):
        start = time.process_time()
        call()
        times.append(time.process_time() - start)
    print(f"{name:<44} min {min(times):7.3f} s   median {statistics.median(times):7.3f} s")


def main() -> None:
    """Print a line for each measurement."""
    for script, letters in (("Latin", _LATIN), ("Cyrillic", _CYRILLIC)):
        document = make_document(300_000, letters)
        targets = make_targets(document, 2000)
        placed = make_targets(document, 2000, placed=True)
        spoilt = spoil(targets)
        found = anchor(document, targets).diagnostics
        print(f"{script}: {len(found)} of 2,000 not anchored as they should be")
        measure("  2,000 in 300 KB, all found", partial(anchor, document, targets))
        measure("  2,000 in 300 KB, with locators", partial(anchor, document, placed))
        measure("  2,000 in 300 KB, none found", partial(anchor, document, spoilt), 3)
        twins = [shorten(target) for target in targets]
        measure("  2,000 in 300 KB, most of them ambiguous", partial(anchor, document, twins), 3)
        measure("  20 in 300 KB, all found", partial(anchor, document, targets[:20]))
    if "--huge" in sys.argv[1:]:
        document = make_document(10_000_000)
        targets = make_targets(document, 10_000)
        measure("10,000 in 10 MB, all found", partial(anchor, document, targets), 3)
        measure("10,000 in 10 MB, none found", partial(anchor, document, spoil(targets)), 1)


if __name__ == "__main__":
    main()
