"""The catalogue of diagnostics: every code, how much it matters, what it means, how to mend it.

``explain CODE`` prints these words and the manual's chapter on messages holds them too; a test
compares the two. A code is never renamed: people search for it.
"""

from dataclasses import dataclass

from generator.diagnostics import Severity


@dataclass(frozen=True, slots=True)
class Code:
    """One kind of problem: its severity and an explanation in whole sentences."""

    severity: Severity
    explanation: str


def _error(explanation: str) -> Code:
    return Code(Severity.ERROR, explanation)


def _warning(explanation: str) -> Code:
    return Code(Severity.WARNING, explanation)


CODES: dict[str, Code] = {
    "actor-unknown": _error(
        "There is no actor of that id. Every actor has a file of its own in `content/actors`, "
        "and tables name it by its id: the file's name without `.md`."
    ),
    "actor-unnamed": _warning(
        "The passage has none of the names by which its codebook knows this actor, so the row "
        "may be about somebody else. Add the name that the text uses to `aliases` in the actor's "
        "file, or correct the row. An actor who speaks there, and one whose position is "
        "`implied`, need not be named."
    ),
    "alias-duplicate": _error(
        "One name means one actor: two files of `content/actors` claim the same name or alias. "
        "Call one of the two by another."
    ),
    "annotator-unknown": _error(
        "Every note says who wrote it: `by` in the front matter of its file or in its heading is "
        "one of the annotators of `site.toml`. With one annotator it may be left out."
    ),
    "bidi-control": _warning(
        "The text holds a character that turns the direction of writing and can make words look "
        "other than they are. The page shows it by its name. Delete it, or leave it if the "
        "direction really has to be forced there."
    ),
    "braces-invalid": _error(
        "Braces that begin with `#`, `.` or a known key must hold an id, classes and `key=value` "
        "pairs, and close. Put a value with spaces in straight double quotes."
    ),
    "certainty-high": _warning(
        "A position that is only `implied` is the annotator's inference, and an inference is "
        "never of high certainty. Write `medium` or `low`, or name the basis that the passage "
        "shows."
    ),
    "codebook-unused": _warning(
        "Nothing rests on this file: no statement, no ruling, no speaker and no link names it. "
        "State something in a note, link to it, or take the file out."
    ),
    "comment-unclosed": _error(
        "A line that begins with `<!--` hides everything down to `-->`, and here that never comes: "
        "all that follows is lost to readers, here as on GitHub. Close the comment."
    ),
    "extension-failed": _error(
        "A module named in `[extend] modules` of `site.toml` could not be loaded, or failed while "
        "it was used. The message is the module's own, and says on which line it arose."
    ),
    "file-unreadable": _error(
        "The file is there but could not be read: it is broken, or you may not read it. Mend its "
        "permissions, or take it out of the project."
    ),
    "file-unused": _warning(
        "Nothing is made of this file. Annotations belong below `content/annotations`, pages into "
        "`content/pages`, pictures below `content/files`."
    ),
    "file-withheld": _error(
        "The file lies beside a text that may not be published whole, and may be a picture or a "
        "scan of it, so that it is not published either. If it may be, move it below "
        "`content/files`."
    ),
    "front-matter-invalid": _error(
        "The lines between the two `---` at the top of a file must be plain YAML: one `key: value` "
        "a line, each key once, no anchors, aliases or tags, and a closing `---`."
    ),
    "gist-long": _warning(
        "A gist is the one line that the margin shows, so it has at most 160 characters and no "
        "link. Say the rest below the quotation."
    ),
    "gist-missing": _error(
        "A note's heading is its gist, and only a note that is `highlighting` may go without one. "
        "Write in one line what the note says."
    ),
    "heading-misplaced": _error(
        "Every `## ` starts a note, and what follows is its body. A title of higher rank (`# `) "
        "stands only before the first note, and a heading of lower rank is part of a body and has "
        "no id or keys of a note. Write `## ` if a note was meant."
    ),
    "heading-underlined": _error(
        "A note starts with a line that begins with `## `. This heading of the same rank is "
        "written with a line of hyphens below it; write it with `## `, or put an empty line before "
        "the hyphens if a rule was meant."
    ),
    "id-duplicate": _error(
        "Two things have the same id, so a link to it would mean either. Sources, notes, actors "
        "and issues share one set of ids. Give one of them another, for a note in its heading: "
        "`{#another}`."
    ),
    "id-invalid": _error(
        "An id is made of the letters a to z, digits and hyphens, is not `index`, and does not "
        "look like a place in a text (`p3`, `c5`, `f1`, `L10`)."
    ),
    "id-missing": _error(
        "A note's id is made from its gist, and this gist has no letters from a to z to make one "
        "of. Give the note an id at the end of its heading: `{#short-name}`."
    ),
    "issue-unknown": _error(
        "There is no issue of that id. Every issue has a file of its own in `content/issues`, "
        "and tables name it by its id: the file's name without `.md`."
    ),
    "key-unknown": _error(
        "This key means nothing here, and a misspelt key would be lost without a word. Correct it, "
        "or take it out."
    ),
    "language-unknown": _warning(
        "There is no table of words for this language, so that the interface speaks English; "
        "the notes are still taken to be in the language that you named. To add it, copy "
        "`generator/strings/en.toml` to a file that is called by the language's tag, translate "
        "it, and give the language its plural rule in `generator/interface.py`: a test says "
        "what is missing."
    ),
    "lexer-slow": _warning(
        "Colouring this code took longer than any reasonable code takes, so it was stopped and the "
        "code is shown plain. Nothing of the text is lost."
    ),
    "link-dead": _error(
        "The link leads to nothing: no source, note, page, place or file of that name is "
        "published, or its brackets are not closed. Correct it, or create what it should lead to."
    ),
    "link-kind-unknown": _error(
        "The word before the colon of a wiki link, or in the title of a link within the project, "
        "says how it relates to what it leads to: `supports`, `contradicts`, `refines`, `answers` "
        "or `explains`."
    ),
    "link-unsafe": _error(
        "Links may lead to `http:`, `https:` and `mailto:` addresses and to places in this "
        "project. Any other scheme can run or fetch something on the reader's machine."
    ),
    "locator-unknown": _error(
        "The source has no place of that name. Paragraphs are `p1`, `p2` …, comments `c1` and "
        "`c1.2`, footnotes `f1`, lines of code `L10`, sections `#` and their heading's slug."
    ),
    "note-unverified": _error(
        "The text of a source is not here, and the outline that stands in for it has no record of "
        "the words that the note quotes. They are not looked for among the words that happen to be "
        "published. Somebody who has the text builds the site and commits `outline.json`."
    ),
    "outline-invalid": _error(
        "An `outline.json` stands in for a text that is not here, and this one is not as a build "
        "writes it: it was edited, merged by git, or cut off. Take it from git as it was, or build "
        "the site where the text is."
    ),
    "outline-outdated": _warning(
        "The `outline.json` beside a text is not the one that the text and the notes give now, so "
        "that without the text another site would be built. A build writes it; commit it with the "
        "notes. If it was made from another copy of the text, the message names the passages."
    ),
    "part-of-circle": _error(
        "An actor is part of itself, by way of those that it is `part_of`. Take one of them out."
    ),
    "path-unsafe": _error(
        "The path leads out of the project, is a link, or is no ordinary file. Only ordinary files "
        "inside the project are read. Put a copy of the file in its place."
    ),
    "position-contested": _warning(
        "Statements for and against meet in one cell, or annotators read one passage "
        "differently. The cell says *contested*, and nothing is averaged away. To settle it, or "
        "to say that it stays open, write a ruling into the issue's file."
    ),
    "proposition-negated": _warning(
        "Stances are towards the proposition as it is written, and a word like `not` in it makes "
        "readers take `for` as `against`. Say what would be the case; who denies it is `against`."
    ),
    "proposition-unclear": _warning(
        "A proposition is one full sentence that somebody can be for or against: not two, no "
        "question, and short enough to head a column."
    ),
    "quote-ambiguous": _error(
        "The quoted words occur more than once where the note says. Quote more words and mark the "
        "exact ones with `**`, or say where on the last line of the quotation: `> — p3`."
    ),
    "quote-elsewhere": _error(
        "The quoted words are in the source, but not at the place that the last line of the "
        "quotation names. Correct that line, or take it out."
    ),
    "quote-empty": _error(
        "A quotation directly below a note's heading says what the note is about, and this one has "
        "neither words nor a last line that says where. Quote some words, or take it out."
    ),
    "quote-long": _warning(
        "The narrower quotation of a statement is meant to be the few words that show the "
        "position. Quote fewer of them."
    ),
    "quote-not-found": _error(
        "The source has no such words. Spaces, kinds of quotation marks and dashes do not matter; "
        "letters, case and accents do. Copy the words from the source once more."
    ),
    "quote-runs-on": _error(
        "Markdown takes a line right below a quotation into it, even without `>`. Put an empty "
        "line between the quotation and the words of the note."
    ),
    "quote-unmarked": _warning(
        "The note quotes nothing, so it is about the text as a whole, but it begins with words of "
        "the text. Put `> ` before every line of a quotation that says what the note is about."
    ),
    "re-unknown": _error(
        "The note replies to a note that does not exist, or to itself. `re` is the id of the note "
        "that it answers."
    ),
    "rights-exceeded": _error(
        "The annotation files type out more words of a source than `max_words` or `max_share` of "
        "its `source.toml` allow; the context of quotations counts too, for these files are "
        "public. The site that is there was left as it is. Quote less, or raise the limit if you "
        "may."
    ),
    "ruling-invalid": _error(
        "A ruling is a row with `who` and `reading`, and may have `because` (ids of notes, with "
        "commas) and `why`. An issue has one ruling for each actor at the most."
    ),
    "ruling-refuted": _error(
        "The ruling says that the texts do not speak of this, and there is a statement in which "
        "they do. Take one of the two out."
    ),
    "ruling-unfounded": _error(
        "A ruling that gives a value where statements clash names in `because` the notes that it "
        "rests on, and one about which nothing was stated names the notes that show it."
    ),
    "search-missing": _warning(
        "Pagefind, which makes the search index, is not installed, does not run on this machine or "
        "did not end in time. The site is whole but for that: its search page leads to the lists. "
        "Install what `requirements.lock` names, or set `search = false`."
    ),
    "settings-invalid": _error(
        "The file of settings is not valid TOML, or a value in it is not of the kind that its key "
        "asks for. The message says what is expected."
    ),
    "source-exists": _error(
        "An import overwrites nothing, and there is a source of that id already. Give the new one "
        "another with `--id`, or move the other away."
    ),
    "source-missing": _error(
        "The folder of a source holds `source.toml` and one text, `text.md` for instance; one of "
        "them is missing, or there is more than one text. Every target names a source that exists, "
        "itself or in its file's front matter."
    ),
    "source-unknown": _error(
        "There is no source of that name. A source is a folder in `seeds` that holds `source.toml`."
    ),
    "speaker-unknown": _error(
        "A statement begins with who speaks in its passage, and nobody is named: neither "
        "`speaker` in `source.toml` nor, for a comment of a thread, a line below `[speakers]`."
    ),
    "stance-unknown": _error(
        "A stance is one of `for`, `leans for`, `either`, `leans against`, `against`, `unclear`, "
        "`undeclared` and `none`. A ruling may also say `contested`, `changed`, `mixed`, `not "
        "mentioned` or `not applicable`."
    ),
    "statement-invalid": _error(
        "A table with `who`, `issue` and `stance` states positions, a row each. The message says "
        "which cell or column is not as it should be; a row with a mistake does not count."
    ),
    "statement-repeated": _warning(
        "One annotator states the same side of one issue twice for one actor, of the same "
        "passage. It is counted once; keep one of the rows."
    ),
    "stub-left": _warning(
        "A text, a proposition, a page or the heading of a note is still what `new` wrote, and "
        "readers would see it. Say there what there is to say, or make it a draft."
    ),
    "template-invalid": _error(
        "A template of the theme could not be read or filled: a slip in its syntax, or a name that "
        "its page does not have. Pages would be missing, so the site that is there was left as it "
        "was. What a page has is written down under *What themes may count on*."
    ),
    "text-empty": _error(
        "The source has no words, so there is nothing to read and nothing to comment on."
    ),
    "text-leaked": _error(
        "Eight words in a row of a text, or 24 signs of a script without spaces, were about to be "
        "published though its `rights` keep them back: in a note, on a page, in a theme, in the "
        "name of a file. The site that is there was left as it is. Make the words a note's "
        "quotation, say it in words of your own, or copy fewer."
    ),
    "text-not-utf8": _error(
        "The file must be UTF-8 text without NUL bytes; the place named is the first that is not. "
        "Save it again as UTF-8."
    ),
    "text-outside-note": _warning(
        "What stands before the first `## ` is for readers of the file and is not published, but "
        "it holds a quotation or a table that looks like part of a note."
    ),
    "text-too-deep": _error(
        "Quotations or lists are nested so deep here that the text inside would be lost. Nest them "
        "less deep."
    ),
    "text-tracked": _error(
        "Git tracks a file of a source that may not be published whole, so that whoever can see "
        "the repository can read it. Take it out with `git rm --cached`, and name it in the "
        "`.gitignore` beside it. What was pushed stays in the history: that is for you to judge."
    ),
    "text-unignored": _warning(
        "A file of a source that may not be published whole is one that git would take along with "
        "the next `git add`. Name it in the `.gitignore` beside it, as `import` does."
    ),
    "theme-newer": _error(
        "The theme's `contract` is a newer one than this Postil keeps: it may use templates, "
        "blocks or fields of views that are not there yet. Update Postil, or take a version "
        "of the theme that was made for this one."
    ),
    "theme-unknown": _error(
        "There is no theme of that name, neither below `themes` nor among the bundled ones, or its "
        "`inherit` leads back to itself."
    ),
    "thread-invalid": _error(
        "A thread is a heading with `{.thread}`; each comment is a heading below it. `re` names a "
        "comment of the same source, and no two comments share an id."
    ),
    "value-invalid": _error(
        "The value is not of the kind that its key asks for. The message says what is expected."
    ),
}
