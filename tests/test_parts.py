"""Parts of a reading page: their headings' levels, their direction, how far comments stand in."""

import re

import pytest

from generator.directions import find_direction
from tests.sites import Site


@pytest.fixture
def read(tmp_path):
    """Build a site whose letter has the given words, and return the letter's page."""

    def read(text: str) -> str:
        site = Site(tmp_path / "root").write("seeds/letter/text.md", text)
        return site.remove("content/annotations/letter.md").build().page("sources/letter.html")

    return read


@pytest.mark.parametrize(
    ("ranks", "levels"),
    [
        ([2, 2, 2], [2, 2, 2]),
        ([1, 2, 2, 1, 2], [2, 3, 3, 2, 3]),
        ([3, 2, 2], [2, 2, 2]),
        ([1, 6, 3, 6, 2], [2, 3, 3, 4, 3]),
        ([1, 2, 3, 4, 5, 6], [2, 3, 4, 5, 6, 6]),
    ],
)
def test_headings_of_one_rank_have_one_level_and_none_is_skipped(read, ranks, levels):
    """A heading is one level below the nearest one of higher rank before it."""
    heads = [f"{'#' * rank} Part {number}" for number, rank in enumerate(ranks)]
    page = read("\n\n".join([*heads, "Words.\n"]))

    assert levels == [int(level) for level in re.findall(r"<h(\d)>Part", page)]


@pytest.mark.parametrize(
    ("text", "direction"),
    [
        ("أنا أنادي", "rtl"),
        ("Lloyd's لا يؤمّن بعد الفجر", "rtl"),
        ("The word بحر means sea", "ltr"),
        ("12, 13", "otherwise"),
    ],
)
def test_most_letters_give_the_direction(text, direction):
    """One word in another script does not turn a paragraph round; numbers decide nothing."""
    assert direction == find_direction(text, "otherwise")


def test_a_block_says_its_direction_where_it_is_another(read):
    """A page runs as most of its letters do, and marks the blocks that run against it."""
    page = read("The bell says this, as far as I can make it out:\n\nأنا أنادي والبحر يجيب\n")

    assert 'class="text" lang="en" dir="ltr"' in page
    assert ['<div class="words" dir="rtl">'] == re.findall(r'<div class="words" dir=.*?>', page)


def test_comments_stand_in_only_below_one_with_several_answers(read):
    """A single answer is not indented, several are; the fourth step is the last."""
    replies = ["c1", "c1", "c2", "c3", "c3", "c5", "c5", "c7", "c7", "c9", "c9", "c11", "c11"]
    heads = ["### {#c1}", *(f"### {{#c{n} re={to}}}" for n, to in enumerate(replies, start=2))]
    letters = "\n\n".join(f"{head}\n\nSo." for head in heads)
    page = read(f"Words.\n\n## Letters {{.thread}}\n\n{letters}\n")
    found = re.findall(r'class="comment(?: d(\d))?" id="c(\d+)"', page)

    depths = {int(comment): int(depth or 0) for depth, comment in found}
    assert [0, 1, 1, 1, 2, 2, 3, 3, 4, 4, 4, 4, 4, 4] == [depths[n] for n in range(1, 15)]
