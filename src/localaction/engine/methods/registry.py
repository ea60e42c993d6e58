"""Which function computes which declared method, and whether the two agree."""

from __future__ import annotations

import inspect
import pkgutil
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from importlib import import_module
from typing import Any, NamedTuple, TypeVar, get_type_hints

import localaction.engine.methods
from localaction.engine.errors import LocalActionError
from localaction.engine.methods.problems import UnknownMethod
from localaction.engine.packs import Library
from localaction.engine.packs.methods import Method

Function = TypeVar("Function", bound=Callable[..., Any])


class Disagreement(LocalActionError):
    """A method and its function do not fit together; a fault of the program, not of the input."""

    code = "methods.disagreement"
    text = "{method}: {problem}."
    remedy_text = "Change the declaration or the function."


class Implementation(NamedTuple):
    """The function of a method; it takes the declared inputs by name and returns the declared outputs."""

    method: str
    function: Callable[..., Any]

    @property
    def inputs(self) -> Mapping[str, inspect.Parameter]:
        """The parameters of the function, by name."""
        return inspect.signature(self.function).parameters

    @property
    def outputs(self) -> tuple[str, ...]:
        """The fields of what the function returns; empty if it is no named tuple."""
        return tuple(getattr(get_type_hints(self.function).get("return"), "_fields", ()))


_REGISTERED: dict[str, Implementation] = {}


def implements(method: str) -> Callable[[Function], Function]:
    """Register the decorated function as the one that computes ``method``, such as ``ghg.composting/1``.

    Raises
    ------
    Disagreement
        If the method has a function already.
    """

    def register(function: Function) -> Function:
        known = _REGISTERED.get(method)
        if known is not None and known.function.__qualname__ != function.__qualname__:
            names = f"{known.function.__name__} and {function.__name__}"
            raise Disagreement(method=method, problem=f"{names} both compute it")
        _REGISTERED[method] = Implementation(method, function)
        return function

    return register


@cache
def implementations() -> Mapping[str, Implementation]:
    """Return every function that computes a method, by the id of the method; from all themes."""
    for theme in pkgutil.iter_modules(localaction.engine.methods.__path__):
        if theme.ispkg:
            package = import_module(f"localaction.engine.methods.{theme.name}")
            for module in pkgutil.iter_modules(package.__path__):
                import_module(f"{package.__name__}.{module.name}")
    return dict(_REGISTERED)


def method_of(method: str, library: Library) -> Method:
    """Return the declaration of a method.

    Raises
    ------
    UnknownMethod
        If there is none, with the nearest ones.
    """
    if method not in library.methods:
        raise UnknownMethod(method, list(library.methods))
    return library.methods[method]


def implementation_of(method: Method) -> Implementation:
    """Return the function of a method.

    Raises
    ------
    Disagreement
        If there is none, or it does not fit the declaration.
    """
    found = implementations().get(method.id)
    if found is None:
        raise Disagreement(method=method.id, problem="no function computes it")
    for problem in _misfits(method, found):
        raise Disagreement(method=method.id, problem=problem)
    return found


def disagreements(library: Library) -> Iterator[str]:
    """Yield in words where declarations and functions do not fit together."""
    for method in library.methods.values():
        try:
            implementation_of(method)
        except Disagreement as problem:
            yield problem.message
    for name, found in implementations().items():
        if name not in library.methods:
            yield f"{name}: {found.function.__name__} computes it, but no pack declares it."


def _misfits(method: Method, found: Implementation) -> Iterator[str]:
    takes, declared = found.inputs, method.inputs
    if set(takes) != set(declared):
        yield f"the function takes {', '.join(takes)}, declared are {', '.join(declared)}"
    elif found.outputs != tuple(method.outputs):
        yield f"the function returns {', '.join(found.outputs)}, declared are {', '.join(method.outputs)}"
    else:
        for name, entry in declared.items():
            optional = takes[name].default is not inspect.Parameter.empty
            if entry.default is None and not entry.required and not optional:
                yield f"{name} may be left out, but the function has no default for it"
