"""Surveys: which files are known to hold what they held, by their looks alone."""

import os
import stat

from generator.surveys import (
    Look,
    Survey,
    Untouched,
    digest_file,
    find_same,
    is_as_written,
    survey,
    with_digests,
)

HOUR = 3600 * 10**9
MILLISECOND = 10**6
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


def test_what_we_wrote_is_old_after_a_tick_of_a_fine_clock():
    """A time with parts of a millisecond comes of a clock that goes on many times a second."""

    def is_known(age, **more):
        look = OLD._replace(ctime=HOUR - age)
        made = Survey({"a.md": look}, HOUR, **more)
        return bool(list(find_same(made, Survey({"a.md": look}, 2 * HOUR))))

    assert is_known(30 * MILLISECOND + 1, is_ours=True)
    assert not is_known(30 * MILLISECOND, is_ours=True)
    assert not is_known(10 * MILLISECOND + 1, is_ours=True)
    assert not is_known(30 * MILLISECOND + 1)


def look_at_own(folder):
    """Return what is told of the files of *folder* when they were looked at long after."""
    made = with_digests(survey([folder], is_ours=True), digest_file, every=True)
    return made._replace(began=made.began + HOUR)


def test_an_untouched_file_need_not_be_read(tmp_path):
    """Only one that looks as it did, and of which the digest that is asked for was known."""
    path = tmp_path / "a"
    path.write_text("one")
    digest = digest_file(str(path))
    is_untouched = Untouched(str(tmp_path), look_at_own(tmp_path))

    assert is_untouched("a", os.lstat(path), digest)
    assert not is_untouched("a", os.lstat(path), "0" * 32)
    assert not is_untouched("b", os.lstat(path), digest)

    found = os.lstat(path)
    path.write_text("two")
    os.utime(path, ns=(found.st_atime_ns, found.st_mtime_ns))
    assert not is_untouched("a", os.lstat(path), digest)


def test_a_file_that_was_too_new_may_have_been_touched(tmp_path):
    path = tmp_path / "a"
    path.write_text("one")
    made = look_at_own(tmp_path)
    made = made._replace(began=made.looks[str(path)].ctime)

    assert not Untouched(str(tmp_path), made)("a", os.lstat(path), digest_file(str(path)))


def test_nothing_is_sure_of_what_has_no_digest(tmp_path):
    path = tmp_path / "a"
    path.write_text("one")
    made = survey([tmp_path], is_ours=True)

    is_untouched = Untouched(str(tmp_path), made._replace(began=made.began + HOUR))

    assert not is_untouched("a", os.lstat(path), "")


def test_what_is_as_it_was_written(tmp_path):
    """Sizes and mtimes tell whether somebody wrote into the site before it was looked at."""
    path = tmp_path / "a"
    path.write_text("one")
    found = path.stat()
    stamp = (found.st_size, found.st_mtime_ns)
    made = survey([tmp_path])

    assert is_as_written(made, {str(path): stamp})
    assert not is_as_written(made, {str(path): (found.st_size, found.st_mtime_ns + 1)})
    assert not is_as_written(made, {str(path): (found.st_size + 1, found.st_mtime_ns)})
    assert not is_as_written(made, {str(tmp_path / "b"): stamp})
