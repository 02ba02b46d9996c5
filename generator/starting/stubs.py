"""Stubs: the files of something new, with all that can be said in them and little that must be."""

import json
import re
from collections.abc import Sequence

from generator.importing.writing import IGNORE, clean
from generator.placeholders import PAGE, TEXT

Files = tuple[tuple[str, bytes], ...]

# The name and the content of a text to begin with.
EMPTY_TEXT = ("text.md", f"{TEXT}\n".encode())

# Words that YAML takes for themselves without quotation marks.
_PLAIN = re.compile(r"[^\W\d_](?:[\w ’'(),.–—-]*[\w’').])?")
_NO_WORDS = frozenset({"true", "false", "null"})


def title_of(id: str) -> str:
    """Return a title to begin with for what is called *id*."""
    words = " ".join(id.replace("-", " ").split())
    return words[:1].upper() + words[1:] or id


def stub_source(id: str, title: str, rights: str, text: tuple[str, bytes] | None) -> Files:
    """Return the files of a source; *text* is the name and the content of its text (None: no file).

    Every key that is optional stands in a comment, ready to be used. Where not all of the words may
    be published, git is told to take none of them, before they are there.
    """
    facts = f"""\
title  = {quoted(title)}
rights = {quoted(rights)}  # full | excerpt | quote | link: how much of it may be published

# What else is known: take the sign away before a line, and say what is true.
# authors   = ["A. Writer"]
# speaker   = "writer"  # the actor who speaks, unless a passage says otherwise
# date      = "2016-03-20"  # as exact as it is known: 2016, 2016-03
# url       = "https://example.org/text"  # where readers find the original
# language  = "en"
# holder    = "The publisher"  # who holds the rights
# licence   = "CC-BY-4.0"  # SPDX id or words
# retrieved = "2026-11-22"  # when the text was obtained
# max_words = 500  # the most words of it that notes may type out; 0: no limit
# max_share = 0.1  # the same, as a share of all its words; 0: no limit
# [speakers]  # who speaks where it is not `speaker`: a locator, an actor
# c1 = "reader-1"
"""
    ignored = () if rights == "full" else ((f"seeds/{id}/.gitignore", IGNORE.encode()),)
    words = ((f"seeds/{id}/{text[0]}", text[1]),) if text else ()
    return (*ignored, *words, (f"seeds/{id}/source.toml", facts.encode()))


def stub_actor(id: str, name: str, kind: str, kinds: Sequence[str]) -> Files:
    """Return the file of an actor; *kinds* are those that there are."""
    text = f"""\
---
name: {yaml_of(name)}
kind: {kind}  # {" | ".join(kinds)}
# aliases: [another name, a third]
# part_of: another-actor
# named: false  # if the text gives no name, only a role
---

<!-- Who this is, for readers. -->
"""
    return ((f"content/actors/{id}.md", text.encode()),)


def stub_issue(id: str, proposition: str) -> Files:
    """Return the file of an issue."""
    text = f"""\
---
proposition: {yaml_of(proposition)}
# for: what it means here to be for it
# against: what it means here to be against it
# either: what a position between the two would be
# group: the heading under which it is listed
# not: [what does not belong here]
---

<!-- What the issue is about, for readers; a table with who, reading, because and why rules. -->
"""
    return ((f"content/issues/{id}.md", text.encode()),)


def stub_page(slug: str, title: str) -> Files:
    """Return the file of a free page."""
    text = f"""\
---
title: {yaml_of(title)}
# order: 1  # its place at the foot of every page
# lang: en
# draft: true  # it is not published
---

{PAGE}
"""
    return ((f"content/pages/{slug}.md", text.encode()),)


def stub_theme(name: str) -> Files:
    """Return the files of a theme that changes one block of the default one."""
    settings = f"""\
name = {quoted(title_of(name))}
description = ""
inherit = "default"  # it has all that is not here
"""
    template = """\
{% extends "default/base.html" %}
{# A block that stands here takes the place of the inherited one; super() is what that one says.
   The blocks are styles, head, header, main and footer: see base.html of the default theme.
   Any other template of it can be extended in the same way. #}
{% block styles %}
{{ super() }}
<link rel="stylesheet" href="{{ rel('assets/theme.css') }}">
{% endblock %}
"""
    style = "/* What stands here comes after the styles of the default theme, and wins. */\n"
    folder = f"themes/{name}"
    return (
        (f"{folder}/base.html", template.encode()),
        (f"{folder}/static/theme.css", style.encode()),
        (f"{folder}/theme.toml", settings.encode()),
    )


def stub_site(title: str) -> Files:
    """Return the files of a site, to begin with."""
    settings = f"""\
title = {quoted(title)}
language = "en"  # of the pages, and of the notes unless they say otherwise
# description = "One sentence for search engines"
# theme = "default"  # a folder in themes/
# base_url = "https://name.github.io/site/"  # for the few things that need a full address
# repository = "https://github.com/name/site"  # each note links to its file there
# branch = "main"
# licence = "CC-BY-4.0"  # of the commentary
# note_pages = false  # notes are read in the margin only
# search = false  # no search page and no index

[annotators.editor]
name = "The editor"
# initials = "Ed"

# [positions]
# minimum_shared_issues = 3
"""
    return ("site.toml", settings.encode()), (".gitignore", b"/site/\n/site-private/\n/.postil/\n")


def quoted(words: str) -> str:
    """Return *words* between quotation marks, as TOML, YAML and JSON all read them."""
    return json.dumps(clean(words), ensure_ascii=False)


def yaml_of(words: str) -> str:
    """Return *words* as a value of YAML, between quotation marks only where it needs them."""
    plain = clean(words)
    if _PLAIN.fullmatch(plain) and plain.lower() not in _NO_WORDS:
        return plain
    return quoted(words)
