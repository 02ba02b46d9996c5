"""CommonMark's own examples: every character that a reader should see, once and in order."""

from generator.readers.markdown import read_markdown
from generator.spans import TextFile
from tests.commonmark_examples import (
    load_examples,
    missing_words,
    words_of_document,
    words_of_page,
)


def test_the_words_of_every_example_are_those_of_its_page() -> None:
    """Our text of an example is what its page shows; typed HTML is text, so no word is missing."""
    wrong = {}
    examples = load_examples()
    for example in examples:
        document = read_markdown(TextFile("text.md", example.markdown), "example").value
        if example.has_raw_html:
            missing = missing_words(example, document)
            if missing:
                wrong[example.number] = (example.markdown, missing)
        elif words_of_page(example.html) != words_of_document(document):
            wrong[example.number] = (words_of_page(example.html), words_of_document(document))
    assert len(examples) > 600
    assert {} == wrong
