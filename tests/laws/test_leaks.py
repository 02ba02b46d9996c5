"""The laws of leaks: what is found quickly is what there is, and nothing else."""

from hypothesis import example, given
from hypothesis import strategies as st

from generator.characters import fold_words
from generator.decoding import read_out, read_tag
from generator.leaks import find_leaks, set_trap
from generator.searching import Search, Wordings
from generator.skimming import Skimmer
from generator.spans import Span
from generator.store import Store
from generator.wording import (
    _PART,
    LINE_END,
    RUN,
    SIGN,
    WORD,
    find_runs,
    spell,
    spell_lines,
    take_apart,
)

SIGNS = st.sampled_from(
    [*"ab1_-.,'’*& \n\t\x85\xa0éßİΐ½ﬁ—…²一กああ́\0\ue000\u00ad\u0301\u1100\u1161\u05d0"]
)
TEXTS = st.lists(SIGNS | st.characters(), max_size=80).map("".join)
# Few words, so that runs repeat and overlap.
PROSE = st.lists(st.sampled_from(["a", "b", "c", "a-b", "一", "二", "."]), max_size=60).map(
    " ".join
)


@given(TEXTS)
def test_texts_are_spelt_as_their_folding_is(text):
    """The quick ways to spell a text tell what the definition tells."""
    expected = [part.casefold() for part in _PART.findall(fold_words(text))]

    assert expected == spell(text)
    assert expected == [part for part in spell_lines(text) if part != LINE_END]


@given(st.text("".join(map(chr, range(0x100, 0x900))), max_size=600))
def test_texts_of_many_signs_are_spelt_so_too(text):
    """Where signs are too many to be replaced one by one, the definition itself is asked."""
    assert [part.casefold() for part in _PART.findall(fold_words(text))] == spell(text)


@given(TEXTS)
def test_lines_end_where_they_do(text):
    """Between the parts of two lines stands one mark, however many lines are empty."""
    spelt, own = spell_lines(text), [spell(line) for line in text.split("\n")]
    lines: list[list[str]] = [[]]
    for part in spelt:
        lines = [*lines, []] if part == LINE_END else [*lines[:-1], [*lines[-1], part]]

    assert [line for line in own if line] == [line for line in lines if line]


@given(PROSE)
def test_runs_weigh_enough_and_no_more(text):
    """Each is the shortest from its first part on that may not be copied, and none is left out."""
    weights = take_apart(fold_words(text)).weights
    runs = [*find_runs(weights)]

    assert {SIGN, WORD, 0} >= {*weights}
    assert runs == [
        (start, end)
        for start in range(len(weights))
        for end in range(start, len(weights) + 1)
        if sum(weights[start:end]) >= RUN > sum(weights[start : end - 1])
    ]


@given(PROSE, PROSE, st.integers(0, 50), st.integers(0, 50))
def test_every_run_is_found_and_nothing_else(text, other, start, length):
    """A search at every fifth place misses none, wherever a copy begins."""
    wording = take_apart(fold_words(text))
    runs = {wording.parts[a:b] for a, b in find_runs(wording.weights)}
    searched = spell(f"{other} {' '.join(wording.parts[start : start + length])} {other}")
    found = {
        (hit.found.start, hit.found.end) for hit in find_leaks(set_trap({"s": wording}), searched)
    }

    there = {
        (at, at + len(run))
        for run in runs
        for at in range(len(searched))
        if tuple(searched[at : at + len(run)]) == run
    }
    assert {start for start, _ in there} == {start for start, _ in found}
    assert found <= there


@given(PROSE)
def test_a_hit_says_where_it_comes_from(text):
    """The parts of the source that it names are the parts that were found."""
    wording = take_apart(fold_words(text))
    for found, source, own in find_leaks(set_trap({"s": wording}), wording.parts):
        assert "s" == source
        assert wording.parts[slice(*found)] == wording.parts[slice(*own)]
        assert isinstance(own, Span)


# A text, and pages that are put together of its words and of what may stand among them.
SECRET = "one two three four five six seven eight nine ten"
WORDS = st.builds(
    lambda start, length, join: join.join(SECRET.split()[start : start + length]),
    st.integers(0, 9),
    st.integers(1, 9),
    st.sampled_from([" ", ", ", "%20", "&#32;", "\n", "<b> ", " </i>", "-"]),
)
MARKUP = st.sampled_from(
    [
        *(
            "<p>",
            "</p>",
            "<b>",
            "</b>",
            "<br>",
            "\n",
            " ",
            "&lt;",
            "&gt;",
            '"',
            "'",
            "<",
            ">",
            "=",
            "!",
        ),
        *('<img alt="', "<a title='", '">', "'>", "<a title=", "<!--", "-->", "<!DOCTYPE html>"),
        *('<a class="ref a1" href="#x">1</a>', '<a class="ref" title="a > b">2</a>', "<x y='>'>"),
        *(
            '<span class="gap">3 words</span>',
            '<p data-a="a > b" class=b>',
            "<script>",
            "&amp;#32;",
        ),
        '<meta name="description" content="',
    ]
)
PAGES = st.lists(st.lists(MARKUP | WORDS, max_size=14).map("".join), min_size=1, max_size=4)


def search_plainly(runs, page):
    """Return those of *runs* that *page* says, each text and each tag for itself."""
    said = read_out("a.html", page.encode())
    texts = (*said.texts, *(text for tag in said.tags for text in read_tag(tag)))
    spelt = [
        " ".join([part.casefold() for part in _PART.findall(fold_words(text))]) for text in texts
    ]
    return {run for run in runs if any(f" {run} " in f" {text} " for text in spelt)}


LEAK = " ".join(SECRET.split()[:8])


@given(PAGES)
@example([f"<img alt='{LEAK}'>"])
@example([f'<p class="some long class">{LEAK}', f'<p class="some long class">{LEAK}'])
@example([f'<img alt="{LEAK.replace(" ", "%20")}">', f'<img alt="{LEAK.replace(" ", "&#32;")}">'])
@example(["<one two three four five><six seven eight nine ten>"])
@example([f"<img alt={LEAK}>", f"<img alt='{LEAK[:-5]}'><img alt='{LEAK[-5:]}'>"])
def test_pages_are_searched_as_if_each_was_the_only_one(pages):
    """What is remembered of one page, or done to be quick, hides nothing of the next one."""
    wording = take_apart(fold_words(SECRET))
    runs = {" ".join(wording.parts[a:b]) for a, b in find_runs(wording.weights)}
    search = Search(Wordings({"s": SECRET}), Store(None, ""))
    for number, page in enumerate([*pages, *pages]):
        for path in ("a.html", "a.xhtml"):
            found = search.search_output(path, page.encode(), str(number))
            own = {" ".join(wording.parts[slice(*copied.own)]) for copied in found}
            assert search_plainly(runs, page) == own


@given(PAGES)
@example(['<p class=a="b>one" two>', "<p class=a'b>one' two>", "<p =>one>", "<p class='a\">'>\">"])
@example(["<!-- a > b <p> --> c", "<!-- one > two -->", "<!DOCTYPE html><p>one<p", "<p <b>>"])
@example(['<a class="ref" href="#some-long-address">1</a>', '<a class="ref" href="#other-x">'])
def test_skimming_a_page_is_reading_it(pages):
    """A page that is skimmed says what it is defined to say, but for tags that were met before."""
    skimmer, met = Skimmer(), set()
    for page in pages:
        defined, skimmed = read_out("a.html", page.encode()), skimmer.read("a.html", page.encode())
        met |= {*skimmed.tags}
        assert defined.texts == skimmed.texts
        assert {*skimmed.tags} <= {*defined.tags} <= met
