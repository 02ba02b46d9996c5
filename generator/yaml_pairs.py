"""YAML as keys and values: one flat table, by YAML 1.2's core schema, with every place."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import Any

import yaml
from yaml import events as event

from generator.pairs import Node, Pair, Plain, Scalar, Series
from generator.spans import Span

# libyaml and PyYAML's own parser disagree on some texts with these; PyYAML's own then decides,
# so that the same file means the same on every machine.
_WILD = re.compile("[\t!?|>\x85\u2028\u2029\ufeff]")
_TAB = re.compile(r"(?<=[^\n\t ])([^\n\t]*)\t")
_DIRECTIVE = re.compile(r"^%.*$", re.MULTILINE)
_LINE = re.compile(r"([\w-]+)[ \t]*:[ \t]+(\S.*?)[ \t]*$")

_NULL = frozenset(("", "~", "null", "Null", "NULL"))
_FLAGS = {"true": True, "True": True, "TRUE": True, "false": False, "False": False, "FALSE": False}
_INTEGER = re.compile(r"[-+]?[0-9]+")
_OCTAL = re.compile(r"0o[0-7]+")
_HEXADECIMAL = re.compile(r"0x[0-9a-fA-F]+")
_FLOAT = re.compile(r"[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?")
_INFINITE = re.compile(r"([-+]?)\.(?:inf|Inf|INF)")
_NOT_A_NUMBER = frozenset((".nan", ".NaN", ".NAN"))
# Longer runs of digits are no numbers that anybody means, and slow to convert.
_LONGEST_NUMBER = 1000
_DEEPEST = 10
