"""The languages of code, compared with Pygments' own index."""

from fnmatch import fnmatchcase

from pygments.lexers import get_all_lexers

from generator.languages import COLOURED, is_code, language_named, language_of


def test_every_suffix_that_pygments_knows_is_code() -> None:
    """Any file ``text.*`` that a lexer asks for by its suffix is code, in any case."""
    patterns = {
        pattern.replace("*", "", 1)
        for _, _, patterns, _ in get_all_lexers(plugins=False)
        for pattern in patterns
        if pattern.startswith("*.") and pattern.count(".") == 1 and "*" not in pattern[1:]
    }
    plain = {pattern for pattern in patterns if "[" not in pattern}
    assert {".svg"} == {suffix for suffix in plain if not is_code(suffix)}
    ranged = list(patterns - plain)
    signs = "abcdefghijklmnopqrstuvwxyz0123456789"
    for pattern in ranged:
        head, tail = pattern.split("[")[0], pattern.split("]")[1]
        expected = [sign for sign in signs if fnmatchcase(head + sign + tail, pattern)]
        assert expected and all(is_code(head + sign + tail) for sign in expected)


def test_what_pygments_does_not_know_is_no_code() -> None:
    """Pictures, documents of an office and files without a suffix are not code."""
    assert [] == [each for each in (".png", ".docx", ".svg", "", ".", "py") if is_code(each)]


def test_the_suffix_tells_the_language() -> None:
    """A suffix that several languages claim means the usual one, or none if there is none."""
    assert ["python", "c", "c", "perl", "splus", "typescript", "text", ""] == [
        language_of(f"seeds/x/text.{suffix}") for suffix in "py c H pl R ts m png".split()
    ]


def test_a_language_has_many_names() -> None:
    """A fence may name its language as Pygments does or by a suffix, in any case."""
    assert ["python", "python", "cpp", "bash", "yaml", "cpp", "", ""] == [
        language_named(name)
        for name in ["Python", "py3", "C++", "sh", "yml", "HPP", "nonsense", ""]
    ]


def test_coloured_languages_are_pygments_own_names() -> None:
    """The allow-list holds first aliases only, so one look-up finds them."""
    assert [] == [name for name in COLOURED if language_named(name) != name]
