"""Formulas as steps in order: what several formulas have in common stands once, and is reckoned once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from localaction.engine.formulas.tree import (
    Aggregate,
    Binary,
    Call,
    Choice,
    Logic,
    Name,
    Node,
    Number,
    Text,
    Unary,
)

CONSTANT, NAME, NEGATIVE, NOT, CHOICE = "constant", "name", "negative", "not", "if"
OF_ROWS = " of rows"


@dataclass(frozen=True, slots=True)
class Step:
    """One operation on the results of earlier steps.

    Parameters
    ----------
    op : str
        An operator, a function, or one of the words above; of an aggregate its function.
    parts : tuple of int
        The steps it works on; of an aggregate the one step of the program of its table's rows, if any.
    detail : str or float
        The constant, or the name of a value or of a table.
    """

    op: str
    parts: tuple[int, ...] = ()
    detail: str | float = ""


class Program:
    """The steps of any number of formulas; it grows with `add`, and a step never changes.

    Parameters
    ----------
    constants : mapping
        Names that stand for a number, the same for every report.

    Attributes
    ----------
    steps : list of Step
        In order: a step rests on earlier ones only.
    uses : list of int
        How often each step was asked for; the result of one that is used once need not be kept.
    rows : dict of str to Program
        By table, the steps that are reckoned on each of its rows.
    """

    def __init__(self, constants: Mapping[str, float] | None = None) -> None:
        self.constants = dict(constants or {})
        self.steps: list[Step] = []
        self.uses: list[int] = []
        self.rows: dict[str, Program] = {}
        self._at: dict[Step, int] = {}

    def add(self, node: Node) -> int:
        """Add a formula; return the step that gives its result."""
        match node:
            case Name(id=name):
                if name in self.constants:
                    return self._step(CONSTANT, detail=self.constants[name])
                return self._step(NAME, detail=name)
            case Number(value=value) | Text(value=value):
                return self._step(CONSTANT, detail=value)
            case Unary(op=op, part=part):
                return self._step(NOT if op == "not" else NEGATIVE, self.add(part))
            case Binary(op=op, left=left, right=right):
                return self._step(op, self.add(left), self.add(right))
            case Logic(op=op, parts=parts) | Call(function=op, parts=parts):
                return self._step(op, *(self.add(part) for part in parts))
            case Choice(condition=condition, then=then, otherwise=otherwise):
                return self._step(CHOICE, self.add(condition), self.add(then), self.add(otherwise))
            case Aggregate(function=function, table=table, row=row):
                rows = self.rows.setdefault(table, Program(self.constants))
                inner = () if row is None else (rows.add(row),)
                return self._step(function + OF_ROWS, *inner, detail=table)

    def _step(self, op: str, *parts: int, detail: str | float = "") -> int:
        step = Step(op, parts, detail)
        at = self._at.setdefault(step, len(self.steps))
        if at == len(self.steps):
            self.steps.append(step)
            self.uses.append(0)
        self.uses[at] += 1
        return at
