"""The store: what was kept comes back whole or not at all, and nothing of strangers is read."""

import os
from dataclasses import dataclass

import pytest
from hypothesis import given

import generator.store
from generator.codec import Unreadable, decode, encode, fingerprint
from generator.model import Annotation, RangeSelector, Target, TextQuoteSelector
from generator.readers.annotations import read_annotations
from generator.readers.markdown import read_markdown
from generator.spans import Span, TextFile
from generator.store import Store, read_signed, write_signed
from tests.known_markdown import sources


@pytest.fixture(autouse=True)
def home(tmp_path, monkeypatch):
    """A user of this test's own."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "home"))
    return tmp_path / "home"


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "root").mkdir()
    return tmp_path / "root/.postil/store"


def kept(folder, keys, maker="maker"):
    store = Store(folder, maker)
    found = {key: store.get(key) for key in keys}
    store.close()
    return found


def fill(folder, entries, maker="maker"):
    store = Store(folder, maker)
    for key, content in entries.items():
        store.put(key, content)
    store.save()
    store.close()


def test_what_is_kept_comes_back(folder):
    """Entries are there for the next one who opens the store, and git ignores them."""
    fill(folder, {"a": b"1", "b": b"", "c": b"x" * 100_000})

    assert {"a": b"1", "b": b"", "c": b"x" * 100_000, "d": None} == kept(folder, "abcd")
    assert "*\n" == (folder.parent / ".gitignore").read_text()


def test_entries_add_up(folder):
    """Each save adds to what is there, however often, and packs do not pile up."""
    for number in range(20):
        fill(folder, {f"k{number}": b"%d" % number})
        kept(folder, [f"k{n}" for n in range(20)])
        store = Store(folder, "maker")
        for n in range(number + 1):
            store.get(f"k{n}")
        store.put("new", b"%d" % number)
        store.save()
        store.close()

    assert {f"k{n}": b"%d" % n for n in range(20)} == kept(folder, [f"k{n}" for n in range(20)])
    assert len(list(folder.glob("pack-*"))) < 10


def test_much_that_is_new_is_not_held(folder, monkeypatch):
    """It is written before the save, which names what was written; what is put last counts."""
    monkeypatch.setattr(generator.store, "_MOST_HELD", 100)
    store = Store(folder, "maker")
    for number in range(30):
        store.put(f"k{number}", b"%03d" % number * 10)
        store.put("again", b"%d" % number)
        assert sum(map(len, store._fresh.values())) <= 100
    assert b"000" * 10 == store.get("k0")
    [pack] = folder.glob("pack-*")
    assert {"k0": None, "again": None} == kept(folder, ["k0", "again"])
    store.save()
    assert [pack] == list(folder.glob("pack-*"))
    store.put("more", b"m" * 200)
    store.save()
    store.close()

    expected = {f"k{n}": b"%03d" % n * 10 for n in range(30)}
    assert expected == kept(folder, expected)
    assert {"again": b"29", "more": b"m" * 200} == kept(folder, ["again", "more"])


def test_what_is_not_saved_is_not_left(folder, monkeypatch):
    """A build that fails leaves no pack behind."""
    monkeypatch.setattr(generator.store, "_MOST_HELD", 100)
    store = Store(folder, "maker")
    store.put("a", b"1" * 200)
    assert list(folder.glob("pack-*"))
    store.close()

    assert [] == list(folder.glob("pack-*"))


def test_what_cannot_be_written_is_held(folder, monkeypatch):
    """Where there is no room for a cache, a build goes on without."""
    monkeypatch.setattr(generator.store, "_MOST_HELD", 100)
    folder.parent.mkdir()
    folder.write_bytes(b"a file")
    store = Store(folder, "maker")
    store.put("a", b"1" * 200)
    store.save()

    assert b"1" * 200 == store.get("a")


def test_what_nobody_asks_for_goes(folder):
    """An entry that many builds did not use is dropped."""
    fill(folder, {"old": b"1"})
    for number in range(30):
        store = Store(folder, "maker")
        store.put(f"k{number}", b"2")
        store.save()
        store.close()

    assert {"old": None, "k29": b"2"} == kept(folder, ["old", "k29"])


def test_another_program_reads_nothing(folder):
    """What another version made is not reused."""
    fill(folder, {"a": b"1"})

    assert {"a": None} == kept(folder, "a", maker="other")


def test_another_users_store_is_not_read(folder, home):
    """A store that came with a checkout is signed with a key that this machine does not have."""
    fill(folder, {"a": b"1"})
    (home / "postil/key").unlink()

    assert {"a": None} == kept(folder, "a")


@pytest.mark.parametrize("at", [0, 10, 40, -1])
def test_a_damaged_index_is_no_index(folder, at):
    """One wrong byte anywhere, and all is made again."""
    fill(folder, {"a": b"1"})
    content = bytearray((folder / "index").read_bytes())
    content[at] ^= 1
    (folder / "index").write_bytes(content)

    assert {"a": None} == kept(folder, "a")


@pytest.mark.parametrize("damage", ["byte", "short", "gone", "folder", "link", "empty"])
def test_a_damaged_pack_loses_its_entries_only(folder, damage, tmp_path):
    """Each entry is held against its digest; what is wrong is not there."""
    fill(folder, {"a": b"12345"})
    [pack] = folder.glob("pack-*")
    fill(folder, {"b": b"67890"})
    if damage == "byte":
        pack.write_bytes(b"12375")
    elif damage == "short":
        pack.write_bytes(b"123")
    elif damage == "empty":
        pack.write_bytes(b"")
    else:
        content = pack.read_bytes()
        pack.unlink()
        if damage == "folder":
            pack.mkdir()
        if damage == "link":
            (tmp_path / "elsewhere").write_bytes(content)
            pack.symlink_to(tmp_path / "elsewhere")

    assert {"a": None, "b": b"67890"} == kept(folder, "ab")


def test_a_folder_that_cannot_be_written_is_left_alone(folder, tmp_path):
    """Without a place for it the store works for this run, and says nothing."""
    folder.parent.write_text("a file")
    store = Store(folder, "maker")
    store.put("a", b"1")
    store.save()
    assert b"1" == store.get("a")

    folder.parent.unlink()
    (tmp_path / "elsewhere").mkdir()
    folder.parent.symlink_to(tmp_path / "elsewhere")
    store.save()
    assert [] == os.listdir(tmp_path / "elsewhere")


def test_without_a_home_nothing_is_kept(folder, home):
    """Where there is no place for a key, there is no store."""
    home.write_text("a file")
    fill(folder, {"a": b"1"})

    assert not folder.exists()
    assert {"a": None} == kept(folder, "a")


def test_two_builds_at_once(folder):
    """The later save wins; what it names is whole."""
    one, two = Store(folder, "maker"), Store(folder, "maker")
    one.put("a", b"1")
    two.put("b", b"2")
    one.save()
    two.save()
    one.close()
    two.close()

    assert {"a": None, "b": b"2"} == kept(folder, "ab")


def test_signed_files(folder, home):
    """A signed file is read as it was written by this user, or not at all."""
    write_signed(folder / "last", b"words")
    assert b"words" == read_signed(folder / "last")

    (folder / "last").write_bytes((folder / "last").read_bytes() + b"!")
    assert None is read_signed(folder / "last")
    assert None is read_signed(folder / "nothing")


@given(sources())
def test_documents_survive_the_codec(written):
    """What a reader makes of any text comes back equal, with equal bytes."""
    outcome = read_markdown(TextFile("seeds/s/text.md", written[0]), "s")
    content = encode(outcome)

    assert outcome == decode(type(outcome)[type(outcome.value)], content)
    assert content == encode(decode(type(outcome)[type(outcome.value)], content))


def test_notes_survive_the_codec():
    """Every kind of selector, statement and reference comes back equal."""
    text = (
        "## One {#one .questioning re=x tags=a,b}\n\n> from **here** … to there\n> — p1\n\n"
        "Text [[answers:x|y]].\n\n"
        "| who | issue | stance | quote |\n|--|--|--|--|\n| a | b | for | c |\n"
    )
    outcome = read_annotations(TextFile("a.md", text))
    kinds = {type(s) for n in outcome.value for t in n.targets for r in t.readings for s in r}

    assert kinds == {TextQuoteSelector, RangeSelector}
    assert outcome == decode(type(outcome)[tuple[Annotation, ...]], encode(outcome))


@dataclass(frozen=True)
class Alike:
    source: str
    locators: tuple[str, ...]


def test_a_fingerprint_tells_types_apart():
    """Two values of different types are different, even with the same words in them."""
    one = Target("s", (), (), "", "", Span(0, 0), Span(0, 0))

    assert fingerprint(one) == fingerprint(Target("s", (), (), "", "", Span(0, 0), Span(0, 0)))
    assert fingerprint(one) != fingerprint(Target("t", (), (), "", "", Span(0, 0), Span(0, 0)))
    assert fingerprint(Alike("s", ())) != fingerprint(("s", ()))


@pytest.mark.parametrize("content", [b"", b"\xc1", b"\x81\xa1a\x01", b"\xff" * 9, encode({"a": 1})])
def test_bytes_of_another_kind_are_no_value(content):
    """What does not fit the type asked for is refused, not guessed at."""
    with pytest.raises(Unreadable):
        decode(Target, content)
