"""Reading pages as a browser lays them out: which words stand in the frame and turn it."""

import re
from html.parser import HTMLParser

VOID = frozenset("area base br col hr img input link meta source track wbr".split())
# What is written in here has a direction of its own, or is code.
APART = frozenset("bdi blockquote code kbd pre script style text".split())
SPOKEN = frozenset("aria-label title alt placeholder".split())
ISOLATED = re.compile("\u2068[^\u2068\u2069]*\u2069")


def bare(words):
    """Return *words* without what is isolated in them, however deep."""
    while (less := ISOLATED.sub("", words)) != words:
        words = less
    return words


class Frame(HTMLParser):
    """The words of a page that stand in its frame: in no element with a direction of its own."""

    def __init__(self):
        super().__init__()
        self.open, self.words, self.attributes = [], [], []

    def handle_starttag(self, tag, attrs):
        given = dict(attrs)
        for name in SPOKEN & given.keys():
            self.attributes.append((tag, name, given[name]))
        if tag in VOID:
            return
        inside = self.open[-1][1] if self.open else True
        classes = (given.get("class") or "").split()
        if tag in APART or given.get("dir") == "auto" or "words" in classes or "body" in classes:
            inside = False
        elif given.get("dir"):
            inside = "text" not in classes and "theirs" not in classes
        self.open.append((tag, inside))

    def handle_endtag(self, tag):
        assert self.open.pop()[0] == tag

    def handle_data(self, data):
        if data.strip() and self.open and self.open[-1][1]:
            self.words.append((self.open[-1][0], data))


def find_turning(html, foreign, known=()):
    """Return what in the frame of *html* has *foreign* letters that are not isolated.

    *foreign* is a pattern, and *known* are such words of the interface itself.
    """
    page = Frame()
    page.feed(html)
    page.close()
    assert not page.open
    found = []
    for *place, words in (*page.words, *page.attributes):
        left = bare(words)
        for word in known:
            left = left.replace(word, "")
        if re.search(foreign, left):
            found.append((*place, words.strip()))
    return found
