"""Postil: from texts and their annotations to a cross-linked static site."""

__version__ = "0.1.0"
