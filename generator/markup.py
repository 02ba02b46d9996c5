"""The elements that a reader may emit: everything else in a source is text.

They are HTML's own names, but for a few of ours, which pages draw in their own way:
``thread`` (attrs ``announced``), ``comment`` (``label``, ``by``, ``date``, ``re``),
``footnotes`` and ``footnote`` (``number``) contain blocks; ``footnote-ref`` (``number``) is a
mark in the text and ``transclusion`` (``href``) a passage shown in place.
"""

CONTAINERS = frozenset(
    "ul ol li blockquote dl figure thread comment footnotes footnote details".split()
)
LEAVES = frozenset("p h1 h2 h3 h4 h5 h6 pre table dt dd figcaption summary caption".split())
ROWS = frozenset("thead tbody tfoot tr th td".split())
INLINES = frozenset(
    "a em strong s del ins code kbd samp var sub sup b i u small q cite abbr dfn mark bdi bdo "
    "ruby rt rp time span".split()
)
VOIDS = frozenset("br hr img footnote-ref transclusion".split())
BLOCKS = CONTAINERS | LEAVES | ROWS
HEADINGS = frozenset("h1 h2 h3 h4 h5 h6".split())

ATTRIBUTES = frozenset(
    "id class href title src alt lang dir start align colspan rowspan scope announced label by "
    "date re number language datetime value".split()
)
