"""Sparing: answers that cost much and are wanted for the first few questions only."""

from collections.abc import Callable
from typing import TypeVar

T = TypeVar("T")

# Nobody mends more at once; and where thousands of links are dead, to look for the word that each
# was meant to be among thousands of others would take longer than the whole build.
MOST_ANSWERS = 50


def sparing(answer: Callable[..., T], otherwise: T) -> Callable[..., T]:
    """Return *answer*, which now remembers and after ``MOST_ANSWERS`` gives *otherwise*.

    Only questions that differ are counted. Asked in the same order it says the same.
    """
    answers: dict[tuple[object, ...], T] = {}

    def ask(*question: object) -> T:
        if question not in answers and len(answers) < MOST_ANSWERS:
            answers[question] = answer(*question)
        return answers.get(question, otherwise)

    return ask
