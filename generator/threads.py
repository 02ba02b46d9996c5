"""Threads: a section whose headings are comments, read from the tokens of a source's Markdown."""

import re
from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass, field, replace

from markdown_it.token import Token

from generator.bracing import BLOCK_KEYS, Given, dress, give, given
from generator.diagnostics import Diagnostic
from generator.kinds import Key, Kind
from generator.schema import Values
from generator.spans import Span

_THREAD_KEYS = (Key("announced"), *BLOCK_KEYS)
_COMMENT_KEYS = (Key("by"), Key("date", Kind.DATE), Key("re"), *BLOCK_KEYS)
_LABEL = re.compile(r"c[1-9][0-9]*")
_NUMBER = re.compile(r"[0-9]{1,9}")


@dataclass(frozen=True, slots=True)
class Threaded:
    """Tokens with ``thread`` and ``comment`` around what they hold, and what is wrong there.

    *announced* is how many comments the original page claimed, of all threads; -1: not said.
    """

    tokens: list[Token]
    announced: int
    diagnostics: tuple[Diagnostic, ...]


@dataclass(frozen=True, slots=True)
class _Comment:
    """A comment: the token that opens it, its place in its thread, what its braces say."""

    token: Token
    position: int
    given: Given
    values: Values


def find_threads(tokens: Sequence[Token], path: str) -> Threaded:
    """Put the sections of threads and comments around the headings that begin them.

    A heading of the outermost level with the class ``thread`` begins one; it ends before the next
    heading of its rank or a higher one. A comment's heading is of the next rank, or of a lower
    one if its braces say ``by``, ``date``, ``re`` or ``#c1``; without words it is no block.
    """
    walk = _Walk(path)
    depth = index = 0
    while index < len(tokens):
        token = tokens[index]
        if depth == 0 and token.type == "heading_open":
            walk.meet_heading(tokens[index : index + 3])
            index += 3
        else:
            depth += token.nesting
            walk.tokens.append(token)
            index += 1
    walk.end_thread()
    walk.name_comments()
    return Threaded(walk.tokens, walk.announced, tuple(walk.problems))


@dataclass(slots=True)
class _Walk:
    """One walk over the outermost headings; *rank* is that of the open thread, 0 for none."""

    path: str
    tokens: list[Token] = field(default_factory=list)
    problems: list[Diagnostic] = field(default_factory=list)
    comments: list[_Comment] = field(default_factory=list)
    announced: int = -1
    rank: int = 0
    position: int = 0

    def meet_heading(self, heading: Sequence[Token]) -> None:
        opening = heading[0]
        rank, said = int(opening.tag[1]), given(opening)
        if rank <= self.rank:
            self.end_thread()
        if not self.rank and "thread" in said.classes:
            self.begin_thread(opening, rank, said)
        elif self.rank and (rank == self.rank + 1 or _is_comment(said)):
            self.begin_comment(opening, said)
            if not heading[1].content:
                return
        self.tokens += heading

    def begin_thread(self, opening: Token, rank: int, said: Given) -> None:
        self.rank, self.position = rank, 0
        outcome = said.check(_THREAD_KEYS, self.path)
        self.problems += outcome.diagnostics
        thread = Token("thread_open", "thread", 1, map=opening.map)
        dress(thread, Given(), outcome.value)
        number = outcome.value["announced"]
        if _NUMBER.fullmatch(number):
            thread.attrs["announced"] = number
            self.announced = max(self.announced, 0) + int(number)
        elif number:
            place = outcome.value.place("announced")
            self.report(f"`{number}` is no number of comments", place, "write `announced=14`")
        self.tokens.append(thread)
        classes = tuple(name for name in said.classes if name != "thread")
        give(opening, replace(said, classes=classes, pairs=()))

    def begin_comment(self, opening: Token, said: Given) -> None:
        self.end_comment()
        self.position += 1
        outcome = said.check(_COMMENT_KEYS, self.path)
        self.problems += outcome.diagnostics
        comment = Token("comment_open", "comment", 1, map=opening.map)
        self.tokens.append(comment)
        self.comments.append(_Comment(comment, self.position, said, outcome.value))
        give(opening, Given())

    def end_comment(self) -> None:
        if self.position:
            self.tokens.append(Token("comment_close", "comment", -1))

    def end_thread(self) -> None:
        if self.rank:
            self.end_comment()
            self.tokens.append(Token("thread_close", "thread", -1))
        self.rank = 0

    def name_comments(self) -> None:
        """Give every comment its label, and check the names and replies of all of them."""
        labels = self.own_labels()
        taken = {label for label in labels if label}
        last = 0
        for index, comment in enumerate(self.comments):
            if not labels[index]:
                last = _free_number(comment.position, last, taken)
                labels[index] = f"c{last}"
                taken.add(labels[index])
        by_label = dict(zip(labels, self.comments, strict=True))
        parents = {label: self.parent_of(comment, taken) for label, comment in by_label.items()}
        for label in _find_loops(parents):
            self.report(f"`{label}` would answer itself", by_label[label].values.place("re"))
            parents[label] = ""
        for label, comment in by_label.items():
            self.dress_comment(comment, {"label": label, "re": parents[label]})

    def own_labels(self) -> list[str]:
        """Return the label that each comment gives itself; "" where there is none to be had."""
        labels: list[str] = []
        seen: set[str] = set()
        for comment in self.comments:
            id = comment.given.id
            if id and not _LABEL.fullmatch(id):
                help = "write `#c` and a number, or leave the id out"
                self.report(f"`{id}` is no name for a comment", comment.given.id_place, help)
                id = ""
            elif id in seen:
                self.report(f"another comment is `{id}`", comment.given.id_place)
                id = ""
            labels.append(id)
            seen |= {id} - {""}
        return labels

    def parent_of(self, comment: _Comment, known: Container[str]) -> str:
        """Return the label of the comment that *comment* answers, or ""."""
        parent: str = comment.values["re"].removesuffix("?")
        if parent and parent not in known:
            help = f"this text has {len(self.comments)} comments"
            self.report(f"there is no comment `{parent}`", comment.values.place("re"), help)
            return ""
        return parent

    def dress_comment(self, comment: _Comment, attrs: dict[str, str]) -> None:
        """Set the attributes of a comment: those of its braces and *attrs*."""
        said, values = comment.given, comment.values
        if "thread" in said.classes:
            self.report("a comment holds no thread of its own", said.place, "take `.thread` out")
            said = replace(said, classes=tuple(name for name in said.classes if name != "thread"))
        dress(comment.token, replace(said, id=""), values)
        attrs |= {"by": values["by"], "date": values["date"]}
        attrs["re"] = values["re"] if attrs["re"] else ""
        comment.token.attrs |= {name: value for name, value in attrs.items() if value}

    def report(self, message: str, place: Span | None, help: str = "") -> None:
        self.problems.append(Diagnostic("thread-invalid", message, self.path, place, help))


def _is_comment(said: Given) -> bool:
    keys = {pair.key for pair in said.pairs}
    return bool(keys & {"by", "date", "re"} or _LABEL.fullmatch(said.id))


def _free_number(position: int, last: int, taken: Container[str]) -> int:
    """Return *position* if no comment has that number, else the next free one after *last*."""
    number = position
    while f"c{number}" in taken:
        number = max(number, last) + 1
    return number


def _find_loops(parents: Mapping[str, str]) -> list[str]:
    """Return one label of every circle of replies."""
    loops: list[str] = []
    done: set[str] = set()
    for label in parents:
        path: dict[str, None] = {}
        while label in parents and label not in done and label not in path:
            path[label] = None
            label = parents[label]
        if label in path:
            loops.append(label)
        done.update(path)
    return loops
