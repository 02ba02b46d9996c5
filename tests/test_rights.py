"""Rights: how much of a text a site shows, what stands in the place of the rest, what stops it."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.characters import fold_words
from generator.decoding import read_out
from generator.output import OutputRefused
from generator.pipeline import build
from generator.plans import Plan
from generator.reporting import summarise
from generator.wording import LINE_END, spell, spell_lines, take_apart
from tests.crawling import find_faults
from tests.rights import HEADING, OUTLINE, PARAGRAPHS, PATH, find_leaks, restricted
from tests.rights import without_text as clone
from tests.test_tabulating import table

SOON = "\n## Soon {#soon}\n\n> the new fee was **decided too soon**, before\n\nOurs.\n"


def article_of(built):
    page = built.page("sources/letter.html")
    return page[page.index("<article") : page.index("</article>")]


def words_of(markup):
    """Return what is to be read in *markup*, on one line."""
    return " ".join(re.sub(r"<[^>]*>", "", markup).split())


def block_of(built, id):
    """Return the block of that id, without its notes."""
    return re.search(
        rf'<section class="block [^>]*id="{id}">\n(.*?)</div>', article_of(built), re.S
    )[1]


def gaps_of(markup):
    """Return the gaps in *markup*: what each shows, and where it leads."""
    links = re.findall(r'<a href="([^"]*)" class="gap"[^>]*>([^<]*)</a>', markup)
    return [(words, href) for href, words in links]


@pytest.mark.parametrize(
    ("rights", "shown", "exact"),
    [
        ("quote", "1 [… 8 words] decided too soon1 [… 24 words]", "decided too soon"),
        (
            "excerpt",
            "1 The council finds that the new fee was decided too soon1, before anybody had asked "
            "those who tie up their boats at the old quay. [… 10 words]",
            "decided too soon",
        ),
        ("link", "1 [… p1, 35 words, at the original]1", None),
    ],
)
def test_how_much_each_mode_shows(tmp_path, rights, shown, exact):
    """The exact words, the rest of their sentence with them, or none; on every page."""
    built = restricted(tmp_path / "root", rights, SOON).build()

    assert [] == built.places
    assert [] == find_faults(built.files)
    assert shown == words_of(block_of(built, "p1")).replace("1[", "1 [").replace("1The", "1 The")
    [note] = built.data["notes"]
    assert [exact] == [target.get("exact") for target in note["targets"]]
    assert {"source", "locators", "exact"} >= {*note["targets"][0]}
    assert (exact is not None) == (b"decided" in built.files["notes/soon.html"])


def test_what_is_free_in_every_mode(tmp_path):
    """Title, locators and word counts are told, and how many words there are in all."""
    whole = restricted(tmp_path / "whole", "full", SOON).build().data["sources"]
    linked = restricted(tmp_path / "link", "link", SOON).build().data["sources"]
    named = [{**each, "rights": "link"} for each in whole]
    # A heading of nine words names its section by a number.
    long = "#" + "-".join(HEADING.lower().split())
    for place in named[0]["locators"]:
        place["id"] = "#section-1" if place["id"] == long else place["id"]

    assert named == linked


def test_gaps_say_how_much_is_missing_and_where_it_is(tmp_path):
    """A gap leads to the last published words before it, else to the first after it."""
    article = article_of(restricted(tmp_path / "root", "quote", SOON).build())

    before = "https://example.org/letter#:~:text=decided%20too%20soon"
    assert ("[… #section-1, 11 words, at the original]", before) == gaps_of(article)[0]
    assert ("[… 8 words]", before) == gaps_of(article)[1]
    assert {before} == {href for _, href in gaps_of(article)}


LETTER = "https://example.org/letter"


@pytest.mark.parametrize(
    ("quote", "url", "href"),
    [
        ("the brewers say", LETTER, f"{LETTER}#:~:text=the%20brewers%20say"),
        ("the dredger", LETTER, LETTER),
        ("who shall pay-all", LETTER, f"{LETTER}#:~:text=who%20shall%20pay%2Dall"),
        ("the brewers say", f"{LETTER}#top", f"{LETTER}#top:~:text=the%20brewers%20say"),
        ("the brewers say", f"{LETTER}#:~:text=x", f"{LETTER}#:~:text=x"),
    ],
)
def test_a_gap_leads_by_words_that_are_published_and_occur_once(tmp_path, quote, url, href):
    """Words that occur twice lead nowhere; what means something in an address is spelt."""
    site = restricted(tmp_path / "root", "quote", f"\n## N {{#n}}\n\n> {quote}\n> — p2\n")
    site.edit("seeds/letter/source.toml", f'"{LETTER}"', f'"{url}"')
    site.edit("seeds/letter/text.md", "who shall pay for", "who shall pay-all for")
    built = site.build()

    assert [] == built.places
    assert {href} == {href for _, href in gaps_of(article_of(built))}


def test_without_an_address_a_gap_is_no_link(tmp_path):
    """It still says how much is missing."""
    site = restricted(tmp_path / "root", "quote", SOON)
    article = article_of(site.edit("seeds/letter/source.toml", LETTER, "").build())

    assert [] == gaps_of(article)
    assert '<span class="gap" lang="en" dir="ltr">[… 8 words]</span>' in article


def test_blocks_of_which_nothing_is_shown_are_one_gap(tmp_path):
    """Their places are all there to be led to; what is said of one keeps it for itself."""
    notes = SOON + "\n## Ice {#ice}\n\n> — p4\n\nSee [[letter#p6]].\n"
    built = restricted(tmp_path / "root", "link", notes).build()

    words = [words for words, _ in gaps_of(article_of(built))]
    assert [
        "[… #section-1, 11 words, at the original]",
        "[… p1, 35 words, at the original]",
        "[… p2–p3, 72 words, at the original]",
        "[… p4, 38 words, at the original]",
        "[… p5–#the-lamp, 21 words, at the original]",
        "[… p6, 21 words, at the original]",
        "[… p7–p9, 24 words, at the original]",
        "[… #letters, 1 word, at the original]",
        "[… c1.1, 22 words, at the original]",
        "[… c2.1, 3 words, at the original]",
        "[… c3.1, 19 words, at the original]",
    ] == words
    assert [] == find_faults(built.files)
    assert {"p1", "p2", "p3", "p4", "p9", "s-the-lamp"} <= {
        *re.findall(r'id="([^"]*)"', article_of(built))
    }


def test_a_describing_note_stands_in_for_a_whole_place(tmp_path):
    """It is read in the place of the words, for as far as it describes them, and not beside."""
    notes = "\n## Who pays {#pays .describing}\n\n> — p2-p3\n\nNobody, it seems.\n"
    built = restricted(tmp_path / "root", "quote", notes).build()
    article = article_of(built)

    assert [] == find_faults(built.files)
    standing = re.search(r'<div class="standing".*?</aside>', article, re.S)[0]
    assert "Who pays" in standing
    assert "<details open>" in standing
    assert "Nobody, it seems." in standing
    assert 1 == article.count("Who pays</p>")
    assert "[… p2–p3, 72 words, at the original]" in [words for words, _ in gaps_of(article)]
    assert "[… p4–p9, 104 words, at the original]" in [words for words, _ in gaps_of(article)]


@pytest.mark.parametrize(
    ("rights", "note"),
    [
        ("full", "\n## Who pays {#pays .describing}\n\n> — p2\n\nNobody.\n"),
        ("quote", "\n## Who pays {#pays .commenting}\n\n> — p2\n\nNobody.\n"),
        ("link", "\n## Who pays {#pays .describing}\n\n> Nobody on the water\n\nNobody.\n"),
    ],
)
def test_other_notes_stand_in_for_nothing(tmp_path, rights, note):
    """What is shown needs nobody in its place, a comment is no summary, a quotation no place."""
    built = restricted(tmp_path / "root", rights, note).build()

    assert [] == built.places
    assert "standing" not in article_of(built)
    assert 1 == article_of(built).count("Who pays</p>")


def test_comments_are_other_peoples_words(tmp_path):
    """They are shown under the same rights; who wrote each, and when, is told as it was."""
    notes = "\n## Rude {#rude}\n\n> Short and **wrong**.\n"
    built = restricted(tmp_path / "root", "quote", notes).build()
    article = article_of(built)

    assert "2.1[… 2 words] wrong1." in words_of(article)
    assert '<bdi class="by">A ratepayer</bdi>' in article
    assert '<time datetime="1868-03-20">' in article
    assert "in reply to 1" in words_of(article)
    assert "2 of 5 comments are missing from our copy" in words_of(article)
    assert {"announced": 5, "present": 3} == built.data["sources"][0]["comments"]


def test_a_lost_quotation_is_not_shown(tmp_path):
    """Words that were not found may be the text's with a slip: nobody knows, so nobody sees."""
    slip = f"{PARAGRAPHS[0][:120]}x"
    built = restricted(tmp_path / "root", "quote", f"\n## N {{#n}}\n\n> {slip}\n").build()

    assert ["quote-not-found"] == built.codes
    assert not built.report.withheld
    assert [] == find_leaks(built.files, ())
    assert [{"source": "letter", "locators": []}] == built.data["notes"][0]["targets"]
    assert "N" in built.page("notes/index.html")


def test_a_note_without_a_gist_is_called_by_published_words_only(tmp_path):
    """Its name stands on many pages."""
    note = "\n## {#mark .highlighting}\n\n> the new fee was **decided too soon**\n"
    quoted = restricted(tmp_path / "quote", "quote", note).build()
    linked = restricted(tmp_path / "link", "link", note).build()

    titles = {page["url"]: page["title"] for page in quoted.data["pages"]}
    assert "decided too soon" == titles["notes/mark.html"]
    titles = {page["url"]: page["title"] for page in linked.data["pages"]}
    assert "mark" == titles["notes/mark.html"]


def test_drafts_publish_no_words(tmp_path):
    """Not even where drafts are shown: the outline that everybody gets has none of them."""
    draft = SOON.replace("{#soon}", "{#soon .draft draft}".replace(" .draft", ""))
    site = restricted(tmp_path / "root", "quote", draft)
    built = site.build(drafts=True)

    assert [] == built.places
    assert "notes/soon.html" in built.files
    assert [] == [url for url, content in built.files.items() if b"decided too soon" in content]
    assert "decided" not in (site.root / OUTLINE).read_text("utf-8")
    assert clone(site).build(drafts=True).files == built.files


def test_no_words_of_a_heading_go_into_addresses(tmp_path):
    """A heading of eight words has a number for a name; a shorter one may be cited by its slug."""
    site = restricted(tmp_path / "root", "quote", "\n## A {#a}\n\n> — #the-lamp\n\nOurs.\n")
    built = site.build()
    assert [] == built.places
    assert b"what-the-harbour-wants" not in b"".join(built.files.values())

    slug = "-".join(HEADING.lower().split())
    built = site.edit(PATH, "#the-lamp", f"#{slug}").build()
    assert ["locator-unknown"] == built.codes
    assert [] == site.edit(PATH, f"#{slug}", "#section-1").build().places


def test_pictures_and_links_of_the_text_are_part_of_it(tmp_path):
    """A scan of a page is the page: what lies beside the text is not published."""
    site = restricted(tmp_path / "root", "quote", SOON)
    site.write("seeds/letter/plan.png", b"\x89PNG\r\n\x1a\nplan")
    assert [] == [url for url in site.build().files if url.endswith(".png")]

    site.note("Look {#look}", "— p9", "![A plan](../../seeds/letter/plan.png)")
    built = site.build()
    assert ["file-withheld"] == built.codes
    assert [] == [url for url in built.files if url.endswith(".png")]
    site.remove("seeds/letter/plan.png")
    assert built.files == site.build().files


def test_code_is_shown_by_the_line(tmp_path):
    """Lines of which nothing is shown are one gap, and a quoted one stands by itself."""
    code = "def moor(boat):\n    fee = count_the(boat.keels)\n\n    return fee\n"
    notes = "---\nsource: quay\nby: editor\n---\n\n## Keels {#keels}\n\n> boat.keels\n"
    site = restricted(tmp_path / "root", "quote")
    site.write("seeds/quay/source.toml", 'title = "Quay"\nrights = "quote"\n')
    site.write("seeds/quay/text.py", code).write("content/annotations/quay.md", notes)
    built = site.build()
    page = built.page("sources/quay.html")

    assert [] == built.places
    assert [] == find_faults(built.files)
    assert "[… L1, 2 words]" in page
    marked = '<span class="passage a1 k-commenting m1" data-notes="1">boat.keels'
    assert f"[… 2 words]</span> {marked}" in page
    assert "[… L4, 2 words]" in page
    (site.root / "seeds/quay/text.py").unlink()
    assert built.files == site.build().files


def test_statements_rest_on_recorded_words(tmp_path):
    """A narrower quotation in a table has a record too, so that tables need no text."""
    site = restricted(tmp_path / "root", "quote", SOON, 'speaker = "clerk"\n')
    site.edit("seeds/letter/source.toml", "speaker", "speaker")
    site.write("content/actors/clerk.md", "---\nname: The clerk\nkind: author\n---\n")
    site.write("content/issues/fee.md", "---\nproposition: The fee should rise.\n---\n")
    rows = table("clerk | fee | against | | | too soon", "clerk | fee | for | | 1870 | dredger")
    site.edit(PATH, "Ours.\n", f"{rows}\n")
    built = site.build()
    assert [("quote-not-found", "dredger")] == [(code, words) for code, _, words in built.places]

    site.edit(PATH, "| dredger |", "| decided |")
    built = site.build()
    assert {"position-contested"} >= {*built.codes}
    assert b"too soon" in built.files["data/statements.csv"]
    copy = clone(site)
    assert built.files == copy.build().files
    copy.edit(PATH, "| decided |", "| decided too |")
    assert ["note-unverified"] == [c for c in copy.build().codes if c != "position-contested"]


def test_a_private_edition_has_everything(tmp_path):
    """All words, each page marked and kept from search engines, all of it ignored by git."""
    site = restricted(tmp_path / "root", "link", SOON)
    built = site.build(private=True)

    assert [] == built.places
    pages = [url for url in built.files if url.endswith(".html")]
    for url in pages:
        page = built.page(url)
        assert 1 == page.count('<meta name="postil-edition" content="private">'), url
        assert '<meta name="robots" content="noindex">' in page
        assert "Private edition" in words_of(page)
    assert [] == find_faults(built.files)
    assert b"*\n" == built.files[".gitignore"]
    assert PARAGRAPHS[3] in words_of(built.page("sources/letter.html"))
    assert not any(b"Private edition" in each for each in site.build().files.values())


def test_a_private_edition_of_a_text_that_is_not_here_is_the_public_one(tmp_path):
    """It has all texts that are here, and no mistake is made of those that are not."""
    site = restricted(tmp_path / "root", "quote", SOON)
    site.build()
    built = clone(site).build(private=True)

    assert [] == built.places
    assert "[… 8 words]" in built.page("sources/letter.html")


def test_the_count_is_on_the_page(tmp_path):
    """How many words are typed out, context too, and how many may be."""
    site = restricted(tmp_path / "root", "quote", SOON)
    page = words_of(site.build().page("sources/letter.html"))
    assert "quotations only" in page
    assert "8 of its words are quoted in our files Notes by" in page
    site.edit("seeds/letter/source.toml", "language", "max_words = 30\nlanguage")
    page = words_of(site.build().page("sources/letter.html"))
    assert "8 of its words are quoted in our files, of at most 30" in page


def test_a_source_without_text_says_so_once(tmp_path):
    """And how far the check reaches then, in the same line."""
    site = restricted(tmp_path / "root", "quote", SOON)
    site.build()
    built = clone(site).build()

    assert [] == built.places
    assert (
        "the text of letter is not here: the site is made from its outline, and the leak check "
        "covers only what that holds",
    ) == built.report.notices


def test_what_is_not_on_record_is_unverified(tmp_path):
    """Without the text a quotation is not looked for, least of all in the published words."""
    site = restricted(tmp_path / "root", "quote", SOON)
    site.build()
    copy = clone(site)
    for words in ("decided too", "decided **too soon**", "gulls"):
        copy.edit(PATH, "the new fee was **decided too soon**, before", words)
        built = copy.build()
        [problem] = built.report.diagnostics
        assert ("note-unverified", words) == (problem.code, built.places[0][2])
        assert "somebody who has the text" in problem.help
        assert [] == [url for url, content in built.files.items() if b"gulls" in content]
        copy.edit(PATH, words, "the new fee was **decided too soon**, before")
    # Where the words are written makes no odds, and typography does not.
    copy.edit(PATH, "{#soon}", "{#other}").edit(PATH, "soon**, before", "soon**,  before")
    assert [] == copy.build().places
    copy.edit(PATH, "Ours.", "Ours.\n\n## P {#p}\n\n> — p77\n")
    assert ["locator-unknown"] == copy.build().codes


@pytest.mark.parametrize("rights", ["quote", "excerpt", "link"])
def test_a_text_of_signs_without_spaces(tmp_path, rights):
    """Twenty-four signs in a row are what eight words are."""
    text = "議会はこの料金があまりにも早く決められたと考えている。港の者は誰も尋ねられなかった。"
    site = restricted(tmp_path / "root", rights)
    site.write("seeds/letter/text.md", text)
    site.write(PATH, "---\nsource: letter\n---\n\n## 早い {#n}\n\n> あまりにも早く\n\n注。\n")
    built = site.build()
    assert [] == built.places
    assert (rights != "link") == ("あまりにも早く" in built.page("notes/n.html"))
    assert "港の者は" not in "".join(map(bytes.decode, built.files.values()))
    assert built.files == clone(site).build().files

    # Where sentences may be shown the first one is.
    start = 7 if rights == "excerpt" else 0
    copied = text[start : start + 43]
    assert [] == site.edit(PATH, "注。", f"注、{copied[:23]}。").build().places
    assert ["text-leaked"] == site.edit(PATH, copied[:23], copied).build().codes


def test_nothing_is_written_by_a_check(tmp_path):
    """It says what the count is, and that the outline is not there yet."""
    site = restricted(tmp_path / "root", "quote", SOON, "max_share = 0.5\n")
    report = build(Plan(site.root, None), lambda *_: None)
    assert ["outline-outdated"] == [problem.code for problem in report.diagnostics]
    assert (
        "letter: the annotation files type out 8 of its 267 words (3.0 %), of at most 133",
    ) == report.notices
    assert not (site.root / OUTLINE).exists()
    assert summarise(report, "", 0.0).startswith("checked ")


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('"quote"', '"qoute"'),
        ('"quote"', '"quote"\nmax_word = 9'),
        ("rights", "= rights"),
        ("rights", "# r"),
    ],
)
def test_rights_that_cannot_be_understood(tmp_path, old, new):
    """Whose words may not be published is not known then: the site that is there stays."""
    site = restricted(tmp_path / "root", "quote", SOON)
    before = site.build().files
    assert "sources/letter.html" in before
    site.edit("seeds/letter/source.toml", old, new)
    site.note("Pasted {#pasted}", "", PARAGRAPHS[0])

    built = site.build()

    assert built.report.withheld
    assert built.errors
    assert before == built.files


@pytest.mark.parametrize(
    ("path", "content"),
    [
        ("seeds/letter/text.md", b"\xff"),
        ("seeds/letter/text.md", b""),
        ("seeds/letter/text.en.md", b"Two texts."),
        ("seeds/letter/source.toml", b"\xff"),
    ],
)
def test_a_kept_text_that_cannot_be_read(tmp_path, path, content):
    """Of what could not be read nobody knows the words: the site that is there stays."""
    site = restricted(tmp_path / "root", "quote", SOON)
    before = site.build().files
    built = site.write(path, content).build()

    assert built.errors
    assert built.report.withheld
    assert before == built.files


@pytest.mark.parametrize("left", ["{", None])
def test_a_kept_text_of_which_nothing_is_here(tmp_path, left):
    """Without text and outline the quotations of a note might be any words of it."""
    site = restricted(tmp_path / "root", "quote", SOON)
    before = site.build().files
    site.remove("seeds/letter/text.md").remove(OUTLINE)
    if left:
        site.write(OUTLINE, left)
    built = site.build()

    assert built.errors
    assert built.report.withheld
    assert before == built.files


def test_the_name_of_a_kept_text_misspelt(tmp_path):
    """What was meant to be a quotation of it is not shown as one of nobody."""
    site = restricted(tmp_path / "root", "quote", SOON)
    site.note("Ice {#ice}", f"{PARAGRAPHS[3]}\n— lettre", "Ours.").build()
    built = clone(site).build()

    assert ["source-unknown"] == built.codes
    assert [] == find_leaks(built.files, ())


@pytest.mark.parametrize("folder", ["site/private", "site", "public/x/y", "public"])
def test_a_private_edition_lies_in_no_public_site(tmp_path, folder):
    """Not even deep in one: its next build would keep what it finds there."""
    site = restricted(tmp_path / "root", "quote", SOON)
    for output in ("site", "public"):
        build(Plan(site.root, tmp_path / "root" / output), lambda *_: None)

    with pytest.raises(OutputRefused, match="for what is published"):
        build(Plan(site.root, tmp_path / "root" / folder, private=True), lambda *_: None)


@pytest.mark.parametrize("word", ["İstanbul", "Μαΐου", "ΰλη", "ǰ", "STRASSE", "Straße", "ﬁnds"])
@given(text=st.text(max_size=30))
def test_words_are_spelt_alike_on_both_sides(word, text):
    """What is searched for and what is searched are taken apart in one way, in every script."""
    whole = f"{text} {word} {text}"

    assert spell(whole) == list(take_apart(fold_words(whole)).parts)
    assert spell(whole) == [part for part in spell_lines(whole) if part != LINE_END]


@pytest.mark.parametrize(
    ("path", "content"),
    [
        (
            "a.svg",
            "<svg><text><tspan>one</tspan><tspan>two</tspan><tspan>three</tspan></text></svg>",
        ),
        ("a.json", '{"h": "<p>one <b class=x>two</b> three"}'),
        ("feed.xml", "<content>&lt;p&gt;one &lt;b&gt;two&lt;/b&gt; three</content>"),
        ("a.html", "one <font color=red>two</font> <big>three</big>"),
    ],
)
def test_tags_hide_no_words(path, content):
    """Words that markup parts or joins are read as a reader would."""
    said = [spell(text) for text in read_out(path, content.encode()).texts]

    assert any("one two three" in " ".join(words) for words in said)


def test_the_words_of_a_gap_complete_no_run(tmp_path):
    """A gap says `words`; where the text has that word before a quotation, nothing has leaked."""
    words = "He said in other words alpha beta gamma delta epsilon zeta eta theta iota."
    site = restricted(tmp_path / "root", "quote")
    site.write("seeds/letter/text.md", f"{words}\n")
    site.write(
        PATH, "---\nsource: letter\n---\n\n## N\n\n> alpha beta gamma delta epsilon zeta eta\n"
    )

    assert [] == site.build().codes


def test_the_words_after_a_link_to_a_note_complete_no_run(tmp_path):
    """A note called by a quotation is linked from what it cites: nothing there goes on with it."""
    words = "alpha beta gamma delta epsilon zeta eta"
    note = f"\n## {{#n .highlighting}}\n\n> {words}\n\nSee [[letter#p1]], [[n]].\n"
    site = restricted(tmp_path / "root", "quote", note)
    site.write("seeds/letter/text.md", f"He said it {words} see theta iota.\n")

    assert [] == site.build().codes


def test_what_was_found_belongs_to_its_text(tmp_path):
    """A text that is called something else is another text to the search, cache or not."""
    site = restricted(tmp_path / "root", "quote", SOON)
    site.build()
    copied = clone(site)
    copied.write("content/pages/index.md", f"---\ntitle: T\n---\n\n{PARAGRAPHS[0]}\n")
    cache = {"cache": copied.root / ".postil/store"}
    assert "text-leaked" in copied.build(**cache).codes
    (copied.root / "seeds/letter").rename(copied.root / "seeds/brief")
    copied.edit(PATH, "source: letter", "source: brief")

    assert copied.build().places == copied.build(**cache).places
