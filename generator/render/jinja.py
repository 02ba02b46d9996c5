"""Jinja with shorter ways for what every page does thousands of times, and the same pages.

A compiled template escapes each value by way of an object of its own, asks of each function
whether it wants the context, and makes a value that stands for nothing at each ``if`` without
``else``. Here ordinary words and our own functions are recognised first; all else goes Jinja's way.
"""

from collections.abc import Callable, Iterator, Mapping, MutableMapping, Sequence
from contextlib import contextmanager
from functools import lru_cache
from keyword import iskeyword
from types import BuiltinFunctionType, CodeType, FunctionType, MethodType
from typing import Any

import markupsafe
from jinja2 import BaseLoader, Environment, StrictUndefined, TemplateSyntaxError, Undefined, nodes
from jinja2.compiler import CodeGenerator, Frame
from jinja2.runtime import Context, Macro, markup_join
from jinja2.utils import internalcode
from markupsafe import Markup

from generator.interface import Strings

# What a theme's templates can call, besides what Jinja knows itself.
TOOLS = frozenset(
    "say rel body line passage parts kind_of direction woven graph heat_map".split()
)
# It escapes words without an object around them; where there is none, the public one does.
_escape_words: Callable[[str], str] = getattr(markupsafe, "_escape_inner", markupsafe.escape)
# None of these wants a context: those of Jinja's that do are no functions a template can call.
_PLAIN = frozenset({BuiltinFunctionType, FunctionType, MethodType, Strings})


def make_environment(loader: BaseLoader) -> Environment:
    """Return the environment of a theme whose templates *loader* knows."""
    return _Environment(
        loader=loader,
        autoescape=True,
        undefined=_Undefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        auto_reload=False,
        cache_size=-1,  # a dict: the other kind puts its keys in a new order at each use
    )


class Unknown(str):
    """What Jinja says of a *name* that its *owner* does not have, with both of them.

    The owner is Jinja's ``missing`` if the template itself has no such name.
    """

    owner: object
    name: str


class TooDeep(TemplateSyntaxError):
    """A template is nested so deep that Jinja cannot read it, or Python what Jinja makes of it."""


@contextmanager
def _judging_depth(filename: str | None) -> Iterator[None]:
    """Make a template's fault of what ends a parser that goes down into a template with it."""
    try:
        yield
    except (RecursionError, MemoryError, SyntaxError) as error:
        # A chain is nested too: each of its parts holds all that stand before it.
        message = "what stands in it is nested too deep, or is a chain of too many parts"
        raise TooDeep(message, 1, None, filename) from error


class _Undefined(StrictUndefined):
    @property
    def _undefined_message(self) -> str:
        said: str = super()._undefined_message
        if self._undefined_hint or not isinstance(self._undefined_name, str):
            return said
        unknown = Unknown(said)
        unknown.owner, unknown.name = self._undefined_obj, self._undefined_name
        return unknown


def escape(value: object) -> str:
    """Return *value* as HTML."""
    kind = type(value)
    if kind is str:
        return _escape_words(value)  # type: ignore[arg-type]
    if kind is Markup:
        return value  # type: ignore[return-value]
    return "" if kind is Undefined else markupsafe.escape(value)


def join(parts: Sequence[object]) -> str:
    """Return *parts* in one, escaped if one of them is HTML."""
    for part in parts:
        if type(part) is not str:
            return markup_join(parts)
    return "".join(parts)  # type: ignore[arg-type]


@lru_cache(1000)
def say_nothing(message: str) -> Undefined:
    """Return what a condition without ``else`` gives that is not met; *message* says so."""
    return Undefined(message)


class _Context(Context):
    @internalcode
    def call(__self, __obj: Any, *args: Any, **kwargs: Any) -> Any:
        """Call a function of a template; *kwargs* hold what Jinja adds for those that ask."""
        kind = type(__obj)
        if kind not in _PLAIN and kind is not Macro:
            return super().call(__obj, *args, **kwargs)
        if kwargs:
            kwargs.pop("_loop_vars", None)
            kwargs.pop("_block_vars", None)
        return __obj(__self.eval_ctx, *args, **kwargs) if kind is Macro else __obj(*args, **kwargs)


class _Generator(CodeGenerator):
    def write_commons(self) -> None:
        super().write_commons()
        for name in _Environment.shorter:
            self.writeline(f"{name} = environment.shorter[{name!r}]")

    def visit_Call(self, node: nodes.Call, frame: Frame, forward_caller: bool = False) -> None:
        """Write a call of one of our tools as what it is; they are none that want a context."""
        name = node.node.name if isinstance(node.node, nodes.Name) else ""
        named = {given.key for given in node.kwargs}
        if name not in TOOLS or node.dyn_args or node.dyn_kwargs or any(map(iskeyword, named)):
            super().visit_Call(node, frame, forward_caller=forward_caller)
            return
        self.visit(node.node, frame)
        self.write("(")
        for given in (*node.args, *node.kwargs):
            self.visit(given, frame)
            self.write(", ")
        self.write(")")


class _Environment(Environment):
    context_class = _Context
    code_generator_class = _Generator
    shorter: Mapping[str, Callable[..., object]] = {
        "escape": escape,
        "markup_join": join,
        "cond_expr_undefined": say_nothing,
    }

    def _parse(self, source: str, name: str | None, filename: str | None) -> nodes.Template:
        with _judging_depth(filename):
            return super()._parse(source, name, filename)

    def _generate(
        self,
        source: nodes.Template,
        name: str | None,
        filename: str | None,
        defer_init: bool = False,
    ) -> str:
        with _judging_depth(filename):
            return super()._generate(source, name, filename, defer_init)

    def _compile(self, source: str, filename: str) -> CodeType:
        with _judging_depth(filename):
            return super()._compile(source, filename)

    def make_globals(self, d: MutableMapping[str, Any] | None) -> MutableMapping[str, Any]:
        """Return the names that all templates know, which are not changed once one is loaded."""
        return {**self.globals, **(d or {})}
