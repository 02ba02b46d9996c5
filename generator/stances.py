"""The words of positions: stances, readings of a cell, bases and certainties."""

from collections.abc import Mapping
from enum import StrEnum


class Stance(StrEnum):
    """What a passage shows somebody to hold of a proposition.

    The first five have a value (``VALUES``). ``either`` is a real position; ``unclear``: the
    passage speaks and cannot be read; ``undeclared``: it says that the position is kept back;
    ``none``: it says that there is none.
    """

    FOR = "for"
    LEANS_FOR = "leans for"
    EITHER = "either"
    LEANS_AGAINST = "leans against"
    AGAINST = "against"
    UNCLEAR = "unclear"
    UNDECLARED = "undeclared"
    NONE = "none"


class Reading(StrEnum):
    """What a cell says: a stance, or what only the look at all statements can tell.

    ``contested`` and ``changed`` are computed or ruled, ``mixed``, ``not mentioned`` and ``not
    applicable`` only ruled; ``not coded`` is the cell about which nothing was written.
    """

    FOR = "for"
    LEANS_FOR = "leans for"
    EITHER = "either"
    LEANS_AGAINST = "leans against"
    AGAINST = "against"
    CONTESTED = "contested"
    CHANGED = "changed"
    MIXED = "mixed"
    UNCLEAR = "unclear"
    UNDECLARED = "undeclared"
    NONE = "none"
    NOT_MENTIONED = "not mentioned"
    NOT_APPLICABLE = "not applicable"
    NOT_CODED = "not coded"


class Basis(StrEnum):
    """How a passage shows a position; only ``implied`` is the annotator's inference."""

    STATED = "stated"
    REPORTED = "reported"
    ACTION = "action"
    COMMITMENT = "commitment"
    CONDITIONAL = "conditional"
    HEDGED = "hedged"
    QUESTION = "question"
    IMPLIED = "implied"


class Certainty(StrEnum):
    """How sure a reading is, in TEI's words; whether what is said is true is not asked."""

    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"
    UNKNOWN = "unknown"


class ActorKind(StrEnum):
    """What kind of actor holds positions or speaks."""

    STATE = "state"
    GROUP = "group"
    PERSON = "person"
    UNNAMED_SOURCE = "unnamed-source"
    COMMENTER = "commenter"
    AUTHOR = "author"


# The values of stances and readings that have one: the words of both are spelt alike.
VALUES: Mapping[str, int] = {
    "for": 2,
    "leans for": 1,
    "either": 0,
    "leans against": -1,
    "against": -2,
}
# The range of the codebook, not of what happened to be coded: one extreme statement must not
# change every other figure.
RANGE = 4
