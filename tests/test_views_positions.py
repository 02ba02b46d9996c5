"""Pages of positions: who holds what, in words everywhere, one click from the words."""

import re
from itertools import product

import pytest
from selectolax.lexbor import LexborHTMLParser

from generator.stances import Reading
from generator.views.cells import SIGNS
from tests.crawling import find_faults
from tests.positions import copy_harbour, make_many, write_actors, write_issues, write_statements
from tests.sites import ROOT, Site

CSS = (ROOT / "themes/default/static/positions.css").read_text("utf-8")
STYLE = (ROOT / "themes/default/static/style.css").read_text("utf-8")


@pytest.fixture(scope="module")
def harbour(tmp_path_factory):
    """The harbour site, built: every reading is in one of its cells."""
    return copy_harbour(tmp_path_factory.mktemp("harbour")).build()


@pytest.fixture
def site(tmp_path):
    """A small site without actors and issues."""
    return Site(tmp_path / "root")


def say(node):
    return " ".join(node.text(deep=True).split())


def parse(built, url):
    return LexborHTMLParser(built.page(url))


def read_tables(built, url, *, turned=False):
    """Return what each cell of the tables at *url* says, and its classes, by actor and issue."""
    cells = {}
    for table in parse(built, url).css(".as-table table.cells"):
        heads = [say(head) for head in table.css("thead th")][1:]
        for row in table.css("tbody tr"):
            name = say(row.css_first("th"))
            for head, cell in zip(heads, row.css("td"), strict=True):
                key = (head, name) if turned else (name, head)
                assert key not in cells
                cells[key] = (say(cell), cell.attributes["class"])
    return cells


def read_lists(built, url, *, turned=False):
    cells = {}
    for table in parse(built, url).css(".as-list"):
        for heading in table.css("h2, h3"):
            names = heading.next
            while names is not None and names.tag not in ("h2", "h3"):
                if names.tag == "ul":
                    for entry in names.css("li"):
                        name = say(entry.css_first(".name"))
                        words = say(entry).removeprefix(name).strip()
                        cells[(say(heading), name) if turned else (name, say(heading))] = (
                            words,
                            entry.attributes["class"],
                        )
                names = names.next
    return cells


def test_the_pages_hold_together(harbour):
    """No dead link, no double id, no bad nesting; and nothing is wrong with the site."""
    assert 0 == harbour.errors
    assert [] == find_faults(harbour.files)


@pytest.mark.parametrize("reading", Reading, ids=str)
def test_every_reading_is_told_thrice(reading, harbour):
    """A cell says what it says in a word, in a sign and in a colour; the word is always there."""
    cells = read_tables(harbour, "positions/index.html").values()
    found = [words for words, classes in cells if f"p-{reading.replace(' ', '-')}" in classes]

    assert found
    for words in found:
        assert words.startswith(f"{SIGNS[reading]} {reading}".strip())
    assert f".p-{reading.replace(' ', '-')}" in CSS


def test_what_a_cell_rests_on(harbour):
    """A cell says how many passages it has, and what a reader must know before believing it."""
    cells = read_tables(harbour, "positions/index.html")

    toll, fee = "The toll should be doubled.", "The fee should rise before the spring."
    assert "∅ none 1 passage" == cells["Brewers", toll][0]
    assert "▲▲ for ruled by the editor" == cells["The navy", toll][0]
    assert "⇄ contested 3 passages, annotators differ" == cells["Harbour master", toll][0]
    assert "→ changed against, then leans for, 2 passages" == cells["Council", fee][0]
    quay = "A second quay should be built."
    assert ("▲ leans for 1 passage, implied", "p-leans-for implied") == cells["Council", quay]
    assert "▲▲ for 1 passage, own words" == cells["Harbour master", quay][0]


def test_the_tables_are_there_as_data(harbour):
    """Below the tables stand the ways to all of it as data."""
    links = [
        each.attributes["href"] for each in parse(harbour, "positions/index.html").css(".as-data a")
    ]

    assert [
        "../data/positions.csv",
        "../data/positions.json",
        "../data/statements.csv",
        "../data/agreement.csv",
    ] == links


def test_tables_turned_tables_and_lists_say_the_same(harbour):
    """What a phone lists and what stands in the tables turned round are the same cells."""
    table = read_tables(harbour, "positions/index.html")
    written = {key: cell for key, cell in table.items() if cell != ("not coded", "p-not-coded")}

    assert table == read_tables(harbour, "positions/turned.html", turned=True)
    assert written == read_lists(harbour, "positions/index.html")
    assert written == read_lists(harbour, "positions/turned.html", turned=True)


def test_lists_name_those_who_are_not_coded(harbour):
    """On a phone too one sees about whom nothing was written."""
    page = parse(harbour, "positions/index.html")
    table = read_tables(harbour, "positions/index.html")
    for heading in page.css(".as-list h3"):
        issue = say(heading)
        silent = [who for (who, on), cell in table.items() if on == issue and "p-not-coded" in cell]
        after = heading.next.next.next.next
        rest = re.search(r"Not coded: (.*)", say(after)) if after else None
        names = re.sub("[\u2068\u2069]", "", rest[1]) if rest else ""
        assert silent == (names.split(" · ") if rest else [])


def test_one_of_both_forms_is_hidden(harbour):
    """A table and its list are never shown together: at each width one of the two is not drawn."""
    count = r"\.n(\d)"
    shown = set(re.findall(rf"{count}[^{{]*> \.as-table", CSS))
    hidden = set(re.findall(rf"{count}[^{{]*> \.as-list {{ display: none", CSS))

    assert re.search(r"^\.as-table \{ display: none \}", CSS, re.M)
    assert {"6", "7", "8"} <= shown
    assert {"6", "7", "8"} <= hidden
    for page in ("positions/index.html", "positions/turned.html"):
        for section in parse(harbour, page).css(".matrix"):
            assert len(section.css(".as-table")) == len(section.css(".as-list"))


def test_who_and_what_is_idle_is_folded(harbour):
    """Actors and issues without an entry are in a fold, not in rows of nothing."""
    page = parse(harbour, "positions/index.html")
    sections = {say(each.css_first("h2")): each for each in page.css(".matrix")}

    folds = [say(fold) for fold in sections["The fee"].css("details")]
    assert ["6 actors with no entry here"] == [
        fold.partition(" here")[0] + " here" for fold in folds
    ]
    assert "The navy" in folds[0]
    assert [] == sections["Other issues"].css("table")
    assert "Nothing is coded here yet." in say(sections["Other issues"])
    assert ["The market moves to the quay."] == [
        say(way) for way in sections["Other issues"].css("details a")
    ]


def test_tables_are_named_and_their_cells_too(harbour):
    """Each table has a caption, a head for every column and row, and a legend of its own signs."""
    for url in ("positions/index.html", "positions/turned.html", "positions/comments.html"):
        for table in parse(harbour, url).css("table"):
            assert say(table.css_first("caption"))
            assert {"col"} == {head.attributes["scope"] for head in table.css("thead th")}
            assert {"row"} == {
                row.css_first("th").attributes["scope"] for row in table.css("tbody tr")
            }
    for section in parse(harbour, "positions/index.html").css(".matrix:has(table)"):
        classes = {c for cell in section.css("td") for c in cell.attributes["class"].split()}
        legend = section.css(".legend li")
        assert len(classes) == len(legend)
        assert ("implied" in classes) == any("dotted" in say(entry) for entry in legend)


def test_every_cell_leads_to_its_evidence(harbour):
    """A cell's link leads to the section of the actor on the page of the issue."""
    links = [link.attributes["href"] for link in parse(harbour, "positions/index.html").css("td a")]

    assert "../issues/toll.html#harbour-master" in links
    for link in links:
        url, id = link.removeprefix("../").split("#")
        assert parse(harbour, url).css_first(f"section#{id}") is not None


def test_evidence_says_who_says_so(harbour):
    """Behind a cell stand the words, where, who says so, the basis, the certainty and the note."""
    page = parse(harbour, "issues/basin.html")
    facts = {
        id: {
            say(term): say(term.next.next if term.next.tag == "-text" else term.next)
            for term in page.css(f"section#{id} .evidence dt")
        }
        for id in ("governor", "harbour-master")
    }

    assert "to keep the basin open" == say(page.css_first("#governor blockquote"))
    assert {
        "stance": "▲▲ for",
        "where": "A letter on the harbour, p4 March 1868",
        "who says so": "The clerkSomebody at the exchangeThe governor",
        "basis": "commitment",
        "how sure": "low",
        "note": "A promise at third hand, The editor",
    } == facts["governor"]
    assert "if the toll is doubled" == facts["harbour-master"]["if"]
    assert "The clerkHarbour master" == facts["harbour-master"]["who says so"]
    chain = page.css("section#governor .chain li")
    assert ["The clerk", "Somebody at the exchange", "The governor"] == [
        say(each) for each in chain
    ]
    reason = parse(harbour, "issues/fee-now.html").css_first("section#council dl")
    assert "it was raised too early" in say(reason)


def test_a_place_meant_as_such_is_shown(harbour):
    """Where no words were quoted the passage stands there itself."""
    quoted = parse(harbour, "issues/quay.html").css("section#chapel blockquote")

    assert quoted
    assert all(say(each).startswith("The chapel welcomes any quay") for each in quoted)


def test_all_words_that_are_marked_are_quoted(tmp_path):
    """A statement that rests on several passages of one quotation shows them all."""
    site = copy_harbour(tmp_path)
    site.edit(
        "content/annotations/reply.md",
        "> The toll **must not be doubled**.",
        "> The **toll** must **not be doubled**.",
    )
    quoted = parse(site.build(), "issues/toll.html").css("section#harbour-master blockquote")

    assert "toll … not be doubled" in [say(each) for each in quoted]


def test_sides_face_each_other(harbour):
    """Where the evidence is on both sides, each stands under its name; a change in its order."""
    decided = parse(harbour, "issues/decided.html").css_first("section#council")
    assert ["For", "Against"] == [say(each) for each in decided.css(".facing h3")]
    assert ["it was decided in due form", "nothing was decided at all"] == [
        say(each) for each in decided.css("blockquote")
    ]
    fee = parse(harbour, "issues/fee-now.html").css_first("section#council")
    assert ["Against", "For"] == [say(each) for each in fee.css(".facing h3")]
    assert ["3 reported by name", "against, then leans for"] == [
        say(each) for each in fee.css(".lede")
    ]
    toll = parse(harbour, "issues/toll.html").css_first("section#harbour-master")
    assert [] == toll.css(".facing")
    assert 4 == len(toll.css(".evidence > li"))
    assert "Annotators read one passage differently" in say(toll)


def test_rulings_give_their_reasons(harbour):
    """A ruling says why, on which notes it rests, and what would stand there without it."""
    ruling = parse(harbour, "issues/fee-now.html").css_first("section#mariners .ruling")

    assert (
        "Ruled by the editor: They want it and dread it. It rests on: Whether anything was decided "
        "Without the ruling: not coded"
    ) == say(ruling)
    assert "../notes/decided-or-not.html" == ruling.css_first("a").attributes["href"]


def test_commenters_on_others_are_no_witnesses(harbour):
    """What a commenter says of another is apart, on the issue's page and in a view of its own."""
    brewers = parse(harbour, "issues/toll.html").css_first("section#brewers")
    assert ["none", "for"] == [say(each).split()[-1] for each in brewers.css(".evidence .badge")]
    aside = brewers.css_first(".side.aside")
    assert "Said of Brewers by commenters; not counted in the tables" == say(aside.css_first("h3"))
    assert 1 == len(aside.css("li.a1"))

    rows = parse(harbour, "positions/comments.html").css("tbody tr")
    cells = [[say(cell) for cell in row.css("th, td")] for row in rows]
    assert [
        ["Brewers The toll should be doubled.", "∅ none 1 passage", "▲▲ for 2 passages"],
        [
            "Council A second quay should be built.",
            "▲ leans for 1 passage, implied",
            "→ changed leans for, then against, 2 passages",
        ],
    ] == cells


def test_no_page_of_remarks_without_any(site):
    """The view of what commenters say of others is there only if they say anything."""
    built = make_many(site, 3, [("", 3)]).build()

    assert "positions/comments.html" not in built.files
    assert "comments.html" not in built.page("positions/index.html")


def test_the_page_of_an_issue(harbour):
    """It has the proposition, what the stances mean, the column, and who is missing from it."""
    page = parse(harbour, "issues/fee-now.html")

    assert "The fee should rise before the spring." == say(page.css_first("h1"))
    meanings = [say(each) for each in page.css(".meanings dd")]
    assert ["before the spring", "later, or never", "whenever the council likes"] == meanings
    rows = [say(row.css_first("th")) for row in page.css(".column tbody tr")]
    sections = [section.attributes["id"] for section in page.css("section.cell")]
    assert ["harbour-master", "brewers", "council", "mariners", "chapel"] == sections
    assert "Harbour master" == rows[0]
    assert {"The navy", "The clerk"} <= {say(way) for way in page.css("details.idle a")}
    assert ["leans for 1", "changed 2", "mixed 1", "not mentioned 1"] == [
        re.sub(r"^\W+ ", "", say(each)) for each in page.css(".title .counts li")
    ]
    assert ["whether the decision was right"] == [
        say(each) for each in parse(harbour, "issues/decided.html").css(".meanings dd")
    ][2:]
    assert "Council" in say(page.css_first(".linked .backlinks"))


def test_the_page_of_an_actor(harbour):
    """It has the row, what the actor says of others, where texts speak of it, and its notes."""
    page = parse(harbour, "actors/council.html")

    assert "also called the council, town council" in say(page.css_first(".title"))
    assert "to it belong The clerk" in say(page.css_first(".title"))
    row = {say(each.css_first("th")): each for each in page.css("tbody tr") if each.css("td")}
    cell = row["The council decided on the fee."].css_first("td a")
    assert "../issues/decided.html#council" == cell.attributes["href"]
    assert ["The harbour", "The fee"] == [say(each) for each in page.css("th[scope=rowgroup]")]
    places = page.css("section[aria-labelledby='places_title'] > *")
    letter = next(each for each in places if each.tag == "dl")
    assert ["p1", "p2", "c2.1"] == [say(each) for each in letter.css("dt")]
    assert {"timing", "has-come-round"} <= {
        link.attributes["href"].split("/")[-1].removesuffix(".html")
        for link in page.css(".entries a")
    }
    clerk = parse(harbour, "actors/clerk.html")
    assert "belongs to Council" in say(clerk.css_first(".title"))
    assert "The governor ▲▲ for The basin stays open." in [
        say(each) for each in clerk.css(".sayings li")
    ]
    assert [] == clerk.css("section[aria-labelledby='held_title'] table")


def test_with_whom_an_actor_agrees(harbour):
    """It lists the others with the figure, how many issues it rests on, and what parts the two
    most; those with whom it shares too little are named and not compared."""
    page = parse(harbour, "actors/brewers.html")
    near = page.css_first("section[aria-labelledby='near_title']")

    assert [["Harbour master", "0.62 on 2 issues"]] == [
        [say(each) for each in row.css("th, td")[:2]] for row in near.css("tbody tr")
    ]
    apart = [say(each) for each in near.css(".apart")]
    assert ["The basin stays open. ▲▲ for ▼ leans against"] == apart
    links = [link.attributes["href"] for link in near.css(".apart a")]
    assert ["../issues/basin.html#brewers", "../issues/basin.html#harbour-master"] == links
    assert "Council (1)" in say(near.css_first(".naming"))


def test_agreement_says_on_how_many_issues(harbour):
    """Each pair has its figure and the number of issues; below the least it is refused, in no
    colour, and nobody is compared with itself."""
    cells = read_tables(harbour, "positions/agreement.html")
    master, brewers = "Harbour master", "Brewers"

    assert ("0.62 on 2 issues", "level-3") == cells[master, brewers] == cells[brewers, master]
    assert ("too few on 1 issue", "refused") == cells["Council", brewers]
    assert ("no issue shared", "unshared") == cells["Council", "The chapel"]
    assert ("itself", "itself") == cells["Council", "Council"]
    grounds = [
        css
        for css in ("refused", "unshared", "itself")
        if re.search(rf"\.{css}[^}}]*background", CSS)
    ]
    assert [] == grounds
    links = parse(harbour, "positions/agreement.html").css("td.level-3 a")
    assert "../actors/brewers.html#with_harbour-master" in [
        each.attributes["href"] for each in links
    ]
    lists = read_lists(harbour, "positions/agreement.html")
    assert lists == {
        key: cell for key, cell in cells.items() if cell[1] not in ("unshared", "itself")
    }
    assert "No issue shared with: Brewers · Council" in say(
        parse(harbour, "positions/agreement.html").css_first(".as-list")
    )


def test_pairs_have_congruence_and_conflict(harbour):
    """Beside the figure stand the weights of the statements, and all of it as a file."""
    page = parse(harbour, "positions/agreement.html")
    rows = [[say(cell) for cell in row.css("th, td")] for row in page.css(".figures tbody tr")]

    assert ["Brewers · Harbour master", "0.62 on 2 issues", "1.25", "0.75", "0.5"] == rows[0]
    assert "−0.5" in [row[4] for row in rows]
    assert "data/agreement.csv" in harbour.files
    assert "../data/agreement.csv" in harbour.page("positions/agreement.html")


def test_agreement_is_drawn_where_there_is_some(harbour, site):
    """Beside the table stand a graph and a map; where every figure is refused there is neither."""
    page = parse(harbour, "positions/agreement.html")
    assert ["Who agrees with whom", "How far each two agree"] == [
        say(each.css_first("title")) for each in page.css("svg[role=img]")
    ]
    assert "0.62 on 2" in say(page.css_first("svg.graph"))

    make_many(site, 3, [("", 3)])
    refused = parse(site.build(), "positions/agreement.html")
    assert [] == refused.css("svg")


def test_where_nothing_is_drawn_there_is_no_place_for_it(harbour, tmp_path):
    """Pairs that share too little are listed, without an empty box above them."""
    assert 1 == len(parse(harbour, "positions/agreement.html").css(".charts"))

    site = copy_harbour(tmp_path)
    site.edit("site.toml", "minimum_shared_issues = 2", "minimum_shared_issues = 9")
    page = parse(site.build(), "positions/agreement.html")
    assert page.css(".figures tbody tr")
    assert [] == page.css(".charts")


def test_of_many_actors_only_pairs_are_shown(site, monkeypatch):
    """A table of more actors than fit is left out, and of many pairs those that share least."""
    monkeypatch.setattr("generator.views.agreement.MOST_PAIRS", 50)
    built = make_many(site, 45, [("", 20)]).build()
    page = parse(built, "positions/agreement.html")

    assert [] == find_faults(built.files)
    assert [] == page.css("table.cells")
    assert 50 == len(page.css(".figures tbody tr"))
    assert re.search(r"\d+ pairs more are in the data file", say(page.css_first("main")))


def read_section(built, url, id):
    return parse(built, url).css_first(f"section[aria-labelledby='{id}']")


def test_issues_by_how_divided_they_are(harbour):
    """The issue that divides most comes first, with both sides counted and what it rests on."""
    section = read_section(harbour, "positions/disagreement.html", "divided_title")
    rows = [[say(cell) for cell in row.css("td")] for row in section.css("tbody tr")]

    assert ["1", "2", "0.67 over 3 pairs"] == rows[0]
    assert ["0", "0", "fewer than two hold a position"] == rows[-1]
    assert 7 == len(rows) == len(section.css(".rows > li"))


def test_clashing_cells_stand_with_both_sides(harbour):
    """Each cell whose evidence clashes is there with the words of both, also where it was ruled."""
    section = read_section(harbour, "positions/disagreement.html", "clashes_title")
    heads = [say(each) for each in section.css("h3")]

    assert 5 == len(heads)
    assert "Council ⇄ contested The council decided on the fee." in heads
    council = section.css(".clash")[
        heads.index("Council ⇄ contested The council decided on the fee.")
    ]
    assert ["For", "Against"] == [say(each) for each in council.css(".facing h4")]
    assert "../issues/decided.html#council" in [a.attributes["href"] for a in council.css("a")]


def test_opposite_actors_stand_with_their_passages(harbour):
    """On each issue those for and those against face each other, with a passage or a ruling."""
    section = read_section(harbour, "positions/disagreement.html", "opposed_title")
    toll, basin = section.css(".clash")

    assert "The basin stays open." == say(basin.css_first("h3"))
    assert ["a quay of stone", "to keep the basin open"] == [
        say(each) for each in basin.css(".for blockquote")
    ]
    assert ["Harbour master ▼ leans against"] == [say(p) for p in basin.css(".against li > p")[:1]]
    assert "ruled by the editor" in say(toll.css_first(".for"))


def test_differences_threads_and_rulings(harbour):
    """What annotators read differently, notes that answer each other, and what editors ruled."""
    url = "positions/disagreement.html"
    readings = read_section(harbour, url, "differences_title").css(".clash")
    assert [
        "Harbour master The toll should be doubled.",
        "The chapel A second quay should be built.",
    ] == [say(each.css_first("h3")) for each in readings]
    assert {"unclear", "for"} == {say(each).split()[-1] for each in readings[1].css(".badge")}
    threads = [
        [
            (say(each.css_first("p")), each.attributes["class"][:2])
            for each in thread.css("li.a1, li.a2")
        ]
        for thread in read_section(harbour, url, "threads_title").css("ol")
    ]
    assert [
        ("The council complains of the date The editor", "d0"),
        ("The complaint again A second reader", "d1"),
    ] in threads
    rulings = read_section(harbour, url, "rulings_title").css("tbody tr")
    assert 4 == len(rulings)
    assert "⇆ mixed They want it and dread it." in [
        say(cell) for r in rulings for cell in r.css("td")
    ]


def test_what_is_absent_is_said(site):
    """Where nobody is against anybody the page says so."""
    site.edit("seeds/letter/source.toml", 'rights = "full"\n', 'rights = "full"\nspeaker = "a"\n')
    write_issues(write_actors(site, ["a", "b"]), ["one"])
    built = write_statements(site, [("a", "one", "for")]).build()

    words = say(parse(built, "positions/disagreement.html").css_first("main"))
    assert "There is none" in words
    assert "There are none" in words
    assert "No two actors hold a position" in say(
        parse(built, "positions/agreement.html").css_first("main")
    )
    assert "positions/reliability.html" not in built.files


def test_how_we_know(harbour):
    """Statements are counted by whose mouth they come from, and cells that rest on inference are
    named."""
    page = parse(harbour, "positions/provenance.html")
    tables = [
        {
            say(row.css_first("th a") or row.css_first("th")): [say(each) for each in row.css("td")]
            for row in rows.css("tr")
        }
        for rows in page.css("tbody")
    ]

    assert [["4", "21", "1", "3", "10 %"]] == list(tables[0].values())
    assert ["3", "4", "0", "0", "0 %"] == tables[1]["Harbour master"]
    assert ["0", "2", "1", "1", "25 %"] == tables[2]["The basin stays open."]
    weak = [say(each) for each in page.css(".sayings li")]
    assert "Council ▲ leans for A second quay should be built." in weak
    assert "1 first hand" in say(
        parse(harbour, "issues/quay.html").css_first("section#harbour-master")
    )


def test_annotators_are_compared(harbour):
    """With two annotators on one passage stand alpha, how many units, and the table behind it."""
    page = parse(harbour, "positions/reliability.html")
    figures = [[say(each) for each in row.css("td")] for row in page.css("tbody")[0].css("tr")]

    assert ["0.167", "3", "6", "33 %"] == figures[0]
    assert ["not computable", "1", "2", "100 %"] == figures[1]
    units = [say(each) for each in page.css(".units > li")]
    assert 3 == len(units)
    assert units[0].endswith("▼▼ against The editor ▼▼ against A second reader alike")
    assert "22 passages were coded by one annotator alone" in say(page.css_first("main"))


def test_where_an_actor_is_only_named(harbour):
    """A place that names an actor and states nothing of it is told apart from one that does."""
    page = parse(harbour, "actors/council.html")
    named = [say(each) for each in page.css(".naming")]
    stating = {say(each) for each in page.css(".places dt")}

    for words in named:
        assert not stating & set(words.split())
    assert [] != parse(harbour, "actors/mariners.html").css(".naming, .places")


def test_a_note_shows_what_it_states(harbour):
    """A note leads to its cells: in words on its page, by a quiet mark in the margin."""
    page = parse(harbour, "notes/rather-close.html")
    assert [
        "Harbour master ▼ leans against The basin stays open. (if the toll is doubled)",
        "Harbour master ▼▼ against The toll should be doubled.",
        "Council ▲ leans for A second quay should be built.",
    ] == [say(each) for each in page.css(".states li")]
    margin = parse(harbour, "sources/letter.html").css_first("#n-rather-close .stated")
    links = margin.css("a")
    assert [
        "Harbour master ▼ leans against, if the toll is doubled",
        "Harbour master ▼▼ against",
        "Council ▲ leans for",
    ] == [say(each) for each in links]
    assert "../issues/toll.html#harbour-master" == links[1].attributes["href"]
    assert (
        "Harbour master, against: The toll should be doubled." == links[1].attributes["aria-label"]
    )
    assert [] == parse(harbour, "notes/index.html").css(".stated")


def test_without_pages_of_their_own_notes_state_in_the_margin(tmp_path):
    """With `note_pages` off a cell's evidence leads to the margin, and the margin to the cell."""
    site = copy_harbour(tmp_path)
    built = site.edit("site.toml", 'language = "en"', 'language = "en"\nnote_pages = false').build()

    assert [] == find_faults(built.files)
    links = parse(built, "issues/toll.html").css("section#harbour-master dd a")
    assert "../sources/letter.html#n-kept" in [link.attributes["href"] for link in links]


def test_lists_of_actors_and_issues(harbour):
    """Each leads to all its pages, with how much there is on them."""
    actors = [say(row) for row in parse(harbour, "actors/index.html").css("tbody tr")]
    assert 11 == len(actors)
    assert "Councilgroup370" in [row.replace(" ", "") for row in actors]
    page = parse(harbour, "issues/index.html")
    assert ["The harbour", "The fee", "Other issues"] == [say(each) for each in page.css("h2")]
    assert 7 == len(page.css(".propositions > li"))


@pytest.mark.parametrize(
    ("actors", "issues", "expected"),
    [
        ([], [], []),
        (["one"], [], ["actors"]),
        ([], ["two"], ["issues"]),
        (["one"], ["two"], ["positions"]),
    ],
)
def test_ways_lead_where_there_is_something(site, actors, issues, expected):
    """Read · Positions · Notes; without issues or without actors there are no positions."""
    write_issues(write_actors(site, actors), issues)
    built = site.build()
    ways = [link.attributes["href"] for link in parse(built, "index.html").css("nav a")]

    assert [] == find_faults(built.files)
    assert [f"{way}/index.html" for way in expected] == ways[1:-1]
    for kind in (*("actors",) * bool(actors), *("issues",) * bool(issues)):
        lit = parse(built, f"{kind}/index.html").css(".bar nav [aria-current]")
        assert [f"../{ways[1]}".replace(f"../{kind}/", "")] == [
            each.attributes["href"] for each in lit
        ]
    assert ("positions/index.html" in built.files) == bool(actors and issues)


def test_an_actor_may_be_called_like_anything(site):
    """An actor's id is an id in the page of each issue: nothing else there may have it."""
    names = ["main", "links", "links_title", "table-1", "replies", "ways", "where"]
    names = [name for name in names if "_" not in name]
    site.edit(
        "seeds/letter/source.toml", 'rights = "full"\n', 'rights = "full"\nspeaker = "main"\n'
    )
    write_issues(write_actors(site, names), ["first"])
    write_statements(site, [(name, "first", "for") for name in names])
    built = site.build()

    assert 0 == built.errors
    assert [] == find_faults(built.files)


@pytest.mark.parametrize(
    ("issues", "tables", "regions"),
    [(9, 1, 0), (10, 1, 1), (12, 1, 1), (13, 2, 0), (25, 3, 0), (28, 3, 1)],
)
def test_a_table_that_never_fits_scrolls_by_itself(site, issues, tables, regions):
    """Up to nine columns a table fits where it is shown; from ten on it is a region with a name
    that Tab reaches; from thirteen on there are two."""
    write_issues(write_actors(site, ["a0"]), [f"i{n:02}" for n in range(issues)])
    site.edit("seeds/letter/source.toml", 'rights = "full"\n', 'rights = "full"\nspeaker = "a0"\n')
    write_statements(site, [("a0", f"i{n:02}", "for") for n in range(issues)])
    page = parse(site.build(), "positions/index.html")

    assert tables == len(page.css("table"))
    found = page.css("section[tabindex='0'][aria-labelledby]")
    assert regions == len(found) == len(page.css(".wide"))
    for region in found:
        assert page.css_first(f"caption#{region.attributes['aria-labelledby']}") is not None


def test_tables_are_of_one_group(site):
    """With more than one group each has its table, which bears its name."""
    make_many(site, 4, [("War", 3), ("Peace", 13), ("", 2)])
    page = parse(site.build(), "positions/index.html")

    assert ["War", "Peace, 1 of 2", "Peace, 2 of 2", "Other issues"] == [
        say(each) for each in page.css(".matrix h2")
    ]
    assert [] == page.css("h1 + .matrix")


def test_too_many_cells_are_several_pages(site, monkeypatch):
    """A page holds so many cells and no more; every cell is on one, and the first leads to all."""
    monkeypatch.setattr("generator.views.matrix.MOST_CELLS", 120)
    groups = [("War", 14), ("Index", 3), ("Turned", 3), ("戦", 3), ("War!", 3)]
    built = make_many(site, 10, groups).build()

    assert [] == find_faults(built.files)
    links = [
        link.attributes["href"] for link in parse(built, "positions/index.html").css("td a, th a")
    ]
    pages = sorted(link for link in links if "turned" not in link or link == "turned-2.html")
    assert [
        "group.html",
        "index-2.html",
        "turned-2.html",
        "war-2.html",
        "war-3.html",
        "war.html",
    ] == (pages)
    found = [read_tables(built, f"positions/{page}") for page in pages]
    keys = [key for cells in found for key in cells]
    assert len(keys) == len(set(keys))
    for page in pages:
        twin = f"positions/{page.removesuffix('.html')}-turned.html"
        assert read_tables(built, f"positions/{page}") == read_tables(built, twin, turned=True)
    # What has an entry is in a table; everything else is in a fold of each page.
    written = {key for cells in found for key, cell in cells.items() if cell[0] != "not coded"}
    rows = [len(parse(built, url).css("section.cell")) for url in built.files if "issues/" in url]
    assert sum(rows) == len(written)


INKS = re.compile(r"\.(p-[a-z-]+)[^{}]*\{([^}]*)\}")


def read_colours(scheme):
    """Return the values of the custom properties in *scheme*, of both style sheets."""
    found = {}
    for text in (STYLE, CSS):
        light, _, rest = text.partition("@media (prefers-color-scheme: dark)")
        dark = rest.partition("\n}\n")[0]
        for part in (light, dark) if scheme == "dark" else (light,):
            found |= dict(re.findall(r"(--[a-z0-9-]+): (#[0-9a-f]{6})", part))
    return found


def luminance(colour):
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one, two):
    low, high = sorted((luminance(one), luminance(two)))
    return (high + 0.05) / (low + 0.05)


def find_pairs():
    """Return the ink and the ground of each reading, as the style sheet's rules give them."""
    inks, grounds = {}, {}
    for selectors, body in re.findall(
        r"^([^{}@]*p-[^{}]*)\{([^}]*)\}", CSS.replace("} .", "}\n."), re.M
    ):
        for name in re.findall(r"\.(p-[a-z-]+)", selectors):
            ink = re.search(r"(?<!-)color: var\((--[a-z0-9-]+)\)", body)
            ground = re.search(r"background: var\((--[a-z0-9-]+)\)", body)
            inks |= {name: ink[1]} if ink else {}
            grounds |= {name: ground[1]} if ground else {}
    return {name: (ink, grounds.get(name, "--paper")) for name, ink in inks.items()}


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_cell_can_be_read(scheme):
    """The words of each reading have a contrast of 4.5 or more with their ground."""
    pairs, colours = find_pairs(), read_colours(scheme)
    readings = {f"p-{reading.replace(' ', '-')}" for reading in Reading}

    assert readings == set(pairs)
    faint = {
        name: ratio
        for name, (ink, ground) in pairs.items()
        if (ratio := contrast(colours[ink], colours[ground])) < 4.5
    }
    assert {} == faint


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_colours_do_not_ask_to_tell_red_from_green(scheme):
    """The two sides differ in how blue they are, which those see who cannot tell red from green."""
    colours = read_colours(scheme)
    for pro, contra in product(("--for", "--leans-for"), ("--against", "--leans-against")):
        blue, orange = (
            int(colours[name][5:7], 16) - int(colours[name][1:3], 16) for name in (pro, contra)
        )
        assert blue > 0 > orange
