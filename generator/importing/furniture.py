"""Page furniture: what a site puts around words, by the reason for which an import cuts it.

A pattern must match the whole of a line in lower case, and every line of its block must belong; in
doubt a line is kept. To teach an import another phrase, add it to the table.
"""

import re
from dataclasses import dataclass

from generator.importing.lines import Block

_NETWORK = (
    r"(?:twitter|x|facebook|instagram|linked-?in|mastodon|bluesky|threads|telegram|whats-?app|"
    r"pinterest|reddit|tumblr|pocket|skype|youtube)"
)
_SHARE = r"(?:email|e-mail|print|more|copy link)"
_FORM_FIELD = r"(?:comment|name|e-?mail(?: address)?|website|url)"
_HANDLE = r"@\w[\w.-]*(?:@[\w.-]+)?"


@dataclass(frozen=True, slots=True)
class Furniture:
    """One reason to cut a line.

    *phrases* are cut wherever they stand alone, *edges* only before the first or behind the last
    paragraph of the body, *followers* only directly behind something of the same reason, and
    *endings* only as the end of a comment.
    """

    reason: str
    phrases: tuple[str, ...] = ()
    edges: tuple[str, ...] = ()
    followers: tuple[str, ...] = ()
    endings: tuple[str, ...] = ()


LINK = "a link announced that is not there, or the handle below it"

FURNITURE: tuple[Furniture, ...] = (
    Furniture(
        LINK,
        edges=(
            rf"(?:(?:find|follow) (?:me|us|him|her|them) )?(?:on )?{_NETWORK}:? {_HANDLE}",
            rf"follow {_HANDLE}(?: on {_NETWORK})?",
        ),
        followers=(rf"(?:.{{1,24}}[: ] ?)?{_HANDLE}", r"(?:https?://|www\.)\S+"),
    ),
    Furniture(
        "reply form",
        phrases=(
            r"(?:leave|post|write|submit) a (?:reply|comment|response)(?: to .{1,60})?",
            r"(?:leave a (?:reply|comment) )?(?:click here to )?cancel reply",
            r"your e-?mail address will not be published\..{0,60}",
            r"you must be logged in to (?:post a comment|comment|reply)\.?",
            r"fill in your details below or click an icon to log in:",
            r"you are commenting using your .{1,30} account\..{0,30}",
            r"save my name, e-?mail,? and website in this browser for the next time i comment\.?",
            r"notify me of (?:new posts|(?:new|follow-?up) comments) (?:by|via) e-?mail\.?",
        ),
        followers=(
            rf"{_FORM_FIELD} ?(?:\*|\(required\))",
            _FORM_FIELD,
            r"e-?mail \*? ?\(?(?:address never made public|required).{0,30}",
            r"enter your comment here(?:\.{3}|…)",
            r"required fields are marked ?\*?",
            r"(?:post|submit|send|add|publish)(?: (?:comment|reply))?",
            r"(?:comment|cancel|change|log ?out)",
            r"connecting to %s",
            r"\W{0,3}",
        ),
    ),
    Furniture(
        "notice of the comment system",
        phrases=(
            r"this site uses akismet to reduce spam\..{0,80}",
            r"learn how your comment data is processed\.?",
            r"please enable javascript to view the comments powered by disqus\.?",
            r"(?:blog )?comments powered by disqus\.?",
            r"comments are (?:now )?closed\.?",
            r"rss feed for comments on this post.{0,30}",
        ),
    ),
    Furniture(
        "sharing buttons",
        edges=(
            r"share (?:this|on|via|with)(?: (?:this|post|article|page|story|friends))?:?",
            rf"(?:click to )?(?:share|pin)(?: this)? (?:on|via|to) {_NETWORK}(?: \(.{{1,40}})?",
            r"click to (?:print|e-?mail (?:this|a link) to a friend)(?: \(.{1,40}\))?",
            r"like this:?",
            r"be the first (?:to like this|person to like this)\.?",
            r"(?:\d+ bloggers?|one blogger) likes? this\.?",
        ),
        followers=(
            rf"(?:{_NETWORK}|{_SHARE}|tweet|share|like)",
            r"like ?loading(?:\.{3}|…)",
            r"loading(?:\.{3}|…)",
        ),
        endings=(r"(?:like ?)?loading(?:\.{3}|…)", r"liked by \d+ (?:person|people)"),
    ),
    Furniture(
        "navigation",
        phrases=(
            r"skip to (?:main )?content",
            r"(?:post|posts|comment|comments) navigation",
            r"[←«‹<]+ ?(?:older|newer|previous|earlier)(?: (?:posts?|comments?|entries))?",
            r"(?:older|newer|next|later)(?: (?:posts?|comments?|entries))? ?[→»›>]+",
            r"back to top(?: ?↑)?",
            r"toggle (?:navigation|menu|search)",
        ),
        edges=(
            r"menu",
            r"home",
            r"search(?: for:)?",
            r"(?:previous|next) (?:post|article|page)",
            r"\d+ (?:comments?|responses?|replies)",
        ),
    ),
    Furniture(
        "empty link",
        edges=(
            r"(?:read|see) more(?: ?(?:\.{3}|…|[→»›>]))?",
            r"continue reading(?: ?(?:\.{3}|…|[→»›>]))?",
            r"click here\.?",
            r"permalink",
            r"edit(?: this (?:post|page))?",
        ),
        endings=(
            r"(?:log in to )?reply ?[↓→]?",
            r"reply to (?:this comment|.{1,40} ?[↓→])",
            r"(?:report|edit) (?:this )?comment",
            r"permalink",
        ),
    ),
    Furniture(
        "notice of the site",
        phrases=(
            r"(?:proudly )?powered by (?:wordpress|blogger|ghost|drupal|joomla)(?:\.com)?!?\.?",
            r"(?:blog|create a free website or blog) at wordpress\.com\.?",
            r"(?:this site|we) uses? cookies.{0,200}",
            r"privacy & cookies: this site uses cookies\..{0,200}",
        ),
        edges=(
            r"(?:©|copyright)(?: ?©)? ?\d{4}.{0,100}",
            r"all rights reserved\.?",
            r"privacy policy",
            r"terms (?:of (?:use|service)|and conditions)",
        ),
    ),
)

_ANNOUNCES = re.compile(
    rf"""(?: .{{0,60}}\bhere
       | (?:original|originally|first)\b.{{0,50}}
       | (?:sources?|via|links?|website|url|more|read\ more|follow\b.{{0,30}}|on\ {_NETWORK})
    )\ ?:""",
    re.VERBOSE,
)
_MOST_LINES, _LONGEST = 20, 300
_SPACES = re.compile(r"\s+")


def _compile(places: str) -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple(
        (kind.reason, re.compile("|".join(patterns)))
        for kind in FURNITURE
        if (patterns := getattr(kind, places))
    )


_PHRASES, _EDGES = _compile("phrases"), _compile("edges")
_FOLLOWERS, _ENDINGS = _compile("followers"), _compile("endings")


def furniture_anywhere(block: Block) -> str:
    """Return why *block* is furniture wherever it stands, or nothing."""
    return _reason(block, _PHRASES)


def furniture_at_edge(block: Block) -> str:
    """Return why *block* is furniture before or behind the words of the body, or nothing."""
    return _reason(block, _PHRASES) or _reason(block, _EDGES)


def furniture_after(block: Block, reason: str) -> str:
    """Return *reason* if *block* goes on with what was cut for it directly before, or nothing."""
    return _reason(block, tuple(entry for entry in _FOLLOWERS if entry[0] == reason))


def furniture_at_comment_end(block: Block) -> str:
    """Return why *block*, the last of a comment, is a control below it, or nothing."""
    return _reason(block, _ENDINGS)


def announces_link(block: Block) -> bool:
    """Tell whether *block* is one line, such as "the original is here:", that needs a link."""
    return any(_ANNOUNCES.fullmatch(line) for line in _plain_lines(block) if len(block.lines) == 1)


def may_follow(block: Block) -> bool:
    """Tell whether *block* would be furniture directly behind some other."""
    return bool(_reason(block, _FOLLOWERS))


def _reason(block: Block, entries: tuple[tuple[str, re.Pattern[str]], ...]) -> str:
    lines = _plain_lines(block)
    if not lines:
        return ""
    for reason, pattern in entries:
        if pattern.fullmatch(lines[0]) and all(
            pattern.fullmatch(line) or _follows(line, reason) for line in lines[1:]
        ):
            return reason
    return ""


def _follows(line: str, reason: str) -> bool:
    return any(kind == reason and pattern.fullmatch(line) for kind, pattern in _FOLLOWERS)


def _plain_lines(block: Block) -> list[str]:
    """Return the lines as patterns see them, or none if they are too many or too long for any."""
    if len(block.lines) > _MOST_LINES or max(len(line.text) for line in block.lines) > _LONGEST:
        return []
    return [_SPACES.sub(" ", line.words.lower()) for line in block.lines]
