"""Figures that others published come out of annotation files, by way of the whole loader."""

import csv
import io
from fractions import Fraction

import pytest

from generator.agreement import compare_actors, weigh_actors
from generator.reliability import Metric, judge_reliability
from tests.sites import Site

# Scales of others as ours: whatever their numbers, what counts is which are alike and how far.
SCALE = ("for", "leans for", "either", "leans against", "against")
LETTERS = dict(zip("abcde", SCALE, strict=True))


def write_site(root, *, coders, actors, issues, passages):
    """Return a site with one text of so many paragraphs and a codebook."""
    names = "".join(f'[annotators.{coder}]\nname = "{coder}"\n' for coder in coders)
    site = Site(root, {"site.toml": f'title = "T"\n{names}'})
    site.write("seeds/t/source.toml", 'title = "T"\nrights = "full"\nspeaker = "speaker"\n')
    paragraphs = (f"Passage number {n} speaks." for n in range(passages))
    site.write("seeds/t/text.md", "\n\n".join(paragraphs))
    for actor in ("speaker", *actors):
        site.write(f"content/actors/{actor}.md", f"---\nname: {actor}\nkind: group\n---\n")
    for issue in issues:
        text = f"---\nproposition: {issue} is so.\n---\n"
        site.write(f"content/issues/{issue}.md", text)
    return site


def note(number, coder, place, rows):
    table = "".join(f"| {who} | {issue} | {stance} |\n" for who, issue, stance in rows)
    head = "| who | issue | stance |\n|---|---|---|\n"
    return f"## Note {number} {{#n{number} by={coder}}}\n\n> — p{place}\n\n{head}{table}\n"


def code(root, units):
    """Return the reliability of coders whose codings of each unit are given, None for none."""
    coders = [f"coder-{n}" for n in range(len(units[0]))]
    site = write_site(root, coders=coders, actors=["a"], issues=["x"], passages=len(units))
    notes = ["---\nsource: t\n---\n\n"]
    for place, unit in enumerate(units, 1):
        for coder, stance in zip(coders, unit, strict=True):
            if stance:
                notes.append(note(len(notes), coder, place, [("a", "x", stance)]))
    site.write("content/annotations/t.md", "".join(notes))
    joined = site.join()
    assert {"position-contested"} >= {problem.code for problem in joined.diagnostics} - {
        "codebook-unused"
    }
    return judge_reliability(joined.value.evidence)


def alphas(reliability):
    return {each.metric: each.value and round(each.value, 3) for each in reliability.alphas}


def test_krippendorff_two_coders_binary(tmp_path):
    """Ten units, two values: 0.095 (Krippendorff 2011, section A)."""
    one, other = "0100000010", "1110010000"
    pairs = [(SCALE[int(a) * 4], SCALE[int(b) * 4]) for a, b in zip(one, other, strict=True)]

    assert 0.095 == alphas(code(tmp_path / "root", pairs))[Metric.NOMINAL]


def test_krippendorff_two_coders_nominal(tmp_path):
    """Twelve units, five values: 0.692 (section B)."""
    one, other = "aabbdcccedda", "babbbccceddd"
    pairs = [(LETTERS[a], LETTERS[b]) for a, b in zip(one, other, strict=True)]

    assert 0.692 == alphas(code(tmp_path / "root", pairs))[Metric.NOMINAL]


def test_krippendorff_four_coders_with_gaps(tmp_path):
    """Twelve units, four coders, missing codings: 0.743, 0.815, 0.849 (section C)."""
    rows = (
        (1, 2, 3, 3, 2, 1, 4, 1, 2, 0, 0, 0),
        (1, 2, 3, 3, 2, 2, 4, 1, 2, 5, 0, 3),
        (0, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, 0),
        (1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, 0),
    )
    units = [[SCALE[v - 1] if v else None for v in unit] for unit in zip(*rows, strict=True)]

    reliability = code(tmp_path / "root", units)

    assert {Metric.NOMINAL: 0.743, Metric.ORDINAL: 0.815, Metric.INTERVAL: 0.849} == alphas(
        reliability
    )
    # Unit 12 has one coding, and leaves; the table behind the figures has the other eleven.
    assert (4, 11, 1) == (len(reliability.coders), len(reliability.table), reliability.alone)


def test_krippendorff_coincidences(tmp_path):
    """The table behind the figures is the published one: each unit weighs as its codings do."""
    rows = ("123321412...", "1233224125.3", ".3332342251.", "12332441251.")
    units = [
        [SCALE[int(v) - 1] if v != "." else None for v in unit] for unit in zip(*rows, strict=True)
    ]
    published = (
        "7 4/3 1/3 1/3 0",
        "4/3 10 4/3 1/3 0",
        "1/3 4/3 8 1/3 0",
        "1/3 1/3 1/3 4 0",
        "0 0 0 0 3",
    )

    found = {
        (SCALE.index(one), SCALE.index(other)): weight
        for one, other, weight in code(tmp_path / "root", units).coincidences
    }

    for one, line in enumerate(published):
        for other, weight in enumerate(line.split()):
            assert float(Fraction(weight)) == pytest.approx(found.get((one, other), 0)), (
                one,
                other,
            )


def test_alpha_that_cannot_be_computed(tmp_path):
    """Where all codings are alike chance cannot be told, and none is not perfect agreement."""
    alike = code(tmp_path / "alike", [("for", "for")] * 3)
    assert [(None, 1.0)] * 3 == [(each.value, each.alike) for each in alike.alphas]

    alone = code(tmp_path / "alone", [("for", None), (None, "against")])
    assert [(None, 0, None)] * 3 == [(e.value, e.units, e.alike) for e in alone.alphas]


def test_words_without_a_value_are_only_nominal(tmp_path):
    """A word has no place on the scale: the unit counts there by its values, if two are left."""
    units = [("for", "unclear"), ("for", "for"), ("against", "against"), ("none", "none")]

    nominal, ordinal, interval = code(tmp_path / "root", units).alphas

    assert (4, 8, 6 / 8) == (nominal.units, nominal.codings, nominal.alike)
    assert [(2, 4, 1.0)] * 2 == [(e.units, e.codings, e.value) for e in (ordinal, interval)]


def test_a_coders_several_statements_count_as_their_median(tmp_path):
    """One unit is coded once by each, whatever he wrote how often."""
    site = write_site(tmp_path / "r", coders=["a", "b"], actors=["x"], issues=["i"], passages=1)
    site.write(
        "content/annotations/t.md",
        "---\nsource: t\n---\n\n"
        + note(1, "a", 1, [("x", "i", "for")])
        + note(2, "a", 1, [("x", "i", "either"), ("x", "i", "unclear")])
        + note(3, "b", 1, [("x", "i", "either")]),
    )

    [(_, stances)] = judge_reliability(site.join().value.evidence).table

    assert ("either", "either") == stances


def hold(root, table):
    """Return the positions of actors who hold what *table* says: a row an actor, a column a thesis.

    Every statement is in a passage of its own, so that nobody is read twice.
    """
    issues = [f"thesis-{n}" for n in range(len(next(iter(table.values()))))]
    site = write_site(root, coders=["c"], actors=[*table], issues=issues, passages=1)
    rows = [
        (actor, issue, stance)
        for actor, stances in table.items()
        for issue, stance in zip(issues, stances, strict=True)
        if stance
    ]
    site.write("content/annotations/t.md", "---\nsource: t\n---\n\n" + note(1, "c", 1, rows))
    return site.join().value.positions


POINTS = {("+", "+"): 2, ("+", "0"): 1, ("+", "-"): 0, ("0", "0"): 2, ("0", "-"): 1, ("-", "-"): 2}


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("+++---00", "+0-+-0+0"),
        ("++++----", "++++----"),
        ("++++++++", "--------"),
        ("0+0+", "0+-0"),
    ],
)
def test_wahl_o_mat_points(tmp_path, one, other):
    """Agree–agree 2, agree–neutral 1, agree–disagree 0: half the points over the theses is ours."""
    words = {"+": "for", "0": "either", "-": "against"}
    table = {"me": [words[s] for s in one], "party": [words[s] for s in other]}
    points = sum(POINTS.get((a, b), POINTS.get((b, a))) for a, b in zip(one, other, strict=True))

    [agreement] = compare_actors(hold(tmp_path / "root", table), minimum=3)

    assert (len(one), points / 2 / len(one)) == (agreement.shared, agreement.value)


def test_congruence_and_conflict_on_a_scale(tmp_path):
    """Each two statements go together by 1 − |difference| / range, and against by the rest.

    The range is the codebook's: with only two neighbouring values in use it does not shrink.
    """
    table = {"a": ["for", "leans for", "against", None], "b": ["leans for", "for", "for", "for"]}

    [weighed] = weigh_actors(hold(tmp_path / "root", table))

    # Three shared issues: apart by 1, 1 and 4 of a range of 4; the fourth is silence, not conflict.
    assert (3 - 6 / 4, 6 / 4) == (weighed.plain.congruence, weighed.plain.conflict)
    assert 0.0 == weighed.plain.difference
    assert 1.5 / 3.5 == weighed.activity.congruence
    # Jaccard: nowhere the same value, so all three statements of one and four of the other.
    assert 1.5 / 7 == weighed.jaccard.congruence
    assert weighed.cosine.congruence == 1.5 / (3**0.5 * 4**0.5)


def test_the_data_files(tmp_path):
    """The tables beside the pages: the words of the cells, and spreadsheets are not led astray."""
    site = write_site(tmp_path / "r", coders=["c"], actors=["a", "b"], issues=["x"], passages=2)
    site.write(
        "content/annotations/t.md",
        "---\nsource: t\n---\n\n## N {#n by=c}\n\n> Passage **number 0**\n\n"
        "| who | issue | stance | said by | basis | if | why |\n|--|--|--|--|--|--|--|\n"
        '| a, b | x | leans against | b | conditional | =1+1 | @SUM, "so" |\n',
    )
    files = site.build().files

    def rows(name):
        return list(csv.reader(io.StringIO(files[f"data/{name}"].decode())))

    assert [
        ["actor", "x"],
        ["a", "leans against"],
        ["b", "leans against"],
        ["speaker", "not coded"],
    ] == rows("positions.csv")
    first = rows("statements.csv")[1]
    assert ["n", "a", "x", "leans against", "-1", "speaker > b", "conditional"] == first[:7]
    assert ["medium", "'=1+1", '\'@SUM, "so"', "", "t", "p1", "number 0"] == first[7:]
    assert [["a", "b", "1", "", "1", "0"]] == rows("agreement.csv")[1:]
    assert {"data/positions.json", "data/agreement.csv"} < files.keys()


def test_without_a_codebook_there_are_no_tables(tmp_path):
    """A site without actors and issues has the data files that it had."""
    assert ["data/site.json"] == [
        url for url in Site(tmp_path / "r").build().files if "data/" in url
    ]
