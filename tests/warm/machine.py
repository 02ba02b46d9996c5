"""All steps together."""

from tests.warm.building import Building
from tests.warm.content import Content
from tests.warm.files import Files
from tests.warm.sources import Sources
from tests.warm.spoiling import Spoiling


class Warm(Sources, Content, Files, Spoiling, Building):
    """A site that somebody works on; after every step it is built warm and from nothing."""
