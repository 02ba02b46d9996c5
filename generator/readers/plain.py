"""Reading plain text: blank lines part paragraphs, and nothing is markup."""

import re

from generator.blocks import number_blocks
from generator.diagnostics import Diagnostic, Outcome
from generator.digests import digest_bytes
from generator.drafting import Draft
from generator.model import Document, Element
from generator.spans import TextFile

_WORD = re.compile(r"[^\W_]")


def read_plain(file: TextFile, id: str) -> Outcome[Document]:
    """Read *file* as paragraphs with the class ``lines``.

    A paragraph keeps its lines, and the spaces in them, as they stand: a page has to show them
    so. A file without a letter or digit is ``text-empty``.
    """
    draft = Draft()
    before: list[str] = []
    for line in (*file.text.split("\n"), ""):
        if line.strip():
            before.append(line)
        elif before:
            draft.open_leaf("p", (("class", "lines"),))
            draft.write("\n".join(before))
            draft.close()
            before = []
    text = draft.text()
    elements, locators = number_blocks(text, [Element(*row) for row in draft.rows()])
    digest = digest_bytes(f"plain\n{file.text}".encode("utf-8", "surrogatepass"))
    document = Document(id, digest, text, elements, locators)
    if _WORD.search(text):
        return Outcome(document)
    return Outcome(document, (Diagnostic("text-empty", "the source has no words", file.path),))
