"""Positions of a site: from tables in notes to cells, and what is wrong on the way."""

import pytest

from generator.positions import Evidence
from tests.sites import BASE, Site

CODEBOOK = {
    "clerk": ("actors", "name: The clerk\nkind: author\n"),
    "council": ("actors", "name: The council\nkind: group\n"),
    "brewers": ("actors", "name: The brewers\nkind: group\n"),
    "reader": ("actors", "name: A reader\nkind: commenter\n"),
    "fee": ("issues", "proposition: The fee should rise.\n"),
    "quay": ("issues", "proposition: A quay should be built.\n"),
}
HEAD = "| who | issue | stance | said by | date | quote | basis | sure |\n" + "|---" * 8 + "|\n"
THREAD = "\n# Letters {.thread}\n\n## {#c1}\n\nThe council wants the fee.\n\n## {#c2}\n\nNo.\n"


@pytest.fixture
def site(tmp_path):
    """A letter by a clerk, with a thread, and a codebook of which all is in use."""
    made = Site(
        tmp_path / "root",
        {**BASE, "content/annotations/letter.md": "---\nsource: letter\nby: editor\n---\n"},
    )
    made.write("seeds/letter/text.md", BASE["seeds/letter/text.md"] + THREAD)
    facts = BASE["seeds/letter/source.toml"]
    made.write(
        "seeds/letter/source.toml",
        f'{facts}speaker = "clerk"\ndate = "1868-03"\n\n[speakers]\nc1 = "reader"\n',
    )
    for id, (folder, facts) in CODEBOOK.items():
        made.write(f"content/{folder}/{id}.md", f"---\n{facts}---\n")
    links = " ".join(f"[[{id}]]" for id in CODEBOOK)
    return made.write("content/pages/about.md", f"---\ntitle: About\n---\n\n{links}\n")


def table(*rows):
    """Return rows of a table of statements; cells that are left out at the end are empty."""
    cells = ([part.strip() for part in row.split("|")] for row in rows)
    return HEAD + "".join(f"| {' | '.join(row + [''] * (8 - len(row)))} |\n" for row in cells)


def ruling(site, issue, *rows):
    """Add rulings to the file of *issue*."""
    path = f"content/issues/{issue}.md"
    text = "| who | reading | because | why |\n|--|--|--|--|\n" + "".join(
        f"| {r} |\n" for r in rows
    )
    return site.write(path, (site.root / path).read_text("utf-8") + f"\n{text}")


def cells(site, **options):
    """Return what each cell of *site* says, and nothing may be wrong but what is contested."""
    joined = site.join(**options)
    assert {p.code for p in joined.diagnostics} <= {"position-contested"}, joined.diagnostics
    return {(p.actor, p.issue): str(p.reading) for p in joined.value.positions}


def evidence(site) -> tuple[Evidence, ...]:
    joined = site.join()
    assert () == joined.diagnostics
    return joined.value.evidence


def places(site):
    return [(code, words) for code, _, words in site.build().places]


def test_a_row_is_evidence_for_each_of_its_actors(site):
    """Two actors in a row hold the same; the passage is the note's target, the chain is whole."""
    site.note("N {#n}", "decided **too soon**", table("council, brewers | fee | against | council"))

    found = evidence(site)

    assert ["council", "brewers"] == [each.actor for each in found]
    for each in found:
        assert ("fee", "against", ("clerk", "council")) == (each.issue, each.stance, each.voices)
        assert ("letter", ("p1",), "1868-03", "n", "editor", False) == (
            each.source,
            each.passage.labels,
            each.dated,
            each.note,
            each.by,
            each.aside,
        )


def test_who_speaks_is_not_repeated(site):
    """A chain that begins with the speaker once more is the same chain."""
    site.note("N {#n}", "too soon", table("council | fee | for | clerk > council"))

    assert [("clerk", "council")] == [each.voices for each in evidence(site)]


def test_a_narrower_quotation_is_the_passage(site):
    """A row rests on the first target, or on the one that has the words of its `quote`."""
    quotes = "> The council finds\n\n> The sea **obeys none of us**"
    site.note(
        "N {#n}",
        "",
        f"{quotes}\n\n"
        + table(
            "council | fee | for",
            'council | fee | for | | 1869 | "none of"',
            "brewers | fee | for | | | council",
        ),
    )

    text = site.join().value.sources[0].document.text

    assert ["The council finds", "none of", "council"] == [
        text[slice(*each.passage.span)] for each in evidence(site)
    ]
    assert ["p1", "p2", "p1"] == [each.passage.labels[0] for each in evidence(site)]
    assert ["1868-03", "1869", "1868-03"] == [each.dated for each in evidence(site)]


def test_a_comment_has_a_date_of_its_own(site):
    """What is stated in a comment was held when that was written, unless a row knows better."""
    site.edit("seeds/letter/text.md", "## {#c1}", "## {#c1 date=1868-05-02}")
    site.edit("seeds/letter/source.toml", 'c1 = "reader"', 'c1 = "reader"\nc2 = "reader"')
    site.note("N {#n}", "wants **the fee**", table("reader | fee | for"))
    site.note("M {#m}", "No.", table("reader | fee | for", "reader | quay | for | | 1870"))

    assert [("fee", "1868-05-02"), ("fee", "1868-03"), ("quay", "1870")] == [
        (each.issue, each.dated) for each in evidence(site)
    ]


def test_words_outside_the_target_are_no_narrower_place(site):
    """A `quote` that stands elsewhere in the source is an error at its cell, with the place."""
    site.note("N {#n}", "too soon", table("council | fee | for | | | obeys none"))

    [problem] = site.join().diagnostics

    assert ("quote-not-found", "they are in p2: make that a target of the note") == (
        problem.code,
        problem.help,
    )
    assert [("quote-not-found", "obeys none")] == places(site)


def test_words_beside_the_marked_ones_are_no_narrower_place(site):
    """A `quote` from the target's context says that the note marks less."""
    site.note("N {#n}", "The council finds it was **decided**", table("council|fee|for|||finds it"))

    [problem] = site.join().diagnostics

    assert (
        "quote-not-found",
        "they are in p1, but beside what the note marks: mark them there too",
    ) == (problem.code, problem.help)


def test_every_run_of_a_target_is_kept(site):
    """A note on two stretches of words rests on both."""
    site.note(
        "N {#n}", "The **council** finds it was decided **too soon**", table("council | fee | for")
    )

    [found] = evidence(site)

    assert 1 == len(found.others)
    assert found.passage.span < found.others[0].span


def test_a_reader_speaks_in_a_comment(site):
    """In a comment its own writer speaks; what he says of others stands aside."""
    site.note("N {#n}", "The council wants the fee", table("council, reader | fee | for"))

    found = evidence(site)

    assert [("council", True), ("reader", False)] == [(each.actor, each.aside) for each in found]
    assert [("reader",)] * 2 == [each.voices for each in found]
    assert {("council", "fee"): "not coded", ("reader", "fee"): "for"} == cells(site)


@pytest.mark.parametrize(
    ("old", "new", "quote", "help"),
    [
        ("", "", "No.\n— c2", 'write `c2 = "an-actor"` below `[speakers]`'),
        ('speaker = "clerk"\n', "", "too soon", 'write `speaker = "an-actor"` into'),
    ],
)
def test_somebody_always_speaks(site, old, new, quote, help):
    """A statement without a speaker is an error: a chain is never empty."""
    if old:
        site.edit("seeds/letter/source.toml", old, new)
    site.note("N {#n}", quote, table("council | fee | for | clerk"))

    [problem] = site.join().diagnostics

    assert "speaker-unknown" == problem.code
    assert problem.help.startswith(help)
    assert () == site.join().value.evidence


def test_names_that_nobody_has(site):
    """Each unknown name is an error at its place, with the id that was meant."""
    site.note(
        "N {#n}", "too soon", table("cuncil, The Clerk | quai | for | nobody-at-all > brewer")
    )

    joined = site.join()

    assert [
        ("actor-unknown", "brewer"),
        ("actor-unknown", "cuncil"),
        ("actor-unknown", "nobody-at-all"),
        ("actor-unknown", "The Clerk"),
        ("issue-unknown", "quai"),
    ] == sorted(places(site), key=lambda p: (p[0], p[1].casefold()))
    helps = {problem.message.split("'")[1]: problem.help for problem in joined.diagnostics}
    assert {
        "cuncil": "did you mean 'council'?",
        "The Clerk": "did you mean 'clerk'?",
        "brewer": "did you mean 'brewers'?",
        "nobody-at-all": "create content/actors/nobody-at-all.md",
        "quai": "did you mean 'quay'?",
    } == helps


def test_words_that_can_be_no_ids(site):
    """What no file could be called is not offered as a file; a row is about one issue."""
    site.note("N {#n}", "too soon", table("*, Quite Some Others | fee, quay | for"))
    help = "write an id: the name of a file of content/{}, without `.md`"

    assert [
        ("*", help.format("actors")),
        ("Quite Some Others", help.format("actors")),
        ("fee, quay", help.format("issues")),
    ] == sorted((p.message.split("'")[1], p.help) for p in site.join().diagnostics)


def test_a_row_with_a_mistake_counts_for_nothing(site):
    """What is reported as wrong is not published as a position."""
    site.note("N {#n}", "too soon", table("council | fee | fro", "brewers | fee | for"))

    assert ["brewers"] == [each.actor for each in site.join().value.evidence]


def test_drafts_do_not_count(site):
    """A draft's statements are checked, and count only where drafts are shown."""
    site.note("N {#n draft=true}", "too soon", table("council | fee | for"))
    assert {} == cells(site)
    assert {("council", "fee"): "for"} == cells(site, drafts=True)

    site.note("M {#m draft=true}", "too soon", table("council | fe | for"))
    assert ["issue-unknown"] == [problem.code for problem in site.join().diagnostics]


def test_a_note_that_lost_its_place_states_nothing(site):
    """What rests on words that are not there is not counted, and is said once."""
    site.note("N {#n}", "no such words", table("council | fee | for"))

    assert () == site.join().value.evidence
    assert ["quote-not-found"] == [problem.code for problem in site.join().diagnostics]


CLASH = ("council | fee | for", "council | fee | leans against")


def test_a_clash_is_contested_and_never_averaged(site):
    """Statements for and against make a cell contested, with a warning at the last of them."""
    site.note("N {#n}", "too soon", table(*CLASH))

    assert {("council", "fee"): "contested"} == cells(site)
    assert [("position-contested", "leans against")] == places(site)
    assert (
        "council on fee is contested: for in n, against in n" == site.join().diagnostics[0].message
    )


def test_a_clash_in_time_is_a_change(site):
    """Where all of one side is dated before all of the other, the actor changed its mind."""
    site.note(
        "N {#n}",
        "too soon",
        table("council | fee | for | | 1868", "council | fee | against | | 1869-01"),
    )
    assert {("council", "fee"): "changed"} == cells(site)

    site.edit("content/annotations/letter.md", "1869-01", "1868-12")
    assert {("council", "fee"): "contested"} == cells(site)


def test_two_readings_of_one_passage_are_contested(site):
    """Annotators are not voices: where two read one passage differently, the cell is contested."""
    site.edit(
        "site.toml", "[annotators.editor]", '[annotators.pilot]\nname = "P"\n[annotators.editor]'
    )
    site.note("N {#n}", "too soon", table("council | fee | for"))
    site.note("M {#m by=pilot}", "decided too soon", table("council | fee | leans for"))

    [position] = site.join().value.positions

    assert ("contested", True) == (position.reading, position.differs)
    assert [
        "annotators read council on fee differently: leans for in m by pilot, for in n by editor"
    ] == [problem.message for problem in site.join().diagnostics]


@pytest.mark.parametrize("reading", ["contested", "changed", "mixed", "unclear"])
def test_a_ruling_settles_a_clash(site, reading):
    """The editor's reading stands in the cell, and nothing is left to warn of."""
    site.note("N {#n}", "too soon", table(*CLASH))
    ruling(site, "fee", f"council | {reading} | | nothing settles it")

    [position] = site.join().value.positions

    assert () == site.join().diagnostics
    assert (reading, "contested", "nothing settles it") == (
        position.reading,
        position.computed,
        position.ruling.reason,
    )


def test_a_ruling_that_gives_a_value_where_signs_clash_names_its_notes(site):
    """Without notes that state something of the cell it is unfounded, and counts for nothing."""
    site.note("N {#n}", "too soon", table(*CLASH)).note("M {#m}", "The sea", "")
    for because in ("", "m"):
        made = Site(site.root.parent / f"r{because}", {})
        for path in site.root.rglob("*.*"):
            made.write(path.relative_to(site.root).as_posix(), path.read_bytes())
        ruling(made, "fee", f"council | for | {because} | I say so")
        joined = made.join()
        assert ["position-contested", "ruling-unfounded"] == sorted(
            p.code for p in joined.diagnostics
        )
        assert "contested" == joined.value.positions[0].reading

    ruling(site, "fee", "council | for | n | the first is plain")
    assert {("council", "fee"): "for"} == cells(site)


def test_a_ruling_on_nothing(site):
    """A ruling about which nothing is stated names notes, unless it says that nothing is there."""
    site.note("N {#n}", "too soon", "")
    ruling(
        site, "fee", "council | for | | x", "brewers | for | n | x", "clerk | not mentioned | | x"
    )

    joined = site.join()

    assert [("ruling-unfounded", "for")] == places(site)
    assert {("brewers", "fee"): "for", ("clerk", "fee"): "not mentioned"} == {
        (p.actor, p.issue): str(p.reading) for p in joined.value.positions
    }


def test_a_ruling_rests_on_what_readers_can_see(site):
    """A draft is no ground for a ruling, unless drafts are shown."""
    site.note("N {#n draft=true}", "too soon", "")
    ruling(site, "fee", "council | for | n | x")

    assert [("link-dead", "n")] == places(site)
    assert {("council", "fee"): "for"} == cells(site, drafts=True)


@pytest.mark.parametrize("reading", ["not mentioned", "not applicable"])
def test_what_is_stated_is_mentioned(site, reading):
    """A ruling that nothing is there, where there is a statement, is an error at its reading."""
    site.note("N {#n}", "too soon", table("council | fee | for"))
    ruling(site, "fee", f"council | {reading} | | x")

    assert [("ruling-refuted", reading)] == places(site)
    assert "for" == site.join().value.positions[0].reading


def test_rulings_about_nobody_and_on_no_notes(site):
    """Unknown actors and notes are errors at their words; a cell has one ruling at the most."""
    site.note("N {#n}", "too soon", table("council | fee | for"))
    ruling(
        site,
        "fee",
        "cuncil | for | n | x",
        "council | for | nn, gone | x",
        "council | for | n | x",
        "council | against | n | y",
    )

    assert [
        ("actor-unknown", "cuncil"),
        ("link-dead", "gone"),
        ("link-dead", "nn"),
        ("ruling-invalid", "council"),
    ] == sorted(places(site))


def test_one_name_means_one_actor(site):
    """A name or alias that two files claim is an error in the later one."""
    site.edit("content/actors/clerk.md", "kind", "aliases: [The  Council]\nkind")

    assert [("alias-duplicate", "The council")] == places(site)


def test_nobody_is_part_of_itself(site):
    """A circle of parts is said once; a part of nobody is an error at its place."""
    site.edit("content/actors/clerk.md", "kind", "part_of: [council]\nkind")
    site.edit("content/actors/council.md", "kind", "part_of: brewers\nkind")
    site.edit("content/actors/brewers.md", "kind", "part_of: clerk, ghost\nkind")

    joined = site.join()

    assert [
        ("actor-unknown", "there is no actor 'ghost'"),
        ("part-of-circle", "brewers is part of clerk is part of council is part of brewers"),
    ] == sorted((problem.code, problem.message) for problem in joined.diagnostics)


def test_speakers_are_actors_at_places(site):
    """Who speaks in a source must be in the codebook, and where, a place of the text."""
    site.edit("seeds/letter/source.toml", 'speaker = "clerk"', 'speaker = "clark"')
    site.edit("seeds/letter/source.toml", 'c1 = "reader"', 'c1 = "raeder"\nc7 = "reader"')

    assert [
        ("actor-unknown", '"clark"'),
        ("actor-unknown", '"raeder"'),
        ("locator-unknown", "c7"),
    ] == places(site)


def test_the_innermost_place_tells_who_speaks(site):
    """A paragraph of a comment may have a speaker of its own."""
    site.edit("seeds/letter/text.md", "wants the fee.", "wants the fee.\n\nQuoth he: no.")
    site.edit(
        "seeds/letter/source.toml", "[speakers]", '[speakers]\n"c1.2" = "brewers"\np2 = "council"'
    )
    site.note("N {#n}", "Quoth he", table("council | fee | for"))
    site.note("M {#m}", "The sea", table("council | fee | for"))

    assert [("council",), ("brewers",)] == [each.voices for each in evidence(site)]


def test_what_nothing_rests_on_is_a_warning(site):
    """An actor or issue that no statement, speaker or link names is probably a slip."""
    site.remove("content/pages/about.md").note("N {#n}", "too soon", table("council | fee | for"))

    assert [
        ("codebook-unused", "content/actors/brewers.md"),
        ("codebook-unused", "content/issues/quay.md"),
    ] == [(code, path) for code, path, _ in site.build().places]


def test_a_name_near_the_passage(site):
    """An actor with aliases whose names are nowhere near is a warning; a speaker needs no name."""
    site.edit("content/actors/brewers.md", "kind", "aliases: [beer]\nkind")
    site.note(
        "N {#n}",
        "too soon",
        table(
            "brewers | fee | for",
            "brewers | fee | for | brewers",
            "brewers | quay | for | | | | implied | low",
        ),
    )
    assert [("actor-unnamed", "brewers")] == places(site)

    site.edit("content/actors/brewers.md", "beer", "beer, finds")
    assert [] == places(site)


def test_an_inference_is_never_sure(site):
    """What is only implied and called sure is a warning at the certainty."""
    site.note("N {#n}", "too soon", table("council | fee | for | | | | implied | high"))

    assert [("certainty-high", "high")] == places(site)


def test_the_same_stated_twice_of_one_passage(site):
    """One annotator's second row on the same side is a warning, and is counted once anyway."""
    site.note("N {#n}", "too soon", table("council | fee | for"))
    site.note("M {#m}", "too soon", table("council | fee | leans for"))

    assert [("statement-repeated", "council")] == places(site)


def test_ids_are_shared(site):
    """Actors, issues, sources and notes are all links, so no two have one id."""
    site.write("content/actors/letter.md", "---\nname: L\nkind: person\n---\n")
    site.write("content/issues/clerk.md", "---\nproposition: X is so.\n---\n")
    site.note("N {#fee}", "too soon", "")

    assert [
        ("id-duplicate", "content/actors/letter.md"),
        ("id-duplicate", "content/annotations/letter.md:6:1"),
        ("id-duplicate", "content/issues/clerk.md"),
    ] == [(code, path) for code, path, _ in site.build().places]


def test_links_to_the_codebook(site):
    """Actors and issues are linked by id and by file, and know what links to them."""
    site.note("N {#n}", "too soon", "[[council|They]] on [the fee](../issues/fee.md) and [[fee]].")

    joined = site.join().value
    [note] = joined.notes

    assert ["actors/council.html", "issues/fee.html", "issues/fee.html"] == [
        link.url for link in note.body.links
    ]
    council = next(each for each in joined.actors if each.actor.id == "council")
    assert ["notes/n.html", "about.html"] == [link.url for link in council.backlinks]
    assert "The fee should rise." == note.body.links[2].title


def test_links_to_no_place_in_the_codebook(site):
    """An actor has no places in it; a misspelt one is offered."""
    site.note("N {#n}", "too soon", "[[council#p1]] [[counci]] [x](../actors/cuncil.md)")

    assert [
        (
            "link-dead",
            "'council#p1' leads to nothing: actors and issues have no places in it",
            "write [[council]]",
        ),
        ("link-dead", "'counci' leads to nothing", "did you mean [[council]]?"),
        (
            "link-dead",
            "'../actors/cuncil.md' leads to nothing",
            "did you mean '../actors/council.md'?",
        ),
    ] == [(p.code, p.message, p.help) for p in site.join().diagnostics]


def test_an_actor_knows_where_it_is_named(site):
    """The places of texts that name an actor, each once, in text order."""
    council = next(each for each in site.join().value.actors if each.actor.id == "council")

    assert [("letter", ("p1",)), ("letter", ("c1.1",))] == [
        (m.source, m.labels) for m in council.mentions
    ]


def test_what_leads_to_a_broken_codebook_is_no_second_mistake(site):
    """A file that cannot be read is said once."""
    site.write("content/actors/council.md", b"\xff").write(
        "content/issues/fee.md", "---\ngroup: x\n---\n"
    )
    site.note("N {#n}", "too soon", table("council | fee | for"))

    assert ["text-not-utf8", "value-invalid"] == site.build().codes
