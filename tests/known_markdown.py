"""Markdown made of parts whose words are known: what goes in must come out."""

from collections.abc import Callable

from hypothesis import strategies as st

Inline = tuple[str, str]
Block = tuple[list[str], list[str]]

WORDS = st.text(alphabet="abcäж漢", min_size=1, max_size=5)
PUNCTUATION = st.sampled_from("!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~")


def _span(mark: str) -> Callable[[Inline], Inline]:
    return lambda inner: (f"{mark}{inner[0]}{mark}", inner[1])


def _link(inner: Inline) -> Inline:
    return f"[{inner[0]}](<a b.md> 'title')", inner[1]


SIMPLE = st.one_of(
    WORDS.map(lambda word: (word, word)),
    PUNCTUATION.map(lambda sign: (f"x\\{sign}x", f"x{sign}x")),
    WORDS.map(lambda word: (f"``{word}  ` {word}``", f"{word}  ` {word}")),
    st.sampled_from([("&amp;", "&"), ("&#42;", "*"), ("&nbsp;x", "\u00a0x"), ("AT&T", "AT&T")]),
    st.sampled_from([("![alt *text*](u.png)x", "x"), ("<b>", "<b>"), ("<!-- y -->", "<!-- y -->")]),
    st.just(("<http://a.b/%20c>", "http://a.b/%20c")),
)
MARKED = st.one_of(
    SIMPLE,
    WORDS.map(lambda word: (word, word)).map(_span("*")),
    WORDS.map(lambda word: (word, word)).map(_span("**")),
    SIMPLE.filter(lambda pair: "http" not in pair[0]).map(_link),
)


def _join(parts: list[Inline], between: str, shown: str) -> Inline:
    return between.join(part[0] for part in parts), shown.join(part[1] for part in parts)


CELLS = st.lists(MARKED.filter(lambda pair: "|" not in pair[0]), min_size=1, max_size=3).map(
    lambda parts: _join(parts, " ", " ")
)
LINES = st.lists(
    st.lists(MARKED, min_size=1, max_size=4).map(lambda parts: _join(parts, " ", " ")),
    min_size=1,
    max_size=3,
)


@st.composite
def paragraphs(draw: st.DrawFn) -> Block:
    # A letter first, so that no line begins like another block.
    parts = [(f"p {markdown}", f"p {words}") for markdown, words in draw(LINES)]
    end = draw(st.sampled_from(["", "  ", "\\"]))
    lines = [f"{markdown}{end}" for markdown, _ in parts[:-1]] + [parts[-1][0]]
    return lines, ["\n".join(words for _, words in parts)]


@st.composite
def headings(draw: st.DrawFn) -> Block:
    markdown, words = draw(CELLS)
    level = draw(st.integers(1, 6))
    return [f"{'#' * level} h {markdown} h {'#' * draw(st.integers(0, 3))}"], [f"h {words} h"]


@st.composite
def codes(draw: st.DrawFn) -> Block:
    lines = draw(st.lists(st.text(alphabet="a*_ <&>{#}[]", max_size=8), min_size=1, max_size=3))
    return ["~~~ python", *lines, "~~~"], ["\n".join(lines)]


@st.composite
def tables(draw: st.DrawFn) -> Block:
    width = draw(st.integers(1, 3))
    rows = draw(st.lists(st.lists(CELLS, min_size=width, max_size=width), min_size=1, max_size=3))
    drawn = [f"| {' | '.join(markdown for markdown, _ in row)} |" for row in rows]
    return [drawn[0], "|---" * width + "|", *drawn[1:]], [words for row in rows for _, words in row]


def _stack(blocks: list[Block]) -> Block:
    """Put blocks below each other, an empty line between two."""
    lines = [line for block, _ in blocks for line in ["", *block]][1:]
    return lines, [words for _, inner in blocks for words in inner]


def _quote(block: Block) -> Block:
    return [f"> {line}".rstrip(" ") if not line else f"> {line}" for line in block[0]], block[1]


def _list(marker: str) -> Callable[[list[Block]], Block]:
    def item(block: Block) -> Block:
        lines = [f"{' ' * len(marker)}{line}" if line else "" for line in block[0]]
        return [marker + block[0][0], *lines[1:]], block[1]

    return lambda blocks: _stack([item(block) for block in blocks])


LEAVES = st.one_of(paragraphs(), headings(), codes(), tables())
BLOCKS = st.recursive(
    LEAVES,
    lambda inner: st.one_of(
        st.lists(inner, min_size=1, max_size=2).map(_stack).map(_quote),
        st.lists(inner, min_size=1, max_size=3).map(_list("- ")),
        st.lists(inner, min_size=1, max_size=3).map(_list("7) ")),
    ),
    max_leaves=8,
)


@st.composite
def sources(draw: st.DrawFn) -> tuple[str, list[str]]:
    """Draw a source with its words, leaf by leaf."""
    blocks = draw(st.lists(BLOCKS, min_size=1, max_size=4))
    # A comment parts two lists or two quotations, as authors do it: it would be text here.
    apart = [each for block in blocks for each in (block, (["***"], []))]
    lines, words = _stack(apart)
    notes = draw(st.lists(paragraphs(), max_size=2))
    for number, (body, inner) in enumerate(notes):
        lines += ["", f"[^{number}]: {body[0]}", *(f"    {line}" for line in body[1:])]
        words += inner
    return "\n".join(lines), words
