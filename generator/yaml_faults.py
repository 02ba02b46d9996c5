"""What is wrong with YAML, in words and at a place that do not depend on its parser's words."""

import re
from dataclasses import dataclass

import yaml

from generator.spans import Span

YamlError = yaml.reader.ReaderError | yaml.MarkedYAMLError

HELP = "write one `key: value` a line"
QUOTE_HELP = "put the value in double quotes if these words are meant"

# Lines that YAML reads, but never as their author meant.
_STRANGE = re.compile(r"^(?:(?P<directive>%.*)|(?P<dots>\.\.\.)[ \t]*$)", re.MULTILINE)
_GLUED = re.compile(r"^([\w-]+):([^\s:].*)$", re.MULTILINE)
_KEY_LINE = re.compile(r"([\w-]+):[ ]+([^ \"'\[{].*)")


@dataclass(frozen=True, slots=True)
class Fault:
    """Something that front matter may not hold; *place* is where it stands in the file.

    It is *broken* where that is no YAML at all, and what stands there is neither key nor value.
    """

    message: str
    place: Span
    help: str
    broken: bool = False

    def moved(self, by: int) -> "Fault":
        """Return the fault as it stands in a text with *by* more characters before this one."""
        return Fault(self.message, Span(self.place.start + by, self.place.end + by), self.help)


def explain(error: YamlError, text: str, start: int) -> Fault:
    """Say what PyYAML's own parser could not read in *text*, which stands at *start*."""
    index, unclosed = _where(error)
    if isinstance(error, yaml.reader.ReaderError):
        place = Span(index, index + 1)
        return Fault("a control character has no place in YAML", place, "delete it").moved(start)
    strange = _STRANGE.search(text)
    if strange and strange["dots"] and strange.start() <= index:
        place, help = Span(*strange.span("dots")), "close the front matter with `---`"
        return Fault("`...` does not close the front matter", place, help).moved(start)
    if strange and strange["directive"]:
        place = Span(*strange.span("directive"))
        return Fault("a directive has no place in front matter", place, HELP).moved(start)
    if not text[index:].strip():
        index = max(len(text[:index].rstrip()) - 1, 0)
    end = text.find("\n", index)
    glued = None if unclosed else find_glued(text[: end if end != -1 else None], start)
    return glued or _explain_line(text, index, unclosed).moved(start)


def find_glued(text: str, start: int) -> Fault | None:
    """Find the first line of *text* that lacks the space after its key."""
    found = _GLUED.search(text)
    if not found:
        return None
    fault = Fault(
        f"the space after `{found[1]}:` is missing",
        Span(found.start(), found.end(1) + 1),
        f"write `{found[1]}: {found[2].strip()}`",
    )
    return fault.moved(start)


def _explain_line(text: str, index: int, unclosed: str) -> Fault:
    begin = text.rfind("\n", 0, index) + 1
    line = text[begin:].partition("\n")[0].rstrip(" \t")
    end = begin + len(line)
    rest = Span(index if index < end else begin, max(end, begin + 1))
    found = _KEY_LINE.match(line)
    if "\t" in line[: index - begin + 1]:
        tab = begin + line.index("\t")
        return Fault("a tab cannot indent YAML", Span(tab, tab + 1), "use spaces")
    if unclosed:
        return Fault(f"this {unclosed}", rest, "close it on the same line")
    if found:
        quoted = found[2].replace("\\", "\\\\").replace('"', '\\"')
        help = f'put it in double quotes: `{found[1]}: "{quoted}"`'
        return Fault("this is not valid YAML", Span(begin + found.start(2), end), help)
    return Fault("this is not valid YAML", rest, HELP)


def _where(error: YamlError) -> tuple[int, str]:
    """Return the offset of *error*, and what is left open there, if anything is."""
    if isinstance(error, yaml.reader.ReaderError):
        return error.position, ""
    mark, unclosed = error.problem_mark, ""
    context, problem = error.context or "", error.problem or ""
    if "while scanning a" in context or "while parsing a flow" in context:
        mark = error.context_mark or mark
    if "quoted scalar" in context and "unexpected" in problem:
        unclosed = "quotation mark is not closed"
    elif "while parsing a flow" in context:
        unclosed = "bracket is not closed, or a comma is missing"
    return mark.index if mark else 0, unclosed
