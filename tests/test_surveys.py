"""Surveys: which files are known to hold what they held, by their looks alone."""

import stat

from generator.surveys import Look, Survey, find_same

HOUR = 3600 * 10**9
OLD = Look(stat.S_IFREG, 5, 1, 1, 7, "known")


def find(before, now=None):
    """Return what is told of one file that looked like *before* an hour ago and like *now*."""
    looked = Survey({"a.md": before}, HOUR)
    return list(find_same(looked, Survey({"a.md": now or before}, 2 * HOUR)))


def test_an_old_file_that_looks_the_same_is_the_same():
    assert [("a.md", "known")] == find(OLD)


def test_a_file_that_was_too_new_to_be_told_is_not():
    """It may have been written again within the grain of a clock, and look as it did."""
    assert [] == find(OLD._replace(ctime=HOUR - 10**9))
    assert [] == find(OLD._replace(ctime=HOUR + 10**9))


def test_a_file_that_looks_otherwise_or_is_gone_is_not():
    for change in ({"size": 6}, {"mtime": 2}, {"ctime": 2}, {"inode": 8}, {"mode": 0}):
        assert [] == find(OLD, OLD._replace(**change))
    assert [] == list(find_same(Survey({"a.md": OLD}, HOUR), Survey({}, 2 * HOUR)))


def test_a_file_that_nobody_read_is_not_known():
    assert [] == find(OLD._replace(digest=""))
