"""The formulas of a framework as one program, made once and kept as long as the framework is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from weakref import ref

from localaction.engine.formulas.program import Program
from localaction.engine.packs.frameworks import Framework


@dataclass(frozen=True)
class Compiled:
    """One program for all formulas.

    Parameters
    ----------
    program : Program
        Its steps; settings stand in it as constants.
    at : mapping of (part, id) to int
        The step that gives an indicator, a badge, the day it is due, a decision, a level.
    """

    program: Program
    at: Mapping[tuple[str, str], int]


_HELD: dict[int, tuple[ref[Framework], dict[str, float], Compiled]] = {}


def compiled(framework: Framework) -> Compiled:
    """Return the program of a framework; a framework whose settings were changed gets a new one."""
    key, settings = id(framework), dict(framework.settings)
    if (held := _HELD.get(key)) and held[0]() is framework and held[1] == settings:
        return held[2]
    found = _compile(framework)
    _HELD[key] = (ref(framework, lambda _: _HELD.pop(key, None)), settings, found)
    return found


def _compile(framework: Framework) -> Compiled:
    program = Program(framework.settings)
    at = {("indicators", key): program.add(entry.tree) for key, entry in framework.indicators.items()}
    for badge in framework.badges:
        at["badges", badge.id] = program.add(badge.tree)
        if badge.due_tree:
            at["due", badge.id] = program.add(badge.due_tree)
    for decision in framework.decisions:
        at["decisions", decision.id] = program.add(decision.tree)
    for level in framework.levels:
        at["levels", level.id] = program.add(level.tree)
    return Compiled(program, at)
